/* exit_details_test.c -- what VM exits tell, in the words of the report
 * links: vmx/exit_details.c vmx/operands.c vmx/qualification.c vmx/qualification_text.c
 * links: kernel/msr_name.c kernel/print.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drivers/serial.h"
#include "vmx/exit.h"
#include "vmx/exit_details.h"

void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
}

#define KNOWN .has_qualification = true, .has_instruction = true, .has_registers = true

static const struct { struct exit_facts facts; const char *text; } rows[] = {
	{ { EXIT_task_switch, KNOWN, .qualification = 0x80000028 }, " selector=0x28 source=jmp" },
	{ { EXIT_task_switch, KNOWN, .qualification = 0x00000028 }, " selector=0x28 source=call" },
	{ { EXIT_task_switch, KNOWN, .qualification = 0x40000028 }, " selector=0x28 source=iret" },
	{ { EXIT_task_switch, KNOWN, .qualification = 0xc0000028 },
	  " selector=0x28 source=task_gate" },
	{ { EXIT_apic_access, KNOWN, .qualification = 0x10300 }, " offset=0x300 kind=read" },
	{ { EXIT_apic_access, KNOWN, .qualification = 0x1300 }, " offset=0x300 kind=write" },
	{ { EXIT_apic_access, KNOWN, .qualification = 0x2300 }, " offset=0x300 kind=fetch" },
	{ { EXIT_apic_access, KNOWN, .qualification = 0x3300 },
	  " offset=0x300 kind=event_delivery" },
	{ { EXIT_apic_access, KNOWN, .qualification = 0xa000 },
	  " offset=0 kind=physical_event_delivery" },
	{ { EXIT_apic_access, KNOWN, .qualification = 0xf000 }, " offset=0 kind=physical" },
	{ { EXIT_apic_access, KNOWN, .qualification = 0x5000 }, " offset=0 kind=0x5" },
	{ { EXIT_apic_write, KNOWN, .qualification = 0x1350 }, " offset=0x350" },
	{ { EXIT_virtualized_eoi, KNOWN, .qualification = 0x131 }, " vector=0x31" },
	{ { EXIT_sipi, KNOWN, .qualification = 0x7 }, " vector=0x7" },
	{ { EXIT_invlpg, KNOWN, .qualification = 0x123456 }, " address=0x123456" },
	{ { EXIT_spp_event, KNOWN, .qualification = 0x800 }, " cause=miss" },
	{ { EXIT_spp_event, KNOWN }, " cause=misconfiguration" },
	{ { EXIT_rdmsr, KNOWN, .rcx = 0xab0000001b }, " msr=IA32_APIC_BASE(0x1b)" },
	{ { EXIT_wrmsr, KNOWN, .rcx = 0xc0000080, .rdx = 0xff00000001, .rax = 0xff00000d01 },
	  " msr=IA32_EFER(0xc0000080) value=0x100000d01" },
	{ { EXIT_wrmsr, KNOWN, .rcx = 0x4000ffff }, " msr=0x4000ffff value=0" },
	{ { EXIT_xsetbv, KNOWN, .rcx = 1, .rax = 7 }, " xcr=0x1 value=0x7" },
	{ { EXIT_cpuid, KNOWN, .rax = 0xff00000007, .rcx = 2 }, " leaf=0x7 subleaf=0x2" },
	{ { EXIT_mwait, KNOWN, .rax = 0x20, .rcx = 1, .qualification = 1 },
	  " hints=0x20 extensions=0x1 armed=0x1" },
	{ { EXIT_monitor, KNOWN, .rax = 0x100000000, .rcx = 1, .rdx = 2 },
	  " address=0x100000000 extensions=0x1 hints=0x2" },
	{ { EXIT_msr_loading, KNOWN, .qualification = 3 }, " msr_entry=0x3" },
	{ { EXIT_invalid_guest_state, KNOWN, .qualification = 4 }, " qualification=0x4" },
	{ { EXIT_cr_access, KNOWN, .qualification = 0x90070 }, " lmsw 0x9 of memory" },
	{ { EXIT_cr_access, KNOWN, .qualification = 0x90030 }, " lmsw 0x9" },
	{ { EXIT_mov_dr, KNOWN, .qualification = 0x116 }, " mov rcx, dr6" },
	{ { EXIT_io_instruction, KNOWN, .qualification = 0x600048 },
	  " port=0x60 size=1 direction=in immediate" },
	{ { EXIT_io_instruction, KNOWN, .qualification = 0x1f00031, .instruction = 0x18100 },
	  " port=0x1f0 size=2 direction=out string rep outs [rsi]" },
	{ { EXIT_rdrand, KNOWN, .instruction = 0x1018 }, " rdrand rbx" },
	{ { EXIT_xsaves, KNOWN, .instruction = 0x0c418100, .qualification = 0x40,
	    .rdx = 1, .rax = 2 },
	  " xsaves [0x40] components=0x100000002" },
	{ { EXIT_hlt, KNOWN, .qualification = 5 }, "" },
	/* What is not known is not told. */
	{ { EXIT_wrmsr, .has_qualification = true }, "" },
	{ { EXIT_task_switch, .has_registers = true }, "" },
	{ { EXIT_cr_access, .has_registers = true }, "" },
	{ { EXIT_vmclear, .has_qualification = true }, "" },
	{ { EXIT_vmclear, .has_instruction = true, .instruction = 0x00418100 }, "" },
	{ { EXIT_rdseed, .has_instruction = true, .instruction = 0x1018 }, " rdseed rbx" },
};

