/* qualification_test.c -- exit qualifications taken apart as the SDM's tables say
 * links: vmx/qualification.c vmx/qualification_text.c kernel/print.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drivers/serial.h"
#include "vmx/exit.h"
#include "vmx/qualification_text.h"

void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
}

/* SDM vol. 3, table "Exit Qualification for I/O Instructions". */
static void an_io_access_has_port_size_and_direction(void **state)
{
	struct io_access out = io_access_decode(0x00800040), in = io_access_decode(0xcf80003bul);

	(void)state;
	assert_int_equal(out.port, 0x80);
	assert_int_equal(out.size, 1);
	assert_false(out.in || out.string || out.rep);
	assert_true(out.immediate && !in.immediate);
	assert_int_equal(in.port, 0xcf80);
	assert_int_equal(in.size, 4);
	assert_true(in.in && in.string && in.rep);
	assert_int_equal(io_access_decode(1).size, 2);
}

/* SDM vol. 3, table "Exit Qualification for Control-Register Accesses". */
static void a_control_register_access_names_both_registers(void **state)
{
	struct cr_access to = cr_access_decode(0x003), from = cr_access_decode(0xf18);
	struct cr_access lmsw = cr_access_decode(0x00010030);

	(void)state;
	assert_int_equal(to.kind, MOV_TO_CR);
	assert_int_equal(to.number, 3);
	assert_int_equal(to.general_register, 0);
	assert_int_equal(from.kind, MOV_FROM_CR);
	assert_int_equal(from.number, 8);
	assert_string_equal(general_register_name(from.general_register), "r15");
	assert_int_equal(cr_access_decode(0x20).kind, CLTS);
	assert_int_equal(lmsw.kind, LMSW);
	assert_int_equal(lmsw.lmsw_source, 1);
	assert_false(lmsw.in_memory);
	assert_true(cr_access_decode(0x00010070).in_memory);
}

/* SDM vol. 3, table "Exit Qualification for MOV DR". */
static void a_debug_register_access_has_number_and_direction(void **state)
{
	struct dr_access to = dr_access_decode(0x307), from = dr_access_decode(0x916);

	(void)state;
	assert_int_equal(to.number, 7);
	assert_false(to.from);
	assert_string_equal(general_register_name(to.general_register), "rbx");
	assert_int_equal(from.number, 6);
	assert_true(from.from);
	assert_string_equal(general_register_name(from.general_register), "r9");
}

/* SDM vol. 3, table "Format of the VM-Exit Interruption-Information Field". */
static void interruption_information_has_vector_type_and_error(void **state)
{
	struct interruption fault = interruption_decode(0x80000b0e);
	struct interruption none = interruption_decode(0x30e);

	(void)state;
	assert_int_equal(fault.vector, 14);
	assert_int_equal(fault.type, 3);
	assert_string_equal(event_type_text(fault.type), "hardware exception");
	assert_string_equal(event_type_text(1), "event of a reserved type");
	assert_true(fault.has_error && fault.valid);
	assert_false(fault.nmi_unblocking);
	assert_true(interruption_decode(0x8000130e).nmi_unblocking);
	assert_false(none.has_error || none.valid);
}

/* SDM vol. 3, figure "Page-Fault Error Code". */
static void the_error_code_of_a_page_fault_is_told_in_words(void **state)
{
	char room[40];

	(void)state;
	page_fault_error_text(&TEXT_IN(room), 0x1f);
	assert_string_equal(room, "present|write|user|reserved|fetch");
	page_fault_error_text(&TEXT_IN(room), 0x2);
	assert_string_equal(room, "write");
	page_fault_error_text(&TEXT_IN(room), 0x8000);
	assert_string_equal(room, "none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_io_access_has_port_size_and_direction),
		cmocka_unit_test(a_control_register_access_names_both_registers),
		cmocka_unit_test(a_debug_register_access_has_number_and_direction),
		cmocka_unit_test(the_error_code_of_a_page_fault_is_told_in_words),
		cmocka_unit_test(interruption_information_has_vector_type_and_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
