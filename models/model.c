// Creating a replication, running it, and the table of its events.

#include "models/model.h"

#include "models/app.h"
#include "models/billing.h"
#include "models/cancel.h"
#include "models/capacity.h"
#include "models/deploy.h"
#include "models/downtime.h"
#include "models/fault.h"
#include "models/fleet.h"
#include "models/foresight.h"
#include "models/hint.h"
#include "models/idle.h"
#include "models/image.h"
#include "models/outage.h"
#include "models/plain.h"
#include "models/scaler.h"
#include "models/series.h"
#include "models/service.h"
#include "models/setup.h"
#include "models/surge.h"
#include "models/traffic.h"
#include "models/users.h"
#include "models/waiting.h"

static void on_warm_up(void *model, struct sim_event event);

static const struct sim_handler handlers[EVENT_KINDS] = {
    [EVENT_WARM_UP] = {"warm_up", PHASE_RESET, on_warm_up},
    [EVENT_SERVICE_DONE] = {"service_done", PHASE_DONE, on_service_done},
    [EVENT_RUNNER_STAGE] = {"runner_stage", PHASE_DONE, on_runner_stage},
    [EVENT_TIMELINE] = {"timeline", PHASE_CHANGE, on_timeline},
    [EVENT_ARRIVAL] = {"arrival", PHASE_ARRIVE, on_arrival},
    [EVENT_RETRY] = {"retry", PHASE_ARRIVE, on_retry},
    [EVENT_OVERDUE] = {"overdue", PHASE_LIMIT, on_overdue},
    [EVENT_START_TIMEOUT] = {"start_timeout", PHASE_LIMIT, on_start_timeout},
    [EVENT_CANCEL] = {"cancel", PHASE_LIMIT, on_cancel},
    [EVENT_KEEP_ALIVE] = {"keep_alive", PHASE_LIMIT, on_keep_alive},
    [EVENT_GRACE_OVER] = {"grace_over", PHASE_LIMIT, on_grace_over},
    [EVENT_FAULT] = {"fault", PHASE_CHANGE, on_fault},
    [EVENT_SURGE] = {"surge", PHASE_CHANGE, on_surge},
    [EVENT_ROLLOUT] = {"rollout", PHASE_LIMIT, on_rollout},
    [EVENT_SCALER] = {"scaler", PHASE_LIMIT, on_scaler},
    [EVENT_FORESIGHT] = {"foresight", PHASE_FORESEEN, on_foresight},
    [EVENT_SERIES] = {"series", PHASE_OBSERVE, on_series},
};

// Statistics begin anew, the state stays (method A3).
static void on_warm_up(void *model, struct sim_event event)
{
    struct model *m = model_at(model, event);
    series_reset(m);
    billing_reset(m);
    setup_reset(m);
    for (uint32_t i = 0; i < m->config->app_count; i++) {
        struct app *app = &m->apps[i];
        struct service_stats *s = &app->service;
        struct fleet_stats *f = &app->fleet;
        outage_reset(m, app);
        downtime_reset(m, app);
        hist_reset(s->wait);
        hist_reset(s->response);
        level_reset(&s->queue, m->now);
        level_reset(&s->in_flight, m->now);
        hist_reset(f->cold_start);
        level_reset(&f->alive, m->now);
        f->starts = f->starts_failed = f->lives = 0;
        f->life_ns = 0;
        for (int r = 0; r < STOP_REASONS; r++)
            f->stops[r] = 0;
        f->mixed_ns = 0;
        if (f->mixed_since != SIM_NEVER) f->mixed_since = m->now;
    }
    deploy_reset(m);
    for (uint32_t i = 0; i < m->config->machine_count; i++) {
        level_reset(&m->machines[i].offered, m->now);
        m->machines[i].changed = m->now;
        m->machines[i].was_unlimited = false;
    }
}

static struct hist *new_hist(struct arena *arena)
{
    struct hist *hist = arena_new(arena, struct hist, 1);
    hist_reset(hist);
    return hist;
}

static void create_app(struct model *m, struct arena *arena, uint32_t id)
{
    struct app *app = &m->apps[id];
    const struct app_config *c = &m->config->apps[id];
    const struct revision_config *first = &m->config->revisions[c->first_revision];
    app->config = c;
    app->id = id;
    app->autoscaler = autoscaler_policies[c->autoscaler];
    app->routed = c->first_revision;
    app->scaling = first->scaling;
    billing_begin_mode(app, (enum auth_mode)first->auth_mode);
    waiting_create(app, arena);
    app->backoff.head = app->backoff.tail = NONE;
    app->rollout = app->last_rollout = app->restart = app->toll = app->previous = NONE;
    app->side.pool = NONE;
    app->service.wait = new_hist(arena);
    app->service.response = new_hist(arena);
    app->fleet.cold_start = new_hist(arena);
    app->fleet.mixed_since = SIM_NEVER;
}

