/* reset_state.c -- gives the processor back what a firmware, a boot loader or a test has changed */
#include "kernel/reset_state.h"

#include "kernel/control_registers.h"
#include "kernel/cpuid.h"
#include "kernel/descriptors.h"
#include "kernel/guarded.h"
#include "kernel/interrupts.h"

#define DR6_AT_RESET   0xffff0ff0ull
#define DR7_AT_RESET   0x400ull
#define XCR0_AT_RESET  1u                       /* x87, which cannot be off */
#define X87_CONTROL    0x37f                    /* as FNINIT leaves it */
#define MXCSR_AT_RESET 0x1f80

#define CPUID_1_ECX_XSAVE 26
#define CPUID_7_ECX_PKU   3

/* --- MSRs ------------------------------------------------------------------------------------ */

enum { eax, ebx, ecx, edx };

static const struct row {
	u32 msr, leaf;
	u8 subleaf, in, bit;
	bool as_found;
	u64 value;
} rows[] = {
#define RESET(msr, value, leaf, subleaf, in, bit) { msr, leaf, subleaf, in, bit, false, value },
#define AS_FOUND(msr, leaf, subleaf, in, bit)     { msr, leaf, subleaf, in, bit, true, 0 },
#include "kernel/reset_state.def"
#undef RESET
#undef AS_FOUND
};

/* The rows that count here, and what their MSRs should be. */
static u32 count, first_as_found;
static struct { u32 msr; u64 value; } msrs[COUNT(rows)];

/* Rows of one leaf stand together, as CPUID is slow under most hypervisors. */
static inline bool exists(const struct row *row)
{
	static u32 leaf, subleaf, found[4];

	if (row->leaf != leaf || row->subleaf != subleaf) {
		struct cpuid now = cpuid_leaf(row->leaf, row->subleaf);

		leaf = row->leaf;
		subleaf = row->subleaf;
		found[eax] = now.eax;
		found[ebx] = now.ebx;
		found[ecx] = now.ecx;
		found[edx] = now.edx;
	}
	return found[row->in] >> row->bit & 1;
}

/* The first verdict waits for this: local variables, which no store can change, stay in
 * registers. */
static void find_msrs(void)
{
	u32 found = 0, always = 0;

	for (const struct row *row = rows; row < rows + COUNT(rows); row++) {
		if (!exists(row))
			continue;
		msrs[found].msr = row->msr;
		msrs[found++].value = row->value;
		if (!row->as_found)
			always = found;
	}
	count = found;
	first_as_found = always;
}

static void write_msrs(void)
{
	for (u32 i = 0; i < first_as_found; i++)
		try_wrmsr(msrs[i].msr, msrs[i].value);
}

/* CPUID does not tell of each of these whether it exists. */
static void note_as_found(void)
{
	u32 kept = first_as_found;

	for (u32 i = first_as_found; i < count; i++)
		if (try_rdmsr(msrs[i].msr, &msrs[i].value) == 0)
			msrs[kept++] = msrs[i];
	count = kept;
}

/* All of these could be read once. */
static void write_as_found(void)
{
	for (u32 i = first_as_found; i < count; i++)
		if (msr_read(msrs[i].msr) != msrs[i].value)
			try_wrmsr(msrs[i].msr, msrs[i].value);
}

/* --- Registers ------------------------------------------------------------------------------- */

static u64 cr0, cr3, cr4;

u64 kernel_cr0(void) { return cr0; }
u64 kernel_cr3(void) { return cr3; }
u64 kernel_cr4(void) { return cr4; }

/* DR7 comes first, lest a breakpoint is met in between. */
static void load_debug_registers(void)
{
	asm volatile ("mov %0, %%dr7" : : "r" (DR7_AT_RESET));
	asm volatile ("mov %0, %%dr6" : : "r" (DR6_AT_RESET));
	asm volatile ("mov %0, %%dr0; mov %0, %%dr1; mov %0, %%dr2; mov %0, %%dr3" : : "r" (0ul));
}

static void load_xcr0(void)
{
	if (!CPUID(1, 0, ecx, CPUID_1_ECX_XSAVE))
		return;
	cr4_write(cr4_read() | CR4_OSXSAVE);
	asm volatile ("xsetbv" : : "a" (XCR0_AT_RESET), "d" (0), "c" (0));
	cr4_write(cr4_read() & ~(u64)CR4_OSXSAVE);
}

/* As in the figure "Layout of the 64-Bit Mode FXSAVE64 Map" (SDM vol. 2, "FXSAVE"). */
static _Alignas(16) struct {
	u16 control, status;
	u8  tags, reserved;
	u16 opcode;
	u64 instruction, operand;
	u32 mxcsr, mxcsr_mask;
	u8  registers[480];
} x87_and_sse = { .control = X87_CONTROL, .mxcsr = MXCSR_AT_RESET };
_Static_assert(sizeof(x87_and_sse) == 512, "as in the SDM's figure");

static void load_x87_and_sse(void)
{
	u64 now = cr4_read();

	cr4_write(now | CR4_OSFXSR);            /* without it FXRSTOR may leave XMM as it is */
	asm volatile ("fxrstor64 %0" : : "m" (x87_and_sse));
	cr4_write(now);
}

static void load_pkru(void)
{
	static bool known, offered;
	u64 now = cr4_read();

	if (!known)
		offered = CPUID(7, 0, ecx, CPUID_7_ECX_PKU);
	known = true;
	if (!offered)
		return;
	cr4_write(now | CR4_PKE);
	asm volatile ("wrpkru" : : "a" (0), "d" (0), "c" (0));
	cr4_write(now);
}

/* --- All of it ------------------------------------------------------------------------------- */

static void load_registers(void)
{
	load_debug_registers();
	cr2_write(0);
	load_x87_and_sse();
	load_pkru();
}

void reset_state_load(void)
{
	load_xcr0();
	load_registers();
	find_msrs();
	write_msrs();
}

void reset_state_keep(void)
{
	cr0 = cr0_read();
	cr3 = cr3_read();
	cr4 = cr4_read();
	note_as_found();
}

void reset_state_restore(bool as_found_too)
{
	if (cr3_read() != cr3)
		cr3_write(cr3);
	descriptors_load();
	load_registers();
	write_msrs();
	if (as_found_too)
		write_as_found();
	interrupts_unblock_nmi();
}
