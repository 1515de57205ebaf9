/* page_fault_filter.c -- page faults that exit by the mask and the match of their error code
 *
 * With paging structures of its own the guest causes page faults with every bit of the error code,
 * each of which is tried with masks of one bit, of all bits and of none.
 */
#include "ept/entry.h"
#include "kernel/control_registers.h"
#include "kernel/exceptions.h"
#include "kernel/flags.h"
#include "kernel/memory.h"
#include "kernel/paging_entry.h"
#include "tests/report/test.h"
#include "tests/suites/conditions/stage.h"
#include "vmx/capabilities.h"
#include "vmx/guest_paging.h"

enum { PML4 = 0x10000, PDPT = 0x11000, PD = 0x12000, PT = 0x13000, TABLES = 4 };

#define HIGH           BIT(39)                  /* linear; the pages below, one behind the other */
#define RESERVED_BIT   BIT(51)                  /* of an entry, below a physical width of 52 */
#define ERROR_BITS     BITS(4, 0)
#define EXECUTE_DISABLE BIT(63)

enum { ABSENT, READ_ONLY, NO_EXECUTE, RESERVED, SUPERVISOR, ENTRIES };

static const u64 entries[ENTRIES] = {
	[ABSENT]     = 0,
	[READ_ONLY]  = PAGING_LEAF & ~(u64)PAGING_WRITABLE,
	[NO_EXECUTE] = PAGING_LEAF | EXECUTE_DISABLE,
	[RESERVED]   = PAGING_LEAF | RESERVED_BIT,
	[SUPERVISOR] = PAGING_LEAF & ~(u64)PAGING_USER,
};

/* A page fault: the page, and the access that is refused there. */
struct fault {
	u8 page;
	u8 error;                               /* but for PF_USER, which the CPL adds */
};

static const struct fault faults[] = {
	{ ABSENT, 0 }, { ABSENT, PF_WRITE }, { ABSENT, PF_FETCH },
	{ READ_ONLY, PF_PRESENT | PF_WRITE },
	{ NO_EXECUTE, PF_PRESENT | PF_FETCH },
	{ RESERVED, PF_PRESENT | PF_RESERVED },
	{ RESERVED, PF_PRESENT | PF_RESERVED | PF_WRITE },
	{ RESERVED, PF_PRESENT | PF_RESERVED | PF_FETCH },
	/* These at CPL 3 only. */
	{ SUPERVISOR, PF_PRESENT }, { SUPERVISOR, PF_PRESENT | PF_WRITE },
	{ SUPERVISOR, PF_PRESENT | PF_FETCH },
};

struct filter {
	u32 mask, match;
	bool exits_if_equal;                    /* bit 14 of the exception bitmap */
};

static void make_tables(struct stage *stage)
{
	u64 *tables = pages_alloc(TABLES);

	for (u64 table = 0; table < TABLES; table++)
		vm_map(&stage->vm, gpa(PML4 + table * PAGE_SIZE),
		       ept_leaf(hpa_of(tables + table * 512), R, WB));
	tables[0] = (VM_ENGINE_BASE.raw + PAGE_SIZE) | PAGING_BRANCH;
	tables[1] = PDPT | PAGING_BRANCH;
	tables[512] = PD | PAGING_BRANCH;
	tables[1024] = PT | PAGING_BRANCH;
	for (unsigned entry = 0; entry < ENTRIES; entry++)
		tables[1536 + entry] = entries[entry] | (entries[entry] ? STAGE_TSS : 0);
	vmcs_write(GUEST_CR3, PML4);
}

static const char *code_of(u64 error)
{
	if (error & PF_FETCH)
		return "\xff\xe3";              /* jmp rbx */
	return error & PF_WRITE ? "\x89\x03" : "\x8b\x03";
}

