/* saved_fields.c -- what a VM exit saves of control, segment and descriptor-table registers, and of
 * the PDPTEs, that the guest has loaded */
#include "kernel/control_registers.h"
#include "kernel/flags.h"
#include "tests/report/test.h"
#include "tests/suites/state/environment.h"

#define ALL             (~0ul)
#define UPPER_HALF      BITS(63, 32)
#define UNUSABLE        BIT(16)                 /* of access rights */
#define IF_UNUSABLE     (BITS(31, 16) | BITS(11, 8))
#define DPL             BITS(6, 5)
#define DPL_1           BIT(5)
#define PRESENT_ENTRY   (~BITS(11, 9))

enum {
#define SAVING(name, ...) SAVING_##name,
#include "tests/suites/state/guests.def"
#undef SAVING
};

struct state_guest {
	const u8 *code;
	enum guest_mode mode;
	u32       line;
	enum capability needs;
	u8        number;
};

struct saved_field {
	u8  guest;
	u16 field;
	u32 line;
	u64 mask, value;
};

static const struct saved_field saved_fields[] = {
#define SAVED(guest, field, mask, value) { SAVING_##guest, field, __LINE__, mask, value },
#include "tests/suites/state/saved_fields.def"
#undef SAVED
};

static void expect_field(const struct saved_field *row)
{
	u64 saved = vmcs_read(row->field) & row->mask;

	if (saved != row->value)
		fail_at("tests/suites/state/saved_fields.def", row->line,
			"%s is saved as %#lx, expected %#lx; the bits that count are %#lx",
			vmcs_field_name(row->field), saved, row->value, row->mask);
}

static void run_saving(const struct test *test)
{
	const struct state_guest *guest = test->row;
	struct vm vm;

	if (!environment_needs(guest->needs) || !environment_start(&vm, guest->mode, guest->code))
		return;
	environment_run(&vm, "tests/suites/state/guests.def", guest->line);
	for (unsigned i = 0; i < COUNT(saved_fields); i++)
		if (saved_fields[i].guest == guest->number)
			expect_field(&saved_fields[i]);
	vm_end(&vm);
}

#define REGISTERS "Saving Control Registers, Debug Registers, and MSRs"
#define SEGMENTS  "Saving Segment Registers and Descriptor-Table Registers"
#define OTHER     "Saving Non-Register State"

#define SAVING(name, mode, guest, needs, text, section)                                            \
	DECLARE_STATE_GUEST(guest)                                                                 \
	static const struct state_guest name##_guest = {                                           \
		STATE_GUEST(guest), MODE_##mode, __LINE__, CAPABILITY_##needs, SAVING_##name };    \
	TEST_ROW(name, run_saving, &name##_guest, "saved_registers/" #name,                        \
		 "a VM exit saves " text, section);
#include "tests/suites/state/guests.def"
#undef SAVING
