/* guest_paging.c -- the guest's own translation, from a linear to a guest-physical address */
#include "tests/model/guest_paging.h"

#include "tests/model/access_rights.h"
#include "tests/model/ept.h"

enum { PT = 1, PD, PDPT, PML4, PML5 };

enum paging_kind { PAGING_32_BIT, PAGING_PAE, PAGING_4_LEVEL, PAGING_5_LEVEL };

struct paging_mode {
	enum paging_kind kind;
	u8 levels, index_bits, entry_size;
};

static const struct paging_mode modes[] = {
	{ PAGING_32_BIT,  2, 10, sizeof(u32) },
	{ PAGING_PAE,     2,  9, sizeof(u64) },
	{ PAGING_4_LEVEL, 4,  9, sizeof(u64) },
	{ PAGING_5_LEVEL, 5,  9, sizeof(u64) },
};

/* SDM vol. 3, "Paging-Mode Enabling". */
static const struct paging_mode *mode_of(const struct model_guest *guest)
{
	if (!(guest->cr4 & CR4_PAE))
		return &modes[PAGING_32_BIT];
	if (!(guest->efer & EFER_LMA))
		return &modes[PAGING_PAE];
	return &modes[guest->cr4 & CR4_LA57 ? PAGING_5_LEVEL : PAGING_4_LEVEL];
}

static bool maps_page(const struct walk *walk, const struct paging_mode *mode, u64 entry,
		      unsigned level)
{
	if (level == PT)
		return true;
	if (!(entry & PAGING_PS))
		return false;
	if (level == PDPT)
		return walk->model->processor.pages_1g;
	return level == PD && (mode->kind != PAGING_32_BIT || walk->model->guest.cr4 & CR4_PSE);
}

/* Table "Format of a 32-Bit Page-Directory Entry that Maps a 4-MByte Page": bits 20:13 are bits
 * 39:32 of the address, as far as the processor has them. */
static u64 reserved_in_4m_entry(const struct walk *walk)
{
	unsigned width = walk->model->processor.physical_width;

	return BITS(21, (width < 40 ? width : 40) - 19);
}

/* Bits that are reserved in every present entry, whatever its level (SDM vol. 3, the sections
 * "Linear-Address Translation with ..."). */
static u64 always_reserved(const struct walk *walk, const struct paging_mode *mode)
{
	u64 reserved = walk->beyond_width;

	if (mode->kind == PAGING_32_BIT)
		return 0;
	if (mode->kind == PAGING_PAE)
		reserved |= BITS(62, 52);
	return walk->model->guest.efer & EFER_NXE ? reserved : reserved | PAGING_XD;
}

/* Bits that are reserved besides those in an entry of this level. */
static u64 reserved_at(const struct walk *walk, const struct paging_mode *mode, unsigned level,
		       bool page)
{
	static const u64 in_page_entry[] = { [PD] = BITS(20, 13), [PDPT] = BITS(29, 13) };

	if (mode->kind == PAGING_32_BIT)
		return page && level == PD ? reserved_in_4m_entry(walk) : 0;
	return page ? in_page_entry[level] : PAGING_PS;
}

static gpa_t page_at(const struct walk *walk, const struct paging_mode *mode, u64 entry,
		     unsigned level)
{
	u64 offset = BITS(11 + mode->index_bits * (level - 1), 0);
	u64 page = entry & PAGING_ADDRESS;

	if (mode->kind == PAGING_32_BIT && level == PD)
		page |= (entry & BITS(20, 13)) << 19;
	return gpa((page & ~offset) | (walk->linear.raw & offset));
}

static gpa_t entry_at(const struct walk *walk, const struct paging_mode *mode, u64 above,
		      unsigned level)
{
	u64 entries = BITS(11, 0) & ~(mode->entry_size - 1ul);

	return gpa((above & PAGING_ADDRESS)
		   | (walk->linear.raw >> level * mode->index_bits & entries));
}

/* With EPT's accessed and dirty flags "processor accesses to guest paging-structure entries are
 * treated as writes" (SDM vol. 3, "EPT Violations"). */
static void refuse_entry(struct walk *walk, const struct ept_translation *place)
{
	u64 accesses = walk->ept_flags ? VIOLATION_READ | VIOLATION_WRITE : VIOLATION_READ;

	ept_refuse(walk, place, accesses | VIOLATION_LINEAR_VALID, VIOLATION_ADVANCED);
}

static inline bool read_entry(struct walk *walk, const struct paging_mode *mode,
			      struct guest_step *step)
{
	u64 wanted = walk->ept_flags ? EPT_READ | EPT_WRITE : EPT_READ;
	struct ept_translation place;
	enum ept_answer answer = ept_access(walk, step->at, wanted, &place);

	if (answer == EPT_REFUSED)
		refuse_entry(walk, &place);
	if (answer != EPT_ALLOWED)
		return false;
	step->entry = mode->entry_size == sizeof(u32) ? walk_read_32(walk, place.to)
						     : walk_read(walk, place.to);
	return true;
}

