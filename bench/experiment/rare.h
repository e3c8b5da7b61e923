#pragma once

#include <stdint.h>

// Intervals for what is rare (method A7, A8): a downtime near zero, and the share of replications
// in which anything went wrong at all.  Replications are independent, so exact binomial limits hold
// for them; never for the requests inside one.

struct rare_interval {
    double low, high;
};

// For a positive quantity whose symmetric interval would reach below 0: estimate x exp(-+ half /
// estimate), the interval of its logarithm.  estimate > 0, half >= 0.
struct rare_interval rare_log(double estimate, double half);

// Clopper and Pearson: exact two-sided limits for a probability after `count` of n.
struct rare_interval rare_binomial(uint32_t count, uint32_t n, double level);

// What the probability is at most when it was never seen in n independent tries: 1 - (1 -
// level)^(1/n), about 3 / n at 95 %.
double rare_unseen(uint32_t n, double level);
