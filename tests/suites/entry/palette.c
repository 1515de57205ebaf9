/* palette.c -- the values that a field gets in the cases of a base */
#include "tests/suites/entry/palette.h"
#include "kernel/control_registers.h"
#include "kernel/flags.h"
#include "tests/suites/entry/fields.h"
#include "vmx/capabilities.h"

#define ID(name) ENTRY_FIELD_##name

/* What the processor reads, or writes, where they lead.  Bits 11:0 make them misaligned, or are
 * settings, and those beyond the physical width are illegal; any other bit leads elsewhere. */
static const u16 addresses[] = {
	ID(io_bitmap_a), ID(io_bitmap_b), ID(msr_bitmaps), ID(exit_msr_store_address),
	ID(exit_msr_load_address), ID(entry_msr_load_address), ID(pml_address),
	ID(virtual_apic_address), ID(apic_access_address),
	ID(posted_interrupt_descriptor_address), ID(ept_pointer), ID(eptp_list_address),
	ID(vmread_bitmap_address), ID(vmwrite_bitmap_address),
	ID(virtualization_exception_information_address), ID(sub_page_permission_table_pointer),
	ID(low_pasid_directory_address), ID(high_pasid_directory_address),
	ID(shared_ept_pointer), ID(hlat_pointer), ID(pid_pointer_table_address),
	ID(vmcs_link_pointer),
};

/* As many MSRs as a list of the test's own has. */
static const u16 counts[] = {
	ID(exit_msr_store_count), ID(exit_msr_load_count), ID(entry_msr_load_count),
};
#define COUNT_BITS BITS(8, 0)

static bool is_listed(const u16 *list, unsigned count, enum entry_field field)
{
	for (unsigned i = 0; i < count; i++)
		if (list[i] == field)
			return true;
	return false;
}

#define IS_LISTED(list, field) is_listed(list, COUNT(list), field)

bool entry_field_is_address(const struct entry_machine *machine, enum entry_field field)
{
	return IS_LISTED(addresses, field) ||
	       (field == ID(guest_cr3) && machine->base->kinds & BASE_WITHOUT_EPT);
}

/* --- Bits ------------------------------------------------------------------------------------- */

static u64 bits_to_invert(const struct entry_machine *machine, enum entry_field field)
{
	u64 all = BITS(entry_field_width(field) - 1, 0);
	bool leads_nowhere = machine->state.fields[field] == ~0ul;

	if (field == ID(vmx_preemption_timer_value))
		return 0;                       /* the watchdog's, and legal whatever it is */
	if (IS_LISTED(counts, field))
		return COUNT_BITS;
	if (entry_field_is_address(machine, field) && !leads_nowhere)
		return all & ~BITS(vmx_capabilities.physical_width - 1, 12);
	return all;
}

static void invert_bits(const struct entry_machine *machine, enum entry_field field,
			entry_value_t *try, void *context)
{
	for (u64 bits = bits_to_invert(machine, field); bits; bits &= bits - 1)
		try(context, field, machine->state.fields[field] ^ (bits & -bits));
}

/* --- Other values ----------------------------------------------------------------------------- */

/* A value by its number, of so many that the field has. */
struct others {
	unsigned count;
	u64 (*value)(const struct entry_machine *machine, enum entry_field field, unsigned number);
};

#define TYPE_S_AND_DPL BITS(6, 0)

/* Each type and kind of segment with each privilege level. */
static u64 access_rights(const struct entry_machine *machine, enum entry_field field,
			 unsigned number)
{
	return (machine->state.fields[field] & ~TYPE_S_AND_DPL) | number;
}

static const u8 vectors[] = { 0, 1, 2, 3, 4, 8, 13, 14, 17, 18, 31, 32, 255 };

#define EVENTS_OF_TYPE (2 * COUNT(vectors))     /* without error code, and with one */
#define EVENTS         (8 * EVENTS_OF_TYPE)

