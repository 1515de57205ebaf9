/* interrupts.c -- virtual interrupts: evaluated, delivered and ended by RVI, SVI, PPR, EOI and
 * self-IPI */
#include "kernel/flags.h"
#include "kernel/local_apic.h"
#include "tests/report/test.h"
#include "tests/suites/apic/interrupt_guest.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/guest/offered_controls.h"
#include "vmx/capabilities.h"

#define NOP          "\x90"
#define STI_NOP      "\xfb\x90"
#define STI_HLT      "\xfb\xf4"
#define MOV_TO_CR8   "\x44\x0f\x22\xc0"         /* MOV CR8, RAX */
#define CR8_STI      MOV_TO_CR8 STI_NOP
#define STORE_4      "\x89\x03"                 /* MOV [RBX], EAX */
#define WRITE_MSR    "\x0f\x30"
#define VMCALL       "\x0f\x01\xc1"

#define SELF_IPI     BIT(18)                    /* of the ICR: the shorthand "self", fixed, edge */

/* The guest when it is entered. */
enum {
	OFF     = 0,
	ON      = BIT(0),                       /* RFLAGS.IF is 1 */
	STI     = BIT(1),                       /* blocking by STI, by MOV SS */
	MOV_SS  = BIT(2),
	WINDOW  = BIT(3),                       /* interrupt-window exiting */
	HALTED  = BIT(4),                       /* in the activity state HLT */
	RUN_HLT = BIT(5),                       /* HLT does not exit */
	NO_IRR  = BIT(6),                       /* VIRR lacks the vector of RVI */
	STALE   = BIT(7),                       /* the virtual PPR is above all, before VM entry */
};

struct interrupt_case {
	const char *code;
	size_t size;
	u32 controls, value, line;
	u16 offset, reason;
	u8 flags, moved, vector, svi, rvi, tpr, serviced, requested, svi_after, rvi_after,
	   ppr_after;
};

static void prepare_flags(u8 flags)
{
	if (flags & ON)
		set_bits(GUEST_RFLAGS, RFLAGS_IF);
	vmcs_write(GUEST_INTERRUPTIBILITY_STATE, (flags & STI ? 1 : 0) | (flags & MOV_SS ? 2 : 0));
	vmcs_write(GUEST_ACTIVITY_STATE, flags & HALTED ? 1 : 0);
	if (flags & WINDOW)
		set_bits(PRIMARY_CONTROLS, PRIMARY_interrupt_window_exiting);
	if (flags & RUN_HLT)
		clear_bits(PRIMARY_CONTROLS, PRIMARY_hlt_exiting);
}

static void add_vector(u8 *page, u32 offset, u8 vector)
{
	if (vector)
		apic_vector_set(page, offset, vector);
}

static void prepare_apic(const struct interrupt_case *row, u8 *page)
{
	add_vector(page, APIC_REQUESTED, row->flags & NO_IRR ? 0 : row->rvi);
	add_vector(page, APIC_REQUESTED, row->requested);
	add_vector(page, APIC_IN_SERVICE, row->svi);
	add_vector(page, APIC_IN_SERVICE, row->serviced);
	*apic_register(page, APIC_PRIORITY) = row->tpr;
	if (row->flags & STALE)
		*apic_register(page, VIRTUAL_PPR) = 0xff;
	vmcs_write(GUEST_INTERRUPT_STATUS, (u64)row->svi << 8 | row->rvi);
}

static void prepare_registers(const struct interrupt_case *row, struct registers *registers)
{
	registers->rax = row->value;
	registers->rbx = APIC_PAGE + row->offset;
	registers->rcx = 0x800 + row->offset / 16u;
}

static u8 highest(u8 *page, u32 offset)
{
	for (unsigned vector = 255; vector > 0; vector--)
		if (apic_vector_is_set(page, offset, (u8)vector))
			return (u8)vector;
	return 0;
}

#define DEF "tests/suites/apic/interrupts.def"
#define EXPECT_SAME(row, what, found, expected)                                                    \
	do {                                                                                       \
		if ((found) != (expected))                                                         \
			fail_at(DEF, (row)->line, "%s is %#lx, expected %#lx", what,               \
				(u64)(found), (u64)(expected));                                    \
	} while (0)

static void expect_apic(const struct interrupt_case *row, u8 *page)
{
	EXPECT_SAME(row, "guest interrupt status", vmcs_read(GUEST_INTERRUPT_STATUS),
		    (u64)row->svi_after << 8 | row->rvi_after);
	EXPECT_SAME(row, "the highest vector in VISR", highest(page, APIC_IN_SERVICE),
		    row->svi_after);
	EXPECT_SAME(row, "the highest vector in VIRR", highest(page, APIC_REQUESTED),
		    row->rvi_after);
	EXPECT_SAME(row, "VPPR", *apic_register(page, VIRTUAL_PPR), row->ppr_after);
}

static void expect(const struct interrupt_case *row, const struct interrupt_guest *guest)
{
	u64 rip = row->vector ? interrupt_guest_returns_to(guest) : vm_rip();

	if (guest->apic.vm.exit.reason != row->reason) {
		expect_exit_at(DEF, row->line, &guest->apic.vm, row->reason);
		return;
	}
	EXPECT_SAME(row, "the vector delivered", interrupt_guest_vector(), row->vector);
	EXPECT_SAME(row, "RIP", rip, GUEST_CODE + (u64)row->moved);
	EXPECT_SAME(row, "the activity state", vmcs_read(GUEST_ACTIVITY_STATE), 0ul);
	expect_apic(row, guest->apic.virtual_page);
}

static void run_interrupt(const struct test *test)
{
	const struct interrupt_case *row = test->row;
	struct interrupt_guest guest;

	if (row->flags & HALTED && !capability_offered(CAPABILITY_activity_hlt)) {
		skip("needs the activity state HLT, which this processor does not offer");
		return;
	}
	if (!interrupt_guest_start(&guest, (const u8 *)row->code, row->size, row->controls))
		return;
	prepare_flags(row->flags);
	prepare_apic(row, guest.apic.virtual_page);
	prepare_registers(row, &guest.apic.vm.registers);
	vm_run(&guest.apic.vm);
	expect(row, &guest);
	vm_end(&guest.apic.vm);
}

#define VIRTUAL_INTERRUPT(name, code, controls, offset, value, flags, svi, rvi, tpr, serviced,     \
			  requested, vector, reason, moved, svi_after, rvi_after, ppr_after, text) \
	static const struct interrupt_case case_##name = {                                         \
		code VMCALL, sizeof(code VMCALL) - 1, controls, value, __LINE__, offset,           \
		EXIT_##reason, flags, moved, vector, svi, rvi, tpr, serviced, requested,           \
		svi_after, rvi_after, ppr_after };                                                 \
	TEST_ROW(name, run_interrupt, &case_##name, "virtual_interrupts/" #name, text,             \
		 "Evaluation and Delivery of Virtual Interrupts");
#include "tests/suites/apic/interrupts.def"
#undef VIRTUAL_INTERRUPT
