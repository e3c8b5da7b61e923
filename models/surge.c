#include "models/surge.h"

#include "models/billing.h"

static void set_factor(struct model *m, uint32_t machine, double factor)
{
    for (uint32_t p = 0; p < m->config->revision_count; p++) {
        struct pool *pool = &m->pools[p];
        for (uint32_t slot = 0; slot < pool->config->machine_count; slot++)
            if (pool->config->machines[slot] == machine) pool->surge[slot] = factor;
        pool->surged = true;
    }
}

void surge_start(struct model *m)
{
    for (uint32_t i = 0; i < m->config->machine_count; i++) {
        const struct machine_config *c = &m->config->machines[i];
        for (uint32_t w = 0; w < c->surge_count; w++) {
            sim_at(m->sim, c->surges[w].from, EVENT_SURGE, i, 0);
            sim_at(m->sim, c->surges[w].until, EVENT_SURGE, i, 0);
        }
    }
}

bool surge_used(const struct model *m)
{
    for (uint32_t i = 0; i < m->config->machine_count; i++)
        if (m->config->machines[i].surge_count > 0) return true;
    return false;
}

// Windows may touch, so what holds is looked up and not kept by turns.
static double factor_at(const struct machine_config *c, sim_time now)
{
    for (uint32_t w = 0; w < c->surge_count; w++)
        if (c->surges[w].from <= now && now < c->surges[w].until) return c->surges[w].factor;
    return 1;
}

void on_surge(void *model, struct sim_event event)
{
    struct model *m = model_at(model, event);
    billing_settle_all(m);
    set_factor(m, event.who, factor_at(&m->config->machines[event.who], m->now));
}