static u64 event(__attribute__((unused)) const struct entry_machine *machine,
		 __attribute__((unused)) enum entry_field field, unsigned number)
{
	u64 type = number / EVENTS_OF_TYPE, of_type = number % EVENTS_OF_TYPE;

	return BIT(31) | type << 8 | vectors[of_type / 2] | (of_type & 1) << 11;
}

#define LINKS 5

static u64 link(const struct entry_machine *machine,
		__attribute__((unused)) enum entry_field field, unsigned number)
{
	const struct base_memory *memory = &machine->memory;
	const u64 links[LINKS] = {
		~0ul, memory->link.raw, memory->other_link.raw, memory->wrong_link.raw,
		machine->state.current_vmcs,
	};

	return links[number];
}

#define MSR_ENTRY_SIZE 16

/* Of as many entries as the base has, the second and those behind it are where no memory can be. */
static u64 end_of_memory(__attribute__((unused)) const struct entry_machine *machine,
			 __attribute__((unused)) enum entry_field field,
			 __attribute__((unused)) unsigned number)
{
	return BIT(vmx_capabilities.physical_width) - MSR_ENTRY_SIZE;
}

static u64 list(const struct entry_machine *machine, enum entry_field field, unsigned number)
{
	return number ? machine->memory.entry_lists[number - 1].raw
		      : end_of_memory(machine, field, number);
}

static u64 pdpt(const struct entry_machine *machine,
		__attribute__((unused)) enum entry_field field, unsigned number)
{
	return machine->memory.pdpts[number].raw;
}

static u64 null_selector(__attribute__((unused)) const struct entry_machine *machine,
			 __attribute__((unused)) enum entry_field field,
			 __attribute__((unused)) unsigned number)
{
	return 0;
}

static const struct {
	u16 field;
	u64 bits;
} bits_at_once[] = {
	{ ID(guest_cr0), CR0_PE | CR0_PG }, { ID(guest_cr0), CR0_CD | CR0_NW },
	{ ID(guest_ia32_efer), EFER_LME | EFER_LMA }, { ID(host_ia32_efer), EFER_LME | EFER_LMA },
	{ ID(guest_interruptibility_state), 3 }, { ID(guest_activity_state), 3 },
	{ ID(guest_rflags), RFLAGS_TF | RFLAGS_IF },
	{ ID(guest_pending_debug_exceptions), BIT(12) | BIT(0) },
	{ ID(guest_pending_debug_exceptions), BIT(16) | BIT(12) },
};

static unsigned count_bits_at_once(enum entry_field field)
{
	unsigned count = 0;

	for (unsigned i = 0; i < COUNT(bits_at_once); i++)
		count += bits_at_once[i].field == field;
	return count;
}

static u64 some_bits_at_once(const struct entry_machine *machine, enum entry_field field,
			     unsigned number)
{
	unsigned row = 0;

	while (bits_at_once[row].field != field || number--)
		row++;
	return machine->state.fields[field] ^ bits_at_once[row].bits;
}

static struct others others_of(const struct entry_machine *machine, enum entry_field field)
{
	if (field >= ID(guest_es_access_rights) && field <= ID(guest_tr_access_rights))
		return (struct others){ TYPE_S_AND_DPL + 1, access_rights };
	if (field == ID(entry_interruption_information))
		return (struct others){ EVENTS, event };
	if (field == ID(vmcs_link_pointer))
		return (struct others){ LINKS, link };
	if (field == ID(entry_msr_load_address))
		return (struct others){ 1 + machine->memory.entry_list_count, list };
	if (field == ID(exit_msr_store_address) || field == ID(exit_msr_load_address) ||
	    field == ID(pid_pointer_table_address))
		return (struct others){ 1, end_of_memory };
	if (field == ID(guest_cr3))
		return (struct others){ machine->base->kinds & BASE_WITHOUT_EPT ? BASE_PDPTS : 0,
					pdpt };
	if (VMCS_WIDTH(entry_field_encoding(field)) == W16)
		return (struct others){ 1, null_selector };
	return (struct others){ count_bits_at_once(field), some_bits_at_once };
}

