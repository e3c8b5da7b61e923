#include "models/idle_inline.h"

#include "models/app.h"
#include "models/fleet.h"
#include "models/scaler.h"

static sim_time stay(const struct model *m, const struct pool *pool, bool fresh)
{
    const struct scaling_config *s = &m->apps[pool->app].scaling;
    if (m->apps[pool->app].autoscaler->overrides_keep_alive) return SIM_NEVER;
    sim_time unused = m->config->platform.unused_runner_timeout;
    bool kept_warm =
        s->min_concurrency > 0 || s->concurrency_buffer > 0 || s->concurrency_buffer_perc > 0;
    return fresh && !kept_warm && unused != SIM_NEVER ? unused : s->keep_alive;
}

// When the head of a list is due; SIM_NEVER for an empty list.
static sim_time due(const struct model *m, const struct pool *pool, bool fresh)
{
    uint32_t head = fresh ? pool->idle_fresh.head : pool->idle_used.head;
    if (head == NONE) return SIM_NEVER;
    return sim_time_add(m->runners[head].idle_since, stay(m, pool, fresh));
}

static void arm(struct model *m, struct pool *pool, sim_time at)
{
    if (at == SIM_NEVER) return;
    if (sim_pending(m->sim, pool->keep_alive_timer)) {
        if (pool->keep_alive_at <= at) return; // it will look again when it fires
        sim_cancel(m->sim, &pool->keep_alive_timer);
    }
    pool->keep_alive_at = at;
    pool->keep_alive_timer = sim_at(m->sim, at, EVENT_KEEP_ALIVE, pool->id, 0);
}

void idle_arm(struct model *m, struct pool *pool, bool fresh)
{
    arm(m, pool, sim_time_add(m->now, stay(m, pool, fresh)));
}

void idle_join(struct model *m, struct pool *pool, uint32_t id, bool fresh)
{
    idle_join_inline(m, pool, id, fresh);
}

void idle_leave(struct model *m, struct pool *pool, uint32_t id)
{
    idle_leave_inline(m, pool, id);
}

void idle_trim(struct model *m, struct pool *pool, uint32_t floor)
{
    for (;;) {
        sim_time used = due(m, pool, false), fresh = due(m, pool, true);
        sim_time next = used < fresh ? used : fresh;
        pool->held = false;
        if (next > m->now) {
            arm(m, pool, next);
            return;
        }
        if (pool->ready <= floor) {
            pool->held = true;
            return;
        }
        uint32_t u = used <= m->now ? pool->idle_used.head : NONE;
        uint32_t f = fresh <= m->now ? pool->idle_fresh.head : NONE;
        bool take_used =
            f == NONE || (u != NONE && m->runners[u].idle_since <= m->runners[f].idle_since);
        bool unused = !take_used && stay(m, pool, true) != m->apps[pool->app].scaling.keep_alive;
        fleet_expire(m, take_used ? u : f, unused ? STOP_UNUSED : STOP_KEEP_ALIVE);
    }
}

void idle_rearm(struct model *m, struct pool *pool)
{
    sim_cancel(m->sim, &pool->keep_alive_timer);
    pool->held = true; // idle_trim() sorts it out
}

void on_keep_alive(void *model, struct sim_event event)
{
    struct model *m = model_at(model, event);
    struct pool *pool = &m->pools[event.who];
    struct app *app = &m->apps[pool->app];
    if (app->routed != pool->id && app->side.pool != pool->id)
        return; // a new revision that waits for its switch is kept
    pool->held = true;
    if (!app->hold) idle_trim(m, pool, scaler_target(m, app, pool));
    app_react(m, app);
}
