/* base.h -- a VM in one of the legal states that cases differ from, and that state as the model
 * sees it
 */
#ifndef BASE_H
#define BASE_H

#include "tests/model/vm_entry.h"
#include "tests/suites/entry/base_memory.h"
#include "vmx/vm.h"

enum entry_base_kind {
	BASE_EVERY_CONTROL  = 1 << 0,
	BASE_COMPATIBILITY  = 1 << 1,
	BASE_VIRTUAL_8086   = 1 << 2,
	BASE_LOADED_MSRS    = 1 << 3,
	BASE_HLT            = 1 << 4,
	BASE_STI            = 1 << 5,
	BASE_MOV_SS         = 1 << 6,
	BASE_SINGLE_STEP    = 1 << 7,
	BASE_INTERRUPTS_ON  = 1 << 8,
	BASE_LINKED         = 1 << 9,
	BASE_MSR_LISTS      = 1 << 10,
	BASE_UNRESTRICTED   = 1 << 11,
	BASE_WITHOUT_EPT    = 1 << 12,
	BASE_VIRTUAL_NMIS   = 1 << 14,
	BASE_PAIRS_OF_CONTROLS = 1 << 15,       /* every two bits of a word of controls are tried */
	BASE_GUEST_ALONE    = 1 << 16,          /* controls and host are as in another base */
	BASE_ALWAYS         = 1 << 17,          /* even where entries take long */
	BASE_FRED           = 1 << 18,
	BASE_EVERY_OTHER    = 1 << 19,          /* value of a field, unless it is asked for */
	BASE_ILLEGAL        = 1 << 13,          /* many fields differ, so it has no cases */
};

/* A row of bases.def. */
struct entry_base {
	const char *name, *text;
	enum guest_mode mode;
	u32 kinds, event;
	u32 exit;
};

enum { ENTRY_BASES = 0
#define BASE(...) + 1
#include "tests/suites/entry/bases.def"
#undef BASE
};

extern const struct entry_base entry_bases[ENTRY_BASES];

#define ENTRY_TWISTS 6                          /* of a case at most */

enum { ENTRY_POISONS = 0
#define POISON(...) + 1
#include "tests/suites/entry/poisons.def"
#undef POISON
};

#define ENTRY_INFORMATION_FIELDS 24             /* at least as many as there are */

/* The VM-exit information fields as the last entry left them (information.h). */
struct entry_information {
	u64 reason, qualification;
	unsigned count;                         /* of the others */
	bool known, writable;                   /* these */
	u16 fields[ENTRY_INFORMATION_FIELDS];
	u64 values[ENTRY_INFORMATION_FIELDS];
};

/* What keeps a guest from running that is entered in spite of the case (poison.h). */
struct entry_poison {
	u8 usable[ENTRY_POISONS];               /* numbers of poisons.def */
	u8 count;                               /* of these */
	u8 turn;                                /* the place among them of the first in use */
	bool in_force;                          /* the VMCS has them */
	bool stays;                             /* the same two serve all cases of the base */
	u32 used;                               /* a bit for each number that was in use */
	u32 cases;
	u64 values[ENTRY_POISONS];              /* of the field, by number */
};

struct entry_machine {
	const struct entry_base *base;
	struct vm vm;
	struct base_memory memory;
	struct entry_processor processor;
	struct entry_state state;               /* the base, as it stands in the VMCS */
	u64 *start;                             /* gets what vm_start() made, unless null */
	struct entry_guest_field {
		u16 field, encoding;
	} guest_fields[ENTRY_FIELDS];           /* all of the guest-state area that there are */
	unsigned guest_field_count;
	u64 before[ENTRY_TWISTS];               /* of the fields that a case twists */
	struct entry_information information;
	struct entry_poison poison;             /* poison.h */
	bool is_slow;                           /* so that not all is compared in each case */
	u32 entries;                            /* of cases, in this base */
};

/* For start.h, which starts all else that a case needs: starts the VM.  Null if all is well, else
 * what this processor lacks for the base. */
const char *entry_base_start(struct entry_machine *machine, const struct entry_base *base);

/* Where a guest is when it exits that is entered as the base says. */
u64 entry_base_exit_rip(const struct entry_base *base);

/* The guest's general registers: this number in the first one, the next in each that follows. */
#define ENTRY_REGISTER_PATTERN 0x5a5a0000ul
void entry_fill_registers(struct registers *registers);

/* Whether a guest that is entered as the base says would run under controls that vm_start() does
 * not give it.  All cases of the base are poisoned then (case.h). */
static inline bool entry_base_is_poisoned(const struct entry_base *base)
{
	return base->kinds & BASE_EVERY_CONTROL;
}

#endif
