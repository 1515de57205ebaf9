/* script_dump.c -- shows what the kernel will see of scenarios, or why it will refuse them
 * links: tests/script/script.c tests/script/script_check.c tests/script/check.c
 * links: tests/script/regions.c tests/script/steps.c tests/script/order.c
 * links: tests/script/state_checks.c tests/script/memory_checks.c tests/script/root_checks.c
 * links: tests/module/module.c
 * links: kernel/print.c
 *
 *      script_dump [-q] FILE.bin ...           -q: only what is refused; status 1 if anything is
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/serial.h"
#include "tests/script/script_check.h"

/* kernel/print.c calls it to print. */
void serial_write(const char *text, size_t length)
{
	fwrite(text, 1, length, stdout);
}

static const char *const step_names[] = {
#define STEP(number, name, what, value) [number] = #name,
#include "tests/language/steps.def"
#undef STEP
};

static const char *const observable_names[] = {
#define OBSERVABLE(number, name, settable, text) [number] = #name,
#include "tests/language/observables.def"
#undef OBSERVABLE
};

static const char *const host_register_names[] = {
#define HOST_REGISTER(number, name, text) [number] = #name,
#include "tests/language/host_registers.def"
#undef HOST_REGISTER
};

static const char *const mode_names[] = {
#define MODE(number, name, bits, paging, text) [number] = #name,
#include "vmx/modes.def"
#undef MODE
};

static const char *const capability_names[] = {
#define CAPABILITY(number, name, source, bit, text, remedy) [number] = #name,
#include "vmx/capabilities.def"
#undef CAPABILITY
};

static const char *const level_names[] = { "?", "pt", "pd", "pdpt", "pml4" };

static const char *exit_name_of(u32 number)
{
	switch (number) {
#define EXIT(number, name, qualification, text) case number: return #name;
#include "vmx/exits.def"
#undef EXIT
	}
	return "?";
}

static const char *field_name_of(u32 encoding)
{
	switch (encoding) {
#define VMCS(encoding, width, kind, name) case encoding: return #name;
#include "vmx/vmcs.def"
#undef VMCS
	}
	return "?";
}

static void show_permissions(u64 access)
{
	printf("%c%c%c", access & 1 ? 'r' : '-', access & 2 ? 'w' : '-', access & 4 ? 'x' : '-');
}

static void show_entry_bits(u64 bits)
{
	if (bits)
		printf("  entry bits %#" PRIx64, bits);
}

static void show_region(const struct script *script, const struct script_region *region)
{
	printf("  %-8s %#10" PRIx64, script_text(script, region->name), region->gpa);
	if (region->size != ept_level_size(region->level))
		printf(" of %#" PRIx64 " bytes", region->size);
	printf("  ");
	show_permissions(region->access);
	printf("  type %u  holds %u bytes", region->memory_type,
	       region->contents_end - region->contents);
	show_entry_bits(region->entry_bits);
	if (region->level != EPT_PT)
		printf("  level %s", level_names[region->level]);
	printf("\n");
}

static void show_open_bits(u64 bits)
{
	if (bits)
		printf(", bits %#" PRIx64 " may differ", bits);
}

static void show_remap(const struct script_step *step)
{
	printf("%#" PRIx64 " to ", step->value);
	show_permissions(step->what & 0xff);
	if (step->what >> 8 != SCRIPT_KEEP_TYPE)
		printf("  type %d", step->what >> 8);
	show_entry_bits(step->second);
}

static void show_flags(const struct script_step *step)
{
	static const char *const texts[] = { "none", "accessed", "dirty", "accessed|dirty" };

	if (step->what >> 8)
		printf("%s of ", level_names[step->what >> 8]);
	printf("%#" PRIx64 ", %s", step->value, texts[step->what & 3]);
	if (step->second)
		printf(", %s may differ", texts[step->second]);
}

static void show_entry(const struct script_step *step)
{
	printf("%s of %#" PRIx64 ", ", level_names[step->what], step->value);
	if (step->kind == STEP_ENTRY_ALLOW)
		show_permissions(step->second);
	else
		printf("%#" PRIx64, step->second);
}

static void show_invvpid(const struct script_step *step)
{
	static const char *const types[] = { "address", "single", "all", "retaining_globals" };
	unsigned type = step->what & 0xff;

	printf("%s", types[type]);
	if (type == 0)
		printf(" %#" PRIx64, step->value);
	if (step->what & SCRIPT_GIVEN_VPID)
		printf(", vpid %#" PRIx64, step->second);
}