/* False after a failure. */
static bool try_filter(struct stage *stage, u64 error, const struct filter *filter)
{
	bool equal = (error & filter->mask) == filter->match;
	bool exits = equal == filter->exits_if_equal;
	const struct exit *exit = &stage->vm.exit;

	vmcs_write(EXCEPTION_BITMAP, filter->exits_if_equal ? BIT(VECTOR_PF) : 0);
	vmcs_write(PAGE_FAULT_ERROR_MASK, filter->mask);
	vmcs_write(PAGE_FAULT_ERROR_MATCH, filter->match);
	stage_rewind(stage);
	vm_run(&stage->vm);
	if (exit->reason != (exits ? EXIT_exception_or_nmi : EXIT_vmcall))
		FAIL("error code %#lx, mask %#x, match %#x: exit is %u, expected %s", error,
		     filter->mask, filter->match, exit->reason, exits ? "#PF" : "its delivery");
	else if (exits && vmcs_read(EXIT_INTERRUPTION_ERROR_CODE) != error)
		FAIL("error code is %#lx, expected %#lx",
		     vmcs_read(EXIT_INTERRUPTION_ERROR_CODE), error);
	else if (!exits && vm_rip() != STAGE_HANDLED + 16 * VECTOR_PF)
		FAIL("error code %#lx: RIP is %#lx, expected the handler", error, vm_rip());
	else
		return true;
	return false;
}

/* Each bit of the error code alone, equal and not, in the mask of that bit and in that of all. */
static bool try_bits(struct stage *stage, u64 error, bool exits_if_equal)
{
	for (u64 bit = 1; bit & ERROR_BITS; bit <<= 1) {
		struct filter filters[] = {
			{ (u32)bit, (u32)(error & bit), exits_if_equal },
			{ (u32)bit, (u32)(~error & bit), exits_if_equal },
			{ (u32)ERROR_BITS, (u32)(error ^ bit), exits_if_equal },
		};

		for (unsigned filter = 0; filter < 3; filter++)
			if (!try_filter(stage, error, &filters[filter]))
				return false;
	}
	return true;
}

static bool try_fault(struct stage *stage, u64 error, bool exits_if_equal)
{
	const struct filter all = { (u32)ERROR_BITS, (u32)error, exits_if_equal };
	const struct filter none = { 0, 0, exits_if_equal };
	const struct filter never = { 0, 1, exits_if_equal };

	return try_bits(stage, error, exits_if_equal) && try_filter(stage, error, &all) &&
	       try_filter(stage, error, &none) && try_filter(stage, error, &never);
}

static void try_faults(enum stage_state state, bool exits_if_equal)
{
	struct stage stage;
	bool user = state == STATE_USER_64, held = true;

	if (!stage_start(&stage, state, "", 0))
		return;
	make_tables(&stage);
	vmcs_write(GUEST_CR0, vmcs_read(GUEST_CR0) | CR0_WP);
	for (unsigned fault = 0; held && fault < COUNT(faults); fault++) {
		const struct fault *row = &faults[fault];

		if ((row->page == RESERVED && vmx_capabilities.physical_width > 51) ||
		    (row->page == SUPERVISOR && !user))
			continue;
		stage_code(&stage, code_of(row->error), 2);
		stage.vm.registers.rbx = HIGH + row->page * PAGE_SIZE;
		held = try_fault(&stage, row->error | (user ? PF_USER : 0ul), exits_if_equal);
	}
	vm_end(&stage.vm);
}

TEST("page_fault_filter/bit_14_set",
     "with bit 14 of the exception bitmap 1 a page fault exits if its error code has the match "
     "under the mask",
     "Exception Bitmap")
{
	try_faults(STATE_KERNEL_64, true);
	try_faults(STATE_USER_64, true);
}

TEST("page_fault_filter/bit_14_clear",
     "with bit 14 of the exception bitmap 0 a page fault exits unless its error code has the match "
     "under the mask",
     "Exception Bitmap")
{
	try_faults(STATE_KERNEL_64, false);
	try_faults(STATE_USER_64, false);
}