/* The write that sets flags in a guest entry.  Whether an EPT violation reports it as a read as
 * well is left open, as for any read-modify-write. */
static bool set_flags(struct walk *walk, const struct guest_step *step, u64 flags)
{
	struct ept_translation place;

	ept_access(walk, step->at, 0, &place);
	if (place.common & EPT_WRITE) {
		walk_mark(walk, place.to, flags);
		return true;
	}
	walk->prediction->choices_open |= MODEL_ACCESSED_AFTER_WALK | MODEL_FLAGS_AFTER_ACCESS;
	ept_refuse(walk, &place, VIOLATION_LINEAR_VALID | VIOLATION_READ | VIOLATION_WRITE,
		   VIOLATION_ADVANCED | VIOLATION_READ);
	return false;
}

static bool set_missing_flags(struct walk *walk, const struct guest_step *step, u64 flags)
{
	u64 missing = flags & ~step->entry;

	return !missing || set_flags(walk, step, missing);
}

bool guest_set_flags(struct walk *walk, const struct guest_walk *guest, bool writes)
{
	unsigned last = guest->count - 1;

	if (guest->count == 0)
		return true;
	if (!(guest->common & PAGING_A))
		for (unsigned i = 0; i < last; i++)
			if (!set_missing_flags(walk, &guest->steps[i], PAGING_A))
				return false;
	return set_missing_flags(walk, &guest->steps[last],
				 writes ? PAGING_A | PAGING_D : PAGING_A);
}

/* False if the entry ends the walk in a page fault. */
static bool is_usable(struct walk *walk, u64 entry, u64 reserved)
{
	if (!(entry & PAGING_P))
		rights_no_translation(walk, 0);
	else if (entry & reserved)
		rights_no_translation(walk, FAULT_P | FAULT_RSVD);
	else
		return true;
	return false;
}

/* What references the table that the walk starts at: CR3, or a PDPTE register with PAE paging. */
static inline bool find_root(struct walk *walk, const struct paging_mode *mode, u64 *root)
{
	const struct model_guest *guest = &walk->model->guest;

	*root = mode->kind == PAGING_32_BIT ? (u32)guest->cr3 : guest->cr3;
	if (mode->kind != PAGING_PAE)
		return true;
	*root = guest->pdpte[walk->linear.raw >> 30 & BITS(1, 0)];
	return is_usable(walk, *root, 0);
}

enum entry_use { ENDS_IN_EVENT, REFERENCES_TABLE, MAPS_PAGE };

static enum entry_use use_of(struct walk *walk, const struct paging_mode *mode, unsigned level,
			     u64 reserved, const struct guest_step *step)
{
	bool page = maps_page(walk, mode, step->entry, level);
	u64 flags = walk->choices & MODEL_ACCESSED_AFTER_WALK ? 0 : PAGING_A;

	reserved |= reserved_at(walk, mode, level, page);
	if (!is_usable(walk, step->entry, reserved) || !set_missing_flags(walk, step, flags))
		return ENDS_IN_EVENT;
	return page ? MAPS_PAGE : REFERENCES_TABLE;
}

/* SDM vol. 3, "Prioritization of EPT Misconfigurations and EPT Violations".  Most entries that
 * reference a table are plain: present, accessed, and without a reserved bit.  One comparison finds
 * those, and only the others are looked at closely. */
static inline bool walk_down(struct walk *walk, const struct paging_mode *mode, u64 entry,
			     struct guest_walk *guest)
{
	u64 reserved = always_reserved(walk, mode);
	u64 not_plain = PAGING_P | PAGING_A | PAGING_PS | reserved;
	u64 common = ~0ul, any = 0;
	enum entry_use use = REFERENCES_TABLE;
	struct guest_step *step = guest->steps;
	unsigned level = mode->levels + 1;

	for (; use == REFERENCES_TABLE; step++) {
		level--;
		step->at = entry_at(walk, mode, entry, level);
		if (!read_entry(walk, mode, step))
			return false;
		entry = step->entry;
		if (level == PT || (entry & not_plain) != (PAGING_P | PAGING_A))
			use = use_of(walk, mode, level, reserved, step);
		common &= entry;
		any |= entry;
	}
	guest->common = common;
	guest->any = any;
	guest->count = (unsigned)(step - guest->steps);
	guest->address = page_at(walk, mode, entry, level);
	return use == MAPS_PAGE;
}

/* Without paging every linear address is a user-mode address that may be written and executed
 * (table "Exit Qualification for EPT Violations", bits 9 to 11). */
bool guest_translate(struct walk *walk, struct guest_walk *guest)
{
	const struct paging_mode *mode = mode_of(&walk->model->guest);
	u64 root;

	guest->count = 0;
	guest->common = ~0ul;
	guest->any = 0;
	guest->address = gpa(walk->linear.raw);
	if (!(walk->model->guest.cr0 & CR0_PG))
		return true;
	return find_root(walk, mode, &root) && walk_down(walk, mode, root, guest);
}
