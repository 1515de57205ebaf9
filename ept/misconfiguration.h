/* misconfiguration.h -- which rule an illegal EPT entry breaks
 * (SDM vol. 3, "EPT Misconfigurations") */
#ifndef MISCONFIGURATION_H
#define MISCONFIGURATION_H

#include "ept/entry.h"

/* What is legal depends on the processor. */
struct ept_rules {
	u8   physical_width;                    /* bits */
	bool execute_only;
	bool pages_2m, pages_1g;
	bool mode_based_execute;                /* the VM-execution control is 1 */
};

/* True if the (present) entry is illegal at its level; the rule it breaks first goes to `rule`. */
bool ept_misconfigured(u64 entry, enum ept_level level, const struct ept_rules *rules,
		       char *rule, size_t size);

#endif
