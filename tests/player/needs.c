/* needs.c -- whether this processor is one that a scenario is for */
#include "tests/player/needs.h"
#include "kernel/print.h"
#include "vmx/capabilities.h"

static void tell_lacking(const struct capability_row *row, char *reason)
{
	print_into(reason, NEEDS_REASON_SIZE, "needs %s: %s (%s) is 0; try %s", row->name,
		   row->source, row->text, row->remedy);
}

static void tell_unwanted(const struct capability_row *row, char *reason)
{
	print_into(reason, NEEDS_REASON_SIZE, "needs no %s: %s (%s) is 1; try a processor without",
		   row->name, row->source, row->text);
}

bool script_needs_are_met(const struct script *script, char reason[NEEDS_REASON_SIZE])
{
	const struct script_header *header = script->header;

	for (unsigned i = 0; i < CAPABILITIES; i++) {
		bool offered = capability_offered(i);
		u64 bit = BIT(i % 64);

		if (header->needs[i / 64] & bit && !offered)
			return tell_lacking(capability_row(i), reason), false;
		if (header->needs_no[i / 64] & bit && offered)
			return tell_unwanted(capability_row(i), reason), false;
	}
	return true;
}
