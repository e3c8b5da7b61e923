#pragma once

#include <stddef.h>
#include <stdint.h>

#include "sim/arena.h"
#include "sim/time.h"

// A log-linear histogram of times: 128 buckets to each factor of two, so any quantile is within
// a factor of 1 +- 2^-8 (0.39 %) of the exact one; times below 128 ns are exact.  64 KiB, no
// logarithm, and histograms merge by adding counts, exactly and in any order.

enum { HIST_SUB_BITS = 7, HIST_BUCKETS = (64 - HIST_SUB_BITS) << HIST_SUB_BITS };
#define HIST_RELATIVE_ERROR 0x1p-8

struct hist {
    uint64_t count;
    sim_time min, max; // exact
    sim_wide sum;      // exact, ns
    uint64_t buckets[HIST_BUCKETS];
};

// Below 128 the value itself; above, the number of the power of two and the 7 bits that follow the
// leading one.
static inline size_t hist_bucket(sim_time value)
{
    uint64_t v = (uint64_t)value, top = UINT64_C(1) << HIST_SUB_BITS;
    uint32_t shift = (63u ^ (uint32_t)__builtin_clzll(v | top)) - HIST_SUB_BITS;
    return ((size_t)shift << HIST_SUB_BITS) + (v >> shift); // the leading one adds 128
}

static inline void hist_add(struct hist *hist, sim_time value) // value >= 0
{
    hist->buckets[hist_bucket(value)]++;
    hist->count++;
    sim_wide_add(&hist->sum, value);
    if (value < hist->min) hist->min = value;
    if (value > hist->max) hist->max = value;
}

void hist_reset(struct hist *hist); // also before the first use
void hist_merge(struct hist *into, const struct hist *from);

// Seconds.  The smallest value with at least share q of the observations at or below it, to the
// relative error above; q = 0 and 1 give the exact extremes; NaN when empty.
double hist_quantile(const struct hist *hist, double q);
double hist_mean(const struct hist *hist); // exact; NaN when empty

// Share of the observations at or below the limit; within the bucket of the limit they count as
// evenly spread.  NaN when empty.
double hist_share_at_most(const struct hist *hist, sim_time limit);
