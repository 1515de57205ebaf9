#include "tests/suites/cases/case_memory.h"
#include "kernel/control_registers.h"
#include "kernel/flags.h"
#include "kernel/memory.h"
#include "kernel/paging_entry.h"
#include "kernel/string.h"

#define GIB              BIT(30)
#define BORDER           ept_level_size(EPT_PD) /* between the pages of data */
#define HIGH             BIT(39)                /* of addresses, where there are that many bits */
#define DATA_POINTER     1                      /* the PDPTE of PAE paging for the data */
#define DATA_LINEAR      (DATA_POINTER * GIB)
#define DATA_LINEAR_HIGH (BIT(40) + 5 * GIB)

/* The GiB of each page; the two of data are in one.  Scenarios can have no page of 1 GiB below
 * 4 GiB. */
static const u8 gib[2][CASE_PAGES] = {
	{ 0, 0, 0, 1, 3, 3, 2, 2 },
	{ 4, 5, 6, 7, 8, 9, 10, 10 },
};

/* RBX holds the address.  MOV RAX, [RBX]; MOV [RBX], RAX; ADD [RBX], RAX, each of 1, 2, 4 and 8
 * bytes; JMP RBX. */
static const struct {
	u8 length, bytes[3];
} instructions[] = {
	{ 2, { 0x8a, 0x03 } }, { 3, { 0x66, 0x8b, 0x03 } },
	{ 2, { 0x8b, 0x03 } }, { 3, { 0x48, 0x8b, 0x03 } },
	{ 2, { 0x88, 0x03 } }, { 3, { 0x66, 0x89, 0x03 } },
	{ 2, { 0x89, 0x03 } }, { 3, { 0x48, 0x89, 0x03 } },
	{ 2, { 0x00, 0x03 } }, { 3, { 0x66, 0x01, 0x03 } },
	{ 2, { 0x01, 0x03 } }, { 3, { 0x48, 0x01, 0x03 } },
	{ 2, { 0xff, 0xe3 } },
};
#define JUMP (COUNT(instructions) - 1)

static const u8 vmcall[CASE_FETCH_SIZE] = { 0x0f, 0x01, 0xc1 };

static unsigned instruction_of(const struct ept_case *that)
{
	return that->access == ARENA_FETCH
		? JUMP : 4 * that->access + (unsigned)__builtin_ctz(that->size);
}

/* --- Made once ------------------------------------------------------------------------------- */

/* With the flags set that a case might set: the way to the code is the same before each. */
static void map_code_page(const struct case_memory *memory, u64 address, const void *page,
			  enum permission allowed)
{
	*ept_make(&memory->ept, gpa(address), EPT_PT) =
		ept_leaf(hpa_of(page), allowed, WB) | EPT_ACCESSED | EPT_DIRTY;
}

static void code_ways_start(struct case_memory *memory)
{
	u64 *pdpt = page_alloc(), *pd = page_alloc();
	u32 *pt = page_alloc();

	pdpt[0] = CASE_CODE_PD | PAGING_BRANCH;
	pd[0] = (PAGING_LEAF | PAGING_LARGE) & ~(u64)PAGING_USER;
	pd[1] = PAGING_LEAF | PAGING_LARGE;
	pt[CASE_CODE / PAGE_SIZE] = (u32)CASE_CODE | (PAGING_LEAF & ~(u32)PAGING_USER);
	pt[CASE_USER_CODE / PAGE_SIZE] = (u32)CASE_CODE | PAGING_LEAF;
	map_code_page(memory, CASE_CODE, memory->code, RX);
	map_code_page(memory, CASE_CODE_PDPT, pdpt, RW);
	map_code_page(memory, CASE_CODE_PD, pd, RW);
	map_code_page(memory, CASE_CODE_PT, pt, RW);
}

/* Two pages with a border of 2 MiB between them, but not of 1 GiB. */
static bool data_start(struct case_memory *memory)
{
	size_t count = BORDER / PAGE_SIZE + 1;
	u8 *piece = pages_alloc(count);
	u64 border = (hpa_of(piece).raw + BORDER) & ~(BORDER - 1);

	if (!piece)
		return false;
	memory->page[CASE_DATA] = at_hpa(hpa(border - PAGE_SIZE));
	memory->page[CASE_OTHER_DATA] = at_hpa(hpa(border));
	return border % GIB;
}

