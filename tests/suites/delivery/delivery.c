/* delivery.c -- what a VM exit tells that comes while an event is delivered to the guest
 *
 * A test causes each event of events.def, or injects it, and lets its delivery meet one of the
 * obstacles of obstacles.def.
 */
#include "kernel/cpu.h"
#include "kernel/flags.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "kernel/traps.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "vmx/capabilities.h"
#include "vmx/guest_paging.h"

#define GDT             0x2000ul                /* guest-physical and linear */
#define IDT             0x3000ul
#define STACK           0x4000ul
#define STACK_TOP       (STACK + PAGE_SIZE)
#define HANDLER         0x5000ul
#define UNMAPPED        0xffe00000ul            /* the guest's linear addresses do not reach it */
#define READ_AT         (UNMAPPED + 0x123)      /* where the guest's own page fault is */
#define CR2_BEFORE      0x1234ul

#define VALID           BIT(31)                 /* of interruption information */
#define HAS_ERROR_CODE  BIT(11)
#define VECTOR          BITS(7, 0)
#define TYPE            BITS(10, 8)
#define HARDWARE_EXCEPTION (3 << 8)
#define PRIVILEGED_EXCEPTION (5 << 8)
#define UNDEFINED       BIT(12)                 /* of IDT-vectoring information */
#define EXCEPTION       (VALID | HARDWARE_EXCEPTION)

enum fault_error { NO_ERROR_CODE, READING, WRITING, OF_GATE, OF_DOUBLE_FAULT };

struct event {
	const char *name, *code;
	size_t      size;
	u64         moved;
	u32         line, vectoring, error, length;
	bool        injected;
	u32         ext;
};

struct obstacle {
	void (*prepare)(struct vm *vm);
	u32  reason, second;
	enum fault_error error;
	bool during;
};

static const struct event events[] = {
#define EVENT(name, code, moved, injected, vectoring, error, length, ext)                          \
	{ #name, code, sizeof(code) - 1, moved, __LINE__, vectoring, error, length, injected,      \
	  ext },
#include "tests/suites/delivery/events.def"
#undef EVENT
};

static u64 *stack;                              /* of the last guest */

/* --- Guests ---------------------------------------------------------------------------------- */

static void *map_page(const struct vm *vm, u64 address, enum permission allowed)
{
	void *page = page_alloc();

	vm_map(vm, gpa(address), ept_leaf(hpa_of(page), allowed, WB));
	return page;
}

static void fill_idt(u64 *idt)
{
	for (unsigned vector = 0; vector < PAGE_SIZE / 16; vector++)
		idt[2 * vector] = (HANDLER & 0xffff) | 8 << 16 | 0x8e00ul << 32 |
				  (HANDLER >> 16) << 48;
}

static void prepare_absent_idt(struct vm *vm)
{
	vm_map(vm, gpa(IDT), 0);
}

static void prepare_illegal_idt(struct vm *vm)
{
	map_page(vm, IDT, W);
}

static void prepare_apic_idt(struct vm *vm)
{
	vmcs_write(APIC_ACCESS_ADDRESS, (u64)map_page(vm, IDT, RW));
	vmcs_write(SECONDARY_CONTROLS,
		   vmcs_read(SECONDARY_CONTROLS) | SECONDARY_virtualize_apic_accesses);
}

static void prepare_unmapped_idt(__attribute__((unused)) struct vm *vm)
{
	vmcs_write(GUEST_IDTR_BASE, UNMAPPED);
	vmcs_write(EXCEPTION_BITMAP, BIT(VECTOR_PF));
}

static void prepare_empty_gates(struct vm *vm)
{
	u64 *idt = map_page(vm, IDT, RW);

	for (unsigned vector = 0; vector < PAGE_SIZE / 16; vector++)
		idt[2 * vector] = 0x0e00ul << 32;
	vmcs_write(EXCEPTION_BITMAP, BIT(VECTOR_NP));
}

/* #NP has no gate either, so that any event ends in a double fault. */
static void prepare_no_gate(struct vm *vm)
{
	prepare_empty_gates(vm);
	vmcs_write(EXCEPTION_BITMAP, BIT(VECTOR_DF));
}

static void prepare_absent_stack(struct vm *vm)
{
	vm_map(vm, gpa(STACK), 0);
}

