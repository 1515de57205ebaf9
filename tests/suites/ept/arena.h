/* arena.h -- one guest that makes one access after another to one address, while the EPT
 * entries on its way are changed in between: the ground on which model and processor meet
 */
#ifndef ARENA_H
#define ARENA_H

#include "ept/entry.h"
#include "tests/model/model.h"
#include "vmx/vm.h"

/* What the guest does to the address. */
enum arena_access { ARENA_READ, ARENA_WRITE, ARENA_READ_MODIFY_WRITE, ARENA_FETCH, ARENA_ACCESSES };

/* The pages of the guest's own tables that its walk to the address reads, from the top. */
enum arena_table {
	ARENA_GUEST_PML4, ARENA_GUEST_PDPT, ARENA_GUEST_PD, ARENA_GUEST_PT, ARENA_TABLES,
};

/* Every entry that the access reads and may mark: those of EPT from the page table upwards, then
 * the guest's from its PML4 table downwards. */
#define ARENA_ENTRIES (EPT_PML4 + ARENA_TABLES)

static inline unsigned arena_ept_entry(enum ept_level level)
{
	return level - EPT_PT;
}

static inline unsigned arena_guest_entry(enum arena_table table)
{
	return EPT_PML4 + table;
}

struct arena {
	struct vm vm;
	struct model model;
	gla_t linear;                           /* the address */
	unsigned tables;                        /* how many of the guest's tables are on the way */
	u64 *entry[ARENA_ENTRIES];              /* where they stand; the last may be missing */
	u64 *table_leaf[ARENA_TABLES];          /* the EPT leaf of each guest table's page */
	u64 branch[EPT_PML4 + 1];               /* by level: an entry that leads to a table */
	u64 leaf[EPT_PDPT + 1];                 /* by level: an rwx leaf that reaches the page */
	u64 eptp[2];                            /* without and with accessed and dirty flags */
	bool flags_offered;
};

/* How long the guest's own walk is: the model's share of a case grows with it. */
enum arena_walk { ARENA_SHORTEST_WALK, ARENA_WHOLE_WALK };

/* Takes pages and starts the VM; false after skip() if this processor cannot have it. */
bool arena_start(struct arena *arena, enum arena_walk walk);
void arena_end(struct arena *arena);

/* The whole path as it is when nothing is wrong, with the leaf at that level. */
void arena_reset(struct arena *arena, enum ept_level leaf);

/* Accessed and dirty flags for EPT from now on, or not; and whether there are two such settings. */
void arena_use_flags(struct arena *arena, bool on);
unsigned arena_flag_settings(const struct arena *arena);

/* Lets the guest make the access; what came of it, in the model's terms.  False if it was an exit
 * that the model does not know; vm.exit tells which. */
bool arena_access(struct arena *arena, enum arena_access access, struct model_outcome *outcome);

/* An exit in the model's terms; false if it is one that the model does not speak of. */
bool arena_outcome(const struct exit *exit, struct model_outcome *outcome);

/* The same access for the model, and the fetch of the instruction that makes it. */
struct model_access arena_model_access(const struct arena *arena, enum arena_access access);
struct model_access arena_code_fetch(enum arena_access access);

/* The same as a case (ept_case.h), with the leaf at that level. */
struct ept_case;
void arena_case(const struct arena *arena, enum ept_level leaf, enum arena_access access,
		struct ept_case *that);

static inline enum model_access_kind arena_model_kind(enum arena_access access)
{
	static const enum model_access_kind kinds[] = {
		MODEL_READ, MODEL_WRITE, MODEL_READ_MODIFY_WRITE, MODEL_FETCH,
	};

	return kinds[access];
}

static inline const char *arena_access_name(enum arena_access access)
{
	static const char *const names[] = { "read", "write", "read-modify-write", "fetch" };

	return names[access];
}

#endif
