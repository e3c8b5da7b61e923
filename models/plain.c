#include "models/plain.h"

#include "models/service.h"
#include "models/service_inline.h"

static bool may_source_be_plain(const struct traffic_config *c)
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
            !may_source_be_plain(&c->traffic[i]))
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

void plain_look_source(struct model *m, struct source *s)
{
    const struct traffic_config *c = s->config;
    struct app *app = &m->apps[c->app];
    s->plain_epoch = m->epoch;
    s->plain = plain_app(m, app) && traffic_admitted(m, app, c->caller);
    s->born = (struct request){.source = (uint32_t)(s - m->sources), .app = app->id, .hint = NONE};
    traffic_mark(s, &s->born, &(const struct request_traits){.priority = 0});
    s->born.counted = m->now >= m->counted_from;
    s->born.shared = auth_modes[app->auth_mode].caller_pays;
}

// What app_react() does for a plain app, in which nobody waits while a slot is free.
static inline void react(struct model *m, struct app *app, struct pool *pool)
{
    SIM_CHECK_SLOW(app->line.length == 0 || pool->free.count == 0);
    if (!scaler_content(m, app, pool)) scaler_ask(m, app, pool);
}

static inline bool may_wait(const struct model *m, const struct app *app, const struct request *q,
                            const struct pool *pool)
{
    if (app->autoscaler->may_wait) return service_may_wait(m, app, q, pool);
    return app->line.length < app->config->max_queue_length;
}

static inline void submit(struct model *m, struct app *app, struct pool *pool, uint32_t id)
{
    if (app->line.length == 0 && pool->free.count > 0)
        begin_on(m, app, pool, id, dispatch_pick_inline(pool), true);
    else if (may_wait(m, app, &m->requests[id], pool))
        waiting_join_inline(m, app, id);
    else
        service_finish(m, id, OUTCOME_REJECTED);
}

// `row`: of the trace that it comes from; NULL: it comes from none.
ALWAYS_INLINE void arrive(struct model *m, struct source *source, uint32_t from,
                          const struct trace_row *row)
{
    const struct traffic_config *c = source->config;
    struct app *app = &m->apps[c->app];
    uint64_t number = source->number++;
    source->instant++;
    traffic_schedule_inline(m, from, source);
    if (m->sim->faulted) return;
    app->service.arrivals += source->born.counted;
    uint32_t id = service_take(m);
    if (id == NONE) return;
    struct request *q = &m->requests[id];
    *q = source->born;
    q->arrival = m->now;
    q->number = number;
    if (row) {
        traffic_mark(source, q, &row->traits);
        if (q->caller != c->caller && !traffic_admitted(m, app, q->caller)) {
            service_finish(m, id, OUTCOME_UNAUTHORIZED);
            return;
        }
    }
    q->work = row && row->service != SIM_NEVER
                  ? row->service
                  : dist_ahead_time(&source->works, &c->service, &source->service, number);
    struct pool *pool = &m->pools[app->routed];
    submit(m, app, pool, id);
    react(m, app, pool);
}

void plain_arrives(struct model *m, struct source *source, uint32_t from)
{
    if (source->config->kind == ARRIVAL_TRACE) {
        const struct trace_row row = source->row; // the next one takes its place
        arrive(m, source, from, &row);
    } else {
        arrive(m, source, from, NULL);
    }
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
    react(m, app, pool);
}
