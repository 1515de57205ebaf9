/* instructions.c -- every way in which a VMX instruction can end, short of running a guest
 *
 * A row starts from a state, executes one instruction with one operand in one way, and says how
 * that must end.  Afterwards VMX operation and the current VMCS must be what the outcome implies.
 */
#include "kernel/guarded.h"
#include "kernel/memory.h"
#include "kernel/paging.h"
#include "kernel/string.h"
#include "tests/report/test.h"
#include "tests/suites/vmx/expect_outcome.h"
#include "tests/suites/vmx/start_state.h"
#include "vmx/capabilities.h"
#include "vmx/operation.h"
#include "vmx/vmcs.h"

enum way { DIRECTLY, AT_CPL_3, IN_COMPATIBILITY_MODE, BEHIND_MOV_SS };

/* What an instruction's operand is.  Most instructions take the address of a pointer in memory;
 * then these say what the pointer is, or why it cannot be read. */
enum operand {
	NO_OPERAND,
	FRESH,                                  /* the address of a region that never was a VMCS */
	MISALIGNED_BY_1, MISALIGNED_BY_2048,    /* an address that is not a page's */
	BEYOND_WIDTH, BIT_63,                   /* an address that no memory can have */
	WRONG_REVISION, REVISION_BIT_31,
	CURRENT, VMXON_POINTER,
	UNMAPPED, NONCANONICAL,                 /* the pointer cannot be read */
};
#define IS_FIELD        BIT(62)
#define FIELD(encoding) (IS_FIELD | (encoding)) /* the operand is a VMCS field's encoding */

#define UD          FAULT(UD, 0)
#define GP          FAULT(GP, 0)
#define PF_READ     FAULT(PF, 0)
#define PF_WRITE    FAULT(PF, 2)
#define VALID(name) FAIL_VALID(ERROR_##name)

#define NEEDS_NOTHING (~0u)

enum instruction {
#define VMX_INSTRUCTION(name, needs, call, section) name##_instruction,
#include "tests/suites/vmx/vmx_instructions.def"
#undef VMX_INSTRUCTION
};

#define VMX_INSTRUCTION(name, needs, call, section)                                                \
	static const char name##_section[] = section;                                              \
	extern const u8 plain_##name[];                                                            \
	outcome_t behind_mov_ss_##name(u64 operand);                                               \
	static outcome_t name##_execute(__attribute__((unused)) void *memory,                      \
					__attribute__((unused)) u64 field)                         \
	{                                                                                          \
		return call;                                                                       \
	}
#include "tests/suites/vmx/vmx_instructions.def"
#undef VMX_INSTRUCTION

