/* operands.h -- the operands of an instruction that exited, from the VM-exit instruction
 * information (SDM vol. 3, "Information for VM Exits Due to Instruction Execution")
 */
#ifndef OPERANDS_H
#define OPERANDS_H

#include "kernel/print.h"
#include "kernel/types.h"

#define NO_REGISTER 16

/* Registers are numbered as general_register_name() does, or are NO_REGISTER. */
struct operands {
	const char *mnemonic;
	u8 left, right;                         /* an enum operand of operands.c */
	bool in_memory;                         /* one of them is; what follows is 0 if none */
	u8 segment;                             /* ES, CS, SS, DS, FS, GS from 0 on */
	u8 base, index;
	u8 scale;                               /* 1, 2, 4, 8 */
	u8 address_size;                        /* 16, 32, 64; 0 if the field holds none of them */
	u8 first, second;                       /* the registers of bits 6:3 and 31:28 */
	u8 register_size;                       /* 16, 32, 64: of `first` */
};

/* False if exits for this reason have no such information. */
bool operands_decode(struct operands *operands, u32 reason, u32 information);

/* The same for INS or OUTS, whose information has only address size and, of OUTS, segment.  The
 * displacement is 0. */
void operands_decode_string(struct operands *operands, bool in, u32 information);

/* The displacement, from those bits of the exit qualification that are defined: behind a register a
 * signed number, else an address.  If the instruction names its operand relative to RIP, it is the
 * sum. */
u64 operands_displacement(const struct operands *operands, u64 qualification);

/* As an assembler would write it: "vmread [fs:rax+rbx*4-0x10], rcx". */
void operands_text(struct text *text, const struct operands *operands, u64 qualification);

/* "ds", "fs"; "?" for what is none. */
const char *segment_name(unsigned number);

#endif
