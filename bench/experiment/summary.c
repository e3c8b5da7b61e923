#include "bench/experiment/summary.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "sim/check.h"

double summary_t(double level, uint64_t count)
{
    SIM_CHECK(count >= 2);
    SIM_CHECK(level > 0 && level < 1);
    return gsl_cdf_tdist_Pinv(0.5 + level / 2, (double)(count - 1));
}

double summary_half_width(const struct tally *tally, double level)
{
    if (tally->count < 2) return NAN;
    double variance = tally_variance(tally);
    if (!(variance > 0)) return variance; // 0, or NaN when a number was infinite
    return summary_t(level, tally->count) * sqrt(variance / (double)tally->count);
}

// The adjusted Fisher-Pearson coefficient, n / ((n - 1) (n - 2)) x sum of ((x - mean) / sd)^3.
static double skewness(struct sample sample, const struct tally *tally, double sd)
{
    if (tally->count < 3 || !(sd > 0)) return NAN;
    double sum = 0;
    for (uint32_t i = 0; i < sample.count; i++) {
        double x = sample.first[i * sample.stride];
        double z = (x - tally->mean) / sd;
        if (!isnan(x)) sum += z * z * z;
    }
    double n = (double)tally->count;
    return sum * n / ((n - 1) * (n - 2));
}

struct summary summary_of(struct sample sample, double level)
{
    struct tally tally;
    tally_reset(&tally);
    for (uint32_t i = 0; i < sample.count; i++) {
        double x = sample.first[i * sample.stride];
        if (!isnan(x)) tally_add(&tally, x);
    }
    double half = summary_half_width(&tally, level);
    double mean = tally_mean(&tally);
    double sd = sqrt(tally_variance(&tally));
    bool any = tally.count > 0;
    return (struct summary){
        .n = (uint32_t)tally.count,
        .undefined = sample.count - (uint32_t)tally.count,
        .mean = mean,
        .estimate = mean,
        .low = mean - half,
        .high = mean + half,
        .sd = sd,
        .min = any ? tally.min : NAN,
        .max = any ? tally.max : NAN,
        .skewness = skewness(sample, &tally, sd),
        .gap = !any               ? GAP_UNDEFINED
               : tally.count == 1 ? GAP_ONE
                                  : GAP_NONE,
    };
}
