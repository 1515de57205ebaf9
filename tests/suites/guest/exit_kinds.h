/* exit_kinds.h -- kinds of VM exit, each caused by the first thing that a guest does */
#ifndef EXIT_KINDS_H
#define EXIT_KINDS_H

#include "vmx/vm.h"

/* Rows of exit_kinds.def. */
enum exit_kind_number {
#define EXIT_KIND(name, ...) KIND_##name,
#include "tests/suites/guest/exit_kinds.def"
#undef EXIT_KIND
	EXIT_KINDS
};

struct exit_kind {
	const char *file;                       /* of the row, for the report */
	const char *code;                       /* of the guest */
	size_t      size;
	bool      (*prepare)(struct vm *vm);    /* false after skip() */
	u64         moved;                      /* how far RIP has moved from GUEST_CODE */
	enum guest_mode mode;
	u32         line;
	unsigned    needs;                      /* a capability */
	u32         reason;
	u32         vectoring;                  /* IDT-vectoring information, 0 if there is none */
};

extern const struct exit_kind exit_kinds[EXIT_KINDS];

/* What differs from the usual state of a guest when it is entered. */
struct entry_state {
	u64 rflags;                             /* bits that are set besides */
	u32 blocking;                           /* interruptibility state */
	u32 activity;
};

/* Enters a guest that causes such an exit, and reports if another one comes, or at another place.
 * Afterwards the VM is there to be asked.  False after skip(), when there is no VM. */
bool exit_kind_run(const struct exit_kind *kind, const struct entry_state *state, struct vm *vm);
/* Ends the VM, and what the exit may have left behind for later tests: a pending interrupt,
 * blocking by NMI. */
void exit_kind_end(const struct exit_kind *kind, struct vm *vm);

#endif
