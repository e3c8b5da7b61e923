#include "models/scaler.h"

#include <math.h>
#include <string.h>

#include "models/app.h"
#include "models/fleet.h"
#include "models/foresight.h"
#include "models/idle.h"
#include "models/leave.h"

static const struct autoscaler_policy *policy_of(const struct scenario_config *c, uint32_t app)
{
    return autoscaler_policies[c->apps[app].autoscaler];
}

void scaler_create(struct model *m, struct pool *pool, struct arena *arena)
{
    size_t size = policy_of(m->config, pool->app)->state_size;
    if (size > 0) pool->scaler = arena_alloc(arena, size, 1);
}

size_t scaler_memory(const struct scenario_config *c)
{
    size_t sum = 0;
    for (uint32_t i = 0; i < c->app_count; i++)
        sum += c->apps[i].revisions * (policy_of(c, i)->state_size + 64);
    return sum;
}

// What of the app's settings a second revision keeps: its share of floor and buffer, one runner at
// least.  The first revision keeps its whole own, so that it can take everything back.
static uint32_t side_share(const struct app *app, uint32_t amount)
{
    return (uint32_t)ceil(app->side.weight * amount);
}

// Of what is to come of the app: the pool's share of the requests.
static uint32_t foreseen(const struct app *app, const struct pool *pool)
{
    uint32_t all = foresight_wanted(app);
    if (app->side.pool == NONE || app->side.shared) return all;
    if (pool->id == app->side.pool) return side_share(app, all);
    return (uint32_t)ceil((1 - app->side.weight) * all);
}

// Of a pool that serves a line alone.
static inline struct autoscaler_view plain_view(const struct model *m, const struct app *app,
                                                const struct pool *pool, const struct line *line)
{
    return (struct autoscaler_view){
        .scaling = &app->scaling,
        .app = app->config,
        .state = pool->scaler,
        .now = m->now,
        .max_multiplexing = pool->max_multiplexing,
        .queued = line->length,
        .overdue = line->overdue,
        .in_flight = pool->in_flight,
        .starting = pool->starting,
        .ready = pool->ready,
        .foreseen = app->foresight ? foreseen(app, pool) : 0,
    };
}

struct autoscaler_view scaler_view(const struct model *m, const struct app *app,
                                   const struct pool *pool)
{
    bool routed = pool->id == app->routed;
    struct autoscaler_view view = plain_view(m, app, pool, routed ? &app->line : &app->side.line);
    // Both stand behind one line: what the other one serves is this one's load too.
    if (routed && app->side.pool != NONE && app->side.shared)
        view.in_flight += m->pools[app->side.pool].in_flight;
    return view;
}

static struct autoscaler_decision decide_beside(const struct model *m, const struct app *app,
                                                const struct pool *pool)
{
    struct autoscaler_view view = scaler_view(m, app, pool);
    if (pool->id == app->routed) return app->autoscaler->decide(&view);
    struct scaling_config scaling = app->scaling;
    scaling.min_concurrency = side_share(app, scaling.min_concurrency);
    if (scaling.min_concurrency == 0) scaling.min_concurrency = 1;
    scaling.concurrency_buffer = side_share(app, scaling.concurrency_buffer);
    view.scaling = &scaling;
    return app->autoscaler->decide(&view);
}

static inline struct autoscaler_decision decide(const struct model *m, const struct app *app,
                                                const struct pool *pool)
{
    if (app->side.pool != NONE) return decide_beside(m, app, pool);
    struct autoscaler_view view = plain_view(m, app, pool, &app->line);
    return app->autoscaler->decide(&view);
}

uint32_t scaler_target(const struct model *m, const struct app *app, const struct pool *pool)
{
    return decide(m, app, pool).target;
}

// An autoscaler that remembers cannot be asked about a load that it has not seen.
static uint32_t sum_of_targets(const struct model *m, const struct app *app)
{
    uint64_t sum = scaler_target(m, app, &m->pools[app->routed]);
    if (!app->side.shared) sum += scaler_target(m, app, &m->pools[app->side.pool]);
    return sum < app->scaling.max_concurrency ? (uint32_t)sum : app->scaling.max_concurrency;
}

uint32_t scaler_target_of_all(const struct model *m, const struct app *app)
{
    const struct pool *routed = &m->pools[app->routed];
    if (app->side.pool == NONE) return scaler_target(m, app, routed);
    if (routed->scaler) return sum_of_targets(m, app);
    struct autoscaler_view view = scaler_view(m, app, routed);
    const struct pool *side = &m->pools[app->side.pool];
    view.queued += app->side.line.length;
    view.overdue += app->side.line.overdue;
    if (!app->side.shared) view.in_flight += side->in_flight;
    view.starting += side->starting;
    view.ready += side->ready;
    if (app->foresight) view.foreseen = foresight_wanted(app);
    return app->autoscaler->decide(&view).target;
}