static void open_streams(struct model *m, struct pool *pool)
{
    uint64_t seed = m->options.seed, replication = m->options.replication;
    uint32_t app = pool->app, index = pool->id - m->config->apps[app].first_revision;
    rng_stream_open(&pool->pending, seed, replication, model_stream(STREAM_PENDING, app, index));
    rng_stream_open(&pool->image, seed, replication, model_stream(STREAM_IMAGE, app, index));
    rng_stream_open(&pool->pull, seed, replication, model_stream(STREAM_PULL, app, index));
    rng_stream_open(&pool->setup, seed, replication, model_stream(STREAM_SETUP, app, index));
    rng_stream_open(&pool->setup_failure, seed, replication,
                    model_stream(STREAM_SETUP_FAILURE, app, index));
    rng_stream_open(&pool->teardown, seed, replication, model_stream(STREAM_TEARDOWN, app, index));
    rng_stream_open(&pool->step, seed, replication, model_stream(STREAM_STEP, app, index));
    rng_stream_open(&pool->node, seed, replication, model_stream(STREAM_NODE, app, index));
    rng_stream_open(&pool->crash, seed, replication, model_stream(STREAM_CRASH, app, index));
    rng_stream_open(&pool->sick, seed, replication, model_stream(STREAM_SICK, app, index));
    rng_stream_open(&pool->reclaim, seed, replication, model_stream(STREAM_RECLAIM, app, index));
}

static void create_pool(struct model *m, struct arena *arena, uint32_t app, uint32_t id)
{
    struct pool *pool = &m->pools[id];
    pool->config = &m->config->revisions[id];
    pool->id = id;
    pool->app = app;
    pool->max_multiplexing = pool->config->max_multiplexing;
    pool->startup_timeout = pool->config->startup_timeout;
    pool->alive_head = pool->alive_tail = NONE;
    pool->idle_used = pool->idle_fresh = (struct runner_queue){NONE, NONE};
    for (uint32_t slot = 0; slot < pool->config->machine_count; slot++) {
        const struct machine_config *machine = &m->config->machines[pool->config->machines[slot]];
        pool->units[slot] = machine->gpu ? pool->config->num_gpus : 1;
        pool->usd_per_s[slot] = machine->price_usd_per_s * pool->units[slot];
        pool->surge[slot] = 1;
    }
    setup_create(m, pool, arena);
    image_create(m, pool, arena);
    open_streams(m, pool);
    dispatch_create(m, pool, arena);
    scaler_create(m, pool, arena);
}

static void create_parts(struct model *m, struct arena *arena)
{
    const struct scenario_config *c = m->config;
    m->apps = arena_new(arena, struct app, c->app_count);
    m->pools = arena_new(arena, struct pool, c->revision_count);
    m->machines = arena_new(arena, struct machine, c->machine_count);
    m->sources = arena_new(arena, struct source, c->traffic_count);
    m->caller_usd = arena_new(arena, double, (size_t)c->app_count * c->caller_count);
    m->in_progress = arena_new(arena, uint32_t, c->caller_count);
    m->rollouts = arena_new(arena, struct rollout_record, c->timeline_count);
    deploy_create(m);
    m->runners = arena_new_raw(arena, struct runner, c->limits.runners);
    m->runner_asides = arena_new_raw(arena, struct runner_aside, c->limits.runners);
    m->requests = arena_new_raw(arena, struct request, c->limits.requests);
    m->request_asides = arena_new_raw(arena, struct request_aside, c->limits.requests);
    for (uint32_t i = 0; i < c->app_count; i++) {
        create_app(m, arena, i);
        for (uint32_t r = 0; r < c->apps[i].revisions; r++)
            create_pool(m, arena, i, c->apps[i].first_revision + r);
    }
    for (uint32_t i = 0; i < c->traffic_count; i++) {
        traffic_create(m, &m->sources[i], i);
        users_create(arena, &m->sources[i]);
    }
    for (uint32_t i = 0; i < c->machine_count; i++)
        capacity_change(m, i, c->machines[i].capacity);
    for (uint32_t i = 0; i < c->app_count; i++)
        foresight_create(m, &m->apps[i], arena);
    downtime_create(m, arena);
    series_create(m, arena);
    hint_create(m, arena);
    plain_create(m);
}

