#include "models/plain.h"

#include "models/service.h"
#include "models/service_inline.h"

static bool plain_source(const struct traffic_config *c)
{
    return c->kind != ARRIVAL_CLOSED_LOOP && c->batch == BATCH_NONE && !c->has_cancel_after &&
           !c->has_cold_service && !c->labelled && !c->many_apps;
}

static bool plain_revision(const struct revision_config *c)
{
    return c->slowdown.kind == SLOWDOWN_NONE && c->response_count == 0 && c->service_factor == 1;
}

static bool may_be_plain(const struct model *m, const struct app *app)
{
    const struct scenario_config *c = m->config;
    if (m->options.general || m->series || m->trace || m->hints) return false;
    if (app->downtime || app->foresight || app->config->endpoints > 1) return false;
    for (uint32_t i = 0; i < c->caller_count; i++)
        if (c->callers[i].concurrency_limit > 0) return false;
    for (uint32_t i = 0; i < c->traffic_count; i++)
        if ((c->traffic[i].app == app->id || c->traffic[i].many_apps) &&
            !plain_source(&c->traffic[i]))
            return false;
    for (uint32_t i = 0; i < app->config->revisions; i++)
        if (!plain_revision(&c->revisions[app->config->first_revision + i])) return false;
    return true;
}

void plain_create(struct model *m)
{
    m->epoch = 1;
    for (uint32_t i = 0; i < m->config->app_count; i++)
        m->apps[i].may_be_plain = may_be_plain(m, &m->apps[i]);
}

void plain_look(struct model *m, struct app *app)
{
    app->plain_epoch = m->epoch;
    app->plain = app->may_be_plain && app->rollout == NONE && app->restart == NONE &&
                 app->side.pool == NONE && !app->gone;
}

// What app_react() does for a plain app.
static inline void react_plain(struct model *m, struct app *app, struct pool *pool)
{
    if (app->line.length > 0 && pool->free.count > 0) service_serve_line(m, app);
    if (!scaler_content(m, app, pool)) scaler_ask(m, app, pool);
}

static inline void submit_plain(struct model *m, struct app *app, struct pool *pool, uint32_t id)
{
    if (app->line.length == 0 && pool->free.count > 0)
        begin_on(m, app, pool, id, dispatch_pick_inline(pool), true);
    else if (service_may_wait(m, app, &m->requests[id], pool))
        waiting_join_inline(m, app, id);
    else
        service_finish(m, id, OUTCOME_REJECTED);
}

void plain_arrives(struct model *m, struct source *source, struct app *app, uint32_t from)
{
    const struct traffic_config *c = source->config;
    struct trace_row row = source->row;
    uint64_t number = source->number++;
    source->instant++;
    traffic_schedule_inline(m, from, source);
    if (m->sim->faulted) return;
    app->service.arrivals += m->now >= m->counted_from;

    uint32_t id = service_take(m);
    if (id == NONE) return;
    struct request *q = &m->requests[id];
    *q = (struct request){.arrival = m->now, .number = number, .source = from, .app = app->id};
    traffic_mark(source, q, &row.traits);
    q->counted = m->now >= m->counted_from;
    q->shared = auth_modes[app->auth_mode].caller_pays;
    if (!auth_modes[app->auth_mode].admits[m->config->callers[q->caller].kind]) {
        service_finish(m, id, OUTCOME_UNAUTHORIZED);
        return;
    }
    q->hint = NONE;
    q->work = row.service != SIM_NEVER
                  ? row.service
                  : dist_ahead_time(&source->works, &c->service, &source->service, number);
    struct pool *pool = &m->pools[app->routed];
    submit_plain(m, app, pool, id);
    react_plain(m, app, pool);
}

void plain_done(struct model *m, struct app *app, struct pool *pool, uint32_t id)
{
    struct request *q = &m->requests[id];
    uint32_t runner = q->runner;
    struct runner *r = &m->runners[runner];
    runner_settle_inline(m, app, pool, r);
    billing_request_inline(m, app, pool, q, endings[ENDING_OK].charged, true);
    alight_from(m, app, pool, r, q, true);
    record_success(m, app, q);
    answer(m, app, q, OUTCOME_OK, true);
    release(m, q, id);
    if (r->in_flight < pool->max_multiplexing) {
        if (app->line.length > 0) {
            uint32_t next = waiting_first(m, app, &app->line);
            waiting_leave_inline(m, app, next);
            begin_on(m, app, pool, next, runner, true);
        } else {
            slot_offered(m, app, pool, runner);
        }
    }
    react_plain(m, app, pool);
}
