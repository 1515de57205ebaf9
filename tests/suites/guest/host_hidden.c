/* host_hidden.c -- what a VM exit makes of the host that no instruction reads: seen by what it does
 *
 * Segments by accesses in compatibility mode, where their limits and whether they are usable count;
 * the TSS by the stack of an NMI and by its I/O permission bitmap; blocking by NMI by an NMI.
 */
#include "kernel/apic_timer.h"
#include "kernel/clock.h"
#include "kernel/cpu.h"
#include "kernel/descriptors.h"
#include "kernel/exceptions.h"
#include "kernel/guarded.h"
#include "kernel/interrupts.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "kernel/traps.h"
#include "kernel/visible_registers.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/guest/nmi.h"
#include "tests/suites/guest/pending_interrupt.h"
#include "vmx/capabilities.h"
#include "vmx/guest_paging.h"

#define BLOCKING_BY_NMI BIT(3)                  /* of the interruptibility state */
#define LAST_DWORD 0xfffffffcul                 /* of 4 GiB: a ROM is there */

static const u8 guest_vmcall[] = { 0x0f, 0x01, 0xc1 };
static const u8 guest_monitor[] = {             /* MONITOR; VMCALL */
	0x0f, 0x01, 0xc8, 0x0f, 0x01, 0xc1,
};

static void run_to_vmcall(struct vm *vm)
{
	vm_run(vm);
	EXPECT_EXIT(vm, EXIT_vmcall);
}

/* --- Data segments --------------------------------------------------------------------------- */

extern const u8 read_by_ds[], read_by_es[], read_by_fs[], read_by_gs[]; /* host_stubs.asm */

struct segment {
	const char *name;
	const u8 *code;
	u32 field;
};

static void expect_access(const struct segment *segment, u16 selector, unsigned expected)
{
	unsigned outcome;
	struct vm vm;

	if (!guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall)))
		return;
	vmcs_write(segment->field, selector);
	run_to_vmcall(&vm);
	outcome = run_in_compatibility_mode(segment->code, LAST_DWORD);
	descriptors_load();
	if (outcome != expected)
		FAIL("with selector %#x the outcome of a read by %s is %#x, expected %#x", selector,
		     segment->name, outcome, expected);
	vm_end(&vm);
}

static void run_segment(const struct test *test)
{
	expect_access(test->row, KERNEL_DATA, 0);
	expect_access(test->row, 0, OUTCOME_FAULTED + VECTOR_GP);
}

#define SEGMENT(name, upper)                                                                       \
	static const struct segment name##_segment = {                                             \
		#upper, read_by_##name, HOST_##upper##_SELECTOR                                    \
	};                                                                                         \
	TEST_ROW(name, run_segment, &name##_segment, "host_hidden/" #name,                         \
		 "a VM exit gives " #upper " 4 GiB, or makes it unusable with a null selector",    \
		 "Loading Host Segment and Descriptor-Table Registers");
SEGMENT(ds, DS)
SEGMENT(es, ES)
SEGMENT(fs, FS)
SEGMENT(gs, GS)

/* --- Tables with more in them than the kernel's ---------------------------------------------- */

enum {
	LONG_TASK_STATE = 0x40,                 /* selectors in the GDT */
	LOCAL_TABLE     = 0x50,
	LOCAL_DATA      = 0x0c,                 /* one in the LDT: its second entry */
	TSS_SIZE        = 0x68,
	TSS_IST_OF_NMI  = 0x2c,                 /* offsets in the TSS */
	TSS_RSP0        = 0x04,
	TSS_IO_MAP      = 0x66,
	PORTS_OF_MAP    = 0x100,
};

#define SYSTEM_SEGMENT(type, base, limit)                                                          \
	(BIT(47) | (u64)(type) << 40 | (base) << 16 | (u64)(limit))

/* A page is below 16 MiB, where a base needs no more than its lower 24 bits; its copy of the
 * kernel's GDT is loaded. */
static u64 *load_long_gdt(void)
{
	u64 *gdt = page_alloc();
	struct table_register table = { PAGE_SIZE - 1, (u64)gdt };

	memcpy(gdt, (const void *)gdt_base(), LONG_TASK_STATE);
	asm volatile ("lgdt %0" : : "m" (table));
	return gdt;
}

static u8 *copy_of_task_state(void)
{
	u8 *state = page_alloc();

	memcpy(state, (const void *)task_state_base(), TSS_SIZE);
	return state;
}

static void set_u64(u8 *place, u64 value)
{
	memcpy(place, &value, sizeof(value));
}

/* --- The task register ----------------------------------------------------------------------- */