static void way_start(const struct case_memory *memory, struct case_way *way, u64 address,
		      const u8 *page, enum permission allowed)
{
	way->address = gpa(address + hpa_of(page).raw % GIB);
	for (enum ept_level level = EPT_PT; level <= EPT_PML4; level++)
		way->entry[level] = ept_make(&memory->ept, way->address, level);
	for (enum ept_level level = EPT_PD; level <= EPT_PML4; level++)
		way->branch[level] = *way->entry[level];
	for (enum ept_level level = EPT_PT; level <= EPT_PDPT; level++) {
		hpa_t frame = hpa(hpa_of(page).raw & ~(ept_level_size(level) - 1));

		way->leaf[level] = ept_leaf(frame, allowed, WB) |
				   (level == EPT_PT ? 0 : EPT_LARGE);
	}
	*way->entry[EPT_PT] = way->leaf[EPT_PT];
}

static void ways_start(struct case_memory *memory)
{
	u64 high = memory->offers.physical_width > 39 ? HIGH : 0;

	for (unsigned above = 0; above < 2; above++)
		for (enum case_page page = 0; page < CASE_PAGES; page++)
			if (gib[above][page])
				way_start(memory, &memory->way[above][page],
					  (above ? high : 0) + gib[above][page] * GIB,
					  memory->page[page], page < CASE_DATA ? RW : RWX);
}

bool case_memory_start(struct case_memory *memory, const struct ept *ept)
{
	memory->ept = *ept;
	memory->start = hpa_of(ept->root);
	memory->code = page_alloc();
	code_ways_start(memory);
	if (!data_start(memory))
		return false;
	for (enum case_page page = 0; page <= CASE_OTHER_PT; page++)
		memory->page[page] = page_alloc();
	ways_start(memory);
	memory->end = hpa_of(page_alloc());
	return true;
}

/* --- Where things are ------------------------------------------------------------------------ */

static const struct case_way *way_of(const struct case_memory *memory,
				     const struct ept_case *that, enum case_page page)
{
	return &memory->way[case_is_long(that)][page];
}

gpa_t case_address(const struct case_memory *memory, const struct ept_case *that,
		   enum case_page page)
{
	return way_of(memory, that, page)->address;
}

gla_t case_linear(const struct case_memory *memory, const struct ept_case *that)
{
	u64 physical = case_address(memory, that, CASE_DATA).raw + that->offset;

	if (that->paging == CASE_NO_PAGING)
		return gla(physical);
	return gla(physical % GIB + (case_is_long(that) ? DATA_LINEAR_HIGH : DATA_LINEAR));
}

gla_t case_rip(const struct ept_case *that)
{
	bool user = that->switches & CASE_USER_MODE && that->paging != CASE_NO_PAGING;

	return gla(user ? CASE_USER_CODE : CASE_CODE);
}

static unsigned guest_index(const struct ept_case *that, u64 linear, unsigned level)
{
	if (case_is_32_bit(that))
		return linear >> (2 + 10 * level) & BITS(9, 0);
	return linear >> (3 + 9 * level) & BITS(8, 0);
}

static void find_places(struct case_memory *memory, const struct ept_case *that)
{
	u64 first = case_linear(memory, that).raw & ~(PAGE_SIZE - 1), other = first + PAGE_SIZE;
	bool shared = guest_index(that, first, EPT_PD) == guest_index(that, other, EPT_PD);

	memory->linear[0] = first;
	memory->linear[1] = other;
	memory->page_table[0] = CASE_PT;
	memory->page_table[1] = shared ? CASE_PT : CASE_OTHER_PT;
}

/* The page that holds the guest's entry of the level. */
static enum case_page table_of(const struct case_memory *memory, unsigned level, unsigned other)
{
	return level == EPT_PT ? memory->page_table[other] : case_table(level);
}

/* --- A case ---------------------------------------------------------------------------------- */

u64 case_entry_read(const struct case_entry *entry)
{
	return entry->size == sizeof(u32) ? *(u32 *)entry->place : *(u64 *)entry->place;
}

void case_entry_write(const struct case_entry *entry, u64 value)
{
	if (entry->size == sizeof(u32))
		*(u32 *)entry->place = (u32)value;
	else
		*(u64 *)entry->place = value;
}

/* Below the leaf stands what would be there with a smaller one. */
static void build_way(struct case_memory *memory, const struct ept_case *that, enum case_page page)
{
	const struct case_way *way = way_of(memory, that, page);
	u64 marks = that->switches & CASE_EPT_MARKED ? EPT_ACCESSED | EPT_DIRTY : 0;

	for (unsigned level = EPT_PML4; level >= EPT_PT; level--) {
		bool leaf = level == EPT_PT || level == that->ept_leaf[page];
		u64 usual = level == EPT_PT ? way->leaf[level] : way->branch[level];

		memory->entries[memory->entry_count++] = (struct case_entry){
			.place = way->entry[level], .size = sizeof(u64), .ept_level = (u8)level,
			.page = (u8)page, .usual = usual,
		};
		*way->entry[level] = (leaf ? way->leaf[level] : way->branch[level]) | marks;
	}
}