static void schedule_start(struct model *m)
{
    const struct scenario_config *c = m->config;
    surge_start(m);
    if (c->warm_up > 0) sim_at(m->sim, c->warm_up, EVENT_WARM_UP, 0, 0);
    for (uint32_t i = 0; i < c->timeline_count; i++)
        sim_at(m->sim, c->timeline[i].at, EVENT_TIMELINE, i, 0);
    for (uint32_t i = 0; i < c->app_count; i++)
        for (uint32_t r = 0; r < c->apps[i].initial_runners; r++)
            fleet_start_ready(m, &m->pools[m->apps[i].routed]);
    for (uint32_t i = 0; i < c->app_count; i++)
        foresight_begin(m, &m->apps[i]);
    for (uint32_t i = 0; i < c->traffic_count; i++)
        traffic_schedule(m, i);
    for (uint32_t i = 0; i < c->app_count; i++)
        app_react(m, &m->apps[i]);
    series_start(m);
}

struct model *model_create(struct arena *arena, const struct scenario_config *config,
                           const struct model_options *options)
{
    struct model *m = arena_new(arena, struct model, 1);
    struct sim_options sim = {
        .seed = options->seed,
        .replication = options->replication,
        .event_limit = config->limits.events,
        .trace = options->trace,
        .stop = options->stop,
    };
    m->config = config;
    m->options = *options;
    m->trace = options->trace;
    m->counted_from = config->warm_up;
    m->runner_free = m->request_free = NONE;
    m->room.head = m->room.tail = NONE;
    m->sim = sim_create(arena, &sim, handlers, EVENT_KINDS, m);
    create_parts(m, arena);
    arena_seal(arena);
    schedule_start(m);
    return m;
}

enum sim_end model_run(struct model *m)
{
    enum sim_end end = sim_run(m->sim, m->config->horizon);
    m->now = sim_now(m->sim);
    if (end != SIM_DONE) return end;
    for (uint32_t i = 0; i < m->config->app_count; i++)
        outage_close(m, &m->apps[i]);
    billing_close(m);
    deploy_close(m);
    service_close(m);
    for (uint32_t i = 0; i < m->config->app_count; i++)
        downtime_close(m, &m->apps[i]);
    series_finish(m);
    return end;
}

sim_time model_next(const struct model *m)
{
    return sim_next(m->sim);
}

enum sim_end model_advance(struct model *m, sim_time until)
{
    return sim_run(m->sim, until);
}

uint32_t model_backlog(const struct model *m, uint32_t app)
{
    return waiting_count(&m->apps[app]);
}

bool model_rollout_over(const struct model *m, uint32_t row)
{
    return m->rollouts[row].begun && m->rollouts[row].end != ROLLOUT_UNFINISHED;
}

uint64_t model_events(const struct model *m)
{
    return sim_events_done(m->sim) - (m->series ? m->series->events : 0);
}

const char *model_fault_text(const struct model *m)
{
    return sim_fault_text(m->sim);
}

size_t model_memory(const struct scenario_config *c)
{
    size_t runner = sizeof(struct runner) + sizeof(struct runner_aside) + 16;
    size_t runners = (size_t)c->limits.runners * runner;
    size_t births = (size_t)c->revision_count * ((size_t)c->limits.runners + 64) * 16;
    size_t request = sizeof(struct request) + sizeof(struct request_aside);
    size_t requests = (size_t)c->limits.requests * request;
    size_t events = (size_t)c->limits.events * 96;
    size_t apps = (size_t)c->app_count * (sizeof(struct app) + 3 * sizeof(struct hist));
    size_t pools = (size_t)c->revision_count * (sizeof(struct pool) + 4096);
    for (uint32_t i = 0; i < c->app_count; i++)
        apps += 2 * ((size_t)c->apps[i].endpoints * sizeof(struct lane) + 64); // line and side line
    size_t rest = ((size_t)c->traffic_count + c->timeline_count + c->machine_count + 64) * 4096;
    for (uint32_t i = 0; i < c->revision_count; i++)
        rest += c->revisions[i].image_nodes * sizeof(struct image_node);
    size_t callers = ((size_t)c->app_count + 1) * c->caller_count * sizeof(double);
    return runners + births + requests + events + apps + pools + rest + callers + hint_memory(c) +
           users_memory(c) + scaler_memory(c) + foresight_memory(c) + downtime_memory(c) +
           (1u << 20);
}
