/* between.h -- a claim about a number's range; included after <cmocka.h>
 *
 * cmocka 2 calls the assert_in_range() of cmocka 1 outdated, and cmocka 1 has not what replaces it.
 */
#ifndef BETWEEN_H
#define BETWEEN_H

#include "kernel/types.h"

static inline void assert_between(u64 value, u64 least, u64 most)
{
	if (value < least || value > most)
		fail_msg("%lu is not between %lu and %lu", value, least, most);
}

#endif
