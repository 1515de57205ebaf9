/* ept_translation.h -- the way of a guest-physical address through the EPT paging structures
 * (SDM vol. 3, "EPT Translation Mechanism") */
#ifndef EPT_TRANSLATION_H
#define EPT_TRANSLATION_H

#include "tests/model/bits.h"

/* What an EPT entry is good for. */
enum ept_use { EPT_NOT_PRESENT, EPT_MISCONFIGURED, EPT_REFERENCES_TABLE, EPT_MAPS_PAGE };

/* A walk through the EPT paging structures, be it to the end or not. */
struct ept_translation {
	gpa_t    from;
	hpa_t    to;                            /* if the last entry maps a page */
	u64      common;                        /* the logical-AND of all entries */
	u64      last;
	unsigned level;                         /* of the last */
	enum ept_use use;                       /* of the last */
};

/* Where the entry is that translates the address at a level, in the table that the entry above (or
 * the EPTP) references. */
static inline hpa_t ept_entry_at(u64 above, gpa_t address, unsigned level)
{
	return hpa((above & EPT_ADDRESS) | (address.raw >> 9 * level & BITS(11, 3)));
}

#endif
