/* exit_defaults_test.c -- which fields of the VMCS each exit clears, and what is said if it did not
 * links: vmx/exit_defaults.c vmx/exit.c vmx/qualification.c kernel/print.c kernel/string.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/serial.h"
#include "vmx/capabilities.h"
#include "vmx/exit_defaults.h"

#define TEXT_SIZE 160                           /* enough for any text, says exit_default_holds() */

#define HARDWARE_EXCEPTION(vector) (0x80000300 | (vector))
#define NMI                        0x80000202
#define INTERRUPT                  0x80000041

/* The current VMCS. */
static struct {
	u64 interruption, idt_vectoring, entry_interruption, exit_controls;
} vmcs;

outcome_t vmread(u64 field, u64 *value)
{
	switch (field) {
	case EXIT_INTERRUPTION_INFORMATION:  *value = vmcs.interruption; break;
	case IDT_VECTORING_INFORMATION:      *value = vmcs.idt_vectoring; break;
	case ENTRY_INTERRUPTION_INFORMATION: *value = vmcs.entry_interruption; break;
	case EXIT_CONTROLS:                  *value = vmcs.exit_controls; break;
	default:                             fail_msg("nobody needs field %#lx", field);
	}
	return SUCCEEDED;
}

void vmcs_read_refused(enum vmcs_field field)
{
	fail_msg("field %#x was not refused", field);
	__builtin_unreachable();
}

void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
	fail_msg("what is wrong is told to the caller alone");
}

static void start(u64 interruption)
{
	memset(&vmcs, 0, sizeof(vmcs));
	vmcs.interruption = interruption;
}

/* What is said of the field after that exit; empty if it is as it should be. */
static const char *said(u32 reason, u64 qualification, enum exit_default which)
{
	static char text[TEXT_SIZE];
	const struct exit exit = { .reason_field = reason, .qualification = qualification };

	strcpy(text, "");
	assert_int_equal(exit_default_holds(&exit, which, text, sizeof(text)), !*text);
	return text;
}

/* --- The exit qualification ---------------------------------------------------------------- */

/* The exits that save one, in the order in which SDM vol. 3, "Basic VM-Exit Information", lists
 * them, without debug exceptions and page faults. */
static const u16 listed[] = {
	4,                              /* start-up IPIs */
	5,                              /* SMIs behind I/O instructions */
	9,                              /* task switches */
	50, 14, 58, 53,                 /* INVEPT, INVLPG, INVPCID, INVVPID */
	46,                             /* LGDT, LIDT, SGDT, SIDT */
	47,                             /* LLDT, LTR, SLDT, STR */
	19, 21, 22, 23, 25, 27,         /* VMCLEAR, VMPTRLD, VMPTRST, VMREAD, VMWRITE, VMXON */
	54,                             /* WBINVD, WBNOINVD */
	64, 63,                         /* XRSTORS, XSAVES */
	28, 29, 30, 36,                 /* control registers, MOV DR, I/O instructions, MWAIT */
	44, 48, 45, 56,                 /* APIC access, EPT violation, EOI, APIC write */
	62, 66, 75,                     /* log full, SPP-related event, instruction timeout */
};

/* These came later: each names an MSR there ("RDMSRLIST", "WRMSRLIST", "URDMSR" and "UWRMSR" in
 * volume 2, RDMSR and WRMSRNS with an immediate operand). */
static const u16 with_msr[] = { 78, 79, 80, 81, 84, 85 };

static bool is_among(const u16 *numbers, size_t count, u32 number)
{
	for (size_t i = 0; i < count; i++)
		if (numbers[i] == number)
			return true;
	return false;
}

static void only_the_exits_of_the_sdms_list_save_a_qualification(void **state)
{
	(void)state;
	for (u32 reason = 1; reason <= 85; reason++) {
		bool saves = is_among(listed, COUNT(listed), reason) ||
			     is_among(with_msr, COUNT(with_msr), reason);
		bool failed = reason == 33 || reason == 34 || reason == 41;

		start(0);
		if (!exit_name(reason))
			continue;
		assert_string_equal(said(reason, 0, DEFAULT_QUALIFICATION), "");
		if (!*said(reason, 1, DEFAULT_QUALIFICATION) != (saves || failed))
			fail_msg("reason %u", reason);
	}
}