static bool has_operands(const struct script_step *step)
{
	switch (step->kind) {
	case STEP_INVEPT: return step->what != 0;
	case STEP_CHECK_VIEW: case STEP_RESUME: case STEP_SKIP:
	case STEP_SEND_NMI: case STEP_SEND_INIT:
	case STEP_END_REPEAT: case STEP_FINISH:
		return false;
	}
	return true;
}

static const char *const root_names[] = {
#define ROOT_INSTRUCTION(number, name, shape, value) [number] = #name,
#include "tests/language/root_instructions.def"
#undef ROOT_INSTRUCTION
};

static void show_outcome(u64 ending)
{
	u32 outcome = (u32)ending;

	if (outcome >= 0x200)
		printf("fault %u", outcome - 0x200);
	else if (outcome >= 0x100)
		printf("VMfailValid %u", outcome - 0x100);
	else
		printf("%s", outcome ? "VMfailInvalid" : "VMsucceed");
}

static void show_root(const struct script_step *step)
{
	printf("%s, %#" PRIx64 ", %#" PRIx64, root_names[step->what & 0xff], step->value,
	       step->second);
	if (step->what >> 8)
		printf(", type %u", (unsigned)step->what >> 8);
}

static void show_interrupt(const struct script_step *step)
{
	printf("%#x", step->what);
	if (step->value)
		printf(", after %" PRIu64 " ms", step->value);
}

static void show_value_of(const char *name, const struct script_step *step)
{
	printf("%s, %#" PRIx64, name, step->value);
	show_open_bits(step->second);
}

static void show_memory(const struct script_step *step)
{
	switch (step->kind) {
	case STEP_EPTP:
	case STEP_SPLIT:
	case STEP_CLEAR_FLAGS: printf("%#" PRIx64, step->value); break;
	case STEP_HOST_PAGE:
		printf("%#" PRIx64 ", of %#" PRIx64 ", %#x", step->value, step->second, step->what);
		break;
	case STEP_REVISION:
		printf("%#" PRIx64 ", inverted %#" PRIx64, step->value, step->second);
		break;
	case STEP_WRITE:
	case STEP_HOLDS:
		printf("%u bytes at %#" PRIx64 ", %#" PRIx64,
		       step->what, step->value, step->second);
		break;
	default: break;
	}
}

/* Steps of a scenario without a guest. */
static void show_without_guest(const struct script_step *step)
{
	switch (step->kind) {
	case STEP_ROOT:    show_root(step); break;
	case STEP_RESULT:  show_value_of("it reads", step); break;
	case STEP_OUTCOME: show_outcome(step->value); break;
	default:           printf("%#" PRIx64, step->value); break;
	}
}

static void show_controls(const struct script_step *step)
{
	printf("%s, 1 in %#" PRIx64 ", 0 in %#" PRIx64, field_name_of(step->what), step->value,
	       step->second);
}

static void show_operands(const struct script_step *step)
{
	printf("%*s", 12 - (int)strlen(step_names[step->kind]), "");
	switch (step->kind) {
	case STEP_VMCS_VALUE:
	case STEP_VMCS_SET:
	case STEP_VMCS_CLEAR:
	case STEP_CHECK_VMCS: show_value_of(field_name_of(step->what), step); break;
	case STEP_SET:
	case STEP_CHECK:      show_value_of(observable_names[step->what], step); break;
	case STEP_HOST:       show_value_of(host_register_names[step->what], step); break;
	case STEP_HOST_MSR:
		printf("%#" PRIx64 ", %#" PRIx64, step->value, step->second);
		break;
	case STEP_SEND_INTERRUPT: show_interrupt(step); break;
	case STEP_MAY_RUN:    printf("%" PRIu64 " ms", step->value); break;
	case STEP_EXPECT:
	case STEP_OR_EXIT:
	case STEP_OTHER_EXIT: printf("%s", exit_name_of(step->what)); break;
	case STEP_REMAP:      show_remap(step); break;
	case STEP_FLAGS:      show_flags(step); break;
	case STEP_INVEPT:     printf("%s", step->what == 1 ? "single" : "all"); break;
	case STEP_INVVPID:    show_invvpid(step); break;
	case STEP_VMCS_VIEW:  printf("%s", field_name_of(step->what)); break;
	case STEP_VMCS_PAGE:
		printf("%s, %#" PRIx64, field_name_of(step->what), step->value);
		break;
	case STEP_ENTRY_ALLOW:
	case STEP_ENTRY_SET:
	case STEP_ENTRY_CLEAR: show_entry(step); break;
	case STEP_ROOT:
	case STEP_RESULT:
	case STEP_OUTCOME:
	case STEP_STORED:     show_without_guest(step); break;
	case STEP_RESUME_AT:  printf("%#" PRIx64, step->value); break;
	case STEP_REPEAT:     printf("%" PRIu64 " times", step->value); break;
	case STEP_CONTROLS:   show_controls(step); break;
	default:              show_memory(step); break;
	}
}

