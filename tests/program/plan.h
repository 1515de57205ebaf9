/* plan.h -- what there is to run: the tests of the kernel, those of its extension, the scenarios */
#ifndef PLAN_H
#define PLAN_H

#include "kernel/boot_info.h"
#include "tests/module/extension.h"
#include "tests/report/options.h"
#include "tests/report/test.h"
#include "tests/script/script.h"

struct plan_item {
	unsigned picked_by;                     /* which glob of run=; 1 if there is none */
	const struct test *test;                /* null if the item is a file of a module */
	bool on_request;
	struct module_file file;                /* only if `test` is null */
};

enum { KERNEL_TESTS, EXTENSION_TESTS, TEST_TABLES };

/* A walk over everything that run= picks, always in the same order.  The extension is loaded when
 * the walk comes to its tests.  An extension that is no good is an item by itself, as a scenario
 * is, and is always picked. */
struct plan {
	const struct options *options;
	const struct boot_info *boot;
	const struct extension_header *extension;       /* the first good one, null if none is */
	struct test_table tests[TEST_TABLES];
	unsigned next_table;
	size_t next_test;
	u32 next_module;
	u64 next_offset;
};

struct plan plan_start(const struct options *options, const struct boot_info *boot);
bool plan_next(struct plan *plan, struct plan_item *item);

/* The item's name; that of a file is copied into *name. */
struct plan_name {
	char text[SCRIPT_NAME_SIZE];
};
const char *plan_name(const struct plan_item *item, struct plan_name *name);

/* How many items a whole walk has. */
u64 plan_count(struct plan plan);

/* Whether an item that the run picks and that stands before this scenario has its name.  `start` is
 * the same at each call. */
bool plan_name_is_taken(struct plan start, const struct plan_item *item);

#endif
