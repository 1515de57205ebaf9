/* guest_walk.c -- the way of a guest-linear address through the guest's own paging structures */
#include "vmx/guest_walk.h"

#include "kernel/control_registers.h"
#include "kernel/paging_entry.h"

/* For each kind of paging: the level it starts at, how many bits of the address choose an entry,
 * and the bytes of an entry. */
static const struct format {
	enum ept_level top;
	unsigned index_bits, entry_size;
} formats[] = {
	[PAGING_32_BIT]  = { EPT_PD,   10, 4 },
	[PAGING_PAE]     = { EPT_PDPT,  9, 8 },
	[PAGING_4_LEVEL] = { EPT_PML4,  9, 8 },
	[PAGING_5_LEVEL] = { EPT_PML5,  9, 8 },
};

/* SDM vol. 3, "Paging-Mode Enabling". */
static enum guest_paging_kind kind_of(const struct guest_paging *paging)
{
	if (!(paging->cr0 & CR0_PG))
		return PAGING_NONE;
	if (!(paging->cr4 & CR4_PAE))
		return PAGING_32_BIT;
	if (!paging->ia32e)
		return PAGING_PAE;
	return paging->cr4 & CR4_LA57 ? PAGING_5_LEVEL : PAGING_4_LEVEL;
}

static bool read(const struct guest_physical *physical, struct guest_step *step, unsigned size)
{
	const struct ept_walk *ept = &step->ept;
	u64 offset;
	const void *memory;

	step->ept = ept_walk(&physical->ept, step->at, &physical->rules);
	if (ept->end != EPT_WALK_MAPPED || !(ept->allowed & R))
		return false;
	offset = step->at.raw & (ept_level_size(ept->steps[ept->count - 1].level) - 1);
	memory = physical_at(&physical->memory, ept->page.raw + offset, size);
	if (memory)
		step->entry = size == sizeof(u32) ? *(const u32 *)memory : *(const u64 *)memory;
	return memory;
}

/* Bits of a linear address below those that choose an entry of the level. */
static unsigned shift_of(const struct format *format, enum ept_level level)
{
	return 12 + format->index_bits * (level - 1);
}

static void find_entry(struct guest_step *step, const struct format *format, u64 linear, u64 table)
{
	step->index = (unsigned)(linear >> shift_of(format, step->level)) &
		      ((1u << format->index_bits) - 1);
	step->at = gpa((table & PAGING_ADDRESS) + step->index * format->entry_size);
}

static bool maps_page(const struct guest_paging *paging, enum guest_paging_kind kind,
		      const struct guest_step *step)
{
	if (step->level == EPT_PT)
		return true;
	if (step->in_register || !(step->entry & PAGING_LARGE))
		return false;
	if (kind == PAGING_32_BIT)
		return paging->cr4 & CR4_PSE;
	return step->level <= EPT_PDPT;
}

/* Table "Format of a 32-Bit Page-Directory Entry that Maps a 4-MByte Page": bits 20:13 of the entry
 * are bits 39:32 of the address. */
static u64 page_of(enum guest_paging_kind kind, const struct guest_step *step)
{
	if (kind == PAGING_32_BIT && step->level == EPT_PD)
		return step->entry | (step->entry & BITS(20, 13)) << 19;
	return step->entry & PAGING_ADDRESS;
}

static void finish(struct guest_walk *walk, const struct guest_step *step, u64 linear)
{
	u64 size = BIT(shift_of(&formats[walk->kind], step->level));

	walk->page_size = size;
	walk->address = gpa((page_of(walk->kind, step) & ~(size - 1)) | (linear & (size - 1)));
}

/* How the walk ends if this is its last step. */
static enum guest_walk_end take_step(const struct guest_paging *paging, struct guest_step *step,
				     const struct guest_physical *physical, unsigned entry_size)
{
	if (step->in_register)
		step->entry = paging->pdpte[step->index & 3];
	step->readable = step->in_register || read(physical, step, entry_size);
	if (!step->readable)
		return GUEST_WALK_UNREADABLE;
	return step->entry & PAGING_PRESENT ? GUEST_WALK_MAPPED : GUEST_WALK_NOT_PRESENT;
}

static void walk_down(struct guest_walk *walk, const struct guest_paging *paging, u64 linear,
		      const struct guest_physical *physical)
{
	const struct format *format = &formats[walk->kind];
	u64 table = paging->ia32e ? paging->cr3 : (u32)paging->cr3;
	struct guest_step *step = walk->steps;

	for (enum ept_level level = format->top; level >= EPT_PT; level--) {
		step = &walk->steps[walk->count++];
		step->level = level;
		step->in_register = walk->kind == PAGING_PAE && level == EPT_PDPT;
		find_entry(step, format, linear, table);
		walk->end = take_step(paging, step, physical, format->entry_size);
		if (walk->end != GUEST_WALK_MAPPED)
			return;
		walk->user &= step->in_register || step->entry & PAGING_USER;
		if (maps_page(paging, walk->kind, step))
			break;
		table = step->entry;
	}
	finish(walk, step, linear);
}

struct guest_walk guest_walk(const struct guest_paging *paging, gla_t linear,
			     const struct guest_physical *physical)
{
	struct guest_walk walk = {
		.kind = kind_of(paging), .address = gpa(linear.raw), .user = true,
	};

	if (walk.kind != PAGING_NONE)
		walk_down(&walk, paging, paging->ia32e ? linear.raw : (u32)linear.raw, physical);
	return walk;
}

const struct guest_step *guest_walk_step_at(const struct guest_walk *walk, gpa_t address)
{
	for (unsigned i = 0; i < walk->count; i++)
		if (!walk->steps[i].in_register && walk->steps[i].at.raw == address.raw)
			return &walk->steps[i];
	return NULL;
}
