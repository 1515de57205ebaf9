/* expected.h -- what a VM exit has to tell of an operand (SDM vol. 3, "Information for VM Exits Due
 * to Instruction Execution", its tables; "Basic VM-Exit Information")
 */
#ifndef EXPECTED_H
#define EXPECTED_H

#include "tests/suites/operands/code.h"

/* Bits that are not in `defined` are undefined. */
struct bits {
	u64 value, defined;
};

struct expected {
	struct bits information;
	struct bits alternative;                /* as right as `information` */
	struct bits qualification;
};

bool bits_hold(const struct bits *bits, u64 found);

/* `next` is the address of the instruction behind it. */
struct expected expected_of_memory(const struct form *form, u64 next);
/* Of an operand that may be in memory. */
struct expected expected_of_register(unsigned number);
/* Of one that may not; the size is 16, 32 or 64. */
struct expected expected_of_sized_register(unsigned number, unsigned size);

/* Bits 29:28, or 31:28, of any of these. */
void expected_add_identity(struct expected *expected, unsigned identity);
void expected_add_second(struct expected *expected, unsigned number);

/* Bit 11, of LGDT, LIDT, SGDT and SIDT outside of 64-bit mode: the operand size is 32 bits. */
void expected_add_size_bit(struct expected *expected, bool is_32);

#endif
