/* prediction_text.c -- how an access ends, in words */
#include "kernel/print.h"
#include "tests/model/bits.h"
#include "tests/model/model.h"

static const char *violating_access(u64 qualification)
{
	static const char *const names[] = {
		"no access", "read", "write", "read and write",
		"fetch", "read and fetch", "write and fetch", "read, write and fetch",
	};

	return names[qualification & BITS(2, 0)];
}

static size_t violation_text(char *text, size_t size, const char *name,
			     const struct model_outcome *outcome)
{
	u64 code = outcome->code;
	size_t length = print_into(text, size, "%s %#lx gpa %#lx", name, code,
				   outcome->physical.raw);

	if (code & VIOLATION_LINEAR_VALID)
		length += print_into(text + length, size - length, " gla %#lx",
				     outcome->linear.raw);
	return length + print_into(text + length, size - length, ": %s%s, %c%c%c%s allowed",
		violating_access(code),
		code & VIOLATION_LINEAR_TRANSLATION ? "" : " of a guest paging-structure entry",
		code & VIOLATION_READABLE ? 'r' : '-',
		code & VIOLATION_WRITABLE ? 'w' : '-',
		code & VIOLATION_EXECUTABLE ? 'x' : '-',
		code & VIOLATION_USER_EXECUTABLE ? "u" : "");
}

/* The model predicts no other qualification than 0, which goes without saying. */
static size_t misconfiguration_text(char *text, size_t size, const struct model_outcome *outcome)
{
	size_t length = print_into(text, size, "EPT misconfiguration gpa %#lx",
				   outcome->physical.raw);

	if (outcome->code)
		length += print_into(text + length, size - length, " qualification %#lx",
				     outcome->code);
	return length;
}

static const char *cause_of_fault(u64 code)
{
	if (!(code & FAULT_P))
		return "not present";
	return code & FAULT_RSVD ? "reserved bit" : "not permitted";
}

static size_t page_fault_text(char *text, size_t size, const struct model_outcome *outcome)
{
	u64 code = outcome->code;

	return print_into(text, size, "page fault %#lx at %#lx: %s %s, %s", code,
			  outcome->linear.raw,
			  code & FAULT_US ? "user-mode" : "supervisor-mode",
			  code & FAULT_ID ? "fetch" : code & FAULT_WR ? "write" : "read",
			  cause_of_fault(code));
}

static size_t spp_text(char *text, size_t size, const struct model_outcome *outcome)
{
	return print_into(text, size, "SPP %s %#lx gpa %#lx gla %#lx",
			  outcome->code & SPP_MISS ? "miss" : "misconfiguration", outcome->code,
			  outcome->physical.raw, outcome->linear.raw);
}

size_t model_outcome_text(char *text, size_t size, const struct model_outcome *outcome)
{
	switch (outcome->event) {
	case MODEL_COMPLETES:
		return print_into(text, size, "completes");
	case MODEL_EPT_VIOLATION:
		return violation_text(text, size, "EPT violation", outcome);
	case MODEL_EPT_MISCONFIGURATION:
		return misconfiguration_text(text, size, outcome);
	case MODEL_PML_FULL:
		return print_into(text, size, "page-modification log full");
	case MODEL_SPP_EVENT:
		return spp_text(text, size, outcome);
	case MODEL_VE:
		return violation_text(text, size, "#VE", outcome);
	case MODEL_PAGE_FAULT:
		return page_fault_text(text, size, outcome);
	case MODEL_NOT_CANONICAL:
		return print_into(text, size, "address not canonical: #GP or #SS");
	case MODEL_BEYOND_MEMORY:
		break;
	}
	return print_into(text, size, "no prediction: a walk leaves the memory given to the model");
}

static const char *type_name(unsigned type)
{
	static const char *const names[] = {
		"uc", "wc", "type 2", "type 3", "wt", "wp", "wb", "type 7",
	};

	return names[type & BITS(2, 0)];
}

size_t model_prediction_text(char *text, size_t size, const struct model_prediction *prediction)
{
	size_t length = model_outcome_text(text, size, &prediction->outcome);

	if (prediction->outcome.event != MODEL_COMPLETES)
		return length;
	for (unsigned i = 0; i < prediction->page_count; i++) {
		const struct model_page *page = &prediction->pages[i];

		length += print_into(text + length, size - length, "%s%#lx %s%s",
				     i == 0 ? " at " : " and ", page->address.raw,
				     type_name(page->memory_type),
				     page->ignore_pat ? ", PAT ignored" : "");
	}
	return length;
}
