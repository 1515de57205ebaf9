#include "tests/suites/ept/arena.h"
#include "ept/eptp.h"
#include "kernel/memory.h"
#include "kernel/paging_entry.h"
#include "kernel/string.h"
#include "kernel/traps.h"
#include "tests/report/test.h"
#include "tests/suites/cases/case.h"
#include "vmx/capabilities.h"
#include "vmx/guest_paging.h"
#include "vmx/operation.h"
#include "vmx/vmcs.h"

/* Guest-physical and guest-linear; the data has a PML4 entry of its own in both. */
#define CODE   0x1000ul
#define TABLES 0x10000ul                        /* PML4, PDPT, PD, PT */
#define DATA   (BIT(39) | BIT(30))

/* RBX holds the address; at the address itself stands a VMCALL. */
static const u8 code[ARENA_ACCESSES][16] = {
	[ARENA_READ]  = { 0x48, 0x8b, 0x43, 0x08, 0x0f, 0x01, 0xc1 },   /* mov rax, [rbx + 8] */
	[ARENA_WRITE] = { 0x48, 0x89, 0x43, 0x08, 0x0f, 0x01, 0xc1 },   /* mov [rbx + 8], rax */
	[ARENA_READ_MODIFY_WRITE] = {
		0x48, 0x01, 0x43, 0x08, 0x0f, 0x01, 0xc1,               /* add [rbx + 8], rax */
	},
	[ARENA_FETCH] = { 0xff, 0xe3 },                                 /* jmp rbx */
};
static const u8 vmcall[] = { 0x0f, 0x01, 0xc1 };

static u64 *table_page(struct arena *arena, u64 guest_physical)
{
	u64 *page = page_alloc();

	vm_map(&arena->vm, gpa(guest_physical), ept_leaf(hpa_of(page), RW, WB));
	return page;
}

/* The guest's way to the address through tables of its own; below 4 GiB it uses the engine's. */
static void guest_tables_start(struct arena *arena, gpa_t data)
{
	enum ept_level leaf = EPT_PML4 - (arena->tables - 1);
	u64 cr3 = 0, *above = &cr3;

	for (unsigned i = 0; i < arena->tables; i++) {
		u64 place = TABLES + i * PAGE_SIZE;
		u64 *table = table_page(arena, place);

		if (i == ARENA_GUEST_PML4)
			table[0] = (VM_ENGINE_BASE.raw + PAGE_SIZE) | PAGING_BRANCH;
		*above = place | PAGING_BRANCH;
		above = &table[ept_index(data, EPT_PML4 - i)];
		arena->entry[arena_guest_entry(i)] = above;
		arena->table_leaf[i] = ept_find(&arena->vm.ept, gpa(place), EPT_PT);
	}
	*above = (data.raw & ~(ept_level_size(leaf) - 1)) | PAGING_LEAF |
		 (leaf == EPT_PT ? 0 : PAGING_LARGE);
	vmcs_write(GUEST_CR3, cr3 & EPT_ADDRESS);
}

static void code_start(struct arena *arena)
{
	u8 *page = page_alloc();

	memcpy(page, code, sizeof(code));
	vm_map(&arena->vm, gpa(CODE), ept_leaf(hpa_of(page), RX, WB));
}

/* A leaf of every size reaches the same host page, as the address within it is the page's own. */
static gpa_t data_start(struct arena *arena)
{
	u8 *page = page_alloc();
	gpa_t data = gpa(DATA + (u64)page);

	memcpy(page, vmcall, sizeof(vmcall));
	for (enum ept_level level = EPT_PML4; level >= EPT_PT; level--)
		arena->entry[arena_ept_entry(level)] = ept_make(&arena->vm.ept, data, level);
	for (enum ept_level level = EPT_PT; level <= EPT_PML4; level++)
		arena->branch[level] = *arena->entry[arena_ept_entry(level)];
	for (enum ept_level level = EPT_PT; level <= EPT_PDPT; level++) {
		hpa_t frame = hpa((u64)page & ~(ept_level_size(level) - 1));

		arena->leaf[level] = ept_leaf(frame, RWX, WB) | (level == EPT_PT ? 0 : EPT_LARGE);
	}
	arena->linear = gla(data.raw);
	return data;
}

