/* flags.c -- accessed and dirty flags of EPT, and the log of pages written to */
#include "tests/model/flags.h"

#define LOG_ENTRIES 512

/* Where the entries are that a translation used, from the top level down. */
struct used_entries {
	unsigned count;
	hpa_t at[EPT_PML5];
};

static struct used_entries used_entries_of(struct walk *walk,
					   const struct ept_translation *translation)
{
	u64 entry = walk->model->controls.eptp;
	bool last_used = translation->use == EPT_MAPS_PAGE;
	struct used_entries used = { 0 };

	for (unsigned level = walk->ept_levels; level >= translation->level + !last_used; level--) {
		hpa_t at = ept_entry_at(entry, translation->from, level);

		used.at[used.count++] = at;
		entry = walk_read(walk, at);
	}
	return used;
}

static bool lacks(struct walk *walk, hpa_t at, u64 flag)
{
	return !((walk_read(walk, at) | walk_marks(walk, at)) & flag);
}

/* True if at least one entry lacks the accessed flag. */
static bool lacks_accessed(struct walk *walk, const struct used_entries *used)
{
	for (unsigned i = 0; i < used->count; i++)
		if (lacks(walk, used->at[i], EPT_ACCESSED))
			return true;
	return false;
}

static void mark_accessed(struct walk *walk, const struct used_entries *used)
{
	for (unsigned i = 0; i < used->count; i++)
		if (lacks(walk, used->at[i], EPT_ACCESSED))
			walk_mark(walk, used->at[i], EPT_ACCESSED);
}

void flags_mark_used(struct walk *walk, const struct ept_translation *translation)
{
	struct used_entries used;

	if (!walk->ept_flags)
		return;
	used = used_entries_of(walk, translation);
	mark_accessed(walk, &used);
}

static void log_page(struct walk *walk, gpa_t address)
{
	struct model_prediction *prediction = walk->prediction;
	u64 base = walk->model->controls.pml_address.raw;

	prediction->log[prediction->log_count++] = (struct model_log_entry){
		.at   = hpa(base + 8ul * prediction->pml_index),
		.page = gpa(address.raw & ~BITS(11, 0)),
	};
	prediction->pml_index--;
}

static bool log_is_full(const struct walk *walk)
{
	return walk->model->controls.enable_pml && walk->prediction->pml_index >= LOG_ENTRIES;
}

/* For entries that lack a flag in memory.  Unless this access has marked them before, marks them,
 * and logs the page if it becomes dirty. */
static bool set_missing(struct walk *walk, const struct ept_translation *translation, bool writes)
{
	struct used_entries used = used_entries_of(walk, translation);
	hpa_t page_entry = used.at[used.count - 1];
	bool dirties = writes && lacks(walk, page_entry, EPT_DIRTY);

	if (!dirties && !lacks_accessed(walk, &used))
		return true;
	if (log_is_full(walk)) {
		walk_end(walk, (struct model_outcome){ .event = MODEL_PML_FULL }, ~0ul);
		return false;
	}
	mark_accessed(walk, &used);
	if (dirties)
		walk_mark(walk, page_entry, EPT_DIRTY);
	if (dirties && walk->model->controls.enable_pml)
		log_page(walk, translation->from);
	return true;
}

bool flags_set_in_ept(struct walk *walk, const struct ept_translation *translation, bool writes)
{
	bool dirty = translation->last & EPT_DIRTY;

	if (translation->common & EPT_ACCESSED && (dirty || !writes))
		return true;
	return set_missing(walk, translation, writes);
}
