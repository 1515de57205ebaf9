/* model.h -- what an Intel processor does with a guest's access under EPT, according to the SDM
 * (vol. 3, "Paging" and "VMX Support for Address Translation"); docs/model.md says what of it */
#ifndef MODEL_H
#define MODEL_H

#include "tests/model/machine.h"
#include "tests/model/prediction.h"

/* Predicts the access on a processor that has cached nothing and makes these choices (0, or several
 * of enum model_choice). */
void model_predict(const struct model *model, const struct model_access *access, unsigned choices,
		   struct model_prediction *prediction);

/* True if the SDM allows what was observed.  `prediction` is then the one that matches, else the
 * one without any choices. */
bool model_allows(const struct model *model, const struct model_access *access,
		  const struct model_outcome *observed, struct model_prediction *prediction);

/* True if an entry, of the guest or of EPT, may have changed like this.  If the access does not
 * complete, the processor may have marked the entries used so far, or not. */
bool model_allows_entry(const struct model_prediction *prediction, hpa_t entry,
			u64 before, u64 after);

/* "EPT violation 0x18a gpa 0x2008 gla 0x2008: write, r-- allowed"; returns the length.  At most
 * size bytes with the closing zero; 120 are enough. */
size_t model_prediction_text(char *text, size_t size, const struct model_prediction *prediction);
size_t model_outcome_text(char *text, size_t size, const struct model_outcome *outcome);

#endif
