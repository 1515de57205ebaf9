/* case_print_memory.c -- prints the pages of a case, their EPT entries, and what they contain */
#include "tests/suites/cases/case_print_memory.h"
#include "kernel/print.h"

/* --- Pages ----------------------------------------------------------------------------------- */

static u64 ordinary_entry(const struct case_scenario *scenario, const struct case_entry *entry)
{
	return case_ordinary_entry(scenario->memory, scenario->test_case, entry->page,
				   entry->ept_level);
}

static bool is_leaf(const struct case_scenario *scenario, const struct case_entry *entry)
{
	return entry->ept_level == scenario->test_case->ept_leaf[entry->page];
}

/* What the declaration of a page says of its EPT entry besides permissions. */
static void leaf_text(char *text, size_t size, const struct case_scenario *scenario,
		      const struct case_entry *entry)
{
	u64 said = EPT_PERMISSIONS | EPT_MEMORY_TYPE;
	u64 declared = ordinary_entry(scenario, entry) & ~(u64)EPT_USER_EXECUTE;
	u64 further = (declared ^ entry->before) & ~said;
	u64 type = (entry->before & EPT_MEMORY_TYPE) >> 3;
	size_t length = 0;

	text[0] = '\0';
	if (type != WB)
		length += print_into(text, size, ", type=%lu", type);
	if (further)
		print_into(text + length, size - length, ", entry_bits=%#lx", further);
}

static void print_leaf(const struct case_scenario *scenario, const struct case_entry *entry)
{
	struct permission_text access = permission_text(entry->before & RWX);
	const char *name = case_page_name(entry->page);
	u64 address = case_printed_address(scenario, entry->page);
	u64 size = ept_level_size(entry->ept_level);
	char further[64];

	leaf_text(further, sizeof(further), scenario, entry);
	if (entry->ept_level == EPT_PT)
		case_line("        page    %s, at=%#lx, access=%s%s", name, address, access.text,
			  further);
	else
		case_line("        page    %s_PAGE, at=%#lx, access=%s%s, level=%s", name,
			  address & ~(size - 1), access.text, further,
			  case_level_word(entry->ept_level));
}

/* Of a large page the case uses 4 KiB.  They get the name that a page of 4 KiB would have. */
static void print_name(const struct case_scenario *scenario, enum case_page page)
{
	u64 size = ept_level_size(scenario->test_case->ept_leaf[page]);

	if (size > PAGE_SIZE)
		case_line("%-8s equ    %s_PAGE + %#lx", case_page_name(page),
			  case_page_name(scenario->declared[page]),
			  case_printed_address(scenario, page) & (size - 1));
}

/* Two pages can be in one large page, which the first of them declares. */
static void print_page(struct case_scenario *scenario, struct case_places *printed,
		       enum case_page page)
{
	for (unsigned i = 0; i < scenario->memory->entry_count; i++) {
		const struct case_entry *entry = &scenario->memory->entries[i];

		if (entry->page != page || !entry->ept_level || !is_leaf(scenario, entry))
			continue;
		if (case_places_add(printed, entry->place)) {
			scenario->declared[page] = (u8)page;
			print_leaf(scenario, entry);
		} else {
			scenario->declared[page] = scenario->declared[page - 1];
		}
		print_name(scenario, page);
	}
}

/* An entry that leads to a table, if something about it is not ordinary. */
static void print_branch(const struct case_scenario *scenario, const struct case_entry *entry)
{
	u64 ordinary = ordinary_entry(scenario, entry), inverted = ordinary ^ entry->before;
	char access[16] = "", set[40] = "", clear[40] = "";

	if (inverted & EPT_PERMISSIONS)
		print_into(access, sizeof(access), ", access=%s",
			   permission_text(entry->before & RWX).text);
	inverted &= ~(u64)EPT_PERMISSIONS;
	if (inverted & ordinary)
		print_into(clear, sizeof(clear), ", clear=%#lx", inverted & ordinary);
	if (inverted & ~ordinary)
		print_into(set, sizeof(set), ", set=%#lx", inverted & ~ordinary);
	if (access[0] || set[0] || clear[0])
		case_line("        entry   %s, level=%s%s%s%s", case_page_name(entry->page),
			  case_level_word(entry->ept_level), access, clear, set);
}

static void print_branches(const struct case_scenario *scenario, struct case_places *printed)
{
	for (unsigned i = 0; i < scenario->memory->entry_count; i++) {
		const struct case_entry *entry = &scenario->memory->entries[i];

		if (entry->ept_level > scenario->test_case->ept_leaf[entry->page] &&
		    case_places_add(printed, entry->place))
			print_branch(scenario, entry);
	}
}

static void print_code_pages(const struct test_case *test_case)
{
	bool by_mode = test_case->switches & CASE_EXECUTE_BY_MODE;

	case_line("        page    CODE, at=%#lx, access=r-x%s", CASE_CODE_PAGE,
		  by_mode ? ", entry_bits=0x400" : "");
	if (case_is_32_bit(test_case))
		case_line("        page    CODE_PT, at=%#lx, access=rw-", CASE_CODE_PT);
	if (case_is_64_bit(test_case))
		case_line("        page    CODE_PDPT, at=%#lx, access=rw-", CASE_CODE_PDPT);
	if (case_is_64_bit(test_case) || test_case->paging == CASE_PAE)
		case_line("        page    CODE_PD, at=%#lx, access=rw-", CASE_CODE_PD);
}

