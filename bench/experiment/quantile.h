#pragma once

#include <stddef.h>
#include <stdint.h>

// Quantiles over replications, from one number a replication (method A7): the p-quantile of, say,
// the unserved time of a rollout.  The numbers are independent, so how many of them lie below the
// quantile is binomial, and two of the sorted numbers are an interval for it whatever their
// distribution.  Where n is too small there is no finite limit: no number that was seen is surely
// large enough.

struct quantile_ranks { // counting from 1 in rising order
    uint32_t low;       // 0: no finite lower limit
    uint32_t high;      // 0: no finite upper limit
};

// Conservative, with equal tails: the chance to miss on either side is at most (1 - level) / 2.
struct quantile_ranks quantile_ranks(uint32_t n, double p, double level);

// The chance that the interval between the two ranks holds the quantile; a missing limit is
// infinite.
double quantile_coverage(struct quantile_ranks ranks, uint32_t n, double p);

// Rank of the estimate: the smallest number with at least share p of all at or below it.
uint32_t quantile_rank(uint32_t n, double p);

// How many numbers it takes until the largest is, at this confidence, no smaller than the
// p-quantile (Wilks): ceil(ln(1 - confidence) / ln p).
double quantile_sample_size(double p, double confidence);

// How many it takes until both ends of the interval are finite.
double quantile_replications(double p, double level);

// Sorts, NaN not allowed.
void quantile_sort(double *values, size_t count);
