/* machine_check.c -- errors that the processor finds in the hardware, by the banks that see them */
#include "kernel/machine_check.h"

#include "kernel/control_registers.h"
#include "kernel/cpu.h"
#include "kernel/guarded.h"
#include "kernel/print.h"

#define CPUID_1_EDX_MCE BIT(7)
#define CPUID_1_EDX_MCA BIT(14)

/* IA32_MCG_CAP. */
#define COUNT_OF_BANKS  BITS(7, 0)
#define HAS_CONTROL     BIT(8)

/* The MSRs of a bank follow each other, and those of the next bank follow them. */
enum { CONTROL, STATUS, ADDRESS, MSRS_OF_BANK = 4 };

/* The MSRs of a further bank would be IA32_VMX_BASIC and those behind it. */
#define BANKS_MAX       ((IA32_VMX_BASIC - IA32_MC0_CTL) / MSRS_OF_BANK)

/* IA32_MCi_STATUS. */
#define VALID           BIT(63)
#define HAS_ADDRESS     BIT(58)

static inline u32 msr_of(unsigned bank, unsigned which)
{
	return IA32_MC0_CTL + MSRS_OF_BANK * bank + which;
}

/* 0 where the processor has no machine-check architecture. */
static u64 capability(void)
{
	u64 value = 0;

	if (cpuid(1, 0).edx & CPUID_1_EDX_MCA)
		try_rdmsr(IA32_MCG_CAP, &value);
	return value;
}

static unsigned count_banks(void)
{
	unsigned count = capability() & COUNT_OF_BANKS;

	return count < BANKS_MAX ? count : BANKS_MAX;
}

/* On family 6 before model 1AH the firmware alone may write IA32_MC0_CTL. */
static inline bool may_enable_bank_0(void)
{
	u32 signature = cpuid(1, 0).eax;

	return (signature >> 8 & 0xf) != 6 ||
	       (signature >> 12 & 0xf0) + (signature >> 4 & 0xf) >= 0x1a;
}

void machine_check_start(void)
{
	unsigned count = count_banks();

	if (!(cpuid(1, 0).edx & CPUID_1_EDX_MCE))
		return;
	if (capability() & HAS_CONTROL)
		try_wrmsr(IA32_MCG_CTL, ~0ull);
	for (unsigned bank = 0; bank < count; bank++) {
		if (bank > 0 || may_enable_bank_0())
			try_wrmsr(msr_of(bank, CONTROL), ~0ull);
		try_wrmsr(msr_of(bank, STATUS), 0);
	}
	cr4_write(cr4_read() | CR4_MCE);
}

static inline void print_bank(unsigned bank)
{
	u64 status, address = 0;

	if (try_rdmsr(msr_of(bank, STATUS), &status) != 0 || !(status & VALID))
		return;
	if (status & HAS_ADDRESS)
		try_rdmsr(msr_of(bank, ADDRESS), &address);
	print("# machine-check bank %u: status %#lx address %#lx\n", bank, status, address);
}

void machine_check_print(void)
{
	unsigned count = count_banks();

	for (unsigned bank = 0; bank < count; bank++)
		print_bank(bank);
}
