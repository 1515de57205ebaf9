/* exit_details.c -- what a VM exit tells, by the rows of exit_details.def */
#include "vmx/exit_details.h"
#include "kernel/msr_name.h"
#include "kernel/string.h"
#include "vmx/exit.h"
#include "vmx/operands.h"
#include "vmx/qualification_text.h"

enum source { QUALIFICATION, RAX, RCX, RDX, EDX_EAX };

static const struct detail {
	u16 reason;
	u8 source, high, low, form;
} details[] = {
#define DETAIL(exit, name, source, high, low, as) { EXIT_##exit, source, high, low, FORM_##as },
#define DETAIL_WORD(...)
#include "vmx/exit_details.def"
#undef DETAIL
};

static const char names[] =
#define DETAIL(exit, name, source, high, low, as) #name "\0"
#include "vmx/exit_details.def"
#undef DETAIL
#undef DETAIL_WORD
	;

static const struct { u8 form, value; } word_keys[] = {
#define DETAIL(...)
#define DETAIL_WORD(table, value, word) { FORM_##table, value },
#include "vmx/exit_details.def"
#undef DETAIL_WORD
};

static const char words[] =
#define DETAIL_WORD(table, value, word) #word "\0"
#include "vmx/exit_details.def"
#undef DETAIL_WORD
#undef DETAIL
	;

static bool is_known(const struct exit_facts *facts, const struct detail *detail)
{
	if (detail->reason != facts->reason)
		return false;
	return detail->source == QUALIFICATION ? facts->has_qualification : facts->has_registers;
}

static u64 source_of(const struct exit_facts *facts, enum source source)
{
	switch (source) {
	case RAX:     return facts->rax;
	case RCX:     return facts->rcx;
	case RDX:     return facts->rdx;
	case EDX_EAX: return facts->rdx << 32 | (u32)facts->rax;
	default:      return facts->qualification;
	}
}

static u64 value_of(const struct exit_facts *facts, const struct detail *detail)
{
	u64 source = source_of(facts, detail->source);

	return (source & BITS(detail->high, detail->low)) >> detail->low;
}

static const char *word_of(enum detail_form form, u64 value)
{
	for (size_t i = 0; i < COUNT(word_keys); i++)
		if (word_keys[i].form == form && word_keys[i].value == value)
			return string_at(words, i);
	return NULL;
}

void detail_text(struct text *text, enum detail_form form, u64 value)
{
	const char *msr = form == FORM_MSR ? msr_name((u32)value) : NULL;
	const char *word = word_of(form, value);

	if (msr)
		text_add(text, "%s(%#lx)", msr, value);
	else if (word)
		text_add(text, "%s", word);
	else
		text_add(text, "%#lx", value);
}

u64 exit_detail(const struct exit_facts *facts, const char *name)
{
	for (size_t i = 0; i < COUNT(details); i++)
		if (is_known(facts, &details[i]) && strcmp(string_at(names, i), name) == 0)
			return value_of(facts, &details[i]);
	return 0;
}

void debug_cause_text(struct text *text, u64 qualification)
{
	static const struct { u8 bit; char name[4]; } causes[] = {
#define DEBUG_CAUSE(bit, name) { bit, #name },
#include "vmx/debug_causes.def"
#undef DEBUG_CAUSE
	};
	const char *separator = "";

	for (size_t i = 0; i < COUNT(causes); i++)
		if (qualification & BIT(causes[i].bit)) {
			text_add(text, "%s%s", separator, causes[i].name);
			separator = "|";
		}
	if (!*separator)
		text_add(text, "none");
}

typedef void add_text_t(struct text *text, u64 qualification);

/* The access of an instruction that its qualification tells whole. */
static void add_access(struct text *text, const struct exit_facts *facts)
{
	add_text_t *add = NULL;

	switch (facts->reason) {
	case EXIT_cr_access:      add = cr_access_text; break;
	case EXIT_mov_dr:         add = dr_access_text; break;
	case EXIT_io_smi:
	case EXIT_io_instruction: add = io_access_text; break;
	}
	if (!add || !facts->has_qualification)
		return;
	text_add(text, " ");
	add(text, facts->qualification);
}

static void add_operands(struct text *text, const struct exit_facts *facts)
{
	struct io_access access = io_access_decode(facts->qualification);
	struct operands operands;

	if (!facts->has_instruction)
		return;
	if (operands_decode(&operands, facts->reason, facts->instruction)) {
		if (operands.in_memory && !facts->has_qualification)
			return;                 /* the displacement is not known */
		text_add(text, " ");
		operands_text(text, &operands, facts->qualification);
	} else if (facts->reason == EXIT_io_instruction && access.string) {
		operands_decode_string(&operands, access.in, facts->instruction);
		text_add(text, " ");
		operands_text(text, &operands, 0);
	}
}

void exit_details_text(struct text *text, const struct exit_facts *facts)
{
	add_access(text, facts);
	add_operands(text, facts);
	for (size_t i = 0; i < COUNT(details); i++)
		if (is_known(facts, &details[i])) {
			text_add(text, " %s=", string_at(names, i));
			detail_text(text, details[i].form, value_of(facts, &details[i]));
		}
}