static void an_exit_tells_its_details(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char room[120] = "";
		struct text text = TEXT_IN(room);

		exit_details_text(&text, &rows[i].facts);
		assert_string_equal(room, rows[i].text);
	}
}

/* These have lines of their own, or the SDM does not say what theirs means. */
static bool is_told_elsewhere(u32 reason)
{
	return reason == EXIT_ept_violation || reason == EXIT_pml_full || reason == EXIT_wbinvd ||
	       reason == EXIT_machine_check_entry || reason == EXIT_rdmsrlist ||
	       reason == EXIT_wrmsrlist;
}

static void each_qualification_that_is_saved_is_told(void **state)
{
	static const struct { u16 reason; const char *qualification; } exits[] = {
#define EXIT(number, name, qualification, text) { (u16)(number), #qualification },
#include "vmx/exits.def"
#undef EXIT
	};

	(void)state;
	for (size_t i = 0; i < COUNT(exits); i++) {
		struct exit_facts facts = { exits[i].reason, KNOWN, .qualification = 1,
					    .instruction = 0x18100 };
		char room[120] = "";

		exit_details_text(&TEXT_IN(room), &facts);
		if (*exits[i].qualification == 's' && !is_told_elsewhere(exits[i].reason) && !*room)
			fail_msg("exit %u tells nothing", exits[i].reason);
	}
}

static void a_detail_is_found_by_its_name(void **state)
{
	struct exit_facts facts = { EXIT_task_switch, KNOWN, .qualification = 0x80000028 };

	(void)state;
	assert_int_equal(exit_detail(&facts, "selector"), 0x28);
	assert_int_equal(exit_detail(&facts, "source"), 2);
	assert_int_equal(exit_detail(&facts, "offset"), 0);
	facts.reason = EXIT_apic_access;
	assert_int_equal(exit_detail(&facts, "selector"), 0);
	assert_int_equal(exit_detail(&facts, "offset"), 0x28);
}

/* SDM vol. 3, table "Exit Qualification for Debug Exceptions". */
static void a_debug_exception_tells_its_causes(void **state)
{
	char room[40];

	(void)state;
	debug_cause_text(&TEXT_IN(room), 0x1280f);
	assert_string_equal(room, "B0|B1|B2|B3|BLD|BD|RTM");
	debug_cause_text(&TEXT_IN(room), 0x4002);
	assert_string_equal(room, "B1|BS");
	debug_cause_text(&TEXT_IN(room), 0x1ff0);
	assert_string_equal(room, "BLD");
	debug_cause_text(&TEXT_IN(room), 0);
	assert_string_equal(room, "none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_exit_tells_its_details),
		cmocka_unit_test(each_qualification_that_is_saved_is_told),
		cmocka_unit_test(a_detail_is_found_by_its_name),
		cmocka_unit_test(a_debug_exception_tells_its_causes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
