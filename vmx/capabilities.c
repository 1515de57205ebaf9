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

#define CPUID_WORD(name, member, leaf, subleaf, register)                                          \
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

#define CPUID_1_ECX        CPUID.01H:ECX
#define CPUID_1_EDX        CPUID.01H:EDX
#define CPUID_7_EBX        CPUID.07H:EBX
#define CPUID_7_ECX        CPUID.07H:ECX
#define CPUID_7_EDX        CPUID.07H:EDX
#define CPUID_7_1_EAX      CPUID.07H.1:EAX
#define CPUID_D_1_EAX      CPUID.0DH.1:EAX
#define CPUID_80000001_EDX CPUID.80000001H:EDX
#define CPUID_80000008_EBX CPUID.80000008H:EBX
#define TEXT_OF(source) #source
#define SOURCE(source, bit) TEXT_OF(source) "[" #bit "]"

static const struct {
	struct capability_row row;
	u8 source, bit;
} capabilities[] = {
#define CAPABILITY(number, name, source, bit, text, remedy)                                        \
	[number] = { { #name, SOURCE(source, bit), text, remedy }, SOURCE_##source, bit },
#include "vmx/capabilities.def"
#undef CAPABILITY
};

static u64 source_value(enum source source)
{
	switch (source) {
#define CPUID_WORD(name, member, leaf, subleaf, register)                                          \
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

const struct capability_row *capability_row(unsigned which)
{
	return which < COUNT(capabilities) ? &capabilities[which].row : NULL;
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
