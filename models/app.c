#include "models/app.h"

#include <math.h>

#include "models/deploy.h"
#include "models/downtime.h"
#include "models/fleet.h"
#include "models/idle.h"
#include "models/restart.h"
#include "models/service.h"
#include "models/waiting.h"

// What of the app's settings a second revision keeps: its share of floor and buffer, one runner at
// least.  The first revision keeps its whole own, so that it can take everything back.
static uint32_t side_share(const struct app *app, uint32_t amount)
{
    return (uint32_t)ceil(app->side.weight * amount);
}

struct autoscaler_view app_view(const struct app *app, const struct pool *pool)
{
    const struct line *line = pool->id == app->routed ? &app->line : &app->side.line;
    return (struct autoscaler_view){
        .scaling = &app->scaling,
        .max_multiplexing = pool->config->max_multiplexing,
        .queued = line->length,
        .overdue = line->overdue,
        .in_flight = pool->in_flight,
        .starting = pool->starting,
        .ready = pool->ready,
    };
}

uint32_t app_target(const struct app *app, const struct pool *pool)
{
    struct autoscaler_view view = app_view(app, pool);
    if (pool->id == app->routed) return app->autoscaler->target(&view);
    struct scaling_config scaling = app->scaling;
    scaling.min_concurrency = side_share(app, scaling.min_concurrency);
    if (scaling.min_concurrency == 0) scaling.min_concurrency = 1;
    scaling.concurrency_buffer = side_share(app, scaling.concurrency_buffer);
    view.scaling = &scaling;
    return app->autoscaler->target(&view);
}

uint32_t app_target_of_all(const struct model *m, const struct app *app)
{
    struct autoscaler_view view = app_view(app, &m->pools[app->routed]);
    if (app->side.pool == NONE) return app->autoscaler->target(&view);
    const struct pool *side = &m->pools[app->side.pool];
    view.queued += app->side.line.length;
    view.overdue += app->side.line.overdue;
    view.in_flight += side->in_flight;
    view.starting += side->starting;
    view.ready += side->ready;
    return app->autoscaler->target(&view);
}

// The start begun last is called off first: it is the furthest from being ready.  Runners that the
// scenario wants ready at time 0 are spared.
static void cancel_starts(struct model *m, struct pool *pool, uint32_t surplus)
{
    for (uint32_t id = pool->alive_tail, before; id != NONE && surplus > 0; id = before) {
        const struct runner *r = &m->runners[id];
        before = r->alive_prev;
        if (runner_states[r->state].class != CLASS_STARTING || fleet_is_initial(r)) continue;
        if (r->part == PART_REPLACEMENT) continue;
        fleet_stop(m, id, STOP_SURPLUS);
        surplus--;
    }
}

// Replacements come on top: each counts together with the runner that it will replace (R4).
static uint32_t twofold(const struct pool *pool)
{
    return pool->replacing < pool->outgoing ? pool->replacing : pool->outgoing;
}

static void rescale(struct model *m, struct app *app, struct pool *pool)
{
    uint32_t target = app_target(app, pool);
    uint32_t alive = pool->starting + pool->ready - twofold(pool);
    if (alive < target) {
        uint32_t missing = target - alive, most = app->config->max_parallel_starts;
        uint32_t room = most > pool->starting ? most - pool->starting : 0;
        for (uint32_t i = 0; i < missing && i < room; i++)
            fleet_start(m, pool);
    } else if (alive > target && pool->starting > 0 && app->config->cancel_surplus_starts) {
        cancel_starts(m, pool, alive - target);
    }
    if (pool->held) idle_trim(m, pool, target);
}

static void react(struct model *m, struct app *app)
{
    if (app->rollout != NONE) deploy_ask(m, app);
    if (app->restart != NONE) restart_ask(m, app);
    if (waiting_count(app) > 0) service_serve_line(m, app);
    if (app->hold) return;
    rescale(m, app, &m->pools[app->routed]);
    if (app->side.pool != NONE) rescale(m, app, &m->pools[app->side.pool]);
}

void app_react(struct model *m, struct app *app)
{
    react(m, app);
    if (app->downtime) downtime_react(m, app);
}

void app_pool_empty(struct model *m, struct pool *pool)
{
    if (pool->id != m->apps[pool->app].routed) deploy_old_gone(m, pool);
}
