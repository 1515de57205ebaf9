/* case_code.c -- the instructions that make the accesses of cases */
#include "tests/suites/cases/case_code.h"

#define VMCALL 0x0f, 0x01, 0xc1

const u8 case_vmcall[CASE_FETCH_SIZE] = { VMCALL };

const struct case_code *case_code(const struct test_case *test_case)
{
	/* By the binary logarithm of the size. */
	static const struct case_code of_data[MODEL_FETCH][4] = {
		[MODEL_READ] = {
			{ { 0x8a, 0x03, VMCALL }, 2 },          /* mov al, [rbx] */
			{ { 0x66, 0x8b, 0x03, VMCALL }, 3 },
			{ { 0x8b, 0x03, VMCALL }, 2 },
			{ { 0x48, 0x8b, 0x03, VMCALL }, 3 },    /* mov rax, [rbx] */
		},
		[MODEL_WRITE] = {
			{ { 0x88, 0x03, VMCALL }, 2 },          /* mov [rbx], al */
			{ { 0x66, 0x89, 0x03, VMCALL }, 3 },
			{ { 0x89, 0x03, VMCALL }, 2 },
			{ { 0x48, 0x89, 0x03, VMCALL }, 3 },    /* mov [rbx], rax */
		},
		[MODEL_READ_MODIFY_WRITE] = {
			{ { 0x00, 0x03, VMCALL }, 2 },          /* add [rbx], al */
			{ { 0x66, 0x01, 0x03, VMCALL }, 3 },
			{ { 0x01, 0x03, VMCALL }, 2 },
			{ { 0x48, 0x01, 0x03, VMCALL }, 3 },    /* add [rbx], rax */
		},
	};
	static const struct case_code fetch = { { 0xff, 0xe3, VMCALL }, 2 };    /* jmp rbx */

	if (test_case->access == MODEL_FETCH)
		return &fetch;
	return &of_data[test_case->access][__builtin_ctz(test_case->size)];
}
