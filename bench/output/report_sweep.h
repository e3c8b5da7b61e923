#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/sweep.h"

// What a sweep found, as text: what is best, a row for each point with the numbers that were asked
// for and half of their 95 % intervals, then the table of the design (effects, tornado), notes.

bool report_sweep_text(FILE *out, const struct sweep_result *result, bool colour);

// What would run: the number of points and of replications, and the points.
void report_sweep_list(FILE *out, const struct scenario *scenario, const struct design *design);

// "wait, p99, s", with what it is about where that is not the same for all columns.
const char *report_sweep_label(const struct column *columns, size_t count, size_t index,
                               char *buffer, size_t size);
// "keep_alive 5m, min_concurrency 2".
const char *report_sweep_setting(const struct sweep_plan *plan,
                                 const struct axis_value *const *values, char *buffer, size_t size);
// "rate x pool" for the factors with a bit in the mask.
const char *report_sweep_factors(const struct sweep_plan *plan, size_t mask, char *buffer,
                                 size_t size);
