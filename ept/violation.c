#include "ept/violation.h"

struct ept_violation ept_violation_decode(u64 qualification)
{
	bool gla_valid   = qualification & BIT(7);
	bool translation = qualification & BIT(8);      /* meaningful only if gla_valid */

	return (struct ept_violation){
		.wanted  = qualification & BITS(2, 0),
		.allowed = qualification >> 3 & BITS(2, 0),
		.gla_valid = gla_valid,
		.in_page_walk = gla_valid && !translation,
		.nmi_unblocked_by_iret = qualification & BIT(12),
	};
}
