/* case_print_contents.c -- prints what stands in the pages of a case: code, entries, bytes */
#include "tests/suites/cases/case_printing.h"

/* --- The guest's code ------------------------------------------------------------------------ */

static const char *mode_word(const struct ept_case *that)
{
	return case_is_long(that) ? "" : ", mode=flat32";
}

void case_print_code(const struct printing *printing)
{
	static const char *const registers[] = { "al", "ax", "eax", "", "rax" };
	const struct ept_case *that = printing->that;
	const char *base = case_is_long(that) ? "rbx" : "ebx";
	const char *value = that->size <= 8 ? registers[that->size / 2] : "";

	case_line("guest CODE%s", mode_word(that));
	case_line("%s", "");
	switch (that->access) {
	case ARENA_READ:
		case_line("        mov     %s, [%s]", value, base);
		break;
	case ARENA_WRITE:
		case_line("        mov     [%s], %s", base, value);
		break;
	case ARENA_READ_MODIFY_WRITE:
		case_line("        add     [%s], %s", base, value);
		break;
	default:
		case_line("        jmp     %s", base);
	}
	case_line("        vmcall");
}

/* --- Entries and bytes in pages -------------------------------------------------------------- */

/* Something that stands in a page: an entry of the guest's, or bytes of its code. */
struct item {
	gpa_t address;
	enum case_page page;
	u8 size;
	u64 value;
};

struct items {
	unsigned count;
	struct item item[CASE_GUEST_ENTRIES + 2];
};

/* In the order of their addresses, and none twice. */
static void item_add(struct items *items, struct item item)
{
	unsigned i = items->count;

	for (unsigned j = 0; j < items->count; j++)
		if (items->item[j].address.raw == item.address.raw)
			return;
	for (; i > 0 && items->item[i - 1].address.raw > item.address.raw; i--)
		items->item[i] = items->item[i - 1];
	items->item[i] = item;
	items->count++;
}

static void add_entries(struct items *items, const struct printing *printing)
{
	for (unsigned i = 0; i < printing->memory->entry_count; i++) {
		const struct case_entry *entry = &printing->memory->entries[i];
		u64 table = case_printed_address(printing, entry->page);

		if (!entry->ept_level)
			item_add(items, (struct item){
				.address = gpa(table + ((u64)entry->place & PAGE_OFFSET)),
				.page = entry->page, .size = entry->size, .value = entry->before,
			});
	}
}

/* The VMCALL that a fetch meets. */
static void add_bytes(struct items *items, const struct printing *printing)
{
	const struct ept_case *that = printing->that;

	for (unsigned i = 0; i < that->size && that->access == ARENA_FETCH; i++) {
		unsigned offset = that->offset + i;
		enum case_page page = offset < PAGE_SIZE ? CASE_DATA : CASE_OTHER_DATA;

		item_add(items, (struct item){
			.address = gpa(case_printed_address(printing, page) + offset % PAGE_SIZE),
			.page = page, .size = 1,
			.value = printing->memory->page[CASE_DATA][offset],
		});
	}
}

static void print_item(const struct printing *printing, const struct item *item)
{
	char text[NAME_SIZE];

	case_entry_text(text, printing, item->value);
	if (item->size == 1)
		case_line("        db      %#lx", item->value);
	else
		case_line("        %s      %s", item->size == sizeof(u32) ? "dd" : "dq", text);
}

/* The first address of the page that holds the item, large or not. */
static u64 start_of(const struct printing *printing, const struct item *item)
{
	return item->address.raw & ~(ept_level_size(printing->that->ept_leaf[item->page]) - 1);
}

static void print_items(const struct printing *printing, const struct items *items)
{
	u64 place = 0, start = 0;

	for (unsigned i = 0; i < items->count; i++) {
		const struct item *item = &items->item[i];
		bool large = printing->that->ept_leaf[item->page] > EPT_PT;

		if (i == 0 || start != start_of(printing, item)) {
			place = start = start_of(printing, item);
			case_line("%s", "");
			case_line("contents %s%s", case_page_name(printing->whole[item->page]),
				  large ? "_PAGE" : "");
		}
		if (item->address.raw > place)
			case_line("        times %#lx db 0", item->address.raw - place);
		print_item(printing, item);
		place = item->address.raw + item->size;
	}
}

static void print_code_tables(const struct printing *printing)
{
	const struct ept_case *that = printing->that;

	if (case_is_32_bit(that)) {
		case_line("%s", "");
		case_line("contents CODE_PT");
		case_line("        dd      0, CODE + 0x63");
		case_line("        times 0x1ff dd 0");
		case_line("        dd      CODE + 0x67");
	}
	if (case_is_long(that)) {
		case_line("%s", "");
		case_line("contents CODE_PDPT");
		case_line("        dq      CODE_PD + 0x27");
	}
	if (case_is_long(that) || that->paging == CASE_PAE) {
		case_line("%s", "");
		case_line("contents CODE_PD");
		case_line("        dq      0xe3, 0xe7");
	}
}

void case_print_contents(const struct printing *printing)
{
	struct items items = { .count = 0 };

	print_code_tables(printing);
	add_entries(&items, printing);
	add_bytes(&items, printing);
	print_items(printing, &items);
}
