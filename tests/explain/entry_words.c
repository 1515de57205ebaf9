/* entry_words.c -- a VM entry in words: which rules it violates, and how it has to end */
#include "tests/explain/entry_words.h"
#include "kernel/print.h"
#include "tests/explain/error_words.h"
#include "tests/explain/exit_words.h"
#include "tests/explain/probe.h"

#define ENTRY_FAILURE   (1u << 31)      /* of the exit-reason field */
#define LONGEST_LIST    512u            /* of MSRs, that every processor takes */
#define WIDTH           96              /* of a line */

/* --- The rules --- */

static void tell_fields(const struct entry_rule_row *row, const struct dump *dump)
{
	size_t length = 0;
	char room[128];

	for (unsigned i = 0; i < row->field_count; i++) {
		unsigned field = row->fields[i];
		size_t more = print_into(room, sizeof(room), " %s=%#lx", dump_field_name(field),
					 dump->fields[field]);

		if (length + more > WIDTH || !i) {
			print(i ? "\n   " : "   ");
			length = 3;
		}
		print("%s", room);
		length += more;
	}
	print("\n");
}

static void tell_violated(const struct findings *findings, const struct dump *dump)
{
	unsigned count = entry_set_count(&findings->violated);

	if (count == 0)
		print("of %u rules of VM entry none is violated, as far as the dump tells\n",
		      ENTRY_RULES);
	else
		print("of %u rules of VM entry %u %s violated:\n", ENTRY_RULES, count,
		      count == 1 ? "is" : "are");
	for (unsigned rule = 0; rule < ENTRY_RULES; rule++) {
		const struct entry_rule_row *row = &entry_rule_rows[rule];

		if (!entry_set_has(&findings->violated, rule))
			continue;
		print("  %s: %s\n", row->name, row->sentence);
		tell_fields(row, dump);
		print("    SDM vol. 3, \"%s\"\n", row->section);
	}
}

static void tell_lacking_fields(const struct entry_rule_row *row, const struct dump *dump)
{
	const char *between = "";

	for (unsigned i = 0; i < row->field_count; i++)
		if (!dump->has[row->fields[i]]) {
			print("%s%s", between, dump_field_name(row->fields[i]));
			between = ", ";
		}
	if (!*between)
		print("fields that the dump lacks");
}

static void tell_undecided(const struct findings *findings, const struct dump *dump)
{
	unsigned count = findings_undecided(findings);

	if (!count)
		return;
	print("%u %s not decidable, as the dump lacks what %s at:\n", count,
	      count == 1 ? "is" : "are", count == 1 ? "it looks" : "they look");
	for (unsigned rule = 0; rule < ENTRY_RULES; rule++) {
		if (!findings->lacks[rule])
			continue;
		print("  %s: ", entry_rule_rows[rule].name);
		if (findings->lacks[rule] & LACKS_FIELDS)
			tell_lacking_fields(&entry_rule_rows[rule], dump);
		else if (findings->lacks[rule] & LACKS_MEMORY)
			print("what stands in memory");
		else
			print("the current-VMCS pointer, or the mode of the local APIC");
		print("\n");
	}
}

/* --- The end --- */

/* What the SDM has for an entry's end; the qualifications of exit 33 are those of SDM vol. 3,
 * "VM-Entry Failures During or After Loading Guest State". */
static const struct entry_outcome ends[] = {
	{ ENTRY_VMFAIL, 7, 0 },
	{ ENTRY_VMFAIL, 8, 0 },
	{ ENTRY_FAILS, 33, 0 },
	{ ENTRY_FAILS, 33, 2 },
	{ ENTRY_FAILS, 33, 3 },
	{ ENTRY_FAILS, 33, 4 },
	{ ENTRY_FAILS, 34, 1 },
	{ ENTRY_SUCCEEDS, 0, 0 },
};

static void tell_end(const struct entry_outcome *end)
{
	switch (end->end) {
	case ENTRY_SUCCEEDS:
		print("the guest runs");
		break;
	case ENTRY_VMFAIL:
		print("VMfailValid %u, %s", end->number, error_text(end->number));
		break;
	case ENTRY_FAILS:
		print("VM exit %u, %s", end->number, exit_text(end->number));
		if (end->number == 33)
			print(", qualification %lu", end->qualification);
		break;
	}
}

/* Of a list of MSRs any entry may be the one that cannot be loaded. */
static bool is_allowed(const struct findings *findings, struct entry_outcome end)
{
	u64 last = end.number == 34 ? LONGEST_LIST : end.qualification;

	for (; end.qualification <= last; end.qualification++)
		if (entry_allows(&findings->state, &findings->violated, &end))
			return true;
	return false;
}

static void tell_ends(const struct findings *findings)
{
	const char *before = "so VM entry has to end with: ";

	for (size_t i = 0; i < COUNT(ends); i++)
		if (is_allowed(findings, ends[i])) {
			print("%s", before);
			tell_end(&ends[i]);
			before = "\nor with: ";
		}
	print("\n");
	if (findings_undecided(findings))
		print("unless a rule that is not decidable is violated as well\n");
}

/* What the dump says of the last exit is of this entry only if that failed. */
static void tell_observed(const struct findings *findings, const struct dump *dump)
{
	struct entry_outcome observed = { ENTRY_FAILS, (u16)dump->reason, dump->qualification };
	const char *text = exit_text((u16)dump->reason);

	if (!dump->has_reason)
		return;
	if (!(dump->reason & ENTRY_FAILURE)) {
		print("the dump's exit reason %#lx is of no failed entry: the entry ended with an "
		      "error, or the guest ran\n", dump->reason);
		return;
	}
	print("the dump's exit reason is %#lx, %s, qualification %lu: ", dump->reason,
	      text ? text : "which the SDM does not define", dump->qualification);
	if (entry_allows(&findings->state, &findings->violated, &observed))
		print("as it has to be\n");
	else if (is_allowed(findings, ends[0]) || is_allowed(findings, ends[1]))
		print("that of an earlier entry, as VMfailValid writes none\n");
	else if (findings_undecided(findings))
		print("so a rule that is not decidable is violated, "
		      "or the processor is another one\n");
	else
		print("which the SDM does not allow\n");
}

void entry_explain(const struct dump *dump)
{
	struct findings findings;

	probe(&findings, dump);
	tell_violated(&findings, dump);
	tell_ends(&findings);
	tell_observed(&findings, dump);
	tell_undecided(&findings, dump);
}
