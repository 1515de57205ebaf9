/* case_print_pages.c -- prints the pages of a case, and what is unusual in their EPT entries */
#include "kernel/print.h"
#include "tests/suites/cases/case_printing.h"

static bool is_leaf(const struct printing *printing, const struct case_entry *entry)
{
	return entry->ept_level == printing->that->ept_leaf[entry->page];
}

static u64 usual_entry(const struct printing *printing, const struct case_entry *entry)
{
	const struct case_way *way =
		&printing->memory->way[case_is_long(printing->that)][entry->page];

	return is_leaf(printing, entry) ? way->leaf[entry->ept_level]
					: way->branch[entry->ept_level];
}

/* What the declaration of a page says of its entry, besides permissions. */
static void leaf_text(char *text, size_t size, const struct printing *printing,
		      const struct case_entry *entry)
{
	u64 said = EPT_PERMISSIONS | EPT_MEMORY_TYPE;
	u64 further = (usual_entry(printing, entry) ^ entry->before) & ~said;
	u64 type = (entry->before & EPT_MEMORY_TYPE) >> 3;
	size_t length = 0;

	text[0] = '\0';
	if (type != WB)
		length += print_into(text, size, ", type=%lu", type);
	if (further)
		print_into(text + length, size - length, ", entry_bits=%#lx", further);
}

static void print_leaf(const struct printing *printing, const struct case_entry *entry)
{
	const char *name = case_page_name(entry->page), *access = case_access_text(entry->before);
	u64 address = case_printed_address(printing, entry->page);
	u64 size = ept_level_size(entry->ept_level);
	char further[64];

	leaf_text(further, sizeof(further), printing, entry);
	if (entry->ept_level == EPT_PT)
		case_line("        page    %s, at=%#lx, access=%s%s", name, address, access,
			  further);
	else
		case_line("        page    %s_PAGE, at=%#lx, access=%s%s, level=%s", name,
			  address & ~(size - 1), access, further,
			  case_level_word(entry->ept_level));
}

/* Of a larger page than 4 KiB what is used is a part, which may be that of another name. */
static void print_name(const struct printing *printing, enum case_page page)
{
	u64 size = ept_level_size(printing->that->ept_leaf[page]);

	if (size > PAGE_SIZE)
		case_line("%-8s equ    %s_PAGE + %#lx", case_page_name(page),
			  case_page_name(printing->whole[page]),
			  case_printed_address(printing, page) & (size - 1));
}

static void print_entry(const struct printing *printing, const struct case_entry *entry)
{
	u64 usual = usual_entry(printing, entry), differs = usual ^ entry->before;
	char access[16] = "", set[40] = "", clear[40] = "";

	if (differs & EPT_PERMISSIONS)
		print_into(access, sizeof(access), ", access=%s", case_access_text(entry->before));
	differs &= ~(u64)EPT_PERMISSIONS;
	if (differs & usual)
		print_into(clear, sizeof(clear), ", clear=%#lx", differs & usual);
	if (differs & ~usual)
		print_into(set, sizeof(set), ", set=%#lx", differs & ~usual);
	if (access[0] || set[0] || clear[0])
		case_line("        entry   %s, level=%s%s%s%s", case_page_name(entry->page),
			  case_level_word(entry->ept_level), access, clear, set);
}

static void print_way(struct printing *printing, enum case_page page)
{
	for (unsigned i = 0; i < printing->memory->entry_count; i++) {
		const struct case_entry *entry = &printing->memory->entries[i];

		if (entry->page != page || !entry->ept_level || !is_leaf(printing, entry))
			continue;
		if (case_is_new(printing, entry->place)) {
			printing->whole[page] = (u8)page;
			print_leaf(printing, entry);
		} else {
			printing->whole[page] = printing->whole[page - 1];
		}
		print_name(printing, page);
	}
}

static void print_upper_entries(struct printing *printing)
{
	for (unsigned i = 0; i < printing->memory->entry_count; i++) {
		const struct case_entry *entry = &printing->memory->entries[i];

		if (entry->ept_level > printing->that->ept_leaf[entry->page] &&
		    case_is_new(printing, entry->place))
			print_entry(printing, entry);
	}
}

void case_print_pages(struct printing *printing)
{
	case_line("        page    CODE, at=%#lx, access=r-x", CASE_CODE);
	if (case_is_32_bit(printing->that))
		case_line("        page    CODE_PT, at=%#lx, access=rw-", CASE_CODE_PT);
	if (case_is_long(printing->that))
		case_line("        page    CODE_PDPT, at=%#lx, access=rw-", CASE_CODE_PDPT);
	if (case_is_long(printing->that) || printing->that->paging == CASE_PAE)
		case_line("        page    CODE_PD, at=%#lx, access=rw-", CASE_CODE_PD);
	for (enum case_page page = 0; page < CASE_PAGES; page++)
		print_way(printing, page);
	print_upper_entries(printing);
}
