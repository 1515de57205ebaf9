/* qualification_text.c -- what an exit qualification says, as the report writes it */
#include "vmx/qualification_text.h"
#include "vmx/exit.h"

void access_text(struct text *text, enum permission wanted)
{
	static const char *const words[] = { "read", "write", "fetch" };
	const char *separator = "";

	for (unsigned i = 0; i < COUNT(words); i++)
		if (wanted & BIT(i)) {
			text_add(text, "%s%s", separator, words[i]);
			separator = "|";
		}
	if (!wanted)
		text_add(text, "none");
}

static const struct error_flag {
	u8 bit;
	char name[15];
} error_flags[] = {
#define FLAG(where, position, name)        ERROR_FLAG_##where(position, name)
#define ERROR_FLAG_EFER(position, name)
#define ERROR_FLAG_RFLAGS(position, name)
#define ERROR_FLAG_PF(position, name)      { position, #name },
#include "kernel/flags.def"
#undef ERROR_FLAG_PF
#undef ERROR_FLAG_RFLAGS
#undef ERROR_FLAG_EFER
#undef FLAG
};

static void add_in_small_letters(struct text *text, const char *name)
{
	for (; *name; name++)
		text_add(text, "%c", *name | ('a' - 'A'));
}

void page_fault_error_text(struct text *text, u64 error)
{
	const char *separator = "";

	for (size_t i = 0; i < COUNT(error_flags); i++)
		if (error >> error_flags[i].bit & 1) {
			text_add(text, "%s", separator);
			add_in_small_letters(text, error_flags[i].name);
			separator = "|";
		}
	if (!*separator)
		text_add(text, "none");
}

void cr_access_text(struct text *text, u64 qualification)
{
	struct cr_access access = cr_access_decode(qualification);
	const char *name = general_register_name(access.general_register);

	switch (access.kind) {
	case MOV_TO_CR:   text_add(text, "mov cr%u, %s", access.number, name); break;
	case MOV_FROM_CR: text_add(text, "mov %s, cr%u", name, access.number); break;
	case CLTS:        text_add(text, "clts"); break;
	case LMSW:
		text_add(text, "lmsw %#x%s", access.lmsw_source,
			 access.in_memory ? " of memory" : "");
		break;
	}
}

void dr_access_text(struct text *text, u64 qualification)
{
	struct dr_access access = dr_access_decode(qualification);
	const char *name = general_register_name(access.general_register);

	if (access.from)
		text_add(text, "mov %s, dr%u", name, access.number);
	else
		text_add(text, "mov dr%u, %s", access.number, name);
}

void io_access_text(struct text *text, u64 qualification)
{
	struct io_access access = io_access_decode(qualification);

	text_add(text, "port=%#x size=%u direction=%s%s%s%s", access.port, access.size,
		 access.in ? "in" : "out", access.immediate ? " immediate" : "",
		 access.string ? " string" : "", access.rep ? " rep" : "");
}
