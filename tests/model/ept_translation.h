/* ept_translation.h -- the way of a guest-physical address through the EPT paging structures
 * (SDM vol. 3, "EPT Translation Mechanism") */
#ifndef EPT_TRANSLATION_H
#define EPT_TRANSLATION_H

#include "tests/model/bits.h"

/* What an EPT entry does. */
enum ept_use { EPT_NOT_PRESENT, EPT_MISCONFIGURED, EPT_REFERENCES_TABLE, EPT_MAPS_PAGE };

/* A walk through the EPT paging structures, up to the last entry that it reads. */
struct ept_translation {
	gpa_t    from;
	hpa_t    to;                            /* if the last entry maps a page */
	u64      common;                        /* the logical-AND of all entries */
	u64      last;
	unsigned level;                         /* of the last */
	enum ept_use use;                       /* of the last */
};

/* Where the entry is that translates the address at a level.  `above` is what references the table:
 * the entry of the level above, or the EPTP. */
static inline hpa_t ept_entry_at(u64 above, gpa_t address, unsigned level)
{
	return hpa((above & EPT_ADDRESS) | (address.raw >> 9 * level & BITS(11, 3)));
}

#endif
