/* operands_test.c -- VM-exit instruction information, as the SDM's tables say
 * links: vmx/operands.c vmx/qualification.c kernel/print.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drivers/serial.h"
#include "vmx/exit.h"
#include "vmx/operands.h"

void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
}

#define SCALE(n)    ((n) << 0)
#define FIRST(n)    ((n) << 3)
#define SIZE(n)     ((n) << 7)                  /* of addresses: 0, 1, 2 */
#define OF_REGISTER (1u << 10)
#define WIDTH(n)    ((n) << 11)
#define SEGMENT(n)  ((n) << 15)
#define INDEX(n)    ((n) << 18)
#define NO_INDEX    (1u << 22)
#define BASE(n)     ((u32)(n) << 23)
#define NO_BASE     (1u << 27)
#define SECOND(n)   ((u32)(n) << 28)
#define DS          SEGMENT(3)

static const struct {
	u32 reason, information;
	u64 qualification;
	const char *text;
} rows[] = {
	/* which instruction it is */
	{ EXIT_gdtr_idtr_access, SECOND(0) | NO_BASE | NO_INDEX | DS | SIZE(2), 0, "sgdt [0]" },
	{ EXIT_gdtr_idtr_access, SECOND(1) | NO_BASE | NO_INDEX | DS | SIZE(2), 0, "sidt [0]" },
	{ EXIT_gdtr_idtr_access, SECOND(2) | NO_BASE | NO_INDEX | DS | SIZE(2), 8, "lgdt [0x8]" },
	{ EXIT_gdtr_idtr_access, SECOND(7) | NO_BASE | NO_INDEX | DS | SIZE(2), 8, "lidt [0x8]" },
	{ EXIT_ldtr_tr_access, SECOND(0) | OF_REGISTER | FIRST(0), 0, "sldt rax" },
	{ EXIT_ldtr_tr_access, SECOND(1) | OF_REGISTER | FIRST(9), 0, "str r9" },
	{ EXIT_ldtr_tr_access, SECOND(2) | BASE(3) | NO_INDEX | DS | SIZE(2), 0, "lldt [rbx]" },
	{ EXIT_ldtr_tr_access, SECOND(3) | OF_REGISTER | FIRST(15), 0, "ltr r15" },
	/* which operands it has, and in which order */
	{ EXIT_vmread, SECOND(1) | OF_REGISTER | FIRST(0), 0, "vmread rax, rcx" },
	{ EXIT_vmread, SECOND(1) | BASE(3) | NO_INDEX | DS | SIZE(2), 8, "vmread [rbx+0x8], rcx" },
	{ EXIT_vmwrite, SECOND(8) | OF_REGISTER | FIRST(7), 0, "vmwrite r8, rdi" },
	{ EXIT_vmwrite, SECOND(8) | BASE(6) | NO_INDEX | DS | SIZE(2), 0, "vmwrite r8, [rsi]" },
	{ EXIT_invept, SECOND(2) | BASE(0) | NO_INDEX | DS | SIZE(2), 0, "invept rdx, [rax]" },
	{ EXIT_invvpid, SECOND(2) | BASE(0) | NO_INDEX | DS | SIZE(2), 0, "invvpid rdx, [rax]" },
	{ EXIT_invpcid, SECOND(2) | BASE(0) | NO_INDEX | DS | SIZE(2), 0, "invpcid rdx, [rax]" },
	{ EXIT_vmclear, BASE(0) | NO_INDEX | DS | SIZE(2), 0, "vmclear [rax]" },
	{ EXIT_vmptrld, BASE(0) | NO_INDEX | DS | SIZE(2), 0, "vmptrld [rax]" },
	{ EXIT_vmptrst, BASE(0) | NO_INDEX | DS | SIZE(2), 0, "vmptrst [rax]" },
	{ EXIT_vmxon, BASE(0) | NO_INDEX | DS | SIZE(2), 0, "vmxon [rax]" },
	{ EXIT_xsaves, BASE(0) | NO_INDEX | DS | SIZE(2), 0, "xsaves [rax]" },
	{ EXIT_xrstors, BASE(0) | NO_INDEX | DS | SIZE(2), 0, "xrstors [rax]" },
	/* of which size a register is */
	{ EXIT_rdrand, WIDTH(0) | FIRST(1), 0, "rdrand cx" },
	{ EXIT_rdrand, WIDTH(0) | FIRST(14), 0, "rdrand r14w" },
	{ EXIT_rdseed, WIDTH(1) | FIRST(3), 0, "rdseed ebx" },
	{ EXIT_rdseed, WIDTH(2) | FIRST(3), 0, "rdseed rbx" },
	{ EXIT_umwait, WIDTH(1) | FIRST(12), 0, "umwait r12d" },
	{ EXIT_tpause, WIDTH(1) | FIRST(0), 0, "tpause eax" },
	/* where memory is */
	{ EXIT_vmclear, BASE(0) | INDEX(3) | SCALE(2) | SEGMENT(4) | SIZE(2), 0x10,
	  "vmclear [fs:rax+rbx*4+0x10]" },
	{ EXIT_vmclear, BASE(13) | INDEX(12) | SCALE(0) | SEGMENT(5) | SIZE(2), -0x10ul,
	  "vmclear [gs:r13+r12-0x10]" },
	{ EXIT_vmclear, BASE(4) | NO_INDEX | SCALE(3) | SEGMENT(2) | SIZE(2), 0, "vmclear [rsp]" },
	{ EXIT_vmclear, BASE(5) | NO_INDEX | DS | SIZE(2), 0, "vmclear [ds:rbp]" },
	{ EXIT_vmclear, BASE(0) | NO_INDEX | SEGMENT(0) | SIZE(2), 0, "vmclear [es:rax]" },
	{ EXIT_vmclear, BASE(0) | NO_INDEX | SEGMENT(7) | SIZE(2), 0, "vmclear [?:rax]" },
	{ EXIT_vmclear, NO_BASE | INDEX(1) | SCALE(3) | DS | SIZE(2), 0x7000,
	  "vmclear [rcx*8+0x7000]" },
	{ EXIT_vmclear, NO_BASE | NO_INDEX | DS | SIZE(2), -8ul, "vmclear [0xfffffffffffffff8]" },
	/* bits beyond the address size are not defined */
	{ EXIT_vmclear, BASE(9) | NO_INDEX | DS | SIZE(1), 0xabcdfffffff8, "vmclear [r9d-0x8]" },
	{ EXIT_vmclear, BASE(3) | INDEX(6) | DS | SIZE(0), 0xab7fff, "vmclear [bx+si+0x7fff]" },
	{ EXIT_vmclear, NO_BASE | NO_INDEX | DS | SIZE(0), 0xabfff0, "vmclear [0xfff0]" },
	{ EXIT_vmclear, BASE(0) | NO_INDEX | DS | SIZE(3), 0,
	  "vmclear [an address size that the SDM does not define]" },
};