static void a_qualification_that_should_be_cleared_is_told(void **state)
{
	(void)state;
	start(0);
	assert_string_equal(said(49, 0x181, DEFAULT_QUALIFICATION),
			    "qualification is 0x181, but the SDM clears it for ept_misconfig");
}

/* Of the vectors, 7 saves one if IA32_XFD disabled the feature. */
static void of_exceptions_debug_exceptions_and_page_faults_save_one(void **state)
{
	(void)state;
	for (u32 vector = 0; vector < 32; vector++) {
		bool open = vector == 1 || vector == 14 || vector == 7;

		start(HARDWARE_EXCEPTION(vector));
		if (!*said(0, BIT(14), DEFAULT_QUALIFICATION) != open)
			fail_msg("vector %u", vector);
	}
}

/* It can name the source of the NMI. */
static void the_qualification_of_an_nmi_is_left_open(void **state)
{
	(void)state;
	start(NMI);
	assert_string_equal(said(0, BIT(2), DEFAULT_QUALIFICATION), "");
}

/* --- Interruption information -------------------------------------------------------------- */

static void only_vectored_events_have_interruption_information(void **state)
{
	(void)state;
	for (u32 reason = 2; reason <= 85; reason++) {
		bool failed = reason == 33 || reason == 34 || reason == 41;

		start(HARDWARE_EXCEPTION(14));
		if (exit_name(reason) && !*said(reason, 0, DEFAULT_INTERRUPTION) != failed)
			fail_msg("reason %u", reason);
	}
	start(HARDWARE_EXCEPTION(14));
	assert_string_equal(said(48, 0, DEFAULT_INTERRUPTION),
			    "EXIT_INTERRUPTION_INFORMATION is 0x8000030e, but the SDM clears its "
			    "bit 31 for ept_violation");
	assert_string_equal(said(0, 0, DEFAULT_INTERRUPTION), "");
	start(0x30e);
	assert_string_equal(said(48, 0, DEFAULT_INTERRUPTION), "");
	assert_string_equal(said(0, 0, DEFAULT_INTERRUPTION),
			    "EXIT_INTERRUPTION_INFORMATION is 0x30e, but the SDM sets its bit 31 "
			    "for exception_or_nmi");
}

static void an_interrupt_is_described_if_it_was_acknowledged(void **state)
{
	(void)state;
	start(INTERRUPT);
	assert_string_not_equal(said(1, 0, DEFAULT_INTERRUPTION), "");
	vmcs.exit_controls = VM_EXIT_acknowledge_interrupt;
	assert_string_equal(said(1, 0, DEFAULT_INTERRUPTION), "");
	vmcs.interruption = 0;
	assert_string_not_equal(said(1, 0, DEFAULT_INTERRUPTION), "");
}

static void idt_vectoring_information_tells_of_an_event_in_delivery(void **state)
{
	(void)state;
	start(0);
	vmcs.idt_vectoring = 0x306;
	assert_string_equal(said(48, 0, DEFAULT_IDT_VECTORING), "");
	vmcs.idt_vectoring = HARDWARE_EXCEPTION(6);
	assert_string_equal(said(48, 0, DEFAULT_IDT_VECTORING),
			    "IDT_VECTORING_INFORMATION is 0x80000306, but the SDM clears its bit "
			    "31 for ept_violation unless an event was being delivered");
}

static void an_exit_ends_the_injection(void **state)
{
	(void)state;
	start(0);
	vmcs.entry_interruption = 0x306;
	assert_string_equal(said(10, 0, DEFAULT_ENTRY_INTERRUPTION), "");
	vmcs.entry_interruption = HARDWARE_EXCEPTION(6);
	assert_string_equal(said(10, 0, DEFAULT_ENTRY_INTERRUPTION),
			    "ENTRY_INTERRUPTION_INFORMATION is 0x80000306, but the SDM clears its "
			    "bit 31 for cpuid");
}

