#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "bench/experiment/result.h"
#include "bench/experiment/summary.h"

// Who can still be the best?  Multiple comparisons with the best (Hsu; method A10): for each of k
// systems an interval for its mean minus the best mean of the others.  Together they hold with the
// confidence that is asked for.
//
// Where the smallest is best, an interval from 0 upwards belongs to a system that is not the best,
// one from below up to 0 to the one that is, and one with 0 inside to one that can still be.
//
// Half-widths come from the differences of two systems, replication by replication, so common
// random numbers narrow them and unequal variances do no harm.  Hsu's argument needs k - 1
// statements, "the best is ahead of system i by hardly less than it seems", to hold together; here
// they do by Bonferroni, one-sided t at alpha / (k - 1) each, under any dependence.  They keep the
// best one among those that can be it, so only those bound the others from the bad side.

struct mcb_rule {
    bool smallest;    // is best
    bool independent; // the systems do not share random numbers: no pairs
    double confidence;
};

// `samples`: the values of the systems by replication, NaN where undefined.  Fills one contender
// for each.
void mcb_all(const struct mcb_rule *rule, const struct sample *samples, size_t count,
             struct contender *contenders);

bool mcb_can_be_best(bool smallest, const struct contender *contender);
