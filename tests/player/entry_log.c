/* entry_log.c -- the lines of the report about a VM entry that failed and should not have */
#include "tests/player/entry_log.h"
#include "kernel/cpu.h"
#include "kernel/print.h"
#include "tests/module/extension.h"
#include "tests/report/report.h"
#include "tests/report/test.h"
#include "vmx/instructions.h"
#include "vmx/vmcs.h"

#define LINE_SIZE 96                    /* with "# " in front */

static const u16 encodings[] = {
#define VMCS(encoding, width, kind, name) encoding,
#include "vmx/vmcs.def"
#undef VMCS
};

struct line {
	char room[LINE_SIZE];
	size_t length;
};

static void end(struct line *line)
{
	if (line->length)
		note("  vmcs%s", line->room);
	line->length = 0;
}

static void add(struct line *line, const char *name, u64 value)
{
	char pair[LINE_SIZE - 8];
	struct text text = TEXT_IN(pair);

	text_add(&text, " %s=%#lx", name, value);
	if (line->length + text.length >= LINE_SIZE - 8)
		end(line);
	line->length += print_into(line->room + line->length, LINE_SIZE - line->length, "%s", pair);
}

#define APIC_BASE_X2APIC BIT(10)

/* What VM entry looks at besides the fields, and memory. */
static void add_mode(struct line *line)
{
	hpa_t current = hpa(0);

	vmptrst(&current);
	add(line, "CURRENT_VMCS", current.raw);
	if (msr_read(IA32_APIC_BASE) & APIC_BASE_X2APIC)
		add(line, "X2APIC", 1);
}

/* VM-exit information is that of an earlier exit where VMLAUNCH or VMRESUME itself failed. */
static bool is_of_this_entry(u32 encoding, const struct exit *exit)
{
	if (VMCS_KIND(encoding) != RESULT)
		return true;
	return exit_of_failed_entry(exit) &&
	       (encoding == EXIT_REASON || encoding == EXIT_QUALIFICATION);
}

static void name_rules(const struct exit *exit)
{
	explain_entry_t *explain_entry = extension_explain_entry();

	if (explain_entry)
		explain_entry(exit);
	else
		note("  suites.bin, which is not loaded, names the rules that it violates; so does "
		     "./trapline explain vmcs");
}

static void show_fields(const struct exit *exit)
{
	struct line line = { .length = 0 };

	note("  vmcs, all fields that are not 0:");
	for (size_t i = 0; i < COUNT(encodings); i++) {
		u64 value = is_of_this_entry(encodings[i], exit) ? vmcs_read_or_0(encodings[i]) : 0;

		if (value)
			add(&line, vmcs_field_name(encodings[i]), value);
	}
	add_mode(&line);
	end(&line);
}

void entry_log(const struct exit *exit)
{
	if (!exit_before_guest_ran(exit) || !report_wants_notes())
		return;
	name_rules(exit);
	show_fields(exit);
}
