/* invalidation.c -- which operands INVEPT and INVVPID take
 * (SDM vol. 3, "INVEPT--Invalidate Translations Derived from EPT",
 * "INVVPID--Invalidate Translations Based on VPID")
 */
#include "ept/eptp.h"
#include "kernel/control_registers.h"
#include "kernel/guarded.h"
#include "kernel/memory.h"
#include "tests/report/test.h"
#include "tests/suites/vmx/expect_outcome.h"
#include "tests/suites/vmx/start_state.h"
#include "vmx/capabilities.h"

#define INVALID FAIL_VALID(ERROR_invalid_operand_to_invalidation)

/* Parts of an EPT pointer (SDM vol. 3, "Extended-Page-Table Pointer (EPTP)"). */
enum {
	EPTP_WRITE_BACK    = 6,
	EPTP_WALK_LENGTH_4 = 3 << 3,
};

struct invalidation {
	const char *file;
	u32 line;
	unsigned bit;                           /* of IA32_VMX_EPT_VPID_CAP: the type exists */
	enum vmx_state state;
	outcome_t expected;
	outcome_t (*execute)(void);
};

static u64 valid_eptp(void)
{
	bool write_back = vmx_capabilities.ept_vpid & EPT_CAP_TABLES_WB;

	return (u64)page_alloc() | EPTP_WALK_LENGTH_4 | (write_back ? EPTP_WRITE_BACK : 0);
}

static void run_invalidation(const struct test *test)
{
	const struct invalidation *row = test->row;
	struct vmx_state_pointers pointers;

	if (!(vmx_capabilities.ept_vpid & BIT(row->bit))) {
		skip("IA32_VMX_EPT_VPID_CAP[%u] is 0", row->bit);
		return;
	}
	vmx_state_start(row->state, &pointers);
	expect_outcome(row->file, row->line, "it", row->execute(), row->expected);
	vmx_state_end();
}

#define INVALIDATION(instruction, name, bit, state, expected, claim, section)                      \
	static const struct invalidation instruction##_##name = {                                  \
		__FILE__, __LINE__, bit, state, expected, instruction##_##name##_execute           \
	};                                                                                         \
	TEST_ROW(instruction##_##name, run_invalidation, &instruction##_##name,                    \
		 #instruction "/" #name, claim, section);
#define INVEPT_CASE(name, bit, state, type, eptp, expected, claim)                                 \
	static outcome_t invept_##name##_execute(void)                                             \
	{                                                                                          \
		struct invept_descriptor descriptor = { eptp, 0 };                                 \
		return invept(type, &descriptor);                                                  \
	}                                                                                          \
	INVALIDATION(invept, name, bit, state, expected, claim,                                    \
		     "INVEPT--Invalidate Translations Derived from EPT")
#define INVVPID_CASE(name, bit, state, type, vpid, linear, expected, claim)                        \
	static outcome_t invvpid_##name##_execute(void)                                            \
	{                                                                                          \
		struct invvpid_descriptor descriptor = { vpid, linear };                           \
		return invvpid(type, &descriptor);                                                 \
	}                                                                                          \
	INVALIDATION(invvpid, name, bit, state, expected, claim,                                   \
		     "INVVPID--Invalidate Translations Based on VPID")
#include "tests/suites/vmx/invalidation.def"
#undef INVEPT_CASE
#undef INVVPID_CASE

static void expect_no_such_instruction(const char *name, outcome_t outcome, unsigned bit)
{
	if (vmx_capabilities.ept_vpid & BIT(bit))
		skip("IA32_VMX_EPT_VPID_CAP[%u] is 1: this processor has %s", bit, name);
	else
		EXPECT_OUTCOME(outcome, FAULT(UD, 0));
}

TEST("invept/not_offered", "INVEPT is #UD where IA32_VMX_EPT_VPID_CAP does not offer it",
     "INVEPT--Invalidate Translations Derived from EPT")
{
	static const struct invept_descriptor everything;
	struct vmx_state_pointers pointers;

	vmx_state_start(CLEAR, &pointers);
	expect_no_such_instruction("INVEPT", invept(INVEPT_ALL_CONTEXT, &everything), 20);
	vmx_state_end();
}

TEST("invvpid/not_offered", "INVVPID is #UD where IA32_VMX_EPT_VPID_CAP does not offer it",
     "INVVPID--Invalidate Translations Based on VPID")
{
	static const struct invvpid_descriptor everything;
	struct vmx_state_pointers pointers;

	vmx_state_start(CLEAR, &pointers);
	expect_no_such_instruction("INVVPID", invvpid(INVVPID_ALL_CONTEXT, &everything), 32);
	vmx_state_end();
}

/* The figure of the descriptor calls these bits reserved (must be zero), and the instruction's
 * operation does not look at them: both outcomes are right, a fault is not. */
static void expect_reserved_bit(unsigned bit)
{
	struct invept_descriptor descriptor = { valid_eptp(), BIT(bit) };
	outcome_t outcome = invept(INVEPT_ALL_CONTEXT, &descriptor);

	if (outcome != SUCCEEDED && outcome != INVALID)
		FAIL("with bit %u of the descriptor INVEPT ends neither with success nor with "
		     "VMfailValid 28", 64 + bit);
}

TEST("invept/reserved_bits_of_the_descriptor",
     "INVEPT of a descriptor with a bit of 127:64 set succeeds or is VMfailValid 28",
     "INVEPT--Invalidate Translations Derived from EPT")
{
	struct vmx_state_pointers pointers;

	if (!(vmx_capabilities.ept_vpid & EPT_CAP_INVEPT_ALL)) {
		skip("IA32_VMX_EPT_VPID_CAP[26] is 0");
		return;
	}
	vmx_state_start(CLEAR, &pointers);
	for (unsigned bit = 0; bit < 64; bit++)
		expect_reserved_bit(bit);
	vmx_state_end();
}

/* A supervisor pointer whose bits 62:48 are no copies of bit 47, which only LAM allows. */
#define TAGGED_POINTER (BIT(63) | BITS(47, 0))

TEST("invvpid/keeps_lam_bits",
     "with LAM for supervisor pointers, INVVPID of an address with metadata is VMfailValid 28",
     "INVVPID--Invalidate Translations Based on VPID")
{
	struct invvpid_descriptor descriptor = { 1, TAGGED_POINTER };
	struct vmx_state_pointers pointers;

	if (!(vmx_capabilities.ept_vpid & BIT(40)) ||
	    !(vmx_capabilities.cr4_fixed1 & CR4_LAM_SUP)) {
		skip("needs LAM: IA32_VMX_CR4_FIXED1[28] or IA32_VMX_EPT_VPID_CAP[40] is 0");
		return;
	}
	vmx_state_start(CLEAR, &pointers);
	EXPECT_OUTCOME(try_write_cr4(cr4_read() | CR4_LAM_SUP), SUCCEEDED);
	EXPECT_OUTCOME(invvpid(INVVPID_INDIVIDUAL_ADDRESS, &descriptor), INVALID);
	vmx_state_end();
}
