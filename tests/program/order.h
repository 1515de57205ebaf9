/* order.h -- the turns of a run: which test of the plan is played when (docs/report.md, order=) */
#ifndef ORDER_H
#define ORDER_H

#include "tests/program/plan.h"

/* A test in its turn. */
struct turn {
	u64 number;                             /* of the turn, from 1 on */
	struct plan_item item;
	unsigned time;                          /* 1 where the test is played for the first time */
};

/* A walk over all turns.  The same words and modules give the same turns on every machine.  In the
 * usual order each test once, this is a walk over the plan, and takes no memory. */
struct order {
	struct plan plan;                       /* the walk, where `turns` is null */
	struct plan_item *items;                /* all items of the plan */
	u32 *turns;                             /* which item in each turn, from 0 on; behind the
						 * last item the same ones come again */
	u64 items_count, turns_count;
	u64 next;
};

/* Takes the memory for another order than the usual one, which must stay; panics if there is none.
 * `count` is that of the plan's items. */
struct order order_start(const struct plan *plan, u64 count);
bool order_next(struct order *order, struct turn *turn);

/* How many turns a whole walk has. */
u64 order_count(const struct order *order);

/* The test's name in this turn: with @2 behind it where it is played for the second time.  What is
 * not a name of the kernel's is written to *name. */
struct turn_name {
	struct plan_name plain;
	char again[SCRIPT_NAME_SIZE + 4];
};
const char *turn_name(const struct turn *turn, struct turn_name *name);

#endif
