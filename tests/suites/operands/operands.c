/* operands.c -- VM-exit instruction information and the qualification of instructions, for each
 * form of their operands
 *
 * Each test enters a guest at one instruction after the other, each in another form.  All exit
 * before they use their operands, so nothing has to be there.
 */
#include "kernel/memory.h"
#include "kernel/print.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/operands/expected.h"
#include "tests/suites/operands/prepare.h"
#include "vmx/capabilities.h"

#define CODE            0x8000ul                /* guest-physical and linear */
#define FAILURES_SHOWN  3
#define OTHER           0xff                    /* no identity: bits 29:28 are not one */
#define SECOND          0xff                    /* no digit: the reg field is an operand */

static const struct form forms[] = {
#define FORM(mode, bits, segment, base, index, scale, width, displacement)                         \
	{ MODE_##mode, bits, segment, base, index, scale, width, displacement },
#include "tests/suites/operands/forms.def"
#undef FORM
};

struct instruction {
	const char *file, *name;
	u32 line;
	struct opcode opcode;
	u8 digit, identity;
	u16 reason;
	unsigned needs;                         /* a capability */
	prepare_t *prepare;
};

struct attempts;

struct operand_test {
	const struct instruction *instruction;
	enum guest_mode mode;
	u8 size;                                /* of a register that cannot be memory */
	void (*run)(struct attempts *attempts);
};

/* The VM of a test, and what it has found. */
struct attempts {
	const struct operand_test *test;
	const struct instruction *instruction;
	struct vm vm;
	u8 *code;
	unsigned slot, failures;
};

/* The second operand is another register each time. */
static unsigned second_of(const struct attempts *attempts)
{
	unsigned count = attempts->test->mode == MODE_long64 ? 16 : 8;

	return (attempts->slot * 5 + 3) % count;
}

static struct opcode opcode_of(const struct attempts *attempts)
{
	struct opcode opcode = attempts->instruction->opcode;
	u8 digit = attempts->instruction->digit;

	opcode.reg = digit == SECOND ? (u8)second_of(attempts) : digit;
	opcode.prefix_66 = attempts->test->size == 16;
	opcode.rex_w = attempts->test->size == 64;
	return opcode;
}

static u8 *slot_code(const struct attempts *attempts)
{
	return attempts->code + attempts->slot * CODE_AT_MOST;
}

static u64 slot_address(const struct attempts *attempts)
{
	return CODE + attempts->slot * CODE_AT_MOST;
}

static void wrong(struct attempts *attempts, const char *form, const char *what, u64 found,
		  const struct bits *expected)
{
	const struct instruction *instruction = attempts->instruction;

	if (attempts->failures++ < FAILURES_SHOWN)
		fail_at(instruction->file, instruction->line,
			"%s, operand %s: %s is %#lx, expected %#lx in the bits %#lx",
			instruction->name, form, what, found, expected->value & expected->defined,
			expected->defined);
}

static void judge(struct attempts *attempts, const char *form, const struct expected *expected,
		  u8 length)
{
	u64 information = vmcs_read(EXIT_INSTRUCTION_INFORMATION);
	u64 found_length = vmcs_read(EXIT_INSTRUCTION_LENGTH);

	if (!bits_hold(&expected->information, information) &&
	    !bits_hold(&expected->alternative, information))
		wrong(attempts, form, "instruction information", information,
		      &expected->information);
	if (!bits_hold(&expected->qualification, attempts->vm.exit.qualification))
		wrong(attempts, form, "qualification", attempts->vm.exit.qualification,
		      &expected->qualification);
	if (found_length != length)
		wrong(attempts, form, "instruction length", found_length,
		      &(struct bits){ length, ~0ul });
}

/* What was expected of the operand, and of the instruction besides. */
static void attempt(struct attempts *attempts, const char *form, struct expected expected,
		    u8 length)
{
	const struct instruction *instruction = attempts->instruction;

	if (instruction->identity != OTHER)
		expected_add_identity(&expected, instruction->identity);
	if (instruction->digit == SECOND)
		expected_add_second(&expected, second_of(attempts));
	vmcs_write(GUEST_RIP, slot_address(attempts));
	vm_run(&attempts->vm);
	if (attempts->vm.exit.reason == instruction->reason)
		judge(attempts, form, &expected, length);
	else
		wrong(attempts, form, "exit reason", attempts->vm.exit.reason,
		      &(struct bits){ instruction->reason, ~0ul });
	attempts->slot++;
}

static const char *name_of(unsigned number)
{
	if (number == RIP)
		return "rip";
	return number == NOTHING ? "nothing" : general_register_name(number);
}

static void form_text(char *text, size_t size, const struct form *form)
{
	static const char segments[][4] = { "es:", "cs:", "ss:", "ds:", "fs:", "gs:", "" };

	print_into(text, size, "[%s%s + %s * %u + %#x] of %u bits", segments[form->segment],
		   name_of(form->base), name_of(form->index), form->scale, form->displacement,
		   form->bits);
}

static void try_memory(struct attempts *attempts, const struct form *form)
{
	struct opcode opcode = opcode_of(attempts);
	u8 length = code_with_memory(slot_code(attempts), &opcode, form);
	char text[64];

	form_text(text, sizeof(text), form);
	attempt(attempts, text, expected_of_memory(form, slot_address(attempts) + length), length);
}

static void run_memory(struct attempts *attempts)
{
	for (size_t i = 0; i < COUNT(forms); i++)
		if (forms[i].mode == attempts->test->mode)
			try_memory(attempts, &forms[i]);
}

static void try_register(struct attempts *attempts, unsigned number, struct expected expected)
{
	struct opcode opcode = opcode_of(attempts);
	u8 length = code_with_register(slot_code(attempts), &opcode, number);
	char text[16];

	print_into(text, sizeof(text), "register %u", number);
	attempt(attempts, text, expected, length);
}

static unsigned registers_of(enum guest_mode mode)
{
	return mode == MODE_long64 ? 16 : 8;
}

/* The qualification has a test of its own. */
static void run_register(struct attempts *attempts)
{
	for (unsigned i = 0; i < registers_of(attempts->test->mode); i++) {
		struct expected expected = expected_of_register(i);

		expected.qualification.defined = 0;
		try_register(attempts, i, expected);
	}
}

static void run_no_displacement(struct attempts *attempts)
{
	for (unsigned i = 0; i < registers_of(attempts->test->mode); i++)
		try_register(attempts, i, expected_of_register(i));
}

static void run_sized_register(struct attempts *attempts)
{
	for (unsigned i = 0; i < registers_of(attempts->test->mode); i++)
		try_register(attempts, i, expected_of_sized_register(i, attempts->test->size));
}

/* UMWAIT and TPAUSE have a register of 32 bits, and a prefix of their own. */
static void run_wait(struct attempts *attempts)
{
	for (unsigned i = 0; i < registers_of(attempts->test->mode); i++)
		try_register(attempts, i, expected_of_sized_register(i, 32));
}

/* Only bit 11, which the other tests leave open. */
static void run_operand_size(struct attempts *attempts)
{
	static const struct form form = { MODE_pae, 32, USUAL, RBX, NOTHING, 1, 0, 0 };
	struct opcode opcode = opcode_of(attempts);
	u8 length = code_with_memory(slot_code(attempts), &opcode, &form);
	struct expected expected = { .qualification = { 0, BITS(31, 0) } };

	expected_add_size_bit(&expected, attempts->test->size != 16);
	attempt(attempts, "[ebx]", expected, length);
}

static bool start(struct attempts *attempts)
{
	const struct instruction *instruction = attempts->instruction;
	const struct capability_row *row = capability_row(instruction->needs);

	if (!capability_offered(instruction->needs)) {
		skip("%s (%s) is 0; try %s", row->source, row->text, row->remedy);
		return false;
	}
	if (!guest_code_start_in(attempts->test->mode, &attempts->vm, NULL, 0))
		return false;
	attempts->code = page_alloc();
	vm_map(&attempts->vm, gpa(CODE), ept_leaf(hpa_of(attempts->code), RX, WB));
	if (instruction->prepare(&attempts->vm))
		return true;
	vm_end(&attempts->vm);
	return false;
}

static void run_test(const struct test *test)
{
	const struct operand_test *row = test->row;
	struct attempts attempts = { .test = row, .instruction = row->instruction };

	if (!start(&attempts))
		return;
	row->run(&attempts);
	if (attempts.failures > FAILURES_SHOWN)
		note("%u more are wrong", attempts.failures - FAILURES_SHOWN);
	vm_end(&attempts.vm);
}

#define INSTRUCTION(name, prefix, code, digit, exit, identity, needs, prepare, title)              \
	static const struct instruction instruction_##name = {                                     \
		__FILE__, title, __LINE__, { code, sizeof(code) - 1, prefix, false, false, 0 },    \
		digit, identity, EXIT_##exit, CAPABILITY_##needs, prepare_##prepare                \
	};
