#pragma once

#include <stdbool.h>
#include <stddef.h>

// The interval of one long steady run from means of non-overlapping batches (Schmeiser 1982; method
// A3).  It holds when neighbouring means are as good as independent, which the von Neumann ratio
// tests: the mean square of successive differences over the variance, near 2 for independent means
// and smaller for positively correlated ones.  When the test fails no interval is given.

enum { BATCH_COUNT = 25 }; // 20 to 30 are enough, and more only cost independence

struct batch_means {
    size_t count;
    double mean, variance; // of the batch means
    double ratio;          // von Neumann's; NaN for fewer than 3 or equal means
    double half;           // half-width; NaN when there is none
    bool correlated;       // the test failed at 5 %: longer batches would be needed
};

// means: at least 1, all finite.
struct batch_means batch_interval(const double *means, size_t count, double level);

// Below this the ratio of `count` independent normal means lies with probability `share`
// (approximately: the ratio over 2 is 1 - N(0, (count - 2) / (count^2 - 1))).
double batch_critical_ratio(size_t count, double share);
