/* expected.c -- what a VM exit has to tell of an operand */
#include "tests/suites/operands/expected.h"

#define SCALE         BITS(1, 0)
#define REGISTER      BITS(6, 3)
#define ADDRESS_SIZE  BITS(9, 7)
#define IS_REGISTER   BIT(10)
#define OPERAND_SIZE  BITS(12, 11)
#define SEGMENT       BITS(17, 15)
#define INDEX         BITS(21, 18)
#define NO_INDEX      BIT(22)
#define BASE          BITS(26, 23)
#define NO_BASE       BIT(27)
#define IDENTITY      BITS(29, 28)
#define SECOND        BITS(31, 28)

static void add(struct bits *bits, u64 field, u64 value)
{
	bits->value |= value << __builtin_ctzl(field);
	bits->defined |= field;
}

bool bits_hold(const struct bits *bits, u64 found)
{
	return !((bits->value ^ found) & bits->defined);
}

static unsigned size_code(unsigned bits)
{
	return bits == 16 ? 0 : bits == 32 ? 1 : 2;
}

/* SDM vol. 1, "Specifying a Segment Selector". */
static unsigned segment_of(const struct form *form)
{
	if (form->segment != USUAL)
		return form->segment;
	return form->base == RSP || form->base == RBP ? SS : DS;
}

/* 64-bit mode has no use for the prefixes of these segments, and the SDM does not say what an exit
 * tells then (SDM vol. 1, "Segmentation in 64-Bit Mode"). */
static bool segment_is_open(const struct form *form)
{
	return form->mode == MODE_long64 && form->segment <= DS;
}

static void add_index(struct bits *bits, unsigned index, unsigned scale)
{
	add(bits, NO_INDEX, index == NOTHING);
	if (index == NOTHING)
		return;
	add(bits, INDEX, index);
	add(bits, SCALE, (u64)__builtin_ctz(scale));
}

static void add_base(struct bits *bits, unsigned base)
{
	bool none = base == NOTHING || base == RIP;

	add(bits, NO_BASE, none);
	if (!none)
		add(bits, BASE, base);
}

static struct bits information_of(const struct form *form, unsigned base, unsigned index)
{
	struct bits bits = { 0 };

	add(&bits, ADDRESS_SIZE, size_code(form->bits));
	add(&bits, IS_REGISTER, 0);
	if (!segment_is_open(form))
		add(&bits, SEGMENT, segment_of(form));
	add_index(&bits, index, form->scale);
	add_base(&bits, base);
	return bits;
}

/* Of 16 bits, SI and DI alone may be called the base or the index. */
static bool base_may_be_index(const struct form *form)
{
	return form->bits == 16 && form->index == NOTHING &&
	       (form->base == RSI || form->base == RDI);
}

/* Relative to RIP it is the sum. */
static struct bits displacement_of(const struct form *form, u64 next)
{
	u64 value = (u64)(long)form->displacement + (form->base == RIP ? next : 0);

	return (struct bits){ value, form->bits == 64 ? ~0ul : BIT(form->bits) - 1 };
}

struct expected expected_of_memory(const struct form *form, u64 next)
{
	struct expected expected = {
		.information = information_of(form, form->base, form->index),
		.qualification = displacement_of(form, next),
	};

	expected.alternative = expected.information;
	if (base_may_be_index(form))
		expected.alternative = information_of(form, NOTHING, form->base);
	return expected;
}

static struct expected of_register(struct bits information)
{
	return (struct expected){
		.information = information, .alternative = information,
		.qualification = { 0, ~0ul },
	};
}

struct expected expected_of_register(unsigned number)
{
	struct bits bits = { 0 };

	add(&bits, IS_REGISTER, 1);
	add(&bits, REGISTER, number);
	return of_register(bits);
}

struct expected expected_of_sized_register(unsigned number, unsigned size)
{
	struct bits bits = { 0 };

	add(&bits, OPERAND_SIZE, size_code(size));
	add(&bits, REGISTER, number);
	return of_register(bits);
}

static void add_to_both(struct expected *expected, u64 field, unsigned value)
{
	add(&expected->information, field, value);
	add(&expected->alternative, field, value);
}

void expected_add_identity(struct expected *expected, unsigned identity)
{
	add_to_both(expected, IDENTITY, identity);
}

void expected_add_second(struct expected *expected, unsigned number)
{
	add_to_both(expected, SECOND, number);
}

void expected_add_size_bit(struct expected *expected, bool is_32)
{
	add_to_both(expected, BIT(11), is_32);
}
