#include "ept/explain.h"
#include "kernel/print.h"

/* A text that grows at its end and never beyond its size. */
struct growing {
	char *text;
	size_t size, length;
};

#define GROW(growing, ...)                                                                         \
	((growing)->length += print_into((growing)->text + (growing)->length,                      \
					 (growing)->size - (growing)->length, __VA_ARGS__))

static void step_text(struct growing *growing, const struct ept_step *step)
{
	GROW(growing, "%s[%u] %s", ept_level_name(step->level), step->index,
	     permission_text(step->entry & RWX).text);
	if (ept_is_present(step->entry) && ept_is_leaf(step->entry, step->level))
		GROW(growing, " %s hpa=%#010lx", memory_type_name(step->entry >> 3 & 7),
		     step->entry & EPT_ADDRESS);
}

static void refusal_text(struct growing *growing, enum permission refused)
{
	static const char *const names[] = { "read", "write", "fetch" };
	const char *separator = " <- refuses ";

	for (unsigned i = 0; i < COUNT(names); i++)
		if (refused & BIT(i)) {
			GROW(growing, "%s%s", separator, names[i]);
			separator = ", ";
		}
}

static void guilt_text(struct growing *growing, const struct ept_walk *walk,
		       const struct ept_step *step, enum permission wanted)
{
	bool last = step == &walk->steps[walk->count - 1];

	if (last && walk->end == EPT_WALK_NOT_PRESENT)
		GROW(growing, " <- not present");
	else if (last && walk->end == EPT_WALK_MISCONFIGURED)
		GROW(growing, " (entry %#018lx) <- illegal: %s", step->entry, walk->rule);
	else
		refusal_text(growing, wanted & ~(enum permission)(step->entry & RWX));
}

size_t ept_walk_text(char *text, size_t size, const struct ept_walk *walk, enum permission wanted)
{
	struct growing growing = { text, size, 0 };

	for (unsigned i = 0; i < walk->count; i++) {
		if (i)
			GROW(&growing, " > ");
		step_text(&growing, &walk->steps[i]);
		guilt_text(&growing, walk, &walk->steps[i], wanted);
	}
	return growing.length;
}

static const char *page_size_name(enum ept_level level)
{
	static const char *const names[] = { "?", "4 KiB", "2 MiB", "1 GiB", "512 GiB", "256 TiB" };

	return names[level];
}

/* The first step that does not allow all that was wanted; the last one if each does. */
static const struct ept_step *guilty_step(const struct ept_walk *walk, enum permission wanted)
{
	unsigned i = 0;

	while (i < walk->count - 1 && !(wanted & ~(enum permission)(walk->steps[i].entry & RWX)))
		i++;
	return &walk->steps[i];
}

static void reason_text(struct growing *growing, const struct ept_walk *walk,
			enum permission wanted)
{
	const struct ept_step *last = &walk->steps[walk->count - 1];
	const struct ept_step *guilty = guilty_step(walk, wanted);

	if (walk->end == EPT_WALK_NOT_PRESENT)
		GROW(growing, "to a guest-physical address for which there is no %s entry",
		     ept_level_name(last->level));
	else if (walk->end == EPT_WALK_MISCONFIGURED)
		GROW(growing, "to a page whose %s entry is illegal: %s",
		     ept_level_name(last->level), walk->rule);
	else if (wanted & ~(enum permission)(guilty->entry & RWX))
		GROW(growing, "to a %s page that its %s entry maps %s", page_size_name(last->level),
		     ept_level_name(guilty->level), permission_text(guilty->entry & RWX).text);
	else
		GROW(growing, "that the EPT entries as they stand now allow: "
		     "the processor used a cached translation, or is wrong");
}

size_t ept_violation_text(char *text, size_t size, const struct ept_violation *violation,
			  gla_t linear, const struct ept_walk *walk)
{
	struct growing growing = { text, size, 0 };

	GROW(&growing, "%s", permission_as_access(violation->wanted));
	if (violation->in_page_walk)
		GROW(&growing,
		     " of a guest paging-structure entry, on the way to guest-linear %#lx,",
		     linear.raw);
	else if (violation->gla_valid)
		GROW(&growing, ", reached through guest-linear %#lx,", linear.raw);
	GROW(&growing, " ");
	reason_text(&growing, walk, violation->wanted);
	return growing.length;
}

size_t ept_misconfiguration_text(char *text, size_t size, const struct ept_walk *walk)
{
	struct growing growing = { text, size, 0 };

	GROW(&growing, "an access ");
	reason_text(&growing, walk, NONE);
	return growing.length;
}
