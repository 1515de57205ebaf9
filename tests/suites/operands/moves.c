/* moves.c -- MOV to and from control and debug registers: what their exits tell
 *
 * All general registers are 0, which MOV to CR0 and CR4 would change, so each of them exits.
 */
#include "kernel/memory.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/operands/code.h"

#define CODE 0x8000ul                           /* guest-physical and linear */

struct move {
	const char *file;
	struct opcode opcode;
	u32 line;
	u16 numbers, reason;
	u8 mode, access;
};

static void expect(const struct move *row, unsigned number, unsigned general, const char *what,
		   u64 found, u64 expected)
{
	if (found != expected)
		fail_at(row->file, row->line, "register %u and %s: %s is %#lx, expected %#lx",
			number, general_register_name(general), what, found, expected);
}

static void try_move(const struct move *row, struct vm *vm, u8 *code, unsigned number,
		     unsigned general)
{
	struct opcode opcode = row->opcode;
	u8 length;

	opcode.reg = (u8)number;
	length = code_with_register(code, &opcode, general);
	vmcs_write(GUEST_RIP, CODE + ((u64)code & (PAGE_SIZE - 1)));
	vm_run(vm);
	expect(row, number, general, "exit reason", vm->exit.reason, row->reason);
	expect(row, number, general, "qualification", vm->exit.qualification,
	       number | (u64)row->access << 4 | general << 8);
	expect(row, number, general, "instruction length", vmcs_read(EXIT_INSTRUCTION_LENGTH),
	       length);
}

static void run_move(const struct test *test)
{
	const struct move *row = test->row;
	struct vm vm;
	u8 *code;

	if (!guest_code_start_in(row->mode, &vm, NULL, 0))
		return;
	code = page_alloc();
	vm_map(&vm, gpa(CODE), ept_leaf(hpa_of(code), RX, WB));
	for (unsigned number = 0; number <= R8; number++)
		for (unsigned general = 0; general < (row->mode == MODE_long64 ? 16 : 8); general++)
			if (row->numbers >> number & 1) {
				try_move(row, &vm, code, number, general);
				code += CODE_AT_MOST;
			}
	vm_end(&vm);
}

#define MOVE(name, mode, code, numbers, exit, access, claim)                                       \
	static const struct move name = {                                                          \
		__FILE__, { code, sizeof(code) - 1, 0, false, false, 0 }, __LINE__, numbers,       \
		EXIT_##exit, MODE_##mode, access                                                   \
	};                                                                                         \
	TEST_ROW(name, run_move, &name, "operands/" #name, claim, "Basic VM-Exit Information");
#include "tests/suites/operands/moves.def"
#undef MOVE
