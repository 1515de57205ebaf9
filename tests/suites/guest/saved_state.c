/* saved_state.c -- what each kind of VM exit saves of RFLAGS.RF, blocking, pending debug exceptions
 * and activity state
 *
 * Each test enters a guest that causes the exit more than once: in the usual state, and with the
 * bit set that the test is about.
 */
#include "kernel/flags.h"
#include "tests/report/test.h"
#include "tests/suites/guest/exit_kinds.h"
#include "vmx/capabilities.h"

#define BLOCKING_BY_STI    BIT(0)               /* of the interruptibility state */
#define BLOCKING_BY_MOV_SS BIT(1)
#define HLT                1                    /* an activity state */
#define SINGLE_STEP        BIT(14)              /* of pending debug exceptions */
#define OPEN               (~0ul)               /* the SDM leaves it open */

struct saved_state_case {
	const struct exit_kind *kind;
	u64 as_usual, with_bit;                 /* what is saved, or OPEN */
};

struct blocking_case {
	const struct exit_kind *kind;
	u32 tried, kept;                        /* bits of the interruptibility state */
};

static void expect_saved(const struct exit_kind *kind, const struct entry_state *state,
			 enum vmcs_field field, u64 bits, u64 expected)
{
	struct vm vm;
	u64 saved;

	if (!exit_kind_run(kind, state, &vm))
		return;
	saved = vmcs_read(field) & bits;
	if (expected != OPEN && saved != expected)
		fail_at(kind->file, kind->line,
			"%s is saved as %#lx, expected %#lx; entered with RFLAGS %#lx, "
			"interruptibility state %u, activity state %u",
			vmcs_field_name(field), saved, expected, state->rflags | RFLAGS_FIXED,
			state->blocking, state->activity);
	exit_kind_end(kind, &vm);
}

static void run_rf(const struct test *test)
{
	const struct saved_state_case *row = test->row;
	const struct entry_state usual = { 0 }, with_rf = { .rflags = RFLAGS_RF };

	expect_saved(row->kind, &usual, GUEST_RFLAGS, RFLAGS_RF, row->as_usual);
	expect_saved(row->kind, &with_rf, GUEST_RFLAGS, RFLAGS_RF, row->with_bit);
}

static void run_blocking(const struct test *test)
{
	const struct blocking_case *row = test->row;
	const struct entry_state states[] = {
		{ 0 },
		{ .rflags = RFLAGS_IF, .blocking = BLOCKING_BY_STI },
		{ .blocking = BLOCKING_BY_MOV_SS },
	};

	for (unsigned i = 0; i < COUNT(states); i++)
		if (!(states[i].blocking & ~row->tried))
			expect_saved(row->kind, &states[i], GUEST_INTERRUPTIBILITY_STATE, ~0ul,
				     states[i].blocking & row->kept);
}

static void run_step(const struct test *test)
{
	const struct saved_state_case *row = test->row;
	const struct entry_state usual = { 0 }, stepping = { .rflags = RFLAGS_TF };

	expect_saved(row->kind, &usual, GUEST_PENDING_DEBUG_EXCEPTIONS, ~0ul, row->as_usual);
	expect_saved(row->kind, &stepping, GUEST_PENDING_DEBUG_EXCEPTIONS, ~0ul, row->with_bit);
}

static void run_activity(const struct test *test)
{
	const struct saved_state_case *row = test->row;
	const struct entry_state usual = { 0 }, halted = { .activity = HLT };

	expect_saved(row->kind, &usual, GUEST_ACTIVITY_STATE, ~0ul, row->as_usual);
	if (capability_offered(CAPABILITY_activity_hlt))
		expect_saved(row->kind, &halted, GUEST_ACTIVITY_STATE, ~0ul, row->with_bit);
	else
		skip("needs activity_hlt: %s is 0",
		     capability_row(CAPABILITY_activity_hlt)->source);
}

#define CASE(aspect, type, name, first, second, claim, section)                                    \
	static const struct type aspect##_##name##_case = {                                        \
		&exit_kinds[KIND_##name], first, second                                            \
	};                                                                                         \
	TEST_ROW(aspect##_##name, run_##aspect, &aspect##_##name##_case,                           \
		 "saved/" #aspect "_of_" #name, claim, section);

#define RF_CASE(name, usual, with, claim)                                                          \
	CASE(rf, saved_state_case, name, usual, with, claim, "Saving RIP, RSP, RFLAGS, and SSP")
#define RF_ZERO(name, text)    RF_CASE(name, 0, 0, text " saves RFLAGS.RF as 0")
#define RF_ONE(name, text)     RF_CASE(name, RFLAGS_RF, RFLAGS_RF, text " saves RFLAGS.RF as 1")
#define RF_SAME(name, text)    RF_CASE(name, 0, RFLAGS_RF, text " saves RFLAGS.RF as it was")
#define RF_NOT_SET(name, text) RF_CASE(name, 0, OPEN, text " does not set RFLAGS.RF")
#define RF_NOT_TRIED(name, text)

#define BLOCKING_CASE(name, tried, kept, claim)                                                    \
	CASE(blocking, blocking_case, name, tried, kept, claim, "Saving Non-Register State")
#define BLOCKING_BOTH (BLOCKING_BY_STI | BLOCKING_BY_MOV_SS)
#define BLOCKING_KEPT(name, text)                                                                  \
	BLOCKING_CASE(name, BLOCKING_BOTH, BLOCKING_BOTH, text " keeps blocking by STI and MOV SS")
#define BLOCKING_KEPT_BY_MOV_SS(name, text)                                                        \
	BLOCKING_CASE(name, BLOCKING_BY_MOV_SS, BLOCKING_BY_MOV_SS,                                \
		      text " is not blocked by MOV SS, and keeps that blocking")
#define BLOCKING_OVER(name, text)                                                                  \
	BLOCKING_CASE(name, BLOCKING_BOTH, 0, text " comes when blocking by STI and MOV SS is over")
#define BLOCKING_NOT_TRIED(name, text)

#define STEP_CASE(name, with, claim)                                                               \
	CASE(step, saved_state_case, name, 0, with, claim, "Saving Non-Register State")
#define STEP_CLEAR(name, text)   STEP_CASE(name, 0, text " leaves no debug exception pending")
#define STEP_PENDING(name, text)                                                                   \
	STEP_CASE(name, SINGLE_STEP, text " leaves the single step pending")
#define STEP_NOT_TRIED(name, text)

#define ACTIVITY_CASE(name, with, claim)                                                           \
	CASE(activity, saved_state_case, name, 0, with, claim,                                     \
	     "Architectural State Before a VM Exit")
#define ACTIVITY_KEPT(name, text)                                                                  \
	ACTIVITY_CASE(name, HLT, text " saves the HLT state of a guest that was in it")
#define ACTIVITY_WOKEN(name, text)                                                                 \
	ACTIVITY_CASE(name, 0, text " comes when the guest has left the HLT state")
#define ACTIVITY_LEFT_OPEN(name, text)                                                             \
	ACTIVITY_CASE(name, OPEN, text " exits from the HLT state, too")
#define ACTIVITY_NOT_TRIED(name, text)

#define EXIT_KIND(name, mode, code, needs, prepare, reason, moved, vectoring, rf, blocking, step,  \
		  activity, text)                                                                  \
	RF_##rf(name, text)                                                                        \
	BLOCKING_##blocking(name, text)                                                            \
	STEP_##step(name, text)                                                                    \
	ACTIVITY_##activity(name, text)
#include "tests/suites/guest/exit_kinds.def"
#undef EXIT_KIND
