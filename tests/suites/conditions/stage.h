/* stage.h -- a guest with tables of its own, changed by lists of changes
 *
 * Its code is followed by VMCALL, which exits in every mode and at any CPL.  Its pages and what
 * stands in them at first:
 */
#ifndef STAGE_H
#define STAGE_H

#include "tests/suites/guest/guest_code.h"

enum {
	STAGE_GDT      = 0x2000,                /* its segments are those of the selectors below */
	STAGE_IDT      = 0x3000,                /* a gate of 64-bit mode for each exception */
	STAGE_TSS      = 0x4000,                /* TR; only RSP0, and no port is permitted */
	STAGE_OPERAND  = 0x4800,                /* zeros; RBX, RSI and RDI lead to it */
	STAGE_STACK    = 0x5000,                /* RSP and RSP0, just above it */
	STAGE_HANDLERS = 0x5000,                /* of 16 bytes for each vector */
	STAGE_HANDLED  = STAGE_HANDLERS + 4,    /* its VMCALL is behind an ENDBR64 */
};

enum {
	STAGE_CODE_64 = 0x08, STAGE_DATA = 0x10, STAGE_NEW_TSS = 0x18, STAGE_NOT_PRESENT = 0x28,
};

/* Where a guest starts: mode and privilege level, a row of states.def. */
enum stage_state {
#define STATE(name, mode, cpl, text) STATE_##name,
#include "tests/suites/conditions/states.def"
#undef STATE
	STAGE_STATES
};

/* What differs from the usual state.  A list of them ends with one that is END. */
enum change_kind {
	END, SET_BITS, CLEAR_BITS, SET_VALUE, SET_REGISTER, SET_REGISTER_BIT, SET_MEMORY,
	COPY_TABLES, NEED_CPUID,
};

struct change {
	u16 where;
	u8  kind, bit;
	u32 value;
};

/* Elements of a list, which stand side by side without commas. */
#define SET(field, bits)        { field, SET_BITS, 0, bits },
#define CLEAR(field, bits)      { field, CLEAR_BITS, 0, bits },
#define VALUE(field, number)    { field, SET_VALUE, 0, number },
#define MEMORY(address, number) { address, SET_MEMORY, 0, number },     /* 4 bytes */
#define REGISTER_IS(name, number)                                                                  \
	{ offsetof(struct registers, name), SET_REGISTER, 0, number },
#define REGISTER_HAS(name, position)                                                               \
	{ offsetof(struct registers, name), SET_REGISTER_BIT, position, 0 },
#define CPUID_HAS(leaf, name, position)                                                            \
	{ offsetof(struct cpuid, name), NEED_CPUID, position, leaf },
/* For an access that an L0 may emulate, see tests/suites/guest/emulated.c. */
#define WRITABLE_TABLES         { 0, COPY_TABLES, 0, 0 },
#define CHANGES(...)            (const struct change[]){ __VA_ARGS__ { 0 } }

/* What the delivery of an event changes, for stage_rewind(). */
enum { STAGE_REWOUND_FIELDS = 10 };

struct stage {
	struct vm vm;
	enum guest_mode mode;
	u64 start[STAGE_REWOUND_FIELDS];
	u8 *memory;                             /* the guest's, from STAGE_GDT on */
	u8 *code;                               /* its page */
	u64 end;                                /* RIP of the VMCALL behind the code */
};

/* Starts the guest in that state; false after skip() if this processor cannot. */
bool stage_start(struct stage *stage, enum stage_state state, const char *code, size_t size);
/* False after skip() if this processor does not offer what the list has; no VM is left then. */
bool stage_change(struct stage *stage, const struct change *changes);
/* Replaces the code, and lets the guest go on there. */
void stage_code(struct stage *stage, const char *code, size_t size);
/* Lets the guest start again, whatever event was delivered to it. */
void stage_rewind(const struct stage *stage);
/* The guest's memory at an address from STAGE_GDT on. */
void *stage_at(const struct stage *stage, u64 address);
/* "compatibility mode": the state in words. */
const char *stage_state_text(enum stage_state state);
/* Whether the processor has the mode of that state. */
bool stage_state_offered(enum stage_state state);

#endif
