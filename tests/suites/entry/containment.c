/* containment.c -- what keeps a case from harming the kernel */
#include "tests/suites/entry/containment.h"
#include "tests/suites/entry/danger.h"
#include "tests/suites/entry/fields.h"
#include "tests/suites/entry/palette.h"
#include "tests/suites/entry/rule_sets.h"

/* A host state that is legal must be one that the kernel can live with. */
static bool may_be_tried(const struct entry_state *state, const struct entry_case *tried,
			 const struct entry_set *violated)
{
	for (unsigned i = 0; i < tried->count; i++) {
		const struct entry_twist *twist = &tried->twists[i];

		if (entry_field_kind(twist->field) == HOST && !entry_set_ends_in_vmfail(violated) &&
		    !entry_host_value_is_harmless(state, twist->field, twist->value))
			return false;
	}
	return true;
}

enum { ACTIVE, HLT };                           /* the activity states that are used here */

/* The last activity state in which the watchdog stops a guest.  The preemption timer ends HLT.  The
 * alarm of the local APIC is an interrupt, for which Bochs does not end HLT if RFLAGS.IF is 0. */
static u64 last_state_that_ends(void)
{
	return watchdog_by_apic ? ACTIVE : HLT;
}

static bool needs_poison(const struct entry_machine *machine, const struct entry_case *tried,
			 const struct entry_set *violated)
{
	if (entry_base_is_poisoned(machine->base))
		return true;
	for (unsigned i = 0; i < tried->count; i++)
		if (!entry_field_is_harmless(tried->twists[i].field))
			return true;
	return entry_set_is_empty(violated) &&
	       machine->state.fields[ENTRY_FIELD_guest_activity_state] >
		       last_state_that_ends();
}

/* Of dangerous states there are emulators that die; each has a test of its own (danger.c). */
bool entry_contain(const struct entry_machine *machine, struct entry_case *tried,
		   const struct entry_set *violated)
{
	tried->poisoned = needs_poison(machine, tried, violated);
	return may_be_tried(&machine->state, tried, violated) &&
	       !entry_is_dangerous(&machine->state);
}
