#include "sim/hist.h"

#include "sim/check.h"

#include <math.h>
#include <string.h>

struct span { // the values of a bucket: low to low + width - 1
    uint64_t low, width;
};

static struct span span_of(uint32_t bucket)
{
    const uint32_t subs = 1u << HIST_SUB_BITS;
    if (bucket < subs) return (struct span){.low = bucket, .width = 1};
    uint32_t shift = (bucket >> HIST_SUB_BITS) - 1;
    uint64_t low = (uint64_t)(subs + (bucket & (subs - 1))) << shift;
    return (struct span){.low = low, .width = UINT64_C(1) << shift};
}

void hist_reset(struct hist *hist)
{
    memset(hist, 0, sizeof *hist);
    hist->min = SIM_NEVER;
}

void hist_merge(struct hist *into, const struct hist *from)
{
    into->count += from->count;
    into->sum += from->sum;
    if (from->min < into->min) into->min = from->min;
    if (from->max > into->max) into->max = from->max;
    for (uint32_t i = 0; i < HIST_BUCKETS; i++)
        into->buckets[i] += from->buckets[i];
}

// Which observation, counting from 1 in rising order, is the quantile.  The product q * count may
// lie a rounding error above the whole number that is meant (0.07 * 100).
static uint64_t rank_of(double q, uint64_t count)
{
    double rank = ceil(q * (double)count * (1 - 1e-12));
    if (rank < 1) return 1;
    return rank < (double)count ? (uint64_t)rank : count;
}

// The middle of the bucket is within half a width of everything in it, and a bucket from 128 up
// starts at no less than 128 widths.
static sim_time value_at(const struct hist *hist, uint64_t rank)
{
    uint64_t seen = 0;
    uint32_t bucket = 0;
    while ((seen += hist->buckets[bucket]) < rank)
        bucket++;
    struct span span = span_of(bucket);
    sim_time middle = (sim_time)(span.low + (span.width - 1) / 2);
    if (middle < hist->min) return hist->min;
    return middle > hist->max ? hist->max : middle;
}

double hist_quantile(const struct hist *hist, double q)
{
    SIM_CHECK(q >= 0 && q <= 1);
    if (hist->count == 0) return NAN;
    uint64_t rank = rank_of(q, hist->count);
    if (rank == 1) return sim_seconds(hist->min);
    return sim_seconds(rank == hist->count ? hist->max : value_at(hist, rank));
}

double hist_mean(const struct hist *hist)
{
    if (hist->count == 0) return NAN;
    return sim_wide_seconds(hist->sum) / (double)hist->count;
}

double hist_share_at_most(const struct hist *hist, sim_time limit)
{
    if (hist->count == 0) return NAN;
    if (limit < hist->min) return 0;
    if (limit >= hist->max) return 1;
    uint32_t last = (uint32_t)hist_bucket(limit);
    uint64_t below = 0;
    for (uint32_t i = 0; i < last; i++)
        below += hist->buckets[i];
    struct span span = span_of(last);
    double part = (double)((uint64_t)limit - span.low + 1) / (double)span.width;
    return ((double)below + (double)hist->buckets[last] * part) / (double)hist->count;
}
