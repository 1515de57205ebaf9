/* order.c -- the turns of a run: which test of the plan is played when */
#include "tests/program/order.h"
#include "kernel/memory.h"
#include "kernel/panic.h"
#include "kernel/print.h"
#include "kernel/random.h"
#include "kernel/string.h"

static void *memory_for(u64 count, size_t size)
{
	void *memory = pages_alloc((count * size + PAGE_SIZE - 1) / PAGE_SIZE);

	if (!memory)
		panic("no memory for the order of %lu tests", count);
	return memory;
}

static void collect(struct order *order)
{
	for (u64 i = 0; i < order->items_count && plan_next(&order->plan, &order->items[i]); i++)
		;
	for (u64 i = 0; i < order->turns_count; i++)
		order->turns[i] = (u32)i;
}

static void exchange(u32 *one, u32 *other)
{
	u32 value = *one;

	*one = *other;
	*other = value;
}

static void reverse(struct order *order)
{
	for (u64 i = 0; i < order->turns_count / 2; i++)
		exchange(&order->turns[i], &order->turns[order->turns_count - 1 - i]);
}

/* Fisher's and Yates' shuffle: every order is equally likely. */
static void shuffle(struct order *order, u64 seed)
{
	struct random random = random_start(seed, 0);

	for (u64 left = order->turns_count; left > 1; left--)
		exchange(&order->turns[left - 1],
			 &order->turns[random_below(&random, (u32)left)]);
}

/* By the globs that pick them, and where one glob picks several, as they are in the plan. */
static void arrange_as_given(struct order *order)
{
	u64 placed = 0;

	for (unsigned glob = 1; placed < order->turns_count; glob++)
		for (u64 i = 0; i < order->turns_count; i++)
			if (order->items[i % order->items_count].picked_by == glob)
				order->turns[placed++] = (u32)i;
}

static void arrange(struct order *order, const struct options *options)
{
	switch (options->order) {
	case ORDER_PLAN:                                         break;
	case ORDER_REVERSE: reverse(order);                      break;
	case ORDER_RANDOM:  shuffle(order, options->seed);       break;
	case ORDER_GIVEN:   arrange_as_given(order);             break;
	}
}

struct order order_start(const struct plan *plan, u64 count)
{
	const struct options *options = plan->options;
	struct order order = {
		.plan = *plan, .items_count = count, .turns_count = count * options->times,
	};

	if (!count || (options->order == ORDER_PLAN && options->times == 1))
		return order;
	order.items = memory_for(order.items_count, sizeof(*order.items));
	order.turns = memory_for(order.turns_count, sizeof(*order.turns));
	collect(&order);
	arrange(&order, options);
	return order;
}

bool order_next(struct order *order, struct turn *turn)
{
	turn->number = order->next + 1;
	turn->time = 1;
	if (!order->turns) {
		order->next++;
		return plan_next(&order->plan, &turn->item);
	}
	if (order->next == order->turns_count)
		return false;

	u32 which = order->turns[order->next++];

	turn->item = order->items[which % order->items_count];
	turn->time = (unsigned)(which / order->items_count) + 1;
	return true;
}

u64 order_count(const struct order *order)
{
	return order->turns_count;
}

const char *turn_name(const struct turn *turn, struct turn_name *name)
{
	const char *plain = plan_name(&turn->item, &name->plain);

	if (turn->time == 1)
		return plain;
	print_into(name->again, sizeof(name->again), "%s@%u", plain, turn->time);
	return name->again;
}
