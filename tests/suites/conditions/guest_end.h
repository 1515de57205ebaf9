/* guest_end.h -- how the guest of a stage ends, and how it should */
#ifndef GUEST_END_H
#define GUEST_END_H

#include "tests/suites/conditions/stage.h"

enum end_detail {
	ANY_DETAIL,
	THE_QUALIFICATION,                      /* `value` is the exit qualification */
	RAX_AT_THE_END,                         /* `value` is in RAX behind the code */
};

struct expected {
	u16 reason;                             /* basic exit reason */
	u8  event;                              /* vector, if the exit is for an exception */
	u8  detail;
	u32 value;
};

/* In a row of a table, for the one instruction that is tried: a VM exit; the same with its
 * qualification; an exception, which exits; neither, the guest goes on to the end of its code; the
 * same with RAX. */
#define EXITS(name)               { EXIT_##name, 0, ANY_DETAIL, 0 }
#define EXITS_WITH(name, number)  { EXIT_##name, 0, THE_QUALIFICATION, number }
#define FAULTS(name)              { EXIT_exception_or_nmi, VECTOR_##name, ANY_DETAIL, 0 }
#define RUNS                      { EXIT_vmcall, 0, ANY_DETAIL, 0 }
#define RUNS_TO(number)           { EXIT_vmcall, 0, RAX_AT_THE_END, number }

/* A row of a table, for the report, and the way in which it was tried. */
struct place {
	const char *file;
	u32 line;
	const char *way;
};

/* Enters the guest and fails the test if it ends otherwise.  `start` is the RIP of the instruction
 * that is tried. */
void expect_end(struct stage *stage, const struct expected *expected, u64 start,
		const struct place *place);

#endif
