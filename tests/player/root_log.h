/* root_log.h -- an instruction of a scenario without a guest, and how it ended, in the report */
#ifndef ROOT_LOG_H
#define ROOT_LOG_H

#include "tests/player/player.h"

#define ROOT_NO_VMCS ~0ull                      /* what VMPTRST stores without a current VMCS */

/* "# root 3 vmptrld VMCS(0x2000) -> VMsucceed": the step that was just played. */
void root_log(const struct player *player, const struct script_step *step);

/* "VMsucceed", "VMfailValid 5, VMRESUME with non-launched VMCS", "#GP(0)": an outcome_t and the
 * error code of a fault << 32. */
size_t root_ending_text(char *text, size_t size, u64 ending);

/* What VMPTRST stored, by the name of the scenario's page. */
size_t root_pointer_text(char *text, size_t size, const struct player *player, hpa_t pointer);

#endif
