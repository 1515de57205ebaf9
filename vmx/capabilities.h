/* capabilities.h -- what this processor's VMX can do
 * (SDM vol. 3, appendix "VMX Capability Reporting Facility")
 */
#ifndef CAPABILITIES_H
#define CAPABILITIES_H

#include "kernel/cpu.h"

/* The MSRs as they were read once, after vmx_prepare(); those that do not exist here are 0. */
struct vmx_capabilities {
	u64 basic;
	u64 pinbased, procbased, procbased2, procbased3, exit, entry, exit2;
	u64 true_pinbased, true_procbased, true_exit, true_entry;
	u64 misc, cr0_fixed0, cr0_fixed1, cr4_fixed0, cr4_fixed1;
	u64 vmcs_enum, ept_vpid, vmfunc;
#define CPUID_WORD(name, member, leaf, subleaf, register, text) u64 member;
#include "vmx/cpuid_words.def"
#undef CPUID_WORD
	u8  physical_width, linear_width;       /* bits, of CPUID.80000008H */
	const char *timer_erratum;              /* why its timer cannot be trusted; null: it can */
};

extern struct vmx_capabilities vmx_capabilities;

/* Reads all of them; each MSR only if the SDM says that it exists, by what the others say. */
void vmx_capabilities_read(void);

/* A row of capability_msrs.def: the MSR exists if one of `bits` is 1 in the value at `given`. */
struct capability_msr {
	const char *name;                       /* "IA32_VMX_BASIC" */
	enum msr    number;
	const u64  *value, *given;              /* both in vmx_capabilities */
	u64         bits;
};

/* Null if there is no such row. */
const struct capability_msr *capability_msr(unsigned which);
bool capability_msr_exists(const struct capability_msr *msr);

/* A row of capabilities.def, the words of a scenario's `needs` and `needs_no`. */
enum capability {
#define CAPABILITY(number, name, source, bit, text, remedy) CAPABILITY_##name = number,
#include "vmx/capabilities.def"
#undef CAPABILITY
	CAPABILITIES
};

struct capability_row {
	const char *name;                       /* "unrestricted_guest" */
	const char *source;                     /* "IA32_VMX_PROCBASED_CTLS2[39]" */
	const char *text, *remedy;
};

bool capability_offered(enum capability which);
/* Null if there is no such row.  What is returned is good up to the next call. */
const struct capability_row *capability_row(unsigned which);

/* Which bits of a control word must be 1 and which may be: the two halves of its MSR. */
struct control_limits {
	u32 must_be_one;                        /* the SDM's allowed 0-settings, set bits   */
	u32 may_be_one;                         /* the SDM's allowed 1-settings, set bits   */
};

/* A word of controls in the VMCS.  The last two are 64 bits wide, of which the SDM defines none of
 * the high half so far, and have no bit that must be one. */
enum control_word {
	PIN_BASED, PRIMARY, SECONDARY, VM_EXIT, VM_ENTRY, CONTROL_WORDS,
	TERTIARY = CONTROL_WORDS, SECONDARY_VM_EXIT,
};

/* The bits of each word as masks: PRIMARY_hlt_exiting, VM_ENTRY_load_efer, ... */
enum control_mask {
#define CONTROL(word, bit, name, text) word##_##name = 1u << bit,
#include "vmx/controls.def"
#undef CONTROL
};

struct control_limits control_limits_of(u64 msr);
/* Of a word, from the TRUE MSR where IA32_VMX_BASIC[55] says there is one; {0, 0} if the word does
 * not exist. */
struct control_limits control_limits(enum control_word word);

/* What to write to the VMCS so that every bit of `wanted` is on and every bit of `unwanted` is off;
 * *refused holds the bits that cannot be had that way, 0 if all can. */
u32 controls_choose(struct control_limits limits, u32 wanted, u32 unwanted, u32 *refused);

/* The capability that says whether the bit may be 1; CAPABILITIES if there is none. */
unsigned capability_of_control(enum control_word word, unsigned bit);

/* The name of a bit, "" if the SDM defines none. */
const char *control_name(enum control_word word, unsigned bit);

#endif
