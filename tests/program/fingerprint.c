/* fingerprint.c -- the VMX capability MSRs in words
 *
 * Fingerprints are compared by diff.  So each line starts with the name of what it is about, and
 * depends on nothing else.  A long line goes on in indented ones; where it is broken depends only
 * on its words.
 */
#include "tests/program/fingerprint.h"
#include "kernel/clock.h"
#include "kernel/guarded.h"
#include "kernel/print.h"
#include "kernel/string.h"
#include "kernel/traps.h"
#include "tests/report/report.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"

#define LINE_LENGTH 100

static struct {
	char text[LINE_LENGTH + 2];             /* with room for a comma and the closing zero */
	size_t length;
} line;

static void line_add(const char *text)
{
	size_t room = sizeof(line.text) - line.length;

	line.length += print_into(line.text + line.length, room, "%s", text);
}

static void line_end(void)
{
	if (line.length)
		note("%s", line.text);
	line.length = 0;
}

/* Adds words to the line, or starts the next one with them if this has no room. */
__attribute__((format(printf, 1, 2))) static void say(const char *format, ...)
{
	char words[LINE_LENGTH / 2];
	va_list arguments;

	va_start(arguments, format);
	size_t length = print_list_into(words, sizeof(words), format, arguments);
	va_end(arguments);
	if (line.length + 1 + length > LINE_LENGTH) {
		line_end();
		line_add("   ");
	}
	if (line.length)
		line_add(" ");
	line_add(words);
}

static bool list_is_empty;

/* Begins a line with the title; list_add() adds an item, and list_end() ends the line. */
static void list_start(const char *title)
{
	line_end();
	say("  %s:", title);
	list_is_empty = true;
}

static void list_add(const char *name)
{
	if (!list_is_empty)
		line_add(",");
	say("%s", name);
	list_is_empty = false;
}

static void list_end(void)
{
	if (list_is_empty)
		say("none");
	line_end();
}

static void list_control(enum control_word word, unsigned bit)
{
	const char *name = control_name(word, bit);
	char number[8];

	print_into(number, sizeof(number), "%u", bit);
	list_add(*name ? name : number);
}

static void list_controls(const char *title, enum control_word word, u64 bits)
{
	list_start(title);
	for (unsigned bit = 0; bit < 64; bit++)
		if (bits & BIT(bit))
			list_control(word, bit);
	list_end();
}

static void describe_control_pair(enum control_word word, u64 value)
{
	struct control_limits limits = control_limits_of(value);

	list_controls("must be one", word, limits.must_be_one);
	list_controls("may be one", word, limits.may_be_one & ~limits.must_be_one);
}

/* Bits that have a meaning of their own, without others. */
static const struct {
	enum msr msr;
	unsigned bit;
	const char *text;
} flags[] = {
#define CAPABILITY_BIT(msr, bit, text) { msr, bit, text },
#include "vmx/capability_bits.def"
#undef CAPABILITY_BIT
};

static void describe_flags(enum msr msr, u64 value)
{
	list_start("offers");
	for (size_t i = 0; i < COUNT(flags); i++)
		if (flags[i].msr == msr && value & BIT(flags[i].bit))
			list_add(flags[i].text);
	list_end();
}

static u64 part(u64 value, unsigned high, unsigned low)
{
	return (value & BITS(high, low)) >> low;
}

static void describe_basic(u64 value)
{
	static const char *const types[16] = { [0] = "uc", [6] = "wb" };
	const char *type = types[part(value, 53, 50)];

	say("revision %#lx", part(value, 30, 0));
	say("region %lu", part(value, 44, 32));
	say("%s", type ? type : "reserved-memory-type");
	for (size_t i = 0; i < COUNT(flags); i++)
		if (flags[i].msr == IA32_VMX_BASIC && value & BIT(flags[i].bit))
			say("%s", flags[i].text);
}

static void describe_misc(u64 value)
{
	say("timer counts TSC bit %lu,", part(value, 4, 0));
	say("CR3 targets %lu,", part(value, 24, 16));
	say("MSR lists %lu,", 512 * (part(value, 27, 25) + 1));
	say("MSEG revision %#lx", part(value, 63, 32));
	describe_flags(IA32_VMX_MISC, value);
}

static const struct {
	u8 position;
	const char *name;
} cr0_bits[] = {
#define CR0_BIT(position, name, text) { position, #name },
#define CR4_BIT(position, name, text)
#include "kernel/control_registers.def"
#undef CR0_BIT
#undef CR4_BIT
}, cr4_bits[] = {
#define CR0_BIT(position, name, text)
#define CR4_BIT(position, name, text) { position, #name },
#include "kernel/control_registers.def"
#undef CR0_BIT
#undef CR4_BIT
};

