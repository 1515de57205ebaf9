/* misconfiguration.h -- which rule an illegal EPT entry breaks
 * (SDM vol. 3, "EPT Misconfigurations") */
#ifndef MISCONFIGURATION_H
#define MISCONFIGURATION_H

#include "ept/walk.h"

/* True if the (present) entry is illegal at its level; the rule it breaks first goes to `rule`. */
bool ept_misconfigured(u64 entry, enum ept_level level, const struct ept_rules *rules,
		       char *rule, size_t size);

#endif
