#pragma once

#include <stddef.h>

#include "bench/experiment/result.h"

// Three-way verdicts (method C2): an expectation {min, max} is MET when the whole interval of
// a column lies inside, MISSED when all of it lies outside, and UNDECIDED in between: more
// replications would tell.  With one replication, or equal numbers in all, the mean stands for the
// interval; where there is no finite limit, infinity does.
//
// With "stat" it is about a statistic over the replications and its interval: "p95" of one number a
// replication, or "any", the share of replications in which anything happened (interval.h).
//
// An expectation is judged for each alternative that it names (all of them by default) and each
// column that has its metric and its labels.  No such column, or one that was never defined, is
// NO_DATA: a promise about something that did not happen is not kept.

enum verdict expect_verdict(const struct expectation *expectation, const struct summary *summary);

// In the order of the file, then of alternatives, then of columns; free() releases them.
struct expectation_result *expect_all(const struct scenario *scenario,
                                      const struct alternative_result *alternatives, size_t count,
                                      size_t *expectation_count);
