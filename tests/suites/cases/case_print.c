/* case_print.c -- prints a case: title, registers, what is expected, and the guest's code */
#include "tests/suites/cases/case_print.h"
#include "kernel/print.h"
#include "kernel/string.h"
#include "tests/suites/cases/case_model.h"
#include "tests/suites/cases/case_print_memory.h"

static void print_title(const struct test_case *test_case, const char *origin)
{
	case_line("; %s", origin);
	case_line("%s", "");
	case_line("%%include \"scenario.inc\"");
	case_line("%s", "");
	case_line("scenario \"a %s of %u byte%s with %s ends as the SDM says\"",
		  case_access_name(test_case->access), test_case->size,
		  test_case->size == 1 ? "" : "s", case_paging_name(test_case->paging));
	case_line("%s", "");
}

/* --- Registers and controls ------------------------------------------------------------------ */

static void print_cr4(const struct test_case *test_case)
{
	if (test_case->paging == CASE_PAE)
		case_line("        vmcs    GUEST_CR4, set=1 << 5           ; PAE");
	if (test_case->paging == CASE_5_LEVEL)
		case_line("        vmcs    GUEST_CR4, set=1 << 12          ; LA57");
	if (test_case->switches & CASE_PAGE_SIZE)
		case_line("        vmcs    GUEST_CR4, set=1 << 4           ; PSE");
	if (test_case->switches & CASE_SMEP)
		case_line("        vmcs    GUEST_CR4, set=1 << 20          ; SMEP");
	if (test_case->switches & CASE_SMAP)
		case_line("        vmcs    GUEST_CR4, set=1 << 21          ; SMAP");
}

static void print_pdptes(const struct case_scenario *scenario)
{
	char text[CASE_TEXT_SIZE];

	for (unsigned i = 0; i < COUNT(scenario->memory->pdpte); i++) {
		u64 pdpte = scenario->memory->pdpte[i];

		case_entry_text(text, scenario, pdpte);
		case_line("        vmcs    GUEST_PDPTE%u, value=%s", i, pdpte ? text : "0");
	}
}

static void print_paging(const struct case_scenario *scenario)
{
	const struct test_case *test_case = scenario->test_case;
	bool in_64_bit_mode = case_is_64_bit(test_case);
	bool execute_disable = test_case->switches & CASE_EXECUTE_DISABLE;

	if (!in_64_bit_mode && case_top_level(test_case))
		case_line("        vmcs    GUEST_CR0, set=1 << 31          ; PG");
	if (test_case->switches & CASE_WRITE_PROTECT)
		case_line("        vmcs    GUEST_CR0, set=1 << 16          ; WP");
	print_cr4(test_case);
	if (in_64_bit_mode && !execute_disable)
		case_line("        vmcs    GUEST_IA32_EFER, clear=1 << 11  ; NXE");
	if (!in_64_bit_mode && execute_disable)
		case_line("        vmcs    GUEST_IA32_EFER, set=1 << 11    ; NXE");
	if (test_case->paging == CASE_PAE)
		print_pdptes(scenario);
	else if (case_top_level(test_case))
		case_line("        set     cr3, %s",
			  case_page_name(case_table(case_top_level(test_case))));
}

static void print_user_mode(void)
{
	case_line("        vmcs    GUEST_CS_SELECTOR, set=3");
	case_line("        vmcs    GUEST_SS_SELECTOR, set=3");
	case_line("        vmcs    GUEST_CS_ACCESS_RIGHTS, set=0x60");
	case_line("        vmcs    GUEST_SS_ACCESS_RIGHTS, set=0x60");
}

static void print_registers(const struct case_scenario *scenario)
{
	const struct test_case *test_case = scenario->test_case;
	struct model model = case_model(scenario->memory, test_case);
	u64 rip = case_rip(test_case).raw;

	if (test_case->switches & CASE_EPT_FLAGS_ENABLED) {
		case_line("        needs   accessed_dirty");
		case_line("        vmcs    EPT_POINTER, set=1 << 6");
	}
	if (test_case->switches & CASE_EXECUTE_BY_MODE) {
		case_line("        needs   mode_based_execute");
		case_line("        vmcs    SECONDARY_CONTROLS, "
			  "set=SECONDARY_mode_based_execute");
	}
	print_paging(scenario);
	if (test_case->switches & CASE_USER_MODE)
		print_user_mode();
	if (test_case->switches & CASE_ALIGNMENT_CHECK)
		case_line("        set     rflags, %#lx", model.guest.rflags);
	if (rip != CASE_CODE_PAGE)
		case_line("        set     rip, %#lx                  ; CODE for user mode", rip);
	case_line("        set     rbx, %#lx", case_linear(scenario->memory, test_case).raw);
}

/* --- What is expected, and what was observed ------------------------------------------------- */

/* What the processor did is a comment. */
#define STEP    "        "
#define COMMENT ";       "

static void undefined_text(char *text, size_t size, u64 undefined)
{
	text[0] = '\0';
	if (undefined)
		print_into(text, size, "|%#lx?", undefined);
}

