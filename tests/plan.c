#include "tests/plan.h"
#include "kernel/string.h"

extern const struct test tests_start[], tests_end[];    /* linker.ld gathers them */

struct plan plan_start(const struct options *options, const struct boot_info *boot)
{
	return (struct plan){ .options = options, .boot = boot };
}

const char *plan_name(const struct plan_item *item, struct plan_name *name)
{
	if (item->test)
		return item->test->name;
	script_name(&item->file, name->text);
	return name->text;
}

static bool is_picked_by_name(const struct plan *plan, const struct plan_item *item,
			      bool on_request)
{
	struct plan_name name;

	return options_pick(plan->options, plan_name(item, &name), on_request);
}

static bool is_picked(const struct plan *plan, const struct plan_item *item)
{
	bool on_request = item->test && item->test->on_request;

	return options_pick_all(plan->options) ? !on_request
					       : is_picked_by_name(plan, item, on_request);
}

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

/* Of all there is, picked or not. */
static bool next_item(struct plan *plan, struct plan_item *item)
{
	item->test = &tests_start[plan->next_test];
	if (item->test < tests_end) {
		plan->next_test++;
		return true;
	}
	item->test = NULL;
	return next_file(plan, &item->file);
}

bool plan_next(struct plan *plan, struct plan_item *item)
{
	while (next_item(plan, item))
		if (is_picked(plan, item))
			return true;
	return false;
}

/* As a walk through the tests that are left would, but the first verdict waits for the count. */
static u64 count_tests(struct plan *plan)
{
	u64 count = 0;

	for (; &tests_start[plan->next_test] < tests_end; plan->next_test++)
		count += !tests_start[plan->next_test].on_request;
	return count;
}

u64 plan_count(struct plan plan)
{
	u64 count = options_pick_all(plan.options) ? count_tests(&plan) : 0;
	struct plan_item item;

	while (plan_next(&plan, &item))
		count++;
	return count;
}

bool plan_has_twin(struct plan start, const char *name, u64 number)
{
	struct plan_name other_name;
	struct plan_item other;

	for (u64 i = 1; i < number && plan_next(&start, &other); i++)
		if (strcmp(plan_name(&other, &other_name), name) == 0)
			return true;
	return false;
}
