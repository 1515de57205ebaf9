/* qualification_text.h -- what an exit qualification says, as the report writes it */
#ifndef QUALIFICATION_TEXT_H
#define QUALIFICATION_TEXT_H

#include "ept/permission.h"
#include "kernel/print.h"

/* What an access of an EPT violation wants: "read|write", "none" */
void access_text(struct text *text, enum permission wanted);
/* "present|write": the error code of a page fault; "none" */
void page_fault_error_text(struct text *text, u64 error);
/* "mov cr0, rax", "clts", "lmsw 0x1", "lmsw 0x1 of memory" */
void cr_access_text(struct text *text, u64 qualification);
/* "mov rax, dr7" */
void dr_access_text(struct text *text, u64 qualification);
/* "port=0x60 size=1 direction=in string rep"; "immediate" if the port is an operand of its own */
void io_access_text(struct text *text, u64 qualification);

#endif
