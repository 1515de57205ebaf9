/* io_bitmaps.c -- the I/O bitmaps: a bit for each port, A below 0x8000 and B from there on */
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/report/test.h"
#include "tests/suites/conditions/stage.h"
#include "vmx/capabilities.h"

#define BITMAP_PAGES 2                          /* A and B in one piece, for one index */

struct io_access_case { u16 port; u8 size; };

static const struct io_access_case accesses[] = {
#define IO_ACCESS(port, size) { port, size },
#define IO_WRAP(port, size)
#include "tests/suites/conditions/io_accesses.def"
#undef IO_ACCESS
#undef IO_WRAP
};

static const struct io_access_case wraps[] = {
#define IO_ACCESS(port, size)
#define IO_WRAP(port, size) { port, size },
#include "tests/suites/conditions/io_accesses.def"
#undef IO_ACCESS
#undef IO_WRAP
};

struct user {
	struct stage stage;
	u8 *bitmaps;
	bool out;
};

static bool user_start(struct user *user, const struct change *controls)
{
	if (!stage_start(&user->stage, STATE_KERNEL_64, "", 0) ||
	    !stage_change(&user->stage, controls))
		return false;
	user->bitmaps = pages_alloc(BITMAP_PAGES);
	vmcs_write(IO_BITMAP_A, (u64)user->bitmaps);
	vmcs_write(IO_BITMAP_B, (u64)user->bitmaps + PAGE_SIZE);
	return true;
}

static const struct change *const all_alone =
	CHANGES(SET(PRIMARY_CONTROLS, PRIMARY_unconditional_io_exiting));

static const struct change *const bitmaps_and_all =
	CHANGES(SET(PRIMARY_CONTROLS, PRIMARY_unconditional_io_exiting)
		SET(PRIMARY_CONTROLS, PRIMARY_use_io_bitmaps));

static const struct change *const bitmaps_alone =
	CHANGES(CLEAR(PRIMARY_CONTROLS, PRIMARY_unconditional_io_exiting)
		SET(PRIMARY_CONTROLS, PRIMARY_use_io_bitmaps));

static const struct change *const bitmaps_and_tables =
	CHANGES(CLEAR(PRIMARY_CONTROLS, PRIMARY_unconditional_io_exiting)
		SET(PRIMARY_CONTROLS, PRIMARY_use_io_bitmaps) WRITABLE_TABLES);

static const struct change *const neither =
	CHANGES(CLEAR(PRIMARY_CONTROLS, PRIMARY_unconditional_io_exiting));

/* IN or OUT with the port in DX, of AL, AX or EAX; a byte of it may be a prefix. */
static void set_code(struct user *user, u8 size)
{
	static const char *const codes[2][3] = {
		{ "\x90\xec", "\x66\xed", "\x90\xed" }, { "\x90\xee", "\x66\xef", "\x90\xef" },
	};

	stage_code(&user->stage, codes[user->out][size / 2], 2);
}

static bool exits(struct user *user, const struct io_access_case *access)
{
	stage_rewind(&user->stage);
	set_code(user, access->size);
	user->stage.vm.registers.rdx = access->port;
	user->stage.vm.registers.rax = 0;
	vm_run(&user->stage.vm);
	return user->stage.vm.exit.reason == EXIT_io_instruction;
}

static void expect(struct user *user, const struct io_access_case *access, bool expected,
		   const char *bits)
{
	if (exits(user, access) != expected)
		FAIL("%s port %#x, %u bytes, %s with %s", user->out ? "OUT to" : "IN from",
		     access->port, access->size, expected ? "does not exit" : "exits", bits);
}

static void invert(struct user *user, unsigned port)
{
	user->bitmaps[port / 8] ^= (u8)(1u << port % 8);
}

