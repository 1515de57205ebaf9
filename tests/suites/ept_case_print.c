#include "tests/suites/ept_case_print.h"
#include "kernel/print.h"
#include "kernel/string.h"
#include "tests/test.h"

#define PAGE_OFFSET     BITS(11, 0)
#define GIB_AND_ABOVE   BITS(63, 30)
#define TEXT_SIZE       200
#define NAME_SIZE       64

struct printing {
	const struct case_memory *memory;
	const struct ept_case *that;
	const struct case_result *result;
	struct model model;
	u8 whole[CASE_PAGES];                   /* under whose name its large page stands */
	u64 printed[CASE_ENTRIES];              /* places of entries, each to be printed once */
	unsigned printed_count;
};

__attribute__((format(printf, 1, 2)))
static void line(const char *format, ...)
{
	char text[TEXT_SIZE];
	va_list arguments;

	va_start(arguments, format);
	print_list_into(text, sizeof(text), format, arguments);
	va_end(arguments);
	note("  | %s", text);
}

/* True the first time it is asked of a place. */
static bool is_new(struct printing *printing, const void *place)
{
	for (unsigned i = 0; i < printing->printed_count; i++)
		if (printing->printed[i] == (u64)place)
			return false;
	printing->printed[printing->printed_count++] = (u64)place;
	return true;
}

static bool is_on(const struct printing *printing, enum case_switch which)
{
	return printing->that->switches & which;
}

static bool page_is_used(const struct printing *printing, enum case_page page)
{
	for (unsigned i = 0; i < printing->memory->entry_count; i++)
		if (printing->memory->entries[i].page == page)
			return true;
	return false;
}

static u64 real_address(const struct printing *printing, enum case_page page)
{
	return case_address(printing->memory, printing->that, page).raw;
}

/* In the scenario tables stand near the start of their GiB, each in another place: where they are
 * in a large page makes no difference but to the size of the file. */
static u64 address_of(const struct printing *printing, enum case_page page)
{
	u64 real = real_address(printing, page);

	return page >= CASE_DATA ? real : (real & GIB_AND_ABOVE) + page * PAGE_SIZE;
}

/* --- Names ----------------------------------------------------------------------------------- */

static bool is_at(u64 address, u64 page)
{
	return ((address ^ page) & EPT_ADDRESS & ~GIB_AND_ABOVE) == 0;
}

/* NAME + 0x27 ^ 0x40000000, the last where the address differs in bits that high. */
static void place_text(char *text, const char *name, u64 offset, u64 differs)
{
	size_t length = print_into(text, NAME_SIZE, "%s", name);

	if (offset)
		length += print_into(text + length, NAME_SIZE - length, " + %#lx", offset);
	if (differs)
		print_into(text + length, NAME_SIZE - length, " ^ %#lx", differs);
}

/* The page of the case that stands there in its GiB; false if none does. */
static bool find_page(const struct printing *printing, u64 address, enum case_page *page)
{
	for (*page = 0; *page < CASE_PAGES; ++*page)
		if (page_is_used(printing, *page) && is_at(address, real_address(printing, *page)))
			return true;
	return false;
}

/* The pages of the way to the code have no other place in the scenario. */
static const char *code_page_at(u64 address)
{
	static const char *const names[] = { "CODE", "CODE_PDPT", "CODE_PD", "CODE_PT" };
	u64 which = (address - CASE_CODE) / PAGE_SIZE;

	return address >= CASE_CODE && which < COUNT(names) ? names[which] : NULL;
}

/* An entry of the guest's by the name of the page that it leads to, if there is one. */
static void entry_text(char *text, const struct printing *printing, u64 value)
{
	const char *name = code_page_at(value & EPT_ADDRESS);
	enum case_page page;

	if (name)
		place_text(text, name, value & PAGE_OFFSET, value & ~(EPT_ADDRESS | PAGE_OFFSET));
	else if (find_page(printing, value, &page))
		place_text(text, case_page_name(page), value & PAGE_OFFSET,
			   (value ^ real_address(printing, page)) & GIB_AND_ABOVE);
	else
		print_into(text, NAME_SIZE, "%#lx", value);
}

