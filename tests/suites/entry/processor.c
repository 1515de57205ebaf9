/* processor.c -- this processor, as the model of VM entry asks for it */
#include "tests/suites/entry/processor.h"
#include "kernel/flags.h"
#include "kernel/guarded.h"
#include "vmx/capabilities.h"

/* CPUID.(EAX=07H,ECX=0) (SDM vol. 2, "CPUID--CPU Identification"). */
enum {
	EBX_SGX = 2, EBX_RTM = 11, EBX_MPX = 14, EBX_PT = 25,
	ECX_CET_SS = 7,
	EDX_LBR = 19, EDX_CET_IBT = 20, EDX_IBRS = 26, EDX_STIBP = 27, EDX_SSBD = 31,
};

#define CPUID_80000001_EDX_NX     20
#define CPUID_80000001_EDX_SYSCALL 11

static bool has(u32 word, unsigned bit)
{
	return word >> bit & 1;
}

/* SDM vol. 4, "Architectural MSRs": a bit that WRMSR takes is not reserved. */
static u64 bits_that_wrmsr_takes(enum msr msr, unsigned first)
{
	u64 before, bits = 0;

	if (try_rdmsr(msr, &before))
		return 0;
	for (unsigned bit = first; bit < 64; bit++)
		if (!try_wrmsr(msr, BIT(bit))) {
			bits |= BIT(bit);
			msr_write(msr, before);
		}
	return bits;
}

/* SDM vol. 3, "Architectural Performance Monitoring": a bit for each counter that CPUID tells. */
static u64 perf_global_ctrl_bits(void)
{
	struct cpuid leaf = { 0 };
	unsigned version, counters, fixed;

	if (cpuid(0, 0).eax >= 0xa)
		leaf = cpuid(0xa, 0);
	version = leaf.eax & 0xff;
	counters = leaf.eax >> 8 & 0xff;
	fixed = leaf.edx & 0x1f;
	if (version < 2)
		return 0;
	return (BIT(counters) - 1) | (BIT(fixed) - 1) << 32;
}

static u64 efer_bits(void)
{
	u32 edx = (u32)vmx_capabilities.cpuid_80000001_edx;
	u64 bits = EFER_LME | EFER_LMA;

	if (has(edx, CPUID_80000001_EDX_SYSCALL))
		bits |= EFER_SCE;
	if (has(edx, CPUID_80000001_EDX_NX))
		bits |= EFER_NXE;
	return bits;
}

/* SDM vol. 4, "Architectural MSRs", IA32_SPEC_CTRL. */
static u64 spec_ctrl_bits(struct cpuid leaf7)
{
	static const u16 bits_of_edx[] = { BIT(7), BIT(3) | BIT(4), BIT(5) | BIT(6), BIT(8),
					   BIT(10) };
	u32 further = leaf7.eax >= 2 ? cpuid(7, 2).edx : 0;
	u64 bits = (has(leaf7.edx, EDX_IBRS) ? BIT(0) : 0) |
		   (has(leaf7.edx, EDX_STIBP) ? BIT(1) : 0) |
		   (has(leaf7.edx, EDX_SSBD) ? BIT(2) : 0);

	for (unsigned i = 0; i < COUNT(bits_of_edx); i++)
		if (has(further, i))
			bits |= bits_of_edx[i];
	return bits;
}

/* Bit 0, which starts the trace, is there wherever the MSR is. */
static u64 rtit_ctl_bits(struct cpuid leaf7)
{
	return has(leaf7.ebx, EBX_PT) ? BIT(0) | bits_that_wrmsr_takes(IA32_RTIT_CTL, 1) : 0;
}

static struct entry_msr_bits msr_bits(struct cpuid leaf7)
{
	bool cet = has(leaf7.ecx, ECX_CET_SS) || has(leaf7.edx, EDX_CET_IBT);

	return (struct entry_msr_bits){
		.debugctl = bits_that_wrmsr_takes(IA32_DEBUGCTL, 0),
		.perf_global_ctrl = perf_global_ctrl_bits(),
		.efer = efer_bits(),
		.bndcfgs = has(leaf7.ebx, EBX_MPX) ? BITS(63, 12) | BITS(1, 0) : 0,
		.rtit_ctl = rtit_ctl_bits(leaf7),
		.s_cet = cet ? BITS(63, 10) | BITS(5, 0) : 0,
		.lbr_ctl = has(leaf7.edx, EDX_LBR) ? BITS(22, 16) | BITS(3, 0) : 0,
		.spec_ctrl = spec_ctrl_bits(leaf7),
	};
}

static void read_capabilities(struct entry_processor *processor)
{
	const struct vmx_capabilities *here = &vmx_capabilities;
	bool exact = capability_offered(CAPABILITY_true_controls);

	processor->basic = here->basic;
	processor->pin_based = exact ? here->true_pinbased : here->pinbased;
	processor->primary = exact ? here->true_procbased : here->procbased;
	processor->secondary = here->procbased2;
	processor->tertiary = here->procbased3;
	processor->exit = exact ? here->true_exit : here->exit;
	processor->secondary_exit = here->exit2;
	processor->entry = exact ? here->true_entry : here->entry;
	processor->misc = here->misc;
	processor->cr0_fixed0 = here->cr0_fixed0;
	processor->cr0_fixed1 = here->cr0_fixed1;
	processor->cr4_fixed0 = here->cr4_fixed0;
	processor->cr4_fixed1 = here->cr4_fixed1;
	processor->ept_vpid = here->ept_vpid;
	processor->vm_functions = here->vmfunc;
	processor->physical_width = here->physical_width;
	processor->linear_width = here->linear_width;
}

void entry_processor_read(struct entry_processor *processor)
{
	struct cpuid leaf7 = { 0 };

	if (cpuid(0, 0).eax >= 7)
		leaf7 = cpuid(7, 0);
	*processor = (struct entry_processor){
		.sgx = has(leaf7.ebx, EBX_SGX), .rtm = has(leaf7.ebx, EBX_RTM),
		.msr_bits = msr_bits(leaf7),
	};
	read_capabilities(processor);
}
