/* player.h -- a scenario while it is played: its VM, the step that is played, what went wrong */
#ifndef PLAYER_H
#define PLAYER_H

#include "tests/player/guest_memory.h"
#include "tests/player/guest_views.h"
#include "tests/script/script.h"

struct player;

/* What looks at the state before an entry; the step says how that has to end. */
typedef void script_witness_t(const struct player *player, const struct script_step *expect);

struct player {
	const struct script *script;
	struct vm vm;
	u64 exits;                              /* so far */
	struct guest_memory memory;
	struct guest_views views;
	const struct script_step *step;         /* being played */
	const struct script_step *loop;         /* the REPEAT that the step is in */
	u64 turns_left;                         /* of the steps between REPEAT and END_REPEAT */
	struct {                                /* of a scenario without a guest (root.h) */
		u64 lines;                      /* instructions so far; the rest is of the last */
		u64 ending;                     /* outcome_t, error code of a fault << 32 */
		u64 result;                     /* what it read, or wrote to CR0 or CR4 */
		hpa_t pointer;                  /* its operand, or what VMPTRST stored */
	} root;
	bool confined;                          /* known of the VMCS as it is (confinement.h) */
	bool mismatched;                        /* something was not as a step expects it */
	bool interrupts;                        /* the scenario has sent some */
	bool init;                              /* it has sent INIT */
	bool over;                              /* the scenario ended, or cannot go on */
	script_witness_t *witness;              /* null if it is played as its author meant it */
	void *context;                          /* for the witness */
};

/* Fails the test at the line of the step: something is not as the author expected. */
__attribute__((format(printf, 2, 3)))
void player_wrong(struct player *player, const char *format, ...);

/* Ends the test with an error at the line of the step: the scenario cannot go on. */
__attribute__((format(printf, 2, 3)))
void player_at_fault(struct player *player, const char *format, ...);

#endif
