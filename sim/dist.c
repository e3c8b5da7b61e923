#include "sim/dist.h"

#include "sim/check.h"
#include "sim/compiler.h"
#include "sim/exponential.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

// What the three numbers mean, by kind:
//
//                a           b                  c
//   constant     value
//   uniform      low         high
//   exponential  mean
//   normal       mean        standard deviation share of the curve above 0 (both before the cut)
//   lognormal    log median  sigma
//   gamma        shape       scale              (erlang too)
//   weibull      shape       scale
//   pareto       shape       minimum
//   triangular   low         mode               high
//
// The others have a table.  Uniforms come from rng_to_uniform(), so 1 - u is exact: log(1 - u)
// loses nothing to log1p(-u), and it makes exponential times rise with u, as every other inversion
// does.

static double uniform_of(struct rng_draws *draws)
{
    return rng_to_uniform(rng_next(draws));
}

static double standard_exponential(double u)
{
    return -exponential_log(1 - u);
}

// The first entry whose cumulative probability is above u; one without a probability is never
// chosen.
static size_t pick(const struct dist_table *table, double u)
{
    size_t low = 0, high = table->count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (u < table->p[middle]) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

static double invert_triangular(const struct dist *dist, double u)
{
    double width = dist->c - dist->a, left = dist->b - dist->a, right = dist->c - dist->b;
    if (u * width < left) return dist->a + sqrt(u * width * left);
    return dist->c - sqrt((1 - u) * width * right);
}

static double invert_quantiles(const struct dist_table *table, double u)
{
    size_t i = pick(table, u); // at least 1: the first probability is 0
    double share = (u - table->p[i - 1]) / (table->p[i] - table->p[i - 1]);
    return table->x[i - 1] + (table->x[i] - table->x[i - 1]) * share;
}

// From the upper tail, where 1 - u keeps all of its digits; the far left is cut anyway.
static double invert_normal(const struct dist *dist, double u)
{
    double x = dist->a + dist->b * gsl_cdf_ugaussian_Qinv(dist->c * (1 - u));
    return x > 0 ? x : 0;
}

static double invert(const struct dist *dist, double u)
{
    switch (dist->kind) {
    case DIST_CONSTANT:
        return dist->a;
    case DIST_UNIFORM:
        return dist->a + (dist->b - dist->a) * u;
    case DIST_EXPONENTIAL:
        return dist->a * standard_exponential(u);
    case DIST_NORMAL:
        return invert_normal(dist, u);
    case DIST_LOGNORMAL:
        return exp(dist->a + dist->b * gsl_cdf_ugaussian_Pinv(u));
    case DIST_WEIBULL:
        return dist->b * pow(standard_exponential(u), 1 / dist->a);
    case DIST_PARETO:
        return dist->b * pow(1 - u, -1 / dist->a);
    case DIST_TRIANGULAR:
        return invert_triangular(dist, u);
    case DIST_EMPIRICAL:
        return dist->table->x[pick(dist->table, u)];
    case DIST_QUANTILES:
        return invert_quantiles(dist->table, u);
    case DIST_GAMMA:
    case DIST_ERLANG:
    case DIST_HYPEREXPONENTIAL:
    case DIST_MIXTURE:
    case DIST_KINDS:
        break;
    }
    SIM_CHECK(false); // one uniform is not enough
    return 0;
}

static bool takes_several(enum dist_kind kind)
{
    return kind == DIST_GAMMA || kind == DIST_ERLANG || kind == DIST_HYPEREXPONENTIAL ||
           kind == DIST_MIXTURE;
}

static double draw_from_sequence(const struct dist *dist, struct rng_draws *draws)
{
    while (dist->kind == DIST_MIXTURE)
        dist = &dist->table->parts[pick(dist->table, uniform_of(draws))];
    if (dist->kind == DIST_HYPEREXPONENTIAL) {
        double mean = dist->table->x[pick(dist->table, uniform_of(draws))];
        return mean * standard_exponential(uniform_of(draws));
    }
    if (takes_several(dist->kind)) {
        struct rng_gsl view = rng_gsl_view(draws);
        return gsl_ran_gamma(&view.rng, dist->a, dist->b);
    }
    return invert(dist, uniform_of(draws));
}

double dist_draw_slow(const struct dist *dist, struct rng_stream *stream, uint64_t entity)
{
    if (!takes_several(dist->kind)) return invert(dist, rng_uniform(stream, entity));
    struct rng_draws draws = rng_draws_of(stream, entity);
    return draw_from_sequence(dist, &draws);
}

// Loops without branches and calls, of which compilers make several at a time.
CLONES static void draw_exponentials(struct dist_ahead *ahead, double mean,
                                     struct rng_stream *stream)
{
    uint64_t words[DIST_AHEAD];
    double ticks[DIST_AHEAD];
    rng_words(stream, ahead->first, words);
    if (mean * EXPONENTIAL_MOST >= SIM_FROM_SECONDS_MOST) {
        for (int i = 0; i < DIST_AHEAD; i++)
            ahead->times[i] = sim_from_seconds(mean * exponential_unit(words[i]));
        return;
    }
    for (int i = 0; i < DIST_AHEAD; i++) // sim_from_seconds() of what is above 0
        ticks[i] = mean * exponential_unit(words[i]) * (double)SIM_SECOND + 0.5;
#pragma GCC unroll 4
    for (int i = 0; i < DIST_AHEAD; i++)
        ahead->times[i] = (sim_time)ticks[i];
}

sim_time dist_ahead_slow(struct dist_ahead *ahead, const struct dist *dist,
                         struct rng_stream *stream, uint64_t entity)
{
    bool walks = entity == ahead->first + ahead->count;
    ahead->first = entity;
    ahead->count = walks ? DIST_AHEAD : 1;
    if (walks && dist->kind == DIST_EXPONENTIAL)
        draw_exponentials(ahead, dist->a, stream);
    else
        for (uint64_t i = 0; i < ahead->count; i++)
            ahead->times[i] = dist_draw_time(dist, stream, entity + i);
    return ahead->times[0];
}

static double cdf_normal(const struct dist *dist, double x)
{
    double above = gsl_cdf_ugaussian_Q((x - dist->a) / dist->b);
    return (dist->c - above) / dist->c;
}

static double cdf_triangular(const struct dist *dist, double x)
{
    double width = dist->c - dist->a, left = dist->b - dist->a, right = dist->c - dist->b;
    if (x < dist->b) return (x - dist->a) * (x - dist->a) / (width * left);
    return 1 - (dist->c - x) * (dist->c - x) / (width * right);
}

// How many values are at or below x.
static size_t count_up_to(const struct dist_table *table, double x)
{
    size_t low = 0, high = table->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table->x[middle] <= x) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static double cdf_empirical(const struct dist_table *table, double x)
{
    size_t n = count_up_to(table, x);
    return n == 0 ? 0 : table->p[n - 1];
}

static double cdf_quantiles(const struct dist_table *table, double x)
{
    size_t n = count_up_to(table, x);
    if (n == 0 || n == table->count) return n == 0 ? 0 : 1;
    double share = (x - table->x[n - 1]) / (table->x[n] - table->x[n - 1]);
    return table->p[n - 1] + (table->p[n] - table->p[n - 1]) * share;
}

static double cdf_weighted(const struct dist *dist, double x)
{
    const struct dist_table *table = dist->table;
    double sum = 0, before = 0;
    for (size_t i = 0; i < table->count; i++) {
        double part = dist->kind == DIST_MIXTURE ? dist_cdf(&table->parts[i], x)
                      : table->x[i] > 0          ? gsl_cdf_exponential_P(x, table->x[i])
                                                 : 1;
        sum += (table->p[i] - before) * part;
        before = table->p[i];
    }
    return sum;
}

double dist_cdf(const struct dist *dist, double x)
{
    if (x < 0) return 0;
    if (isinf(x)) return 1;
    switch (dist->kind) {
    case DIST_CONSTANT:
        return x >= dist->a;
    case DIST_UNIFORM:
        return gsl_cdf_flat_P(x, dist->a, dist->b);
    case DIST_EXPONENTIAL:
        return gsl_cdf_exponential_P(x, dist->a);
    case DIST_NORMAL:
        return cdf_normal(dist, x);
    case DIST_LOGNORMAL:
        return x > 0 ? gsl_cdf_lognormal_P(x, dist->a, dist->b) : 0;
    case DIST_GAMMA:
    case DIST_ERLANG:
        return gsl_cdf_gamma_P(x, dist->a, dist->b);
    case DIST_WEIBULL:
        return gsl_cdf_weibull_P(x, dist->b, dist->a);
    case DIST_PARETO:
        return gsl_cdf_pareto_P(x, dist->a, dist->b);
    case DIST_TRIANGULAR:
        return x <= dist->a ? 0 : x >= dist->c ? 1 : cdf_triangular(dist, x);
    case DIST_EMPIRICAL:
        return cdf_empirical(dist->table, x);
    case DIST_QUANTILES:
        return cdf_quantiles(dist->table, x);
    case DIST_HYPEREXPONENTIAL:
    case DIST_MIXTURE:
        return cdf_weighted(dist, x);
    case DIST_KINDS:
        break;
    }
    SIM_CHECK(false); // no such kind
    return 0;
}
