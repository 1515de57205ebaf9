/* prediction.h -- how an access ends, and what it changes in memory */
#ifndef PREDICTION_H
#define PREDICTION_H

#include "kernel/types.h"

enum model_event {
	MODEL_COMPLETES,
	MODEL_EPT_VIOLATION,                    /* VM exit, basic exit reason 48 */
	MODEL_EPT_MISCONFIGURATION,             /* 49 */
	MODEL_PML_FULL,                         /* 62 */
	MODEL_SPP_EVENT,                        /* 66 */
	MODEL_VE,                               /* #VE, instead of an EPT violation */
	MODEL_PAGE_FAULT,
	MODEL_NOT_CANONICAL,                    /* #GP(0), or #SS(0) through the stack segment */
	MODEL_BEYOND_MEMORY,                    /* no prediction: a walk reads beyond the memory */
};

/* What can be observed of the event.  What an event does not have is 0. */
struct model_outcome {
	enum model_event event;
	u64   code;                             /* exit qualification, or error code of #PF */
	gpa_t physical;                         /* guest-physical address */
	gla_t linear;                           /* guest-linear address, or CR2 */
};

/* What the SDM leaves to the processor.  A prediction is made for one set of choices, and tells by
 * which other choices it could have been another one (docs/model.md). */
enum model_choice {
	MODEL_LAST_PAGE_FIRST     = BIT(0),     /* if the access reaches into a second page */
	MODEL_ACCESSED_AFTER_WALK = BIT(1),     /* guest accessed flags are set after the walk */
	MODEL_FLAGS_AFTER_ACCESS  = BIT(2),     /* guest flags are set after the page's access */
	MODEL_SUB_PAGES_IGNORED   = BIT(3),     /* if a write reaches into a second page */
	MODEL_CHOICES             = BITS(3, 0),
};

/* One of the (at most two) pages of an access that completes. */
struct model_page {
	hpa_t address;                          /* of the first byte */
	u8    memory_type;                      /* EPT memory type */
	bool  ignore_pat;
};

/* An entry, of the guest or of EPT, in which the access sets accessed or dirty flags. */
struct model_update {
	hpa_t entry;
	u64   bits;
};

struct model_log_entry {
	hpa_t at;
	gpa_t page;
};

/* An access has up to two pages.  For each of them, EPT translates the addresses of up to five
 * guest entries and of the page itself, by up to five EPT entries each.  The guest entries may be
 * updated as well. */
enum {
	MODEL_TRANSLATIONS = 2 * (5 + 1),
	MODEL_UPDATES      = MODEL_TRANSLATIONS * 5 + 2 * 5,
};

struct model_prediction {
	struct model_outcome outcome;
	u64      undefined;                     /* bits of `code` that may be anything */
	unsigned choices_open;                  /* those that could change it */
	unsigned page_count;                    /* how many elements of the arrays are valid */
	unsigned update_count;
	unsigned log_count;
	u16      pml_index;                     /* afterwards */
	struct model_page pages[2];
	struct model_update updates[MODEL_UPDATES];
	struct model_log_entry log[MODEL_TRANSLATIONS];
};

#endif
