/* restored_state.c -- whatever a test leaves in a register, the next one finds it as ever
 *
 * machine_restore() is what runs after each test.  Here it is called between a change of one
 * register, be it of the processor, the local APIC or a device, and a look at it.
 */
#include "drivers/port.h"
#include "drivers/serial.h"
#include "kernel/control_registers.h"
#include "kernel/cpuid.h"
#include "kernel/descriptors.h"
#include "kernel/flags.h"
#include "kernel/guarded.h"
#include "kernel/interrupts.h"
#include "kernel/local_apic.h"
#include "kernel/memory.h"
#include "kernel/visible_registers.h"
#include "kernel/signals.h"
#include "tests/report/test.h"
#include "vmx/machine_restore.h"
#include "vmx/vmcs.h"

#define STATUS_FLAGS    (RFLAGS_CF | RFLAGS_PF | RFLAGS_AF | RFLAGS_ZF | RFLAGS_SF | RFLAGS_OF)
#define IOPL_3          BITS(13, 12)            /* of RFLAGS */
#define ID              BIT(21)
#define PWT             BIT(3)                  /* of CR3 */
#define EXACT           BITS(9, 8)              /* LE and GE of DR7, which do nothing by now */
#define BASE_ADDRESS    BITS(51, 12)            /* of IA32_APIC_BASE */
#define BASE_X2APIC     BIT(10)
#define LVT_OF_A_GUEST  0x30u                   /* a vector, and not masked */
#define PIC_MASK        0x21                    /* ports */
#define LINE_CONTROL    0x3fb
#define FAR_OFF         BIT(40)                 /* TSC ticks, which no test takes */

static void restore(void)
{
	const char *lost;

	vmcs_written.ports = vmcs_written.msrs = true;
	lost = machine_restore(true);
	if (lost)
		FAIL("only a reset gives back %s", lost);
}

/* --- Registers ------------------------------------------------------------------------------- */

static u64 control_register_read(unsigned which)
{
	switch (which) {
	case 0: return cr0_read();
	case 2: return cr2_read();
	case 3: return cr3_read();
	case 4: return cr4_read();
	default: return cr8_read();
	}
}

static void control_register_change(unsigned which)
{
	switch (which) {
	case 0: cr0_write(cr0_read() ^ CR0_WP); break;
	case 2: cr2_write(~cr2_read()); break;
	case 3: cr3_write(cr3_read() ^ PWT); break;
	case 4: cr4_write(cr4_read() ^ CR4_TSD); break;
	default: cr8_write(cr8_read() ^ 1); break;
	}
}

#define READ_DR(n)      case n: asm volatile ("mov %%dr" #n ", %0" : "=r" (value)); break;
#define WRITE_DR(n)     case n: asm volatile ("mov %0, %%dr" #n : : "r" (value)); break;
#define EACH_DR(action) action(0) action(1) action(2) action(3) action(6) action(7)

static u64 debug_register_read(unsigned which)
{
	u64 value = 0;

	switch (which) {
		EACH_DR(READ_DR)
	}
	return value;
}

static void debug_register_change(unsigned which)
{
	u64 value = debug_register_read(which) ^ (which == 7 ? EXACT : BIT(13));

	switch (which) {
		EACH_DR(WRITE_DR)
	}
}

#define READ_SEGMENT(n, name)  case n: return name##_get();
#define WRITE_SEGMENT(n, name) case n: name##_set(value); break;
#define EACH_SEGMENT(action)   action(0, ds) action(1, es) action(2, fs) action(3, gs)

static u64 segment_read(unsigned which)
{
	switch (which) {
		EACH_SEGMENT(READ_SEGMENT)
	}
	return 0;
}

static void segment_change(unsigned which)
{
	u16 value = segment_read(which) ? 0 : KERNEL_DATA;

	switch (which) {
		EACH_SEGMENT(WRITE_SEGMENT)
	}
}

static u64 ldtr_read(__attribute__((unused)) unsigned which)
{
	return ldtr_get();
}

/* A null selector may have any RPL. */
static void ldtr_change(__attribute__((unused)) unsigned which)
{
	asm volatile ("lldt %w0" : : "r" (3));
}

static struct table_register table_store(unsigned which)
{
	return which == 0 ? gdtr_get() : idtr_get();
}

static u64 table_limit_read(unsigned which)
{
	return table_store(which).limit;
}

