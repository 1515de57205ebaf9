/* explain.c -- an EPT violation or misconfiguration in words */
#include "ept/explain.h"

static const struct ept_step *last_step(const struct ept_walk *walk)
{
	return &walk->steps[walk->count - 1];
}

static enum permission refused_by(const struct ept_walk *walk, const struct ept_step *step,
				  enum permission wanted)
{
	return wanted & ~ept_permissions(step->entry, walk->mode_based_execute);
}

/* "rwx", and with mode-based execute a fourth letter, u for user-mode addresses. */
static void permission_add(struct text *text, const struct ept_walk *walk, enum permission allowed)
{
	const char *user = allowed & XU ? "u" : "-";

	text_add(text, "%s%s", permission_text(allowed).text, walk->mode_based_execute ? user : "");
}

static void step_text(struct text *text, const struct ept_walk *walk, const struct ept_step *step)
{
	enum permission allowed = ept_permissions(step->entry, walk->mode_based_execute);

	text_add(text, "%s[%u] ", ept_level_name(step->level), step->index);
	permission_add(text, walk, allowed);
	if (allowed && ept_is_leaf(step->entry, step->level))
		text_add(text, " %s hpa=%#010lx", memory_type_name(step->entry >> 3 & 7),
			 step->entry & EPT_ADDRESS);
}

static void refusal_text(struct text *text, enum permission refused)
{
	static const char *const names[] = { "read", "write", "fetch", "user-mode fetch" };
	const char *separator = " <- refuses ";

	for (unsigned i = 0; i < COUNT(names); i++)
		if (refused & BIT(i)) {
			text_add(text, "%s%s", separator, names[i]);
			separator = ", ";
		}
}

static void guilt_text(struct text *text, const struct ept_walk *walk, const struct ept_step *step,
		       enum permission wanted)
{
	bool last = step == last_step(walk);

	if (last && walk->end == EPT_WALK_NOT_PRESENT)
		text_add(text, " <- not present");
	else if (last && walk->end == EPT_WALK_MISCONFIGURED)
		text_add(text, " (entry %#018lx) <- illegal: %s", step->entry, walk->rule);
	else
		refusal_text(text, refused_by(walk, step, wanted));
}

void ept_walk_text(struct text *text, const struct ept_walk *walk, enum permission wanted)
{
	if (walk->end == EPT_WALK_TOO_WIDE)
		text_add(text, "<- no level translates so high an address");
	for (unsigned i = 0; i < walk->count; i++) {
		if (i)
			text_add(text, " > ");
		step_text(text, walk, &walk->steps[i]);
		guilt_text(text, walk, &walk->steps[i], wanted);
	}
}

void ept_walk_end_text(struct text *text, const struct ept_walk *walk)
{
	static const char *const ends[] = {
		[EPT_WALK_NOT_PRESENT]   = "not present",
		[EPT_WALK_MISCONFIGURED] = "illegal",
		[EPT_WALK_TOO_WIDE]      = "of too few levels",
	};

	if (walk->count)
		text_add(text, "%s[%u] ", ept_level_name(last_step(walk)->level),
			 last_step(walk)->index);
	if (walk->end != EPT_WALK_MAPPED) {
		text_add(text, "%s", ends[walk->end]);
		return;
	}
	permission_add(text, walk, walk->allowed);
	text_add(text, " hpa=%#010lx", walk->page.raw);
}

/* The first step that does not allow all that was wanted; the last step if each of them does. */
static const struct ept_step *guilty_step(const struct ept_walk *walk, enum permission wanted)
{
	const struct ept_step *step = walk->steps;

	while (step != last_step(walk) && !refused_by(walk, step, wanted))
		step++;
	return step;
}

static void mapped_text(struct text *text, const char *preposition, const struct ept_walk *walk,
			enum permission wanted)
{
	const struct ept_step *guilty = guilty_step(walk, wanted);

	if (!refused_by(walk, guilty, wanted)) {
		text_add(text, "that the EPT entries as they stand now allow: "
			       "the processor used a cached translation, or is wrong");
		return;
	}
	text_add(text, "%s a %s page that its %s entry maps ", preposition,
		 ept_level_size_name(last_step(walk)->level), ept_level_name(guilty->level));
	permission_add(text, walk, ept_permissions(guilty->entry, walk->mode_based_execute));
}

void ept_reason_text(struct text *text, const char *preposition, const struct ept_walk *walk,
		     enum permission wanted)
{
	switch (walk->end) {
	case EPT_WALK_NOT_PRESENT:
		text_add(text, "%s a guest-physical address for which there is no %s entry",
			 preposition, ept_level_name(last_step(walk)->level));
		break;
	case EPT_WALK_MISCONFIGURED:
		text_add(text, "%s a page whose %s entry is illegal: %s", preposition,
			 ept_level_name(last_step(walk)->level), walk->rule);
		break;
	case EPT_WALK_TOO_WIDE:
		text_add(text, "%s a guest-physical address with more bits than EPT translates",
			 preposition);
		break;
	case EPT_WALK_MAPPED:
		mapped_text(text, preposition, walk, wanted);
		break;
	}
}