static void *guest_place(const struct case_memory *memory, const struct ept_case *that,
			 unsigned level, unsigned other)
{
	unsigned index = guest_index(that, memory->linear[other], level);
	u8 *table = memory->page[table_of(memory, level, other)];

	return table + index * (case_is_32_bit(that) ? sizeof(u32) : sizeof(u64));
}

static u64 guest_branch(const struct case_memory *memory, const struct ept_case *that,
			unsigned level, unsigned other)
{
	enum case_page table = table_of(memory, level - 1, other);

	return case_address(memory, that, table).raw | PAGING_BRANCH;
}

static u64 guest_leaf(const struct case_memory *memory, const struct ept_case *that,
		      unsigned other)
{
	u64 page = case_address(memory, that, CASE_DATA).raw + other * PAGE_SIZE;
	bool large = that->guest_leaf > EPT_PT;
	u64 size = large && case_is_32_bit(that) ? 2 * BORDER : ept_level_size(that->guest_leaf);
	u64 bits = PAGING_LEAF | (large ? PAGING_LARGE : 0);

	if (that->switches & CASE_SUPERVISOR_PAGE)
		bits &= ~(u64)PAGING_USER;
	return (page & ~(size - 1)) | bits;
}

static void guest_entry_add(struct case_memory *memory, const struct ept_case *that,
			    enum case_page table, void *place, u64 value)
{
	struct case_entry *entry = &memory->entries[memory->entry_count++];

	*entry = (struct case_entry){
		.place = place, .size = case_is_32_bit(that) ? sizeof(u32) : sizeof(u64),
		.page = (u8)table,
	};
	case_entry_write(entry, value);
}

static void build_guest_entry(struct case_memory *memory, const struct ept_case *that,
			      unsigned level, unsigned other)
{
	u64 value = level == that->guest_leaf ? guest_leaf(memory, that, other)
					      : guest_branch(memory, that, level, other);

	if (that->switches & CASE_GUEST_UNMARKED)
		value &= ~(u64)PAGING_FLAGS;
	if (that->paging == CASE_PAE && level == EPT_PDPT) {
		memory->pdpte[DATA_POINTER] =
			case_address(memory, that, CASE_PD).raw | PAGING_PRESENT;
		return;
	}
	guest_entry_add(memory, that, table_of(memory, level, other),
			guest_place(memory, that, level, other), value);
}

/* The way to the code begins in the same table as that to the data. */
static void build_code_entry(struct case_memory *memory, const struct ept_case *that)
{
	memory->pdpte[0] = CASE_CODE_PD | PAGING_PRESENT;
	if (case_is_32_bit(that))
		guest_entry_add(memory, that, CASE_PD, memory->page[CASE_PD],
				CASE_CODE_PT | PAGING_BRANCH);
	else if (case_is_long(that))
		guest_entry_add(memory, that, CASE_PML4, memory->page[CASE_PML4],
				CASE_CODE_PDPT | PAGING_BRANCH);
}

static void build_guest(struct case_memory *memory, const struct ept_case *that)
{
	unsigned pages = case_crosses(that) ? 2 : 1;

	build_code_entry(memory, that);
	for (unsigned other = 0; other < pages; other++)
		for (unsigned level = case_top_level(that); level >= that->guest_leaf; level--)
			build_guest_entry(memory, that, level, other);
}

static void build_ways(struct case_memory *memory, const struct ept_case *that)
{
	for (enum case_page page = 0; page < CASE_PAGES; page++)
		if (case_uses(that, page))
			build_way(memory, that, page);
	if (case_uses(that, CASE_PT) && case_crosses(that) &&
	    memory->page_table[1] == CASE_OTHER_PT)
		build_way(memory, that, CASE_OTHER_PT);
}

static void twist_ept(const struct case_memory *memory, const struct ept_case *that,
		      const struct case_twist *twist)
{
	*way_of(memory, that, twist->which)->entry[twist->level] ^= twist->bits;
}

static void twist_guest(struct case_memory *memory, const struct ept_case *that,
			const struct case_twist *twist)
{
	void *place;

	if (that->paging == CASE_PAE && twist->level == EPT_PDPT) {
		memory->pdpte[DATA_POINTER] ^= twist->bits;
		return;
	}
	place = guest_place(memory, that, twist->level, twist->which);
	if (case_is_32_bit(that))
		*(u32 *)place ^= (u32)twist->bits;
	else
		*(u64 *)place ^= twist->bits;
}

