/* plan.c -- what there is to run: the tests of the kernel, those of its extension, the scenarios */
#include "tests/program/plan.h"
#include "kernel/string.h"
#include "tests/program/name_filter.h"

/* The tests of the kernel, which linker.ld puts into one table. */
extern const struct test tests_start[], tests_on_request[], tests_end[];

/* Finds the next file in all modules, of whatever kind. */
static bool next_file(struct plan *plan, struct module_file *file)
{
	while (plan->next_module < plan->boot->module_count) {
		const struct boot_module *module = &plan->boot->modules[plan->next_module];

		if (module_next(module->data, module->size, plan->next_module + 1,
				&plan->next_offset, file))
			return true;
		plan->next_module++;
		plan->next_offset = 0;
	}
	return false;
}

static const struct extension_header *find_extension(struct plan plan)
{
	struct module_file file;
	char reason[160];

	while (next_file(&plan, &file))
		if (module_file_is(&file, EXTENSION_MAGIC) &&
		    !extension_check(file.start, file.available, reason, sizeof(reason)))
			return (const void *)file.start;
	return NULL;
}

struct plan plan_start(const struct options *options, const struct boot_info *boot)
{
	struct plan plan = {
		.options = options, .boot = boot,
		.tests[KERNEL_TESTS] = { tests_start, tests_on_request, tests_end },
	};

	plan.extension = find_extension(plan);
	if (plan.extension)
		plan.tests[EXTENSION_TESTS] = extension_tests(plan.extension);
	return plan;
}

const char *plan_name(const struct plan_item *item, struct plan_name *name)
{
	if (item->test)
		return item->test->name;
	script_name(&item->file, name->text);
	return name->text;
}

/* An extension that is no good is always picked: it may hold the tests that run= names, and nobody
 * shall overlook that they do not run. */
static unsigned picked_by_name(const struct plan *plan, const struct plan_item *item)
{
	struct plan_name name;

	if (!item->test && module_file_is(&item->file, EXTENSION_MAGIC))
		return 1;
	return options_pick(plan->options, plan_name(item, &name), item->on_request);
}

static unsigned picked_by(const struct plan *plan, const struct plan_item *item)
{
	return options_pick_all(plan->options) ? !item->on_request : picked_by_name(plan, item);
}

static bool next_test(struct plan *plan, struct plan_item *item)
{
	for (; plan->next_table < TEST_TABLES; plan->next_table++, plan->next_test = 0) {
		const struct test_table *table = &plan->tests[plan->next_table];

		item->test = &table->start[plan->next_test];
		item->on_request = item->test >= table->on_request;
		if (item->test == table->end)
			continue;
		if (plan->next_table == EXTENSION_TESTS)
			extension_load(plan->extension);
		plan->next_test++;
		return true;
	}
	return false;
}

/* The plan's extension is null if there is none, and an empty module may start at address 0. */
static bool was_taken(const struct plan *plan, const struct module_file *file)
{
	return (const void *)file->start == plan->extension && plan->extension != NULL;
}

/* Walks over all items, picked or not. */
static bool next_item(struct plan *plan, struct plan_item *item)
{
	if (next_test(plan, item))
		return true;
	item->test = NULL;
	item->on_request = false;
	while (next_file(plan, &item->file))
		if (!was_taken(plan, &item->file))
			return true;
	return false;
}

/* gcc 14 would copy all of this into each caller, for 650 bytes. */
__attribute__((noinline)) bool plan_next(struct plan *plan, struct plan_item *item)
{
	while (next_item(plan, item)) {
		item->picked_by = picked_by(plan, item);
		if (item->picked_by)
			return true;
	}
	return false;
}

/* How many items there are if run= picks everything.  They are counted without a look at each test
 * and without loading the extension, as the first verdict has to wait for this number. */
static u64 count_all(const struct plan *plan)
{
	u64 count = 0;

	for (unsigned i = 0; i < TEST_TABLES; i++)
		count += (u64)(plan->tests[i].on_request - plan->tests[i].start);
	for (u32 i = 0; i < plan->boot->module_count; i++)
		count += module_count(plan->boot->modules[i].data, plan->boot->modules[i].size);
	return plan->extension ? count - 1 : count;
}

u64 plan_count(struct plan plan)
{
	struct plan_item item;
	u64 count = 0;

	if (options_pick_all(plan.options))
		return count_all(&plan);
	while (plan_next(&plan, &item))
		count++;
	return count;
}

static void add_all_names(struct plan start)
{
	struct plan_item item = { .test = NULL };
	struct plan_name name;

	while (next_item(&start, &item))
		name_filter_add(plan_name(&item, &name));
}

/* Nearly every name is there only once, which costs a look at all names once for all scenarios, not
 * once for each.  Names are compared first: they cost less than the globs of a long run=. */
bool plan_name_is_taken(struct plan start, const struct plan_item *item)
{
	static bool names_added;
	struct plan_name name, other_name;
	const char *wanted = plan_name(item, &name);
	struct plan_item other = { .test = NULL };

	if (!names_added)
		add_all_names(start);
	names_added = true;
	if (!name_filter_may_be_twice(wanted))
		return false;
	while (next_item(&start, &other) && (other.test || other.file.start != item->file.start))
		if (strcmp(plan_name(&other, &other_name), wanted) == 0 &&
		    picked_by(&start, &other))
			return true;
	return false;
}
