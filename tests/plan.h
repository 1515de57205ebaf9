/* plan.h -- what there is to run: the kernel's own tests, then the scenarios of the modules */
#ifndef PLAN_H
#define PLAN_H

#include "kernel/boot_info.h"
#include "tests/options.h"
#include "tests/script.h"
#include "tests/test.h"

struct plan_item {
	const struct test *test;                /* null for a file of a module */
	struct module_file file;                /* else it is this */
};

/* A walk over everything that run= picks, always in the same order. */
struct plan {
	const struct options *options;
	const struct boot_info *boot;
	size_t next_test;
	u32 next_module;
	u64 next_offset;
};

struct plan plan_start(const struct options *options, const struct boot_info *boot);
bool plan_next(struct plan *plan, struct plan_item *item);

/* The item's name; a scenario's is copied. */
struct plan_name {
	char text[SCRIPT_NAME_SIZE];
};
const char *plan_name(const struct plan_item *item, struct plan_name *name);

/* How many items a walk from here on has. */
u64 plan_count(struct plan plan);

/* Whether one of the items before number `number` of the walk has the name. */
bool plan_has_twin(struct plan start, const char *name, u64 number);

#endif