TEST("host_hidden/base_of_tr", "a VM exit loads the base of TR: an NMI takes its stack from there",
     "Loading Host Segment and Descriptor-Table Registers")
{
	u8 *state = copy_of_task_state();
	u64 *stack = page_alloc();
	struct vm vm;

	if (!guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall)))
		return;
	set_u64(state + TSS_IST_OF_NMI, (u64)stack + PAGE_SIZE);
	vmcs_write(HOST_TR_BASE, (u64)state);
	if (interrupts_start()) {
		run_to_vmcall(&vm);
		interrupts_unblock_nmi();
		EXPECT(interrupts_nmi_comes());
		descriptors_load();
		EXPECT_EQUAL(stack[PAGE_SIZE / sizeof(*stack) - 1], KERNEL_DATA);
	} else {
		skip("%s", NO_LOCAL_APIC);
	}
	vm_end(&vm);
}

extern const u8 read_port[];                    /* host_stubs.asm */

/* A TSS with a bitmap that allows some ports; whatever follows the page of its stack is not
 * looked at. */
static u8 *load_long_task_state(u64 *gdt)
{
	u8 *state = copy_of_task_state();

	set_u64(state + TSS_RSP0, (u64)page_alloc() + PAGE_SIZE);
	state[TSS_IO_MAP] = TSS_SIZE;
	state[TSS_IO_MAP + 1] = 0;
	gdt[LONG_TASK_STATE / 8] = SYSTEM_SEGMENT(9, (u64)state, TSS_SIZE + PORTS_OF_MAP / 8);
	asm volatile ("ltr %w0" : : "r" (LONG_TASK_STATE) : "memory");
	return state;
}

TEST("host_hidden/limit_of_tr",
     "a VM exit makes the limit of TR 0x67: a TSS that is longer loses its I/O bitmap",
     "Loading Host Segment and Descriptor-Table Registers")
{
	u8 *state = load_long_task_state(load_long_gdt());
	unsigned before, behind = OUTCOME_FAULTED + VECTOR_GP;
	struct vm vm;

	before = run_at_user_privilege(read_port, 0);
	if (guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall))) {
		vmcs_write(HOST_TR_SELECTOR, LONG_TASK_STATE);
		vmcs_write(HOST_TR_BASE, (u64)state);
		run_to_vmcall(&vm);
		behind = run_at_user_privilege(read_port, 0);
	}
	descriptors_load();
	EXPECT_EQUAL(before, 0);
	EXPECT_EQUAL(behind, OUTCOME_FAULTED + VECTOR_GP);
	vm_end(&vm);
}

/* --- The local descriptor table -------------------------------------------------------------- */

static bool finds_descriptor(u16 selector)
{
	bool found;
	u32 rights;

	asm volatile ("lar %2, %0" : "=r" (rights), "=@ccz" (found) : "r" ((u32)selector));
	return found;
}

TEST("host_hidden/ldtr", "a VM exit makes the selector of LDTR 0, and LDTR unusable",
     "Loading Host Segment and Descriptor-Table Registers")
{
	u64 *gdt = load_long_gdt(), *ldt = page_alloc();
	struct vm vm;

	ldt[LOCAL_DATA / 8] = gdt[KERNEL_DATA / 8];
	gdt[LOCAL_TABLE / 8] = SYSTEM_SEGMENT(2, (u64)ldt, PAGE_SIZE - 1);
	asm volatile ("lldt %w0" : : "r" (LOCAL_TABLE) : "memory");
	EXPECT(finds_descriptor(LOCAL_DATA));
	if (guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall))) {
		run_to_vmcall(&vm);
		EXPECT_EQUAL(ldtr_get(), 0);
		EXPECT(!finds_descriptor(LOCAL_DATA));
	}
	descriptors_load();
	vm_end(&vm);
}

/* --- What is no register --------------------------------------------------------------------- */

#define ALARM 40                                /* milliseconds */

static void wait_for_a_write(void)
{
	asm volatile ("mwait" : : "a" (0), "c" (1) : "memory");
}

TEST("host_hidden/address_range_monitoring",
     "a VM exit clears the monitoring that the guest has begun: MWAIT does not wait",
     "Updating Non-Register State")
{
	struct vm vm;
	u64 start;

	if (!capability_offered(CAPABILITY_monitor_mwait)) {
		skip("needs monitor_mwait: %s is 0",
		     capability_row(CAPABILITY_monitor_mwait)->source);
		return;
	}
	if (!guest_code_start(&vm, guest_monitor, sizeof(guest_monitor)))
		return;
	vm.registers.rax = GUEST_CODE;
	clear_bits(PRIMARY_CONTROLS, PRIMARY_monitor_exiting);
	if (apic_timer_start()) {
		run_to_vmcall(&vm);
		start = tsc_read();
		apic_timer_arm(ALARM);
		wait_for_a_write();
		apic_timer_disarm();
		EXPECT(tsc_read() - start < ALARM / 2 * clock_ticks_per_millisecond());
	} else {
		skip("%s", NO_LOCAL_APIC);
	}
	vm_end(&vm);
}

