/* code.c -- the machine code of an instruction with an operand in memory or in a register */
#include "tests/suites/operands/code.h"

enum { REX = 0x40, REX_W = 8, REX_R = 4, REX_X = 2, REX_B = 1 };

struct writer {
	u8 *code;
	u8 length;
};

static void put(struct writer *writer, u64 value, unsigned bytes)
{
	for (; bytes--; value >>= 8)
		writer->code[writer->length++] = (u8)value;
}

static void put_modrm(struct writer *writer, unsigned mod, unsigned reg, unsigned rm)
{
	put(writer, mod << 6 | (reg & 7) << 3 | (rm & 7), 1);
}

static void put_prefixes(struct writer *writer, const struct opcode *opcode)
{
	if (opcode->prefix_66)
		put(writer, 0x66, 1);
	if (opcode->prefix)
		put(writer, opcode->prefix, 1);
}

static void put_opcode(struct writer *writer, const struct opcode *opcode, unsigned rex)
{
	rex |= opcode->rex_w ? REX_W : 0;
	rex |= opcode->reg >= R8 ? REX_R : 0;
	if (rex)
		put(writer, REX | rex, 1);
	for (unsigned i = 0; i < opcode->size; i++)
		put(writer, (u8)opcode->bytes[i], 1);
}

static bool is_extended(unsigned number)
{
	return number >= R8 && number <= R15;
}

/* SDM vol. 2, table "16-Bit Addressing Forms with the ModR/M Byte". */
static unsigned rm_of_16_bits(const struct form *form)
{
	switch (form->base) {
	case RBX: return form->index == RSI ? 0 : form->index == RDI ? 1 : 7;
	case RBP: return form->index == RSI ? 2 : form->index == RDI ? 3 : 6;
	case RSI: return 4;
	case RDI: return 5;
	default:  return 6;                     /* with mod 0 a displacement alone */
	}
}

static unsigned mod_of(const struct form *form)
{
	if (form->base == NOTHING || form->base == RIP || form->width == 0)
		return 0;
	return form->width == 1 ? 1 : 2;
}

static unsigned log2_of(unsigned scale)
{
	return (unsigned)__builtin_ctz(scale);
}

/* An absolute address takes a SIB byte in 64-bit mode, where the form without one is relative to
 * RIP. */
static bool has_sib(const struct form *form)
{
	return form->index != NOTHING || form->base == RSP || form->base == R12 ||
	       (form->base == NOTHING && form->mode == MODE_long64);
}

static void put_sib(struct writer *writer, const struct form *form)
{
	unsigned index = form->index == NOTHING ? RSP : form->index;
	unsigned base = form->base == NOTHING ? RBP : form->base;

	put(writer, log2_of(form->scale) << 6 | (index & 7) << 3 | (base & 7), 1);
}

static void put_address(struct writer *writer, unsigned reg, const struct form *form)
{
	unsigned rm = form->base == NOTHING || form->base == RIP ? RBP : form->base;

	if (form->bits == 16) {
		put_modrm(writer, mod_of(form), reg, rm_of_16_bits(form));
	} else if (has_sib(form)) {
		put_modrm(writer, mod_of(form), reg, RSP);
		put_sib(writer, form);
	} else {
		put_modrm(writer, mod_of(form), reg, rm);
	}
	put(writer, (u32)form->displacement, form->width);
}

u8 code_with_memory(u8 *code, const struct opcode *opcode, const struct form *form)
{
	static const u8 prefixes[] = { 0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65 };
	struct writer writer = { code, 0 };

	if (form->segment != USUAL)
		put(&writer, prefixes[form->segment], 1);
	if (form->bits != (form->mode == MODE_long64 ? 64 : 32))
		put(&writer, 0x67, 1);
	put_prefixes(&writer, opcode);
	put_opcode(&writer, opcode, (is_extended(form->index) ? REX_X : 0) |
					    (is_extended(form->base) ? REX_B : 0));
	put_address(&writer, opcode->reg, form);
	return writer.length;
}

u8 code_with_register(u8 *code, const struct opcode *opcode, unsigned number)
{
	struct writer writer = { code, 0 };

	put_prefixes(&writer, opcode);
	put_opcode(&writer, opcode, is_extended(number) ? REX_B : 0);
	put_modrm(&writer, 3, opcode->reg, number);
	return writer.length;
}
