/* host_loaded.c -- every register that a VM exit loads from the host-state area
 *
 * Each field is tried with two values, one exit behind the other, so that the register never has
 * the value before the exit that the field has.
 */
#include "kernel/control_registers.h"
#include "kernel/cpu.h"
#include "kernel/descriptors.h"
#include "kernel/flags.h"
#include "kernel/guarded.h"
#include "kernel/memory.h"
#include "kernel/reset_state.h"
#include "kernel/string.h"
#include "kernel/visible_registers.h"
#include "tests/player/host_state.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "vmx/capabilities.h"

#define LIMIT_OF_HOST 0xffff                    /* of GDTR and IDTR */
#define SMALL_LIMIT   0xfff
#define NONE          0                         /* for a field */

static const u8 guest_vmcall[] = { 0x0f, 0x01, 0xc1 };
static const u8 guest_with_flags[] = {          /* STD; STI; STC; VMCALL */
	0xfd, 0xfb, 0xf9, 0x0f, 0x01, 0xc1,
};

static void run_to_vmcall(struct vm *vm)
{
	vm_run(vm);
	EXPECT_EXIT(vm, EXIT_vmcall);
}

/* --- Registers that are loaded always -------------------------------------------------------- */

static u64 copy_of_table(u64 table)
{
	void *copy = page_alloc();

	memcpy(copy, (const void *)table, PAGE_SIZE);
	return (u64)copy;
}

enum host_field {
#define HOST_FIELD(name, field, other, found, text) FIELD_##name,
#include "tests/suites/guest/host_fields.def"
#undef HOST_FIELD
	HOST_FIELDS,
};

struct host_row {
	const char *text;
	enum host_field which;
	u32 field;
	bool fails;                             /* VM entry, in place of an exit */
};

static u64 other_value(enum host_field which, u64 usual)
{
	switch (which) {
#define HOST_FIELD(name, field, other, found, text) case FIELD_##name: return other;
#include "tests/suites/guest/host_fields.def"
#undef HOST_FIELD
	case HOST_FIELDS: break;
	}
	return usual;
}

static u64 found_value(enum host_field which)
{
	switch (which) {
#define HOST_FIELD(name, field, other, found, text) case FIELD_##name: return found;
#include "tests/suites/guest/host_fields.def"
#undef HOST_FIELD
	case HOST_FIELDS: break;
	}
	return 0;
}

/* A VM entry that fails for the guest state loads the host state as well. */
static void spoil(const struct host_row *row)
{
	if (row->fails)
		vmcs_write(VMCS_LINK_POINTER, 1);
}

/* What the kernel's values are is read back before anything is reported. */
static void run_field(const struct test *test)
{
	const struct host_row *row = test->row;
	u64 usual, other, found_other, found_usual;
	struct vm vm;

	if (!guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall)))
		return;
	spoil(row);
	usual = vmcs_read(row->field);
	other = other_value(row->which, usual);
	vmcs_write(row->field, other);
	vm_run(&vm);
	found_other = found_value(row->which);
	vmcs_write(row->field, usual);
	vm_run(&vm);
	found_usual = found_value(row->which);
	EXPECT_EQUAL(vm.exit.reason, row->fails ? EXIT_invalid_guest_state : EXIT_vmcall);
	if (found_other != other)
		FAIL("%s is %#lx, expected %#lx", row->text, found_other, other);
	if (found_usual != usual)
		FAIL("%s is %#lx, expected %#lx", row->text, found_usual, usual);
	vm_end(&vm);
}

#define HOST_FIELD(name, field, other, found, text)                                                \
	static const struct host_row name##_row = { text, FIELD_##name, field, false };            \
	static const struct host_row name##_failed_row = { text, FIELD_##name, field, true };      \
	TEST_ROW(name, run_field, &name##_row, "host_loaded/" #name,                               \
		 "a VM exit loads " text " from the host-state area", "Loading Host State");       \
	TEST_ROW(name##_failed, run_field, &name##_failed_row, "host_behind_failed_entry/" #name,  \
		 "a VM entry that fails loads " text " from the host-state area",                  \
		 "VM-Entry Failures During or After Loading Guest State");
#include "tests/suites/guest/host_fields.def"
#undef HOST_FIELD

/* --- Bits of CR0 that are not loaded --------------------------------------------------------- */

static void run_cr0_bits(const struct test *test)
{
	u64 changed = *(const u64 *)test->row, usual, found;
	struct vm vm;

	if (!guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall)))
		return;
	usual = vmcs_read(HOST_CR0);
	vmcs_write(HOST_CR0, usual ^ (changed & vmx_capabilities.cr0_fixed1));
	run_to_vmcall(&vm);
	found = cr0_read();
	cr0_write(usual);
	if (found != usual)
		FAIL("CR0 is %#lx, expected %#lx", found, usual);
	vm_end(&vm);
}

#define CR0_BITS(name, changed, text)                                                              \
	static const u64 name##_changed = changed;                                                 \
	TEST_ROW(name, run_cr0_bits, &name##_changed, "host_loaded/cr0_" #name,                    \
		 "a VM exit leaves " text " of CR0 as they were in the guest",                     \
		 "Loading Host Control Registers, Debug Registers, MSRs");
#include "tests/suites/guest/host_cr0_bits.def"
#undef CR0_BITS

/* --- What has no field ----------------------------------------------------------------------- */

