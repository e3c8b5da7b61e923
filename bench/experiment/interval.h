#pragma once

#include "bench/experiment/result.h"
#include "bench/experiment/sketch.h"
#include "bench/experiment/summary.h"

// The interval that suits a number (method A1, A7, A8), by what it was computed from:
//
//   a plain number     Student's t over replications
//   a ratio of sums    the ratio of the sums over all replications, by the jackknife (ratio.h)
//   a quantile         of the observations of all replications together, by sectioning: t x the
//                      deviations of the replications' own quantiles from that estimate
//
// Where a symmetric interval would leave what is possible (a downtime below 0, a share above 1) it
// becomes one of the logarithm, of a share's distance from 1 at that end (rare.h).  Equal numbers
// in all replications have an interval of width 0; `clean` counts the perfect ones, for which
// rare.h says what may still happen.
//
// A statistic over replications takes one number from each:
//   a quantile         two order statistics, or one and no finite other (quantile.h)
//   any                the share of replications in which anything happened: exact binomial limits

struct evidence { // one column over the replications of an alternative
    const struct column *column;
    struct sample values;
    struct sample parts, wholes; // FORM_RATIO
    const struct sketch *pool;   // FORM_QUANTILE
};

struct evidence evidence_of(const struct alternative_result *result, size_t column);
struct summary interval_of(const struct evidence *evidence, const struct statistic *statistic,
                           double level);

// The estimate and half the width of its symmetric interval; of order statistics and binomial
// limits half of the distance between them.  NaN where an end is missing.
struct interval_width {
    double estimate, half;
};
struct interval_width interval_width(const struct evidence *evidence,
                                     const struct statistic *statistic, double level);

// Draws the ends of a symmetric interval into what is possible, as above.
void interval_keep_possible(struct summary *summary, const struct metric *metric);

// Half the width by sectioning around an estimate; `tally` is of the replications' own quantiles.
double interval_sectioning(const struct tally *tally, double estimate, double level);
// So many observations a replication must have for a quantile: 10 / (1 - p).
double interval_observations(double quantile);
// The level that a scenario asks for: 0 stands for the default.
double interval_level(double confidence);
