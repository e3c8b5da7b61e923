#include "models/service.h"

#include "models/app.h"
#include "models/auth.h"
#include "models/billing.h"
#include "models/dispatch.h"
#include "models/fleet.h"
#include "models/idle.h"
#include "models/outage.h"
#include "models/series.h"
#include "models/side.h"
#include "models/traffic.h"
#include "models/waiting.h"

// Draws of an attempt are keyed by the request's number and the attempt; ten attempts at most.
static uint64_t attempt_key(const struct request *q)
{
    return q->number * 16 + q->attempts;
}

static uint32_t take_request(struct model *m)
{
    uint32_t id = m->request_free;
    if (id != NONE) {
        m->request_free = m->requests[id].next;
        return id;
    }
    if (m->request_used == m->config->limits.requests) {
        sim_fault(m->sim, "/limits/requests: more than %u requests are in the system at once",
                  (unsigned)m->config->limits.requests);
        return NONE;
    }
    return m->request_used++;
}

static const int64_t interval_ns = 300 * SIM_SECOND;

static void close_interval(struct availability *a)
{
    if (a->valid > 0) a->sum_of_bad += 1.0 - (double)a->good / (double)a->valid;
    a->good = a->valid = 0;
}

static void count_outcome(struct model *m, struct app *app, enum outcome outcome)
{
    struct service_stats *s = &app->service;
    s->outcomes[outcome]++;
    if (!outcomes[outcome].valid) return;
    int64_t interval = (m->now - m->counted_from) / interval_ns;
    if (interval != s->availability.interval) {
        close_interval(&s->availability);
        s->availability.interval = interval;
    }
    s->availability.valid++;
    s->availability.good += outcome == OUTCOME_OK;
}

// The request's life is over.
static void finish(struct model *m, uint32_t id, enum outcome outcome)
{
    struct request *q = &m->requests[id];
    struct app *app = &m->apps[q->app];
    if (q->counted) count_outcome(m, app, outcome);
    if (outcomes[outcome].refusal) outage_refused(m, app);
    q->state = REQUEST_FREE;
    q->next = m->request_free;
    m->request_free = id;
}

static sim_time draw_work(struct model *m, const struct request *q, uint32_t runner)
{
    struct source *source = &m->sources[q->source];
    const struct traffic_config *c = source->config;
    sim_time work = q->work;
    if (c->has_cold_service && m->runners[runner].served == 0)
        work = dist_draw_time(&c->cold_service, &source->cold_service, q->number);
    double factor = m->pools[m->runners[runner].pool].config->service_factor;
    return factor == 1 ? work : sim_from_seconds(sim_seconds(work) * factor);
}

// How the attempt will end, as far as the app decides.
static uint8_t draw_ending(struct model *m, const struct request *q, const struct revision_config *c)
{
    if (c->response_count == 0) return ENDING_OK;
    double u = rng_uniform(&m->sources[q->source].response, attempt_key(q));
    for (uint32_t i = 0; i < c->response_count; i++) {
        if (u < c->responses[i].probability) return (uint8_t)ending_of_status(c->responses[i].status);
        u -= c->responses[i].probability;
    }
    return ENDING_OK;
}

static void schedule_end(struct model *m, uint32_t id, uint32_t runner)
{
    struct request *q = &m->requests[id];
    const struct revision_config *c = m->pools[m->runners[runner].pool].config;
    sim_time length = draw_work(m, q, runner);
    sim_time limit = m->apps[q->app].scaling.request_timeout;
    q->ending = draw_ending(m, q, c);
    if (length > limit) {
        length = limit;
        q->ending = ENDING_REQUEST_TIMEOUT;
    }
    q->timer = sim_after(m->sim, length, EVENT_SERVICE_DONE, id, 0);
}

static void board(struct model *m, uint32_t id, uint32_t runner)
{
    struct request *q = &m->requests[id];
    struct runner *r = &m->runners[runner];
    q->state = REQUEST_IN_FLIGHT;
    q->runner = runner;
    q->prev = NONE;
    q->next = r->first_request;
    if (q->next != NONE) m->requests[q->next].prev = id;
    r->first_request = id;
    r->in_flight++;
    m->pools[r->pool].in_flight++;
    level_add(&m->apps[q->app].service.in_flight, m->now, 1);
}

static void begin(struct model *m, uint32_t id, uint32_t runner)
{
    struct request *q = &m->requests[id];
    struct runner *r = &m->runners[runner];
    struct pool *pool = &m->pools[r->pool];
    runner_settle(m, r);
    board(m, id, runner);
    if (r->state == RUNNER_IDLE) {
        idle_leave(m, pool, runner);
        runner_enter(m, runner, RUNNER_RUNNING);
    }
    if (r->in_flight == pool->config->max_multiplexing) dispatch_withdraw(m, pool, runner);
    q->started = m->now;
    q->share_start = r->share;
    q->cold = r->served == 0 && r->ready_at >= q->arrival;
    q->attempts++;
    schedule_end(m, id, runner);
    r->served++;
    series_wait(m, q->app, m->now - q->arrival);
    model_trace(m, "request", "begins", id, runner);
}

