/* case_quirks.c -- what has to be corrected for each quirk, and the names of quirks in a list */
#include "tests/suites/cases/case_quirks.h"
#include "ept/eptp.h"
#include "ept/violation.h"
#include "kernel/paging_entry.h"
#include "kernel/string.h"
#include "tests/suites/cases/case_build.h"

#define SHADOW_STACK BIT(13)            /* of a qualification; no case makes such an access */

/* --- Corrections ----------------------------------------------------------------------------- */

/* What was observed of a case. */
struct observation {
	struct case_memory *memory;
	const struct model *model;
	struct model_outcome *outcome;
};

static bool has_ept_flags(const struct observation *observed)
{
	return observed->model->controls.eptp & EPTP_ACCESSED_DIRTY;
}

static void correct_walk_is_write_alone(const struct observation *observed)
{
	struct model_outcome *outcome = observed->outcome;
	struct ept_violation violation = ept_violation_decode(outcome->code);

	if (has_ept_flags(observed) && outcome->event == MODEL_EPT_VIOLATION &&
	    violation.in_page_walk && violation.wanted & W)
		outcome->code |= R;
}

static void correct_user_execute_in_bit_13(const struct observation *observed)
{
	struct model_outcome *outcome = observed->outcome;
	bool by_mode = observed->model->controls.mode_based_execute;

	if (by_mode && outcome->event == MODEL_EPT_VIOLATION && outcome->code & SHADOW_STACK) {
		outcome->code &= ~(u64)SHADOW_STACK;
		outcome->code |= VIOLATION_USER_EXECUTE;
	}
}

/* Sets beforehand the flags that the processor set, as if the access had not had to set them. */
static void correct_guest_flags_not_refused(const struct observation *observed)
{
	if (has_ept_flags(observed))
		return;
	for (unsigned i = 0; i < observed->memory->entry_count; i++) {
		struct case_entry *entry = &observed->memory->entries[i];

		if (!entry->ept_level)
			case_entry_write(entry, entry->before | (entry->after & PAGING_FLAGS));
	}
}

static void correct_misconfiguration_qualified(const struct observation *observed)
{
	if (observed->outcome->event == MODEL_EPT_MISCONFIGURATION)
		observed->outcome->code = 0;
}

/* Clears bit 12, as if it had not been set before the access. */
static void correct_bit_12_of_large_page(const struct observation *observed)
{
	for (unsigned i = 0; i < observed->memory->entry_count; i++) {
		struct case_entry *entry = &observed->memory->entries[i];

		if (entry->ept_level <= EPT_PT || !ept_is_leaf(entry->before, entry->ept_level))
			continue;
		case_entry_write(entry, entry->before & ~BIT(12));
		entry->after &= ~BIT(12);
	}
}

static const struct {
	const char *name, *text;
	void (*correct)(const struct observation *observed);
} rows[] = {
#define QUIRK(name, text, section) { #name, text, correct_##name },
#include "tests/suites/cases/quirks.def"
#undef QUIRK
};

void quirks_correct(u32 quirks, struct case_memory *memory, const struct model *model,
		    struct model_outcome *outcome)
{
	struct observation observed = { memory, model, outcome };

	for (enum quirk quirk = 0; quirk < QUIRKS; quirk++)
		if (quirks & BIT(quirk))
			rows[quirk].correct(&observed);
}

/* --- Names ----------------------------------------------------------------------------------- */

const char *quirk_name(enum quirk quirk)
{
	return rows[quirk].name;
}

const char *quirk_text(enum quirk quirk)
{
	return rows[quirk].text;
}

static bool find(struct word name, enum quirk *quirk)
{
	for (*quirk = 0; *quirk < QUIRKS; ++*quirk)
		if (strlen(rows[*quirk].name) == name.length &&
		    memcmp(rows[*quirk].name, name.start, name.length) == 0)
			return true;
	return false;
}

/* Names of tests are for entry/random. */
static bool is_test(struct word name)
{
	for (size_t i = 0; i < name.length; i++)
		if (name.start[i] == '/')
			return true;
	return false;
}

bool quirks_parse(struct word list, u32 *quirks, struct word *wrong)
{
	enum quirk quirk;

	*quirks = 0;
	while (list.length) {
		*wrong = word_next(&list, ',');
		if (is_test(*wrong))
			continue;
		if (!find(*wrong, &quirk))
			return false;
		*quirks |= (u32)BIT(quirk);
	}
	return true;
}
