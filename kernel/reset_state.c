/* reset_state.c -- gives the processor back what a firmware or boot loader may have changed */
#include "kernel/reset_state.h"

#include "kernel/cpuid.h"
#include "kernel/guarded.h"

#define DR6_AT_RESET 0xffff0ff0ull
#define DR7_AT_RESET 0x400ull

enum { eax, ebx, ecx, edx };

static const struct reset_state {
	u16 msr;
	u8 leaf, subleaf, in, bit;
} states[] = {
#define RESET_STATE(msr, leaf, subleaf, in, bit) { msr, leaf, subleaf, in, bit },
#include "kernel/reset_state.def"
#undef RESET_STATE
};

static inline bool exists(const struct reset_state *state)
{
	struct cpuid found = cpuid_leaf(state->leaf, state->subleaf);
	u32 bits = found.edx;

	switch (state->in) {
	case eax: bits = found.eax; break;
	case ebx: bits = found.ebx; break;
	case ecx: bits = found.ecx; break;
	}
	return bits >> state->bit & 1;
}

/* DR7 comes first, lest a breakpoint is met in between. */
static inline void load_debug_registers(void)
{
	asm volatile ("mov %0, %%dr7" : : "r" (DR7_AT_RESET));
	asm volatile ("mov %0, %%dr6" : : "r" (DR6_AT_RESET));
}

void reset_state_load(void)
{
	load_debug_registers();
	try_wrmsr(IA32_PAT, PAT_AT_RESET);
	for (const struct reset_state *state = states; state < states + COUNT(states); state++)
		if (exists(state))
			try_wrmsr(state->msr, 0);
}

static u64 cr0, cr3, cr4;

u64 kernel_cr0(void) { return cr0; }
u64 kernel_cr3(void) { return cr3; }
u64 kernel_cr4(void) { return cr4; }

void reset_state_keep(void)
{
	cr0 = cr0_read();
	cr3 = cr3_read();
	cr4 = cr4_read();
}