/* --- The exit reason ----------------------------------------------------------------------- */

/* SDM vol. 3, table "Format of Exit Reason": these are defined, each for a feature of its own. */
static void reserved_bits_of_the_exit_reason_are_cleared(void **state)
{
	(void)state;
	start(0);
	for (u32 bit = 16; bit < 32; bit++)
		if (!*said(10 | 1u << bit, 0, DEFAULT_REASON) != (bit >= 25 && bit <= 27))
			fail_msg("bit %u", bit);
	assert_string_equal(said(0x1000a, 0, DEFAULT_REASON),
			    "EXIT_REASON is 0x1000a, but the SDM clears its bit 16 for cpuid");
}

static void a_failed_entry_sets_bit_31_and_leaves_the_other_fields_alone(void **state)
{
	static const u16 failed[] = { 33, 34, 41 };

	(void)state;
	start(HARDWARE_EXCEPTION(6));
	vmcs.idt_vectoring = vmcs.entry_interruption = HARDWARE_EXCEPTION(6);
	for (size_t i = 0; i < COUNT(failed); i++) {
		for (enum exit_default which = 0; which < EXIT_DEFAULTS; which++)
			assert_string_equal(said(failed[i] | 1u << 31, 2, which), "");
		assert_string_not_equal(said(failed[i], 0, DEFAULT_REASON), "");
		assert_string_not_equal(said(failed[i] | 0x80010000, 0, DEFAULT_REASON), "");
	}
	assert_string_equal(said(33, 0, DEFAULT_REASON),
			    "EXIT_REASON is 0x21, but the SDM sets its bit 31 for "
			    "invalid_guest_state");
}

static void a_refused_entry_leaves_all_fields_alone(void **state)
{
	static const u16 errors[] = { 7, 8, 26 };

	(void)state;
	start(HARDWARE_EXCEPTION(6));
	vmcs.idt_vectoring = vmcs.entry_interruption = HARDWARE_EXCEPTION(6);
	for (size_t i = 0; i < COUNT(errors); i++)
		for (enum exit_default which = 0; which < EXIT_DEFAULTS; which++)
			assert_string_equal(said(EXIT_REFUSED(errors[i]), 1, which), "");
}

/* --- The texts ----------------------------------------------------------------------------- */

/* The longest value for the longest name. */
static void the_longest_text_fits(void **state)
{
	size_t longest = 0;

	(void)state;
	for (u32 reason = 0; reason <= 85; reason++)
		for (enum exit_default which = 0; exit_name(reason) && which < EXIT_DEFAULTS;
		     which++) {
			size_t length;

			start(0xffffffff);
			vmcs.idt_vectoring = vmcs.entry_interruption = 0xffffffff;
			length = strlen(said(reason | 0xffff0000, ~0ul, which));
			longest = length > longest ? length : longest;
		}
	if (longest < 90 || longest >= TEXT_SIZE - 1)
		fail_msg("the longest text has %zu characters", longest);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_exits_of_the_sdms_list_save_a_qualification),
		cmocka_unit_test(a_qualification_that_should_be_cleared_is_told),
		cmocka_unit_test(of_exceptions_debug_exceptions_and_page_faults_save_one),
		cmocka_unit_test(the_qualification_of_an_nmi_is_left_open),
		cmocka_unit_test(only_vectored_events_have_interruption_information),
		cmocka_unit_test(an_interrupt_is_described_if_it_was_acknowledged),
		cmocka_unit_test(idt_vectoring_information_tells_of_an_event_in_delivery),
		cmocka_unit_test(an_exit_ends_the_injection),
		cmocka_unit_test(reserved_bits_of_the_exit_reason_are_cleared),
		cmocka_unit_test(a_failed_entry_sets_bit_31_and_leaves_the_other_fields_alone),
		cmocka_unit_test(a_refused_entry_leaves_all_fields_alone),
		cmocka_unit_test(the_longest_text_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
