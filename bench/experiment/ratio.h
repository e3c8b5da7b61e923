#pragma once

#include <stdint.h>

#include "bench/experiment/summary.h"

// Ratios of sums over replications (method A7, A8): requests that succeeded over requests, cost
// over requests, busy over billed time.  The ratio of the sums is what a user means: a replication
// with few requests must not weigh as much as one with many.  Its interval is the jackknife's: each
// replication is left out in turn, and the pseudo-values n R - (n - 1) R(-i) are treated as
// independent.  Their mean is the estimate, which takes away the ratio's bias of order 1 / n.
//
// A replication without a whole (NaN, or not above 0) is left out; n counts the others.

struct ratio {
    uint32_t n;
    double of_sums;   // NaN when n = 0
    double jackknife; // the estimate; of_sums when n = 1
    double se;        // standard error; NaN when n < 2; exactly 0 when all ratios are equal
};

// parts and wholes have equal counts.
struct ratio ratio_of(struct sample parts, struct sample wholes);
