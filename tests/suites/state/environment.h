/* environment.h -- a guest that may change registers of its own, and those that it changes
 *
 * No access to its control and debug registers, its MSRs and its descriptor tables exits.  It has
 * the descriptors of guests.asm, a stack, and a page of page-directory-pointer-table entries.
 */
#ifndef ENVIRONMENT_H
#define ENVIRONMENT_H

#include "vmx/capabilities.h"
#include "vmx/vm.h"

enum state_number {
#define NUMBER(name, value) name = value,
#include "tests/suites/state/numbers.def"
#undef NUMBER
};

/* guests.asm; each has BYTES_OF_A_GUEST bytes that may be copied. */
#define STATE_GUEST(name) state_guest_##name
#define DECLARE_STATE_GUEST(name) extern const u8 STATE_GUEST(name)[];

/* A bit of a word of controls; none if the mask is 0. */
struct control {
	enum control_word word;
	u32 mask;
};

/* Starts a VM with this guest.  False after skip(), when there is no VM. */
bool environment_start(struct vm *vm, enum guest_mode mode, const u8 *guest);

/* False after skip() if the processor lacks it. */
bool environment_needs(enum capability needed);

/* Whether the control can be had so. */
bool control_may_be(struct control control, bool on);
/* Of the current VMCS.  What activates the word is set as well. */
void control_set(struct control control, bool on);

/* Runs the guest; reports, for the row of the table, if another exit comes than its VMCALL. */
void environment_run(struct vm *vm, const char *file, u32 line);

#endif
