/* pass_through.c -- a guest that is given the machine's own local APIC and I/O APIC */
#include "kernel/acpi_devices.h"
#include "kernel/cpu.h"
#include "kernel/flags.h"
#include "kernel/interrupts.h"
#include "kernel/local_apic.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/guest/offered_controls.h"
#include "tests/suites/guest/pending_interrupt.h"
#include "vmx/guest_paging.h"

#define DEVICE_PAGE       0x5000ul              /* guest-physical and linear */
#define APIC_BASE_ADDRESS BITS(51, 12)          /* of IA32_APIC_BASE */
#define APIC_BASE_X2APIC  BIT(10)
#define SELF              BIT(18)               /* of the ICR: the shorthand "self" */
#define VECTOR            0xf8

enum { IO_APIC_SELECT = 0x00, IO_APIC_WINDOW = 0x10, IO_APIC_VERSION = 1 };

static const u8 load[]  = { 0x8b, 0x03, 0x0f, 0x01, 0xc1 };    /* MOV EAX, [RBX]; VMCALL */
static const u8 store[] = { 0x89, 0x03, 0x0f, 0x01, 0xc1 };    /* MOV [RBX], EAX; VMCALL */
/* MOV CR8, RAX; MOV RCX, CR8; VMCALL */
static const u8 cr8[]   = { 0x44, 0x0f, 0x22, 0xc0, 0x44, 0x0f, 0x20, 0xc1, 0x0f, 0x01, 0xc1 };
/* MOV [RBX], EAX; MOV EAX, [RBX + 16]; VMCALL */
static const u8 select_and_load[] = { 0x89, 0x03, 0x8b, 0x43, 0x10, 0x0f, 0x01, 0xc1 };

/* An L0 emulates the accesses, and looks at the guest's paging structures for that
 * (tests/suites/guest/emulated.c). */
static void map_device(struct vm *vm, u64 address)
{
	guest_paging_copy(MODE_long64, &vm->ept, RW);
	vm_map(vm, gpa(DEVICE_PAGE), ept_leaf(hpa(address), RW, UC));
	vm->registers.rbx = DEVICE_PAGE;
}

static bool map_local_apic(struct vm *vm, u32 offset)
{
	bool enabled = interrupts_start();
	u64 base = enabled ? msr_read(IA32_APIC_BASE) : 0;

	if (!enabled || base & APIC_BASE_X2APIC) {
		skip("needs a local APIC whose registers are in memory");
		return false;
	}
	map_device(vm, base & APIC_BASE_ADDRESS);
	vm->registers.rbx += offset;
	return true;
}

TEST("apic_pass_through/guest_reads_the_local_apic",
     "a guest to whose memory the local APIC is mapped reads its registers",
     "Memory-Mapped APIC Registers")
{
	struct vm vm;

	if (!guest_code_start(&vm, load, sizeof(load)))
		return;
	if (map_local_apic(&vm, APIC_VERSION)) {
		vm_run(&vm);
		EXPECT_EXIT(&vm, EXIT_vmcall);
		EXPECT_EQUAL(vm.registers.rax, apic_read(APIC_VERSION));
	}
	vm_end(&vm);
}

TEST("apic_pass_through/guest_writes_the_local_apic",
     "a guest to whose memory the local APIC is mapped writes its registers",
     "Memory-Mapped APIC Registers")
{
	u32 before;
	struct vm vm;

	if (!guest_code_start(&vm, store, sizeof(store)))
		return;
	if (map_local_apic(&vm, APIC_PRIORITY)) {
		before = apic_read(APIC_PRIORITY);
		vm.registers.rax = before ^ 0x10;
		vm_run(&vm);
		EXPECT_EXIT(&vm, EXIT_vmcall);
		EXPECT_EQUAL(apic_read(APIC_PRIORITY), before ^ 0x10);
		apic_write(APIC_PRIORITY, before);
	}
	vm_end(&vm);
}

TEST("apic_pass_through/guest_interrupts_itself",
     "an interrupt that a guest requests of the local APIC exits, as any external interrupt",
     "External-Interrupt Exiting")
{
	struct vm vm;

	if (!guest_code_start(&vm, store, sizeof(store)))
		return;
	if (map_local_apic(&vm, APIC_COMMAND)) {
		watchdog_leave_vector(VECTOR);
		vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_IF);
		vm.registers.rax = SELF | VECTOR;
		vm_run(&vm);
		EXPECT_EXIT(&vm, EXIT_external_interrupt);
		EXPECT_EQUAL(interruption_decode(vmcs_read(EXIT_INTERRUPTION_INFORMATION)).vector,
			     VECTOR);
		EXPECT_EQUAL(vm_rip(), GUEST_CODE + 2);
		interrupts_acknowledge(VECTOR);
	}
	vm_end(&vm);
}

/* The exit leaves CR8 to the host. */
TEST("apic_pass_through/cr8_is_the_host_s",
     "MOV to CR8 that neither exits nor has a TPR shadow changes the CR8 of the local APIC",
     "Virtualizing CR8-Based TPR Accesses")
{
	u64 before = cr8_read();
	struct vm vm;

	if (!guest_code_start(&vm, cr8, sizeof(cr8)))
		return;
	clear_bits(PRIMARY_CONTROLS, PRIMARY_cr8_load_exiting | PRIMARY_cr8_store_exiting);
	vm.registers.rax = before ^ 1;
	vm_run(&vm);
	EXPECT_EXIT(&vm, EXIT_vmcall);
	EXPECT_EQUAL(vm.registers.rcx, before ^ 1);
	EXPECT_EQUAL(cr8_read(), before ^ 1);
	cr8_write(before);
	vm_end(&vm);
}

/* Its version register is selected by another one. */
TEST("apic_pass_through/guest_reads_the_io_apic",
     "a guest to whose memory the I/O APIC is mapped reads its registers", "External Interrupts")
{
	u64 address = acpi_io_apic(0);
	volatile u32 *registers = (volatile u32 *)address;
	struct vm vm;

	if (!address) {
		skip("needs an I/O APIC that ACPI's tables tell");
		return;
	}
	if (!guest_code_start(&vm, select_and_load, sizeof(select_and_load)))
		return;
	interrupts_start();
	map_device(&vm, address);
	vm.registers.rax = IO_APIC_VERSION;
	vm_run(&vm);
	EXPECT_EXIT(&vm, EXIT_vmcall);
	registers[IO_APIC_SELECT / 4] = IO_APIC_VERSION;
	EXPECT_EQUAL(vm.registers.rax, registers[IO_APIC_WINDOW / 4]);
	vm_end(&vm);
}