static const struct {
	outcome_t (*execute)(void *memory, u64 field);
	const u8 *plain;                        /* the instruction alone, with its operand at RDI */
	outcome_t (*behind_mov_ss)(u64 operand);
	unsigned needs;                         /* a capability, or NEEDS_NOTHING */
} instructions[] = {
#define VMX_INSTRUCTION(name, needs, call, section)                                                \
	{ name##_execute, plain_##name, behind_mov_ss_##name, needs },
#include "tests/suites/vmx/vmx_instructions.def"
#undef VMX_INSTRUCTION
};

struct vmx_case {
	const char *file;
	u64 operand, expected;
	u16 line;
	u8 instruction, state, way;             /* of the enums of these names */
};

static struct vmx_state_pointers pointers;

/* The operand in memory, below 4 GiB; the descriptors of INVEPT and INVVPID are twice as long. */
static struct {
	hpa_t pointer;
	u64 rest;
} slot;

static u64 region(u32 revision_bits)
{
	u32 *page = vmx_region_alloc();

	*page ^= revision_bits;
	return (u64)page;
}

/* Nothing but its alignment is wrong with such a region: the revision identifier is where it
 * begins. */
static u64 misaligned_region(u32 by)
{
	u32 *page = vmx_region_alloc();
	u32 revision = *page;

	memcpy((u8 *)page + by, &revision, sizeof(revision));
	return (u64)page + by;
}

static u64 operand_in_slot(u64 operand)
{
	switch (operand) {
	case MISALIGNED_BY_1:    return misaligned_region(1);
	case MISALIGNED_BY_2048: return misaligned_region(2048);
	case BEYOND_WIDTH:       return region(0) | BIT(vmx_capabilities.physical_width);
	case BIT_63:             return region(0) | BIT(63);
	case WRONG_REVISION:     return region(1);
	case REVISION_BIT_31:    return region(1u << 31);
	case CURRENT:            return pointers.current.raw;
	case VMXON_POINTER:      return pointers.vmxon.raw;
	default:                 return region(0);
	}
}

static u64 operand_address(u64 operand)
{
	switch (operand) {
	case UNMAPPED:     return MAPPED_SIZE;
	case NONCANONICAL: return BIT(63);
	default:           return (u64)&slot;
	}
}

static outcome_t execute(const struct vmx_case *row)
{
	u64 address = operand_address(row->operand);
	u64 field = row->operand & IS_FIELD ? row->operand & ~IS_FIELD : HOST_RIP;
	const u8 *plain = instructions[row->instruction].plain;

	switch (row->way) {
	case AT_CPL_3:              return run_at_user_privilege(plain, address);
	case IN_COMPATIBILITY_MODE: return run_in_compatibility_mode(plain, address);
	case BEHIND_MOV_SS:         return instructions[row->instruction].behind_mov_ss(address);
	case DIRECTLY:              break;
	}
	return instructions[row->instruction].execute((void *)address, field);
}

#define FAIL_ROW(row, ...) fail_at((row)->file, (row)->line, __VA_ARGS__)

static void expect_pointer(const struct vmx_case *row, const char *what,
			   hpa_t found, hpa_t expected)
{
	if (found.raw != expected.raw)
		FAIL_ROW(row, "%s %#lx, expected %#lx", what, found.raw, expected.raw);
}

/* Expects VMX root operation with that current VMCS or, with null, to be outside of VMX
 * operation. */
static void expect_state(const struct vmx_case *row, const hpa_t *current)
{
	hpa_t found = NO_POINTER;
	bool inside = vmptrst(&found) == SUCCEEDED;

	if (inside != (current != NULL))
		FAIL_ROW(row, "afterwards the processor is %s VMX operation",
			 inside ? "in" : "outside of");
	else if (inside)
		expect_pointer(row, "afterwards the current-VMCS pointer is", found, *current);
}

static void expect_aftermath(const struct vmx_case *row, outcome_t outcome)
{
	const hpa_t none = NO_POINTER, *current = NULL;
	bool success = outcome == SUCCEEDED;

	if (row->state >= NO_CURRENT)
		current = &pointers.current;
	if (success && row->instruction == vmxon_instruction)
		current = &none;
	if (success && row->instruction == vmxoff_instruction)
		current = NULL;
	if (success && row->instruction == vmptrld_instruction)
		current = &slot.pointer;
	if (success && row->instruction == vmclear_instruction && row->operand == CURRENT)
		current = &none;
	expect_state(row, current);
	if (success && row->instruction == vmptrst_instruction && current)
		expect_pointer(row, "it stores", slot.pointer, *current);
}

static void expect_fault_address(const struct vmx_case *row, u64 address)
{
	if (trap_last_address != address)
		FAIL_ROW(row, "CR2 is %#lx, expected %#lx", trap_last_address, address);
}

static void start_and_run(const struct vmx_case *row)
{
	const char *missing = vmx_state_start(row->state, &pointers);

	if (missing) {
		skip("%s is not offered here", missing);
	} else {
		slot.pointer.raw = operand_in_slot(row->operand);
		outcome_t outcome = execute(row);
		expect_outcome(row->file, row->line, "it", outcome, row->expected);
		expect_aftermath(row, outcome);
		if (outcome == FAULTED(VECTOR_PF))
			expect_fault_address(row, operand_address(row->operand));
	}
	vmx_state_end();
}

/* Skips the test if the capability is not as wanted. */
static bool capability_is(enum capability capability, bool wanted)
{
	const struct capability_row *row = capability_row(capability);

	if (capability_offered(capability) != wanted)
		skip("%s (%s) is %u", row->source, row->text, !wanted);
	return capability_offered(capability) == wanted;
}

static void run_case(const struct test *test)
{
	const struct vmx_case *row = test->row;
	unsigned needs = instructions[row->instruction].needs;

	if (needs == NEEDS_NOTHING || capability_is(needs, true))
		start_and_run(row);
}

static void run_case_if(const struct test *test, enum capability capability, bool wanted)
{
	if (capability_is(capability, wanted))
		run_case(test);
}

#define CASE_OF(runner, way, instruction, name, state, operand, expected, claim)                   \
	static const struct vmx_case instruction##_##name = {                                      \
		__FILE__, operand, expected, __LINE__, instruction##_instruction, state, way       \
	};                                                                                         \
	TEST_ROW(instruction##_##name, runner, &instruction##_##name, #instruction "/" #name,      \
		 claim, instruction##_section);
#define CASE(...)         CASE_OF(run_case, DIRECTLY, __VA_ARGS__)
#define CASE_BY(way, ...) CASE_OF(run_case, way, __VA_ARGS__)

/* A row that depends on a capability gets a run function of its own, which asks for it. */
#define CASE_WHERE(capability, wanted, instruction, name, ...)                                     \
	static void instruction##_##name##_run(const struct test *test)                            \
	{                                                                                          \
		run_case_if(test, CAPABILITY_##capability, wanted);                                \
	}                                                                                          \
	CASE_OF(instruction##_##name##_run, DIRECTLY, instruction, name, __VA_ARGS__)
#define CASE_IF(capability, ...)     CASE_WHERE(capability, true, __VA_ARGS__)
#define CASE_UNLESS(capability, ...) CASE_WHERE(capability, false, __VA_ARGS__)
#include "tests/suites/vmx/vmx_operation.def"
#include "tests/suites/vmx/vmcs_instructions.def"
#include "tests/suites/vmx/invalidation_faults.def"
#undef CASE
#undef CASE_BY
#undef CASE_IF
#undef CASE_UNLESS
