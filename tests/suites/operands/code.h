/* code.h -- the machine code of an instruction with an operand in memory or in a register
 * (SDM vol. 2, "Instruction Format")
 */
#ifndef CODE_H
#define CODE_H

#include "vmx/mode.h"

enum { RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8, R9, R10, R11, R12, R13, R14, R15, NOTHING, RIP };
enum { ES, CS, SS, DS, FS, GS, USUAL };

/* A row of forms.def. */
struct form {
	u8 mode;
	u8 bits;                                /* of the address: 16, 32, 64 */
	u8 segment, base, index, scale;
	u8 width;                               /* bytes of the displacement: 0, 1, 2, 4 */
	int displacement;
};

/* What all operands of an instruction have in common. */
struct opcode {
	const char *bytes;
	u8 size;
	u8 prefix;                              /* 0x66, 0xf2, 0xf3; 0 for none */
	bool prefix_66;                         /* besides, for the operand size */
	bool rex_w;
	u8 reg;                                 /* of the ModR/M byte: a digit or a register */
};

#define CODE_AT_MOST 16

/* Writes the code and returns how long it is. */
u8 code_with_memory(u8 *code, const struct opcode *opcode, const struct form *form);
u8 code_with_register(u8 *code, const struct opcode *opcode, unsigned number);

#endif
