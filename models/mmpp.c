#include "models/mmpp.h"

#include "sim/exponential.h"

#include <math.h>

static uint32_t choose(const double *cumulative, uint32_t count, double u)
{
    uint32_t i = 0;
    while (i + 1 < count && u >= cumulative[i])
        i++;
    return i;
}

static void stay(struct source *s, uint32_t state, sim_time from)
{
    struct mmpp_walk *walk = &s->mmpp;
    double length_s =
        exponential_unit(rng_word(&s->stay, walk->stay)) * s->config->mmpp->states[state].mean_s;
    walk->state = state;
    walk->arrivals = 0;
    walk->until = sim_time_add(from, sim_from_seconds(length_s));
}

static void leave(struct source *s)
{
    const struct mmpp *c = s->config->mmpp;
    const double *next = c->states[s->mmpp.state].next;
    uint32_t to = choose(next, c->count, rng_uniform(&s->turn, ++s->mmpp.stay));
    stay(s, to, s->mmpp.until);
}

// The next gap of the present stay.
static sim_time gap(struct source *s)
{
    double rate = s->config->mmpp->states[s->mmpp.state].rate_per_s;
    if (!(rate > 0)) return SIM_NEVER;
    uint64_t key = s->mmpp.stay << 32 | s->mmpp.arrivals++;
    return sim_from_seconds(exponential_unit(rng_word(&s->arrival, key)) / rate);
}

sim_time mmpp_next(struct source *s, sim_time horizon)
{
    const struct mmpp *c = s->config->mmpp;
    sim_time at = s->clock;
    if (s->mmpp.until == 0) // it begins
        stay(s, choose(c->start, c->count, rng_uniform(&s->turn, 0)), at);
    while (at < horizon) {
        sim_time need = gap(s);
        if (need < s->mmpp.until - at) return at + need;
        at = s->mmpp.until;
        leave(s);
    }
    return SIM_NEVER;
}

// The stationary vector of the jumps, by the elimination of Grassmann, Taksar and Heyman (1985),
// which subtracts nowhere and so loses no digits; then weighted by the mean stays.
void mmpp_long_run(const double *p, const struct mmpp_state *states, uint32_t n, double *shares)
{
    double a[MMPP_STATES_MAX][MMPP_STATES_MAX], sum = 0;
    SIM_CHECK(n >= 1 && n <= MMPP_STATES_MAX);
    for (uint32_t i = 0; i < n * n; i++)
        a[i / n][i % n] = p[i];
    for (uint32_t k = n - 1; k > 0; k--) {
        double out = 0;
        for (uint32_t j = 0; j < k; j++)
            out += a[k][j];
        for (uint32_t i = 0; i < k; i++)
            a[i][k] /= out;
        for (uint32_t i = 0; i < k; i++)
            for (uint32_t j = 0; j < k; j++)
                a[i][j] += a[i][k] * a[k][j];
    }
    shares[0] = 1;
    for (uint32_t k = 1; k < n; k++) {
        shares[k] = 0;
        for (uint32_t j = 0; j < k; j++)
            shares[k] += shares[j] * a[j][k];
    }
    for (uint32_t i = 0; i < n; i++)
        sum += shares[i] *= states[i].mean_s;
    for (uint32_t i = 0; i < n; i++)
        shares[i] /= sum;
}
