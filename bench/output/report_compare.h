#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/result.h"

// The report of `compare` on the terminal: what the alternatives change in words, each headline
// number with its difference to the control and a verdict, who can still be best, how the selection
// ended, and what it would take to tell what cannot be told.

bool report_compare(FILE *out, const struct experiment_result *result, bool colour);