static void serve(struct model *m, struct app *app, struct line *line, struct pool *pool)
{
    while (line->length > 0) {
        uint32_t runner = dispatch_pick(pool);
        if (runner == NONE) return;
        uint32_t id = waiting_first(line);
        waiting_leave(m, app, id);
        begin(m, id, runner);
    }
}

void service_serve_line(struct model *m, struct app *app)
{
    serve(m, app, &app->line, &m->pools[app->routed]);
    uint32_t side = app->side.pool;
    if (side != NONE) serve(m, app, side_line(app, side), &m->pools[side]);
}

void service_drop_line(struct model *m, struct app *app)
{
    while (app->line.length > 0) {
        uint32_t id = waiting_first(&app->line);
        waiting_leave(m, app, id);
        finish(m, id, OUTCOME_GONE);
    }
}

static bool may_wait(struct app *app, const struct request *q, const struct pool *pool)
{
    if (waiting_count(app) >= app->config->max_queue_length) return false;
    if (!app->autoscaler->may_wait || q->attempts > 0) return true;
    struct autoscaler_view view = app_view(app, pool);
    return app->autoscaler->may_wait(&view);
}

// Two revisions take requests: the pool that this one belongs to, or *runner of the other one.
static struct pool *choose_revision(struct model *m, struct app *app, struct request *q,
                                    uint32_t *runner)
{
    uint32_t other, pool = side_route(m, app, q, &other);
    bool free = side_line(app, pool)->length == 0;
    *runner = free ? dispatch_pick(&m->pools[pool]) : NONE;
    if (free && *runner == NONE && other != NONE) *runner = dispatch_pick(&m->pools[other]);
    return &m->pools[pool];
}

// A free slot takes it at once; nobody can be waiting then.
static void submit(struct model *m, uint32_t id)
{
    struct request *q = &m->requests[id];
    struct app *app = &m->apps[q->app];
    struct pool *pool = &m->pools[app->routed];
    uint32_t runner = NONE;
    q->side = false;
    if (app->side.pool != NONE) pool = choose_revision(m, app, q, &runner);
    else if (app->line.length == 0) runner = dispatch_pick(pool);
    if (runner != NONE) {
        begin(m, id, runner);
    } else if (app->gone) {
        finish(m, id, OUTCOME_GONE);
    } else if (q->attempts > 0 || may_wait(app, q, pool)) {
        waiting_join(m, app, id);
    } else {
        finish(m, id, OUTCOME_REJECTED);
    }
}

void on_arrival(void *model, const struct sim_event *event)
{
    struct model *m = model_at(model, event);
    struct source *source = &m->sources[event->who];
    const struct traffic_config *c = source->config;
    struct app *app = &m->apps[c->app];
    uint64_t number = source->number++;
    sim_time work = source->trace_service;
    traffic_schedule(m, event->who);
    series_arrival(m, c->app);
    app->service.arrivals += m->now >= m->counted_from;

    uint32_t id = take_request(m);
    if (id == NONE) return;
    struct request *q = &m->requests[id];
    *q = (struct request){.arrival = m->now, .number = number, .source = event->who, .app = c->app};
    q->counted = m->now >= m->counted_from;
    q->shared = auth_modes[app->auth_mode].caller_pays;
    if (!auth_modes[app->auth_mode].admits[m->config->callers[c->caller].kind]) {
        finish(m, id, OUTCOME_UNAUTHORIZED);
        return;
    }
    q->work = work != SIM_NEVER ? work : dist_draw_time(&c->service, &source->service, number);
    submit(m, id);
    app_react(m, app);
}

// Takes the request off its runner, whose meters are settled.
static void alight(struct model *m, uint32_t id)
{
    struct request *q = &m->requests[id];
    struct runner *r = &m->runners[q->runner];
    if (q->prev == NONE) r->first_request = q->next;
    else m->requests[q->prev].next = q->next;
    if (q->next != NONE) m->requests[q->next].prev = q->prev;
    r->in_flight--;
    if (runner_states[r->state].class == CLASS_READY) m->pools[r->pool].in_flight--;
    level_add(&m->apps[q->app].service.in_flight, m->now, -1);
}

static void record_success(struct model *m, const struct request *q)
{
    if (!q->counted) return;
    struct app *app = &m->apps[q->app];
    struct service_stats *s = &app->service;
    sim_time wait = q->started - q->arrival;
    hist_add(s->wait, wait);
    hist_add(s->response, m->now - q->arrival);
    s->served++;
    s->cold += q->cold;
    s->good += wait <= app->config->good_within;
}

// Q5: min(retry_max, retry_base x 2^k), varied by the jitter.
static sim_time retry_delay(struct model *m, const struct request *q)
{
    const struct platform_config *p = &m->config->platform;
    sim_time delay = p->retry_base;
    for (int k = 1; k < q->attempts && delay < p->retry_max; k++)
        delay *= 2;
    if (delay > p->retry_max) delay = p->retry_max;
    if (p->retry_jitter <= 0) return delay;
    double u = rng_uniform(&m->sources[q->source].retry, attempt_key(q));
    return sim_from_seconds(sim_seconds(delay) * (1 + p->retry_jitter * (2 * u - 1)));
}

