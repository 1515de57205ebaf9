/* exit_details.h -- what a VM exit tells, each thing with a name and a value in words */
#ifndef EXIT_DETAILS_H
#define EXIT_DETAILS_H

#include "kernel/print.h"
#include "kernel/types.h"

/* What is known of an exit.  A VMM's log has not all of it. */
struct exit_facts {
	u16 reason;
	bool has_qualification, has_instruction, has_registers;
	u64 qualification;
	u32 instruction;                /* VM-exit instruction information */
	u64 rax, rcx, rdx;              /* of the guest */
};

/* How a value is written: as a number, as an MSR, or by a word of a table of exit_details.def. */
enum detail_form { FORM_HEX, FORM_MSR, FORM_SOURCE, FORM_KIND, FORM_SUB_PAGE };

/* Adds what is known of the exit: " selector=0x28 source=jmp", " mov cr0, rax".  Nothing of an exit
 * that tells nothing. */
void exit_details_text(struct text *text, const struct exit_facts *facts);

/* The value that stands behind `name=` after such an exit; 0 if nothing is known of it. */
u64 exit_detail(const struct exit_facts *facts, const char *name);

/* "jmp", "IA32_EFER(0xc0000080)", "0x28" */
void detail_text(struct text *text, enum detail_form form, u64 value);

/* Why a debug exception came, by its qualification: "B0|BS"; "none". */
void debug_cause_text(struct text *text, u64 qualification);

#endif
