/* base_memory.c -- the memory of a VM whose entry is tested */
#include "tests/suites/entry/base_memory.h"
#include "kernel/cpu.h"
#include "kernel/memory.h"
#include "kernel/paging_entry.h"
#include "kernel/string.h"
#include "vmx/operation.h"

static const u8 vmcall[] = { 0x0f, 0x01, 0xc1 };

static u8 *map_page(const struct vm *vm, u64 address, enum permission allowed)
{
	u8 *page = page_alloc();

	vm_map(vm, gpa(address), ept_leaf(hpa_of(page), allowed, WB));
	return page;
}

/* --- Descriptor tables (SDM vol. 3, "Protected-Mode Memory Management", "Interrupt and Exception
 * Handling") ----------------------------------------------------------------------------------- */

#define GATE_TYPE    0xee00u                    /* interrupt gate of 32 or 64 bits, for DPL 3 */
#define GATE_CODE    0x08u                      /* its selector: the first descriptor of the GDT */
#define CODE_64      0x00af9b000000ffffull
#define CODE_32      0x00cf9b000000ffffull
#define DATA         0x00cf93000000ffffull
#define DATA_SELECTOR 0x10u

static void write_long_gates(u64 *idt)
{
	for (unsigned vector = 0; vector < 256; vector++)
		idt[2 * vector] = BASE_HANDLER | GATE_CODE << 16 | (u64)GATE_TYPE << 32;
}

static void write_gates(u64 *idt)
{
	for (unsigned vector = 0; vector < 256; vector++)
		idt[vector] = BASE_HANDLER | GATE_CODE << 16 | (u64)GATE_TYPE << 32;
}

static void write_real_mode_vectors(u32 *vectors)
{
	for (unsigned vector = 0; vector < 256; vector++)
		vectors[vector] = BASE_HANDLER;
}

static void write_idt(void *idt, enum guest_mode mode)
{
	if (mode == MODE_long64)
		write_long_gates(idt);
	else if (mode == MODE_real16)
		write_real_mode_vectors(idt);
	else
		write_gates(idt);
}

/* The stack that an event takes in virtual-8086 mode, from the TSS of 32 bits. */
static void write_descriptors(u8 *page, enum guest_mode mode)
{
	u64 *gdt = (u64 *)page;
	u32 *tss = (u32 *)(page + (BASE_TSS - BASE_GDT));

	gdt[GATE_CODE / 8] = mode == MODE_long64 ? CODE_64 : CODE_32;
	gdt[DATA_SELECTOR / 8] = DATA;
	tss[1] = BASE_STACK_0;
	tss[2] = DATA_SELECTOR;
}

static void make_guest_memory(struct base_memory *memory, const struct vm *vm, enum guest_mode mode)
{
	u8 *code = map_page(vm, BASE_CODE, RX);

	memcpy(code, vmcall, sizeof(vmcall));
	memcpy(code + (BASE_HANDLER - BASE_CODE), vmcall, sizeof(vmcall));
	memory->idt = map_page(vm, BASE_IDT, RW);
	write_idt(memory->idt, mode);
	memory->gdt = map_page(vm, BASE_GDT, RW);
	write_descriptors(memory->gdt, mode);
	memory->stack = map_page(vm, BASE_STACK & ~(PAGE_SIZE - 1ul), RW);
}

/* --- Lists of MSRs (SDM vol. 3, "Loading MSRs") ----------------------------------------------- */

#define LIST_PAGES 2

/* What VM entry may not load: MSRs that are never allowed, one that is not there, a reserved bit,
 * and a value that WRMSR would not take. */
static const struct msr_entry illegal_entries[] = {
	{ IA32_FS_BASE, 0, 0 }, { IA32_GS_BASE, 0, 0 },
	{ 0x8ff, 0, 0 },                        /* of an x2APIC */
	{ 0x79, 0, 0 },                         /* IA32_BIOS_UPDT_TRIG */
	{ 0x8b, 0, 0 },                         /* IA32_BIOS_SIGN_ID */
	{ 0x9e, 0, 0 },                         /* IA32_SMBASE */
	{ 0x9b, 0, 0 },                         /* IA32_SMM_MONITOR_CTL */
	{ IA32_SYSENTER_EIP, 1, 0 },
	{ IA32_SYSENTER_EIP, 0, BIT(62) },
	{ IA32_PAT, 0, 2 },
};
_Static_assert(COUNT(illegal_entries) < BASE_MSR_LISTS_OF_ENTRY, "BASE_MSR_LISTS_OF_ENTRY");

/* Harmless as far as any count or address within the first page reaches: VM exit loads the same MSR
 * from the host-state area. */
static struct msr_entry *make_list(void)
{
	struct msr_entry *list = pages_alloc(LIST_PAGES);

	for (unsigned i = 0; i < LIST_PAGES * PAGE_SIZE / sizeof(*list); i++)
		list[i].index = IA32_SYSENTER_EIP;
	return list;
}

static void make_lists(struct base_memory *memory)
{
	memory->exit_load_list = hpa_of(make_list());
	memory->exit_store_list = hpa_of(make_list());
	memory->entry_lists[0] = hpa_of(make_list());
	memory->entry_list_count = 1;
	for (unsigned i = 0; i < COUNT(illegal_entries); i++) {
		struct msr_entry *list = make_list();

		list[i % BASE_LIST_ENTRIES] = illegal_entries[i];
		memory->entry_lists[memory->entry_list_count++] = hpa_of(list);
	}
}

/* --- PDPTEs (SDM vol. 3, "PDPTE Registers") --------------------------------------------------- */

#define RESERVED_IN_PDPTE BIT(1)

static void make_pdpts(struct base_memory *memory)
{
	for (unsigned i = 0; i < BASE_PDPTS; i++) {
		u64 *pdpt = page_alloc();

		for (unsigned entry = 0; entry < BASE_PDPTS - 1; entry++)
			pdpt[entry] = memory->page.raw | PAGING_PRESENT;
		if (i)
			pdpt[i - 1] |= RESERVED_IN_PDPTE;
		memory->pdpts[i] = hpa_of(pdpt);
	}
}

/* --- All -------------------------------------------------------------------------------------- */

#define SHADOW_INDICATOR BIT(31)

void base_memory_make(struct base_memory *memory, const struct vm *vm, enum guest_mode mode,
		      bool shadow)
{
	u32 *plain = vmx_region_alloc(), *marked = vmx_region_alloc();

	marked[0] |= SHADOW_INDICATOR;
	memory->link = hpa_of(shadow ? marked : plain);
	memory->other_link = hpa_of(shadow ? plain : marked);
	memory->wrong_link = hpa_of(page_alloc());
	memory->page = hpa_of(page_alloc());
	make_lists(memory);
	make_pdpts(memory);
	make_guest_memory(memory, vm, mode);
}