/* As a VM exit does. */
static void table_limit_change(unsigned which)
{
	struct table_register pointer = { 0xffff, table_store(which).base };

	if (which == 0)
		asm volatile ("lgdt %0" : : "m" (pointer));
	else
		asm volatile ("lidt %0" : : "m" (pointer));
}

static u64 flags_read(__attribute__((unused)) unsigned which)
{
	u64 value;

	asm volatile ("pushfq; popq %0" : "=r" (value));
	return value & ~(u64)STATUS_FLAGS;
}

static void flags_change(unsigned which)
{
	asm volatile ("pushq %0; popfq" : : "r" (flags_read(which) | IOPL_3 | ID) : "cc");
}

static _Alignas(16) u8 image[512];              /* of FXSAVE64 */

static u64 x87_and_sse_read(__attribute__((unused)) unsigned which)
{
	u64 cr4 = cr4_read(), sum = 0;

	cr4_write(cr4 | CR4_OSFXSR);
	asm volatile ("fxsave64 %0" : "=m" (image));
	cr4_write(cr4);
	for (unsigned i = 0; i < sizeof(image); i++)
		sum = sum * 3 + image[i];
	return sum;
}

#define FIRST_REGISTER 32                       /* offsets in the image */
#define END_REGISTERS  416

static void x87_and_sse_change(unsigned which)
{
	u64 cr4 = cr4_read();

	x87_and_sse_read(which);
	for (unsigned i = FIRST_REGISTER; i < END_REGISTERS; i += 16)
		image[i] ^= 0x5a;
	cr4_write(cr4 | CR4_OSFXSR);
	asm volatile ("fxrstor64 %0" : : "m" (image));
	cr4_write(cr4);
}

static bool has_pkru(void)
{
	return CPUID(7, 0, ecx, 3);
}

static u64 pkru_read(__attribute__((unused)) unsigned which)
{
	u64 cr4 = cr4_read();
	u32 value = 0;

	if (!has_pkru())
		return 0;
	cr4_write(cr4 | CR4_PKE);
	asm volatile ("rdpkru" : "=a" (value) : "c" (0) : "edx");
	cr4_write(cr4);
	return value;
}

static void pkru_change(__attribute__((unused)) unsigned which)
{
	u64 cr4 = cr4_read();

	if (!has_pkru())
		return;
	cr4_write(cr4 | CR4_PKE);
	asm volatile ("wrpkru" : : "a" (4), "c" (0), "d" (0));
	cr4_write(cr4);
}

/* How many times FAR_OFF the TSC is ahead of where it was when this was called first. */
static u64 tsc_jump_read(__attribute__((unused)) unsigned which)
{
	static u64 start;

	if (!start)
		start = tsc_read();
	return (tsc_read() - start + FAR_OFF / 2) / FAR_OFF;
}

static void tsc_change(__attribute__((unused)) unsigned which)
{
	msr_write(IA32_TSC, tsc_read() + FAR_OFF);
}

/* --- The local APIC and devices -------------------------------------------------------------- */

static u64 apic_base_read(__attribute__((unused)) unsigned which)
{
	return msr_read(IA32_APIC_BASE);
}

static void apic_base_change(__attribute__((unused)) unsigned which)
{
	u64 base = msr_read(IA32_APIC_BASE) & ~(u64)BASE_ADDRESS;

	msr_write(IA32_APIC_BASE, base | hpa_of(page_alloc()).raw);
}

static bool is_logical(unsigned which)
{
	return which == APIC_LOGICAL_ID || which == APIC_FORMAT;
}

/* In x2APIC mode one of these two is missing, and the other one cannot be written. */
static bool is_missing(unsigned which)
{
	return is_logical(which) && msr_read(IA32_APIC_BASE) & BASE_X2APIC;
}

static u64 apic_register_read(unsigned which)
{
	return is_missing(which) ? 0 : apic_read(which);
}

/* The logical ones have bits 31:28 alone, and the divider bits 1:0 and 3. */
static void apic_register_change(unsigned which)
{
	u32 small = which == APIC_DIVIDE ? 1 : LVT_OF_A_GUEST;

	if (!is_missing(which))
		apic_write(which, is_logical(which) ? BIT(28) : small);
}

static u64 requested_read(__attribute__((unused)) unsigned which)
{
	return apic_highest(APIC_REQUESTED);
}

static void requested_change(unsigned vector)
{
	apic_interrupt_self((u8)vector);
}

