/* information.h -- the VM-exit information fields: VMfail changes none but the error, and an entry
 * that fails later none but exit reason and qualification
 * (SDM vol. 3, "VM Entries", "VM-Entry Failures During or After Loading Guest State")
 */
#ifndef INFORMATION_H
#define INFORMATION_H

#include "tests/suites/entry/observed.h"

/* Lists the fields that this processor has, of the current VMCS. */
void entry_information_start(struct entry_information *information);

/* From now on nothing is known of what the fields have: the next case is judged as if it were the
 * first one. */
static inline void entry_information_forget(struct entry_information *information)
{
	information->known = false;
}

/* Before an entry after which all are compared: gives them values that are no usual ones, or reads
 * them where the processor cannot write them.  Nothing if they stand as they were then. */
void entry_information_prepare(struct entry_information *information);

/* After VMfail and after an exit of the entry itself: what has to stand does.  Unless `all` are to
 * be compared, nothing is read but what each exit tells. */
void entry_information_after_vmfail(struct entry_information *information, bool all,
				    struct entry_observed *observed);
void entry_information_after_failure(struct entry_information *information,
				     const struct exit *exit, bool all,
				     struct entry_observed *observed);

/* The guest ran, and the exit that ended it wrote all of them. */
void entry_information_after_success(struct entry_information *information,
				     const struct exit *exit);

#endif
