#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/arena.h"
#include "sim/rng.h"
#include "sim/time.h"

// Distributions of non-negative times, in seconds (DESIGN T3).
//
// Where one uniform is enough the draw is by inversion, monotone in the uniform, so that common
// random numbers keep their correlation.  gamma, erlang, hyperexponential and mixture take as
// many words as they need from the entity's own sequence.
//
// dist_forms[] is the one list of what a scenario may write; the reader, the schema and
// `explain` use it.  To add a distribution: a kind, a row, a case in dist_draw, dist_mean,
// dist_variance and dist_cdf, a line in the test's table.

enum dist_kind {
    DIST_CONSTANT,
    DIST_UNIFORM,
    DIST_EXPONENTIAL,
    DIST_NORMAL, // cut at 0: redrawn from the positive part, so that the density keeps its shape
    DIST_LOGNORMAL,
    DIST_GAMMA,
    DIST_WEIBULL,
    DIST_PARETO,
    DIST_ERLANG,
    DIST_HYPEREXPONENTIAL,
    DIST_TRIANGULAR,
    DIST_EMPIRICAL, // values, each as likely as its weight
    DIST_QUANTILES, // straight lines between given quantiles
    DIST_MIXTURE,
    DIST_KINDS
};

struct dist; // forward for parts

struct dist_table { // what does not fit into three numbers; read-only, shared by threads
    size_t count;
    const double *x;          // EMPIRICAL, QUANTILES: values, rising.  HYPEREXPONENTIAL: means
    const double *p;          // cumulative probabilities, the last is 1.  QUANTILES: the first is 0
    const struct dist *parts; // MIXTURE
};

struct dist {
    enum dist_kind kind;
    double a, b, c; // by kind, see dist.c; seconds or shapes
    const struct dist_table *table;
};

enum dist_arg_type { DIST_ARG_TIME, DIST_ARG_NUMBER, DIST_ARG_COUNT };

struct dist_arg {
    const char *key; // "mean"; NULL ends the list
    enum dist_arg_type type;
    double min, max;
    bool open; // min itself is not allowed
};

struct dist_form { // one way to write a distribution: {"lognormal": {"median": "2s", "sigma": 0.8}}
    const char *name;
    struct dist_arg args[4];
    // NULL, or what is wrong with the values together, e.g. "low must not be above high".
    const char *(*make)(struct dist *out, const double *values);
    const char *help;
};

extern const struct dist_form dist_forms[]; // ends with a NULL name; a name may have several rows

// The forms with lists.  NULL, or what is wrong; tables are copied into the arena.
const char *dist_make_empirical(struct dist *out, struct arena *arena, const double *values,
                                const double *weights, size_t count); // weights NULL: equal
const char *dist_make_quantiles(struct dist *out, struct arena *arena, const double *probabilities,
                                const double *values, size_t count);
const char *dist_make_hyperexponential(struct dist *out, struct arena *arena,
                                       const double *probabilities, const double *means,
                                       size_t count);
const char *dist_make_mixture(struct dist *out, struct arena *arena, const double *weights,
                              const struct dist *parts, size_t count);
static inline struct dist dist_constant(double seconds)
{
    return (struct dist){.kind = DIST_CONSTANT, .a = seconds};
}

double dist_draw_slow(const struct dist *dist, struct rng_stream *stream, uint64_t entity);

// The draw of an entity, in seconds, >= 0: always the same for the same (stream, entity).
static inline double dist_draw(const struct dist *dist, struct rng_stream *stream, uint64_t entity)
{
    if (dist->kind == DIST_CONSTANT) return dist->a;
    return dist_draw_slow(dist, stream, entity);
}
static inline sim_time dist_draw_time(const struct dist *dist, struct rng_stream *stream,
                                      uint64_t entity)
{
    return sim_from_seconds(dist_draw(dist, stream, entity));
}

// Draws for entities that come one after the other, made ahead: several at a time take a processor
// far less than one by one, when each has to be there before the work can go on.
enum { DIST_AHEAD = RNG_BATCH };
struct dist_ahead {
    uint64_t first, count; // times of `count` entities from `first` on; zeroed: none
    sim_time times[DIST_AHEAD];
};
sim_time dist_ahead_slow(struct dist_ahead *ahead, const struct dist *dist,
                         struct rng_stream *stream, uint64_t entity);

// dist_draw_time(), from what was drawn ahead; one `ahead` belongs to one stream.
static inline sim_time dist_ahead_time(struct dist_ahead *ahead, const struct dist *dist,
                                       struct rng_stream *stream, uint64_t entity)
{
    uint64_t place = entity - ahead->first;
    return place < ahead->count ? ahead->times[place]
                                : dist_ahead_slow(ahead, dist, stream, entity);
}

double dist_mean(const struct dist *dist);     // seconds; infinite for pareto with shape <= 1
double dist_variance(const struct dist *dist); // seconds squared; may be infinite
double dist_cdf(const struct dist *dist, double seconds); // P(X <= seconds)
