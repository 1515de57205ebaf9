/* script.h -- the layout of a scenario's file, as scenario.inc writes it
 *
 *      header | regions | steps | strings | the bytes of each page | trailer
 *
 * It is a file of a module (tests/module/module.h); offsets count from its start.
 */
#ifndef SCRIPT_H
#define SCRIPT_H

#include "ept/entry.h"
#include "tests/module/module.h"
#include "vmx/mode.h"

#define SCRIPT_VERSION     5
#define SCRIPT_KEEP_TYPE   0xff         /* for a memory type: REMAP leaves the type as it is */
#define SCRIPT_ACCESSED    1            /* flags that a FLAGS step names */
#define SCRIPT_DIRTY       2
#define SCRIPT_NEEDS       3            /* words of 64 capabilities each */
#define SCRIPT_GIVEN_VPID  0x100        /* added to the type of INVVPID if the step gives a VPID */
#define SCRIPT_GPA_END     BIT(48)      /* four levels of EPT translate no higher address */
#define SCRIPT_MOST_REGIONS 256
#define SCRIPT_MOST_VIEWS  8
#define SCRIPT_NO_GUEST    0            /* for the mode: VMX instructions of the host alone */
#define SCRIPT_BEYOND_WIDTH 1           /* the lowest address bit beyond the physical width */
#define SCRIPT_LONGEST_RUN 20000        /* milliseconds from entry to exit, see docs/scenarios.md */
#define SCRIPT_FIRST_VECTOR 0x20        /* of an interrupt that a scenario sends */
#define SCRIPT_LAST_VECTOR 0xfd

struct script_header {              /* begins as every struct file_header */
	char magic[8];                  /* "SCENARIO" */
	u16  version, mode;             /* mode: a number of vmx/modes.def, or none */
	u32  size;                      /* of the whole file, trailer included */
	u64  entry;                     /* the guest's first RIP */
	u32  regions, region_count;
	u32  steps, step_count;
	u32  strings, strings_size;     /* every text of the file, each with its closing zero */
	u32  name, title;               /* texts: ept/write_to_read_only_page; the claim */
	u32  source;                    /* text: the path given to nasm */
	u32  views;                     /* EPT hierarchies of the same pages, 1 or more */
	u32  rules, rule_count;         /* texts, one behind the other: which rules it tests */
	u64  needs[SCRIPT_NEEDS];       /* capabilities, one bit each (vmx/capabilities.def) */
	u64  needs_no[SCRIPT_NEEDS];    /* those that the processor must not have */
} ANYWHERE;

struct script_region {
	u64 gpa, size;                  /* bytes, whole pages */
	u64 entry_bits;                 /* more bits to set in each leaf EPT entry */
	u8  access, memory_type;        /* access: bit 0 r, 1 w, 2 x; memory type: 0 to 7 */
	u16 level;                      /* of the leaf EPT entries: EPT_PT, EPT_PD or EPT_PDPT */
	u32 contents, contents_end;     /* where the page's bytes lie; zeros follow them */
	u32 name;                       /* text */
} ANYWHERE;

struct script_step {
	u16 kind, what;                 /* kind: enum step; what: see steps.def */
	u32 line;                       /* in the source, for the report */
	u64 value, second;
	u32 text;                       /* how the author wrote the value; 0 if that is not kept */
	u32 view;                       /* which EPT hierarchy; 0 if the step is about none */
} ANYWHERE;

_Static_assert(sizeof(struct script_header) == 120, "as in scenario.inc");
_Static_assert(sizeof(struct script_region) == 40, "as in scenario.inc");
_Static_assert(sizeof(struct script_step) == 32, "as in scenario.inc");

enum step {
#define STEP(number, name, what, value) STEP_##name = number,
#include "tests/language/steps.def"
#undef STEP
};

/* What a step ROOT executes. */
enum root_instruction {
#define ROOT_INSTRUCTION(number, name, shape, value) ROOT_##name = number,
#include "tests/language/root_instructions.def"
#undef ROOT_INSTRUCTION
};

enum observable {
#define OBSERVABLE(number, name, settable, text) OBSERVABLE_##name = number,
#include "tests/language/observables.def"
#undef OBSERVABLE
};

enum host_register {
#define HOST_REGISTER(number, name, text) HOST_REGISTER_##name = number,
#include "tests/language/host_registers.def"
#undef HOST_REGISTER
};

/* A checked script: every offset, count, enum and text below may be trusted. */
struct script {
	const struct script_header *header;
	const struct script_region *regions;
	const struct script_step   *steps;
};

/* Whether a step of the kind compares something that an `expect` has said of its exit. */
static inline bool script_step_describes_exit(u32 kind)
{
	return kind == STEP_CHECK || kind == STEP_CHECK_VMCS || kind == STEP_CHECK_VIEW ||
	       kind == STEP_HOST;
}

/* The text at an offset of the file; the offset must come from a checked script. */
const char *script_text(const struct script *script, u32 offset);

#define SCRIPT_NAME_SIZE 96             /* with the closing zero */

/* A name for the plan, even if the file is damaged: the scenario's, or "module 2 at 0x1f8". */
void script_name(const struct module_file *file, char name[SCRIPT_NAME_SIZE]);

/* Characters of the name at an offset of a file; 0 if there is no name with its closing zero. */
u64 script_name_length(const u8 *start, u64 available, u64 offset);

#endif