void entry_values(const struct entry_machine *machine, enum entry_field field,
		  entry_value_t *try, void *context)
{
	struct others others = others_of(machine, field);

	invert_bits(machine, field, try, context);
	for (unsigned i = 0; i < others.count; i++) {
		u64 value = others.value(machine, field, i);

		if (value != machine->state.fields[field])
			try(context, field, value);
	}
}

/* --- One at random ---------------------------------------------------------------------------- */

static u64 bit_at_random(u64 bits, struct random *random)
{
	unsigned count = 0, skipped;

	for (u64 left = bits; left; left &= left - 1)
		count++;
	for (skipped = random_below(random, count); skipped; skipped--)
		bits &= bits - 1;
	return bits & -bits;
}

bool entry_value_at_random(const struct entry_machine *machine, enum entry_field field,
			   struct random *random, u64 *value)
{
	struct others others = others_of(machine, field);
	u64 bits = bits_to_invert(machine, field);

	if (others.count && (!bits || random_below(random, 2)))
		*value = others.value(machine, field, random_below(random, others.count));
	else if (bits)
		*value = machine->state.fields[field] ^ bit_at_random(bits, random);
	else
		return false;
	return true;
}

/* --- Harmless fields -------------------------------------------------------------------------- */

/* Of the controls, those that say which event the guest gets, and which MSRs, by lists of the
 * test's own. */
bool entry_field_is_harmless(enum entry_field field)
{
	static const u16 events_and_lists[] = {
		ID(entry_interruption_information), ID(entry_exception_error_code),
		ID(entry_instruction_length), ID(entry_msr_load_address),
		ID(entry_msr_load_count),
	};

	return entry_field_kind(field) == GUEST || IS_LISTED(events_and_lists, field);
}

/* The kernel uses neither FS nor GS, nor SYSENTER. */
bool entry_host_field_is_harmless(enum entry_field field)
{
	static const u16 unused[] = {
		ID(host_fs_base), ID(host_gs_base), ID(host_ia32_sysenter_cs),
		ID(host_ia32_sysenter_esp), ID(host_ia32_sysenter_eip),
	};

	return IS_LISTED(unused, field);
}

/* A VM exit does not load the field without the control. */
static bool is_unloaded(const struct entry_state *state, enum entry_field field)
{
	static const struct {
		u16 field;
		u32 control;
	} rows[] = {
		{ ID(host_ia32_pat), VM_EXIT_load_pat },
		{ ID(host_ia32_perf_global_ctrl), VM_EXIT_load_perf_global_ctrl },
		{ ID(host_ia32_s_cet), VM_EXIT_load_cet_state },
		{ ID(host_ssp), VM_EXIT_load_cet_state },
		{ ID(host_ia32_interrupt_ssp_table_addr), VM_EXIT_load_cet_state },
		{ ID(host_ia32_pkrs), VM_EXIT_load_pkrs },
	};

	for (unsigned i = 0; i < COUNT(rows); i++)
		if (rows[i].field == field)
			return !(state->fields[ID(exit_controls)] & rows[i].control);
	return false;
}

/* A 64-bit kernel gets along with null data segments, until the next exit loads its own. */
static bool is_null_selector(enum entry_field field, u64 value)
{
	static const u16 selectors[] = {
		ID(host_ss_selector), ID(host_ds_selector), ID(host_es_selector),
		ID(host_fs_selector), ID(host_gs_selector),
	};

	return !value && IS_LISTED(selectors, field);
}

bool entry_host_value_is_harmless(const struct entry_state *state, enum entry_field field,
				  u64 value)
{
	return entry_host_field_is_harmless(field) || is_unloaded(state, field) ||
	       is_null_selector(field, value);
}
