/* walk.h -- the way through the EPT paging structures that a guest-physical address takes:
 * the entry of each level, and where the walk ended
 * (SDM vol. 3, "EPT Translation Mechanism", "EPT Misconfigurations") */
#ifndef WALK_H
#define WALK_H

#include "ept/misconfiguration.h"
#include "ept/table.h"

struct ept_step {
	enum ept_level level;
	unsigned index;
	u64 entry;
};

enum ept_walk_end {
	EPT_WALK_MAPPED,                        /* the last step is a leaf */
	EPT_WALK_NOT_PRESENT,                   /* the last step allows nothing */
	EPT_WALK_MISCONFIGURED,                 /* the last step is illegal, `rule` says why */
	EPT_WALK_TOO_WIDE,                      /* no step: the levels do not reach so high */
};

struct ept_walk {
	unsigned count;
	struct ept_step steps[EPT_PML5];
	enum ept_walk_end end;
	bool mode_based_execute;
	enum permission allowed;                /* what all its steps together allow */
	hpa_t page;                             /* if mapped: what the leaf points to */
	char rule[64];                          /* if misconfigured: "write without read" */
};

struct ept_walk ept_walk(const struct ept *ept, gpa_t address, const struct ept_rules *rules);

#endif