/* A guest-physical address of the case as one of the scenario. */
static void address_text(char *text, const struct printing *printing, gpa_t address)
{
	enum case_page page;

	if (find_page(printing, address.raw, &page))
		place_text(text, case_page_name(page), address.raw & PAGE_OFFSET,
			   (address.raw ^ real_address(printing, page)) & GIB_AND_ABOVE);
	else
		print_into(text, NAME_SIZE, "%#lx", address.raw);
}

static const char *permissions_text(u64 entry)
{
	static const char *const texts[] = {
		"---", "r--", "-w-", "rw-", "--x", "r-x", "-wx", "rwx",
	};

	return texts[entry & EPT_PERMISSIONS];
}

static const char *level_word(unsigned level)
{
	static const char *const words[] = { "", "pt", "pd", "pdpt", "pml4", "pml5" };

	return words[level];
}

/* --- Pages and EPT entries ------------------------------------------------------------------- */

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
	const char *name = case_page_name(entry->page), *access = permissions_text(entry->before);
	u64 size = ept_level_size(entry->ept_level), address = address_of(printing, entry->page);
	char further[64];

	leaf_text(further, sizeof(further), printing, entry);
	if (entry->ept_level == EPT_PT)
		line("        page    %s, at=%#lx, access=%s%s", name, address, access, further);
	else
		line("        page    %s_PAGE, at=%#lx, access=%s%s, level=%s", name,
		     address & ~(size - 1), access, further, level_word(entry->ept_level));
}

/* Of a larger page than 4 KiB what is used is a part, which may be that of another name. */
static void print_name(const struct printing *printing, enum case_page page)
{
	u64 size = ept_level_size(printing->that->ept_leaf[page]);

	if (size > PAGE_SIZE)
		line("%-8s equ    %s_PAGE + %#lx", case_page_name(page),
		     case_page_name(printing->whole[page]),
		     address_of(printing, page) & (size - 1));
}

static void print_entry(const struct printing *printing, const struct case_entry *entry)
{
	u64 usual = usual_entry(printing, entry), differs = usual ^ entry->before;
	char access[16] = "", set[40] = "", clear[40] = "";

	if (differs & EPT_PERMISSIONS)
		print_into(access, sizeof(access), ", access=%s", permissions_text(entry->before));
	differs &= ~(u64)EPT_PERMISSIONS;
	if (differs & usual)
		print_into(clear, sizeof(clear), ", clear=%#lx", differs & usual);
	if (differs & ~usual)
		print_into(set, sizeof(set), ", set=%#lx", differs & ~usual);
	if (access[0] || set[0] || clear[0])
		line("        entry   %s, level=%s%s%s%s", case_page_name(entry->page),
		     level_word(entry->ept_level), access, clear, set);
}

static void print_way(struct printing *printing, enum case_page page)
{
	for (unsigned i = 0; i < printing->memory->entry_count; i++) {
		const struct case_entry *entry = &printing->memory->entries[i];

		if (entry->page != page || !entry->ept_level || !is_leaf(printing, entry))
			continue;
		if (is_new(printing, entry->place)) {
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
		    is_new(printing, entry->place))
			print_entry(printing, entry);
	}
}

static void print_pages(struct printing *printing)
{
	line("        page    CODE, at=%#lx, access=r-x", CASE_CODE);
	if (case_is_32_bit(printing->that))
		line("        page    CODE_PT, at=%#lx, access=rw-", CASE_CODE_PT);
	if (case_is_long(printing->that))
		line("        page    CODE_PDPT, at=%#lx, access=rw-", CASE_CODE_PDPT);
	if (case_is_long(printing->that) || printing->that->paging == CASE_PAE)
		line("        page    CODE_PD, at=%#lx, access=rw-", CASE_CODE_PD);
	for (enum case_page page = 0; page < CASE_PAGES; page++)
		print_way(printing, page);
	print_upper_entries(printing);
}

/* --- Registers and controls ------------------------------------------------------------------ */

static void print_cr4(const struct printing *printing)
{
	enum case_paging paging = printing->that->paging;

	if (paging == CASE_PAE)
		line("        vmcs    GUEST_CR4, set=1 << 5           ; PAE");
	if (paging == CASE_5_LEVEL)
		line("        vmcs    GUEST_CR4, set=1 << 12          ; LA57");
	if (is_on(printing, CASE_PAGE_SIZE))
		line("        vmcs    GUEST_CR4, set=1 << 4           ; PSE");
	if (is_on(printing, CASE_SMEP))
		line("        vmcs    GUEST_CR4, set=1 << 20          ; SMEP");
	if (is_on(printing, CASE_SMAP))
		line("        vmcs    GUEST_CR4, set=1 << 21          ; SMAP");
}

