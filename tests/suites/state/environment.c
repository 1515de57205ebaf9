/* environment.c -- a guest that may change registers of its own */
#include "tests/suites/state/environment.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"

_Static_assert(CODE_AT == GUEST_CODE, "where guest_code_start_in() puts the code");

#define EXITS_OF_REGISTERS                                                                         \
	(PRIMARY_cr3_load_exiting | PRIMARY_cr3_store_exiting | PRIMARY_mov_dr_exiting)

extern const u8 state_descriptors[], state_descriptors_end[];           /* guests.asm */

static void *map_page(const struct vm *vm, u64 address)
{
	void *page = page_alloc();

	vm_map(vm, gpa(address), ept_leaf(hpa_of(page), RW, WB));
	return page;
}

static void give_memory(struct vm *vm)
{
	const u64 pointers[] = { 0xffe02001, 0xffe04001, 0x12340ffe, 0xffe03001 };

	memcpy(map_page(vm, GDT_AT), state_descriptors,
	       (size_t)(state_descriptors_end - state_descriptors));
	memcpy(map_page(vm, POINTERS), pointers, sizeof(pointers));
	map_page(vm, STACK_AT);
	vmcs_write(GUEST_RSP, STACK_TOP);
	vmcs_write(GUEST_GDTR_BASE, GDT_AT);
	vmcs_write(GUEST_GDTR_LIMIT, PAGE_SIZE - 1);
}

/* Where there are no MSR bitmaps, the tests that need them are skipped. */
static void let_registers_change(void)
{
	u32 primary = vmcs_read(PRIMARY_CONTROLS) & ~(u32)EXITS_OF_REGISTERS;

	if (capability_offered(CAPABILITY_msr_bitmaps)) {
		primary |= PRIMARY_use_msr_bitmaps;
		vmcs_write(MSR_BITMAPS, (u64)page_alloc());
	}
	vmcs_write(PRIMARY_CONTROLS, primary);
	control_set((struct control){ SECONDARY, SECONDARY_descriptor_table_exiting }, false);
	if (capability_offered(CAPABILITY_unrestricted_guest))
		control_set((struct control){ SECONDARY, SECONDARY_unrestricted_guest }, true);
	vmcs_write(CR0_GUEST_HOST_MASK, 0);
	vmcs_write(CR4_GUEST_HOST_MASK, 0);
}

/* MOV to CR3 always exits on a processor that lacks the TRUE capability MSRs. */
bool environment_start(struct vm *vm, enum guest_mode mode, const u8 *guest)
{
	if (!environment_needs(CAPABILITY_true_controls) ||
	    !guest_code_start_in(mode, vm, guest, BYTES_OF_A_GUEST))
		return false;
	give_memory(vm);
	let_registers_change();
	return true;
}

bool environment_needs(enum capability needed)
{
	const struct capability_row *row = capability_row(needed);

	if (capability_offered(needed))
		return true;
	skip("%s (%s) is 0; try %s", row->source, row->text, row->remedy);
	return false;
}

bool control_may_be(struct control control, bool on)
{
	struct control_limits limits = control_limits(control.word);

	return on ? !(control.mask & ~limits.may_be_one) : !(control.mask & limits.must_be_one);
}

static enum vmcs_field field_of(enum control_word word)
{
	static const u16 fields[] = {
		[PIN_BASED] = PIN_BASED_CONTROLS, [PRIMARY] = PRIMARY_CONTROLS,
		[SECONDARY] = SECONDARY_CONTROLS, [VM_EXIT] = EXIT_CONTROLS,
		[VM_ENTRY] = ENTRY_CONTROLS, [SECONDARY_VM_EXIT] = SECONDARY_EXIT_CONTROLS,
	};

	return fields[word];
}

void control_set(struct control control, bool on)
{
	enum vmcs_field field = field_of(control.word);

	if (!control.mask)
		return;
	if (control.word == SECONDARY_VM_EXIT)
		control_set((struct control){ VM_EXIT, VM_EXIT_activate_secondary_controls }, true);
	vmcs_write(field, on ? vmcs_read(field) | control.mask
			     : vmcs_read(field) & ~(u64)control.mask);
}

void environment_run(struct vm *vm, const char *file, u32 line)
{
	vm_run(vm);
	expect_exit_at(file, line, vm, EXIT_vmcall);
}
