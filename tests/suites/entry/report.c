/* report.c -- a case of VM entry in words */
#include "tests/suites/entry/report.h"
#include "kernel/print.h"
#include "tests/report/test.h"
#include "tests/suites/entry/fields.h"

static void add_case(struct text *text, const struct entry_failure *failure)
{
	text_add(text, "base %s", failure->base->name);
	for (unsigned i = 0; i < failure->count; i++)
		text_add(text, ", %s = %#lx", entry_field_name(failure->twists[i].field),
			 failure->twists[i].value);
	if (failure->poisoned)
		text_add(text, ", guest state made illegal");
}

void entry_add_end(struct text *text, const struct entry_outcome *outcome, u32 reason,
		   const struct entry_difference *difference)
{
	switch (outcome->end) {
	case ENTRY_VMFAIL:
		text_add(text, "VMfail %u", outcome->number);
		break;
	case ENTRY_FAILS:
		text_add(text, "exit %u with qualification %lu", outcome->number,
			 outcome->qualification);
		break;
	case ENTRY_SUCCEEDS:
		text_add(text, "entered (exit %s)", exit_name(reason));
		break;
	}
	if (difference->exists)
		text_add(text, ", and %s is %#lx, expected %#lx",
			 difference->what ? difference->what : vmcs_field_name(difference->field),
			 difference->found, difference->expected);
}

static const char *refusal_of(enum entry_stage stage)
{
	switch (stage) {
	case ENTRY_STAGE_CONTROLS: return "VMfail 7";
	case ENTRY_STAGE_HOST:     return "VMfail 8";
	case ENTRY_STAGE_MSRS:     return "exit 34";
	default:                   return "exit 33";
	}
}

static void add_expected(struct text *text, const struct entry_failure *failure)
{
	unsigned told = failure->violated_count < ENTRY_RULES_TOLD ? failure->violated_count :
								     ENTRY_RULES_TOLD;

	if (!told)
		text_add(text, failure->poisoned ? "exit 33 for the illegal guest state alone"
						       : "a legal state to be entered");
	for (unsigned i = 0; i < told; i++)
		text_add(text, "%s%s (%s)", i ? ", " : "",
			 refusal_of(entry_rule_rows[failure->violated[i]].stage),
			 entry_rule_rows[failure->violated[i]].name);
	if (failure->violated_count > told)
		text_add(text, " and %u more", failure->violated_count - told);
}

static void report_first(const struct entry_failure *first)
{
	char line[400];
	struct text text = TEXT_IN(line);

	add_case(&text, first);
	text_add(&text, ": expected ");
	add_expected(&text, first);
	text_add(&text, "; observed ");
	entry_add_end(&text, &first->outcome, first->reason, &first->difference);
	FAIL("%s", line);
}

void entry_report(const struct entry_result *result)
{
	if (!result->wrong)
		return;
	if (result->first)
		report_first(result->first);
	else
		FAIL("too much is wrong to keep the cases of this test");
	if (result->wrong > 1)
		note("and %u cases more", result->wrong - 1);
}
