#include "sim/dist.h"

#include "sim/check.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

// The makers below get values that lie in the ranges of their row.  A time scale of 0 is
// allowed everywhere and gives the constant 0, so that a sweep may start there.

static const char *point(struct dist *out, double seconds)
{
    *out = dist_constant(seconds);
    return NULL;
}

static const char *set(struct dist *out, enum dist_kind kind, double a, double b, double c)
{
    *out = (struct dist){.kind = kind, .a = a, .b = b, .c = c};
    return NULL;
}

static const char *make_constant(struct dist *out, const double *v)
{
    return point(out, v[0]);
}

static const char *make_uniform(struct dist *out, const double *v)
{
    if (v[0] > v[1]) return "low must not be above high";
    if (v[0] == v[1]) return point(out, v[0]);
    return set(out, DIST_UNIFORM, v[0], v[1], 0);
}

static const char *make_exponential(struct dist *out, const double *v)
{
    if (v[0] == 0) return point(out, 0);
    return set(out, DIST_EXPONENTIAL, v[0], 0, 0);
}

static const char *make_normal(struct dist *out, const double *v)
{
    if (v[1] == 0) return point(out, v[0]);
    return set(out, DIST_NORMAL, v[0], v[1], gsl_cdf_ugaussian_P(v[0] / v[1]));
}

static const char *make_lognormal_median(struct dist *out, const double *v)
{
    if (v[0] == 0 || v[1] == 0) return point(out, v[0]);
    return set(out, DIST_LOGNORMAL, log(v[0]), v[1], 0);
}

static const char *make_lognormal_mean(struct dist *out, const double *v)
{
    if (v[0] == 0 || v[1] == 0) return point(out, v[0]);
    double variance = log1p(v[1] * v[1]); // of the logarithm
    return set(out, DIST_LOGNORMAL, log(v[0]) - variance / 2, sqrt(variance), 0);
}

static const char *make_gamma_mean(struct dist *out, const double *v)
{
    if (v[0] == 0 || v[1] == 0) return point(out, v[0]);
    if (v[1] < 0.005) return "cv must be 0 or at least 0.005"; // a shape that GSL's cdf can do
    double shape = 1 / (v[1] * v[1]);
    return set(out, DIST_GAMMA, shape, v[0] / shape, 0);
}

static const char *make_gamma_shape(struct dist *out, const double *v)
{
    if (v[1] == 0) return point(out, 0);
    return set(out, DIST_GAMMA, v[0], v[1], 0);
}

static const char *make_weibull(struct dist *out, const double *v)
{
    if (v[1] == 0) return point(out, 0);
    return set(out, DIST_WEIBULL, v[0], v[1], 0);
}

static const char *make_pareto(struct dist *out, const double *v)
{
    if (v[1] == 0) return point(out, 0);
    return set(out, DIST_PARETO, v[0], v[1], 0);
}

static const char *make_erlang(struct dist *out, const double *v)
{
    if (v[1] == 0) return point(out, 0);
    return set(out, DIST_ERLANG, v[0], v[1] / v[0], 0);
}

static const char *make_triangular(struct dist *out, const double *v)
{
    if (v[0] > v[1]) return "low must not be above mode";
    if (v[1] > v[2]) return "mode must not be above high";
    if (v[0] == v[2]) return point(out, v[0]);
    return set(out, DIST_TRIANGULAR, v[0], v[1], v[2]);
}

// 31 years: far above any time of a pool, far below where doubles or nanoseconds run out.  The
// ranges of shapes keep every draw and every mean that exists finite.
#define TIME_MAX 1e9
#define TIME DIST_ARG_TIME, 0, TIME_MAX, false
#define NUMBER(min, max) DIST_ARG_NUMBER, min, max, false

const struct dist_form dist_forms[] = {
    {"constant", {{"value", TIME}}, make_constant, "always the same"},
    {"uniform", {{"low", TIME}, {"high", TIME}}, make_uniform, "anywhere between, equally likely"},
    {"exponential", {{"mean", TIME}}, make_exponential, "memoryless, coefficient of variation 1"},
    {"normal",
     {{"mean", TIME}, {"sd", TIME}},
     make_normal,
     "bell curve, cut at 0; mean and sd are those before the cut"},
    {"lognormal",
     {{"median", TIME}, {"sigma", NUMBER(0, 10)}},
     make_lognormal_median,
     "skewed; sigma is the standard deviation of the logarithm"},
    {"lognormal",
     {{"mean", TIME}, {"cv", NUMBER(0, 100)}},
     make_lognormal_mean,
     "skewed; cv is standard deviation over mean"},
    {"gamma",
     {{"mean", TIME}, {"cv", NUMBER(0, 100)}},
     make_gamma_mean,
     "cv below 1 is more regular than exponential, above 1 burstier"},
    {"gamma",
     {{"shape", NUMBER(1e-4, 1e5)}, {"scale", TIME}},
     make_gamma_shape,
     "mean is shape times scale"},
    {"weibull",
     {{"shape", NUMBER(0.05, 1000)}, {"scale", TIME}},
     make_weibull,
     "shape below 1: the longer it lasts, the longer it goes on lasting"},
    {"pareto",
     {{"shape", NUMBER(0.1, 1000)}, {"minimum", TIME}},
     make_pareto,
     "heavy tail; the mean is infinite for a shape of 1 and below"},
    {"erlang",
     {{"stages", DIST_ARG_COUNT, 1, 1e5, false}, {"mean", TIME}},
     make_erlang,
     "that many exponential stages one after the other; mean is that of their sum"},
    {"triangular",
     {{"low", TIME}, {"mode", TIME}, {"high", TIME}},
     make_triangular,
     "rises to the mode and falls again"},
    {0},
};

