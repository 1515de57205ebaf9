/* root_checks.c -- steps that execute a VMX instruction in the host, where there is no guest */
#include "tests/script/root_checks.h"

#include "kernel/control_registers.h"
#include "tests/script/memory_checks.h"
#include "tests/script/regions.h"
#include "vmx/outcome.h"

#define SCRIPT_ADDRESS_BITS (SCRIPT_BEYOND_WIDTH | BITS(63, 52))

/* What the kernel itself can do with or without. */
static const u64 cr0_bits = CR0_MP | CR0_TS | CR0_NE | CR0_WP | CR0_AM;
static const u64 cr4_bits = CR4_VME | CR4_PVI | CR4_TSD | CR4_DE | CR4_PCE | CR4_VMXE;

/* --- Operands, by the shape of the instruction ----------------------------------------------- */

static bool is_nothing(const struct check *check, u32 which, u64 value)
{
	return value == 0
		|| refuse_step(check, which, "has %#lx where its instruction takes nothing",
			       value);
}

static bool pointer_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (!script_region_holds(check, step->value, 1))
		return refuse_step(check, which, "has the operand %#lx, which is in no page",
				   step->value);
	if (step->second & ~SCRIPT_ADDRESS_BITS)
		return refuse_step(check, which, "sets %#lx in an address, besides bits 63:52",
				   step->second);
	return true;
}

static bool plain_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	return is_nothing(check, which, step->value) && is_nothing(check, which, step->second);
}

static bool read_is_good(const struct check *check, u32 which)
{
	return is_nothing(check, which, check->steps[which].second);
}

static bool bits_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];
	u64 allowed = step->what == ROOT_cr0 ? cr0_bits : cr4_bits;
	u64 others = (step->value | step->second) & ~allowed;

	if (others)
		return refuse_step(check, which, "changes %#lx of a control register, on which "
				   "the host depends", others);
	return true;
}

static bool msr_is_good(const struct check *check, u32 which)
{
	const struct script_step *step = &check->steps[which];

	if (step->value > BITS(31, 0))
		return refuse_step(check, which, "reads MSR %#lx, above 0xffffffff", step->value);
	return is_nothing(check, which, step->second);
}

#define revision_is_good script_revision_is_good

/* These take any value, which is no address of memory that the instruction could reach. */
#define write_is_good(check, which)        true
#define ept_operand_is_good(check, which)  true
#define vpid_operand_is_good(check, which) true

static bool instruction_is_good(const struct check *check, u32 which)
{
	u32 number = check->steps[which].what & 0xff, type = check->steps[which].what >> 8;

	if (type != 0 && number != ROOT_invept && number != ROOT_invvpid)
		return refuse_step(check, which, "has type %u, which only INVEPT and INVVPID "
				   "have", type);
	switch (number) {
#define ROOT_INSTRUCTION(number, name, shape, value)                                               \
	case number: return shape##_is_good(check, which);
#include "tests/language/root_instructions.def"
#undef ROOT_INSTRUCTION
	}
	return refuse_step(check, which, "names instruction %u, not in root_instructions.def",
			   number);
}

/* --- What is compared behind it -------------------------------------------------------------- */

static bool outcome_is_good(const struct check *check, u32 which)
{
	u64 outcome = check->steps[which].value;

	if (outcome <= FAIL_INVALID || (outcome >= FAIL_VALID(1) && outcome < FAIL_VALID(64))
	    || (outcome >= FAULTED(0) && outcome < FAULTED(32)))
		return true;
	return refuse_step(check, which, "expects the outcome %#lx, which is none", outcome);
}

static bool stored_is_good(const struct check *check, u32 which)
{
	u64 address = check->steps[which].value;

	return address == ~0ull || script_region_starts_at(check, address)
		|| refuse_step(check, which, "expects the address of %#lx, where no page starts",
			       address);
}

bool script_root_step_is_good(const struct check *check, u32 which)
{
	switch (check->steps[which].kind) {
	case STEP_ROOT:         return instruction_is_good(check, which);
	case STEP_OUTCOME: return outcome_is_good(check, which);
	case STEP_STORED: return stored_is_good(check, which);
	}
	return true;
}
