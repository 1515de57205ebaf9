/* root_log.c -- an instruction of a scenario without a guest, and how it ended, in the report */
#include "tests/player/root_log.h"

#include "kernel/print.h"
#include "tests/player/address_text.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

static const char *instruction_name(u32 number)
{
	switch (number) {
#define ROOT_INSTRUCTION(number, name, shape, value) case number: return #name;
#include "tests/language/root_instructions.def"
#undef ROOT_INSTRUCTION
	}
	return "";
}

size_t root_pointer_text(char *text, size_t size, const struct player *player, hpa_t pointer)
{
	gpa_t found;

	if (pointer.raw == ROOT_NO_VMCS)
		return print_into(text, size, "no current VMCS");
	if (!guest_memory_find(&player->memory, pointer, 1, &found))
		return print_into(text, size, "%#lx", pointer.raw);
	return address_text(text, size, player->script, found.raw);
}

static size_t page_text(char *text, size_t size, const struct player *player,
			const struct script_step *step)
{
	size_t length = print_into(text, size, " ");

	length += address_text(text + length, size - length, player->script, step->value);
	if (step->second & SCRIPT_BEYOND_WIDTH)
		length += print_into(text + length, size - length, " | 1 << %u",
				     vmx_capabilities.physical_width);
	if (step->second & ~(u64)SCRIPT_BEYOND_WIDTH)
		length += print_into(text + length, size - length, " | %#lx",
				     step->second & ~(u64)SCRIPT_BEYOND_WIDTH);
	return length;
}

static size_t field_text(char *text, size_t size, u64 encoding)
{
	const char *name = encoding <= BITS(31, 0) ? vmcs_field_name((u32)encoding) : NULL;

	if (name)
		return print_into(text, size, " %s", name);
	return print_into(text, size, " %#lx", encoding);
}

static void operand_text(char *text, size_t size, const struct player *player,
			 const struct script_step *step)
{
	size_t length;

	text[0] = 0;
	switch (step->what & 0xff) {
	case ROOT_vmxon:
	case ROOT_vmclear:
	case ROOT_vmptrld:
		page_text(text, size, player, step);
		break;
	case ROOT_revision:
		length = print_into(text, size, " ");
		length += address_text(text + length, size - length, player->script, step->value);
		if (step->second)
			print_into(text + length, size - length, " ^ %#lx", step->second);
		break;
	case ROOT_vmwrite:
		length = field_text(text, size, step->value);
		print_into(text + length, size - length, ", %#lx", step->second);
		break;
	case ROOT_vmread:
		field_text(text, size, step->value);
		break;
	case ROOT_rdmsr:
		print_into(text, size, " %#lx", step->value);
		break;
	case ROOT_invept:
	case ROOT_invvpid:
		print_into(text, size, " %u, %#lx, %#lx", step->what >> 8, step->value,
			   step->second);
		break;
	}
}

size_t root_ending_text(char *text, size_t size, u64 ending)
{
	outcome_t outcome = (outcome_t)ending;
	size_t length = outcome == SUCCEEDED ? print_into(text, size, "VMsucceed")
					     : outcome_text(text, size, outcome);

	if (outcome >= FAULTED(0))
		length += print_into(text + length, size - length, "(%#lx)", ending >> 32);
	return length;
}

/* Where the instruction succeeded: what it read, stored or wrote; "" if that says nothing new. */
static void result_text(char *text, size_t size, const struct player *player, u32 number)
{
	switch (number) {
	case ROOT_vmptrst:
		root_pointer_text(text, size, player, player->root.pointer);
		break;
	case ROOT_vmread:
	case ROOT_rdmsr:
	case ROOT_cr0:
	case ROOT_cr4:
		print_into(text, size, "%#lx", player->root.result);
		break;
	}
}

/* VMsucceed is said of VMX instructions alone. */
void root_log(const struct player *player, const struct script_step *step)
{
	u32 number = step->what & 0xff;
	bool succeeded = player->root.ending == SUCCEEDED;
	char operand[96], ending[112] = "", result[96] = "";

	operand_text(operand, sizeof(operand), player, step);
	if (!succeeded || number <= ROOT_invvpid)
		root_ending_text(ending, sizeof(ending), player->root.ending);
	if (succeeded)
		result_text(result, sizeof(result), player, number);
	note("root %lu %s%s%s%s%s%s", player->root.lines, instruction_name(number), operand,
	     ending[0] || result[0] ? " -> " : "", ending, ending[0] && result[0] ? ", " : "",
	     result);
}
