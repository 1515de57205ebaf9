/* case_print_steps.c -- prints what a case's guest starts with, and what is expected of it */
#include "kernel/print.h"
#include "kernel/string.h"
#include "tests/suites/cases/case_printing.h"

/* --- Registers and controls ------------------------------------------------------------------ */

static bool is_on(const struct printing *printing, enum case_switch which)
{
	return printing->that->switches & which;
}

static void print_cr4(const struct printing *printing)
{
	enum case_paging paging = printing->that->paging;

	if (paging == CASE_PAE)
		case_line("        vmcs    GUEST_CR4, set=1 << 5           ; PAE");
	if (paging == CASE_5_LEVEL)
		case_line("        vmcs    GUEST_CR4, set=1 << 12          ; LA57");
	if (is_on(printing, CASE_PAGE_SIZE))
		case_line("        vmcs    GUEST_CR4, set=1 << 4           ; PSE");
	if (is_on(printing, CASE_SMEP))
		case_line("        vmcs    GUEST_CR4, set=1 << 20          ; SMEP");
	if (is_on(printing, CASE_SMAP))
		case_line("        vmcs    GUEST_CR4, set=1 << 21          ; SMAP");
}

static void print_pointers(const struct printing *printing)
{
	const struct model_guest *guest = &printing->model.guest;
	char text[NAME_SIZE];

	for (unsigned i = 0; i < COUNT(guest->pdpte); i++) {
		case_entry_text(text, printing, guest->pdpte[i]);
		case_line("        vmcs    GUEST_PDPTE%u, value=%s", i,
			  guest->pdpte[i] ? text : "0");
	}
}

static void print_paging(const struct printing *printing)
{
	const struct ept_case *that = printing->that;

	if (!case_is_long(that) && case_top_level(that))
		case_line("        vmcs    GUEST_CR0, set=1 << 31          ; PG");
	if (is_on(printing, CASE_WRITE_PROTECT))
		case_line("        vmcs    GUEST_CR0, set=1 << 16          ; WP");
	print_cr4(printing);
	if (case_is_long(that) && !is_on(printing, CASE_EXECUTE_DISABLE))
		case_line("        vmcs    GUEST_IA32_EFER, clear=1 << 11  ; NXE");
	if (!case_is_long(that) && is_on(printing, CASE_EXECUTE_DISABLE))
		case_line("        vmcs    GUEST_IA32_EFER, set=1 << 11    ; NXE");
	if (that->paging == CASE_PAE)
		print_pointers(printing);
	else if (case_top_level(that))
		case_line("        set     cr3, %s",
			  case_page_name(case_table(case_top_level(that))));
}

static void print_user_mode(void)
{
	case_line("        vmcs    GUEST_CS_SELECTOR, set=3");
	case_line("        vmcs    GUEST_SS_SELECTOR, set=3");
	case_line("        vmcs    GUEST_CS_ACCESS_RIGHTS, set=0x60");
	case_line("        vmcs    GUEST_SS_ACCESS_RIGHTS, set=0x60");
}

void case_print_registers(const struct printing *printing)
{
	u64 rip = case_rip(printing->that).raw;

	if (is_on(printing, CASE_EPT_FLAGS)) {
		case_line("        needs   accessed_dirty");
		case_line("        vmcs    EPT_POINTER, set=1 << 6");
	}
	print_paging(printing);
	if (is_on(printing, CASE_USER_MODE))
		print_user_mode();
	if (is_on(printing, CASE_ALIGNMENT_CHECK))
		case_line("        set     rflags, %#lx", printing->model.guest.rflags);
	if (rip != CASE_CODE)
		case_line("        set     rip, %#lx                  ; CODE for user mode", rip);
	case_line("        set     rbx, %#lx", case_linear(printing->memory, printing->that).raw);
}

/* --- What is expected, and what was found ---------------------------------------------------- */

