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

/* --- Bits ------------------------------------------------------------------------------------- */

static u64 bits_to_invert(const struct entry_machine *machine, enum entry_field field)
{
	u64 all = BITS(entry_field_width(field) - 1, 0);
	bool leads_nowhere = machine->state.fields[field] == ~0ul;
	bool is_host_physical = field == ID(guest_cr3) && machine->base->kinds & BASE_WITHOUT_EPT;

	if (field == ID(vmx_preemption_timer_value))
		return 0;                       /* the watchdog's, and legal whatever it is */
	if (IS_LISTED(counts, field))
		return COUNT_BITS;
	if (is_host_physical || (IS_LISTED(addresses, field) && !leads_nowhere))
		return all & ~BITS(vmx_capabilities.physical_width - 1, 12);
	return all;
}

static void invert_bits(const struct entry_machine *machine, enum entry_field field,
			entry_value_t *try, void *context)
{
	for (u64 bits = bits_to_invert(machine, field); bits; bits &= bits - 1)
		try(context, field, machine->state.fields[field] ^ (bits & -bits));
}

#define MSR_ENTRY_SIZE 16

/* --- Other values ----------------------------------------------------------------------------- */

struct trial {
	const struct entry_machine *machine;
	enum entry_field field;
	entry_value_t *try;
	void *context;
};

static void try_value(const struct trial *trial, u64 value)
{
	if (value != trial->machine->state.fields[trial->field])
		trial->try(trial->context, trial->field, value);
}

#define TYPE_S_AND_DPL BITS(6, 0)

/* Each type and kind of segment with each privilege level. */
static void try_access_rights(const struct trial *trial)
{
	u64 base = trial->machine->state.fields[trial->field];

	for (u64 rights = 0; rights <= TYPE_S_AND_DPL; rights++)
		try_value(trial, (base & ~TYPE_S_AND_DPL) | rights);
}

static void try_events(const struct trial *trial)
{
	static const u8 vectors[] = { 0, 1, 2, 3, 4, 8, 13, 14, 17, 18, 31, 32, 255 };

	for (unsigned type = 0; type < 8; type++)
		for (unsigned i = 0; i < COUNT(vectors); i++) {
			u64 event = BIT(31) | type << 8 | vectors[i];

			try_value(trial, event);
			try_value(trial, event | BIT(11));
		}
}

static void try_links(const struct trial *trial)
{
	const struct base_memory *memory = &trial->machine->memory;

	try_value(trial, ~0ul);
	try_value(trial, memory->link.raw);
	try_value(trial, memory->other_link.raw);
	try_value(trial, memory->wrong_link.raw);
	try_value(trial, trial->machine->state.current_vmcs);
}

/* Of as many entries as the base has, the second and those behind it are where no memory can be. */
static void try_end_of_memory(const struct trial *trial)
{
	try_value(trial, BIT(vmx_capabilities.physical_width) - MSR_ENTRY_SIZE);
}

static void try_lists(const struct trial *trial)
{
	const struct base_memory *memory = &trial->machine->memory;

	try_end_of_memory(trial);
	for (unsigned i = 0; i < memory->entry_list_count; i++)
		try_value(trial, memory->entry_lists[i].raw);
}

static void try_pdpts(const struct trial *trial)
{
	const struct entry_machine *machine = trial->machine;

	for (unsigned i = 0; machine->base->kinds & BASE_WITHOUT_EPT && i < BASE_PDPTS; i++)
		try_value(trial, machine->memory.pdpts[i].raw);
}

static void try_bits_at_once(const struct trial *trial)
{
	static const struct {
		enum entry_field field;
		u64 bits;
	} rows[] = {
		{ ID(guest_cr0), CR0_PE | CR0_PG }, { ID(guest_cr0), CR0_CD | CR0_NW },
		{ ID(guest_ia32_efer), EFER_LME | EFER_LMA },
		{ ID(host_ia32_efer), EFER_LME | EFER_LMA },
		{ ID(guest_interruptibility_state), 3 }, { ID(guest_activity_state), 3 },
		{ ID(guest_rflags), RFLAGS_TF | RFLAGS_IF },
		{ ID(guest_pending_debug_exceptions), BIT(12) | BIT(0) },
		{ ID(guest_pending_debug_exceptions), BIT(16) | BIT(12) },
	};

	for (unsigned i = 0; i < COUNT(rows); i++)
		if (rows[i].field == trial->field)
			try_value(trial, trial->machine->state.fields[trial->field] ^ rows[i].bits);
}

void entry_values(const struct entry_machine *machine, enum entry_field field,
		  entry_value_t *try, void *context)
{
	struct trial trial = { machine, field, try, context };

	invert_bits(machine, field, try, context);
	if (field >= ID(guest_es_access_rights) && field <= ID(guest_tr_access_rights))
		try_access_rights(&trial);
	else if (field == ID(entry_interruption_information))
		try_events(&trial);
	else if (field == ID(vmcs_link_pointer))
		try_links(&trial);
	else if (field == ID(entry_msr_load_address))
		try_lists(&trial);
	else if (field == ID(exit_msr_store_address) || field == ID(exit_msr_load_address) ||
		 field == ID(pid_pointer_table_address))
		try_end_of_memory(&trial);
	else if (field == ID(guest_cr3))
		try_pdpts(&trial);
	else if (VMCS_WIDTH(entry_field_encoding(field)) == W16)
		try_value(&trial, 0);           /* a null selector */
	else
		try_bits_at_once(&trial);
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