static void operands_are_written_as_an_assembler_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct operands operands;
		char room[80];
		struct text text = TEXT_IN(room);

		assert_true(operands_decode(&operands, rows[i].reason, rows[i].information));
		operands_text(&text, &operands, rows[i].qualification);
		assert_string_equal(room, rows[i].text);
	}
}

static void a_displacement_is_signed_behind_a_register(void **state)
{
	struct operands operands;

	(void)state;
	operands_decode(&operands, EXIT_vmclear, BASE(3) | NO_INDEX | SIZE(0));
	assert_int_equal(operands_displacement(&operands, 0xabfff8), -8ul);
	operands_decode(&operands, EXIT_vmclear, NO_BASE | INDEX(3) | SIZE(1));
	assert_int_equal(operands_displacement(&operands, 0xfffffff8), -8ul);
	operands_decode(&operands, EXIT_vmclear, NO_BASE | NO_INDEX | SIZE(1));
	assert_int_equal(operands_displacement(&operands, 0xabfffffff8), 0xfffffff8);
	operands_decode(&operands, EXIT_vmclear, NO_BASE | NO_INDEX | SIZE(2));
	assert_int_equal(operands_displacement(&operands, 0xabfffffff8), 0xabfffffff8);
}

static void other_exits_have_no_operands(void **state)
{
	struct operands operands;

	(void)state;
	assert_false(operands_decode(&operands, EXIT_cpuid, 0));
	assert_false(operands_decode(&operands, EXIT_io_instruction, 0));
}

static void a_register_that_is_not_there_has_no_number(void **state)
{
	struct operands operands;

	(void)state;
	operands_decode(&operands, EXIT_vmclear,
			NO_BASE | BASE(3) | NO_INDEX | INDEX(5) | SCALE(2) | SIZE(2));
	assert_int_equal(operands.base, NO_REGISTER);
	assert_int_equal(operands.index, NO_REGISTER);
	assert_int_equal(operands.scale, 1);
	operands_decode(&operands, EXIT_vmread, OF_REGISTER | BASE(3) | SIZE(2));
	assert_false(operands.in_memory);
	assert_int_equal(operands.base, NO_REGISTER);
	assert_int_equal(operands.address_size, 0);
}

static void string(char *room, size_t size, bool in, u32 information)
{
	struct operands operands;

	operands_decode_string(&operands, in, information);
	operands_text(&(struct text){ room, size, 0 }, &operands, 0);
}

/* SDM vol. 3, the table of INS and OUTS: the segment is undefined for INS. */
static void a_string_instruction_has_a_segment_and_a_size(void **state)
{
	char room[32];

	(void)state;
	string(room, sizeof(room), true, SEGMENT(5) | SIZE(2));
	assert_string_equal(room, "ins [es:rdi]");
	string(room, sizeof(room), false, SEGMENT(5) | SIZE(1));
	assert_string_equal(room, "outs [gs:esi]");
	string(room, sizeof(room), false, SEGMENT(3) | SIZE(0));
	assert_string_equal(room, "outs [si]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operands_are_written_as_an_assembler_does),
		cmocka_unit_test(a_displacement_is_signed_behind_a_register),
		cmocka_unit_test(other_exits_have_no_operands),
		cmocka_unit_test(a_register_that_is_not_there_has_no_number),
		cmocka_unit_test(a_string_instruction_has_a_segment_and_a_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
