#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/result.h"

// What the same run would cost whom under each auth mode (C4): the modes side by side, a row for
// each payer.

void modes_print(FILE *out, const struct experiment_result *result, bool colour);
