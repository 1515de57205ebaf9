/* msr_bitmaps.c -- the MSR bitmaps: each quarter, its borders, and what lies in none of them
 *
 * An MSR that is let through need not exist: the processor's #GP tells as well that RDMSR or WRMSR
 * has not exited.  So nearly all that are written do not exist.
 */
#include "kernel/bytes.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/report/test.h"
#include "tests/suites/conditions/stage.h"
#include "vmx/capabilities.h"

enum { QUARTER_BYTES = 0x400, QUARTER_MSRS = 0x2000 };

#define HIGH_MSRS 0xc0000000u

struct quarter {
	u32 first;                              /* its MSR of bit 0 */
	u16 offset;                             /* in the bitmap, in bytes */
	bool write;
};

static const struct quarter quarters[] = {
	{ 0, 0, false }, { HIGH_MSRS, QUARTER_BYTES, false },
	{ 0, 2 * QUARTER_BYTES, true }, { HIGH_MSRS, 3 * QUARTER_BYTES, true },
};

/* A guest with an MSR bitmap, and the code for reads or writes. */
struct user {
	struct stage stage;
	u8 *bitmap;
	bool write;
};

static bool user_start(struct user *user, bool write)
{
	const struct change *bitmaps =
		CHANGES(SET(PRIMARY_CONTROLS, PRIMARY_use_msr_bitmaps));

	user->write = write;
	if (!stage_start(&user->stage, STATE_KERNEL_64, write ? "\x0f\x30" : "\x0f\x32", 2) ||
	    !stage_change(&user->stage, bitmaps))
		return false;
	user->bitmap = page_alloc();
	vmcs_write(MSR_BITMAPS, (u64)user->bitmap);
	return true;
}

/* Whether RDMSR or WRMSR of 0 exits. */
static bool exits(struct user *user, u32 msr)
{
	stage_rewind(&user->stage);
	user->stage.vm.registers.rcx = msr;
	user->stage.vm.registers.rax = 0;
	user->stage.vm.registers.rdx = 0;
	vm_run(&user->stage.vm);
	return user->stage.vm.exit.reason == (user->write ? EXIT_wrmsr : EXIT_rdmsr);
}

static void expect(struct user *user, u32 msr, bool expected, const char *bitmap)
{
	if (exits(user, msr) != expected)
		FAIL("%s of MSR %#x %s with %s", user->write ? "WRMSR" : "RDMSR", msr,
		     expected ? "does not exit" : "exits", bitmap);
}

static void try_bit(struct user *user, const struct quarter *quarter, u32 index)
{
	u8 *byte = user->bitmap + quarter->offset + index / 8, bit = (u8)(1u << index % 8);

	memset(user->bitmap, 0, PAGE_SIZE);
	*byte = bit;
	expect(user, quarter->first + index, true, "its own bit alone");
	memset(user->bitmap, 0xff, PAGE_SIZE);
	*byte = (u8)~bit;
	expect(user, quarter->first + index, false, "all bits but its own");
}

/* The first and the last bit, and the last with each bit of its number inverted. */
static void try_quarter(const struct test *test)
{
	const struct quarter *quarter = test->row;
	const u32 last = QUARTER_MSRS - 1;
	struct user user;

	if (!user_start(&user, quarter->write))
		return;
	try_bit(&user, quarter, 0);
	try_bit(&user, quarter, last);
	for (u32 bit = 1; bit < last; bit <<= 1)
		try_bit(&user, quarter, last ^ bit);
	vmcs_write(PRIMARY_CONTROLS,
		   vmcs_read(PRIMARY_CONTROLS) & ~(u64)PRIMARY_use_msr_bitmaps);
	memset(user.bitmap, 0, PAGE_SIZE);
	expect(&user, quarter->first + last, true, "bitmaps that are not used");
	vm_end(&user.stage.vm);
}

#define QUARTER(name, number, text)                                                                \
	TEST_ROW(test_##name, try_quarter, &quarters[number], "msr_bitmap/" #name,                 \
		 text " have a bit each in their quarter of the MSR bitmap",                       \
		 "MSR-Bitmap Address")
QUARTER(reads_of_low_msrs, 0, "reads of MSRs 0 to 0x1fff");
QUARTER(reads_of_high_msrs, 1, "reads of MSRs 0xc0000000 to 0xc0001fff");
QUARTER(writes_of_low_msrs, 2, "writes of MSRs 0 to 0x1fff");
QUARTER(writes_of_high_msrs, 3, "writes of MSRs 0xc0000000 to 0xc0001fff");

static void try_outside(bool write)
{
	static const u32 outside[] = {
		0x2000, 0x4000, 0x40000000, 0x7fffffff, 0x80000000, 0x80001fff, HIGH_MSRS - 1,
		HIGH_MSRS + 0x2000, 0xe0000000, 0xffffffff,
	};
	struct user user;

	if (!user_start(&user, write))
		return;
	for (unsigned msr = 0; msr < COUNT(outside); msr++)
		expect(&user, outside[msr], true, "a bitmap of zeros");
	vm_end(&user.stage.vm);
}

TEST("msr_bitmap/reads_outside", "reads of MSRs that have no bit in the MSR bitmaps always exit",
     "Instructions That Cause VM Exits Conditionally")
{
	try_outside(false);
}

TEST("msr_bitmap/writes_outside", "writes of MSRs that have no bit in the MSR bitmaps always exit",
     "Instructions That Cause VM Exits Conditionally")
{
	try_outside(true);
}

/* Whether the guest still accesses all of RCX: bits 63:32 are not looked at. */
TEST("msr_bitmap/upper_half_of_rcx", "bits 63:32 of RCX do not matter for the MSR bitmaps",
     "Instructions That Cause VM Exits Conditionally")
{
	struct user user;

	if (!user_start(&user, false))
		return;
	user.stage.vm.registers.rcx = BIT(32) | IA32_PAT;
	vm_run(&user.stage.vm);
	EXPECT_EXIT(&user.stage.vm, EXIT_vmcall);
	vm_end(&user.stage.vm);
}
