/* steps.c -- a step of a scenario by itself, whatever it is about */
#include "tests/script/steps.h"

#include "tests/script/memory_checks.h"
#include "tests/script/root_checks.h"
#include "tests/script/state_checks.h"

const char *script_step_name(u32 kind)
{
	switch (kind) {
#define STEP(number, name, what, value) case number: return #name;
#include "tests/language/steps.def"
#undef STEP
	}
	return NULL;
}

/* Whether steps of the kind are about one EPT hierarchy. */
static bool has_view(u32 kind)
{
	switch (kind) {
	case STEP_VMCS_VIEW: case STEP_EPTP: case STEP_CHECK_VIEW: case STEP_REMAP:
	case STEP_FLAGS: case STEP_CLEAR_FLAGS: case STEP_INVEPT: case STEP_SPLIT:
	case STEP_ENTRY_ALLOW: case STEP_ENTRY_SET: case STEP_ENTRY_CLEAR:
		return true;
	}
	return false;
}

/* A step that is not about one EPT hierarchy leaves its view at 0. */
static bool view_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (step->view >= check->header->views)
		return refuse_step(check, which, "names view %u, of %u",
				   step->view, check->header->views);
	if (step->view != 0 && !has_view(step->kind))
		return refuse_step(check, which, "is %s of view %u, and of none",
				   script_step_name(step->kind), step->view);
	return true;
}

bool script_step_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (step->text != 0 && !script_is_text(check, step->text))
		return refuse_step(check, which, "has its text at %#x, outside of the strings",
				   step->text);
	if (!view_is_good(check, which))
		return false;
	if (step->kind == STEP_REPEAT && step->value == 0)
		return refuse_step(check, which, "repeats 0 times");
	return script_state_step_is_good(check, which)
		&& script_memory_step_is_good(check, which)
		&& script_root_step_is_good(check, which);
}
