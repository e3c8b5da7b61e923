#pragma once

#include <stdio.h>

#include "bench/experiment/result.h"

// How the rollouts ended, in words, when one of them was not completed in every replication; a
// stalled one says which machines it waits for (R6).
//
//   Rollout 1 of MyApp was stalled for want of a free GPU-A100 with rolling; completed with A and
//   B.

void rollout_words_say(FILE *out, const struct experiment_result *result);
