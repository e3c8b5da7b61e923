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

OUT_OF_LINE bool look_at_app(struct model *m, struct app *app)
{
    bool plain = app->may_be_plain && app->rollout == NONE && app->restart == NONE &&
                 app->side.pool == NONE && !app->gone;
    if (plain) app->plain_at = m->epoch;
    return plain;
}

// The answer no need not be kept: it leads to a general handler, after which it is asked anew.
static inline bool is_plain(struct model *m, struct app *app)
{
    return LIKELY(app->plain_at == m->epoch) || look_at_app(m, app);
}

OUT_OF_LINE bool look_at_source(struct model *m, struct source *s)
{
    const struct traffic_config *c = s->config;
    struct app *app = &m->apps[c->app];
    if (!is_plain(m, app) || !traffic_admitted(m, app, c->caller)) return false;
    s->plain_at = m->epoch;
    s->born = (struct request){.source = (uint32_t)(s - m->sources), .app = app->id, .hint = NONE};
    traffic_mark(s, &s->born, &(const struct request_traits){.priority = 0});
    s->born.counted = m->now >= m->counted_from;
    s->born.shared = auth_modes[app->auth_mode].caller_pays;
    return true;
}

static inline bool is_plain_source(struct model *m, struct source *s)
{
    return LIKELY(s->plain_at == m->epoch) || look_at_source(m, s);
}

ALWAYS_INLINE void start_attempt(struct model *m, const struct app *app, struct runner *r,
                                 struct request *q, uint32_t id)
{
    sim_time length = q->work;
    service_start_attempt(m, r, q);
    if (UNLIKELY(r->sick || q->status > 0)) length = attempt_begin(m, q);
    service_schedule_end(m, app, q, id, length);
    r->used = true;
}

// A free slot takes it.
ALWAYS_INLINE void begin(struct model *m, struct app *app, struct pool *pool, struct request *q,
                         uint32_t id)
{
    uint32_t runner = dispatch_pick_inline(pool);
    service_occupy(m, app, pool, q, id, runner, true);
    start_attempt(m, app, &m->runners[runner], q, id);
}

static inline bool may_wait(const struct model *m, const struct app *app, const struct request *q,
                            const struct pool *pool)
{
    if (app->autoscaler->may_wait) return service_may_wait(m, app, q, pool);
    return app->line.length < app->config->max_queue_length;
}

// Nobody waits while a slot is free: whoever could serve a line has done so.
ALWAYS_INLINE void submit(struct model *m, struct app *app, struct pool *pool,
                          const struct source *source, struct request *q, uint32_t id)
{
    bool content;
    if (pool->free.count > 0) {
        begin(m, app, pool, q, id);
        content = scaler_content_in_flight(m, pool);
    } else if (may_wait(m, app, q, pool)) {
        waiting_join_lane(m, app, &app->line, app->line.lanes, id, source->start_timeout);
        content = scaler_content_waiting(m, app, pool);
    } else {
        service_finish(m, id, OUTCOME_REJECTED);
        content = scaler_content(m, pool);
    }
    if (!content) scaler_ask(m, app, pool);
}

// `row`: of the trace that it comes from; NULL: it comes from none.
ALWAYS_INLINE void arrive(struct model *m, struct source *source, uint32_t from,
                          const struct trace_row *row)
{
    const struct traffic_config *c = source->config;
    struct app *app = &m->apps[c->app];
    uint64_t number = source->number++;
    traffic_schedule_inline(m, from, source);
    app->service.arrivals += source->born.counted;
    uint32_t id = service_take(m);
    if (id == NONE) return;
    struct request *q = &m->requests[id];
    request_begin(q, &source->born);
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
    SIM_CHECK_SLOW(app->line.length == 0 || pool->free.count == 0);
    submit(m, app, pool, source, q, id);
}

void on_arrival(void *model, struct sim_event event)
{
    struct model *m = model;
    struct source *source = &m->sources[event.who];
    m->now = event.at;
    if (!is_plain_source(m, source)) {
        service_arrives(model_at(m, event), event);
    } else if (source->config->kind == ARRIVAL_TRACE) {
        const struct trace_row row = source->row; // the next one takes its place
        arrive(m, source, event.who, &row);
    } else {
        arrive(m, source, event.who, NULL);
    }
}

static inline void answer(struct model *m, struct app *app, const struct request *q)
{
    if (!q->counted) return;
    service_record_success(m, app, q);
    availability_look(m, app);
    app->service.outcomes[OUTCOME_OK]++;
}

// The slot that came free is the next one's: to the app and its pool nothing changes.
ALWAYS_INLINE void hand_over(struct model *m, struct app *app, struct runner *r,
                             const struct request *done)
{
    struct lane *lane = app->line.lanes;
    uint32_t normal = lane->head[PRIORITY_NORMAL];
    uint32_t id = normal != NONE ? normal : lane->head[PRIORITY_LOW];
    struct request *q = &m->requests[id];
    waiting_leave_lane(m, app, &app->line, lane, id);
    if (LIKELY(r->in_flight == 1)) {
        service_board_alone(r, q, id, done->runner);
    } else {
        service_alight(m, r, done);
        service_board(m, r, q, id, done->runner);
    }
    start_attempt(m, app, r, q, id);
}

ALWAYS_INLINE void finish(struct model *m, struct app *app, struct pool *pool, struct runner *r,
                          struct request *q, uint32_t id)
{
    runner_settle_as(m, app, pool, r, RUNNER_RUNNING);
    billing_request_inline(m, app, pool, r, q, true, true);
    answer(m, app, q);
    // Else there are fewer slots than there were.
    bool fits = r->in_flight <= pool->max_multiplexing;
    if (fits && app->line.length > 0) {
        hand_over(m, app, r, q);
    } else {
        service_alight(m, r, q);
        pool->in_flight--;
        level_down(&app->service.in_flight, m->now);
        if (fits) service_offer_slot(m, app, pool, q->runner, true);
    }
    service_release(m, q, id);
    if (!scaler_content(m, pool)) scaler_ask(m, app, pool);
}

void on_service_done(void *model, struct sim_event event)
{
    struct model *m = model;
    struct request *q = &m->requests[event.who];
    struct runner *r = &m->runners[q->runner];
    struct app *app = &m->apps[q->app];
    SIM_CHECK_SLOW(q->state == REQUEST_IN_FLIGHT);
    bool usual = q->ending == ENDING_OK && !q->abandoned && r->state == RUNNER_RUNNING;
    if (usual && is_plain(m, app) && r->pool == app->routed) {
        m->now = event.at;
        finish(m, app, &m->pools[r->pool], r, q, event.who);
    } else {
        service_done(model_at(m, event), event);
    }
}
