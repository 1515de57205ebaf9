/* dump.h -- what is known of a VM entry from a dump: fields of the VMCS, and the processor */
#ifndef DUMP_H
#define DUMP_H

#include "tests/model/entry_state.h"

struct dump {
	bool has[ENTRY_FIELDS];
	u64 fields[ENTRY_FIELDS];
	bool has_reason;                        /* and the qualification */
	u64 reason, qualification;              /* of the last VM exit */
	bool has_mode;                          /* and the next two */
	u64 current_vmcs;                       /* the current-VMCS pointer */
	bool x2apic;                            /* the local APIC is in x2APIC mode */
	struct entry_processor processor;
};

/* Reads standard input: lines `field NAME VALUE`, `processor MEMBER VALUE`, `exit REASON
 * QUALIFICATION` and `mode CURRENT_VMCS X2APIC`, over those of a typical processor.  Returns null,
 * or what is wrong with them. */
const char *dump_read(struct dump *dump);

/* The name of a field as entry_fields.def has it, and its width in bits; natural width is 64. */
const char *dump_field_name(unsigned field);
unsigned dump_field_width(unsigned field);

/* A line for each field, its width and its name. */
void dump_list_fields(void);

#endif
