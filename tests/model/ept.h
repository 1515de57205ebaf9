/* ept.h -- one access to a guest-physical address
 * (SDM vol. 3, "The Extended Page Table Mechanism (EPT)") */
#ifndef EPT_H
#define EPT_H

#include "tests/model/walk.h"

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

enum ept_answer {
	EPT_ALLOWED,
	EPT_REFUSED,                            /* an EPT violation: ept_refuse() */
	EPT_ENDED,                              /* in another event, which is the walk's by now */
};

/* An access that takes the permissions `wanted`. */
enum ept_answer ept_access(struct walk *walk, gpa_t address, u64 wanted,
			   struct ept_translation *translation);

/* The event of an access that the translation's entries refuse.  The qualification lacks only what
 * the entries allow. */
void ept_refuse(struct walk *walk, const struct ept_translation *translation,
		u64 qualification, u64 undefined);

/* Where the entry is that translates the address at a level, in the table that the entry above (or
 * the EPTP) references. */
static inline hpa_t ept_entry_at(u64 above, gpa_t address, unsigned level)
{
	return hpa((above & EPT_ADDRESS) | (address.raw >> 9 * level & BITS(11, 3)));
}

#endif
