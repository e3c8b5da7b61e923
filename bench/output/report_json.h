#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/result.h"

// result.json, version 1: what other programs read (DESIGN section 3).  One line for each number,
// so that two results can be compared with diff.
//
//   {"warmpool": 1, "verdict": "ok", "exit_code": 0, "interrupted": false, "seed": "42",
//    "scenario": {"title", "question", "path", "defaults", "horizon_s", "warm_up_s", "study",
//                 "definition"},
//    "warm_up": {"method", "pilots", "step_s", "batch", "verdict", "fault", "cut_s",
//                "series": [{"alternative", "app", "what", "cut_s"}]},
//    "alternatives": [{"name", "replications", "confidence", "precision_reached",
//                      "replications_needed", "events", "fault",
//                      "metrics": [{"metric", "labels", "unit", "better", "mean", "low", "high",
//                                   "n", "undefined", "sd", "min", "max", "method"}]}],
//    "comparisons": [{"alternative", "baseline", then as a metric, "paired", "simultaneous_low",
//                     "simultaneous_high", "correlation", "variance_reduction", "zone", "verdict",
//                     "replications_needed"}],
//    "mcb": {"metric", "labels", "unit", "better", "best",
//            "alternatives": [{"name", "mean", "low", "high", "n", "can_be_best"}]},
//    "selection": {"procedure", "metric", "labels", "best", "zone", "verdict", "selected",
//                  "confidence", "replications",
//                  "alternatives": [{"name", "replications", "eliminated"}]},
//    "expectations": [{"metric", "alternative", "labels", "at_least", "at_most", "verdict",
//                      "mean", "low", "high", "n"}]}
//
// "mean" is that of the replications' numbers; low and high belong to "estimate", which is there
// when it differs: a ratio of sums, a quantile of all observations, the median over replications.
// Further keys of a metric where they apply: "reason" (why low or high is null), "degenerate"
// (equal in all replications), "few_observations", "batches" and "run_s_for_5_percent" (one long
// run), and "imperfect": {"replications", "low", "high"}, in how many of them anything went wrong
// and the exact limits of that probability.  "warm_up" is there when the scenario says "auto".
//
// A verdict is better, worse, lower, higher, equal, same or cannot_tell; replications_needed is
// null when no number of them would tell.  "mcb" and "selection" are null where nobody asked for
// them. "definition" is the scenario after --set, or the list of those that `compare` was given.
// What is undefined is null, never 0.  Nothing here depends on the clock, the machine or the number
// of threads: the same seed gives the same bytes.

bool report_json(FILE *out, const struct experiment_result *result, int exit_code); // false: ferror
