/* operands.c -- VMX instructions fault for an operand in memory, however it is addressed
 *
 * In 64-bit mode an address is not canonical by #GP(0), or by #SS(0) if RSP or RBP is its base, and
 * a page that is not mapped or not writable is #PF (SDM vol. 3, "VMX Instruction Reference").
 */
#include "kernel/cpu.h"
#include "kernel/flags.h"
#include "kernel/guarded.h"
#include "kernel/paging.h"
#include "kernel/print.h"
#include "tests/report/test.h"
#include "tests/suites/vmx/expect_outcome.h"
#include "tests/suites/vmx/start_state.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

#define FS_BASE       0x1000                    /* as in operand_stubs.asm */
#define GS_BASE       0x2000
#define NEEDS_NOTHING (~0u)
#define WRITE         2                         /* in the error code of #PF */
#define PRESENT       1

typedef outcome_t operand_form_t(u64 address);

static const struct {
	const char *text;
	u64 fault;                              /* where the address is not canonical */
} forms[] = {
#define OPERAND_FORM(name, fault, text) { text, FAULT(fault, 0) },
#include "tests/suites/vmx/operand_forms.def"
#undef OPERAND_FORM
};

struct operand_instruction {
	operand_form_t *const *forms;
	enum vmx_state state;
	unsigned needs;                         /* a capability, or NEEDS_NOTHING */
	u32 bytes, access;
	const char *text;
};

/* --- Each form with each address ------------------------------------------------------------- */

static void expect_of_form(const struct operand_instruction *row, unsigned form, u64 address,
			   u64 expected)
{
	outcome_t outcome = row->forms[form](address);
	char what[96];

	print_into(what, sizeof(what), "%s %s, with the operand at %#lx", row->text,
		   forms[form].text, address);
	expect_outcome(__FILE__, __LINE__, what, outcome, expected);
}

static void expect_page_fault(const struct operand_instruction *row, unsigned form, u64 address,
			      u64 fault_address, u64 error)
{
	expect_of_form(row, form, address, FAULT(PF, error));
	if (trap_last_address != fault_address)
		FAIL("%s %s: CR2 is %#lx, expected %#lx", row->text, forms[form].text,
		     trap_last_address, fault_address);
}

/* The last bytes of the operand are in a page that is not mapped.  Those before it are a machine's
 * firmware, which is there to be read. */
static void expect_fault_behind(const struct operand_instruction *row, unsigned form)
{
	expect_page_fault(row, form, MAPPED_SIZE - row->bytes / 2, MAPPED_SIZE, row->access);
}

static void try_form(const struct operand_instruction *row, unsigned form)
{
	static const u64 read_only = 0;

	expect_of_form(row, form, BIT(63), forms[form].fault);
	expect_page_fault(row, form, MAPPED_SIZE, MAPPED_SIZE, row->access);
	if (row->access != WRITE)
		expect_fault_behind(row, form);
	else
		expect_page_fault(row, form, (u64)&read_only, (u64)&read_only, WRITE | PRESENT);
}

static void run_instruction(const struct test *test)
{
	const struct operand_instruction *row = test->row;
	struct vmx_state_pointers pointers;

	if (row->needs != NEEDS_NOTHING && !capability_offered(row->needs)) {
		skip("%s is not offered here", row->text);
		return;
	}
	vmx_state_start(row->state, &pointers);
	try_wrmsr(IA32_FS_BASE, FS_BASE);
	try_wrmsr(IA32_GS_BASE, GS_BASE);
	for (unsigned form = 0; form < COUNT(forms); form++)
		try_form(row, form);
	try_wrmsr(IA32_FS_BASE, 0);
	try_wrmsr(IA32_GS_BASE, 0);
	vmx_state_end();
}

#define OPERAND_INSTRUCTION(name, state, needs, bytes, access, text, section)                      \
	extern operand_form_t *const forms_of_##name[];                                            \
	static const struct operand_instruction name##_row = {                                     \
		forms_of_##name, state, needs, bytes, access, text                                 \
	};                                                                                         \
	TEST_ROW(name##_operands, run_instruction, &name##_row, #name "/operand_in_each_form",     \
		 text " faults for its operand, however it is addressed", section);
#include "tests/suites/vmx/operand_instructions.def"
#undef OPERAND_INSTRUCTION

/* --- Flags ----------------------------------------------------------------------------------- */

#define ALL_FLAGS                                                                                  \
	(RFLAGS_CF | RFLAGS_PF | RFLAGS_AF | RFLAGS_ZF | RFLAGS_SF | RFLAGS_OF)

u64 flags_of_faulting_vmread(u64 address);      /* tests/suites/vmx/operand_stubs.asm */
u64 flags_of_faulting_vmwrite(u64 address);

static void expect_flags_kept(u64 (*flags_of)(u64 address))
{
	struct vmx_state_pointers pointers;

	vmx_state_start(CLEAR, &pointers);
	EXPECT_EQUAL(flags_of(MAPPED_SIZE), ALL_FLAGS);
	EXPECT_EQUAL(flags_of(BIT(63)), ALL_FLAGS);
	vmx_state_end();
}

TEST("vmread/fault_keeps_the_flags", "VMREAD that faults for its operand writes no flags",
     "VMREAD--Read Field from Virtual-Machine Control Structure")
{
	expect_flags_kept(flags_of_faulting_vmread);
}

TEST("vmwrite/fault_keeps_the_flags", "VMWRITE that faults for its operand writes no flags",
     "VMWRITE--Write Field to Virtual-Machine Control Structure")
{
	expect_flags_kept(flags_of_faulting_vmwrite);
}

/* --- Registers ------------------------------------------------------------------------------- */

u64 vmread_to_register(u64 field);              /* tests/suites/vmx/operand_stubs.asm */
outcome_t vmxon_of_register(void);

/* Fields of each width, and a high half. */
static const struct { u64 field, written, read; } widths[] = {
	{ GUEST_ES_SELECTOR, ~0ull, BITS(15, 0) },
	{ GUEST_ES_LIMIT, ~0ull, BITS(31, 0) },
	{ VMCS_LINK_POINTER, ~0ull, ~0ull },
	{ VMCS_LINK_POINTER + 1, BITS(30, 0), BITS(30, 0) },
	{ GUEST_RIP, 0x8000000000000001, 0x8000000000000001 },
};

TEST("vmread/zeros_above_the_field",
     "VMREAD writes all 64 bits of its operand, with zeros above a narrower field",
     "VMREAD--Read Field from Virtual-Machine Control Structure")
{
	struct vmx_state_pointers pointers;

	vmx_state_start(CLEAR, &pointers);
	for (unsigned i = 0; i < COUNT(widths); i++) {
		u64 value = ~0ull;

		EXPECT_OUTCOME(vmwrite(widths[i].field, widths[i].written), SUCCEEDED);
		EXPECT_OUTCOME(vmread(widths[i].field, &value), SUCCEEDED);
		EXPECT_EQUAL(value, widths[i].read);
		EXPECT_EQUAL(vmread_to_register(widths[i].field), widths[i].read);
	}
	vmx_state_end();
}

/* The same encoding with a register is SENDUIPI, which is #UD as well while CR4.UINTR is 0. */
TEST("vmxon/register_operand", "VMXON of a register is #UD", "VMXON--Enter VMX Operation")
{
	struct vmx_state_pointers pointers;

	vmx_state_start(OUTSIDE, &pointers);
	EXPECT_OUTCOME(vmxon_of_register(), FAULT(UD, 0));
	vmx_state_end();
}
