/* qualification.c -- the bits of a field of VM-exit information, each in words */
#include "tests/explain/qualification.h"
#include "kernel/print.h"
#include "vmx/exit.h"

enum kind { FLAG, NUMBER, REGISTER, CHOICE };

struct row {
	enum subject subject;
	enum kind kind;
	u8 high, low;
	u64 value;                      /* of CHOICE; of FLAG the bits that have to be 1 */
	const char *text, *at_0;
};

static const struct row rows[] = {
#define FLAG(of, bit, given, is_1, is_0)      { SUBJECT_##of, FLAG, bit, bit, given, is_1, is_0 },
#define NUMBER(of, high, low, text)           { SUBJECT_##of, NUMBER, high, low, 0, text, 0 },
#define REGISTER(of, high, low, text)         { SUBJECT_##of, REGISTER, high, low, 0, text, 0 },
#define CHOICE(of, high, low, value, text)    { SUBJECT_##of, CHOICE, high, low, value, text, 0 },
#include "tests/explain/qualifications.def"
#undef CHOICE
#undef REGISTER
#undef NUMBER
#undef FLAG
};

static u64 bits_of(const struct row *row, u64 value)
{
	return (value & BITS(row->high, row->low)) >> row->low;
}

static void place(const struct row *row)
{
	if (row->high == row->low)
		print("  bit %u: ", row->high);
	else
		print("  bits %u:%u: ", row->high, row->low);
}

static void flag(const struct row *row, u64 value)
{
	const char *text = bits_of(row, value) ? row->text : row->at_0;

	if (!text || (value & row->value) != row->value)
		return;
	place(row);
	print("%lu, %s\n", bits_of(row, value), text);
}

static void tell(const struct row *row, u64 value)
{
	u64 bits = bits_of(row, value);

	switch (row->kind) {
	case FLAG:
		flag(row, value);
		break;
	case NUMBER:
		place(row);
		print("%#lx, %s\n", bits, row->text);
		break;
	case REGISTER:
		place(row);
		print("%lu, %s %s\n", bits, row->text, general_register_name((unsigned)bits));
		break;
	case CHOICE:
		if (bits != row->value)
			break;
		place(row);
		print("%lu, %s\n", bits, row->text);
		break;
	}
}

/* What the value says that no row has a word for: bits that nobody reads, and choices that are none
 * of those of the SDM. */
static void tell_rest(enum subject subject, u64 value)
{
	u64 read = 0, chosen = 0;

	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct row *row = &rows[i];

		if (row->subject != subject)
			continue;
		read |= BITS(row->high, row->low);
		if (row->kind != CHOICE || bits_of(row, value) == row->value)
			chosen |= BITS(row->high, row->low);
	}
	if (value & ~read)
		print("  the SDM says nothing of the bits %#lx, which are 1\n", value & ~read);
	if (read & ~chosen)
		print("  the SDM has no meaning for what the bits %#lx hold\n", read & ~chosen);
}

bool qualification_explain(enum subject subject, u64 value)
{
	bool known = false;

	for (size_t i = 0; i < COUNT(rows); i++) {
		if (rows[i].subject != subject)
			continue;
		known = true;
		tell(&rows[i], value);
	}
	if (known)
		tell_rest(subject, value);
	return known;
}
