/* exit_facts.h -- what the fields of the VMCS and the guest's registers say of the last exit */
#ifndef EXIT_FACTS_H
#define EXIT_FACTS_H

#include "vmx/exit_details.h"
#include "vmx/operands.h"
#include "vmx/vm.h"

/* Of the VM whose VMCS is current. */
struct exit_facts exit_facts_of(const struct vm *vm, const struct exit *exit);

/* The operands of the instruction that exited; false if the exit does not tell them. */
bool exit_operands(const struct exit_facts *facts, struct operands *operands);

/* A general register of the guest's by its number there, RSP too; 0 for NO_REGISTER. */
u64 exit_register(const struct vm *vm, unsigned number);

/* "GUEST_RIP(0x681e)"; the number alone of a field that the kernel does not know. */
void exit_field_text(struct text *text, u64 encoding);

/* Adds what the operands of the instruction that exited held: " gla=0x5008", the linear address of
 * an operand in memory, " field=GUEST_RIP(0x681e)", " type=0x1", " value=0x8". */
void exit_values_text(struct text *text, const struct vm *vm, const struct exit_facts *facts);

#endif
