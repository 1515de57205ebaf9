/* hostile_guest.c -- a guest that tries to change what is not its own */
#include "tests/suites/guest/hostile_guest.h"
#include "ept/eptp.h"
#include "kernel/control_registers.h"
#include "kernel/image.h"
#include "kernel/memory.h"
#include "kernel/paging_entry.h"
#include "kernel/string.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"
#include "vmx/guest_paging.h"
#include "vmx/operation.h"

/* --- Its memory ------------------------------------------------------------------------------ */

/* Guest-physical pages.  Those from OWN on the guest may write: its paging structures. */
#define CODE      0x1000ul
#define OWN       0x2000ul
#define ROOT      (OWN + 0 * PAGE_SIZE)         /* PML4, or page directory of 32-bit paging */
#define PDPT      (OWN + 1 * PAGE_SIZE)
#define PD        (OWN + 2 * PAGE_SIZE)
#define PT        (OWN + 3 * PAGE_SIZE)
#define OWN_PAGES 4

#define ABSENT    0x100000ul
#define ENGINE_PAGES 9                          /* of all modes together (guest_paging.h) */
#define SLOT      16                            /* bytes of code for each attack */

/* Access rights of a segment of 32 bits that reaches up to 4 GiB, which real mode may have, too. */
#define FLAT_DATA 0xc093

static const struct {
	const char *code;
	size_t size;
} attacks[] = {
#define ATTACK(code, text) { code, sizeof(code) - 1 },
#include "tests/suites/guest/hostile_attacks.def"
#undef ATTACK
};

static void make_code(const struct hostile_guest *guest)
{
	for (size_t i = 0; i < COUNT(attacks); i++) {
		u8 *slot = guest->code + i * SLOT;

		if (guest->mode == MODE_real16)
			*slot++ = 0x67;         /* addresses of 32 bits */
		memcpy(slot, attacks[i].code, attacks[i].size);
		memcpy(slot + attacks[i].size, "\x0f\x01\xc1", 3);      /* VMCALL */
	}
}

static void put(const struct hostile_guest *guest, u64 table, u64 index, u64 entry)
{
	u8 *page = guest->own + (table - OWN);

	if (guest->mode == MODE_paging32)
		((u32 *)page)[index] = (u32)entry;
	else
		((u64 *)page)[index] = entry;
}

/* What one entry of the table above the page table maps. */
static u64 span(const struct hostile_guest *guest)
{
	return guest->mode == MODE_paging32 ? 2 * LARGE_PAGE_SIZE : LARGE_PAGE_SIZE;
}

/* --- What it aims at ------------------------------------------------------------------------- */

/* Guest-physical addresses: the engine's pages come first, then memory that it was not given. */
static u64 target(const struct hostile_guest *guest, size_t which)
{
	const u64 others[] = {
		0, CODE, ABSENT, 0xfee00000, 0xfffff000, (u64)kernel_image.text,
		(u64)kernel_image.data, guest->vm.vmcs.raw, (u64)guest->vm.ept.root,
	};

	if (which < ENGINE_PAGES)
		return VM_ENGINE_BASE.raw + which * PAGE_SIZE;
	which -= ENGINE_PAGES;
	return which < COUNT(others) ? others[which] : 0;
}
#define TARGETS (ENGINE_PAGES + 9)

/* The page table maps the targets.  The entries that follow make a page table of each of the
 * engine's pages: some entries there have no dirty flag, which a page walk would set. */
static void map_targets(const struct hostile_guest *guest, u64 directory)
{
	put(guest, directory, 0, PAGING_LEAF | PAGING_LARGE);
	put(guest, directory, 1, PT | PAGING_BRANCH);
	for (size_t i = 0; i < TARGETS; i++)
		put(guest, PT, i, target(guest, i) | PAGING_LEAF);
	for (size_t i = 0; i < ENGINE_PAGES; i++)
		put(guest, directory, 2 + i, target(guest, i) | PAGING_BRANCH);
}

static u64 linear_of_target(const struct hostile_guest *guest, size_t which)
{
	if (!mode_has_paging(guest->mode))
		return target(guest, which);
	return span(guest) + which * PAGE_SIZE;
}

static u64 linear_by_engine_page(const struct hostile_guest *guest, size_t page, u64 index)
{
	return (2 + page) * span(guest) + index * PAGE_SIZE;
}

/* --- Its start ------------------------------------------------------------------------------- */

static void use_own_paging(const struct hostile_guest *guest)
{
	put(guest, ROOT, 0, PDPT | PAGING_BRANCH);
	put(guest, PDPT, 0, PD | PAGING_BRANCH);
	map_targets(guest, guest->mode == MODE_paging32 ? ROOT : PD);
	vmcs_write(GUEST_CR3, ROOT);
	if (guest->mode == MODE_pae)
		vmcs_write(GUEST_PDPTE0, PD | PAGING_PRESENT);
}

static void use_flat_segments(void)
{
	vmcs_write(GUEST_DS_LIMIT, BITS(31, 0));
	vmcs_write(GUEST_ES_LIMIT, BITS(31, 0));
	vmcs_write(GUEST_SS_LIMIT, BITS(31, 0));
	vmcs_write(GUEST_DS_ACCESS_RIGHTS, FLAT_DATA);
	vmcs_write(GUEST_ES_ACCESS_RIGHTS, FLAT_DATA);
	vmcs_write(GUEST_SS_ACCESS_RIGHTS, FLAT_DATA);
}

