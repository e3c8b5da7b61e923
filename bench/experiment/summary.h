#pragma once

#include <stddef.h>
#include <stdint.h>

#include "bench/experiment/result.h"
#include "sim/tally.h"

// Inference over replications (method A1): the numbers of one column, one from each replication,
// are independent and equally distributed, so their mean has a Student-t interval.  Never used
// inside a replication.
//
// A number that was undefined in a replication (NaN) is left out and counted.  One number has no
// interval; equal numbers have one of width exactly 0.  The interval is too narrow for skewed
// numbers when there are few of them: the report warns from skewness and n.

#define SUMMARY_LEVEL 0.95 // of intervals, unless the scenario says otherwise

struct sample { // every stride-th number of an array
    const double *first;
    size_t stride;
    uint32_t count;
};

struct summary summary_of(struct sample sample, double level);

double summary_t(double level, uint64_t count); // t quantile of the two-sided interval; count >= 2
// Half the width of the interval; NaN when fewer than two numbers were seen.
double summary_half_width(const struct tally *tally, double level);
