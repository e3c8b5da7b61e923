#pragma once

#include "models/billing.h"

// What of billing.c the handlers of every request compile in line.

// How much time at the plain rate costs as much as this time does now; the factor is not 1.
sim_time billing_weigh(struct model *model, const struct runner *runner, struct meter *meter,
                       sim_time time);
// A request that is charged pays by the unit, not by the second; nothing before its end.
void billing_units(struct model *model, const struct request *request, double covered_usd,
                   bool ended);

// Time that no caller pays for; `shared`: in a mode in which callers pay for theirs.
static inline void billing_rest(const struct app *app, bool shared, struct meter *meter,
                                sim_time elapsed)
{
    if (shared && app->config->shared_idle == SHARED_IDLE_ABSORBED)
        sim_wide_add(&meter->absorbed_ns, elapsed);
    else
        sim_wide_add(&meter->owner_ns, elapsed);
}

// Charges time that has just passed.
static inline void billing_charge(struct model *m, const struct app *app, struct pool *pool,
                                  struct runner *r, sim_time elapsed)
{
    struct meter *meter = &pool->meters[r->slot];
    sim_wide_add(&meter->state_ns[r->state], elapsed);
    if (!runner_states[r->state].billed) return;
    if (pool->surged && pool->surge[r->slot] != 1) elapsed = billing_weigh(m, r, meter, elapsed);
    sim_time each = 0;
    if (r->in_flight == 1)
        each = elapsed;
    else if (r->in_flight > 1)
        each = elapsed / r->in_flight;
    r->share += each;
    sim_time rest = elapsed - each * r->in_flight;
    if (rest == 0) return;
    sim_wide_add(&meter->uncovered_ns, rest);
    billing_rest(app, auth_modes[app->auth_mode].caller_pays, meter, rest);
}

static inline void runner_settle_inline(struct model *m, const struct app *app, struct pool *pool,
                                        struct runner *r)
{
    sim_time elapsed = m->now - r->since;
    if (elapsed == 0) return;
    r->since = m->now;
    billing_charge(m, app, pool, r, elapsed);
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
    if (charged) sim_wide_add(&meter->chargeable_ns, share);
    if (by_unit) billing_units(m, q, sim_seconds(share) * pool->usd_per_s[r->slot], ended);
    if (q->shared && charged) {
        sim_wide_add(&meter->callers_ns, share);
        if (!by_unit) billing_caller(m, q, pool, r, share);
    } else if (q->shared) {
        billing_rest(app, true, meter, share);
    } else {
        sim_wide_add(&meter->owner_ns, share);
    }
}
