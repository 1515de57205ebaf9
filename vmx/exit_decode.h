/* exit_decode.h -- the VM-exit information fields, decoded once for each exit; inline, as this is
 * on the path of every exit (SDM vol. 3, "Basic VM-Exit Information")
 */
#ifndef EXIT_DECODE_H
#define EXIT_DECODE_H

#include "vmx/exit.h"
#include "vmx/vmcs.h"

/* Decodes what all exits have, from the current VMCS; the other members stay as they are. */
static inline void exit_decode(struct exit *exit)
{
	u32 reason = (u32)vmcs_read(EXIT_REASON);

	exit->reason = reason & BITS(15, 0);
	exit->entry_failed = reason & 1u << 31;
	exit->timed_out = false;
	exit->qualification = vmcs_read(EXIT_QUALIFICATION);
}

static inline bool exit_is_by_ept(const struct exit *exit)
{
	return exit->reason == EXIT_ept_violation || exit->reason == EXIT_ept_misconfig;
}

/* Decodes what exits by EPT have besides. */
static inline void exit_decode_ept(struct exit *exit)
{
	exit->gpa = gpa(vmcs_read(GUEST_PHYSICAL_ADDRESS));
	if (exit->reason == EXIT_ept_misconfig)
		return;
	exit->violation = ept_violation_decode(exit->qualification);
	exit->gla = gla(exit->violation.gla_valid ? vmcs_read(GUEST_LINEAR_ADDRESS) : 0);
}

#endif
