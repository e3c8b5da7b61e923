#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/plan.h"

// What a plan found, as text: the setting in a sentence and as options that can be pasted, its
// promises, why its neighbours are not better, the floor, how the search went; without a feasible
// setting the one that came closest, and which promise it misses by how much.

bool report_plan_text(FILE *out, const struct plan_result *result, bool colour);

// "min_concurrency 2, keep_alive 5m".
const char *report_plan_setting(const struct plan_result *result, const struct plan_point *point,
                                char *buffer, size_t size);
// "wait, p99, s <= 2", in the units of reports; the subject is added where a column says it.
const char *report_plan_promise(const struct search_limit *limit, const struct column *column,
                                char *buffer, size_t size);
// "keeps all", "misses wait, p99, s <= 2 by 0.4", "cannot tell", "refused by the scenario".
const char *report_plan_standing(const struct plan_result *result, const struct plan_point *point,
                                 char *buffer, size_t size);
