/* violation.h -- why an access was refused
 * (SDM vol. 3, table "Exit Qualification for EPT Violations") */
#ifndef VIOLATION_H
#define VIOLATION_H

#include "ept/permission.h"

struct ept_violation {
	enum permission wanted;                 /* what the access was             */
	enum permission allowed;                /* what every level of EPT granted */
	bool gla_valid;
	bool in_page_walk;                      /* to a guest paging-structure entry */
};

enum {
	VIOLATION_USER_EXECUTE    = BIT(6),     /* allowed; with mode-based execute only */
	VIOLATION_GLA_VALID       = BIT(7),
	VIOLATION_TRANSLATION     = BIT(8),     /* means something only if the GLA is valid */
};

/* Inline, as it is on the path of every violation. */
static inline struct ept_violation ept_violation_decode(u64 qualification)
{
	u64 where = qualification & (VIOLATION_GLA_VALID | VIOLATION_TRANSLATION);

	return (struct ept_violation){
		.wanted  = qualification & BITS(2, 0),
		.allowed = qualification >> 3 & BITS(2, 0),
		.gla_valid = where & VIOLATION_GLA_VALID,
		.in_page_walk = where == VIOLATION_GLA_VALID,
	};
}

#endif