static bool will_retry(const struct model *m, const struct request *q)
{
    const struct traffic_config *c = &m->config->traffic[q->source];
    if (m->apps[q->app].gone) return false;
    return endings[q->ending].retried && c->path == PATH_QUEUE && q->attempts < c->max_attempts;
}

// An attempt is over: the request ends, or backs off and is submitted again.
static void end_attempt(struct model *m, uint32_t id)
{
    struct request *q = &m->requests[id];
    struct app *app = &m->apps[q->app];
    if (!will_retry(m, q)) {
        if (q->ending == ENDING_OK) record_success(m, q);
        finish(m, id, endings[q->ending].outcome);
        return;
    }
    sim_time limit = m->config->traffic[q->source].start_timeout;
    if (m->now - q->arrival >= limit) {
        finish(m, id, OUTCOME_START_TIMEOUT);
        return;
    }
    app->service.retried += q->counted;
    q->state = REQUEST_BACKING_OFF;
    q->timer = sim_after(m->sim, retry_delay(m, q), EVENT_RETRY, id, 0);
    sim_time deadline = sim_time_add(q->arrival, limit);
    q->deadline = sim_at(m->sim, deadline, EVENT_START_TIMEOUT, id, 0);
}

// A slot came free: the head of the line gets it on the spot, else the runner offers it.
static void slot_freed(struct model *m, struct pool *pool, uint32_t runner)
{
    struct runner *r = &m->runners[runner];
    struct app *app = &m->apps[pool->app];
    struct line *line = side_line(app, pool->id);
    if (line && line->length > 0) {
        uint32_t id = waiting_first(line);
        waiting_leave(m, app, id);
        begin(m, id, runner);
        return;
    }
    dispatch_offer(m, pool, runner);
    if (r->in_flight > 0) return;
    runner_enter(m, runner, RUNNER_IDLE);
    r->idle_since = m->now;
    idle_join(m, pool, runner, false);
}

void on_service_done(void *model, const struct sim_event *event)
{
    struct model *m = model_at(model, event);
    uint32_t id = event->who;
    struct request *q = &m->requests[id];
    uint32_t runner = q->runner;
    struct runner *r = &m->runners[runner];
    struct pool *pool = &m->pools[r->pool];
    const struct ending_row *ending = &endings[q->ending];
    SIM_CHECK(q->state == REQUEST_IN_FLIGHT);
    runner_settle(m, r);
    billing_request(m, q, ending->charged);
    alight(m, id);
    if (m->apps[pool->app].side.pool == pool->id) side_count(&m->apps[pool->app], ending);
    end_attempt(m, id);
    if (ending->fate == FATE_KILLED)
        fleet_kill(m, runner, STOP_REQUEST);
    else if (r->state == RUNNER_RUNNING)
        slot_freed(m, pool, runner);
    else if (r->in_flight == 0)
        fleet_drained(m, runner);
    app_react(m, &m->apps[pool->app]);
}

void service_cut_all(struct model *m, uint32_t runner)
{
    struct runner *r = &m->runners[runner];
    runner_settle(m, r);
    while (r->first_request != NONE) {
        uint32_t id = r->first_request;
        struct request *q = &m->requests[id];
        q->ending = ENDING_CUT;
        m->apps[q->app].service.killed += q->counted;
        billing_request(m, q, endings[ENDING_CUT].charged);
        alight(m, id);
        sim_cancel(m->sim, &q->timer);
        end_attempt(m, id);
    }
}

void on_retry(void *model, const struct sim_event *event)
{
    struct model *m = model_at(model, event);
    struct request *q = &m->requests[event->who];
    SIM_CHECK(q->state == REQUEST_BACKING_OFF);
    submit(m, event->who);
    if (q->state == REQUEST_IN_FLIGHT) sim_cancel(m->sim, &q->deadline);
    app_react(m, &m->apps[q->app]);
}

void on_overdue(void *model, const struct sim_event *event)
{
    struct model *m = model_at(model, event);
    struct app *app = &m->apps[m->requests[event->who].app];
    waiting_overdue(m, app, event->who);
    app_react(m, app);
}

void on_start_timeout(void *model, const struct sim_event *event)
{
    struct model *m = model_at(model, event);
    struct request *q = &m->requests[event->who];
    struct app *app = &m->apps[q->app];
    if (q->state == REQUEST_WAITING) waiting_leave(m, app, event->who);
    else sim_cancel(m->sim, &q->timer);
    finish(m, event->who, OUTCOME_START_TIMEOUT);
    app_react(m, app);
}

void service_close(struct model *m)
{
    for (uint32_t i = 0; i < m->request_used; i++) {
        const struct request *q = &m->requests[i];
        if (q->state != REQUEST_FREE && q->counted)
            m->apps[q->app].service.outcomes[OUTCOME_UNFINISHED]++;
    }
    for (uint32_t i = 0; i < m->config->app_count; i++)
        close_interval(&m->apps[i].service.availability);
}
