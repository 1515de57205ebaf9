/* walk.h -- an access while it is predicted: what it reads, what it marks, how it ends */
#ifndef WALK_H
#define WALK_H

#include "tests/model/bits.h"
#include "tests/model/model.h"

/* The part of an access that lies in one page. */
struct walk {
	const struct model *model;
	const struct model_access *access;
	struct model_prediction *prediction;
	unsigned choices;
	gla_t    linear;
	unsigned size;
	bool     crosses;                       /* the access has a part in another page, too */
	bool     ept_flags;                     /* EPT has accessed and dirty flags */
	unsigned ept_levels;
	u64      beyond_width;                  /* address bits that the processor lacks */
};

struct walk walk_start(const struct model *model, const struct model_access *access,
		       unsigned choices, struct model_prediction *prediction);

/* Sets the event that the access ends with.  The `undefined` bits of its code may be anything. */
void walk_end(struct walk *walk, struct model_outcome outcome, u64 undefined);

/* Marks an entry, of the guest or of EPT, as accessed or dirty: only in the prediction. */
void walk_mark(struct walk *walk, hpa_t entry, u64 bits);

/* The marks that walk_mark() gave the entry. */
u64 walk_marks(const struct walk *walk, hpa_t entry);

/* Beyond the memory this reads 0, and sets the event MODEL_BEYOND_MEMORY. */
static inline u64 walk_read(struct walk *walk, hpa_t at)
{
	const struct model_memory *memory = &walk->model->memory;
	u64 value = 0;

	if (at.raw + sizeof(value) > memory->size)
		walk->prediction->outcome.event = MODEL_BEYOND_MEMORY;
	else
		__builtin_memcpy(&value, (const void *)(memory->start + at.raw), sizeof(value));
	return value;
}

static inline u32 walk_read_32(struct walk *walk, hpa_t at)
{
	u64 pair = walk_read(walk, hpa(at.raw & ~7ul));

	return (u32)(at.raw & 4 ? pair >> 32 : pair);
}

#endif
