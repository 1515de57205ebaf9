/* order.c -- whether the steps of a scenario stand in an order that scenario.inc would write */
#include "tests/script/order.h"

#include "tests/script/steps.h"

/* A scenario without a guest begins with ROOT. */
enum phase { NO_CHANGE = 0, SETUP = 1, EXIT = 2, RUNNING = 4, DONE = 8, ROOT = 16 };

/* In which phases a step may stand, and which phase begins with it. */
static const struct { enum phase from, to; } order[] = {
	[STEP_VMCS_VALUE] = { SETUP | EXIT,    NO_CHANGE },
	[STEP_VMCS_SET]   = { SETUP | EXIT,    NO_CHANGE },
	[STEP_VMCS_CLEAR] = { SETUP | EXIT,    NO_CHANGE },
	[STEP_VMCS_PAGE]  = { SETUP | EXIT,    NO_CHANGE },
	[STEP_SET]        = { SETUP | EXIT,    NO_CHANGE },
	[STEP_MAY_RUN]    = { SETUP,           NO_CHANGE },
	[STEP_SEND_INTERRUPT] = { SETUP | EXIT,    NO_CHANGE },
	[STEP_SEND_NMI] = { SETUP | EXIT,    NO_CHANGE },
	[STEP_SEND_INIT] = { SETUP | EXIT,    NO_CHANGE },
	[STEP_EXPECT]     = { SETUP | RUNNING, EXIT },
	[STEP_OTHER_EXIT] = { SETUP | RUNNING, EXIT },
	[STEP_OR_EXIT]    = { EXIT,            NO_CHANGE },
	[STEP_CHECK]      = { EXIT,            NO_CHANGE },
	[STEP_CHECK_VMCS] = { EXIT,            NO_CHANGE },
	[STEP_HOST]       = { EXIT,            NO_CHANGE },
	[STEP_HOST_MSR]   = { EXIT,            NO_CHANGE },
	[STEP_HOLDS]      = { EXIT,            NO_CHANGE },
	[STEP_FLAGS]      = { EXIT,            NO_CHANGE },
	[STEP_CLEAR_FLAGS] = { EXIT,           NO_CHANGE },
	[STEP_REMAP]      = { EXIT,            NO_CHANGE },
	[STEP_ENTRY_ALLOW] = { SETUP | EXIT,   NO_CHANGE },
	[STEP_ENTRY_SET]  = { SETUP | EXIT,    NO_CHANGE },
	[STEP_ENTRY_CLEAR] = { SETUP | EXIT,   NO_CHANGE },
	[STEP_VMCS_VIEW]  = { SETUP | EXIT,    NO_CHANGE },
	[STEP_EPTP]       = { SETUP | EXIT,    NO_CHANGE },
	[STEP_HOST_PAGE]  = { SETUP | EXIT,    NO_CHANGE },
	[STEP_CONTROLS]   = { SETUP | EXIT,    NO_CHANGE },
	[STEP_WRITE]      = { SETUP | EXIT,    NO_CHANGE },
	[STEP_REVISION]   = { SETUP | EXIT,    NO_CHANGE },
	[STEP_SPLIT]      = { EXIT,            NO_CHANGE },
	[STEP_CHECK_VIEW] = { EXIT,            NO_CHANGE },
	[STEP_INVEPT]     = { EXIT,            NO_CHANGE },
	[STEP_INVVPID]    = { EXIT,            NO_CHANGE },
	[STEP_RESUME]     = { EXIT,            RUNNING },
	[STEP_RESUME_AT]  = { EXIT,            RUNNING },
	[STEP_SKIP]       = { EXIT,            RUNNING },
	[STEP_REPEAT]     = { SETUP | RUNNING, RUNNING },
	[STEP_END_REPEAT] = { RUNNING,         NO_CHANGE },
	[STEP_FINISH]     = { EXIT | ROOT,     DONE },
	[STEP_ROOT]       = { ROOT,            NO_CHANGE },
	[STEP_OUTCOME] = { ROOT,          NO_CHANGE },
	[STEP_RESULT] = { ROOT,           NO_CHANGE },
	[STEP_STORED] = { ROOT,          NO_CHANGE },
};

static const char *phase_text(enum phase phase)
{
	switch (phase) {
	case SETUP:   return "before any exit is expected";
	case EXIT:    return "before the exit is answered";
	case RUNNING: return "while the guest runs";
	case DONE:    return "after FINISH";
	case ROOT:    return "where there is no guest";
	case NO_CHANGE: break;
	}
	return "nowhere";
}

struct progress {
	enum phase phase;
	bool repeating;                 /* between REPEAT and END_REPEAT */
	bool expected;                  /* an exit, since REPEAT */
	bool describing;                /* an exit that is expected */
};

static bool repeat_is_in_order(const struct check *check, u32 which, struct progress *progress)
{
	switch (check->steps[which].kind) {
	case STEP_REPEAT:
		if (progress->repeating)
			return refuse_step(check, which, "is REPEAT inside REPEAT");
		progress->repeating = true;
		progress->expected = false;
		break;
	case STEP_END_REPEAT:
		if (!progress->repeating || !progress->expected)
			return refuse_step(check, which, "is END_REPEAT with nothing to repeat");
		progress->repeating = false;
		break;
	case STEP_FINISH:
		if (progress->repeating)
			return refuse_step(check, which, "is FINISH inside REPEAT");
		break;
	case STEP_EXPECT:
	case STEP_OTHER_EXIT:
		progress->expected = true;
		break;
	}
	return true;
}

/* What says how an exit may be stands behind its EXPECT, and nothing else in between. */
static bool alternative_is_in_order(const struct check *check, u32 which, struct progress *progress)
{
	u32 kind = check->steps[which].kind;

	if (kind == STEP_OR_EXIT && !progress->describing)
		return refuse_step(check, which, "is OR_EXIT away from EXPECT");
	if (kind == STEP_EXPECT || kind == STEP_OTHER_EXIT)
		progress->describing = true;
	else if (kind != STEP_OR_EXIT && !script_step_describes_exit(kind))
		progress->describing = false;
	return true;
}

static bool step_is_in_order(const struct check *check, u32 which, struct progress *progress)
{
	u32 kind = check->steps[which].kind;

	if (!(order[kind].from & progress->phase))
		return refuse_step(check, which, "is %s %s", script_step_name(kind),
				   phase_text(progress->phase));
	if (!repeat_is_in_order(check, which, progress) ||
	    !alternative_is_in_order(check, which, progress))
		return false;
	if (order[kind].to != NO_CHANGE)
		progress->phase = order[kind].to;
	return true;
}

bool script_steps_are_good(const struct check *check)
{
	bool guest = check->header->mode != SCRIPT_NO_GUEST;
	struct progress progress = { .phase = guest ? SETUP : ROOT };

	for (u32 i = 0; i < check->header->step_count; i++) {
		u32 kind = check->steps[i].kind;

		if (!script_step_name(kind))
			return refuse_step(check, i, "has kind %u, not in steps.def", kind);
		if (!script_step_is_good(check, i) || !step_is_in_order(check, i, &progress))
			return false;
	}
	if (progress.phase != DONE)
		return refuse(check->refusal, "the steps end without FINISH");
	return true;
}
