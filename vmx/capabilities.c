/* capabilities.c -- the VMX capability MSRs, read once and decoded */
#include "vmx/capabilities.h"
#include "kernel/guarded.h"
#include "kernel/string.h"
#include "vmx/timer_erratum.h"

struct vmx_capabilities vmx_capabilities;

static const struct capability_msr msrs[] = {
#define CAPABILITY_MSR(name, member, given, bits)                                                  \
	{ "IA32_VMX_" #name, IA32_VMX_##name,                                                      \
	  &vmx_capabilities.member, &vmx_capabilities.given, bits },
#include "vmx/capability_msrs.def"
#undef CAPABILITY_MSR
};

const struct capability_msr *capability_msr(unsigned which)
{
	return which < COUNT(msrs) ? &msrs[which] : NULL;
}

bool capability_msr_exists(const struct capability_msr *msr)
{
	return *msr->given & msr->bits;
}

/* Of a leaf that it does not have, a processor may tell those of another leaf. */
static struct cpuid cpuid_or_none(u32 leaf, u32 subleaf)
{
	u32 last = cpuid(leaf & BIT(31), 0).eax;

	return leaf <= last ? cpuid(leaf, subleaf) : (struct cpuid){ 0 };
}

static void read_features(void)
{
	vmx_capabilities.timer_erratum = timer_erratum_of(cpuid(1, 0).eax);

#define CPUID_WORD(name, member, leaf, subleaf, register, text)                                    \
	vmx_capabilities.member = cpuid_or_none(leaf, subleaf).register;
#include "vmx/cpuid_words.def"
#undef CPUID_WORD
}

static void read_address_widths(void)
{
	u32 eax = cpuid(0x80000000, 0).eax >= 0x80000008 ? cpuid(0x80000008, 0).eax : 48 << 8 | 36;

	vmx_capabilities.physical_width = (u8)eax;
	vmx_capabilities.linear_width = (u8)(eax >> 8);
}

