/* operands.c -- the operands of an instruction that exited, decoded and as an assembler writes */
#include "vmx/operands.h"
#include "vmx/exit.h"

enum operand { NOTHING, MEMORY, EITHER, FIRST, SECOND };

#define ANY 0xff
#define IS_REGISTER   BIT(10)                   /* of an operand that may be either */
#define NO_INDEX      BIT(22)
#define NO_BASE       BIT(27)

enum { RSP = 4, RBP, RSI, RDI };
enum { ES, CS, SS, DS };

static const struct row {
	u16 reason;
	u8 identity, left, right;
	char mnemonic[8];
} rows[] = {
#define OPERANDS(exit, identity, mnemonic, left, right)                                            \
	{ EXIT_##exit, identity, left, right, mnemonic },
#include "vmx/operands.def"
#undef OPERANDS
};

static const struct row *row_of(u32 reason, u32 information)
{
	unsigned identity = information >> 28 & 3;

	for (size_t i = 0; i < COUNT(rows); i++)
		if (rows[i].reason == reason &&
		    (rows[i].identity == ANY || rows[i].identity == identity))
			return &rows[i];
	return NULL;
}

static bool in_memory(const struct row *row, u32 information)
{
	return row->left == MEMORY || row->right == MEMORY ||
	       ((row->left == EITHER || row->right == EITHER) && !(information & IS_REGISTER));
}

static u8 size_of(unsigned field)
{
	return field < 3 ? (u8)(16 << field) : 0;
}

static u8 register_unless(u32 none, unsigned number)
{
	return none ? NO_REGISTER : number & BITS(3, 0);
}

static void decode_memory(struct operands *operands, u32 information)
{
	operands->in_memory = true;
	operands->segment = information >> 15 & BITS(2, 0);
	operands->base = register_unless(information & NO_BASE, information >> 23);
	operands->index = register_unless(information & NO_INDEX, information >> 18);
	operands->scale = information & NO_INDEX ? 1 : (u8)(1 << (information & BITS(1, 0)));
	operands->address_size = size_of(information >> 7 & BITS(2, 0));
}

bool operands_decode(struct operands *operands, u32 reason, u32 information)
{
	const struct row *row = row_of(reason, information);

	if (!row)
		return false;
	*operands = (struct operands){
		.mnemonic = row->mnemonic, .left = row->left, .right = row->right,
		.base = NO_REGISTER, .index = NO_REGISTER,
		.first = information >> 3 & BITS(3, 0),
		.second = information >> 28 & BITS(3, 0),
		.register_size = row->left == FIRST ? size_of(information >> 11 & 3) : 64,
	};
	if (in_memory(row, information))
		decode_memory(operands, information);
	return true;
}

void operands_decode_string(struct operands *operands, bool in, u32 information)
{
	*operands = (struct operands){
		.mnemonic = in ? "ins" : "outs", .left = MEMORY, .in_memory = true,
		.segment = in ? ES : information >> 15 & BITS(2, 0),
		.base = in ? RDI : RSI, .index = NO_REGISTER, .scale = 1,
		.address_size = size_of(information >> 7 & BITS(2, 0)),
	};
}

static bool has_register(const struct operands *operands)
{
	return operands->base != NO_REGISTER || operands->index != NO_REGISTER;
}

u64 operands_displacement(const struct operands *operands, u64 qualification)
{
	unsigned spare = operands->address_size ? 64 - operands->address_size : 0;
	u64 number = qualification << spare;

	return has_register(operands) ? (u64)((long)number >> spare) : number >> spare;
}

const char *segment_name(unsigned number)
{
	static const char names[][3] = { "es", "cs", "ss", "ds", "fs", "gs" };

	return number < COUNT(names) ? names[number] : "?";
}

/* rax, eax, ax; r8, r8d, r8w. */
static void add_register(struct text *text, unsigned number, unsigned size)
{
	const char *name = general_register_name(number);

	if (size == 64)
		text_add(text, "%s", name);
	else if (number < 8)
		text_add(text, "%s%s", size == 32 ? "e" : "", name + 1);
	else
		text_add(text, "%s%s", name, size == 32 ? "d" : "w");
}

static void add_displacement(struct text *text, const struct operands *operands, u64 displacement)
{
	if (!has_register(operands))
		text_add(text, "%#lx", displacement);
	else if ((long)displacement > 0)
		text_add(text, "+%#lx", displacement);
	else if (displacement)
		text_add(text, "-%#lx", -displacement);
}

static void add_memory(struct text *text, const struct operands *operands, u64 qualification)
{
	unsigned size = operands->address_size;
	bool by_stack = operands->base == RSP || operands->base == RBP;

	text_add(text, "[");
	if (operands->segment != (by_stack ? SS : DS))
		text_add(text, "%s:", segment_name(operands->segment));
	if (operands->base != NO_REGISTER)
		add_register(text, operands->base, size);
	if (operands->index != NO_REGISTER) {
		text_add(text, "%s", operands->base != NO_REGISTER ? "+" : "");
		add_register(text, operands->index, size);
	}
	if (operands->scale > 1)
		text_add(text, "*%u", operands->scale);
	add_displacement(text, operands, operands_displacement(operands, qualification));
	text_add(text, "]");
}

static void add_operand(struct text *text, const struct operands *operands, enum operand which,
			u64 qualification)
{
	if (which == MEMORY || (which == EITHER && operands->in_memory))
		add_memory(text, operands, qualification);
	else if (which == SECOND)
		add_register(text, operands->second, 64);
	else
		add_register(text, operands->first, operands->register_size);
}

void operands_text(struct text *text, const struct operands *operands, u64 qualification)
{
	text_add(text, "%s ", operands->mnemonic);
	if (operands->in_memory && !operands->address_size) {
		text_add(text, "[an address size that the SDM does not define]");
		return;
	}
	add_operand(text, operands, operands->left, qualification);
	if (operands->right == NOTHING)
		return;
	text_add(text, ", ");
	add_operand(text, operands, operands->right, qualification);
}
