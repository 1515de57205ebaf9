/* exit_defaults.h -- what each VM exit leaves in the VMCS where its cause does not say otherwise
 * (SDM vol. 3, "Recording VM-Exit Information and Updating VM-Entry Control Fields")
 *
 * The SDM clears the exit qualification of most exits, marks interruption information as invalid,
 * and keeps bits of the exit reason at 0.  Of a VM entry that failed only the exit reason is
 * defined so, and of one that was refused nothing.
 */
#ifndef EXIT_DEFAULTS_H
#define EXIT_DEFAULTS_H

#include "vmx/exit.h"
#include "vmx/vmcs.h"

enum exit_default {
	DEFAULT_REASON,
	DEFAULT_QUALIFICATION,
	DEFAULT_INTERRUPTION,                   /* VM-exit interruption information */
	DEFAULT_IDT_VECTORING,                  /* if no event was being delivered */
	DEFAULT_ENTRY_INTERRUPTION,             /* VM-entry interruption information */
	EXIT_DEFAULTS
};

/* The field that the default is about. */
enum vmcs_field exit_default_field(enum exit_default which);

/* Whether the field holds what the SDM says of this exit, which must be the last one of the current
 * VMCS.  If not, the text, of less than 160 characters, says so: "qualification is 0x181, but the
 * SDM clears it for ept_misconfig". */
bool exit_default_holds(const struct exit *exit, enum exit_default which, char *text, size_t size);

#endif