static void list_register_bits(enum msr fixed1, const char *title, u64 bits)
{
	bool cr0 = fixed1 == IA32_VMX_CR0_FIXED1;

	list_start(title);
	for (size_t i = 0; i < (cr0 ? COUNT(cr0_bits) : COUNT(cr4_bits)); i++)
		if (bits & BIT(cr0 ? cr0_bits[i].position : cr4_bits[i].position))
			list_add(cr0 ? cr0_bits[i].name : cr4_bits[i].name);
	list_end();
}

static void describe_register(enum msr fixed1, u64 must_be_one, u64 may_be_one)
{
	list_register_bits(fixed1, "must be one", must_be_one);
	list_register_bits(fixed1, "must be zero", ~may_be_one);
	list_register_bits(fixed1, "free", may_be_one & ~must_be_one);
}

static void describe(enum msr msr, u64 value)
{
	const struct vmx_capabilities *has = &vmx_capabilities;

	switch (msr) {
	case IA32_VMX_BASIC:               describe_basic(value); break;
	case IA32_VMX_PINBASED_CTLS:
	case IA32_VMX_TRUE_PINBASED_CTLS:  describe_control_pair(PIN_BASED, value); break;
	case IA32_VMX_PROCBASED_CTLS:
	case IA32_VMX_TRUE_PROCBASED_CTLS: describe_control_pair(PRIMARY, value); break;
	case IA32_VMX_PROCBASED_CTLS2:     describe_control_pair(SECONDARY, value); break;
	case IA32_VMX_EXIT_CTLS:
	case IA32_VMX_TRUE_EXIT_CTLS:      describe_control_pair(VM_EXIT, value); break;
	case IA32_VMX_ENTRY_CTLS:
	case IA32_VMX_TRUE_ENTRY_CTLS:     describe_control_pair(VM_ENTRY, value); break;
	case IA32_VMX_PROCBASED_CTLS3:     list_controls("may be one", TERTIARY, value); break;
	case IA32_VMX_EXIT_CTLS2: list_controls("may be one", SECONDARY_VM_EXIT, value); break;
	case IA32_VMX_MISC:                describe_misc(value); break;
	case IA32_VMX_CR0_FIXED1:          describe_register(msr, has->cr0_fixed0, value); break;
	case IA32_VMX_CR4_FIXED1:          describe_register(msr, has->cr4_fixed0, value); break;
	case IA32_VMX_VMCS_ENUM:           say("highest index %#lx", part(value, 9, 1)); break;
	case IA32_FEATURE_CONTROL:
	case IA32_VMX_EPT_VPID_CAP:
	case IA32_VMX_VMFUNC:              describe_flags(msr, value); break;
	default:                           break;
	}
}

static void print_msr(const char *name, enum msr msr, bool exists)
{
	u64 value;
	unsigned fault = exists ? try_rdmsr(msr, &value) : 0;

	say("vmx %s", name);
	if (!exists) {
		say("does not exist");
	} else if (fault) {
		say("should exist, but RDMSR is %s", vector_name(fault - OUTCOME_FAULTED));
	} else {
		say("0x%016lx", value);
		describe(msr, value);
	}
	line_end();
}

static void print_processor(void)
{
	struct cpuid vendor = cpuid(0, 0);
	u32 signature = cpuid(1, 0).eax;
	u64 family = part(signature, 11, 8), model = part(signature, 7, 4);
	char name[12];

	memcpy(name, &vendor.ebx, 4);
	memcpy(name + 4, &vendor.edx, 4);
	memcpy(name + 8, &vendor.ecx, 4);
	if (family == 6 || family == 15)
		model += part(signature, 19, 16) << 4;
	if (family == 15)
		family += part(signature, 27, 20);
	note("cpu %.12s %lu-%lu-%lu, physical %u bits, linear %u bits",
		    name, family, model, part(signature, 3, 0),
		    vmx_capabilities.physical_width, vmx_capabilities.linear_width);
}

/* Not a part of what is compared: it is measured, and so not the same in each run. */
static void print_clock(void)
{
	const struct clock_source *source = clock_in_use();

	if (source)
		note("clock %s: TSC %lu kHz", source->name, clock_ticks_per_millisecond());
	else
		note("clock none: times are guesses, for a TSC of %lu kHz",
		     clock_ticks_per_millisecond());
}

static void print_alarm(void)
{
	if (vmx_capabilities.timer_erratum)
		note("alarm local APIC's timer, for erratum %s of the VMX-preemption timer",
		     vmx_capabilities.timer_erratum);
}

void fingerprint(void)
{
	const struct capability_msr *msr = capability_msr(0);

	if (!report_wants_notes())
		return;
	print_processor();
	print_clock();
	print_alarm();
	if (!capability_msr_exists(msr) || !report_wants_capabilities())
		return;
	print_msr("IA32_FEATURE_CONTROL", IA32_FEATURE_CONTROL, true);
	for (unsigned which = 0; (msr = capability_msr(which)); which++)
		print_msr(msr->name, msr->number, capability_msr_exists(msr));
}