static void prepare_unmapped_stack(__attribute__((unused)) struct vm *vm)
{
	vmcs_write(GUEST_RSP, UNMAPPED + PAGE_SIZE);
	vmcs_write(EXCEPTION_BITMAP, BIT(VECTOR_PF));
}

static void prepare_absent_handler(struct vm *vm)
{
	vm_map(vm, gpa(HANDLER), 0);
}

static void prepare_handler(struct vm *vm)
{
	static const u8 vmcall[] = { 0x0f, 0x01, 0xc1 };

	memcpy(map_page(vm, HANDLER, RX), vmcall, sizeof(vmcall));
}

static void prepare_short_idt(__attribute__((unused)) struct vm *vm)
{
	vmcs_write(GUEST_IDTR_LIMIT, 0);
}

static void give_tables(struct vm *vm)
{
	u64 *gdt = map_page(vm, GDT, RW);

	gdt[1] = 0x00af9b000000ffff;            /* a flat code segment of 64 bits */
	fill_idt(map_page(vm, IDT, RW));
	stack = map_page(vm, STACK, RW);
	map_page(vm, HANDLER, RX);
	vmcs_write(GUEST_GDTR_BASE, GDT);
	vmcs_write(GUEST_GDTR_LIMIT, PAGE_SIZE - 1);
	vmcs_write(GUEST_IDTR_BASE, IDT);
	vmcs_write(GUEST_IDTR_LIMIT, PAGE_SIZE - 1);
	vmcs_write(GUEST_RSP, STACK_TOP);
	vmcs_write(EXCEPTION_BITMAP, 0);
}

static void inject(const struct event *event)
{
	vmcs_write(ENTRY_INTERRUPTION_INFORMATION, event->vectoring);
	vmcs_write(ENTRY_EXCEPTION_ERROR_CODE, event->error);
	vmcs_write(ENTRY_INSTRUCTION_LENGTH, event->length);
	vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_IF);
}

/* --- What is expected ------------------------------------------------------------------------ */

/* An exception of the guest whose own bit is 1 exits before anything of it is delivered. */
static bool exits_for_itself(const struct event *event, const struct obstacle *obstacle)
{
	return !event->injected && obstacle->second == (event->vectoring & VECTOR);
}

static u32 error_code(const struct event *event, const struct obstacle *obstacle)
{
	switch (obstacle->error) {
	case WRITING:
		return PF_WRITE;
	case OF_GATE:
		return (u32)(event->vectoring & VECTOR) << 3 | 2 | event->ext;
	default:
		return 0;
	}
}

/* INT1, the only event of its type. */
static bool is_privileged(const struct event *event)
{
	return (event->vectoring & TYPE) == PRIVILEGED_EXCEPTION;
}

static u64 second_information(const struct obstacle *obstacle)
{
	return obstacle->second ? EXCEPTION | HAS_ERROR_CODE | obstacle->second : 0;
}

static void expect_value(const struct event *event, const char *what, u64 found, u64 expected)
{
	if (found != expected)
		fail_at("tests/suites/delivery/events.def", event->line,
			"%s: %s is %#lx, expected %#lx", event->name, what, found, expected);
}

/* What is not valid counts as 0. */
static u64 read_information(enum vmcs_field field)
{
	u64 information = vmcs_read(field) & ~UNDEFINED;

	return information & VALID ? information : 0;
}

static void expect_information(const struct event *event, u64 information, u64 error)
{
	expect_value(event, "the VM-exit interruption information",
		     read_information(EXIT_INTERRUPTION_INFORMATION), information);
	if (information & HAS_ERROR_CODE)
		expect_value(event, "the VM-exit interruption error code",
			     vmcs_read(EXIT_INTERRUPTION_ERROR_CODE), error);
}

static void expect_vectoring(const struct event *event, bool during)
{
	expect_value(event, "the IDT-vectoring information",
		     read_information(IDT_VECTORING_INFORMATION), during ? event->vectoring : 0);
	if (!during)
		return;
	if (event->vectoring & HAS_ERROR_CODE)
		expect_value(event, "the IDT-vectoring error code",
			     vmcs_read(IDT_VECTORING_ERROR_CODE), event->error);
	if (event->length)
		expect_value(event, "the VM-exit instruction length",
			     vmcs_read(EXIT_INSTRUCTION_LENGTH), event->length);
	expect_value(event, "RIP", vm_rip(), GUEST_CODE + event->moved);
	expect_value(event, "bits 11:0 of RSP", vmcs_read(GUEST_RSP) & (PAGE_SIZE - 1), 0);
}

