/* traps.c -- a fault with a fix-up is reported to its code; any other fault ends the run */
#include "kernel/traps.h"

#include "kernel/cpu.h"
#include "kernel/descriptors.h"
#include "kernel/guarded.h"
#include "kernel/image.h"
#include "kernel/interrupts.h"
#include "kernel/panic.h"
#include "kernel/trap_frame.h"

extern const u8 trap_stubs[VECTORS][STUB_SIZE];         /* traps.asm */

void trap(struct trap_frame *trap);

u64 trap_last_error;
u64 trap_last_address;

void traps_start(void)
{
	descriptors_start(trap_stubs);
}

static const struct fixup *find_fixup(u64 rip)
{
	const struct image *image = image_of(rip);

	if (image == NULL)
		return NULL;
	for (const struct fixup *fixup = image->fixups; fixup < image->fixups_end; fixup++)
		if (fixup->at == rip)
			return fixup;
	return NULL;
}

/* Returns from the trap to kernel code at rip, with the outcome in RAX, even if the fault was at
 * CPL 3 or in compatibility mode. */
static void go_on_at(struct trap_frame *trap, u64 rip)
{
	trap->rip = rip;
	trap->cs = KERNEL_CODE;
	trap->ss = KERNEL_DATA;
	trap->rax = OUTCOME_FAULTED + trap->vector;
	trap_last_error = trap->error;
	if (trap->vector == VECTOR_PF)
		trap_last_address = cr2_read();
}

/* The same for code that guarded.asm runs, which may fault anywhere.  It ends with the UD2 at
 * user_end, so the #UD of that instruction is no fault of the code. */
static void return_from_foreign_code(struct trap_frame *trap)
{
	bool is_end = trap->vector == VECTOR_UD && trap->rip == (u64)user_end;

	go_on_at(trap, (u64)guarded_return);
	trap->rsp = guarded_stack;
	if (is_end)
		trap->rax = 0;
}

/* A machine check is no fault of the instruction that it interrupted, whoever runs that. */
static inline const struct fixup *fixup_of(const struct trap_frame *trap)
{
	return trap->vector == VECTOR_MC ? NULL : find_fixup(trap->rip);
}

/* Called by traps.asm, which restores the registers from *trap and returns to its rip. */
void trap(struct trap_frame *trap)
{
	const struct fixup *fixup = fixup_of(trap);

	if (fixup != NULL)
		go_on_at(trap, fixup->go_on_at);
	else if (guarded_stack != 0 && trap->vector != VECTOR_MC)
		return_from_foreign_code(trap);
	else if (!interrupts_arrived((u8)trap->vector))
		panic_on_trap(trap);
}
