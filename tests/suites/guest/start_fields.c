/* start_fields.c -- whatever was written to the VMCS of one VM, the next VM has every field as
 * start_state.def and start_fields.def say
 */
#include "ept/eptp.h"
#include "kernel/control_registers.h"
#include "kernel/descriptors.h"
#include "kernel/memory.h"
#include "kernel/reset_state.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "vmx/capabilities.h"
#include "vmx/guest_state.h"
#include "vmx/operation.h"
#include "vmx/start_vmcs.h"
#include "vmx/vm_controls.h"

#define MARK 0x5a5a5a5a5a5a5a5aull

extern const u8 vm_exit[];

static const u8 vmcall[] = { 0x0f, 0x01, 0xc1 };
static const u8 read_absent[] = { 0x48, 0x8b, 0x04, 0x25, 0x00, 0x00, 0x00, 0x30 };

static const u16 encodings[] = {
#define VMCS(encoding, ...) encoding,
#include "vmx/vmcs.def"
#undef VMCS
};

#define START_BY_MODE(long64, flat32, real16, pae, paging32)                                       \
	((const u64[]){ [MODE_long64] = long64, [MODE_flat32] = flat32, [MODE_real16] = real16,    \
			[MODE_pae] = pae, [MODE_paging32] = paging32 })[start->mode]

static u64 expected(enum vmcs_field field, const struct vmcs_start *start)
{
	switch (field) {
#define START(name, ...) case name: return START_BY_MODE(__VA_ARGS__);
#include "vmx/start_state.def"
#undef START
#define EACH(name, value, text) case name: return value;
#define KEPT(name, value, text) case name: return value;
#include "vmx/start_fields.def"
#undef EACH
#undef KEPT
	default: return 0;
	}
}

/* Where the VM-exit information fields cannot be written they tell of the VM before. */
static void expect_field(enum vmcs_field field, const struct vmcs_start *start)
{
	u64 found, wanted = expected(field, start);

	if (vmcs_set_has(vmcs_fields(), field) && vmread(field, &found) == SUCCEEDED &&
	    found != wanted)
		FAIL("%s is %#lx, expected %#lx", vmcs_field_name(field), found, wanted);
}

static bool start_vm(struct vm *vm, enum guest_mode mode, struct vmcs_start *start)
{
	const char *refused;

	if (!guest_code_start_in(mode, vm, vmcall, sizeof(vmcall)))
		return false;
	*start = (struct vmcs_start){
		.vm = vm, .mode = mode, .exit = vm_exit, .entry = GUEST_CODE,
		.controls = vm_controls_of(mode, &refused),
	};
	return eptp_choose(vmx_capabilities.ept_vpid, &vm->ept, false, &start->eptp);
}

/* Starts a VM of the mode, looks at all its fields, and leaves it alive. */
static bool expect_start(struct vm *vm, enum guest_mode mode)
{
	struct vmcs_start start;

	if (!start_vm(vm, mode, &start))
		return false;
	for (unsigned i = 0; i < COUNT(encodings); i++)
		expect_field(encodings[i], &start);
	return true;
}

static void write_all(u64 value)
{
	for (unsigned i = 0; i < COUNT(encodings); i++)
		vmcs_try_write(encodings[i], value);
}

TEST("vm/starts_with_every_field_known",
     "in every mode a VM starts with all fields as documented, after all were written before",
     "Organization of VMCS Data")
{
	struct vm vm;

	for (enum guest_mode mode = 1; mode < GUEST_MODES; mode++) {
		if (!expect_start(&vm, mode))
			return;
		write_all(MARK);
		vm_end(&vm);
		if (!expect_start(&vm, mode))
			return;
		vm_end(&vm);
	}
}

