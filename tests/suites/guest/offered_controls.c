/* offered_controls.c -- controls that a test sets if this processor offers them */
#include "tests/suites/guest/offered_controls.h"
#include "tests/report/test.h"
#include "tests/suites/guest/guest_code.h"

bool controls_set(enum control_word word, u32 controls)
{
	static const enum vmcs_field fields[CONTROL_WORDS] = {
		[PIN_BASED] = PIN_BASED_CONTROLS,
		[PRIMARY] = PRIMARY_CONTROLS,
		[SECONDARY] = SECONDARY_CONTROLS,
		[VM_EXIT] = EXIT_CONTROLS,
		[VM_ENTRY] = ENTRY_CONTROLS,
	};
	u32 missing = controls & ~control_limits(word).may_be_one;

	if (missing) {
		skip("needs \"%s\", which this processor does not offer",
		     control_name(word, (unsigned)__builtin_ctz(missing)));
		return false;
	}
	if (controls)
		set_bits(fields[word], controls);
	return true;
}
