/* judge.c -- whether the SDM allows what was observed */
#include "tests/model/bits.h"
#include "tests/model/model.h"

static bool has_linear(const struct model_outcome *outcome)
{
	switch (outcome->event) {
	case MODEL_EPT_VIOLATION:
	case MODEL_VE:
		return outcome->code & VIOLATION_LINEAR_VALID;
	case MODEL_PAGE_FAULT:
	case MODEL_SPP_EVENT:
		return true;
	default:
		return false;
	}
}

static bool has_physical(enum model_event event)
{
	return event == MODEL_EPT_VIOLATION || event == MODEL_VE
		|| event == MODEL_EPT_MISCONFIGURATION || event == MODEL_SPP_EVENT;
}

static bool agrees(const struct model_prediction *prediction, const struct model_outcome *observed)
{
	const struct model_outcome *predicted = &prediction->outcome;

	return predicted->event == observed->event
		&& ((predicted->code ^ observed->code) & ~prediction->undefined) == 0
		&& (!has_physical(predicted->event)
		    || predicted->physical.raw == observed->physical.raw)
		&& (!has_linear(predicted) || predicted->linear.raw == observed->linear.raw);
}

bool model_allows(const struct model *model, const struct model_access *access,
		  const struct model_outcome *observed, struct model_prediction *prediction)
{
	unsigned open = 0;

	for (unsigned choices = 0; choices <= MODEL_CHOICES; choices++) {
		if (choices & ~open)
			continue;
		model_predict(model, access, choices, prediction);
		if (agrees(prediction, observed))
			return true;
		open |= prediction->choices_open;
	}
	if (open)
		model_predict(model, access, 0, prediction);
	return false;
}

static u64 bits_of(const struct model_prediction *prediction, hpa_t entry)
{
	for (unsigned i = 0; i < prediction->update_count; i++)
		if (prediction->updates[i].entry.raw == entry.raw)
			return prediction->updates[i].bits;
	return 0;
}

bool model_allows_entry(const struct model_prediction *prediction, hpa_t entry,
			u64 before, u64 after)
{
	u64 bits = bits_of(prediction, entry);

	if (prediction->outcome.event == MODEL_COMPLETES)
		return after == (before | bits);
	return (after | bits) == (before | bits) && (after & before) == before;
}
