#pragma once

#include <stdint.h>

// How many replications will it take?  (Method A2.)  From the mean and variance of n of them, the
// smallest i >= n at which the half-width that they predict, t(i - 1) sqrt(variance / i), is at
// most what is allowed.

struct planning {
    uint32_t n; // replications so far, at least 2
    double variance, level;
};

// At most `most`, which stands for that many or more.
uint32_t planning_replications(const struct planning *planning, double allowed, uint32_t most);

// gamma / (1 + gamma): the mean that one has deviates from the true one, so half-width over mean is
// held to this in order that the error be at most gamma of the truth.
double planning_adjusted(double relative);

// Length of one steady run for a half-width of `allowed`: z^2 sigma^2 / allowed^2, with the
// variance parameter sigma^2 = lim length x Var(time average); in the unit of time that sigma^2
// has.
double planning_run_length(double variance_parameter, double allowed, double level);
