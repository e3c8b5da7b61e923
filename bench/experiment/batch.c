#include "bench/experiment/batch.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "bench/experiment/summary.h"

double batch_critical_ratio(size_t count, double share)
{
    double k = (double)count;
    return 2 * (1 + gsl_cdf_ugaussian_Pinv(share) * sqrt((k - 2) / (k * k - 1)));
}

// Sum of squared successive differences over sum of squared deviations, as a ratio near 2.
static double von_neumann(const double *means, size_t count, double m2)
{
    double sum = 0;
    for (size_t i = 1; i < count; i++)
        sum += (means[i] - means[i - 1]) * (means[i] - means[i - 1]);
    return sum / m2;
}

struct batch_means batch_interval(const double *means, size_t count, double level)
{
    struct tally tally;
    tally_reset(&tally);
    for (size_t i = 0; i < count; i++)
        tally_add(&tally, means[i]);
    struct batch_means b = {.count = count,
                            .mean = tally_mean(&tally),
                            .variance = tally_variance(&tally),
                            .ratio = NAN,
                            .half = summary_half_width(&tally, level)};
    if (count < 3 || !(b.variance > 0)) return b;
    b.ratio = von_neumann(means, count, tally.m2);
    b.correlated = b.ratio < batch_critical_ratio(count, 0.05);
    if (b.correlated) b.half = NAN;
    return b;
}
