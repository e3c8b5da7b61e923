#pragma once

#include "models/billing.h"

// What of billing.c the handlers of every request compile in line.

// How much time at the plain rate costs as much as this time does now; the factor is not 1.
sim_time billing_weigh(struct model *model, const struct runner *runner, struct meter *meter,
                       sim_time time);
// A request that is charged pays by the unit, not by the second; nothing before its end.
void billing_units(struct model *model, const struct request *request, double covered_usd,
                   bool ended);

// Time that no caller pays for.
static inline void billing_rest(bool absorbed, struct meter *meter, sim_time elapsed)
{
    if (UNLIKELY(absorbed))
        sim_wide_add(&meter->absorbed_ns, elapsed);
    else
        sim_wide_add(&meter->rest_ns, elapsed);
}

// Charges time that has just passed in the state.
ALWAYS_INLINE void billing_charge(struct model *m, const struct app *app, struct pool *pool,
                                  struct runner *r, const enum runner_state state, sim_time elapsed)
{
    struct meter *meter = &pool->meters[r->slot];
    sim_wide_add(&meter->state_ns[state], elapsed);
    if (!runner_is_billed(state)) return;
    if (pool->surged && pool->surge[r->slot] != 1) elapsed = billing_weigh(m, r, meter, elapsed);
    uint32_t sharing = state == RUNNER_IDLE ? 0 : r->in_flight; // 0 is known when compiled
    sim_time each = 0;
    if (LIKELY(sharing == 1))
        each = elapsed;
    else if (sharing > 1)
        each = elapsed / sharing;
    r->share += each;
    sim_time rest = elapsed - each * sharing;
    if (rest != 0) billing_rest(app->absorbs, meter, rest);
}

// `state`: of the runner.
ALWAYS_INLINE void runner_settle_as(struct model *m, const struct app *app, struct pool *pool,
                                    struct runner *r, const enum runner_state state)
{
    sim_time elapsed = m->now - r->since;
    SIM_CHECK_SLOW(r->state == state);
    if (elapsed == 0) return;
    r->since = m->now;
    billing_charge(m, app, pool, r, state, elapsed);
}

static inline void billing_caller(struct model *m, const struct request *q, const struct pool *pool,
                                  const struct runner *r, sim_time share)
{
    double usd = sim_seconds(share) * pool->usd_per_s[r->slot];
    m->caller_usd[(size_t)q->app * m->config->caller_count + q->caller] += usd;
}

static inline void billing_request_inline(struct model *m, const struct app *app, struct pool *pool,
                                          const struct runner *r, struct request *q, bool charged,
                                          bool ended)
{
    SIM_CHECK_SLOW(r->since == m->now);
    sim_time share = r->share - q->share_start;
    struct meter *meter = &pool->meters[r->slot];
    bool by_unit = charged && q->by_unit;
    q->share_start = r->share;
    if (by_unit) billing_units(m, q, sim_seconds(share) * pool->usd_per_s[r->slot], ended);
    if (!charged) {
        sim_wide_add(&meter->uncharged_ns, share);
        billing_rest(billing_absorbs(app, q->shared), meter, share);
    } else if (q->shared) {
        sim_wide_add(&meter->callers_ns, share);
        if (!by_unit) billing_caller(m, q, pool, r, share);
    } else {
        sim_wide_add(&meter->covered_ns, share);
    }
}
