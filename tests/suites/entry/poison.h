/* poison.h -- two illegal values of guest state that a case has besides its twists, so that no
 * guest runs whatever the processor makes of the twists.  Which values this processor refuses is
 * measured in each base (poison_measure.h).  Two of those are in use at a time, so that a case in
 * which one check goes wrong still enters no guest; and others after a while, so that each check
 * proves itself with each kind of case. */
#ifndef POISON_H
#define POISON_H

#include "tests/suites/entry/case.h"

/* Makes the values for the base; none is in use yet. */
void entry_poison_start(struct entry_machine *machine);

/* What the poison of this number is, to be tried alone. */
struct entry_twist entry_poison_twist(const struct entry_machine *machine, unsigned number);

/* Gives the VMCS the poison of the case, or takes it away. */
void entry_poison_set(struct entry_machine *machine, const struct entry_case *tried);

/* Whether one of the two that are in use is in the field; both, made part of a state; and the rules
 * that they violate in the base. */
bool entry_poison_is_in(const struct entry_machine *machine, enum entry_field field);
void entry_poison_add(const struct entry_machine *machine, struct entry_state *state);
struct entry_set entry_poison_rules(const struct entry_machine *machine);

/* What the VMCS has in the field where no case twists it. */
u64 entry_poisoned_value(const struct entry_machine *machine, enum entry_field field);

#endif
