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
	bool nmi_unblocked_by_iret;
};

struct ept_violation ept_violation_decode(u64 qualification);

#endif
