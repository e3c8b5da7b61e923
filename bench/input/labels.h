#pragma once

#include "bench/input/scenario_parts.h"
#include "models/metrics.h"

// What a number of the report may be about: which values a label can have in this scenario.  So an
// expectation that no number can ever match is found before the run.

// Reports a label of an expectation that is none of the metric's, or a value that it cannot have in
// any of the alternatives.
void labels_check(const struct parts *base, const struct scenario *scenario, const cJSON *node,
                  const char *metric, enum label label, const char *text);