static void print_pointers(const struct printing *printing)
{
	const struct model_guest *guest = &printing->model.guest;
	char text[NAME_SIZE];

	for (unsigned i = 0; i < COUNT(guest->pdpte); i++) {
		entry_text(text, printing, guest->pdpte[i]);
		line("        vmcs    GUEST_PDPTE%u, value=%s", i, guest->pdpte[i] ? text : "0");
	}
}

static void print_paging(const struct printing *printing)
{
	const struct ept_case *that = printing->that;

	if (!case_is_long(that) && case_top_level(that))
		line("        vmcs    GUEST_CR0, set=1 << 31          ; PG");
	if (is_on(printing, CASE_WRITE_PROTECT))
		line("        vmcs    GUEST_CR0, set=1 << 16          ; WP");
	print_cr4(printing);
	if (case_is_long(that) && !is_on(printing, CASE_EXECUTE_DISABLE))
		line("        vmcs    GUEST_IA32_EFER, clear=1 << 11  ; NXE");
	if (!case_is_long(that) && is_on(printing, CASE_EXECUTE_DISABLE))
		line("        vmcs    GUEST_IA32_EFER, set=1 << 11    ; NXE");
	if (that->paging == CASE_PAE)
		print_pointers(printing);
	else if (case_top_level(that))
		line("        set     cr3, %s", case_page_name(case_table(case_top_level(that))));
}

static void print_user_mode(void)
{
	line("        vmcs    GUEST_CS_SELECTOR, set=3");
	line("        vmcs    GUEST_SS_SELECTOR, set=3");
	line("        vmcs    GUEST_CS_ACCESS_RIGHTS, set=0x60");
	line("        vmcs    GUEST_SS_ACCESS_RIGHTS, set=0x60");
}

static void print_registers(const struct printing *printing)
{
	u64 rip = case_rip(printing->that).raw;

	if (is_on(printing, CASE_EPT_FLAGS)) {
		line("        needs   accessed_dirty");
		line("        vmcs    EPT_POINTER, set=1 << 6");
	}
	print_paging(printing);
	if (is_on(printing, CASE_USER_MODE))
		print_user_mode();
	if (is_on(printing, CASE_ALIGNMENT_CHECK))
		line("        set     rflags, %#lx", printing->model.guest.rflags);
	if (rip != CASE_CODE)
		line("        set     rip, %#lx                  ; CODE for user mode", rip);
	line("        set     rbx, %#lx", case_linear(printing->memory, printing->that).raw);
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
	address_text(address, printing, outcome->physical);
	switch (outcome->event) {
	case MODEL_COMPLETES:
		line("%sexpect  vmcall", margin);
		break;
	case MODEL_EPT_VIOLATION:
		line("%sexpect  ept_violation, gpa=%s, gla=%#lx, qualification=%#lx%s", margin,
		     address, outcome->linear.raw, outcome->code & ~undefined, open);
		break;
	case MODEL_EPT_MISCONFIGURATION:
		line("%sexpect  ept_misconfig, gpa=%s", margin, address);
		break;
	case MODEL_PAGE_FAULT:
		line("%sexpect  exception_or_nmi, vector=14, error=%#lx%s, qualification=%#lx",
		     margin, outcome->code & ~undefined, open, outcome->linear.raw);
		break;
	default:
		line("; no scenario can expect this");
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
		line("%sflags   %s, %s, level=%s", margin, name, flags_text(value),
		     level_word(entry->ept_level));
		return;
	}
	entry_text(text, printing, value);
	place_text(place, name, (u64)entry->place & PAGE_OFFSET, 0);
	line("%sholds   %s, %s=%s", margin, place, entry->size == sizeof(u32) ? "dword" : "qword",
	     text);
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
		    !is_new(printing, entry->place))
			continue;
		print_entry_value("        ", printing, entry, expected);
		if (differ && entry->after != expected)
			print_entry_value(";       ", printing, entry, entry->after);
	}
}

