#pragma once

#include <stdint.h>

// Count, mean, variance and extremes of observations (Welford 1962; merging by Chan, Golub, LeVeque
// 1979).  The mean and variance of no observation are NaN, the variance of one is NaN.

struct tally {
    uint64_t count;
    double mean, m2; // m2: sum of squared distances from the mean
    double min, max;
};

void tally_reset(struct tally *tally);
void tally_add(struct tally *tally, double value);
void tally_merge(struct tally *into, const struct tally *from);
double tally_mean(const struct tally *tally);
double tally_variance(const struct tally *tally); // divisor count - 1