/* Not from the tables, which would be of the same opinion. */
TEST("vm/starts_with_every_way_out_watched",
     "every exception and every change to CR0 and CR4 exits, no list of MSRs counts, and a VM exit "
     "loads the control registers that the kernel has", "VM-Execution Control Fields")
{
	struct vmcs_start start;
	struct vm vm;

	if (!start_vm(&vm, MODE_long64, &start))
		return;
	EXPECT_EQUAL(vmcs_read(EXCEPTION_BITMAP), BITS(31, 0));
	EXPECT_EQUAL(vmcs_read(CR0_GUEST_HOST_MASK), ~0ul);
	EXPECT_EQUAL(vmcs_read(CR4_GUEST_HOST_MASK), ~0ul);
	EXPECT_EQUAL(vmcs_read(CR3_TARGET_COUNT), 0);
	EXPECT_EQUAL(vmcs_read(EXIT_MSR_STORE_COUNT), 0);
	EXPECT_EQUAL(vmcs_read(EXIT_MSR_LOAD_COUNT), 0);
	EXPECT_EQUAL(vmcs_read(ENTRY_MSR_LOAD_COUNT), 0);
	EXPECT_EQUAL(vmcs_read(HOST_CR0), cr0_read());
	EXPECT_EQUAL(vmcs_read(HOST_CR3), cr3_read());
	EXPECT_EQUAL(vmcs_read(HOST_CR4), cr4_read());
	vm_end(&vm);
}

/* False if no VM can be started. */
static bool expect_no_mark_of(enum vmcs_field field)
{
	memory_mark_t mark = memory_mark();
	struct vmcs_start start;
	struct vm vm;

	if (!start_vm(&vm, MODE_long64, &start))
		return false;
	vmcs_try_write(field, MARK);
	vm_end(&vm);
	if (!start_vm(&vm, MODE_long64, &start))
		return false;
	expect_field(field, &start);
	vm_end(&vm);
	memory_release(mark);
	return true;
}

TEST("vm/starts_without_the_mark_of_any_field",
     "a VM has each field as documented if that field alone was written in the VM before",
     "Organization of VMCS Data")
{
	for (unsigned i = 0; i < COUNT(encodings); i++)
		if (!expect_no_mark_of(encodings[i]))
			return;
}

/* The first guest ends with an EPT violation, which fills in more fields than other exits. */
TEST("vm/starts_without_the_exit_of_the_one_before",
     "the VM-exit information fields are 0 when a VM starts, if IA32_VMX_MISC[29] is 1",
     "VM-Exit Information Fields")
{
	struct vm vm;

	if (!guest_code_start(&vm, read_absent, sizeof(read_absent)))
		return;
	vm_run(&vm);
	EXPECT_EXIT(&vm, EXIT_ept_violation);
	vm_end(&vm);
	if (expect_start(&vm, MODE_long64))
		vm_end(&vm);
}

/* Under controls other than those of the start a VM exit may save any of these fields, or the
 * processor may change one while the guest runs; no VMWRITE is noted then. */
TEST("vm/starts_without_what_an_exit_saved",
     "a VM has each guest-state field as documented, after the processor itself changed them all",
     "Guest-State Area")
{
	struct vm vm;

	if (!guest_code_start(&vm, vmcall, sizeof(vmcall)))
		return;
	vmcs_write(EXIT_CONTROLS, vmcs_read(EXIT_CONTROLS));
	for (unsigned i = 0; i < COUNT(encodings); i++)
		if (VMCS_KIND(encodings[i]) == GUEST)
			vmwrite(encodings[i], MARK);
	vm_end(&vm);
	if (expect_start(&vm, MODE_long64))
		vm_end(&vm);
}

TEST("vm/starts_beside_another_one",
     "a VM that starts while another one lives has all fields as documented, and no other's",
     "Software Use of Virtual-Machine Control Structures")
{
	struct vm first, second;

	if (!expect_start(&first, MODE_long64))
		return;
	vmcs_write(TSC_OFFSET, MARK);
	if (expect_start(&second, MODE_long64))
		vm_end(&second);
	vmx_demand(vmptrld(&first.vmcs), "VMPTRLD of the first VM's VMCS");
	EXPECT_EQUAL(vmcs_read(TSC_OFFSET), MARK);
	vm_run(&first);
	EXPECT_EXIT(&first, EXIT_vmcall);
	vm_end(&first);
	if (expect_start(&first, MODE_long64))
		vm_end(&first);
}
