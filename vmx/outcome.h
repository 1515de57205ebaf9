/* outcome.h -- every way in which a VMX instruction can end, as one value
 * (SDM vol. 3, "VMX Instruction Reference", section "Conventions")
 */
#ifndef OUTCOME_H
#define OUTCOME_H

#include "kernel/traps.h"
#include "kernel/types.h"

/* An outcome is one of these; names for the n of VMfailValid are in instruction_errors.def. */
typedef u32 outcome_t;
#define SUCCEEDED      0u
#define FAIL_INVALID   1u                       /* VMfailInvalid: there was no current VMCS */
#define FAIL_VALID(n)  (0x100u + (n))           /* VMfailValid with VM-instruction error n */
#define FAULTED(v)     (OUTCOME_FAULTED + (v))  /* exception v */

enum vm_instruction_error {
#define VM_INSTRUCTION_ERROR(number, name, text) ERROR_##name = number,
#include "vmx/instruction_errors.def"
#undef VM_INSTRUCTION_ERROR
};

/* "VMfailValid 5, VMRESUME with non-launched VMCS", "#GP": the longest is under 96 characters. */
size_t outcome_text(char *text, size_t size, outcome_t outcome);

#endif
