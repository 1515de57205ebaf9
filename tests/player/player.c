/* player.c -- how a step that is played reports what went wrong */
#include "tests/player/player.h"

#include "kernel/print.h"
#include "tests/report/test.h"

void player_wrong(struct player *player, const char *format, ...)
{
	const struct script *script = player->script;
	char text[256];
	va_list arguments;

	va_start(arguments, format);
	print_list_into(text, sizeof(text), format, arguments);
	va_end(arguments);
	fail_at(script_text(script, script->header->source), player->step->line, "%s", text);
	player->mismatched = true;
}

void player_at_fault(struct player *player, const char *format, ...)
{
	const struct script *script = player->script;
	char text[160];
	va_list arguments;

	va_start(arguments, format);
	print_list_into(text, sizeof(text), format, arguments);
	va_end(arguments);
	error("%s:%u: %s", script_text(script, script->header->source), player->step->line, text);
	player->over = true;
}