/* An interrupt that waits for a guest, and the priority above which the APIC lets any in. */
static u64 interrupt_read(__attribute__((unused)) unsigned vector)
{
	return (u64)apic_read(APIC_PRIORITY) << 8 | apic_highest(APIC_REQUESTED);
}

static void interrupt_change(unsigned vector)
{
	signal_interrupt((u8)vector);
}

static u64 nmi_read(__attribute__((unused)) unsigned which)
{
	return interrupts_nmi_comes();
}

static void nmi_change(__attribute__((unused)) unsigned which)
{
	signal_nmi();
}

static u64 port_read(unsigned port)
{
	return port_read8((u16)port);
}

static void port_change(unsigned port)
{
	serial_drain();
	port_write8((u16)port, port_read8((u16)port) ^ 1);
}

/* --- All of them ----------------------------------------------------------------------------- */

#define APIC_ROW(name, which, optional)                                                            \
	{ name, apic_register_read, apic_register_change, which, optional }

static const struct changeable {
	const char *name;
	u64 (*read)(unsigned which);
	void (*change)(unsigned which);
	unsigned which;
	bool optional;                          /* not every machine has one that can be changed */
} registers[] = {
	{ "CR0", control_register_read, control_register_change, 0, false },
	{ "CR2", control_register_read, control_register_change, 2, false },
	{ "CR3", control_register_read, control_register_change, 3, false },
	{ "CR4", control_register_read, control_register_change, 4, false },
	{ "DR0", debug_register_read, debug_register_change, 0, false },
	{ "DR1", debug_register_read, debug_register_change, 1, false },
	{ "DR2", debug_register_read, debug_register_change, 2, false },
	{ "DR3", debug_register_read, debug_register_change, 3, false },
	{ "DR6", debug_register_read, debug_register_change, 6, false },
	{ "DR7", debug_register_read, debug_register_change, 7, false },
	{ "DS", segment_read, segment_change, 0, false },
	{ "ES", segment_read, segment_change, 1, false },
	{ "FS", segment_read, segment_change, 2, false },
	{ "GS", segment_read, segment_change, 3, false },
	{ "LDTR", ldtr_read, ldtr_change, 0, false },
	{ "the limit of GDTR", table_limit_read, table_limit_change, 0, false },
	{ "the limit of IDTR", table_limit_read, table_limit_change, 1, false },
	{ "RFLAGS", flags_read, flags_change, 0, false },
	{ "the state of x87 and SSE", x87_and_sse_read, x87_and_sse_change, 0, false },
	{ "PKRU", pkru_read, pkru_change, 0, true },
}, devices[] = {
	{ "CR8", control_register_read, control_register_change, 8, false },
	{ "IA32_APIC_BASE", apic_base_read, apic_base_change, 0, false },
	APIC_ROW("the APIC's spurious-interrupt vector", APIC_SPURIOUS, false),
	APIC_ROW("the APIC's timer vector", APIC_LVT_TIMER, false),
	APIC_ROW("the APIC's divider", APIC_DIVIDE, false),
	APIC_ROW("the APIC's count", APIC_INITIAL_COUNT, false),
	APIC_ROW("the APIC's logical ID", APIC_LOGICAL_ID, true),
	APIC_ROW("the APIC's destination format", APIC_FORMAT, true),
	APIC_ROW("the APIC's LINT0 vector", APIC_LVT_LINT0, false),
	APIC_ROW("the APIC's error vector", APIC_LVT_ERROR, false),
	{ "the APIC's highest request", requested_read, requested_change, 0xf1, false },
	{ "a request that the APIC keeps back", requested_read, requested_change, 0x41, false },
	{ "an interrupt of a low vector", interrupt_read, interrupt_change, 0x40, false },
	{ "that NMIs are let in", nmi_read, nmi_change, 0, false },
	{ "the mask of the 8259", port_read, port_change, PIC_MASK, true },
	{ "the line control of the serial port", port_read, port_change, LINE_CONTROL, true },
};

static void expect_value(const struct changeable *row, u64 wanted)
{
	u64 found = row->read(row->which);

	if (found != wanted)
		FAIL("%s is %#lx, expected %#lx", row->name, found, wanted);
}

static void expect_given_back(const struct changeable *row)
{
	u64 before = row->read(row->which), changed;

	row->change(row->which);
	changed = row->read(row->which);
	restore();
	if (changed == before && !row->optional)
		FAIL("%s cannot be changed", row->name);
	expect_value(row, before);
}

