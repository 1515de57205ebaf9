/* walk.c -- an access while it is predicted: how it starts, what it marks, how it ends */
#include "tests/model/walk.h"

static void start_prediction(struct model_prediction *prediction, u16 pml_index)
{
	prediction->outcome = (struct model_outcome){ .event = MODEL_COMPLETES };
	prediction->undefined = 0;
	prediction->choices_open = 0;
	prediction->page_count = 0;
	prediction->update_count = 0;
	prediction->log_count = 0;
	prediction->pml_index = pml_index;
}

struct walk walk_start(const struct model *model, const struct model_access *access,
		       unsigned choices, struct model_prediction *prediction)
{
	start_prediction(prediction, model->controls.pml_index);
	return (struct walk){
		.model        = model,
		.access       = access,
		.prediction   = prediction,
		.choices      = choices,
		.ept_flags    = model->controls.eptp & EPTP_ACCESSED_DIRTY,
		.ept_levels   = ((model->controls.eptp & EPTP_WALK_LENGTH) >> 3) + 1,
		.beyond_width = BITS(51, 0) & ~0ul << model->processor.physical_width,
	};
}

void walk_end(struct walk *walk, struct model_outcome outcome, u64 undefined)
{
	if (walk->prediction->outcome.event == MODEL_BEYOND_MEMORY)
		return;
	walk->prediction->outcome = outcome;
	walk->prediction->undefined = undefined;
}

static struct model_update *update_of(const struct walk *walk, hpa_t entry)
{
	struct model_prediction *prediction = walk->prediction;

	for (unsigned i = 0; i < prediction->update_count; i++)
		if (prediction->updates[i].entry.raw == entry.raw)
			return &prediction->updates[i];
	return NULL;
}

void walk_mark(struct walk *walk, hpa_t entry, u64 bits)
{
	struct model_update *update = update_of(walk, entry);

	if (update != NULL)
		update->bits |= bits;
	else
		walk->prediction->updates[walk->prediction->update_count++] =
			(struct model_update){ entry, bits };
}

u64 walk_marks(const struct walk *walk, hpa_t entry)
{
	const struct model_update *update = update_of(walk, entry);

	return update != NULL ? update->bits : 0;
}
