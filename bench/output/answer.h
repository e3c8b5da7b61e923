#pragma once

#include <stdio.h>

#include "bench/experiment/result.h"

// The answer in words, before any table: how long each app was down, what it cost and whom, and how
// the alternatives differ from the first one.
//
//   MyApp was down 41.2 s (95 % interval 40.1 s to 42.3 s) with recreate and never with rolling.
//
// Of more than four alternatives only the best and the worst are named.

void answer_print(FILE *out, const struct experiment_result *result);