// Lists.

static const char *check_times(const double *values, size_t count)
{
    if (count == 0) return "needs at least one entry";
    for (size_t i = 0; i < count; i++)
        if (!(values[i] >= 0 && values[i] <= TIME_MAX)) return "times must be from 0 to 1e9 s";
    return NULL;
}

static const char *check_weights(const double *weights, size_t count)
{
    double sum = 0;
    if (count == 0) return "needs at least one entry";
    for (size_t i = 0; i < count; i++) {
        if (!(weights[i] >= 0 && isfinite(weights[i]))) return "weights must not be negative";
        sum += weights[i];
    }
    if (!isfinite(sum)) return "weights are too large";
    return sum > 0 ? NULL : "one weight at least must be above 0";
}

static double *copy_numbers(struct arena *arena, const double *from, size_t count)
{
    double *copy = arena_new(arena, double, count);
    memcpy(copy, from, count * sizeof *copy);
    return copy;
}

// Cumulative shares.  Both sums run in the same order, so the last share is exactly 1.
static double *accumulate(struct arena *arena, const double *weights, size_t count)
{
    double *p = arena_new(arena, double, count);
    double total = 0, sum = 0;
    for (size_t i = 0; i < count; i++)
        total += weights[i];
    for (size_t i = 0; i < count; i++)
        p[i] = (sum += weights[i]) / total;
    return p;
}

static const char *finish(struct dist *out, struct arena *arena, enum dist_kind kind,
                          const struct dist_table *table)
{
    struct dist_table *kept = arena_new(arena, struct dist_table, 1);
    *kept = *table;
    *out = (struct dist){.kind = kind, .table = kept};
    return NULL;
}

struct atom {
    double value, weight;
};

static int compare_atoms(const void *left, const void *right)
{
    const struct atom *a = left, *b = right;
    if (a->value != b->value) return a->value < b->value ? -1 : 1;
    return (a->weight > b->weight) - (a->weight < b->weight);
}

// Sorted, so that a draw rises with its uniform.
const char *dist_make_empirical(struct dist *out, struct arena *arena, const double *values,
                                const double *weights, size_t count)
{
    const char *wrong = check_times(values, count);
    if (!wrong && weights) wrong = check_weights(weights, count);
    if (wrong) return wrong;
    struct atom *atoms = arena_new(arena, struct atom, count);
    for (size_t i = 0; i < count; i++)
        atoms[i] = (struct atom){.value = values[i], .weight = weights ? weights[i] : 1};
    qsort(atoms, count, sizeof *atoms, compare_atoms);
    double *x = arena_new(arena, double, count), *sorted = arena_new(arena, double, count);
    for (size_t i = 0; i < count; i++) {
        x[i] = atoms[i].value;
        sorted[i] = atoms[i].weight;
    }
    const struct dist_table table = {
        .count = count,
        .x = x,
        .p = accumulate(arena, sorted, count),
    };
    return finish(out, arena, DIST_EMPIRICAL, &table);
}

const char *dist_make_quantiles(struct dist *out, struct arena *arena, const double *probabilities,
                                const double *values, size_t count)
{
    const double *p = probabilities;
    if (count < 2) return "needs at least two entries";
    if (p[0] != 0 || p[count - 1] != 1) return "must begin with probability 0 and end with 1";
    const char *wrong = check_times(values, count);
    if (wrong) return wrong;
    for (size_t i = 1; i < count; i++) {
        if (!(p[i] > p[i - 1])) return "probabilities must rise";
        if (values[i] < values[i - 1]) return "values must not fall";
    }
    const struct dist_table table = {
        .count = count,
        .x = copy_numbers(arena, values, count),
        .p = copy_numbers(arena, p, count),
    };
    return finish(out, arena, DIST_QUANTILES, &table);
}

const char *dist_make_hyperexponential(struct dist *out, struct arena *arena,
                                       const double *probabilities, const double *means,
                                       size_t count)
{
    const char *wrong = check_times(means, count);
    if (!wrong) wrong = check_weights(probabilities, count);
    if (wrong) return wrong;
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += probabilities[i];
    if (fabs(sum - 1) > 1e-9) return "probabilities must sum to 1";
    const struct dist_table table = {
        .count = count,
        .x = copy_numbers(arena, means, count),
        .p = accumulate(arena, probabilities, count),
    };
    return finish(out, arena, DIST_HYPEREXPONENTIAL, &table);
}

const char *dist_make_mixture(struct dist *out, struct arena *arena, const double *weights,
                              const struct dist *parts, size_t count)
{
    const char *wrong = check_weights(weights, count);
    if (wrong) return wrong;
    struct dist *copy = arena_new(arena, struct dist, count);
    memcpy(copy, parts, count * sizeof *copy);
    const struct dist_table table = {
        .count = count,
        .p = accumulate(arena, weights, count),
        .parts = copy,
    };
    return finish(out, arena, DIST_MIXTURE, &table);
}