static void build_twists(struct case_memory *memory, const struct ept_case *that)
{
	for (unsigned i = 0; i < that->twist_count; i++)
		if (that->twists[i].guest)
			twist_guest(memory, that, &that->twists[i]);
		else
			twist_ept(memory, that, &that->twists[i]);
}

static void build_code(struct case_memory *memory, const struct ept_case *that)
{
	unsigned which = instruction_of(that);
	u8 length = instructions[which].length;

	memcpy(memory->code, instructions[which].bytes, length);
	memcpy(memory->code + length, vmcall, sizeof(vmcall));
	if (that->access == ARENA_FETCH)
		memcpy(memory->page[CASE_DATA] + that->offset, vmcall, sizeof(vmcall));
}

void case_memory_build(struct case_memory *memory, const struct ept_case *that)
{
	memory->entry_count = 0;
	find_places(memory, that);
	build_ways(memory, that);
	if (case_top_level(that))
		build_guest(memory, that);
	build_twists(memory, that);
	build_code(memory, that);
	for (unsigned i = 0; i < memory->entry_count; i++)
		memory->entries[i].before = case_entry_read(&memory->entries[i]);
}

/* An entry may be listed twice, so that all are read before one is written. */
void case_memory_rewind(struct case_memory *memory)
{
	for (unsigned i = 0; i < memory->entry_count; i++)
		memory->entries[i].after = case_entry_read(&memory->entries[i]);
	for (unsigned i = 0; i < memory->entry_count; i++)
		if (memory->entries[i].after != memory->entries[i].before)
			case_entry_write(&memory->entries[i], memory->entries[i].before);
}

void case_memory_restore(struct case_memory *memory)
{
	for (unsigned i = 0; i < memory->entry_count; i++)
		case_entry_write(&memory->entries[i], memory->entries[i].usual);
}

/* --- For the model, and for the VMCS --------------------------------------------------------- */

static u64 cr4_of(const struct case_memory *memory, const struct ept_case *that)
{
	u32 on = that->switches;
	u64 cr4 = memory->cr4 & ~(u64)CR4_PAE;

	return cr4 | (that->paging >= CASE_PAE ? CR4_PAE : 0) |
	       (that->paging == CASE_5_LEVEL ? CR4_LA57 : 0) |
	       (on & CASE_PAGE_SIZE ? CR4_PSE : 0) |
	       (on & CASE_SMEP ? CR4_SMEP : 0) | (on & CASE_SMAP ? CR4_SMAP : 0);
}

static struct model_guest guest_of(const struct case_memory *memory, const struct ept_case *that)
{
	u32 on = that->switches;
	u64 cr0 = memory->cr0 & ~(u64)(that->paging == CASE_NO_PAGING ? CR0_PG : 0);
	enum case_page top = case_table(case_top_level(that));
	struct model_guest guest = {
		.cr0 = cr0 | (on & CASE_WRITE_PROTECT ? CR0_WP : 0),
		.cr4 = cr4_of(memory, that),
		.efer = (case_is_long(that) ? EFER_LME | EFER_LMA : 0) |
			(on & CASE_EXECUTE_DISABLE ? EFER_NXE : 0),
		.rflags = RFLAGS_FIXED | (on & CASE_ALIGNMENT_CHECK ? RFLAGS_AC : 0),
		.cpl = on & CASE_USER_MODE ? 3 : 0,
		.in_64bit_mode = case_is_long(that),
	};

	if (case_is_32_bit(that) || case_is_long(that))
		guest.cr3 = case_address(memory, that, top).raw;
	memcpy(guest.pdpte, memory->pdpte, sizeof(guest.pdpte));
	return guest;
}

struct model case_model(const struct case_memory *memory, const struct ept_case *that)
{
	return (struct model){
		.processor = memory->processor,
		.controls = { .eptp = memory->eptp[!!(that->switches & CASE_EPT_FLAGS)] },
		.guest = guest_of(memory, that),
		.memory = { .start = 0, .size = ~0ul },
	};
}

struct model_access case_code_fetch(const struct ept_case *that)
{
	return (struct model_access){
		.kind = MODEL_FETCH, .linear = case_rip(that),
		.size = instructions[instruction_of(that)].length,
	};
}

struct model_access case_access(const struct case_memory *memory, const struct ept_case *that)
{
	return (struct model_access){
		.kind = arena_model_kind(that->access), .linear = case_linear(memory, that),
		.size = that->size,
	};
}