static void eptp_start(struct arena *arena)
{
	arena->eptp[false] = vmcs_read(EPT_POINTER);
	arena->flags_offered = eptp_choose(vmx_capabilities.ept_vpid, &arena->vm.ept, true,
					   &arena->eptp[true]);
}

static void model_start(struct arena *arena)
{
	arena->model = (struct model){
		.processor = model_processor(vmx_capabilities.ept_vpid,
					     vmx_capabilities.physical_width,
					     capability_offered(CAPABILITY_pages_1g)),
		.guest = {
			.cr0 = vmcs_read(GUEST_CR0), .cr3 = TABLES, .cr4 = vmcs_read(GUEST_CR4),
			.efer = vmcs_read(GUEST_IA32_EFER), .in_64bit_mode = true,
		},
		.memory = { .start = 0, .size = BIT(32) },
	};
	arena_use_flags(arena, false);
}

/* The way ends in the PDPT with 1 GiB pages, else in the PD. */
static unsigned tables_of(enum arena_walk walk)
{
	if (walk == ARENA_WHOLE_WALK)
		return ARENA_GUEST_PT + 1;
	return capability_offered(CAPABILITY_pages_1g) ? ARENA_GUEST_PDPT + 1 : ARENA_GUEST_PD + 1;
}

bool arena_start(struct arena *arena, enum arena_walk walk)
{
	const char *refused;

	vmx_enter_operation();
	refused = vm_start(&arena->vm, MODE_long64, CODE);
	if (refused) {
		skip("needs %s, which this processor does not offer", refused);
		return false;
	}
	if (vmx_capabilities.physical_width < 40) {
		skip("needs 40 physical address bits: the data has a PML4 entry of its own");
		vm_end(&arena->vm);
		return false;
	}
	arena->tables = tables_of(walk);
	code_start(arena);
	guest_tables_start(arena, data_start(arena));
	eptp_start(arena);
	model_start(arena);
	return true;
}

void arena_end(struct arena *arena)
{
	vm_end(&arena->vm);
}

void arena_reset(struct arena *arena, enum ept_level leaf)
{
	for (enum ept_level level = EPT_PML4; level > leaf; level--)
		*arena->entry[arena_ept_entry(level)] = arena->branch[level];
	*arena->entry[arena_ept_entry(leaf)] = arena->leaf[leaf];
}

unsigned arena_flag_settings(const struct arena *arena)
{
	return arena->flags_offered ? 2 : 1;
}

void arena_use_flags(struct arena *arena, bool on)
{
	vmcs_write(EPT_POINTER, arena->eptp[on]);
	arena->model.controls.eptp = arena->eptp[on];
}

bool arena_outcome(const struct exit *exit, struct model_outcome *outcome)
{
	*outcome = (struct model_outcome){ .physical = exit->gpa };
	switch (exit->reason) {
	case EXIT_vmcall:
		*outcome = (struct model_outcome){ .event = MODEL_COMPLETES };
		return true;
	case EXIT_ept_violation:
		outcome->event = MODEL_EPT_VIOLATION;
		outcome->code = exit->qualification;
		if (exit->violation.gla_valid)
			outcome->linear = exit->gla;
		return true;
	case EXIT_ept_misconfig:
		outcome->event = MODEL_EPT_MISCONFIGURATION;
		return true;
	case EXIT_exception_or_nmi:
		*outcome = (struct model_outcome){
			.event = MODEL_PAGE_FAULT,
			.code = vmcs_read(EXIT_INTERRUPTION_ERROR_CODE),
			.linear = gla(exit->qualification),
		};
		return interruption_decode(vmcs_read(EXIT_INTERRUPTION_INFORMATION)).vector ==
		       VECTOR_PF;
	default:
		return false;
	}
}

