#include "tests/plan.h"
#include "kernel/string.h"

extern const struct test tests_start[], tests_end[];    /* linker.ld gathers them */

struct plan plan_start(const struct options *options, const struct boot_info *boot)
{
	return (struct plan){ .options = options, .boot = boot };
}

static bool next_test(struct plan *plan, struct plan_item *item)
{
	while (&tests_start[plan->next_test] < tests_end) {
		const struct test *test = &tests_start[plan->next_test++];

		if (options_pick(plan->options, test->name, test->on_request)) {
			item->test = test;
			item->name = test->name;
			return true;
		}
	}
	return false;
}

/* Of the modules; what run= would pick is asked by the caller. */
static bool next_script(struct plan *plan, struct script_found *found)
{
	while (plan->next_module < plan->boot->module_count) {
		const struct boot_module *module = &plan->boot->modules[plan->next_module];

		if (script_next(module->data, module->size, plan->next_module + 1,
				&plan->next_offset, found))
			return true;
		plan->next_module++;
		plan->next_offset = 0;
	}
	return false;
}

bool plan_next(struct plan *plan, struct plan_item *item)
{
	item->test = NULL;
	if (next_test(plan, item))
		return true;
	while (next_script(plan, &item->found))
		if (options_pick(plan->options, item->found.name, false)) {
			item->name = item->found.name;
			return true;
		}
	return false;
}

u64 plan_count(struct plan plan)
{
	struct plan_item item;
	u64 count = 0;

	while (plan_next(&plan, &item))
		count++;
	return count;
}

bool plan_has_twin(struct plan start, const struct plan_item *item, u64 number)
{
	struct plan_item other;

	for (u64 i = 1; i < number && plan_next(&start, &other); i++)
		if (strcmp(other.name, item->name) == 0)
			return true;
	return false;
}
