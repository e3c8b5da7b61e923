#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/result.h"

// result.json, version 1: what other programs read (DESIGN section 3).  One line for each number,
// so that two results can be compared with diff.
//
//   {"warmpool": 1, "verdict": "ok", "exit_code": 0, "interrupted": false, "seed": "42",
//    "scenario": {"title", "question", "path", "defaults", "horizon_s", "warm_up_s", "definition"},
//    "alternatives": [{"name", "replications", "precision_reached", "events", "fault",
//                      "metrics": [{"metric", "labels", "unit", "better", "mean", "low", "high",
//                                   "n", "undefined", "sd", "min", "max"}]}],
//    "comparisons": [{"alternative", "baseline", then as a metric, "variance_reduction"}],
//    "expectations": [{"metric", "alternative", "labels", "at_least", "at_most", "verdict",
//                      "mean", "low", "high", "n"}]}
//
// "definition" is the scenario after --set.  What is undefined is null, never 0.  Nothing here
// depends on the clock, the machine or the number of threads: the same seed gives the same bytes.

bool report_json(FILE *out, const struct experiment_result *result, int exit_code); // false: ferror
