/* prediction.h -- what an access comes to */
#ifndef PREDICTION_H
#define PREDICTION_H

#include "kernel/types.h"

enum model_event {
	MODEL_COMPLETES,
	MODEL_EPT_VIOLATION,                    /* VM exit, basic exit reason 48 */
	MODEL_EPT_MISCONFIGURATION,             /* 49 */
	MODEL_PML_FULL,                         /* 62 */
	MODEL_SPP_EVENT,                        /* 66 */
	MODEL_VE,                               /* #VE, with what the exit would have told */
	MODEL_PAGE_FAULT,
	MODEL_NOT_CANONICAL,                    /* #GP(0), or #SS(0) through the stack segment */
	MODEL_BEYOND_MEMORY,                    /* no prediction: a walk leaves the memory */
};

/* What can be observed of the event.  Fields that an event does not have are 0. */
struct model_outcome {
	enum model_event event;
	u64   code;                             /* exit qualification, or error code of #PF */
	gpa_t physical;                         /* guest-physical address */
	gla_t linear;                           /* guest-linear address, or CR2 */
};

/* What the SDM leaves to the processor.  A prediction follows one choice, and names the others that
 * could have come to something else (docs/model.md). */
enum model_choice {
	MODEL_LAST_PAGE_FIRST     = BIT(0),     /* of an access that reaches into a second page */
	MODEL_ACCESSED_AFTER_WALK = BIT(1),     /* guest accessed flags: not each as it is used */
	MODEL_FLAGS_AFTER_ACCESS  = BIT(2),     /* guest dirty flag: not before the page itself */
	MODEL_SUB_PAGES_IGNORED   = BIT(3),     /* of a write that reaches into a second page */
	MODEL_CHOICES             = BITS(3, 0),
};

/* One of the (at most two) pages of an access that completes. */
struct model_page {
	hpa_t address;                          /* of the first byte */
	u8    memory_type;                      /* EPT memory type */
	bool  ignore_pat;
};

/* An entry, of the guest or of EPT, in which accessed or dirty flags are set that were not. */
struct model_update {
	hpa_t entry;
	u64   bits;
};

struct model_log_entry {
	hpa_t at;
	gpa_t page;
};

/* Two pages; for each up to five guest entries and the page itself, each translated by up to five
 * EPT entries; and the guest entries again. */
enum {
	MODEL_TRANSLATIONS = 2 * (5 + 1),
	MODEL_UPDATES      = MODEL_TRANSLATIONS * 5 + 2 * 5,
};

struct model_prediction {
	struct model_outcome outcome;
	u64      undefined;                     /* bits of `code` that may be anything */
	unsigned choices_open;
	unsigned page_count;                    /* of what follows, the first this many are valid */
	unsigned update_count;
	unsigned log_count;
	u16      pml_index;                     /* afterwards */
	struct model_page pages[2];
	struct model_update updates[MODEL_UPDATES];
	struct model_log_entry log[MODEL_TRANSLATIONS];
};

#endif
