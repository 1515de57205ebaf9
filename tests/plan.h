/* plan.h -- what there is to run: the kernel's own tests, then the scenarios of the modules */
#ifndef PLAN_H
#define PLAN_H

#include "kernel/boot_info.h"
#include "tests/options.h"
#include "tests/script.h"
#include "tests/test.h"

struct plan_item {
	const char *name;
	const struct test *test;                /* null for a scenario */
	struct script_found found;              /* if it is one */
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

/* How many items a walk from here on has. */
u64 plan_count(struct plan plan);

/* Whether an item before this one has its name. */
bool plan_has_twin(struct plan start, const struct plan_item *item, u64 number);

#endif