static bool is_of_a_view(const struct script_step *step)
{
	return step->kind == STEP_VMCS_VIEW || step->kind == STEP_EPTP ||
	       step->kind == STEP_CHECK_VIEW;
}

static void show_step(const struct script *script, const struct script_step *step)
{
	printf("  line %2u  %s", step->line, step_names[step->kind]);
	if (has_operands(step))
		show_operands(step);
	if (step->text)
		printf(" (%s)", script_text(script, step->text));
	if (step->view || is_of_a_view(step))
		printf("  view %u", step->view);
	printf("\n");
}

static void show_rules(const struct script *script)
{
	const char *text = script_text(script, script->header->rules);

	for (u32 i = 0; i < script->header->rule_count; i++) {
		printf("  rule %s\n", text);
		text += strlen(text) + 1;
	}
}

static void show_script(const struct script *script)
{
	const struct script_header *header = script->header;

	printf("%s: %s\n", script_text(script, header->name), script_text(script, header->title));
	printf("%s: ", script_text(script, header->source));
	if (header->mode == SCRIPT_NO_GUEST)
		printf("there is no guest\n");
	else
		printf("a %s guest starts at %#" PRIx64 "\n", mode_names[header->mode],
		       header->entry);
	for (u32 i = 0; i < COUNT(capability_names); i++) {
		if (header->needs[i / 64] & BIT(i % 64))
			printf("  needs %s\n", capability_names[i]);
		if (header->needs_no[i / 64] & BIT(i % 64))
			printf("  needs_no %s\n", capability_names[i]);
	}
	show_rules(script);
	if (header->views > 1)
		printf("  %u views\n", header->views);
	for (u32 i = 0; i < header->region_count; i++)
		show_region(script, &script->regions[i]);
	for (u32 i = 0; i < header->step_count; i++)
		show_step(script, &script->steps[i]);
}

/* Prints the file's path, and the scenario's name as far as it can be read. */
static void show_refusal(const char *path, const struct module_file *found, const char *reason)
{
	char name[SCRIPT_NAME_SIZE];

	script_name(found, name);
	fprintf(stderr, "%s: error: %s: %s\n", path, name, reason);
}

static bool show_module(const char *path, const u8 *module, u64 size, bool quiet)
{
	struct module_file found;
	struct script script;
	char reason[256];
	u64 offset = 0;
	bool good = true;

	while (module_next(module, size, 1, &offset, &found)) {
		if (script_check(found.start, found.available, &script, reason, sizeof(reason))) {
			show_refusal(path, &found, reason);
			good = false;
		} else if (!quiet) {
			show_script(&script);
		}
	}
	return good;
}

__attribute__((noreturn)) static void cannot_read(const char *path)
{
	perror(path);
	exit(2);
}

/* The whole file; its size in *size.  Ends the program, saying why, if it cannot be read. */
static u8 *read_file(const char *path, u64 *size)
{
	FILE *file = fopen(path, "rb");
	long length;
	u8 *bytes;

	if (!file || fseek(file, 0, SEEK_END))
		cannot_read(path);
	length = ftell(file);
	if (length < 0 || fseek(file, 0, SEEK_SET))
		cannot_read(path);
	*size = (u64)length;
	bytes = malloc(*size + 1);
	if (fread(bytes, 1, *size, file) != *size)
		cannot_read(path);
	fclose(file);
	return bytes;
}

int main(int count, char **arguments)
{
	bool quiet = count > 1 && strcmp(arguments[1], "-q") == 0;
	bool good = true;

	if (count < 2 + quiet) {
		fprintf(stderr, "usage: script_dump [-q] FILE.bin ...\n");
		return 2;
	}
	for (int i = 1 + quiet; i < count; i++) {
		u64 size;
		u8 *module = read_file(arguments[i], &size);

		good &= show_module(arguments[i], module, size, quiet);
		free(module);
	}
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
