/* exit_words.c -- a VM exit in words, from the numbers that a VMM logs of it */
#include "tests/explain/exit_words.h"
#include "kernel/exceptions.h"
#include "kernel/print.h"
#include "tests/explain/qualification.h"
#include "vmx/exit.h"
#include "vmx/exit_details.h"
#include "vmx/qualification_text.h"

static const struct row {
	const char *name, *text, *has_qualification;
	u32 number;
	enum subject subject;
} rows[] = {
#define EXIT(number, name, qualification, text)                                                    \
	{ #name, text, #qualification, number, SUBJECT_##name },
#include "vmx/exits.def"
#undef EXIT
};

/* In the order of `rows`: a row that is missing here is one of nulls. */
static const struct { const char *sentence, *section; } meanings[COUNT(rows)] = {
#define MEANING(name, sentence, section)                                                           \
	[SUBJECT_##name - SUBJECT_exception_or_nmi] = { sentence, section },
#include "tests/explain/exit_meanings.def"
#undef MEANING
};

#define MEANING(...) 1 +
_Static_assert(
#include "tests/explain/exit_meanings.def"
	0 == COUNT(rows), "each exit reason has a meaning");
#undef MEANING

static const struct row *row_of(u32 reason)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (rows[i].number == (reason & 0xffff))
			return &rows[i];
	return NULL;
}

const char *exit_text(u32 reason)
{
	const struct row *row = row_of(reason);

	return row ? row->text : NULL;
}

void exit_list(void)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		print("%u %s\n", rows[i].number, rows[i].name);
}

/* --- The line that a report has of the exit --- */

static void add_violation(struct text *text, u64 qualification)
{
	struct ept_violation violation = ept_violation_decode(qualification);

	text_add(text, "access=");
	access_text(text, violation.wanted);
	text_add(text, " allowed=%s", permission_text(violation.allowed).text);
}

static void add_event(struct text *text, const struct known_exit *exit)
{
	struct interruption event = interruption_decode(exit->information);

	if (!event.valid)
		text_add(text, "interruption information that is not valid");
	else
		text_add(text, "%s, vector=%u %s", event_type_text(event.type), event.vector,
			 vector_name(event.vector));
	if (event.valid && event.has_error)
		text_add(text, ", with an error code");
	if (event.valid && event.vector == VECTOR_DB && exit->has_qualification) {
		text_add(text, ", cause=");
		debug_cause_text(text, exit->qualification);
	}
	if (event.valid && event.nmi_unblocking)
		text_add(text, ", by an IRET that had unblocked NMIs");
}

static void report_line(const struct known_exit *exit, const struct row *row)
{
	struct exit_facts facts = {
		.reason = (u16)row->number,
		.has_qualification = exit->has_qualification,
		.has_instruction = exit->has_instruction,
		.qualification = exit->qualification,
		.instruction = exit->instruction,
	};
	char room[240] = "";
	struct text text = TEXT_IN(room);

	if (row->number == EXIT_ept_violation && exit->has_qualification)
		add_violation(&text, exit->qualification);
	exit_details_text(&text, &facts);
	if (exit->has_information)
		add_event(&text, exit);
	if (text.length)
		print("%s\n", *room == ' ' ? room + 1 : room);
}

/* --- The qualification --- */

/* An exception says by its vector what the qualification means. */
static bool subject_of(const struct known_exit *exit, const struct row *row, enum subject *subject)
{
	struct interruption event = interruption_decode(exit->information);

	*subject = row->subject;
	if (row->number != EXIT_exception_or_nmi)
		return true;
	if (!exit->has_information || !event.valid)
		return false;
	*subject = event.vector == VECTOR_PF ? SUBJECT_page_fault : SUBJECT_debug_exception;
	return event.vector == VECTOR_PF || event.vector == VECTOR_DB;
}

static const char *without_rows(const struct known_exit *exit, const struct row *row)
{
	if (row->number == EXIT_exception_or_nmi && !exit->has_information)
		return "of a #PF it is the linear address, of a #DB it says why; info= says which";
	if (row->has_qualification[0] == 's')
		return "see the SDM for what it says";
	return "this exit has none: the SDM clears the field or leaves it";
}

static void tell_qualification(const struct known_exit *exit, const struct row *row)
{
	enum subject subject;
	bool has_subject = subject_of(exit, row, &subject);

	print("exit qualification %#lx:\n", exit->qualification);
	if (!has_subject || !qualification_explain(subject, exit->qualification))
		print("  %s\n", without_rows(exit, row));
}

/* --- All of it --- */

static void tell_addresses(const struct known_exit *exit)
{
	if (exit->has_gpa)
		print("guest-physical address %#lx: page %#lx, offset %#lx\n", exit->gpa,
		      exit->gpa & ~(PAGE_SIZE - 1), exit->gpa & (PAGE_SIZE - 1));
	if (exit->has_gla)
		print("guest-linear address %#lx: page %#lx, offset %#lx\n", exit->gla,
		      exit->gla & ~(PAGE_SIZE - 1), exit->gla & (PAGE_SIZE - 1));
}

void exit_explain(const struct known_exit *exit)
{
	const struct row *row = row_of(exit->reason);

	if (!row) {
		print("exit reason %u: the SDM does not define it\n", exit->reason & 0xffff);
	} else {
		print("exit reason %u, %s: %s\n", row->number, row->name, row->text);
		print("%s\n", meanings[row - rows].sentence);
	}
	if (exit->reason >> 16) {
		print("exit-reason field %#x:\n", exit->reason);
		qualification_explain(SUBJECT_reason, exit->reason);
	}
	if (row)
		report_line(exit, row);
	if (row && exit->has_qualification)
		tell_qualification(exit, row);
	tell_addresses(exit);
	if (row)
		print("SDM vol. 3, \"%s\"\n", meanings[row - rows].section);
}
