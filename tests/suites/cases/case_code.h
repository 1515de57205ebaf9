/* case_code.h -- the guest's code: the instruction that makes the access, and VMCALL to end it */
#ifndef CASE_CODE_H
#define CASE_CODE_H

#include "tests/suites/cases/case.h"

/* The instruction takes its address from RBX.  A fetch jumps to VMCALL at that address; behind
 * every other instruction VMCALL follows in the code. */
struct case_code {
	u8 bytes[8];
	u8 length;                              /* of the instruction */
};

extern const u8 case_vmcall[CASE_FETCH_SIZE];

const struct case_code *case_code(const struct test_case *test_case);

#endif
