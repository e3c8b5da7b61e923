#include "models/app.h"

#include "models/deploy.h"
#include "models/fleet.h"
#include "models/idle.h"
#include "models/service.h"

struct autoscaler_view app_view(const struct model *m, const struct app *app)
{
    const struct pool *pool = &m->pools[app->routed];
    return (struct autoscaler_view){
        .scaling = &app->scaling,
        .max_multiplexing = pool->config->max_multiplexing,
        .queued = app->line.length,
        .overdue = app->line.overdue,
        .in_flight = pool->in_flight,
        .starting = pool->starting,
        .ready = pool->ready,
    };
}

uint32_t app_target(const struct model *m, const struct app *app)
{
    struct autoscaler_view view = app_view(m, app);
    return app->autoscaler->target(&view);
}

// The start begun last is called off first: it is the furthest from being ready.  Runners that the scenario wants
// ready at time 0 are spared.
static void cancel_starts(struct model *m, struct pool *pool, uint32_t surplus)
{
    for (uint32_t id = pool->alive_tail, before; id != NONE && surplus > 0; id = before) {
        const struct runner *r = &m->runners[id];
        before = r->alive_prev;
        if (runner_states[r->state].class != CLASS_STARTING || fleet_is_initial(r)) continue;
        fleet_stop(m, id, STOP_SURPLUS);
        surplus--;
    }
}

static void rescale(struct model *m, struct app *app)
{
    struct pool *pool = &m->pools[app->routed];
    uint32_t target = app_target(m, app);
    uint32_t alive = pool->starting + pool->ready;
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

void app_react(struct model *m, struct app *app)
{
    if (app->rollout != NONE) deploy_ask(m, app);
    if (app->line.length > 0) service_serve_line(m, app);
    rescale(m, app);
}

void app_pool_empty(struct model *m, struct pool *pool)
{
    if (pool->id != m->apps[pool->app].routed) deploy_old_gone(m, pool);
}
