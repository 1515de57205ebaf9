/* steps.h -- a scenario while it is played, and what its steps do between two VM exits
 *
 * Each step function plays one step of its kind, whose operands script_check() found good.  It ends
 * the dialogue after skip(), or error() with the author's line, said why it cannot go on.
 */
#ifndef STEPS_H
#define STEPS_H

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

/* --- player_state.c: observables, VMCS fields, bytes of memory ----------------------------- */

void player_check_observable(struct player *player, const struct script_step *step);
void player_check_vmcs(struct player *player, const struct script_step *step);
void player_change_vmcs(struct player *player, const struct script_step *step);
void player_holds(struct player *player, const struct script_step *step);
void player_write_host_address(struct player *player, const struct script_step *step);

/* --- player_ept.c: entries, views and cached translations ---------------------------------- */

void player_remap(struct player *player, const struct script_step *step);
void player_edit_entry(struct player *player, const struct script_step *step);
void player_check_flags(struct player *player, const struct script_step *step);
void player_clear_flags(struct player *player, const struct script_step *step);
void player_check_view(struct player *player, const struct script_step *step);
void player_write_eptp(struct player *player, const struct script_step *step);

/* (SDM vol. 3, "Operations that Invalidate Cached Mappings") */
void player_invalidate_ept(struct player *player, const struct script_step *step);
void player_invalidate_vpid(struct player *player, const struct script_step *step);

#endif
