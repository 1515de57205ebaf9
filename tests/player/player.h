/* player.h -- a scenario while it is played: its VM, the step that is played, what went wrong */
#ifndef PLAYER_H
#define PLAYER_H

#include "tests/player/guest_memory.h"
#include "tests/player/guest_views.h"
#include "tests/script/script.h"

struct player {
	const struct script *script;
	struct vm vm;
	u64 exits;
	struct guest_memory memory;
	struct guest_views views;
	const struct script_step *step;         /* being played */
	const struct script_step *loop;         /* the REPEAT that is open */
	u64 turns_left;
	bool mismatched;
	bool over;
};

/* Something is not as the author expected: fails at the line of the step. */
__attribute__((format(printf, 2, 3)))
void player_wrong(struct player *player, const char *format, ...);

/* The scenario itself cannot be played. */
__attribute__((format(printf, 2, 3)))
void player_at_fault(struct player *player, const char *format, ...);

#endif
