/* qualification.h -- the bits of a field of VM-exit information, each in words */
#ifndef QUALIFICATION_H
#define QUALIFICATION_H

#include "kernel/types.h"

enum subject {
	SUBJECT_reason, SUBJECT_page_fault, SUBJECT_debug_exception,
#define EXIT(number, name, qualification, text) SUBJECT_##name,
#include "vmx/exits.def"
#undef EXIT
};

/* Prints a line for each thing that the value says; false if nothing is known of the subject. */
bool qualification_explain(enum subject subject, u64 value);

#endif
