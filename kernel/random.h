/* random.h -- numbers that look random, and are the same on every machine for the same seed
 *
 * Sebastiano Vigna's SplitMix64.  Every state of it begins a good sequence, so each purpose can
 * have a sequence of its own, whose first state is mixed from the seed and the number of the
 * purpose.
 */
#ifndef RANDOM_H
#define RANDOM_H

#include "kernel/types.h"

#define GOLDEN_RATIO 0x9e3779b97f4a7c15ul

struct random {
	u64 state;
};

/* 64 bits, each of them 0 or 1 equally often. */
static inline u64 random_bits(struct random *random)
{
	u64 value = random->state += GOLDEN_RATIO;

	value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9ul;
	value = (value ^ value >> 27) * 0x94d049bb133111ebul;
	return value ^ value >> 31;
}

/* The beginning of the sequence that has this number among those of the seed. */
static inline struct random random_start(u64 seed, u64 number)
{
	struct random random = { seed };

	random.state = random_bits(&random) ^ number;
	random.state = random_bits(&random);
	return random;
}

/* 0 to below - 1, all about equally often. */
static inline u32 random_below(struct random *random, u32 below)
{
	return (u32)((random_bits(random) >> 32) * below >> 32);
}

#endif