void scaler_begin(struct model *m, struct pool *pool)
{
    sim_cancel(m->sim, &pool->scaler_timer);
    if (pool->scaler) memset(pool->scaler, 0, policy_of(m->config, pool->app)->state_size);
}

static void ask_later(struct model *m, struct pool *pool, sim_time after)
{
    if (sim_pending(m->sim, pool->scaler_timer)) return;
    pool->scaler_timer = sim_after(m->sim, after, EVENT_SCALER, pool->id, 0);
}

// The start begun last is called off first: it is the furthest from being ready.  Runners that the
// scenario wants ready at time 0 are spared.
static uint32_t call_off_starts(struct model *m, struct pool *pool, uint32_t surplus,
                                enum stop_reason reason)
{
    uint32_t left = surplus;
    for (uint32_t id = pool->alive_tail, before; id != NONE && left > 0; id = before) {
        const struct runner *r = &m->runners[id];
        before = r->alive_prev;
        if (runner_states[r->state].class != CLASS_STARTING || fleet_is_initial(r)) continue;
        if (r->part == PART_REPLACEMENT) continue;
        fleet_stop(m, id, reason);
        left--;
    }
    return left;
}

uint32_t scaler_alive(const struct pool *pool)
{
    uint32_t twofold = pool->replacing < pool->outgoing ? pool->replacing : pool->outgoing;
    return pool->starting + pool->ready - twofold;
}

static uint32_t room_for_starts(const struct app *app, const struct pool *pool)
{
    uint32_t most = app->config->max_parallel_starts;
    return most > pool->starting ? most - pool->starting : 0;
}

void scaler_start(struct model *m, struct app *app, struct pool *pool, uint64_t number)
{
    if (pool->id != app->routed || app->hold || room_for_starts(app, pool) == 0) return;
    if (scaler_alive(pool) < scaler_target(m, app, pool)) fleet_start_numbered(m, pool, number);
}

static void grow(struct model *m, struct app *app, struct pool *pool, uint32_t missing)
{
    uint32_t room = room_for_starts(app, pool);
    for (uint32_t i = 0; i < missing && i < room; i++)
        fleet_start(m, pool);
}

static void shrink(struct model *m, struct app *app, struct pool *pool, uint32_t surplus,
                   const struct autoscaler_decision *d)
{
    if (app->config->cancel_surplus_starts && pool->starting > 0)
        surplus = call_off_starts(m, pool, surplus, STOP_SURPLUS);
    if (d->call_off_starts && pool->starting > 0)
        surplus = call_off_starts(m, pool, surplus, STOP_SCALE_DOWN);
    if (d->stop_idle) surplus = leave_idle(m, pool, surplus, false);
    if (d->expire_idle) surplus = leave_idle(m, pool, surplus, true);
    if (d->drain_busy) leave_busy(m, pool, surplus);
}

// Of an app with one revision; what is above the target goes by keep_alive alone.
static void note_content(const struct model *m, const struct app *app, struct pool *pool,
                         bool suffices)
{
    bool stays = suffices && !pool->held && app->autoscaler->monotone && app->side.pool == NONE &&
                 !app->config->cancel_surplus_starts;
    pool->content = (struct content){.epoch = stays ? m->epoch : 0,
                                     .in_flight = pool->in_flight,
                                     .queued = app->line.length,
                                     .overdue = app->line.overdue};
}

void scaler_ask(struct model *m, struct app *app, struct pool *pool)
{
    if (app->gone || (app->hold && !pool->scaler)) return;
    struct autoscaler_decision d = decide(m, app, pool);
    if (d.ask_again > 0) ask_later(m, pool, d.ask_again);
    if (app->hold) return;
    uint32_t alive = scaler_alive(pool);
    note_content(m, app, pool, alive >= d.target);
    if (alive < d.target)
        grow(m, app, pool, d.target - alive);
    else if (alive > d.target)
        shrink(m, app, pool, alive - d.target, &d);
    if (pool->held) idle_trim(m, pool, d.target);
}

void on_scaler(void *model, struct sim_event event)
{
    struct model *m = model_at(model, event);
    struct pool *pool = &m->pools[event.who];
    struct app *app = &m->apps[pool->app];
    if (pool->id == app->routed || pool->id == app->side.pool) app_react(m, app);
}
