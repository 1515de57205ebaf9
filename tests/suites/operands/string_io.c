/* string_io.c -- what the VM exits of INS and OUTS tell: qualification, linear address, and where
 * IA32_VMX_BASIC says so VM-exit instruction information
 */
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/operands/expected.h"
#include "vmx/capabilities.h"

#define PORT        0x80u
#define STRING      0x1200003456ul
#define FIRST_BASE  0x100000ul
#define COUNT_OF_REP 3

/* SDM vol. 3, table "Exit Qualification for I/O Instructions". */
enum { OUT = 0, IN = BIT(3), STRING_BIT = BIT(4), ONCE = 0, REPEATED = BIT(5) };
enum { NO_BASE, BASE };

struct string_io {
	const char *file, *code;
	u32 line;
	u8 length, mode, direction, rep, size, bits, segment, has_base;
};

/* What RSI and RDI hold: more than 32 bits where all of them count. */
static u64 string_of(const struct string_io *row)
{
	return row->mode == MODE_long64 ? STRING : (u32)STRING;
}

static void start_registers(const struct string_io *row, struct vm *vm)
{
	vm->registers.rdx = PORT;
	vm->registers.rcx = COUNT_OF_REP;
	vm->registers.rsi = vm->registers.rdi = string_of(row);
	for (unsigned i = ES; i <= GS; i++)
		if (i != CS)
			vmcs_write(GUEST_ES_BASE + 2 * i, FIRST_BASE * (i + 1));
}

static u64 linear_address(const struct string_io *row)
{
	u64 offset = row->bits == 64 ? STRING : STRING & (BIT(row->bits) - 1);

	return offset + (row->has_base ? FIRST_BASE * (row->segment + 1u) : 0);
}

static void expect(const struct string_io *row, const char *what, u64 found, u64 expected)
{
	if (found != expected)
		fail_at(row->file, row->line, "%s is %#lx, expected %#lx", what, found, expected);
}

static void expect_information(const struct string_io *row)
{
	u64 information = vmcs_read(EXIT_INSTRUCTION_INFORMATION);

	expect(row, "the address size of the instruction information",
	       information >> 7 & BITS(2, 0), row->bits == 16 ? 0 : row->bits == 32 ? 1 : 2);
	if (row->direction == OUT)
		expect(row, "the segment of the instruction information",
		       information >> 15 & BITS(2, 0), row->segment);
}

static void expect_exit(const struct string_io *row, const struct vm *vm)
{
	expect(row, "the exit reason", vm->exit.reason, EXIT_io_instruction);
	expect(row, "the qualification", vm->exit.qualification,
	       PORT << 16 | (row->size - 1u) | row->direction | STRING_BIT | row->rep);
	expect(row, "the guest-linear address", vmcs_read(GUEST_LINEAR_ADDRESS),
	       linear_address(row));
	expect(row, "the instruction length", vmcs_read(EXIT_INSTRUCTION_LENGTH), row->length);
	expect(row, "RCX", vm->registers.rcx, COUNT_OF_REP);
	expect(row, "RSI", vm->registers.rsi, string_of(row));
	expect(row, "RDI", vm->registers.rdi, string_of(row));
}

static void run_string_io(const struct test *test)
{
	const struct string_io *row = test->row;
	struct vm vm;

	if (!guest_code_start_in(row->mode, &vm, (const u8 *)row->code, row->length))
		return;
	start_registers(row, &vm);
	vm_run(&vm);
	expect_exit(row, &vm);
	if (vmx_capabilities.basic & BIT(54))
		expect_information(row);
	vm_end(&vm);
}

#define STRING_IO(name, mode, code, direction, rep, size, bits, segment, has_base, claim)          \
	static const struct string_io name##_row = {                                               \
		__FILE__, code, __LINE__, sizeof(code) - 1, MODE_##mode, direction, rep, size,     \
		bits, segment, has_base                                                            \
	};                                                                                         \
	TEST_ROW(name, run_string_io, &name##_row, "operands/" #name, claim,                       \
		 "Information for VM Exits Due to Instruction Execution");
#include "tests/suites/operands/string_io.def"
#undef STRING_IO
