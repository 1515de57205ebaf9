/* vm_entry.c -- which rules of VM entry a state violates, and how such an entry may end */
#include "tests/model/vm_entry.h"
#include "tests/model/entry_guest_terms.h"
#include "tests/model/entry_msr_list.h"
#include "tests/model/entry_terms.h"

/* Inline, as most rules are a few instructions. */
static inline __attribute__((always_inline)) bool is_violated(const struct entry_state *state,
							      unsigned rule)
{
	switch (rule) {
#define CHECK(stage, name, fields, violated, ...)                                                  \
	case ENTRY_RULE_##name: return violated;
#include "tests/model/entry_checks.def"
#undef CHECK
	default: __builtin_unreachable();
	}
}

static void review(const struct entry_state *state, const u16 *rules, unsigned count,
		   struct entry_set *violations)
{
	for (unsigned i = 0; i < count; i++) {
		u64 *word = &violations->words[rules[i] / 64];
		u64 bit = 1ull << rules[i] % 64;

		*word = is_violated(state, rules[i]) ? *word | bit : *word & ~bit;
	}
}

void entry_review(const struct entry_state *state, enum entry_field field,
		  struct entry_set *violations)
{
	struct entry_rule_list list = entry_rules_of(field);

	review(state, list.rules, list.count, violations);
}

struct entry_set entry_violations(const struct entry_state *state)
{
	struct entry_set violations = { { 0 } };

	for (unsigned rule = 0; rule < ENTRY_RULES; rule++)
		if (is_violated(state, rule))
			entry_set_add(&violations, rule);
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

#define STAGE(name) (1u << ENTRY_STAGE_##name)
#define HOST_STAGES  (STAGE(CONTROLS) | STAGE(HOST))
#define GUEST_STAGES (STAGE(GUEST) | STAGE(PDPTES) | STAGE(LINK))

static bool allows_vmfail(u32 stages, u32 number)
{
	if (number == INVALID_CONTROLS)
		return stages & STAGE(CONTROLS);
	return number == INVALID_HOST_STATE && stages & STAGE(HOST);
}

/* A processor may refuse an NMI that is injected with blocking by STI, or not; and what stands in
 * memory that nobody knows may be right or wrong. */
static bool may_fail_by_guest(const struct entry_state *state, u32 stages, u64 qualification)
{
	switch (qualification) {
	case QUALIFICATION_NONE:   return stages & STAGE(GUEST);
	case QUALIFICATION_PDPTES: return stages & STAGE(PDPTES) ||
					  pdptes_are_unknown(state);
	case QUALIFICATION_NMI:    return INJECTS(NMI) && BLOCKED_BY_STI;
	case QUALIFICATION_LINK:   return stages & STAGE(LINK) ||
					  link_is_unknown(state);
	default:                   return false;
	}
}

static bool may_end_by_msrs(const struct entry_state *state, u32 stages,
			    const struct entry_outcome *observed)
{
	if (entry_msr_list_is_too_long(state))
		return true;
	if (observed->end == ENTRY_FAILS && observed->number == MSR_LOADING)
		return entry_msrs_may_fail_at(state, observed->qualification);
	return observed->end == ENTRY_SUCCEEDS && !(stages & STAGE(MSRS));
}

/* Controls and host state come before guest state, and that before the MSRs. */
bool entry_stages_allow(const struct entry_state *state, u32 stages,
			const struct entry_outcome *observed)
{
	if (stages & HOST_STAGES)
		return observed->end == ENTRY_VMFAIL && allows_vmfail(stages, observed->number);
	if (observed->end == ENTRY_FAILS && observed->number == INVALID_GUEST_STATE)
		return may_fail_by_guest(state, stages, observed->qualification);
	return !(stages & GUEST_STAGES) && may_end_by_msrs(state, stages, observed);
}

bool entry_allows(const struct entry_state *state, const struct entry_set *violated,
		  const struct entry_outcome *observed)
{
	return entry_stages_allow(state, entry_set_stages(violated), observed);
}
