#include "models/billing_inline.h"

static struct meter *meter_of(struct model *m, const struct runner *r)
{
    return &m->pools[r->pool].meters[r->slot];
}

sim_time billing_weigh(struct model *m, const struct runner *r, struct meter *meter, sim_time time)
{
    double factor = m->pools[r->pool].surge[r->slot];
    if (factor == 1) return time;
    sim_time priced = sim_from_seconds(sim_seconds(time) * factor);
    meter->surge_ns += priced - time;
    return priced;
}

void billing_round(struct model *m, struct runner *r)
{
    if (m->config->platform.billing_granularity == BILLING_EXACT || r->setup_at == SIM_NEVER)
        return;
    struct meter *meter = meter_of(m, r);
    sim_time over = (m->now - r->setup_at) % SIM_SECOND;
    if (over == 0) return;
    meter->rounding_ns += SIM_SECOND - over;
    sim_time rest = billing_weigh(m, r, meter, SIM_SECOND - over);
    billing_rest(app_of(m, r)->absorbs, meter, rest);
}

void billing_units(struct model *m, const struct request *q, double covered_usd, bool ended)
{
    struct source *source = &m->sources[q->source];
    struct app *app = &m->apps[q->app];
    double units = 0;
    if (ended) units = dist_draw(&source->config->billable_units, &source->units, q->number);
    double price = units * app->config->unit_price_usd;
    app->units_if_shared.price_usd += price;
    app->units_if_shared.covered_usd += covered_usd;
    if (!q->shared) return;
    app->units.price_usd += price;
    app->units.covered_usd += covered_usd;
    m->caller_usd[(size_t)q->app * m->config->caller_count + q->caller] += price;
}

static void charge(struct model *m, struct request *q, bool charged, bool ended)
{
    const struct runner *r = &m->runners[q->runner];
    struct pool *pool = &m->pools[r->pool];
    billing_request_inline(m, &m->apps[q->app], pool, r, q, charged, ended);
}

void billing_request(struct model *m, struct request *q, bool charged)
{
    charge(m, q, charged, true);
}

static void settle_pool(struct model *m, const struct pool *pool)
{
    for (uint32_t id = pool->alive_head; id != NONE; id = m->runners[id].alive_next)
        runner_settle(m, &m->runners[id]);
}

bool billing_absorbs(const struct app *app, bool shared)
{
    return shared && app->config->shared_idle == SHARED_IDLE_ABSORBED;
}

void billing_begin_mode(struct app *app, enum auth_mode mode)
{
    app->auth_mode = mode;
    app->absorbs = billing_absorbs(app, auth_modes[mode].caller_pays);
}

void billing_change_mode(struct model *m, struct app *app, enum auth_mode mode)
{
    const struct app_config *config = app->config;
    for (uint32_t i = 0; i < config->revisions; i++)
        settle_pool(m, &m->pools[config->first_revision + i]);
    billing_begin_mode(app, mode);
}

void billing_settle_all(struct model *m)
{
    for (uint32_t i = 0; i < m->config->revision_count; i++)
        settle_pool(m, &m->pools[i]);
}

void billing_reset(struct model *m)
{
    billing_settle_all(m);
    for (uint32_t i = 0; i < m->config->revision_count; i++) {
        m->pools[i].tuned_slots_ns = 0;
        for (uint32_t s = 0; s <= PLACES_PER_APP; s++)
            m->pools[i].meters[s] = (struct meter){0};
    }
    for (uint32_t i = 0; i < m->config->app_count * m->config->caller_count; i++)
        m->caller_usd[i] = 0;
    for (uint32_t i = 0; i < m->config->app_count; i++)
        m->apps[i].units = m->apps[i].units_if_shared = (struct unit_money){0};
    for (uint32_t i = 0; i < m->request_used; i++) {
        struct request *q = &m->requests[i];
        if (q->state == REQUEST_IN_FLIGHT) q->share_start = m->runners[q->runner].share;
    }
}

void billing_close(struct model *m)
{
    billing_settle_all(m);
    for (uint32_t i = 0; i < m->request_used; i++)
        if (m->requests[i].state == REQUEST_IN_FLIGHT) charge(m, &m->requests[i], true, false);
}

sim_wide meter_uncovered_ns(const struct meter *meter)
{
    return meter->rest_ns + meter->absorbed_ns - meter->uncharged_ns;
}

sim_wide meter_owner_ns(const struct meter *meter)
{
    return meter->covered_ns + meter->rest_ns;
}

sim_wide meter_chargeable_ns(const struct meter *meter)
{
    return meter->covered_ns + meter->callers_ns;
}

sim_wide meter_billed_ns(const struct meter *meter)
{
    sim_wide sum = 0;
    for (int s = 0; s < RUNNER_STATES; s++)
        if (runner_is_billed((enum runner_state)s)) sum += meter->state_ns[s];
    return sum + meter->rounding_ns;
}

sim_wide meter_priced_ns(const struct meter *meter)
{
    return meter_billed_ns(meter) + meter->surge_ns;
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
        usd += sim_wide_seconds(meter_priced_ns(&pool->meters[s])) * pool->usd_per_s[s];
    return usd;
}
