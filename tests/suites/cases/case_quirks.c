#include "tests/suites/cases/case_quirks.h"
#include "ept/eptp.h"
#include "ept/violation.h"
#include "kernel/paging_entry.h"
#include "kernel/string.h"

struct crooked {
	struct case_memory *memory;
	const struct model *model;
	struct model_outcome *observed;
};

static bool has_ept_flags(const struct crooked *crooked)
{
	return crooked->model->controls.eptp & EPTP_ACCESSED_DIRTY;
}

static void straighten_walk_is_write_alone(const struct crooked *crooked)
{
	struct model_outcome *observed = crooked->observed;
	u64 kind = W | VIOLATION_GLA_VALID | VIOLATION_TRANSLATION;

	if (has_ept_flags(crooked) && observed->event == MODEL_EPT_VIOLATION &&
	    (observed->code & kind) == (W | VIOLATION_GLA_VALID))
		observed->code |= R;
}

/* The entry as if it had had from the start what it has in the end. */
static void straighten_guest_flags_not_refused(const struct crooked *crooked)
{
	if (has_ept_flags(crooked))
		return;
	for (unsigned i = 0; i < crooked->memory->entry_count; i++) {
		struct case_entry *entry = &crooked->memory->entries[i];

		if (!entry->ept_level)
			case_entry_write(entry, entry->before | (entry->after & PAGING_FLAGS));
	}
}

static void straighten_bit_12_of_large_page(const struct crooked *crooked)
{
	for (unsigned i = 0; i < crooked->memory->entry_count; i++) {
		struct case_entry *entry = &crooked->memory->entries[i];

		if (entry->ept_level <= EPT_PT || !ept_is_leaf(entry->before, entry->ept_level))
			continue;
		case_entry_write(entry, entry->before & ~BIT(12));
		entry->after &= ~BIT(12);
	}
}

static const struct {
	const char *name, *text;
	void (*straighten)(const struct crooked *crooked);
} rows[] = {
#define QUIRK(name, text, section) { #name, text, straighten_##name },
#include "tests/suites/cases/quirks.def"
#undef QUIRK
};

const char *quirk_name(enum quirk quirk)
{
	return rows[quirk].name;
}

const char *quirk_text(enum quirk quirk)
{
	return rows[quirk].text;
}

void quirks_straighten(u32 quirks, struct case_memory *memory, const struct model *model,
		       struct model_outcome *observed)
{
	struct crooked crooked = { memory, model, observed };

	for (enum quirk quirk = 0; quirk < QUIRKS; quirk++)
		if (quirks & BIT(quirk))
			rows[quirk].straighten(&crooked);
}

static bool find(struct word name, enum quirk *quirk)
{
	for (*quirk = 0; *quirk < QUIRKS; ++*quirk)
		if (strlen(rows[*quirk].name) == name.length &&
		    memcmp(rows[*quirk].name, name.start, name.length) == 0)
			return true;
	return false;
}

bool quirks_parse(struct word list, u32 *quirks, struct word *wrong)
{
	const char *end = list.start + list.length;
	enum quirk quirk;

	*quirks = 0;
	for (const char *start = list.start; start < end;) {
		*wrong = (struct word){ start, 0 };
		while (start < end && *start != ',')
			start++;
		wrong->length = (size_t)(start - wrong->start);
		if (!find(*wrong, &quirk))
			return false;
		*quirks |= (u32)BIT(quirk);
		start++;
	}
	return true;
}
