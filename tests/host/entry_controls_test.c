/* entry_controls_test.c -- the model's rules of VM entry about the controls, against the SDM
 * (vol. 3, "Checks on VMX Controls")
 * links: tests/model/vm_entry.c tests/model/entry_rules.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/host/entry_twist.h"

#define BEYOND_WIDTH BITS(63, WORLD_WIDTH)

/* --- Each bit of an address --- */

#define STRUCTURE(name, field, high, unused, ...) \
	{ OF_FIELD(field, 64), { __VA_ARGS__ }, { unused }, \
	  { { BITS(high, 0), RULE(name##_misaligned) }, \
	    { BEYOND_WIDTH, RULE(name##_beyond_width) } } }
#define OF_PRIMARY(name, field, control) \
	STRUCTURE(name, field, 11, OFF(PRIMARY, control), ON(PRIMARY, control))
#define OF_SECONDARY(name, field, control) \
	STRUCTURE(name, field, 11, OFF(SECONDARY, control), ON(SECONDARY, control)), \
	STRUCTURE(name, field, 11, OFF(PRIMARY, activate_secondary_controls), \
		  ON(SECONDARY, control))
#define MSR_LIST(list) \
	STRUCTURE(list, list##_address, 3, SET(list##_count, 0), SET(list##_count, 1))

#define TPR_SHADOW ON(PRIMARY, use_tpr_shadow)
#define TERTIARY_ON ON(PRIMARY, activate_tertiary_controls)
#define INTERRUPT_DELIVERY \
	TPR_SHADOW, ON(SECONDARY, virtual_interrupt_delivery), \
	ON(PIN_BASED, external_interrupt_exiting)
#define POSTED_INTERRUPTS \
	INTERRUPT_DELIVERY, ON(PIN_BASED, process_posted_interrupts), \
	ON(EXIT, acknowledge_interrupt)
#define APIC_TIMER \
	INTERRUPT_DELIVERY, TERTIARY_ON, ON(TERTIARY, apic_timer_virtualization)
#define SWITCHING ON(SECONDARY, enable_vm_functions), SET(vm_function_controls, 1)
#define HLAT TERTIARY_ON, ON(TERTIARY, enable_hlat)
#define IPI TPR_SHADOW, TERTIARY_ON, ON(TERTIARY, ipi_virtualization)

static const struct flips flips[] = {
	OF_PRIMARY(io_bitmap_a, io_bitmap_a, use_io_bitmaps),
	OF_PRIMARY(io_bitmap_b, io_bitmap_b, use_io_bitmaps),
	OF_PRIMARY(msr_bitmaps, msr_bitmaps, use_msr_bitmaps),
	OF_PRIMARY(virtual_apic, virtual_apic_address, use_tpr_shadow),
	OF_SECONDARY(apic_access, apic_access_address, virtualize_apic_accesses),
	OF_SECONDARY(pml_address, pml_address, enable_pml),
	OF_SECONDARY(sub_page_table, sub_page_permission_table_pointer,
		     sub_page_write_permissions),
	OF_SECONDARY(vmread_bitmap, vmread_bitmap_address, vmcs_shadowing),
	OF_SECONDARY(vmwrite_bitmap, vmwrite_bitmap_address, vmcs_shadowing),
	OF_SECONDARY(ve_information, virtualization_exception_information_address,
		     ept_violation_ve),
	OF_SECONDARY(low_pasid_directory, low_pasid_directory_address, pasid_translation),
	OF_SECONDARY(high_pasid_directory, high_pasid_directory_address, pasid_translation),
	STRUCTURE(eptp_list, eptp_list_address, 11, BITS_OFF(vm_function_controls, 1), SWITCHING),
	STRUCTURE(eptp_list, eptp_list_address, 11, OFF(SECONDARY, enable_vm_functions),
		  SWITCHING),
	STRUCTURE(posted_interrupt_descriptor, posted_interrupt_descriptor_address, 5,
		  OFF(PIN_BASED, process_posted_interrupts), POSTED_INTERRUPTS),
	STRUCTURE(pid_pointer_table, pid_pointer_table_address, 2,
		  OFF(TERTIARY, ipi_virtualization), IPI),
	STRUCTURE(pid_pointer_table, pid_pointer_table_address, 2,
		  OFF(PRIMARY, activate_tertiary_controls), IPI),
	MSR_LIST(exit_msr_store),
	MSR_LIST(exit_msr_load),
	MSR_LIST(entry_msr_load),
	{ OF_FIELD(ept_pointer, 64), NOTHING, { OFF(SECONDARY, enable_ept) },
	  { { BITS(2, 0), RULE(eptp_memory_type) }, { BITS(5, 3), RULE(eptp_walk_length) },
	    { BITS(11, 8), RULE(eptp_reserved_bits) },
	  { BEYOND_WIDTH, RULE(eptp_beyond_width) } } },
	{ OF_FIELD(ept_pointer, 64), { LACK(ept_vpid, BIT(21) | BIT(23)) },
	  { OFF(PRIMARY, activate_secondary_controls) },
	  { { BITS(2, 0), RULE(eptp_memory_type) }, { BITS(5, 3), RULE(eptp_walk_length) },
	    { BIT(6), RULE(eptp_accessed_dirty_not_offered) },
	    { BIT(7), RULE(eptp_shadow_stacks_not_offered) },
	    { BITS(11, 8), RULE(eptp_reserved_bits) },
	  { BEYOND_WIDTH, RULE(eptp_beyond_width) } } },
	{ OF_FIELD(hlat_pointer, 64), { HLAT }, { OFF(TERTIARY, enable_hlat) },
	  { { BITS(2, 0), RULE(hlatp_bits_2_0) }, { BITS(11, 5), RULE(hlatp_bits_11_5) },
	    { BEYOND_WIDTH, RULE(hlatp_beyond_width) } } },

	/* --- Each bit of a number or a word --- */

	{ OF_FIELD(vm_function_controls, 64), { ON(SECONDARY, enable_vm_functions) },
	  { OFF(SECONDARY, enable_vm_functions) },
	  { { BITS(63, 1), RULE(vm_function_bits_that_must_be_0) } } },
	{ OF_FIELD(tpr_threshold, 32), { TPR_SHADOW, BYTE_AT(0x4080, 0xf0) },
	  { OFF(PRIMARY, use_tpr_shadow) }, { { BITS(31, 4), RULE(tpr_threshold_bits_31_4) } } },
	{ OF_FIELD(tpr_threshold, 32), { INTERRUPT_DELIVERY }, NOTHING, NOTHING },
	{ OF_FIELD(posted_interrupt_notification_vector, 16), { POSTED_INTERRUPTS },
	  { OFF(PIN_BASED, process_posted_interrupts) },
	  { { BITS(15, 8), RULE(notification_vector_bits_15_8) } } },
	{ OF_FIELD(virtual_timer_vector, 16),
	  { APIC_TIMER },
	  { OFF(TERTIARY, apic_timer_virtualization) },
	  { { BITS(15, 8), RULE(virtual_timer_vector_bits_15_8) } } },
	{ OF_FIELD(cr3_target_count, 32), NOTHING, NOTHING,
	  { { BITS(31, 3), RULE(cr3_target_count) } } },
	{ OF_FIELD(virtual_processor_identifier, 16), { SET(virtual_processor_identifier, 0x8001) },
	  { OFF(SECONDARY, enable_vpid) }, NOTHING },
	{ OF_FIELD(secondary_controls, 32), { OFF(PRIMARY, activate_secondary_controls) }, NOTHING,
	  NOTHING },
	{ OF_FIELD(tertiary_controls, 64), NOTHING, NOTHING, NOTHING },
	{ OF_FIELD(secondary_exit_controls, 64), NOTHING, NOTHING, NOTHING },
	{ OF_FIELD(hlat_prefix_size, 16), { HLAT }, NOTHING, NOTHING },
	{ OF_FIELD(exit_msr_store_count, 32), { SET(exit_msr_store_address, 0) },
	  NOTHING, NOTHING },
};

/* --- Controls and numbers --- */

#define ALL(field) SET(field, ~0ul)
#define SECONDARY_OF(control) ON(SECONDARY, control)
#define TERTIARY_OF(control) TERTIARY_ON, ON(TERTIARY, control)
#define EPT_OFF OFF(SECONDARY, enable_ept)
#define NEEDS_EPT(rule, word, control) \
	{ RULE(rule##_without_ept), { word##_OF(control) }, { EPT_OFF }, NOTHING }, \
	{ RULE(rule##_without_ept), { EPT_OFF }, { word##_OF(control) }, NOTHING }
#define LAST_PAGE (BIT(WORLD_WIDTH) - PAGE_SIZE)
#define LIST_END(list) \
	{ RULE(list##_ends_beyond_width), { SET(list##_address, LAST_PAGE) }, \
	  { SET(list##_count, 257) }, { SET(list##_count, 256) } }, \
	{ RULE(list##_ends_beyond_width), { SET(list##_address, BIT(WORLD_WIDTH) - 16) }, \
	  { SET(list##_count, 2) }, { SET(list##_count, 1) } }, \
	{ RULE(list##_ends_beyond_width), { SET(list##_address, BIT(WORLD_WIDTH) - 16) }, \
	  { SET(list##_count, BIT(32) - 1) }, { SET(list##_count, 0) } }, \
	{ RULE(list##_beyond_width), { SET(list##_count, 1) }, \
	  { SET(list##_address, ~15ul) }, { SET(list##_address, BIT(WORLD_WIDTH) - 16) } }
#define THRESHOLD(value) SET(tpr_threshold, value)
#define VTPR(value) BYTE_AT(0x4080, value)
#define APIC_ACCESSES ON(SECONDARY, virtualize_apic_accesses)
#define X2APIC ON(SECONDARY, virtualize_x2apic_mode)
#define PT_GUEST_PHYSICAL \
	ON(SECONDARY, pt_uses_guest_physical), ON(ENTRY, load_rtit_ctl), ON(EXIT, clear_rtit_ctl)
#define SHADOW_OFF OFF(PRIMARY, use_tpr_shadow)

static const struct twist twists[] = {
	{ RULE(pin_based_bits_that_must_be_1), NOTHING, { BITS_OFF(pin_based_controls, BIT(1)) },
	  { LACK(pin_based, BIT(1)), BITS_OFF(pin_based_controls, BIT(1)) } },
	{ RULE(pin_based_bits_that_must_be_0), NOTHING, { BITS_ON(pin_based_controls, BIT(31)) },
	  { OFFER(pin_based, BIT(63)), BITS_ON(pin_based_controls, BIT(31)) } },
	{ RULE(primary_bits_that_must_be_1), NOTHING, { BITS_OFF(primary_controls, BIT(26)) },
	  { LACK(primary, BIT(26)), BITS_OFF(primary_controls, BIT(26)) } },
	{ RULE(primary_bits_that_must_be_0), NOTHING, { BITS_ON(primary_controls, BIT(0)) },
	  { OFFER(primary, BIT(32)), BITS_ON(primary_controls, BIT(0)) } },
	{ RULE(primary_bits_that_must_be_0), { LACK(primary, BIT(63)), SET(secondary_controls, 0) },
	  { ALL(secondary_controls) }, { OFF(PRIMARY, activate_secondary_controls) } },
	{ RULE(primary_bits_that_must_be_0), { LACK(primary, BIT(49)), ALL(tertiary_controls) },
	  { TERTIARY_ON }, NOTHING },
	{ RULE(secondary_bits_that_must_be_0), { LACK(secondary, BIT(63)) },
	  { BITS_ON(secondary_controls, BIT(31)) },
	  { BITS_ON(secondary_controls, BIT(31)), OFFER(secondary, BIT(63)) } },
	{ RULE(tertiary_bits_that_must_be_0), { SET(tertiary_controls, BIT(63)) }, { TERTIARY_ON },
	  { TERTIARY_ON, OFFER(tertiary, BIT(63)) } },
	{ RULE(exit_bits_that_must_be_1), NOTHING, { BITS_OFF(exit_controls, BIT(0)) },
	  { LACK(exit, BIT(0)), BITS_OFF(exit_controls, BIT(0)) } },
	{ RULE(exit_bits_that_must_be_0), { LACK(exit, BIT(61)) }, { ON(EXIT, load_pkrs) },
	  { OFFER(exit, BIT(61)), ON(EXIT, load_pkrs) } },
	{ RULE(exit_bits_that_must_be_0), { LACK(exit, BIT(63)), ALL(secondary_exit_controls) },
	  { ON(EXIT, activate_secondary_controls) }, NOTHING },
	{ RULE(secondary_exit_bits_that_must_be_0), { SET(secondary_exit_controls, BIT(63)) },
	  { ON(EXIT, activate_secondary_controls) },
	  { ON(EXIT, activate_secondary_controls), OFFER(secondary_exit, BIT(63)) } },
	{ RULE(entry_bits_that_must_be_1), NOTHING, { BITS_OFF(entry_controls, BIT(12)) },
	  { LACK(entry, BIT(12)), BITS_OFF(entry_controls, BIT(12)) } },
	{ RULE(entry_bits_that_must_be_0), NOTHING, { BITS_ON(entry_controls, BIT(31)) },
	  { OFFER(entry, BIT(63)), BITS_ON(entry_controls, BIT(31)) } },
	{ RULE(vm_function_bits_that_must_be_0), { ON(SECONDARY, enable_vm_functions) },
	  { SET(vm_function_controls, 2) },
	  { SET(vm_function_controls, 2), OFFER(vm_functions, 2) } },
	{ RULE(vm_function_bits_that_must_be_0), { SET(vm_function_controls, BIT(63)) },
	  { ON(SECONDARY, enable_vm_functions) },
	  { ON(SECONDARY, enable_vm_functions), OFF(PRIMARY, activate_secondary_controls) } },

	{ RULE(virtual_nmis_without_nmi_exiting), NOTHING, { ON(PIN_BASED, virtual_nmis) },
	  { ON(PIN_BASED, virtual_nmis), ON(PIN_BASED, nmi_exiting) } },
	{ RULE(nmi_window_without_virtual_nmis), { ON(PIN_BASED, nmi_exiting) },
	  { ON(PRIMARY, nmi_window_exiting) },
	  { ON(PRIMARY, nmi_window_exiting), ON(PIN_BASED, virtual_nmis) } },
	{ RULE(x2apic_mode_without_tpr_shadow), NOTHING, { X2APIC }, { X2APIC, TPR_SHADOW } },
	{ RULE(apic_registers_without_tpr_shadow), NOTHING,
	  { ON(SECONDARY, apic_register_virtualization) },
	  { ON(SECONDARY, apic_register_virtualization), TPR_SHADOW } },
	{ RULE(interrupt_delivery_without_tpr_shadow), { INTERRUPT_DELIVERY }, { SHADOW_OFF },
	  NOTHING },
	{ RULE(ipi_virtualization_without_tpr_shadow), { IPI }, { SHADOW_OFF }, NOTHING },
	{ RULE(x2apic_mode_with_apic_accesses), { TPR_SHADOW, X2APIC }, { APIC_ACCESSES },
	  NOTHING },
	{ RULE(x2apic_mode_with_apic_accesses), { TPR_SHADOW, APIC_ACCESSES }, { X2APIC },
	  NOTHING },
	{ RULE(interrupt_delivery_without_interrupt_exiting), { INTERRUPT_DELIVERY },
	  { OFF(PIN_BASED, external_interrupt_exiting) }, NOTHING },
	{ RULE(posted_interrupts_without_interrupt_delivery), { POSTED_INTERRUPTS },
	  { OFF(SECONDARY, virtual_interrupt_delivery) }, NOTHING },
	{ RULE(posted_interrupts_without_acknowledge), { POSTED_INTERRUPTS },
	  { OFF(EXIT, acknowledge_interrupt) }, NOTHING },
	{ RULE(apic_timer_without_interrupt_delivery), { APIC_TIMER },
	  { OFF(SECONDARY, virtual_interrupt_delivery) }, NOTHING },
	{ RULE(apic_timer_with_rdtsc_exiting), { APIC_TIMER }, { ON(PRIMARY, rdtsc_exiting) },
	  NOTHING },
	{ RULE(apic_timer_with_rdtsc_exiting), { ON(PRIMARY, rdtsc_exiting) }, { APIC_TIMER },
	  { INTERRUPT_DELIVERY } },
	{ RULE(pt_guest_physical_without_load), { PT_GUEST_PHYSICAL },
	  { OFF(ENTRY, load_rtit_ctl) }, NOTHING },
	{ RULE(pt_guest_physical_without_clear), { PT_GUEST_PHYSICAL },
	  { OFF(EXIT, clear_rtit_ctl) },
	  { OFF(EXIT, clear_rtit_ctl), OFF(SECONDARY, pt_uses_guest_physical) } },
	{ RULE(save_preemption_timer_without_timer), NOTHING, { ON(EXIT, save_preemption_timer) },
	  { ON(EXIT, save_preemption_timer), ON(PIN_BASED, activate_preemption_timer) } },
	{ RULE(entry_to_smm_outside_smm), NOTHING, { ON(ENTRY, entry_to_smm) }, NOTHING },
	{ RULE(deactivate_dual_monitor_outside_smm), NOTHING,
	  { ON(ENTRY, deactivate_dual_monitor) }, NOTHING },

	NEEDS_EPT(pml, SECONDARY, enable_pml),
	NEEDS_EPT(unrestricted_guest, SECONDARY, unrestricted_guest),
	NEEDS_EPT(mode_based_execute, SECONDARY, mode_based_execute),
	NEEDS_EPT(sub_page_write, SECONDARY, sub_page_write_permissions),
	{ RULE(pt_guest_physical_without_ept), { PT_GUEST_PHYSICAL }, { EPT_OFF }, NOTHING },
	NEEDS_EPT(pebs_guest_physical, TERTIARY, pebs_uses_guest_physical),
	NEEDS_EPT(hlat, TERTIARY, enable_hlat),
	NEEDS_EPT(paging_write, TERTIARY, ept_paging_write),
	NEEDS_EPT(guest_paging_verification, TERTIARY, guest_paging_verification),
	{ RULE(eptp_switching_without_ept), { SWITCHING }, { EPT_OFF }, NOTHING },
	{ RULE(eptp_switching_without_ept), { SWITCHING, EPT_OFF }, NOTHING,
	  { SET(vm_function_controls, 0) } },

	{ RULE(eptp_memory_type), NOTHING, { SET(ept_pointer, 0x601d) },
	  { SET(ept_pointer, 0x6018) } },
	{ RULE(eptp_memory_type), { LACK(ept_vpid, BIT(8)) }, { SET(ept_pointer, 0x6018) },
	  NOTHING },
	{ RULE(eptp_memory_type), { LACK(ept_vpid, BIT(14)) },
	  NOTHING, { SET(ept_pointer, 0x6018) } },
	{ RULE(eptp_walk_length), NOTHING, { SET(ept_pointer, 0x6026) },
	  { SET(ept_pointer, 0x6026), OFFER(ept_vpid, BIT(7)) } },
	{ RULE(eptp_walk_length), { LACK(ept_vpid, BIT(6)) }, NOTHING,
	  { SET(ept_pointer, 0x6026), OFFER(ept_vpid, BIT(7)) } },

	{ RULE(cr3_target_count), NOTHING, { SET(cr3_target_count, 5) },
	  { SET(cr3_target_count, 4) } },
	{ RULE(cr3_target_count), { OFFER(misc, BITS(24, 16)) }, { SET(cr3_target_count, 512) },
	  { SET(cr3_target_count, 511) } },
	{ RULE(cr3_target_count), { LACK(misc, BITS(24, 16)) }, { SET(cr3_target_count, 1) },
	  { SET(cr3_target_count, 0) } },
	{ RULE(tpr_threshold_bits_31_4), { TPR_SHADOW, APIC_ACCESSES }, { THRESHOLD(0x10) },
	  { THRESHOLD(15) } },
	{ RULE(tpr_threshold_above_vtpr), { TPR_SHADOW }, { THRESHOLD(1), VTPR(0x0f) },
	  { THRESHOLD(1), VTPR(0x10) } },
	{ RULE(tpr_threshold_above_vtpr), { TPR_SHADOW }, { THRESHOLD(15), VTPR(0xef) },
	  { THRESHOLD(15), VTPR(0xf0) } },
	{ RULE(tpr_threshold_above_vtpr), { TPR_SHADOW, THRESHOLD(1) },
	  NOTHING, { APIC_ACCESSES } },
	{ RULE(tpr_threshold_above_vtpr), { TPR_SHADOW, THRESHOLD(1) }, NOTHING,
	  { INTERRUPT_DELIVERY } },
	{ RULE(tpr_threshold_above_vtpr), { TPR_SHADOW, THRESHOLD(1) }, NOTHING, { SHADOW_OFF } },
	{ RULE(tpr_threshold_above_vtpr), { TPR_SHADOW, THRESHOLD(1) }, NOTHING,
	  { SET(virtual_apic_address, BIT(40)) } },
	{ RULE(tpr_threshold_above_vtpr), { TPR_SHADOW, SET(virtual_apic_address, 0x5000) },
	  { THRESHOLD(1) }, { THRESHOLD(1), BYTE_AT(0x5080, 0x10) } },
	{ RULE(virtual_apic_misaligned), { TPR_SHADOW, THRESHOLD(1) },
	  { SET(virtual_apic_address, 0x4800) }, { VTPR(0x10) } },
	{ RULE(vpid_0), NOTHING, { SET(virtual_processor_identifier, 0) },
	  { SET(virtual_processor_identifier, 0xffff) } },
	{ RULE(vpid_0), { SET(virtual_processor_identifier, 0) }, NOTHING,
	  { OFF(SECONDARY, enable_vpid) } },
	{ RULE(tsc_multiplier_0), { ON(SECONDARY, use_tsc_scaling) }, { SET(tsc_multiplier, 0) },
	  { SET(tsc_multiplier, 1) } },
	{ RULE(tsc_multiplier_0), { SET(tsc_multiplier, 0) }, { ON(SECONDARY, use_tsc_scaling) },
	  NOTHING },

	{ RULE(io_bitmap_a_beyond_width), NOTHING, { SET(io_bitmap_a, BIT(WORLD_WIDTH)) },
	  { SET(io_bitmap_a, LAST_PAGE) } },
	{ RULE(io_bitmap_b_beyond_width), { OFFER(basic, BIT(48)) }, { SET(io_bitmap_b, BIT(32)) },
	  { SET(io_bitmap_b, BIT(32) - PAGE_SIZE) } },
	{ RULE(pid_pointer_table_ends_beyond_width),
	  { IPI, SET(pid_pointer_table_address, LAST_PAGE) }, { SET(last_pid_pointer_index, 512) },
	  { SET(last_pid_pointer_index, 511) } },
	{ RULE(pid_pointer_table_ends_beyond_width),
	  { IPI, SET(pid_pointer_table_address, BIT(WORLD_WIDTH) - 8) },
	  { SET(last_pid_pointer_index, 1) }, { SET(last_pid_pointer_index, 0) } },
	{ RULE(pid_pointer_table_ends_beyond_width),
	  { IPI, SET(pid_pointer_table_address, LAST_PAGE), SET(last_pid_pointer_index, 0xffff) },
	  NOTHING, { OFF(PRIMARY, activate_tertiary_controls) } },
	LIST_END(exit_msr_store),
	LIST_END(exit_msr_load),
	LIST_END(entry_msr_load),
};

static const struct company companies[] = {
	{ RULE(entry_to_smm_with_deactivate_dual_monitor),
	  { ON(ENTRY, entry_to_smm), ON(ENTRY, deactivate_dual_monitor) },
	  { ON(ENTRY, entry_to_smm) } },
	{ RULE(entry_to_smm_with_deactivate_dual_monitor),
	  { ON(ENTRY, entry_to_smm), ON(ENTRY, deactivate_dual_monitor) },
	  { ON(ENTRY, deactivate_dual_monitor) } },
};

static struct twist_tables tables = {
	.twists = twists, .twist_count = COUNT(twists), .flips = flips, .flips_count = COUNT(flips),
	.companies = companies, .company_count = COUNT(companies),
};

static void the_world_violates_no_rule(void **state)
{
	(void)state;
	make_world();
	expect_only(NO_RULE, "the world", 0);
}

static void some_rules_are_broken_in_company_only(void **state)
{
	(void)state;
	try_companies(companies, COUNT(companies));
}

/* --- Each bit of the words of controls --- */

struct word {
	unsigned must_be_1, must_be_0;          /* the rules, the first one may be NO_RULE */
	unsigned field, bits;
	size_t capability;
	unsigned may_be_1;                      /* the lowest bit of that half */
	struct change before[2];
};

#define FIXED_WORD(name, field, member) \
	{ RULE(name##_bits_that_must_be_1), RULE(name##_bits_that_must_be_0), \
	  ENTRY_FIELD_##field, 32, offsetof(struct entry_processor, member), 32, NOTHING }
#define ACTIVATED_WORD(name, field, bits, member, may_be_1, ...) \
	{ NO_RULE, RULE(name##_bits_that_must_be_0), ENTRY_FIELD_##field, bits, \
	  offsetof(struct entry_processor, member), may_be_1, { __VA_ARGS__ } }

static const struct word words[] = {
	FIXED_WORD(pin_based, pin_based_controls, pin_based),
	FIXED_WORD(primary, primary_controls, primary),
	FIXED_WORD(exit, exit_controls, exit),
	FIXED_WORD(entry, entry_controls, entry),
	ACTIVATED_WORD(secondary, secondary_controls, 32, secondary, 32, { 0 }),
	ACTIVATED_WORD(tertiary, tertiary_controls, 64, tertiary, 0, TERTIARY_ON),
	ACTIVATED_WORD(secondary_exit, secondary_exit_controls, 64, secondary_exit, 0,
		       ON(EXIT, activate_secondary_controls)),
	ACTIVATED_WORD(vm_function, vm_function_controls, 64, vm_functions, 0,
		       ON(SECONDARY, enable_vm_functions)),
};

static u64 *capability_of(const struct word *word)
{
	make_world();
	change(word->before);
	return (u64 *)((char *)&processor + word->capability);
}

static void try_bit_that_must_be_1(const struct word *word, unsigned bit)
{
	*capability_of(word) |= BIT(bit) | BIT(32 + bit);
	world.fields[word->field] &= ~BIT(bit);
	assert_true(violates(word->must_be_1));
	world.fields[word->field] |= BIT(bit);
	assert_false(violates(word->must_be_1));
}

static void try_bit_that_must_be_0(const struct word *word, unsigned bit)
{
	*capability_of(word) &= ~BIT(word->may_be_1 + bit);
	world.fields[word->field] |= BIT(bit);
	assert_true(violates(word->must_be_0));
	world.fields[word->field] &= ~BIT(bit);
	assert_false(violates(word->must_be_0));
}

static void each_bit_of_a_word_is_as_the_processor_says(void **state)
{
	(void)state;
	for (unsigned i = 0; i < COUNT(words); i++)
		for (unsigned bit = 0; bit < words[i].bits; bit++) {
			if (words[i].must_be_1 != NO_RULE)
				try_bit_that_must_be_1(&words[i], bit);
			try_bit_that_must_be_0(&words[i], bit);
		}
}

static void a_page_that_nobody_can_read_breaks_no_rule(void **state)
{
	static const struct change changes[CHANGES] = { TPR_SHADOW, THRESHOLD(15) };

	(void)state;
	make_world();
	change(changes);
	expect_only(RULE(tpr_threshold_above_vtpr), "read", 1);
	world.fields[ENTRY_FIELD_virtual_apic_address] = sizeof(world_memory);
	expect_only(NO_RULE, "read", 0);
}

static void no_rule_names_a_field_twice(void **state)
{
	(void)state;
	for (unsigned rule = 0; rule < ENTRY_RULES; rule++) {
		const struct entry_rule_row *row = &entry_rule_rows[rule];

		for (unsigned i = 0; i < row->field_count; i++)
			for (unsigned k = 0; k < i; k++)
				if (row->fields[i] == row->fields[k])
					fail_msg("%s", row->name);
	}
}

/* Event injection has a test of its own. */
static bool is_about_controls(const struct entry_rule_row *row)
{
	return row->stage == ENTRY_STAGE_CONTROLS &&
	       strncmp(row->name, "injection_", strlen("injection_")) != 0;
}

static void each_rule_about_the_controls_is_broken_here(void **state)
{
	(void)state;
	expect_all_broken(&tables, is_about_controls);
}

static const struct CMUnitTest tests[] = {
	TESTS_OF_TABLES(&tables),
	cmocka_unit_test(the_world_violates_no_rule),
	cmocka_unit_test(some_rules_are_broken_in_company_only),
	cmocka_unit_test(each_bit_of_a_word_is_as_the_processor_says),
	cmocka_unit_test(a_page_that_nobody_can_read_breaks_no_rule),
	cmocka_unit_test(no_rule_names_a_field_twice),
	cmocka_unit_test(each_rule_about_the_controls_is_broken_here),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