/* All flags are set beforehand, so that the processor changes nothing in the VM's EPT tables. */
static void set_ept_flags(u64 *table, enum ept_level level)
{
	for (u64 *entry = table; entry < table + PAGE_SIZE / sizeof(u64); entry++) {
		if (!ept_is_present(*entry))
			continue;
		*entry |= EPT_ACCESSED | EPT_DIRTY;
		if (!ept_is_leaf(*entry, level))
			set_ept_flags(ept_table_at(*entry), level - 1);
	}
}

static bool use_ept_flags(struct hostile_guest *guest)
{
	const struct ept *ept = &guest->vm.ept;
	u64 eptp;

	if (!eptp_choose(vmx_capabilities.ept_vpid, ept, true, &eptp)) {
		skip("needs accessed_dirty: %s is 0",
		     capability_row(CAPABILITY_accessed_dirty)->source);
		return false;
	}
	guest_paging_copy(guest->mode, ept, RW);
	set_ept_flags(ept->root, ept->top);
	vm_use_eptp(eptp);
	return true;
}

static void make_memory(struct hostile_guest *guest)
{
	guest->code = page_alloc();
	guest->own = pages_alloc(OWN_PAGES);
	make_code(guest);
	vm_map(&guest->vm, gpa(CODE), ept_leaf(hpa_of(guest->code), RX, WB));
	for (u64 offset = 0; offset < OWN_PAGES * PAGE_SIZE; offset += PAGE_SIZE)
		vm_map(&guest->vm, gpa(OWN + offset),
		       ept_leaf(hpa_of(guest->own + offset), RW, WB));
}

bool hostile_guest_start(struct hostile_guest *guest, enum guest_mode mode, bool flags)
{
	const char *refused;

	vmx_enter_operation();
	refused = vm_start(&guest->vm, mode, CODE);
	if (refused) {
		skip("needs %s, which this processor does not offer", refused);
		return false;
	}
	guest->mode = mode;
	guest->flags = flags;
	make_memory(guest);
	if (mode_has_paging(mode))
		use_own_paging(guest);
	else
		use_flat_segments();
	vmcs_write(GUEST_CR4, vmcs_read(GUEST_CR4) | CR4_OSFXSR);
	return !flags || use_ept_flags(guest);
}

/* Those of the engine's pages that are copies for this VM; those of all VMs are in the kernel. */
static void leave_out_copies(const struct hostile_guest *guest, struct memory_watch *watch)
{
	for (size_t i = 0; i < ENGINE_PAGES; i++) {
		const u64 *entry = ept_find(&guest->vm.ept, gpa(target(guest, i)), EPT_PT);

		if (entry && ept_is_present(*entry) && !image_of(*entry & EPT_ADDRESS))
			memory_watch_leave_out(watch, hpa(*entry & EPT_ADDRESS));
	}
}

void hostile_guest_own_pages(const struct hostile_guest *guest, struct memory_watch *watch)
{
	memory_watch_leave_out(watch, guest->vm.vmcs);
	for (u64 offset = 0; offset < OWN_PAGES * PAGE_SIZE; offset += PAGE_SIZE)
		memory_watch_leave_out(watch, hpa_of(guest->own + offset));
	leave_out_copies(guest, watch);
}

/* --- Its attacks ----------------------------------------------------------------------------- */

/* Not by vm_run(), which may note in the kernel's memory when the alarm is due: none of the attacks
 * goes on for ever. */
static u32 attack(struct hostile_guest *guest, size_t which, u64 linear)
{
	struct registers *registers = &guest->vm.registers;

	*registers = (struct registers){ .rax = 0x55555555, .rcx = 1 };
	registers->rbx = registers->rsi = registers->rdi = linear;
	vmcs_write(GUEST_RSP, linear + sizeof(u64));
	vmcs_write(GUEST_RIP, CODE + which * SLOT);
	vm_enter(&guest->vm);
	return guest->vm.exit.reason;
}

/* Without flags nothing that the guest aims at can be written.  With them it has copies of the
 * engine's pages. */
static void expect_refused(struct hostile_guest *guest, size_t which, size_t target_number)
{
	u32 reason = attack(guest, which, linear_of_target(guest, target_number));
	bool is_copy = guest->flags && target_number < ENGINE_PAGES;

	if (reason != EXIT_ept_violation && !is_copy)
		FAIL("attack %lu on %#lx ends with exit %u, expected an EPT violation", which,
		     target(guest, target_number), reason);
}

static void attack_by_walks(struct hostile_guest *guest)
{
	const u64 indexes[] = { 0, 3, span(guest) / PAGE_SIZE - 1 };

	for (size_t page = 0; page < ENGINE_PAGES; page++)
		for (size_t i = 0; i < COUNT(indexes); i++)
			attack(guest, 0, linear_by_engine_page(guest, page, indexes[i]));
}

void hostile_guest_run(struct hostile_guest *guest)
{
	for (size_t i = 0; i < TARGETS; i++)
		expect_refused(guest, 0, i);
	for (size_t i = 1; i < COUNT(attacks); i++) {
		expect_refused(guest, i, 2);    /* an engine's page in long64 and pae */
		expect_refused(guest, i, 7);    /* in paging32 */
		expect_refused(guest, i, TARGETS - 1);
	}
	if (mode_has_paging(guest->mode))
		attack_by_walks(guest);
}
