/* fields.c -- each field of a shadow VMCS, read and written by a guest and by the host
 *
 * What a field keeps of a value, the host says: it writes the value to the shadow VMCS while that
 * is current, and reads it back.  Whether there is such a field, and whether it can be written, is
 * what vmcs_fields/ tests.
 */
#include "tests/report/test.h"
#include "tests/suites/shadowing/shadow_guest.h"
#include "vmx/vmcs.h"

/* Of each field: what the host's VMREAD says, and its outcome and that of VMWRITE. */
static struct field_state {
	u64 value;
	outcome_t read, written;
} states[MOST_SHADOW_FIELDS];

static u64 value_for(unsigned which, unsigned round)
{
	return (which + 1) * 0x0123456789abcdeful ^ -(u64)round;
}

static void write_all(unsigned round)
{
	for (unsigned i = 0; i < shadow_field_count; i++)
		states[i].written = vmwrite(shadow_fields[i], value_for(i, round));
}

static void read_all(void)
{
	for (unsigned i = 0; i < shadow_field_count; i++) {
		states[i].value = 0;
		states[i].read = vmread(shadow_fields[i], &states[i].value);
	}
}

static enum access_end end_of(outcome_t outcome)
{
	return outcome == SUCCEEDED ? SHADOW_SUCCEEDS : SHADOW_FAIL_VALID;
}

static void expect_end(u16 field, const char *instruction, enum access_end end,
		       enum access_end expected)
{
	if (end != expected)
		FAIL("%s of %s ends with %s, expected %s", instruction, vmcs_field_name(field),
		     access_end_text(end), access_end_text(expected));
}

/* A VMREAD that fails leaves its destination alone. */
static void expect_read(struct shadow_guest *guest, unsigned which)
{
	const u64 before = 0x5a5a5a5a5a5a5a5a;
	const struct field_state *state = &states[which];
	u64 expected = state->read == SUCCEEDED ? state->value : before;
	u16 field = shadow_fields[which];
	u64 value = before;

	expect_end(field, "VMREAD", shadow_guest_read(guest, field, &value), end_of(state->read));
	if (value != expected)
		FAIL("%s is read as %#lx, expected %#lx", vmcs_field_name(field), value, expected);
}

TEST("vmcs_shadowing/reads_each_field",
     "VMREAD of a guest reads each field of the shadow VMCS that its link pointer leads to",
     "VMREAD--Read Field from Virtual-Machine Control Structure")
{
	struct shadow_guest guest;

	if (!shadow_guest_start(&guest))
		return;
	shadow_make_current(&guest);
	write_all(0);
	read_all();
	shadow_leave(&guest);
	for (unsigned i = 0; i < shadow_field_count; i++)
		expect_read(&guest, i);
	shadow_guest_end(&guest);
}

/* What the fields become, from the host's own writes; then other values, for the guest to
 * overwrite. */
static void prepare_writes(const struct shadow_guest *guest)
{
	shadow_make_current(guest);
	write_all(1);
	read_all();
	write_all(0);
	shadow_leave(guest);
}

static void expect_written(const struct shadow_guest *guest)
{
	shadow_make_current(guest);
	for (unsigned i = 0; i < shadow_field_count; i++) {
		u64 value = 0;

		vmread(shadow_fields[i], &value);
		if (value != states[i].value)
			FAIL("%s was written as %#lx, expected %#lx",
			     vmcs_field_name(shadow_fields[i]), value, states[i].value);
	}
	shadow_leave(guest);
}

TEST("vmcs_shadowing/writes_each_field",
     "VMWRITE of a guest writes each field of the shadow VMCS that its link pointer leads to",
     "VMWRITE--Write Field to Virtual-Machine Control Structure")
{
	struct shadow_guest guest;

	if (!shadow_guest_start(&guest))
		return;
	prepare_writes(&guest);
	for (unsigned i = 0; i < shadow_field_count; i++) {
		u16 field = shadow_fields[i];

		expect_end(field, "VMWRITE", shadow_guest_write(&guest, field, value_for(i, 1)),
			   end_of(states[i].written));
	}
	expect_written(&guest);
	shadow_guest_end(&guest);
}

TEST("vmcs_shadowing/leaves_the_guest_s_own_vmcs",
     "VMWRITE of a guest to its shadow VMCS changes nothing of the VMCS that it runs with",
     "VMWRITE--Write Field to Virtual-Machine Control Structure")
{
	struct shadow_guest guest;
	u64 limit;

	if (!shadow_guest_start(&guest))
		return;
	limit = vmcs_read(GUEST_GDTR_LIMIT);
	expect_end(GUEST_GDTR_LIMIT, "VMWRITE",
		   shadow_guest_write(&guest, GUEST_GDTR_LIMIT, limit ^ 0xff), SHADOW_SUCCEEDS);
	EXPECT_EQUAL(vmcs_read(GUEST_GDTR_LIMIT), limit);
	shadow_guest_end(&guest);
}

/* --- The host itself, with a shadow VMCS as its current one ---------------------------------- */

TEST("vmcs_shadowing/host_reads_a_shadow_vmcs",
     "VMREAD in VMX root operation reads a shadow VMCS that is current, with what a guest has "
     "written", "VMREAD--Read Field from Virtual-Machine Control Structure")
{
	struct shadow_guest guest;
	u64 value = 0;

	if (!shadow_guest_start(&guest))
		return;
	expect_end(GUEST_RIP, "VMWRITE", shadow_guest_write(&guest, GUEST_RIP, 0x1234),
		   SHADOW_SUCCEEDS);
	shadow_make_current(&guest);
	EXPECT_EQUAL(vmread(GUEST_RIP, &value), SUCCEEDED);
	EXPECT_EQUAL(value, 0x1234);
	shadow_leave(&guest);
	EXPECT(vmcs_read(GUEST_RIP) != 0x1234);
	shadow_guest_end(&guest);
}
