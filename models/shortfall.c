#include "models/shortfall.h"

#include "models/waiting.h"

static uint32_t need_of(const struct model *m, const struct app *app)
{
    const struct pool *pool = &m->pools[app->routed];
    uint32_t load = waiting_count(app) + pool->in_flight;
    if (app->side.pool != NONE) load += m->pools[app->side.pool].in_flight;
    uint32_t slots = pool->max_multiplexing;
    if (slots > 1) load = load / slots + (load % slots > 0);
    return load < app->scaling.max_concurrency ? load : app->scaling.max_concurrency;
}

void shortfall_update(struct shortfall *s, const struct model *m, const struct app *app)
{
    sim_time elapsed = m->now - s->since;
    s->need_ns += (sim_wide)s->need * elapsed;
    if (s->need > s->ready) s->missing_ns += (sim_wide)(s->need - s->ready) * elapsed;
    s->since = m->now;
    s->need = need_of(m, app);
    s->ready = m->pools[app->routed].ready;
    if (app->side.pool != NONE) s->ready += m->pools[app->side.pool].ready;
}

void shortfall_reset(struct shortfall *s, const struct model *m, const struct app *app)
{
    shortfall_update(s, m, app);
    s->missing_ns = s->need_ns = 0;
}
