#pragma once

#include <stdio.h>

#include "bench/experiment/result.h"

// Who can still be the best, as a table; and how the selection ended, in words.  Each prints
// nothing when there is nothing to say.

void compare_best_print(FILE *out, const struct experiment_result *result);
void compare_selection_print(FILE *out, const struct experiment_result *result);

// "the best", "can be the best", "not the best": of an alternative in the contest.
const char *compare_best_words(const struct experiment_result *result, size_t alternative);
