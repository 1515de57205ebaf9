/* posted.c -- posted interrupts (SDM vol. 3, "Posted-Interrupt Processing")
 *
 * The notification is an interrupt that the local APIC has pending when the guest is entered.
 */
#include "kernel/flags.h"
#include "kernel/interrupts.h"
#include "kernel/local_apic.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/report/test.h"
#include "tests/suites/apic/interrupt_guest.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/guest/offered_controls.h"
#include "tests/suites/guest/pending_interrupt.h"

/* Notification vectors: of the interrupt that pending_interrupt_make() sends, and another one. */
enum { SENT = 0xf8, OTHER = 0xf7 };
enum { OFF = 0, ON = PIN_BASED_process_posted_interrupts };

/* SDM vol. 3, table "Format of Posted-Interrupt Descriptor". */
struct descriptor {
	u32 requests[8];
	u32 outstanding;                        /* bit 0; the others are software's */
	u32 free[7];
};
_Static_assert(sizeof(struct descriptor) == 64, "Posted-Interrupt Processing");

#define SOFTWARE 0xa5a5a5a4u                    /* in what is software's */

struct posted_case {
	u32 controls, line;
	u16 notification, reason, rflags;
	u8 tpr, rvi, first, second, vector, rvi_after;
};

static const u8 code[] = { 0x90, 0x0f, 0x01, 0xc1 };   /* NOP; VMCALL */

static void post(struct descriptor *descriptor, u8 vector)
{
	if (vector)
		descriptor->requests[vector / 32] |= 1u << vector % 32;
}

static void make_descriptor(const struct posted_case *row, struct descriptor *descriptor)
{
	descriptor->outstanding = SOFTWARE | 1;
	memset(descriptor->free, 0xa5, sizeof(descriptor->free));
	post(descriptor, row->first);
	post(descriptor, row->second);
	vmcs_write(POSTED_INTERRUPT_DESCRIPTOR_ADDRESS, (u64)descriptor);
	vmcs_write(POSTED_INTERRUPT_NOTIFICATION_VECTOR, row->notification);
}

static void prepare(const struct posted_case *row, u8 *page)
{
	vmcs_write(GUEST_RFLAGS, RFLAGS_FIXED | row->rflags);
	vmcs_write(GUEST_INTERRUPT_STATUS, row->rvi);
	*apic_register(page, APIC_PRIORITY) = row->tpr;
	if (row->rvi)
		apic_vector_set(page, APIC_REQUESTED, row->rvi);
}

#define DEF "tests/suites/apic/posted.def"
#define EXPECT_SAME(row, what, found, expected)                                                    \
	do {                                                                                       \
		if ((u64)(found) != (u64)(expected))                                               \
			fail_at(DEF, (row)->line, "%s is %#lx, expected %#lx", what,               \
				(u64)(found), (u64)(expected));                                    \
	} while (0)

static void expect_descriptor(const struct posted_case *row, const struct descriptor *descriptor)
{
	bool processed = row->reason != EXIT_external_interrupt;
	struct descriptor before = { .outstanding = 0 };

	post(&before, row->first);
	post(&before, row->second);
	EXPECT_SAME(row, "\"outstanding notification\"", descriptor->outstanding,
		    SOFTWARE | !processed);
	for (unsigned i = 0; i < COUNT(descriptor->requests); i++)
		EXPECT_SAME(row, "32 posted requests", descriptor->requests[i],
			    processed ? 0 : before.requests[i]);
	EXPECT_SAME(row, "what is software's", descriptor->free[0], 0xa5a5a5a5);
}

/* Every vector that was posted is in VIRR until it is delivered. */
static void expect_requested(const struct posted_case *row, u8 *page, u8 vector)
{
	if (vector)
		EXPECT_SAME(row, "a posted vector in VIRR",
			    apic_vector_is_set(page, APIC_REQUESTED, vector),
			    row->reason != EXIT_external_interrupt && vector != row->vector);
}

static void expect(const struct posted_case *row, struct interrupt_guest *guest)
{
	u8 *page = guest->apic.virtual_page;

	if (guest->apic.vm.exit.reason != row->reason) {
		expect_exit_at(DEF, row->line, &guest->apic.vm, row->reason);
		return;
	}
	EXPECT_SAME(row, "the vector delivered", interrupt_guest_vector(), row->vector);
	EXPECT_SAME(row, "guest interrupt status", vmcs_read(GUEST_INTERRUPT_STATUS),
		    row->vector << 8 | row->rvi_after);
	expect_requested(row, page, row->first);
	expect_requested(row, page, row->second);
	if (row->reason != EXIT_external_interrupt)
		EXPECT_SAME(row, "what the local APIC has in service",
			    apic_highest(APIC_IN_SERVICE), 0);
}

/* Whatever happened, nothing of the interrupt is left. */
static void end_notification(const struct vm *vm)
{
	if (vm->exit.reason == EXIT_external_interrupt)
		interrupts_acknowledge(SENT);
	else if (apic_highest(APIC_REQUESTED) == SENT)
		interrupts_let_in();
}

static bool allow(const struct posted_case *row)
{
	if (!controls_set(PIN_BASED, PIN_BASED_process_posted_interrupts) ||
	    !controls_set(VM_EXIT, VM_EXIT_acknowledge_interrupt))
		return false;
	if (row->controls == OFF)
		clear_bits(PIN_BASED_CONTROLS, PIN_BASED_process_posted_interrupts);
	return true;
}

static void run_posted(const struct test *test)
{
	const struct posted_case *row = test->row;
	struct descriptor *descriptor;
	struct interrupt_guest guest;

	if (!interrupt_guest_start(&guest, code, sizeof(code), DELIVERY))
		return;
	descriptor = page_alloc();
	if (allow(row) && pending_interrupt_make()) {
		make_descriptor(row, descriptor);
		prepare(row, guest.apic.virtual_page);
		vm_run(&guest.apic.vm);
		expect(row, &guest);
		expect_descriptor(row, descriptor);
		end_notification(&guest.apic.vm);
	}
	vm_end(&guest.apic.vm);
}

#define POSTED(name, controls, notification, rflags, tpr, rvi, first, second, vector, reason,      \
	       rvi_after, text)                                                                    \
	static const struct posted_case posted_##name = {                                          \
		controls, __LINE__, notification, EXIT_##reason, rflags, tpr, rvi, first, second,  \
		vector, rvi_after };                                                               \
	TEST_ROW(name, run_posted, &posted_##name, "posted_interrupts/" #name, text,               \
		 "Posted-Interrupt Processing");
#include "tests/suites/apic/posted.def"
#undef POSTED