void case_print_pages(struct case_scenario *scenario)
{
	struct case_places printed = { .count = 0 };

	print_code_pages(scenario->test_case);
	for (enum case_page page = 0; page < CASE_PAGES; page++)
		print_page(scenario, &printed, page);
	print_branches(scenario, &printed);
}

/* --- Contents -------------------------------------------------------------------------------- */

/* A value in a page: an entry of the guest's, or a byte of VMCALL. */
struct content {
	gpa_t address;
	enum case_page page;
	u8 size;
	u64 value;
};

struct contents {
	unsigned count;
	struct content content[CASE_GUEST_ENTRIES + CASE_FETCH_SIZE];
};

/* In the order of addresses, and one for each. */
static void content_add(struct contents *contents, struct content content)
{
	unsigned i = contents->count;

	for (unsigned j = 0; j < contents->count; j++)
		if (contents->content[j].address.raw == content.address.raw)
			return;
	for (; i > 0 && contents->content[i - 1].address.raw > content.address.raw; i--)
		contents->content[i] = contents->content[i - 1];
	contents->content[i] = content;
	contents->count++;
}

static void add_entries(struct contents *contents, const struct case_scenario *scenario)
{
	for (unsigned i = 0; i < scenario->memory->entry_count; i++) {
		const struct case_entry *entry = &scenario->memory->entries[i];
		u64 table = case_printed_address(scenario, entry->page);

		if (!entry->ept_level)
			content_add(contents, (struct content){
				.address = gpa(table + ((u64)entry->place & CASE_PAGE_OFFSET)),
				.page = entry->page, .size = entry->size, .value = entry->before,
			});
	}
}

/* The VMCALL to which a fetch jumps. */
static void add_vmcall(struct contents *contents, const struct case_scenario *scenario)
{
	const struct test_case *test_case = scenario->test_case;

	for (unsigned i = 0; i < test_case->size && test_case->access == MODEL_FETCH; i++) {
		unsigned offset = test_case->offset + i;
		enum case_page page = offset < PAGE_SIZE ? CASE_DATA : CASE_OTHER_DATA;
		u64 address = case_printed_address(scenario, page) + offset % PAGE_SIZE;

		content_add(contents, (struct content){
			.address = gpa(address), .page = page, .size = 1,
			.value = scenario->memory->page[CASE_DATA][offset],
		});
	}
}

static void print_content(const struct case_scenario *scenario, const struct content *content)
{
	char text[CASE_TEXT_SIZE];

	case_entry_text(text, scenario, content->value);
	if (content->size == 1)
		case_line("        db      %#lx", content->value);
	else
		case_line("        %s      %s", content->size == sizeof(u32) ? "dd" : "dq", text);
}

/* The first address of the page that is declared for the content, large or not. */
static u64 start_of(const struct case_scenario *scenario, const struct content *content)
{
	unsigned level = scenario->test_case->ept_leaf[content->page];

	return content->address.raw & ~(ept_level_size(level) - 1);
}

static void print_start(const struct case_scenario *scenario, enum case_page page)
{
	bool large = scenario->test_case->ept_leaf[page] > EPT_PT;

	case_line("%s", "");
	case_line("contents %s%s", case_page_name(scenario->declared[page]), large ? "_PAGE" : "");
}

static void print_values(const struct case_scenario *scenario, const struct contents *contents)
{
	u64 place = 0, start = 0;

	for (unsigned i = 0; i < contents->count; i++) {
		const struct content *content = &contents->content[i];

		if (i == 0 || start != start_of(scenario, content)) {
			place = start = start_of(scenario, content);
			print_start(scenario, content->page);
		}
		if (content->address.raw > place)
			case_line("        times %#lx db 0", content->address.raw - place);
		print_content(scenario, content);
		place = content->address.raw + content->size;
	}
}

static void print_code_tables(const struct test_case *test_case)
{
	if (case_is_32_bit(test_case)) {
		case_line("%s", "");
		case_line("contents CODE_PT");
		case_line("        dd      0, CODE + 0x63");
		case_line("        times 0x1ff dd 0");
		case_line("        dd      CODE + 0x67");
	}
	if (case_is_64_bit(test_case)) {
		case_line("%s", "");
		case_line("contents CODE_PDPT");
		case_line("        dq      CODE_PD + 0x27");
	}
	if (case_is_64_bit(test_case) || test_case->paging == CASE_PAE) {
		case_line("%s", "");
		case_line("contents CODE_PD");
		case_line("        dq      0xe3, 0xe7");
	}
}

void case_print_contents(const struct case_scenario *scenario)
{
	struct contents contents = { .count = 0 };

	print_code_tables(scenario->test_case);
	add_entries(&contents, scenario);
	add_vmcall(&contents, scenario);
	print_values(scenario, &contents);
}
