#pragma once

#include <stdio.h>

#include "bench/experiment/result.h"

// What a reader must know before believing the tables: expectations that were missed or cannot be
// judged yet, replications that failed, numbers that were sometimes undefined, intervals that are
// too narrow.

void notes_print_expectations(FILE *out, const struct experiment_result *result);
void notes_print(FILE *out, const struct experiment_result *result); // nothing when there are none
