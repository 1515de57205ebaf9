/* palette.h -- the values that a field gets in the cases of a base */
#ifndef PALETTE_H
#define PALETTE_H

#include "kernel/random.h"
#include "tests/suites/entry/base.h"

typedef void entry_value_t(void *context, enum entry_field field, u64 value);

/* Calls it for each value but the base's own: every bit inverted alone, but for those of an address
 * that would leave the test's own memory; and values that it takes more than a bit to come to. */
void entry_values(const struct entry_machine *machine, enum entry_field field,
		  entry_value_t *try, void *context);

/* One of these values, but of what the state has now; false if the field has none. */
bool entry_value_at_random(const struct entry_machine *machine, enum entry_field field,
			   struct random *random, u64 *value);

/* Whether the processor finds something at the address that the field is, so that only values of
 * the palette may be written to it. */
bool entry_field_is_address(const struct entry_machine *machine, enum entry_field field);

/* Whether a guest may be entered with any value of the field that the model calls legal.  Else the
 * cases that twist it are poisoned. */
bool entry_field_is_harmless(enum entry_field field);

/* Whether the kernel can go on with any value of the field that the model calls legal. */
bool entry_host_field_is_harmless(enum entry_field field);
/* Whether it can with this value: of such a field, of one that the state does not load, or a null
 * selector. */
bool entry_host_value_is_harmless(const struct entry_state *state, enum entry_field field,
				  u64 value);

#endif