bool arena_access(struct arena *arena, enum arena_access access, struct model_outcome *outcome)
{
	arena->vm.registers.rbx = arena->linear.raw;
	vmcs_write(GUEST_RIP, CODE + sizeof(code[0]) * access);
	vm_invept();
	vm_run(&arena->vm);
	return arena_outcome(&arena->vm.exit, outcome);
}

struct model_access arena_model_access(const struct arena *arena, enum arena_access access)
{
	bool fetch = access == ARENA_FETCH;

	return (struct model_access){
		.kind = arena_model_kind(access),
		.linear = gla(arena->linear.raw + (fetch ? 0 : 8)),
		.size = fetch ? sizeof(vmcall) : 8,
	};
}

/* None of the instructions is longer. */
struct model_access arena_code_fetch(enum arena_access access)
{
	return (struct model_access){
		.kind = MODEL_FETCH, .linear = gla(CODE + sizeof(code[0]) * access), .size = 4,
	};
}

/* --- As a case ------------------------------------------------------------------------------- */

static void add_twist(struct ept_case *that, struct case_twist twist)
{
	if (twist.bits && that->twist_count < CASE_TWISTS)
		that->twists[that->twist_count++] = twist;
}

static void add_ept_twists(const struct arena *arena, enum ept_level leaf, u64 marks,
			   struct ept_case *that)
{
	for (enum ept_level level = leaf; level <= EPT_PML4; level++) {
		u64 usual = level == leaf ? arena->leaf[level] : arena->branch[level];

		add_twist(that, (struct case_twist){
			.which = CASE_DATA, .level = (u8)level,
			.bits = (usual | marks) ^ *arena->entry[arena_ept_entry(level)],
		});
	}
}

/* Flags of the pages of tables are those of accesses before this one. */
static void add_table_twists(const struct arena *arena, struct ept_case *that)
{
	for (unsigned i = 0; i < arena->tables; i++) {
		u64 entry = *arena->table_leaf[i] & ~(u64)(EPT_ACCESSED | EPT_DIRTY);
		u64 guest = *arena->entry[arena_guest_entry(i)];
		u8 level = (u8)(EPT_PML4 - i);

		add_twist(that, (struct case_twist){
			.which = (u8)case_table(level), .level = EPT_PT,
			.bits = entry ^ ept_leaf(hpa(entry), RW, WB),
		});
		add_twist(that, (struct case_twist){
			.guest = true, .level = level,
			.bits = (guest ^ (i + 1 < arena->tables ? PAGING_BRANCH : PAGING_LEAF)) &
				BITS(6, 0),
		});
	}
}

void arena_case(const struct arena *arena, enum ept_level leaf, enum arena_access access,
		struct ept_case *that)
{
	u64 flags = EPT_ACCESSED | EPT_DIRTY;
	bool marked = (*arena->entry[arena_ept_entry(EPT_PML4)] & flags) == flags;
	bool fetch = access == ARENA_FETCH;

	*that = (struct ept_case){
		.paging = CASE_4_LEVEL, .access = access, .offset = fetch ? 0 : 8,
		.size = fetch ? CASE_FETCH_SIZE : 8,
		.guest_leaf = (u8)(EPT_PML4 - arena->tables + 1),
		.switches = CASE_EXECUTE_DISABLE | (marked ? CASE_EPT_MARKED : 0) |
			    (arena->model.controls.eptp == arena->eptp[true] ? CASE_EPT_FLAGS : 0),
	};
	for (enum case_page page = 0; page < CASE_PAGES; page++)
		that->ept_leaf[page] = EPT_PT;
	that->ept_leaf[CASE_DATA] = (u8)leaf;
	add_ept_twists(arena, leaf, marked ? flags : 0, that);
	add_table_twists(arena, that);
}