static void print_exit(const char *margin, const struct case_scenario *scenario,
		       const struct model_outcome *outcome, u64 undefined)
{
	u64 code = outcome->code & ~undefined;
	char open[24], address[CASE_TEXT_SIZE];

	undefined_text(open, sizeof(open), undefined);
	case_address_text(address, scenario, outcome->physical);
	switch (outcome->event) {
	case MODEL_COMPLETES:
		case_line("%sexpect  vmcall", margin);
		break;
	case MODEL_EPT_VIOLATION:
		case_line("%sexpect  ept_violation, gpa=%s, gla=%#lx, qualification=%#lx%s", margin,
			  address, outcome->linear.raw, code, open);
		break;
	case MODEL_EPT_MISCONFIGURATION:
		case_line("%sexpect  ept_misconfig, gpa=%s", margin, address);
		break;
	case MODEL_PAGE_FAULT:
		case_line("%sexpect  exception_or_nmi, vector=14, error=%#lx%s, qualification=%#lx",
			  margin, code, open, outcome->linear.raw);
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

static void print_entry(const char *margin, const struct case_scenario *scenario,
			const struct case_entry *entry, u64 value)
{
	const char *name = case_page_name(entry->page);
	char text[CASE_TEXT_SIZE], place[CASE_TEXT_SIZE];

	if (entry->ept_level) {
		case_line("%sflags   %s, %s, level=%s", margin, name, flags_text(value),
			  case_level_word(entry->ept_level));
		return;
	}
	case_entry_text(text, scenario, value);
	case_place_text(place, name, (u64)entry->place & CASE_PAGE_OFFSET, 0);
	case_line("%sholds   %s, %s=%s", margin, place,
		  entry->size == sizeof(u32) ? "dword" : "qword", text);
}

/* The value with the flags that an access that completes must set.  One that does not complete may
 * set some of them or not: then the scenario expects that the entry is unchanged. */
static u64 expected_value(const struct model_prediction *prediction, const struct case_entry *entry)
{
	u64 value = entry->before;

	if (prediction->outcome.event != MODEL_COMPLETES)
		return value;
	for (unsigned i = 0; i < prediction->update_count; i++)
		if (prediction->updates[i].entry.raw == (u64)entry->place)
			value |= prediction->updates[i].bits;
	return value;
}

static void print_entries(const struct case_scenario *scenario, const struct case_result *result)
{
	struct case_places printed = { .count = 0 };

	for (unsigned i = 0; i < scenario->memory->entry_count; i++) {
		const struct case_entry *entry = &scenario->memory->entries[i];
		u64 expected = expected_value(&result->prediction, entry);
		bool differs = result->verdict == CASE_ENTRIES_DIFFER && entry->after != expected;

		if ((expected == entry->before && !differs) ||
		    !case_places_add(&printed, entry->place))
			continue;
		print_entry(STEP, scenario, entry, expected);
		if (differs)
			print_entry(COMMENT, scenario, entry, entry->after);
	}
}

static void print_expectation(const struct case_scenario *scenario,
			      const struct case_result *result)
{
	const struct model_prediction *prediction = &result->prediction;
	char text[160];

	model_outcome_text(text, sizeof(text), &prediction->outcome);
	case_line("; The model: %s", text);
	print_exit(STEP, scenario, &prediction->outcome, prediction->undefined);
	if (result->verdict == CASE_OUTCOME_DIFFERS) {
		case_line("; This processor, where that is not so:");
		if (result->known)
			print_exit(COMMENT, scenario, &result->outcome, 0);
		else
			case_line(COMMENT "expect  %s", exit_name(result->exit));
	}
	print_entries(scenario, result);
	case_line("        finish");
}

/* --- The guest's code ------------------------------------------------------------------------ */

static void print_code(const struct test_case *test_case)
{
	static const char *const registers[] = { "al", "ax", "eax", "rax" };
	const char *address = case_is_64_bit(test_case) ? "rbx" : "ebx";
	const char *value = registers[__builtin_ctz(test_case->size)];

	case_line("guest CODE%s", case_is_64_bit(test_case) ? "" : ", mode=flat32");
	case_line("%s", "");
	switch (test_case->access) {
	case MODEL_READ:
		case_line("        mov     %s, [%s]", value, address);
		break;
	case MODEL_WRITE:
		case_line("        mov     [%s], %s", address, value);
		break;
	case MODEL_READ_MODIFY_WRITE:
		case_line("        add     [%s], %s", address, value);
		break;
	default:
		case_line("        jmp     %s", address);
	}
	case_line("        vmcall");
}

void case_print(const struct case_memory *memory, const struct test_case *test_case,
		const struct case_result *result, const char *origin)
{
	struct case_scenario scenario = { .memory = memory, .test_case = test_case };

	print_title(test_case, origin);
	case_print_pages(&scenario);
	print_registers(&scenario);
	case_line("%s", "");
	print_expectation(&scenario, result);
	case_line("%s", "");
	print_code(test_case);
	case_print_contents(&scenario);
}
