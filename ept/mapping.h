/* mapping.h -- ranges of guest-physical memory: mapped, changed, unmapped, in pages of every size
 * (SDM vol. 3, "EPT Translation Mechanism", "Accessed and Dirty Flags for EPT")
 *
 * A range consists of whole 4 KiB pages; where it ends within a larger page, that page is split.
 */
#ifndef MAPPING_H
#define MAPPING_H

#include "ept/table.h"

struct ept_attributes {
	enum permission allowed;
	bool user_execute;                      /* means something with mode-based execute only */
	u8   memory_type;
	bool ignore_pat;
	bool suppress_ve;                       /* means something with EPT-violation #VE only */
};

struct gpa_range {
	gpa_t start;
	u64 size;                               /* bytes */
};

enum ept_result {
	EPT_DONE,
	EPT_MISALIGNED,                         /* an address or size is not whole 4 KiB pages */
	EPT_TOO_WIDE,                           /* the range ends beyond what the tables reach */
};

/* Maps the range to host memory from `memory` on, in pages as large as alignment and `largest`
 * allow, whatever was mapped there before. */
enum ept_result ept_map(const struct ept *ept, struct gpa_range range, hpa_t memory,
			enum ept_level largest, const struct ept_attributes *attributes);

/* Changes what the mapped pages of the range allow.  Where they lead stays, and so do their
 * accessed and dirty flags.  A page that allows nothing afterwards is no longer mapped. */
enum ept_result ept_change(const struct ept *ept, struct gpa_range range,
			   const struct ept_attributes *attributes);

enum ept_result ept_unmap(const struct ept *ept, struct gpa_range range);

/* Makes 512 pages of the next smaller size, with the same attributes and flags, of the large page
 * that maps the address; false if no page of that level does. */
bool ept_split(const struct ept *ept, gpa_t address, enum ept_level level);

/* The reverse: makes one page of the 512 that the address's entry of that level leads to.  False
 * unless they already translate as that page would.  The page is accessed or dirty if one of them
 * is. */
bool ept_merge(const struct ept *ept, gpa_t address, enum ept_level level);

/* The accessed and dirty flags (EPT_ACCESSED, EPT_DIRTY) of all pages in the range, or-ed. */
u64 ept_flags(const struct ept *ept, struct gpa_range range);
/* Clears those flags that are set in `flags`. */
enum ept_result ept_flags_clear(const struct ept *ept, struct gpa_range range, u64 flags);

#endif