static void print_expectation(struct printing *printing)
{
	const struct case_result *result = printing->result;
	const struct model_prediction *prediction = &result->prediction;
	char text[160];

	model_outcome_text(text, sizeof(text), &prediction->outcome);
	line("; The model: %s", text);
	print_exit("        ", printing, &prediction->outcome, prediction->undefined);
	if (result->verdict == CASE_OUTCOME_DIFFERS) {
		line("; This processor, where that is not so:");
		if (result->known)
			print_exit(";       ", printing, &result->outcome, 0);
		else
			line(";       expect  %s", exit_name(result->exit));
	}
	print_entries(printing);
	line("        finish");
}

/* --- Bytes ----------------------------------------------------------------------------------- */

static const char *mode_word(const struct ept_case *that)
{
	return case_is_long(that) ? "" : ", mode=flat32";
}

static void print_code(const struct printing *printing)
{
	static const char *const registers[] = { "al", "ax", "eax", "", "rax" };
	const struct ept_case *that = printing->that;
	const char *base = case_is_long(that) ? "rbx" : "ebx";
	const char *value = that->size <= 8 ? registers[that->size / 2] : "";

	line("guest CODE%s", mode_word(that));
	line("%s", "");
	switch (that->access) {
	case ARENA_READ:
		line("        mov     %s, [%s]", value, base);
		break;
	case ARENA_WRITE:
		line("        mov     [%s], %s", base, value);
		break;
	case ARENA_READ_MODIFY_WRITE:
		line("        add     [%s], %s", base, value);
		break;
	default:
		line("        jmp     %s", base);
	}
	line("        vmcall");
}

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
		u64 table = address_of(printing, entry->page);

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
			.address = gpa(address_of(printing, page) + offset % PAGE_SIZE),
			.page = page, .size = 1,
			.value = printing->memory->page[CASE_DATA][offset],
		});
	}
}

static void print_item(const struct printing *printing, const struct item *item)
{
	char text[NAME_SIZE];

	entry_text(text, printing, item->value);
	if (item->size == 1)
		line("        db      %#lx", item->value);
	else
		line("        %s      %s", item->size == sizeof(u32) ? "dd" : "dq", text);
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
			line("%s", "");
			line("contents %s%s", case_page_name(printing->whole[item->page]),
			     large ? "_PAGE" : "");
		}
		if (item->address.raw > place)
			line("        times %#lx db 0", item->address.raw - place);
		print_item(printing, item);
		place = item->address.raw + item->size;
	}
}

static void print_code_tables(const struct printing *printing)
{
	const struct ept_case *that = printing->that;

	if (case_is_32_bit(that)) {
		line("%s", "");
		line("contents CODE_PT");
		line("        dd      0, CODE + 0x63");
		line("        times 0x1ff dd 0");
		line("        dd      CODE + 0x67");
	}
	if (case_is_long(that)) {
		line("%s", "");
		line("contents CODE_PDPT");
		line("        dq      CODE_PD + 0x27");
	}
	if (case_is_long(that) || that->paging == CASE_PAE) {
		line("%s", "");
		line("contents CODE_PD");
		line("        dq      0xe3, 0xe7");
	}
}

static void print_contents(const struct printing *printing)
{
	struct items items = { .count = 0 };

	print_code_tables(printing);
	add_entries(&items, printing);
	add_bytes(&items, printing);
	print_items(printing, &items);
}

/* --- All of it ------------------------------------------------------------------------------- */

static void print_title(const struct printing *printing, const char *origin)
{
	const struct ept_case *that = printing->that;

	line("; %s", origin);
	line("%s", "");
	line("%%include \"scenario.inc\"");
	line("%s", "");
	line("scenario \"a %s of %u byte%s with %s ends as the SDM says\"",
	     arena_access_name(that->access), that->size, that->size == 1 ? "" : "s",
	     case_paging_name(that->paging));
	line("%s", "");
}

void case_print(const struct case_memory *memory, const struct ept_case *that,
		const struct case_result *result, const char *origin)
{
	struct printing printing = {
		.memory = memory, .that = that, .result = result,
		.model = case_model(memory, that),
	};

	print_title(&printing, origin);
	print_pages(&printing);
	print_registers(&printing);
	line("%s", "");
	print_expectation(&printing);
	line("%s", "");
	print_code(&printing);
	print_contents(&printing);
}
