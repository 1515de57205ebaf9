/* entry.c -- which rules of VM entry a state violates, and how such an entry may end */
#include "tests/model/entry.h"
#include "tests/model/entry_terms.h"

struct entry_set entry_violations(const struct entry_state *state)
{
	struct entry_set violations = { { 0 } };

#define CHECK(stage, name, fields, violated, ...)                                                  \
	if (violated)                                                                              \
		entry_set_add(&violations, ENTRY_RULE_##name);
#include "tests/model/entry_checks.def"
#undef CHECK
	return violations;
}

/* SDM vol. 3, "VM Instruction Error Numbers". */
#define INVALID_CONTROLS   7
#define INVALID_HOST_STATE 8

/* Basic exit reasons of SDM vol. 3, "VM-Entry Failures During or After Loading Guest State", and
 * the exit qualifications there. */
#define INVALID_GUEST_STATE 33
#define MSR_LOADING         34

enum { QUALIFICATION_NONE = 0, QUALIFICATION_PDPTES = 2, QUALIFICATION_NMI = 3,
       QUALIFICATION_LINK = 4 };

static bool allows_vmfail(const struct entry_set *violated, u32 number)
{
	if (number == INVALID_CONTROLS)
		return entry_set_has_stage(violated, ENTRY_CONTROLS);
	return number == INVALID_HOST_STATE && entry_set_has_stage(violated, ENTRY_HOST);
}

static bool allows_guest_failure(const struct entry_set *violated, u64 qualification)
{
	switch (qualification) {
	case QUALIFICATION_NONE:   return entry_set_has_stage(violated, ENTRY_GUEST);
	case QUALIFICATION_PDPTES: return entry_set_has_stage(violated, ENTRY_PDPTES);
	case QUALIFICATION_LINK:   return entry_set_has_stage(violated, ENTRY_LINK);
	default:                   return false;
	}
}

/* Controls and host state come before guest state, and that before the MSRs. */
bool entry_allows(const struct entry_state *state, const struct entry_set *violated,
		  const struct entry_outcome *observed)
{
	bool host = entry_set_has_stage(violated, ENTRY_CONTROLS) ||
		    entry_set_has_stage(violated, ENTRY_HOST);
	bool guest = entry_set_has_stage(violated, ENTRY_GUEST) ||
		     entry_set_has_stage(violated, ENTRY_PDPTES) ||
		     entry_set_has_stage(violated, ENTRY_LINK);

	(void)state;
	if (host)
		return observed->end == ENTRY_VMFAIL && allows_vmfail(violated, observed->number);
	if (guest)
		return observed->end == ENTRY_FAILS && observed->number == INVALID_GUEST_STATE &&
		       allows_guest_failure(violated, observed->qualification);
	if (entry_set_has_stage(violated, ENTRY_MSRS))
		return observed->end == ENTRY_FAILS && observed->number == MSR_LOADING;
	return observed->end == ENTRY_SUCCEEDS;
}