static const u8 guest_nmi[] = {                 /* MOV [RBX + 0x300], EAX; VMCALL */
	0x89, 0x83, 0x00, 0x03, 0x00, 0x00, 0x0f, 0x01, 0xc1,
};
#define REGISTERS_OF_APIC 0x5000

/* Runs a guest that sends itself an NMI unless it is to send nothing; false after skip(). */
static bool run_nmi_guest(struct vm *vm, u32 command, u32 reason)
{
	if (!guest_code_start(vm, guest_nmi, sizeof(guest_nmi)))
		return false;
	guest_paging_copy(MODE_long64, &vm->ept, RW);   /* see tests/suites/guest/emulated.c */
	vm->registers.rax = command;
	vm->registers.rbx = REGISTERS_OF_APIC;
	if (!nmi_prepare(vm, gpa(REGISTERS_OF_APIC))) {
		vm_end(vm);
		return false;
	}
	if (command == 0)
		vmcs_write(GUEST_RIP, GUEST_CODE + 6);
	interrupts_unblock_nmi();
	vm_run(vm);
	EXPECT_EXIT(vm, reason);
	return true;
}

TEST("host_hidden/nmis_behind_an_nmi", "a VM exit by an NMI leaves NMIs blocked until IRET",
     "Updating Non-Register State")
{
	struct vm vm;

	if (!run_nmi_guest(&vm, NMI_COMMAND, EXIT_exception_or_nmi))
		return;
	EXPECT(!interrupts_nmi_comes());
	interrupts_unblock_nmi();
	EXPECT(interrupts_nmi_comes());
	vm_end(&vm);
}

/* --- Whose blocking by NMI is left ------------------------------------------------------------ */

static void run_to_failed_entry(struct vm *vm)
{
	vmcs_write(VMCS_LINK_POINTER, 1);
	vm_run(vm);
	EXPECT_EQUAL(vm->exit.reason, EXIT_invalid_guest_state);
}

/* Either the host or the guest has NMIs blocked, and not the other one. */
static void expect_blocking(bool in_host, void (*run)(struct vm *vm), bool is_left)
{
	struct vm vm;

	if (!guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall)))
		return;
	if (interrupts_start()) {
		if (in_host)
			interrupts_block_nmi();
		else
			interrupts_unblock_nmi();
		vmcs_write(GUEST_INTERRUPTIBILITY_STATE, in_host ? 0 : BLOCKING_BY_NMI);
		run(&vm);
		EXPECT_EQUAL(!interrupts_nmi_comes(), is_left);
		interrupts_unblock_nmi();
	} else {
		skip("%s", NO_LOCAL_APIC);
	}
	vm_end(&vm);
}

TEST("host_hidden/nmis_unblocked_in_the_guest",
     "a VM exit by no NMI leaves NMIs as the guest had them, though the host had them blocked",
     "Updating Non-Register State")
{
	expect_blocking(true, run_to_vmcall, false);
}

TEST("host_hidden/nmis_blocked_in_the_guest",
     "a VM exit by no NMI leaves NMIs as the guest had them: blocked",
     "Updating Non-Register State")
{
	expect_blocking(false, run_to_vmcall, true);
}

TEST("host_behind_failed_entry/nmis_blocked_in_the_host",
     "a VM entry that fails leaves NMIs as they were: blocked in the host, and not in the guest",
     "VM-Entry Failures During or After Loading Guest State")
{
	expect_blocking(true, run_to_failed_entry, true);
}

TEST("host_behind_failed_entry/nmis_blocked_in_the_guest",
     "a VM entry that fails leaves NMIs as they were: blocked in the guest, and not in the host",
     "VM-Entry Failures During or After Loading Guest State")
{
	expect_blocking(false, run_to_failed_entry, false);
}

TEST("host_hidden/nmis_behind_another_exit", "a VM exit by no NMI leaves NMIs as they were",
     "Updating Non-Register State")
{
	struct vm vm;

	if (!run_nmi_guest(&vm, 0, EXIT_vmcall))
		return;
	EXPECT(interrupts_nmi_comes());
	vm_end(&vm);
}