/* A page fault of the guest has written CR2 when its delivery exits; one that exits for itself has
 * not, nor has one that is injected (SDM vol. 3, "Architectural State Before a VM Exit"). */
static void expect_cr2(const struct event *event, bool delivered)
{
	bool faulted = (event->vectoring & VECTOR) == VECTOR_PF && !event->injected && delivered;

	expect_value(event, "CR2", cr2_read(), faulted ? READ_AT : CR2_BEFORE);
}

/* Faults push RF as 1 (SDM vol. 3, "Instruction-Breakpoint Exception Condition"), and VM entry
 * pushes it as it is in the guest-state area. */
static void expect_frame(const struct event *event)
{
	const u64 *frame = stack + PAGE_SIZE / sizeof(u64) - 5;
	bool fault = (event->vectoring & TYPE) == HARDWARE_EXCEPTION && !event->injected;

	if (event->vectoring & HAS_ERROR_CODE)
		expect_value(event, "the error code in the frame", frame[-1], event->error);
	expect_value(event, "RIP in the frame", frame[0],
		     GUEST_CODE + event->moved + event->length);
	expect_value(event, "CS in the frame", frame[1], 8);
	expect_value(event, "RF in the frame", frame[2] & RFLAGS_RF, fault ? RFLAGS_RF : 0);
	expect_value(event, "RSP in the frame", frame[3], STACK_TOP);
}

static void expect_exit(const struct event *event, const struct obstacle *obstacle,
			const struct vm *vm)
{
	bool itself = exits_for_itself(event, obstacle);

	expect_exit_at("tests/suites/delivery/events.def", event->line, vm, obstacle->reason);
	if (itself)
		expect_information(event, event->vectoring, event->error);
	else
		expect_information(event, second_information(obstacle),
				   error_code(event, obstacle));
	expect_vectoring(event, obstacle->during && !itself);
	expect_cr2(event, !itself);
	if (obstacle->reason == EXIT_vmcall)
		expect_frame(event);
}

/* False after skip(), when there is no VM. */
static bool deliver(const struct event *event, const struct obstacle *obstacle)
{
	struct vm vm;

	if (!guest_code_start(&vm, (const u8 *)event->code, event->size))
		return false;
	give_tables(&vm);
	vm.registers.rbx = READ_AT;
	if (event->injected)
		inject(event);
	obstacle->prepare(&vm);
	cr2_write(CR2_BEFORE);
	vm_run(&vm);
	expect_exit(event, obstacle, &vm);
	vm_end(&vm);
	return true;
}

static bool offered(const struct obstacle *obstacle)
{
	if (obstacle->reason != EXIT_apic_access ||
	    capability_offered(CAPABILITY_virtualize_apic_accesses))
		return true;
	skip("needs virtualize_apic_accesses");
	return false;
}

static void deliver_events(const struct obstacle *obstacle, bool privileged)
{
	if (!offered(obstacle))
		return;
	for (unsigned i = 0; i < COUNT(events); i++)
		if (is_privileged(&events[i]) == privileged && !deliver(&events[i], obstacle))
			return;
}

static void run_events(const struct test *test)
{
	deliver_events(test->row, false);
}

static void run_int1(const struct test *test)
{
	deliver_events(test->row, true);
}

#define OBSTACLE(name, prepare, reason, second, error, during, text)                               \
	static const struct obstacle name##_obstacle = {                                           \
		prepare_##prepare, EXIT_##reason, second, error, during };                         \
	TEST_ROW(name, run_events, &name##_obstacle, "delivery/" #name,                            \
		 "a VM exit for " text " tells which event was being delivered, if one was",       \
		 "Information for VM Exits During Event Delivery");                                \
	TEST_ROW(name##_of_int1, run_int1, &name##_obstacle, "delivery/" #name "_of_int1",         \
		 "a VM exit for " text " tells of INT1, if that was being delivered",              \
		 "Information for VM Exits During Event Delivery");
#include "tests/suites/delivery/obstacles.def"
#undef OBSTACLE
