/* exit.h -- why the guest stopped, decoded once (SDM vol. 3, "VM-Exit Information Fields",
 * appendix "VMX Basic Exit Reasons") */
#ifndef EXIT_H
#define EXIT_H

#include "ept/violation.h"
#include "vmx/instructions.h"

enum exit_reason {
#define EXIT(number, name, qualification, text) EXIT_##name = number,
#include "vmx/exits.def"
#undef EXIT
};

/* The reason of a VM entry that was refused with VMfailValid n; above all basic exit reasons. */
#define EXIT_REFUSED(n) (0xff00u + (n))

struct exit {
	union {
		u32 reason_field;               /* the whole field, or EXIT_REFUSED(n) */
		u16 reason;                     /* its bits 15:0, the basic exit reason */
	};
	bool timed_out;                         /* the watchdog stopped the guest */
	u64 qualification;
	struct ept_violation violation;         /* if EXIT_ept_violation */
	gpa_t gpa;                              /* if EXIT_ept_violation or EXIT_ept_misconfig */
	gla_t gla;                              /* if violation.gla_valid */
};

/* Whether it is an exit of a VM entry that failed. */
static inline bool exit_of_failed_entry(const struct exit *exit)
{
	return exit->reason_field & 1u << 31;
}

/* Describes a VM entry that the processor refused as if it were an exit. */
void exit_refuse(struct exit *exit, outcome_t outcome);

/* Whether the guest never ran: the VM entry was refused, or failed later.  The second says it of a
 * basic exit reason, or of EXIT_REFUSED(n). */
bool exit_before_guest_ran(const struct exit *exit);
static inline bool exit_is_of_entry(u32 reason)
{
	return reason >= EXIT_REFUSED(0) || reason == EXIT_invalid_guest_state ||
	       reason == EXIT_msr_loading || reason == EXIT_machine_check_entry;
}

/* "ept_violation"; null for a number the SDM does not define. */
const char *exit_name(u32 reason);

/* The exit qualification of the instructions that have one, by its parts
 * (SDM vol. 3, tables "Exit Qualification for ..."). */
struct io_access { u16 port; u8 size; bool in, string, rep, immediate; };
struct io_access io_access_decode(u64 qualification);

enum control_access { MOV_TO_CR, MOV_FROM_CR, CLTS, LMSW };
struct cr_access {
	u8 number;
	enum control_access kind;
	bool in_memory;                         /* the operand of LMSW */
	u8 general_register;
	u16 lmsw_source;
};
struct cr_access cr_access_decode(u64 qualification);

struct dr_access { u8 number; bool from; u8 general_register; };
struct dr_access dr_access_decode(u64 qualification);

/* VM-exit and IDT-vectoring interruption information, and the VM-entry field of the same shape. */
struct interruption { u8 vector, type; bool has_error, nmi_unblocking, valid; };
struct interruption interruption_decode(u64 information);

enum event_type {
#define EVENT_TYPE(number, name, text) EVENT_##name = number,
#include "vmx/event_types.def"
#undef EVENT_TYPE
};

/* "hardware exception": a type of these in words. */
const char *event_type_text(unsigned type);

/* "rax" ... "r15", by the number in a qualification. */
const char *general_register_name(unsigned number);

#endif