void vmx_capabilities_read(void)
{
	read_features();
	read_address_widths();

#define CAPABILITY_MSR(name, member, given, bits)                                                  \
	vmx_capabilities.member = 0;                                                               \
	if (vmx_capabilities.given & (bits))                                                       \
		try_rdmsr(IA32_VMX_##name, &vmx_capabilities.member);
#include "vmx/capability_msrs.def"
#undef CAPABILITY_MSR
}

/* Where a row of capabilities.def finds its bit. */
enum source {
#define CAPABILITY_MSR(name, ...) SOURCE_IA32_VMX_##name,
#include "vmx/capability_msrs.def"
#undef CAPABILITY_MSR
#define CPUID_WORD(name, ...) SOURCE_CPUID_##name,
#include "vmx/cpuid_words.def"
#undef CPUID_WORD
};

static const char source_names[] =
#define CAPABILITY_MSR(name, ...) "IA32_VMX_" #name "\0"
#include "vmx/capability_msrs.def"
#undef CAPABILITY_MSR
#define CPUID_WORD(name, member, leaf, subleaf, register, text) text "\0"
#include "vmx/cpuid_words.def"
#undef CPUID_WORD
	;

static const struct {
	u8 source, bit;
} capabilities[] = {
#define CAPABILITY(number, name, source, bit, text, remedy) [number] = { SOURCE_##source, bit },
#include "vmx/capabilities.def"
#undef CAPABILITY
};

static const char capability_names[] =
#define CAPABILITY(number, name, source, bit, text, remedy) #name "\0"
#include "vmx/capabilities.def"
#undef CAPABILITY
	;

static const char capability_texts[] =
#define CAPABILITY(number, name, source, bit, text, remedy) text "\0"
#include "vmx/capabilities.def"
#undef CAPABILITY
	;

/* One by one, as many are the same text. */
static const char *const remedies[] = {
#define CAPABILITY(number, name, source, bit, text, remedy) [number] = remedy,
#include "vmx/capabilities.def"
#undef CAPABILITY
};

static u64 source_value(enum source source)
{
	switch (source) {
#define CPUID_WORD(name, member, leaf, subleaf, register, text)                                    \
	case SOURCE_CPUID_##name: return vmx_capabilities.member;
#include "vmx/cpuid_words.def"
#undef CPUID_WORD
	default: return *msrs[source].value;
	}
}

bool capability_offered(enum capability which)
{
	return source_value(capabilities[which].source) & BIT(capabilities[which].bit);
}

/* IA32_VMX_PROCBASED_CTLS2[39] */
static void spell_source(char *text, enum source source, unsigned bit)
{
	const char *name = string_at(source_names, source);
	size_t length = strlen(name);

	memcpy(text, name, length);
	text[length++] = '[';
	if (bit >= 10)
		text[length++] = (char)('0' + bit / 10);
	text[length++] = (char)('0' + bit % 10);
	text[length++] = ']';
	text[length] = 0;
}

const struct capability_row *capability_row(unsigned which)
{
	static struct capability_row row;
	static char source[40];

	if (which >= COUNT(capabilities))
		return NULL;
	spell_source(source, capabilities[which].source, capabilities[which].bit);
	row = (struct capability_row){
		.name = string_at(capability_names, which), .source = source,
		.text = string_at(capability_texts, which), .remedy = remedies[which],
	};
	return &row;
}

static enum source source_of_word(enum control_word word)
{
	switch (word) {
	case PIN_BASED:         return SOURCE_IA32_VMX_PINBASED_CTLS;
	case PRIMARY:           return SOURCE_IA32_VMX_PROCBASED_CTLS;
	case SECONDARY:         return SOURCE_IA32_VMX_PROCBASED_CTLS2;
	case VM_EXIT:           return SOURCE_IA32_VMX_EXIT_CTLS;
	case VM_ENTRY:          return SOURCE_IA32_VMX_ENTRY_CTLS;
	case TERTIARY:          return SOURCE_IA32_VMX_PROCBASED_CTLS3;
	case SECONDARY_VM_EXIT: break;
	}
	return SOURCE_IA32_VMX_EXIT_CTLS2;
}

unsigned capability_of_control(enum control_word word, unsigned bit)
{
	enum source source = source_of_word(word);
	unsigned allowed_at = word < CONTROL_WORDS ? bit + 32 : bit;
	unsigned which = 0;

	while (which < COUNT(capabilities) && (capabilities[which].source != source ||
					       capabilities[which].bit != allowed_at))
		which++;
	return which;
}

struct control_limits control_limits_of(u64 msr)
{
	return (struct control_limits){ .must_be_one = (u32)msr, .may_be_one = (u32)(msr >> 32) };
}

struct control_limits control_limits(enum control_word word)
{
	const struct vmx_capabilities *has = &vmx_capabilities;
	bool true_ones = capability_offered(CAPABILITY_true_controls);

	switch (word) {
	case PIN_BASED: return control_limits_of(true_ones ? has->true_pinbased : has->pinbased);
	case PRIMARY:   return control_limits_of(true_ones ? has->true_procbased : has->procbased);
	case SECONDARY: return control_limits_of(has->procbased2);
	case VM_EXIT:   return control_limits_of(true_ones ? has->true_exit : has->exit);
	case VM_ENTRY:  return control_limits_of(true_ones ? has->true_entry : has->entry);
	case TERTIARY:  return (struct control_limits){ .may_be_one = (u32)has->procbased3 };
	case SECONDARY_VM_EXIT: return (struct control_limits){ .may_be_one = (u32)has->exit2 };
	}
	return (struct control_limits){ 0 };
}

u32 controls_choose(struct control_limits limits, u32 wanted, u32 unwanted, u32 *refused)
{
	*refused = (wanted & ~limits.may_be_one) | (unwanted & limits.must_be_one);
	*refused |= wanted & unwanted;
	return (wanted & limits.may_be_one) | limits.must_be_one;
}

static const struct {
	u8 word, bit;
} controls[] = {
#define CONTROL(word, bit, name, text) { word, bit },
#include "vmx/controls.def"
#undef CONTROL
};

static const char control_texts[] =
#define CONTROL(word, bit, name, text) text "\0"
#include "vmx/controls.def"
#undef CONTROL
	;

const char *control_name(enum control_word word, unsigned bit)
{
	for (size_t i = 0; i < COUNT(controls); i++)
		if (controls[i].word == word && controls[i].bit == bit)
			return string_at(control_texts, i);
	return "";
}