/* The bit of each of its bytes alone, and all bits but those of its bytes. */
static void try_access(struct user *user, const struct io_access_case *access)
{
	memset(user->bitmaps, 0, BITMAP_PAGES * PAGE_SIZE);
	for (unsigned byte = 0; byte < access->size; byte++) {
		invert(user, access->port + byte);
		expect(user, access, true, "the bit of one of its bytes");
		invert(user, access->port + byte);
	}
	memset(user->bitmaps, 0xff, BITMAP_PAGES * PAGE_SIZE);
	for (unsigned byte = 0; byte < access->size; byte++)
		invert(user, access->port + byte);
	expect(user, access, false, "all bits but its own");
}

static void try_accesses(bool out)
{
	struct user user = { .out = out };

	if (!user_start(&user, bitmaps_alone))
		return;
	for (unsigned access = 0; access < COUNT(accesses); access++)
		try_access(&user, &accesses[access]);
	vm_end(&user.stage.vm);
}

TEST("io_bitmap/in", "IN exits if the bit of one of its bytes in the I/O bitmaps is 1",
     "I/O-Bitmap Addresses")
{
	try_accesses(false);
}

TEST("io_bitmap/out", "OUT exits if the bit of one of its bytes in the I/O bitmaps is 1",
     "I/O-Bitmap Addresses")
{
	try_accesses(true);
}

static void try_wraps(bool out)
{
	struct user user = { .out = out };

	if (!user_start(&user, bitmaps_alone))
		return;
	for (unsigned access = 0; access < COUNT(wraps); access++)
		expect(&user, &wraps[access], true, "bitmaps of zeros");
	vm_end(&user.stage.vm);
}

TEST("io_bitmap/wrap", "an access that goes on behind port 0xffff exits with bitmaps of zeros",
     "Instructions That Cause VM Exits Conditionally")
{
	try_wraps(false);
	try_wraps(true);
}

static void try_controls(const struct change *controls, bool expected, const char *text)
{
	const struct io_access_case one = { 0x80, 1 };
	struct user user = { .out = true };

	if (!user_start(&user, controls))
		return;
	expect(&user, &one, expected, text);
	vm_end(&user.stage.vm);
}

TEST("io_bitmap/unconditional_exiting",
     "\"unconditional I/O exiting\" counts without \"use I/O bitmaps\" alone",
     "Instructions That Cause VM Exits Conditionally")
{
	try_controls(all_alone, true, "\"unconditional I/O exiting\" alone");
	try_controls(bitmaps_and_all, false, "both controls and bitmaps of zeros");
	try_controls(neither, false, "neither control");
}

/* REP INS or OUTS of three elements; tells whether it exits, and how many are left then. */
static void try_string(struct user *user, const char *code, u16 port, bool expected)
{
	struct registers *registers = &user->stage.vm.registers;

	stage_rewind(&user->stage);
	stage_code(&user->stage, code, 3);
	registers->rdx = port;
	registers->rcx = 3;
	registers->rsi = STAGE_OPERAND;
	registers->rdi = STAGE_OPERAND;
	vm_run(&user->stage.vm);
	EXPECT_EXIT(&user->stage.vm, expected ? EXIT_io_instruction : EXIT_vmcall);
	EXPECT_EQUAL(registers->rcx, expected ? 3 : 0);
	EXPECT_EQUAL(vm_rip(), expected ? GUEST_CODE : user->stage.end);
}

static void try_strings(struct user *user, unsigned bit, bool expected)
{
	invert(user, bit);
	try_string(user, "\xf3\x66\x6f", 0x7fff, expected);     /* rep outsw */
	try_string(user, "\xf3\x66\x6d", 0x7fff, expected);     /* rep insw */
	invert(user, bit);
}

TEST("io_bitmap/strings",
     "REP INS and REP OUTS exit before their first element by the I/O bitmaps, or run",
     "I/O-Bitmap Addresses")
{
	struct user user = { 0 };

	if (!user_start(&user, bitmaps_and_tables))
		return;
	try_strings(&user, 0x7ffe, false);
	try_strings(&user, 0x7fff, true);
	try_strings(&user, 0x8000, true);
	try_strings(&user, 0x8001, false);
	vm_end(&user.stage.vm);
}