#define IN_MEMORY(...) INSTRUCTION(__VA_ARGS__)
#define EITHER(...)    INSTRUCTION(__VA_ARGS__)
#define REGISTER(...)  INSTRUCTION(__VA_ARGS__)
#define WAIT(...)      INSTRUCTION(__VA_ARGS__)
#include "tests/suites/operands/instructions.def"
#undef IN_MEMORY
#undef EITHER
#undef REGISTER
#undef WAIT

#define SECTION "Information for VM Exits Due to Instruction Execution"
#define OPERAND_TEST(instruction, what, mode, size, run, claim)                                    \
	static const struct operand_test instruction##_##what##_row = {                            \
		&instruction_##instruction, MODE_##mode, size, run                                 \
	};                                                                                         \
	TEST_ROW(instruction##_##what, run_test, &instruction##_##what##_row,                      \
		 "operands/" #instruction "_" #what, claim, SECTION);

#define MEMORY_TESTS(name, title)                                                                  \
	OPERAND_TEST(name, of_64_bit_mode, long64, 0, run_memory,                                  \
		     title " in 64-bit mode tells the parts of its operand in memory")             \
	OPERAND_TEST(name, of_32_bit_mode, pae, 0, run_memory,                                     \
		     title " in 32-bit mode tells the parts of its operand in memory")
#define IN_MEMORY(name, prefix, code, digit, exit, identity, needs, prepare, title)                \
	MEMORY_TESTS(name, title)
#define EITHER(name, prefix, code, digit, exit, identity, needs, prepare, title)                   \
	MEMORY_TESTS(name, title)                                                                  \
	OPERAND_TEST(name, of_register, long64, 0, run_register,                                   \
		     title " of a register tells which one")                                       \
	OPERAND_TEST(name, of_register_without_displacement, long64, 0, run_no_displacement,       \
		     title " of a register has a qualification of 0")
#define REGISTER(name, prefix, code, digit, exit, identity, needs, prepare, title)                 \
	OPERAND_TEST(name, of_16_bits, long64, 16, run_sized_register,                             \
		     title " tells its register, and that it has 16 bits")                         \
	OPERAND_TEST(name, of_32_bits, long64, 32, run_sized_register,                             \
		     title " tells its register, and that it has 32 bits")                         \
	OPERAND_TEST(name, of_64_bits, long64, 64, run_sized_register,                             \
		     title " tells its register, and that it has 64 bits")                         \
	OPERAND_TEST(name, of_32_bit_mode, pae, 32, run_sized_register,                            \
		     title " in 32-bit mode tells its register, and that it has 32 bits")
#define WAIT(name, prefix, code, digit, exit, identity, needs, prepare, title)                     \
	OPERAND_TEST(name, of_64_bit_mode, long64, 0, run_wait,                                    \
		     title " in 64-bit mode tells its register, and that it has 32 bits")          \
	OPERAND_TEST(name, of_32_bit_mode, pae, 0, run_wait,                                       \
		     title " in 32-bit mode tells its register, and that it has 32 bits")
#include "tests/suites/operands/instructions.def"

#define SIZE_TESTS(name, title)                                                                    \
	OPERAND_TEST(name, with_operand_of_16_bits, pae, 16, run_operand_size,                     \
		     title " in 32-bit mode tells that its operand size is 16 bits")               \
	OPERAND_TEST(name, with_operand_of_32_bits, pae, 32, run_operand_size,                     \
		     title " in 32-bit mode tells that its operand size is 32 bits")
SIZE_TESTS(sgdt, "SGDT")
SIZE_TESTS(sidt, "SIDT")
SIZE_TESTS(lgdt, "LGDT")
SIZE_TESTS(lidt, "LIDT")
