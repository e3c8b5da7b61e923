#include "sim/check.h"
#include "sim/dist.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

// Means and variances, exactly.  Sums of squares are taken around the mean, so that a narrow
// distribution far from 0 keeps its digits.

static double square(double x)
{
    return x * x;
}

static double weight_of(const struct dist_table *table, size_t i)
{
    return i == 0 ? table->p[0] : table->p[i] - table->p[i - 1];
}

// Hazard of the standard normal where the cut falls, and the place of the cut.  Beyond 40
// standard deviations nothing is cut and the hazard is exactly 0.
static double hazard_at_cut(const struct dist *dist, double *cut)
{
    *cut = -fmin(dist->a / dist->b, 40);
    return gsl_ran_ugaussian_pdf(*cut) / dist->c;
}

static double mean_of_normal(const struct dist *dist)
{
    double cut;
    return dist->a + dist->b * hazard_at_cut(dist, &cut);
}

static double variance_of_normal(const struct dist *dist)
{
    double cut;
    double hazard = hazard_at_cut(dist, &cut);
    return square(dist->b) * (1 - hazard * (hazard - cut));
}

static double mean_of_quantiles(const struct dist_table *table)
{
    double mean = 0;
    for (size_t i = 1; i < table->count; i++)
        mean += weight_of(table, i) * (table->x[i - 1] + table->x[i]) / 2;
    return mean;
}

// Between two quantiles the density is flat: E x^2 = (l^2 + l h + h^2) / 3.
static double variance_of_quantiles(const struct dist_table *table)
{
    double mean = mean_of_quantiles(table), sum = 0;
    for (size_t i = 1; i < table->count; i++) {
        double low = table->x[i - 1] - mean, high = table->x[i] - mean;
        sum += weight_of(table, i) * (low * low + low * high + high * high) / 3;
    }
    return sum;
}

// A weighted choice of parts.  An entry without weight is left out: it may have an infinite mean.
static double part_mean(const struct dist *dist, size_t i)
{
    return dist->kind == DIST_MIXTURE ? dist_mean(&dist->table->parts[i]) : dist->table->x[i];
}

static double part_variance(const struct dist *dist, size_t i)
{
    if (dist->kind == DIST_MIXTURE) return dist_variance(&dist->table->parts[i]);
    return dist->kind == DIST_HYPEREXPONENTIAL ? square(dist->table->x[i]) : 0;
}

static double mean_of_parts(const struct dist *dist)
{
    double mean = 0;
    for (size_t i = 0; i < dist->table->count; i++) {
        double weight = weight_of(dist->table, i);
        if (weight > 0) mean += weight * part_mean(dist, i);
    }
    return mean;
}

static double variance_of_parts(const struct dist *dist)
{
    double mean = mean_of_parts(dist), sum = 0;
    if (isinf(mean)) return INFINITY;
    for (size_t i = 0; i < dist->table->count; i++) {
        double weight = weight_of(dist->table, i);
        if (weight > 0)
            sum += weight * (part_variance(dist, i) + square(part_mean(dist, i) - mean));
    }
    return sum;
}

static double mean_of_weibull(const struct dist *dist)
{
    return dist->b * exp(gsl_sf_lngamma(1 + 1 / dist->a));
}

static double variance_of_weibull(const struct dist *dist)
{
    double log_ratio = gsl_sf_lngamma(1 + 2 / dist->a) - 2 * gsl_sf_lngamma(1 + 1 / dist->a);
    return square(mean_of_weibull(dist)) * expm1(log_ratio);
}

static double variance_of_pareto(const struct dist *dist)
{
    if (dist->a <= 2) return INFINITY;
    return dist->a * square(dist->b / (dist->a - 1)) / (dist->a - 2);
}

static double variance_of_triangular(const struct dist *dist)
{
    double left = dist->b - dist->a, width = dist->c - dist->a;
    return (left * left + width * width - left * width) / 18;
}

double dist_mean(const struct dist *dist)
{
    switch (dist->kind) {
    case DIST_CONSTANT:
    case DIST_EXPONENTIAL:
        return dist->a;
    case DIST_UNIFORM:
        return dist->a + (dist->b - dist->a) / 2;
    case DIST_NORMAL:
        return mean_of_normal(dist);
    case DIST_LOGNORMAL:
        return exp(dist->a + square(dist->b) / 2);
    case DIST_GAMMA:
    case DIST_ERLANG:
        return dist->a * dist->b;
    case DIST_WEIBULL:
        return mean_of_weibull(dist);
    case DIST_PARETO:
        return dist->a <= 1 ? INFINITY : dist->a * dist->b / (dist->a - 1);
    case DIST_TRIANGULAR:
        return (dist->a + dist->b + dist->c) / 3;
    case DIST_QUANTILES:
        return mean_of_quantiles(dist->table);
    case DIST_EMPIRICAL:
    case DIST_HYPEREXPONENTIAL:
    case DIST_MIXTURE:
        return mean_of_parts(dist);
    case DIST_KINDS:
        break;
    }
    SIM_CHECK(false); // no such kind
    return 0;
}

double dist_variance(const struct dist *dist)
{
    switch (dist->kind) {
    case DIST_CONSTANT:
        return 0;
    case DIST_UNIFORM:
        return square(dist->b - dist->a) / 12;
    case DIST_EXPONENTIAL:
        return square(dist->a);
    case DIST_NORMAL:
        return variance_of_normal(dist);
    case DIST_LOGNORMAL:
        return square(dist_mean(dist)) * expm1(square(dist->b));
    case DIST_GAMMA:
    case DIST_ERLANG:
        return dist->a * square(dist->b);
    case DIST_WEIBULL:
        return variance_of_weibull(dist);
    case DIST_PARETO:
        return variance_of_pareto(dist);
    case DIST_TRIANGULAR:
        return variance_of_triangular(dist);
    case DIST_QUANTILES:
        return variance_of_quantiles(dist->table);
    case DIST_EMPIRICAL:
    case DIST_HYPEREXPONENTIAL:
    case DIST_MIXTURE:
        return variance_of_parts(dist);
    case DIST_KINDS:
        break;
    }
    SIM_CHECK(false); // no such kind
    return 0;
}