TEST("machine/registers_are_given_back",
     "each register of the processor has its value again, after it alone was changed",
     "Processor State After Reset")
{
	restore();
	for (unsigned i = 0; i < COUNT(registers); i++)
		expect_given_back(&registers[i]);
}

TEST("machine/local_apic_is_given_back",
     "each register of the local APIC and of other devices has its value again, after it alone was "
     "changed", "Local APIC State After It Has Been Software Disabled")
{
	if (!interrupts_start()) {
		skip("needs a local APIC");
		return;
	}
	restore();
	for (unsigned i = 0; i < COUNT(devices); i++)
		expect_given_back(&devices[i]);
}

TEST("machine/tsc_is_given_back",
     "the time-stamp counter is where it would be, after it was written", "Time-Stamp Counter")
{
	static const struct changeable tsc = { "the jump of the TSC", tsc_jump_read, tsc_change, 0,
					       false };

	if (!CPUID(7, 0, ebx, 1))
		skip("needs CPUID.07H:EBX[1] (IA32_TSC_ADJUST)");
	else
		expect_given_back(&tsc);
}

/* --- MSRs ------------------------------------------------------------------------------------ */

static const struct msr_row { u32 number; const char *name; } msrs[] = {
#define MSR(number, name) { number, #name },
#include "kernel/msr.def"
#undef MSR
};

/* The capability MSRs cannot be written.  Two are tested above, one stays locked till a reset. */
static bool can_be_tried(u32 msr)
{
	return msr != IA32_TSC && msr != IA32_APIC_BASE && msr != IA32_FEATURE_CONTROL &&
	       !(msr >= IA32_VMX_BASIC && msr <= IA32_VMX_EXIT_CTLS2);
}

/* Changes the first bit that can be changed.  The first ones tried enable nothing, where they do
 * anything at all: bit 0 of IA32_RTIT_CTL, for one, would start a trace. */
static bool change_msr(u32 msr, u64 before)
{
	static const u8 order[] = { 3, 2, 1, 0 };
	u64 found;

	for (unsigned i = 0; i < 64; i++) {
		unsigned bit = i < COUNT(order) ? order[i] : i;

		if (try_wrmsr(msr, before ^ BIT(bit)) == 0 && try_rdmsr(msr, &found) == 0 &&
		    found != before)
			return true;
	}
	return false;
}

static bool expect_msr_given_back(const struct msr_row *row)
{
	u64 before, found;

	if (!can_be_tried(row->number) || try_rdmsr(row->number, &before) ||
	    !change_msr(row->number, before))
		return false;
	restore();
	found = msr_read(row->number);
	if (found != before)
		FAIL("%s is %#lx, expected %#lx", row->name, found, before);
	return true;
}

TEST("machine/msrs_are_given_back",
     "each MSR that the kernel knows and that can be written has its value again, after it alone "
     "was changed", "Model-Specific Registers (MSRs)")
{
	unsigned tried = 0;

	restore();
	for (const struct msr_row *row = msrs; row < msrs + COUNT(msrs); row++)
		tried += expect_msr_given_back(row);
	note("%u MSRs could be changed", tried);
}

TEST("machine/all_is_given_back",
     "all registers and MSRs have their values again, after all were changed",
     "Processor State After Reset")
{
	u64 wanted[COUNT(registers)], values[COUNT(msrs)], found;

	restore();
	for (unsigned i = 0; i < COUNT(registers); i++)
		wanted[i] = registers[i].read(registers[i].which);
	for (unsigned i = 0; i < COUNT(msrs); i++)
		if (can_be_tried(msrs[i].number) && try_rdmsr(msrs[i].number, &values[i]) == 0)
			change_msr(msrs[i].number, values[i]);
	for (unsigned i = 0; i < COUNT(registers); i++)
		registers[i].change(registers[i].which);
	restore();
	for (unsigned i = 0; i < COUNT(registers); i++)
		expect_value(&registers[i], wanted[i]);
	for (unsigned i = 0; i < COUNT(msrs); i++)
		if (can_be_tried(msrs[i].number) && try_rdmsr(msrs[i].number, &found) == 0 &&
		    found != values[i])
			FAIL("%s is %#lx, expected %#lx", msrs[i].name, found, values[i]);
}
