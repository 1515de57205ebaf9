/* rule_pairs.h -- two rules of different stages violated at once: the earlier stage decides */
#ifndef RULE_PAIRS_H
#define RULE_PAIRS_H

#include "tests/suites/entry/judge.h"

/* Tries one of `share` of the pairs that the base has examples of and that no base before it had;
 * all of them if that is 1. */
void entry_try_pairs_of_rules(struct entry_trial *trial, unsigned share);

#endif
