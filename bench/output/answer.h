#pragma once

#include <stdio.h>

#include "bench/experiment/result.h"

// The answer in words, before any table: how long each app was down, what it cost and whom, which
// rollouts did not get through and why, the numbers that the scenario has expectations of, and how
// the alternatives differ from the first one.
//
//   MyApp was down 41.2 s (95 % interval 40.1 s to 42.3 s) with recreate and never with rolling.
//
// What the author of a scenario expects something of is what the question is about.

void answer_print(FILE *out, const struct experiment_result *result);