TEST("host_loaded/limits_of_tables", "a VM exit makes the limits of GDTR and IDTR 0xffff",
     "Loading Host Segment and Descriptor-Table Registers")
{
	struct table_register gdt = { SMALL_LIMIT, gdt_base() }, idt = { SMALL_LIMIT, idt_base() };
	struct vm vm;

	if (!guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall)))
		return;
	asm volatile ("lgdt %0; lidt %1" : : "m" (gdt), "m" (idt));
	run_to_vmcall(&vm);
	EXPECT_EQUAL(gdtr_get().limit, LIMIT_OF_HOST);
	EXPECT_EQUAL(idtr_get().limit, LIMIT_OF_HOST);
	vm_end(&vm);
}

TEST("host_loaded/rip_and_rflags", "a VM exit loads RIP, and makes RFLAGS 2",
     "Loading Host RIP, RSP, RFLAGS, and SSP")
{
	struct vm vm;

	if (!guest_code_start(&vm, guest_with_flags, sizeof(guest_with_flags)))
		return;
	host_exit_rflags = 0;
	run_to_vmcall(&vm);
	EXPECT_EQUAL(host_exit_rflags, 0);
	vmcs_write(HOST_RIP, (u64)host_exit);
	run_to_vmcall(&vm);
	EXPECT_EQUAL(host_exit_rflags, RFLAGS_FIXED);
	vm_end(&vm);
}

/* Where HOST_RSP points the guest's registers are saved. */
TEST("host_loaded/rsp", "a VM exit loads RSP", "Loading Host RIP, RSP, RFLAGS, and SSP")
{
	static struct vm other;
	struct vm vm;

	if (!guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall)))
		return;
	vm.registers.rbx = 1;
	run_to_vmcall(&vm);
	other = vm;
	other.registers.rbx = 0;
	vmcs_write(HOST_RSP, (u64)&other);
	vm.registers.rbx = 2;
	vm_enter(&vm);
	EXPECT_EQUAL(other.registers.rbx, 2);
	vm_end(&vm);
}

/* --- MSRs ------------------------------------------------------------------------------------ */

struct msr_row {
	u32 msr, entry, exit, guest_field, host_field;
	u64 guest, in_msr, host;
	bool by_exit;                           /* whether the control of VM exit is 1 */
};

static bool controls_are_offered(const struct msr_row *row)
{
	u64 value;

	if (~control_limits(VM_ENTRY).may_be_one & row->entry)
		skip("needs \"%s\"", control_name(VM_ENTRY, (unsigned)__builtin_ctz(row->entry)));
	else if (~control_limits(VM_EXIT).may_be_one & row->exit)
		skip("needs \"%s\"", control_name(VM_EXIT, (unsigned)__builtin_ctz(row->exit)));
	else if (try_rdmsr(row->msr, &value))
		skip("needs MSR %#x, which this processor does not have", row->msr);
	else
		return true;
	return false;
}

static void write_msr_fields(const struct msr_row *row)
{
	set_bits(ENTRY_CONTROLS, row->entry);
	vmcs_write(row->guest_field, row->guest);
	if (row->by_exit)
		set_bits(EXIT_CONTROLS, row->exit);
	else
		clear_bits(EXIT_CONTROLS, row->exit);
	if (row->host_field != NONE)
		vmcs_write(row->host_field, row->host);
}

static void run_msr(const struct test *test)
{
	const struct msr_row *row = test->row;
	u64 found = 0, expected = row->by_exit ? row->host : row->in_msr;
	struct vm vm;

	if (!controls_are_offered(row) ||
	    !guest_code_start(&vm, guest_vmcall, sizeof(guest_vmcall)))
		return;
	write_msr_fields(row);
	run_to_vmcall(&vm);
	try_rdmsr(row->msr, &found);
	if (found != expected)
		FAIL("MSR %#x is %#lx, expected %#lx", row->msr, found, expected);
	vm_end(&vm);
}

#define MSR_TEST(name, msr, entry, guest_field, guest, in_msr, exit, host_field, host, way, is,    \
		 claim)                                                                            \
	static const struct msr_row name##_##way##_row = {                                         \
		msr, VM_ENTRY_##entry, VM_EXIT_##exit, guest_field, host_field, guest, in_msr,     \
		host, is                                                                           \
	};                                                                                         \
	TEST_ROW(name##_##way, run_msr, &name##_##way##_row, "host_msrs/" #name "_" #way, claim,   \
		 "Loading Host Control Registers, Debug Registers, MSRs");
#define HOST_MSR(name, msr, ...)                                                                   \
	MSR_TEST(name, msr, __VA_ARGS__, by_its_control, true,                                     \
		 "a VM exit gives " #msr " the host's value with its control")                     \
	MSR_TEST(name, msr, __VA_ARGS__, left_without, false,                                      \
		 "a VM exit leaves " #msr " as the guest had it without its control")
#include "tests/suites/guest/host_msrs.def"
#undef HOST_MSR

/* The kernel's paging structures have bits that only IA32_EFER.NXE allows. */
TEST("host_msrs/efer_of_32_bit_guest",
     "without \"load IA32_EFER\" a VM exit makes LMA and LME of a 32-bit guest's IA32_EFER 1",
     "Loading Host Control Registers, Debug Registers, MSRs")
{
	struct vm vm;

	if (!guest_code_start_in(MODE_pae, &vm, guest_vmcall, sizeof(guest_vmcall)))
		return;
	if (capability_offered(CAPABILITY_load_efer)) {
		vmcs_write(GUEST_IA32_EFER, EFER_NXE);
		clear_bits(EXIT_CONTROLS, VM_EXIT_load_efer);
		run_to_vmcall(&vm);
		EXPECT_EQUAL(msr_read(IA32_EFER), EFER_NXE | EFER_LME | EFER_LMA);
	} else {
		skip("needs load_efer: %s is 0", capability_row(CAPABILITY_load_efer)->source);
	}
	vm_end(&vm);
}