static void open_bits_text(char *text, size_t size, u64 undefined)
{
	text[0] = '\0';
	if (undefined)
		print_into(text, size, "|%#lx?", undefined);
}

static void print_exit(const char *margin, const struct printing *printing,
		       const struct model_outcome *outcome, u64 undefined)
{
	char open[24], address[NAME_SIZE];

	open_bits_text(open, sizeof(open), undefined);
	case_address_text(address, printing, outcome->physical);
	switch (outcome->event) {
	case MODEL_COMPLETES:
		case_line("%sexpect  vmcall", margin);
		break;
	case MODEL_EPT_VIOLATION:
		case_line("%sexpect  ept_violation, gpa=%s, gla=%#lx, qualification=%#lx%s", margin,
			  address, outcome->linear.raw, outcome->code & ~undefined, open);
		break;
	case MODEL_EPT_MISCONFIGURATION:
		case_line("%sexpect  ept_misconfig, gpa=%s", margin, address);
		break;
	case MODEL_PAGE_FAULT:
		case_line("%sexpect  exception_or_nmi, vector=14, error=%#lx%s, qualification=%#lx",
			  margin, outcome->code & ~undefined, open, outcome->linear.raw);
		break;
	default:
		case_line("; no scenario can expect this");
	}
}

static const char *flags_text(u64 entry)
{
	if (entry & EPT_ACCESSED)
		return entry & EPT_DIRTY ? "accessed|dirty" : "accessed";
	return entry & EPT_DIRTY ? "dirty" : "none";
}

static void print_entry_value(const char *margin, const struct printing *printing,
			      const struct case_entry *entry, u64 value)
{
	const char *name = case_page_name(entry->page);
	char text[NAME_SIZE], place[NAME_SIZE];

	if (entry->ept_level) {
		case_line("%sflags   %s, %s, level=%s", margin, name, flags_text(value),
			  case_level_word(entry->ept_level));
		return;
	}
	case_entry_text(text, printing, value);
	case_place_text(place, name, (u64)entry->place & PAGE_OFFSET, 0);
	case_line("%sholds   %s, %s=%s", margin, place,
		  entry->size == sizeof(u32) ? "dword" : "qword", text);
}

/* As the model has it; of what may be or not, as it was. */
static u64 expected_value(const struct printing *printing, const struct case_entry *entry)
{
	const struct model_prediction *prediction = &printing->result->prediction;
	u64 value = entry->before;

	if (prediction->outcome.event != MODEL_COMPLETES)
		return value;
	for (unsigned i = 0; i < prediction->update_count; i++)
		if (prediction->updates[i].entry.raw == (u64)entry->place)
			value |= prediction->updates[i].bits;
	return value;
}

static void print_entries(struct printing *printing)
{
	bool differ = printing->result->verdict == CASE_ENTRIES_DIFFER;

	printing->printed_count = 0;
	for (unsigned i = 0; i < printing->memory->entry_count; i++) {
		const struct case_entry *entry = &printing->memory->entries[i];
		u64 expected = expected_value(printing, entry);

		if ((expected == entry->before && !(differ && entry->after != expected)) ||
		    !case_is_new(printing, entry->place))
			continue;
		print_entry_value("        ", printing, entry, expected);
		if (differ && entry->after != expected)
			print_entry_value(";       ", printing, entry, entry->after);
	}
}

void case_print_expectation(struct printing *printing)
{
	const struct case_result *result = printing->result;
	const struct model_prediction *prediction = &result->prediction;
	char text[160];

	model_outcome_text(text, sizeof(text), &prediction->outcome);
	case_line("; The model: %s", text);
	print_exit("        ", printing, &prediction->outcome, prediction->undefined);
	if (result->verdict == CASE_OUTCOME_DIFFERS) {
		case_line("; This processor, where that is not so:");
		if (result->known)
			print_exit(";       ", printing, &result->outcome, 0);
		else
			case_line(";       expect  %s", exit_name(result->exit));
	}
	print_entries(printing);
	case_line("        finish");
}
