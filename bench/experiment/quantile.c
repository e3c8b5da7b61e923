#include "bench/experiment/quantile.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "sim/check.h"

// P(at most k of n lie at or below the p-quantile); k = -1 is possible.
static double below(int64_t k, uint32_t n, double p)
{
    return k < 0 ? 0 : gsl_cdf_binomial_P((unsigned)k, p, n);
}

// The first k in [0, n] with below(k) >= share, or n + 1.
static uint32_t first_reaching(double share, uint32_t n, double p)
{
    uint32_t low = 0, high = n + 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (below(middle, n, p) >= share)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

struct quantile_ranks quantile_ranks(uint32_t n, double p, double level)
{
    SIM_CHECK(p > 0 && p < 1 && level > 0 && level < 1);
    double tail = (1 - level) / 2;
    // low: the largest l with below(l - 1) <= tail, which is the first k above the tail.
    uint32_t above = first_reaching(nextafter(tail, 1), n, p);
    // high: the smallest u with below(u - 1) >= 1 - tail.
    uint32_t reached = first_reaching(1 - tail, n, p);
    return (struct quantile_ranks){.low = above > n ? n : above,
                                   .high = reached + 1 <= n ? reached + 1 : 0};
}

double quantile_coverage(struct quantile_ranks ranks, uint32_t n, double p)
{
    double up_to = ranks.high > 0 ? below((int64_t)ranks.high - 1, n, p) : 1;
    return up_to - (ranks.low > 0 ? below((int64_t)ranks.low - 1, n, p) : 0);
}

// The product may lie a rounding error above the whole number that is meant.
uint32_t quantile_rank(uint32_t n, double p)
{
    double rank = ceil(p * n * (1 - 1e-12));
    return rank < 1 ? 1 : rank < n ? (uint32_t)rank : n;
}

double quantile_sample_size(double p, double confidence)
{
    SIM_CHECK(p > 0 && p < 1 && confidence > 0 && confidence < 1);
    return ceil(log1p(-confidence) / log(p) * (1 - 1e-12));
}

double quantile_replications(double p, double level)
{
    return quantile_sample_size(p > 0.5 ? p : 1 - p, (1 + level) / 2);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void quantile_sort(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
}
