/* tsc.c -- the time-stamp counter as a guest reads it, and as a VM exit stores it
 *
 * What a guest reads lies between what the host reads before the VM entry and behind the VM exit,
 * both seen through the same offset and multiplier.
 */
#include "kernel/clock.h"
#include "kernel/cpu.h"
#include "kernel/memory.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/guest/offered_controls.h"
#include "vmx/capabilities.h"

#define VMCALL "\x0f\x01\xc1"

struct tsc_setting {
	bool offsetting;
	u64 offset, multiplier;                 /* 48 bits behind the point; 0: no scaling */
};

/* Of an MSR area (SDM vol. 3, "VM-Exit Controls for MSRs"). */
struct msr_entry { u32 number, reserved; u64 value; };

struct bounds { u64 low, high; };

static bool prepare(const struct tsc_setting *setting)
{
	if (!controls_set(PRIMARY, setting->offsetting ? PRIMARY_use_tsc_offsetting : 0) ||
	    !controls_set(SECONDARY, setting->multiplier ? SECONDARY_use_tsc_scaling : 0))
		return false;
	vmcs_try_write(TSC_OFFSET, setting->offset);
	if (setting->multiplier)
		vmcs_write(TSC_MULTIPLIER, setting->multiplier);
	return true;
}

/* SDM vol. 3, "Changes to Instruction Behavior in VMX Non-Root Operation" (RDTSC). */
static u64 seen_by(const struct tsc_setting *setting, u64 tsc)
{
	if (!setting->offsetting)
		return tsc;
	if (setting->multiplier)
		tsc = (u64)((unsigned __int128)tsc * setting->multiplier >> 48);
	return tsc + setting->offset;
}

static struct bounds run(struct vm *vm, const struct tsc_setting *setting)
{
	struct bounds bounds = { .low = seen_by(setting, tsc_read()) };

	vm_run(vm);
	bounds.high = seen_by(setting, tsc_read());
	return bounds;
}

/* The difference to `low` stays the right one where 64 bits have wrapped. */
static void expect_between(const char *what, u64 value, struct bounds bounds)
{
	if (value - bounds.low > bounds.high - bounds.low)
		FAIL("%s is %#lx, expected %#lx to %#lx", what, value, bounds.low, bounds.high);
}

static u64 in_two_registers(const struct vm *vm)
{
	return vm->registers.rdx << 32 | (u32)vm->registers.rax;
}

/* --- Instructions that read it --------------------------------------------------------------- */

static bool allow_nothing(void)
{
	return true;
}

static bool allow_rdtscp(void)
{
	return controls_set(SECONDARY, SECONDARY_enable_rdtscp);
}

static bool allow_msr(void)
{
	if (!controls_set(PRIMARY, PRIMARY_use_msr_bitmaps))
		return false;
	vmcs_write(MSR_BITMAPS, (u64)page_alloc());
	return true;
}

static const struct tsc_read {
	const char *name, *code;
	size_t size;
	bool (*allow)(void);                    /* false after skip() */
} reads[] = {
#define TSC_READ(name, code, allow) { name, code VMCALL, sizeof(code VMCALL) - 1, allow_##allow },
#include "tests/suites/time/tsc_reads.def"
#undef TSC_READ
};

static void expect_read(const struct tsc_read *read, const struct tsc_setting *setting)
{
	struct bounds bounds;
	struct vm vm;

	if (!guest_code_start(&vm, (const u8 *)read->code, read->size))
		return;
	if (prepare(setting) && read->allow()) {
		vm.registers.rcx = IA32_TSC;
		bounds = run(&vm, setting);
		EXPECT_EXIT(&vm, EXIT_vmcall);
		expect_between(read->name, in_two_registers(&vm), bounds);
	}
	vm_end(&vm);
}

static void run_setting(const struct test *test)
{
	for (size_t i = 0; i < COUNT(reads); i++)
		expect_read(&reads[i], test->row);
}

#define TSC_SETTING(name, offsetting, offset, multiplier, text)                                    \
	static const struct tsc_setting setting_##name = { offsetting, offset, multiplier };       \
	TEST_ROW(name, run_setting, &setting_##name, "tsc/" #name, text,                           \
		 "Changes to Instruction Behavior in VMX Non-Root Operation");
#include "tests/suites/time/tsc.def"
#undef TSC_SETTING

/* --- VM exits and WRMSR ---------------------------------------------------------------------- */

TEST("tsc/stored_by_an_exit",
     "the time-stamp counter that a VM exit stores has neither TSC offset nor TSC scaling",
     "Saving MSRs")
{
	static const struct tsc_setting setting = { true, 1ul << 60, 3ul << 47 };
	static const struct tsc_setting of_host = { false, 0, 0 };
	struct msr_entry *list = page_alloc();
	struct bounds bounds;
	struct vm vm;

	if (!guest_code_start(&vm, (const u8 *)VMCALL, sizeof(VMCALL) - 1))
		return;
	if (prepare(&setting)) {
		list->number = IA32_TSC;
		vmcs_write(EXIT_MSR_STORE_ADDRESS, (u64)list);
		vmcs_write(EXIT_MSR_STORE_COUNT, 1);
		bounds = run(&vm, &of_host);
		EXPECT_EXIT(&vm, EXIT_vmcall);
		expect_between("the TSC that was stored", list->value, bounds);
	}
	vm_end(&vm);
}

/* WRMSR; RDTSC; VMCALL.  The guest sets the counter far ahead, and the host sets it back. */
TEST("tsc/written_by_the_guest",
     "WRMSR of the time-stamp counter writes the counter itself, without the TSC offset",
     "Changes to Instruction Behavior in VMX Non-Root Operation")
{
	static const u8 code[] = { 0x0f, 0x30, 0x0f, 0x31, 0x0f, 0x01, 0xc1 };
	static const struct tsc_setting setting = { true, 1ul << 60, 0 };
	const u64 jump = 1ul << 40;
	struct bounds bounds;
	struct vm vm;
	u64 start;

	if (!guest_code_start(&vm, code, sizeof(code)))
		return;
	if (prepare(&setting) && allow_msr()) {
		clock_step();
		start = tsc_read() + jump;
		vm.registers.rcx = IA32_TSC;
		vm.registers.rax = (u32)start;
		vm.registers.rdx = start >> 32;
		vm_run(&vm);
		bounds = (struct bounds){ start, tsc_read() };
		msr_write(IA32_TSC, bounds.high - jump);
		clock_step();
		EXPECT_EXIT(&vm, EXIT_vmcall);
		expect_between("RDTSC less the offset", in_two_registers(&vm) - setting.offset,
			       bounds);
		EXPECT(bounds.high - start < jump);
	}
	vm_end(&vm);
}
