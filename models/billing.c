#include "models/billing.h"

static struct meter *meter_of(struct model *m, const struct runner *r)
{
    return &m->pools[r->pool].meters[r->slot];
}

// Time that no caller pays for; `shared`: in a mode in which callers pay for theirs.
static void charge_rest(const struct app *app, bool shared, struct meter *meter, sim_time elapsed)
{
    if (shared && app->config->shared_idle == SHARED_IDLE_ABSORBED)
        meter->absorbed_ns += elapsed;
    else
        meter->owner_ns += elapsed;
}

void billing_charge(struct model *m, struct runner *r, sim_time elapsed)
{
    struct meter *meter = meter_of(m, r);
    meter->state_ns[r->state] += elapsed;
    if (!runner_states[r->state].billed) return;
    sim_time each = 0;
    if (r->in_flight == 1)
        each = elapsed;
    else if (r->in_flight > 1)
        each = elapsed / r->in_flight;
    r->share += each;
    sim_time rest = elapsed - each * r->in_flight;
    if (rest == 0) return;
    const struct app *app = app_of(m, r);
    meter->uncovered_ns += rest;
    charge_rest(app, auth_modes[app->auth_mode].caller_pays, meter, rest);
}

static void charge_caller(struct model *m, const struct request *q, const struct runner *r,
                          sim_time share)
{
    const struct pool *pool = &m->pools[r->pool];
    uint32_t caller = m->config->traffic[q->source].caller;
    double usd = sim_seconds(share) * pool->usd_per_s[r->slot];
    m->caller_usd[(size_t)q->app * m->config->caller_count + caller] += usd;
}

void billing_request(struct model *m, struct request *q, bool charged)
{
    struct runner *r = &m->runners[q->runner];
    SIM_CHECK(r->since == m->now);
    sim_time share = r->share - q->share_start;
    struct meter *meter = meter_of(m, r);
    q->share_start = r->share;
    if (charged) meter->chargeable_ns += share;
    if (q->shared && charged) {
        meter->callers_ns += share;
        charge_caller(m, q, r, share);
    } else if (q->shared) {
        charge_rest(app_of(m, r), true, meter, share);
    } else {
        meter->owner_ns += share;
    }
}

static void settle_pool(struct model *m, const struct pool *pool)
{
    for (uint32_t id = pool->alive_head; id != NONE; id = m->runners[id].alive_next)
        runner_settle(m, &m->runners[id]);
}

void billing_change_mode(struct model *m, struct app *app, enum auth_mode mode)
{
    const struct app_config *config = app->config;
    for (uint32_t i = 0; i < config->revisions; i++)
        settle_pool(m, &m->pools[config->first_revision + i]);
    app->auth_mode = mode;
}

void billing_settle_all(struct model *m)
{
    for (uint32_t i = 0; i < m->config->revision_count; i++)
        settle_pool(m, &m->pools[i]);
}

void billing_reset(struct model *m)
{
    billing_settle_all(m);
    for (uint32_t i = 0; i < m->config->revision_count; i++)
        for (uint32_t s = 0; s <= MACHINE_TYPES_PER_APP; s++)
            m->pools[i].meters[s] = (struct meter){0};
    for (uint32_t i = 0; i < m->config->app_count * m->config->caller_count; i++)
        m->caller_usd[i] = 0;
    for (uint32_t i = 0; i < m->request_used; i++) {
        struct request *q = &m->requests[i];
        if (q->state == REQUEST_IN_FLIGHT) q->share_start = m->runners[q->runner].share;
    }
}

void billing_close(struct model *m)
{
    billing_settle_all(m);
    for (uint32_t i = 0; i < m->request_used; i++)
        if (m->requests[i].state == REQUEST_IN_FLIGHT) billing_request(m, &m->requests[i], true);
}

sim_wide meter_billed_ns(const struct meter *meter)
{
    sim_wide sum = 0;
    for (int s = 0; s < RUNNER_STATES; s++)
        if (runner_states[s].billed) sum += meter->state_ns[s];
    return sum;
}

double pool_billed_s(const struct pool *pool)
{
    sim_wide sum = 0;
    for (uint32_t s = 0; s < pool->config->machine_count; s++)
        sum += meter_billed_ns(&pool->meters[s]);
    return sim_wide_seconds(sum);
}

double pool_billed_usd(const struct pool *pool)
{
    double usd = 0;
    for (uint32_t s = 0; s < pool->config->machine_count; s++)
        usd += sim_wide_seconds(meter_billed_ns(&pool->meters[s])) * pool->usd_per_s[s];
    return usd;
}
