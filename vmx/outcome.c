/* outcome.c -- how a VMX instruction ended, in words */
#include "vmx/outcome.h"

#include "kernel/exceptions.h"
#include "kernel/print.h"

static const char *vm_instruction_error_text(u32 number)
{
	switch (number) {
#define VM_INSTRUCTION_ERROR(number, name, text) case number: return text;
#include "vmx/instruction_errors.def"
#undef VM_INSTRUCTION_ERROR
	}
	return "a number the SDM does not define";
}

size_t outcome_text(char *text, size_t size, outcome_t outcome)
{
	if (outcome == SUCCEEDED)
		return print_into(text, size, "success");
	if (outcome == FAIL_INVALID)
		return print_into(text, size, "VMfailInvalid");
	if (outcome >= FAULTED(0))
		return print_into(text, size, "%s", vector_name(outcome - FAULTED(0)));

	u32 number = outcome - FAIL_VALID(0);
	return print_into(text, size, "VMfailValid %u, %s",
			  number, vm_instruction_error_text(number));
}
