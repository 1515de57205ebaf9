/* base.c -- a VM in one of the legal states that cases differ from */
#include "tests/suites/entry/base.h"
#include "kernel/flags.h"
#include "tests/suites/entry/current_state.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/processor.h"
#include "vmx/capabilities.h"
#include "vmx/operation.h"

#define EVENT(type, vector) (BIT(31) | EVENT_##type << 8 | (vector))

const struct entry_base entry_bases[ENTRY_BASES] = {
#define BASE(of_name, of_mode, of_kinds, of_event, of_exit, of_text)                               \
	{ #of_name, of_text, MODE_##of_mode, of_kinds, (u32)(of_event), EXIT_##of_exit },
#include "tests/suites/entry/bases.def"
#undef BASE
};

u64 entry_base_exit_rip(const struct entry_base *base)
{
	return base->event && base->exit == EXIT_vmcall ? BASE_HANDLER : BASE_CODE;
}

/* --- Changes to what vm_start() makes --------------------------------------------------------- */

/* Those of the controls that are offered. */
static void add_controls(enum vmcs_field field, enum control_word word, u32 wanted)
{
	u32 offered = control_limits(word).may_be_one;

	vmcs_write(field, vmcs_read(field) | (wanted & offered));
}

static void write_if_there(enum vmcs_field field, u64 value)
{
	vmcs_try_write(field, value);
}

static void make_compatibility(__attribute__((unused)) struct entry_machine *machine)
{
	vmcs_write(GUEST_CS_ACCESS_RIGHTS, 0xc09b);
}

#define SEGMENT_OF_VIRTUAL_8086(name)                                                              \
	vmcs_write(GUEST_##name##_SELECTOR, 0);                                                    \
	vmcs_write(GUEST_##name##_LIMIT, 0xffff);                                                  \
	vmcs_write(GUEST_##name##_ACCESS_RIGHTS, 0xf3)

/* SDM vol. 3, "Checks on Guest Segment Registers". */
static void make_virtual_8086(__attribute__((unused)) struct entry_machine *machine)
{
	SEGMENT_OF_VIRTUAL_8086(CS);
	SEGMENT_OF_VIRTUAL_8086(SS);
	SEGMENT_OF_VIRTUAL_8086(DS);
	SEGMENT_OF_VIRTUAL_8086(ES);
	SEGMENT_OF_VIRTUAL_8086(FS);
	SEGMENT_OF_VIRTUAL_8086(GS);
	vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_VM);
}

static void turn_interrupts_on(__attribute__((unused)) struct entry_machine *machine)
{
	vmcs_write(GUEST_RFLAGS, vmcs_read(GUEST_RFLAGS) | RFLAGS_IF);
}

/* The preemption timer ends the state at once, unless an event is injected that does. */
static void make_hlt(struct entry_machine *machine)
{
	turn_interrupts_on(machine);
	vmcs_write(GUEST_ACTIVITY_STATE, 1);
	if (!machine->base->event)
		vmcs_try_write(VMX_PREEMPTION_TIMER_VALUE, 0);
}

static void use_virtual_nmis(__attribute__((unused)) struct entry_machine *machine)
{
	add_controls(PIN_BASED_CONTROLS, PIN_BASED, PIN_BASED_virtual_nmis);
}

static void make_sti(struct entry_machine *machine)
{
	turn_interrupts_on(machine);
	vmcs_write(GUEST_INTERRUPTIBILITY_STATE, BIT(0));
}

static void make_mov_ss(__attribute__((unused)) struct entry_machine *machine)
{
	vmcs_write(GUEST_INTERRUPTIBILITY_STATE, BIT(1));
}

static void make_single_step(__attribute__((unused)) struct entry_machine *machine)
{
	vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | RFLAGS_TF);
	vmcs_write(GUEST_PENDING_DEBUG_EXCEPTIONS, BIT(14));
}

static void make_unrestricted(__attribute__((unused)) struct entry_machine *machine)
{
	add_controls(SECONDARY_CONTROLS, SECONDARY, SECONDARY_unrestricted_guest);
}

/* The guest's paging structures are the test's own, and map nothing. */
static void turn_ept_off(struct entry_machine *machine)
{
	vmcs_write(SECONDARY_CONTROLS,
		   vmcs_read(SECONDARY_CONTROLS) & ~(u64)SECONDARY_enable_ept);
	vmcs_write(GUEST_CR3, machine->memory.pdpts[0].raw);
}

#define ENTRY_LOADS                                                                                \
	(VM_ENTRY_load_debug_controls | VM_ENTRY_load_perf_global_ctrl | VM_ENTRY_load_pat |       \
	 VM_ENTRY_load_efer | VM_ENTRY_load_bndcfgs | VM_ENTRY_load_rtit_ctl |                     \
	 VM_ENTRY_load_uinv | VM_ENTRY_load_cet_state | VM_ENTRY_load_lbr_ctl |                    \
	 VM_ENTRY_load_pkrs | VM_ENTRY_load_fred | VM_ENTRY_load_spec_ctrl)
#define EXIT_LOADS                                                                                 \
	(VM_EXIT_save_debug_controls | VM_EXIT_load_perf_global_ctrl | VM_EXIT_save_pat |          \
	 VM_EXIT_load_pat | VM_EXIT_save_efer | VM_EXIT_load_efer | VM_EXIT_clear_bndcfgs |        \
	 VM_EXIT_clear_rtit_ctl | VM_EXIT_clear_uinv | VM_EXIT_load_cet_state |                    \
	 VM_EXIT_load_pkrs | VM_EXIT_activate_secondary_controls)

static void load_msrs(__attribute__((unused)) struct entry_machine *machine)
{
	add_controls(ENTRY_CONTROLS, VM_ENTRY, ENTRY_LOADS);
	add_controls(EXIT_CONTROLS, VM_EXIT, EXIT_LOADS);
	write_if_there(SECONDARY_EXIT_CONTROLS, control_limits(SECONDARY_VM_EXIT).may_be_one);
}

static void link_shadow(struct entry_machine *machine)
{
	add_controls(SECONDARY_CONTROLS, SECONDARY, SECONDARY_vmcs_shadowing);
	vmcs_write(VMCS_LINK_POINTER, machine->memory.link.raw);
}

static void use_msr_lists(__attribute__((unused)) struct entry_machine *machine)
{
	vmcs_write(ENTRY_MSR_LOAD_COUNT, BASE_LIST_ENTRIES);
	vmcs_write(EXIT_MSR_LOAD_COUNT, BASE_LIST_ENTRIES);
	vmcs_write(EXIT_MSR_STORE_COUNT, BASE_LIST_ENTRIES);
}

#define CR4_FRED BIT(32)

/* At privilege level 3, and with a code segment that others may share. */
static void use_fred(__attribute__((unused)) struct entry_machine *machine)
{
	vmcs_write(GUEST_CR4, vmcs_read(GUEST_CR4) | CR4_FRED);
	vmcs_write(GUEST_CS_SELECTOR, 0x0b);
	vmcs_write(GUEST_CS_ACCESS_RIGHTS, 0xa09f);
	vmcs_write(GUEST_SS_SELECTOR, 0x13);
	vmcs_write(GUEST_SS_ACCESS_RIGHTS, 0xc0f3);
}

#define PID_POINTERS 3                          /* of 8 bytes: more than an entry of an MSR list */

/* All but those that exclude others, or are for system-management mode. */
static void turn_every_control_on(struct entry_machine *machine)
{
	add_controls(PIN_BASED_CONTROLS, PIN_BASED, ~0u);
	add_controls(PRIMARY_CONTROLS, PRIMARY, ~(u32)PRIMARY_rdtsc_exiting);
	add_controls(SECONDARY_CONTROLS, SECONDARY,
		     ~(u32)(SECONDARY_virtualize_x2apic_mode | SECONDARY_enable_encls_exiting));
	write_if_there(TERTIARY_CONTROLS, control_limits(TERTIARY).may_be_one);
	load_msrs(machine);
	write_if_there(VIRTUAL_PROCESSOR_IDENTIFIER, 1);
	write_if_there(VM_FUNCTION_CONTROLS, vmx_capabilities.vmfunc);
	write_if_there(TSC_MULTIPLIER, BIT(48));
	write_if_there(LAST_PID_POINTER_INDEX, PID_POINTERS - 1);
}

static const struct {
	enum entry_base_kind kind;
	void (*make)(struct entry_machine *machine);
} changes[] = {
	{ BASE_COMPATIBILITY, make_compatibility }, { BASE_VIRTUAL_8086, make_virtual_8086 },
	{ BASE_INTERRUPTS_ON, turn_interrupts_on }, { BASE_HLT, make_hlt },
	{ BASE_STI, make_sti }, { BASE_MOV_SS, make_mov_ss },
	{ BASE_SINGLE_STEP, make_single_step }, { BASE_LOADED_MSRS, load_msrs },
	{ BASE_LINKED, link_shadow }, { BASE_MSR_LISTS, use_msr_lists },
	{ BASE_EVERY_CONTROL, turn_every_control_on },
	{ BASE_VIRTUAL_NMIS, use_virtual_nmis },
	{ BASE_UNRESTRICTED, make_unrestricted }, { BASE_WITHOUT_EPT, turn_ept_off },
	{ BASE_FRED, use_fred },
};

/* --- What all have ---------------------------------------------------------------------------- */

/* Wherever a control leads the processor to memory, it finds a page of the test's own. */
static void write_addresses(const struct base_memory *memory)
{
	static const u16 fields[] = {
		IO_BITMAP_A, IO_BITMAP_B, MSR_BITMAPS, PML_ADDRESS, VIRTUAL_APIC_ADDRESS,
		APIC_ACCESS_ADDRESS, POSTED_INTERRUPT_DESCRIPTOR_ADDRESS, EPTP_LIST_ADDRESS,
		VMREAD_BITMAP_ADDRESS, VMWRITE_BITMAP_ADDRESS,
		VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, SUB_PAGE_PERMISSION_TABLE_POINTER,
		LOW_PASID_DIRECTORY_ADDRESS, HIGH_PASID_DIRECTORY_ADDRESS, HLAT_POINTER,
		PID_POINTER_TABLE_ADDRESS,
	};

	for (unsigned i = 0; i < COUNT(fields); i++)
		write_if_there(fields[i], memory->page.raw);
	vmcs_write(ENTRY_MSR_LOAD_ADDRESS, memory->entry_lists[0].raw);
	vmcs_write(EXIT_MSR_LOAD_ADDRESS, memory->exit_load_list.raw);
	vmcs_write(EXIT_MSR_STORE_ADDRESS, memory->exit_store_list.raw);
}

#define LDTR_USABLE 0x82

/* LDTR is usable in some modes, and not in others. */
static void write_ldtr(const struct entry_base *base)
{
	if (base->mode != MODE_pae && !(base->kinds & (BASE_COMPATIBILITY | BASE_LOADED_MSRS)))
		return;
	vmcs_write(GUEST_LDTR_ACCESS_RIGHTS, LDTR_USABLE);
	vmcs_write(GUEST_LDTR_SELECTOR, BASE_GDT_SIZE);
}

static void write_guest(enum guest_mode mode)
{
	vmcs_write(GUEST_IDTR_BASE, BASE_IDT);
	vmcs_write(GUEST_IDTR_LIMIT, mode == MODE_long64 ? 0xfff : 0x7ff);
	vmcs_write(GUEST_GDTR_BASE, BASE_GDT);
	vmcs_write(GUEST_GDTR_LIMIT, BASE_GDT_SIZE - 1);
	vmcs_write(GUEST_TR_BASE, BASE_TSS);
	vmcs_write(GUEST_RSP, BASE_STACK);
}

/* Events that instructions cause have the length of one. */
static void write_event(u32 event)
{
	struct interruption decoded = interruption_decode(event);

	vmcs_write(ENTRY_INTERRUPTION_INFORMATION, event);
	if (decoded.type >= EVENT_software_interrupt && decoded.type < EVENT_other_event)
		vmcs_write(ENTRY_INSTRUCTION_LENGTH, 1);
}

static void write_base(struct entry_machine *machine)
{
	const struct entry_base *base = machine->base;

	write_addresses(&machine->memory);
	write_guest(base->mode);
	write_ldtr(base);
	for (unsigned i = 0; i < COUNT(changes); i++)
		if (base->kinds & changes[i].kind)
			changes[i].make(machine);
	write_event(base->event);
}

static void list_guest_fields(struct entry_machine *machine)
{
	machine->guest_field_count = 0;
	for (enum entry_field field = 0; field < ENTRY_FIELDS; field++)
		if (entry_field_exists(field) && entry_field_kind(field) == GUEST)
			machine->guest_fields[machine->guest_field_count++] =
				(struct entry_guest_field){ field, entry_field_encoding(field) };
}

/* Cases write fields without noting each, so all are noted beforehand: nothing of them is left for
 * the next VM, and the machine is restored as after a guest that could do anything. */
static void note_all_fields(void)
{
	for (enum entry_field field = 0; field < ENTRY_FIELDS; field++)
		if (entry_field_exists(field))
			vmcs_note(entry_field_encoding(field), 0);
	vmcs_written.ports = vmcs_written.msrs = true;
}

void entry_fill_registers(struct registers *registers)
{
	u64 value = ENTRY_REGISTER_PATTERN;

#define REGISTER(name) registers->name = value++;
#include "vmx/registers.def"
#undef REGISTER
}

/* --- Start ------------------------------------------------------------------------------------ */

static const char *lacks(const struct entry_base *base)
{
	const struct {
		bool wanted;
		enum capability capability;
	} needs[] = {
		{ base->kinds & BASE_HLT, CAPABILITY_activity_hlt },
		{ base->exit == EXIT_preemption_timer, CAPABILITY_preemption_timer },
		{ base->exit == EXIT_monitor_trap_flag, CAPABILITY_monitor_trap_flag },
		{ base->kinds & BASE_UNRESTRICTED, CAPABILITY_unrestricted_guest },
	};

	for (unsigned i = 0; i < COUNT(needs); i++)
		if (needs[i].wanted && !capability_offered(needs[i].capability))
			return capability_row(needs[i].capability)->text;
	if (base->kinds & BASE_FRED && !(vmx_capabilities.cr4_fixed1 & CR4_FRED))
		return "CR4.FRED";
	if (base->exit == EXIT_preemption_timer)
		return vmx_capabilities.timer_erratum;
	return NULL;
}

static bool has_shadow(const struct entry_base *base)
{
	return base->kinds & (BASE_LINKED | BASE_EVERY_CONTROL) &&
	       capability_offered(CAPABILITY_vmcs_shadowing);
}

/* A guest that waits costs this much time. */
#define MILLISECONDS 20

const char *entry_base_start(struct entry_machine *machine, const struct entry_base *base)
{
	const char *refused;

	machine->base = base;
	vmx_enter_operation();
	entry_processor_read(&machine->processor);
	refused = vm_start(&machine->vm, base->mode, BASE_CODE);
	if (!refused)
		refused = lacks(base);
	if (refused)
		return refused;
	base_memory_make(&machine->memory, &machine->vm, base->mode, has_shadow(base));
	watchdog_limit(MILLISECONDS);
	if (machine->start)
		entry_read_fields(machine->start);
	write_base(machine);
	entry_fill_registers(&machine->vm.registers);
	machine->state = entry_state_here(&machine->processor);
	list_guest_fields(machine);
	note_all_fields();
	return NULL;
}
