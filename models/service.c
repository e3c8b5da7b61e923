#include "models/service.h"

#include "models/app.h"
#include "models/callers.h"
#include "models/cancel.h"
#include "models/downtime.h"
#include "models/fleet.h"
#include "models/hint.h"
#include "models/outage.h"
#include "models/series.h"
#include "models/service_inline.h"
#include "models/side.h"
#include "models/slowdown.h"
#include "models/users.h"

static void count_outcome(struct model *m, struct app *app, enum outcome outcome)
{
    availability_look(m, app);
    app->service.outcomes[outcome]++;
}

// The caller knows the outcome.
static void answer(struct model *m, struct app *app, struct request *q, enum outcome outcome)
{
    if (app->downtime) downtime_answer(m, app, q, outcome);
    if (q->counted) count_outcome(m, app, outcome);
    if (outcomes[outcome].refusal) outage_refused(m, app);
    if (m->sources[q->source].turns) users_answered(m, q);
}

// The request's life is over.
void service_finish(struct model *m, uint32_t id, enum outcome outcome)
{
    struct request *q = &m->requests[id];
    if (!q->abandoned) answer(m, &m->apps[q->app], q, outcome);
    if (m->sources[q->source].config->has_cancel_after)
        sim_cancel(m->sim, &m->request_asides[id].patience);
    service_release(m, q, id);
}

static bool slowed(const struct pool *pool)
{
    return pool->config->slowdown.kind != SLOWDOWN_NONE;
}

// Is it as cold here as when it was recorded?
static void check_label(struct model *m, const struct request *q)
{
    struct service_stats *s = &m->apps[q->app].service;
    if (q->attempts > 1 || !q->counted) return;
    s->labelled++;
    s->labels_met += q->cold == (q->label == LABEL_COLD);
}

static void begin(struct model *m, uint32_t id, uint32_t runner)
{
    struct request *q = &m->requests[id];
    struct runner *r = &m->runners[runner];
    struct pool *pool = &m->pools[r->pool];
    struct app *app = &m->apps[pool->app];
    service_occupy(m, app, pool, q, id, runner, false);
    if (q->limited) callers_count(m, q, 1);
    if (pool->hint_heads) hint_served(m, runner, q->hint);
    service_start_attempt(m, r, q);
    if (q->label) check_label(m, q);
    sim_time length = attempt_begin(m, q);
    if (slowed(pool))
        slowdown_join(m, id, length);
    else
        service_schedule_end(m, app, q, id, length);
    r->used = true;
    series_wait(m, q->app, m->now - q->arrival);
    model_trace(m, "request", "begins", id, runner);
}

// The request is submitted again later; its deadline goes on meanwhile.
static void back_off(struct model *m, uint32_t id, sim_time delay)
{
    struct request *q = &m->requests[id];
    q->state = REQUEST_BACKING_OFF;
    q->timer = sim_after(m->sim, delay, EVENT_RETRY, id, 0);
    if (sim_pending(m->sim, q->deadline)) return;
    sim_time deadline = sim_time_add(q->arrival, m->sources[q->source].start_timeout);
    q->deadline = sim_at(m->sim, deadline, EVENT_START_TIMEOUT, id, 0);
}

// The caller's limit forbids it to start, though a slot is free.
static void refuse(struct model *m, uint32_t id)
{
    struct request *q = &m->requests[id];
    if (m->config->traffic[q->source].path != PATH_QUEUE) {
        service_finish(m, id, OUTCOME_REJECTED);
        return;
    }
    m->apps[q->app].service.postponed += q->counted;
    back_off(m, id, callers_delay(m, q));
}

// Takes the first one out of the line that may start, or NONE.
static uint32_t call_next(struct model *m, struct app *app, struct line *line)
{
    while (line->length > 0) {
        uint32_t id = waiting_first(m, app, line);
        waiting_leave(m, app, id);
        if (callers_admit(m, &m->requests[id])) return id;
        refuse(m, id);
    }
    return NONE;
}

// A runner with a free slot, or NONE.
static uint32_t pick(struct model *m, struct pool *pool, uint32_t id)
{
    uint32_t runner = pool->hint_heads ? hint_find(m, pool, m->requests[id].hint) : NONE;
    return runner != NONE ? runner : dispatch_pick(pool);
}

static void serve(struct model *m, struct app *app, struct line *line, struct pool *pool)
{
    while (line->length > 0 && pool->free.count > 0) {
        uint32_t id = call_next(m, app, line);
        if (id == NONE) return;
        begin(m, id, pick(m, pool, id));
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
        uint32_t id = waiting_first(m, app, &app->line);
        waiting_leave(m, app, id);
        service_finish(m, id, OUTCOME_GONE);
    }
}

bool service_may_wait(const struct model *m, const struct app *app, const struct request *q,
                      const struct pool *pool)
{
    if (waiting_length(app, q) >= app->config->max_queue_length) return false;
    if (!app->autoscaler->may_wait || q->attempts > 0) return true;
    struct autoscaler_view view = scaler_view(m, app, pool);
    return app->autoscaler->may_wait(&view);
}

// Two revisions take requests: the pool that this one belongs to; *taker: the one with a free slot.
static struct pool *choose_revision(struct model *m, struct app *app, struct request *q,
                                    struct pool **taker)
{
    uint32_t other, id = side_route(m, app, q, &other);
    struct pool *pool = &m->pools[id];
    *taker = NULL;
    if (side_line(app, id)->length > 0) return pool;
    if (pool->free.count > 0)
        *taker = pool;
    else if (other != NONE && m->pools[other].free.count > 0)
        *taker = &m->pools[other];
    return pool;
}

// A free slot takes it at once; nobody can be waiting then.
static void submit(struct model *m, uint32_t id)
{
    struct request *q = &m->requests[id];
    struct app *app = &m->apps[q->app];
    struct pool *pool = &m->pools[app->routed];
    struct pool *taker = app->line.length == 0 && pool->free.count > 0 ? pool : NULL;
    q->side = false;
    if (app->gone) {
        service_finish(m, id, OUTCOME_GONE);
        return;
    }
    if (app->side.pool != NONE) pool = choose_revision(m, app, q, &taker);
    bool held = m->config->traffic[q->source].path != PATH_QUEUE; // on the connection
    if (q->limited && (taker || held) && !callers_admit(m, q)) {
        refuse(m, id);
    } else if (taker) {
        begin(m, id, pick(m, taker, id));
    } else if (q->attempts > 0 || q->postponed > 0 || service_may_wait(m, app, q, pool)) {
        waiting_join(m, app, id);
    } else {
        service_finish(m, id, OUTCOME_REJECTED);
    }
}

// One request of an instant of arrival; false: it does not get as far as the app.
static bool arrive(struct model *m, uint32_t from, uint64_t number, const struct trace_row *row)
{
    struct source *source = &m->sources[from];
    const struct traffic_config *c = source->config;
    uint32_t to = traffic_app(source, row);
    struct app *app = &m->apps[to];
    series_arrival(m, to);
    app->service.arrivals += m->now >= m->counted_from;

    uint32_t id = service_take(m);
    if (id == NONE) return false;
    struct request *q = &m->requests[id];
    *q = (struct request){.arrival = m->now, .number = number, .source = from, .app = to};
    m->request_asides[id] = (struct request_aside){.work_until = 0};
    traffic_mark(source, q, &row->traits);
    q->counted = m->now >= m->counted_from;
    q->shared = auth_modes[app->auth_mode].caller_pays;
    if (!traffic_admitted(m, app, q->caller)) {
        service_finish(m, id, OUTCOME_UNAUTHORIZED);
        return false;
    }
    q->hint = m->hints || app->downtime ? hint_of(m, q, row->traits.hint) : NONE;
    callers_mark(m, q);
    if (c->has_cancel_after) cancel_arm(m, id);
    q->work = row->service != SIM_NEVER
                  ? row->service
                  : dist_ahead_time(&source->works, &c->service, &source->service, number);
    submit(m, id);
    return true;
}

void service_arrives(struct model *m, struct sim_event event)
{
    struct source *source = &m->sources[event.who];
    struct trace_row row = source->row;
    bool arrived = false;
    if (source->turns) {
        arrived = arrive(m, event.who, users_number(source, event.arg), &row);
    } else {
        uint32_t batch = traffic_batch(source);
        uint64_t number = source->number;
        source->number += batch;
        source->beside += batch - 1;
        traffic_schedule(m, event.who);
        for (uint32_t i = 0; i < batch && !sim_fault_text(m->sim); i++)
            arrived |= arrive(m, event.who, number + i, &row);
    }
    if (arrived) app_react(m, &m->apps[traffic_app(source, &row)]);
}

static void alight(struct model *m, uint32_t id)
{
    struct request *q = &m->requests[id];
    struct runner *r = &m->runners[q->runner];
    struct pool *pool = &m->pools[r->pool];
    service_alight(m, r, q);
    if (runner_states[r->state].class == CLASS_READY) pool->in_flight--;
    level_down(&m->apps[q->app].service.in_flight, m->now);
    if (q->limited) callers_count(m, q, -1);
}

// An attempt is over: the request ends, or backs off and is submitted again.
static void end_attempt(struct model *m, uint32_t id)
{
    struct request *q = &m->requests[id];
    struct app *app = &m->apps[q->app];
    if (app->gone || !attempt_retried(m, q)) {
        if (q->ending == ENDING_OK && q->counted) service_record_success(m, app, q);
        service_finish(m, id, endings[q->ending].outcome);
        return;
    }
    sim_time limit = m->sources[q->source].start_timeout;
    if (m->now - q->arrival >= limit) {
        service_finish(m, id, OUTCOME_START_TIMEOUT);
        return;
    }
    app->service.retried += q->counted;
    back_off(m, id, attempt_retry_delay(m, q));
}

// A slot came free: the head of the line gets it on the spot, else the runner offers it.
static void slot_freed(struct model *m, struct pool *pool, uint32_t runner)
{
    struct runner *r = &m->runners[runner];
    if (r->in_flight >= pool->max_multiplexing) return; // there are fewer slots than there were
    struct app *app = &m->apps[pool->app];
    struct line *line = side_line(app, pool->id);
    uint32_t id = line ? call_next(m, app, line) : NONE;
    if (id != NONE)
        begin(m, id, runner);
    else
        service_offer_slot(m, app, pool, runner, false);
}

// The attempt under way is over, as q->ending says.
static void end_service(struct model *m, uint32_t id)
{
    struct request *q = &m->requests[id];
    uint32_t runner = q->runner;
    struct runner *r = &m->runners[runner];
    struct pool *pool = &m->pools[r->pool];
    const struct ending_row *ending = &endings[q->ending];
    SIM_CHECK(q->state == REQUEST_IN_FLIGHT);
    enum stop_reason reason;
    bool killed = attempt_kills(m, q, &reason);
    runner_settle(m, r);
    billing_request(m, q, ending->charged);
    alight(m, id);
    if (slowed(pool)) slowdown_leave(m, runner);
    if (m->apps[pool->app].side.pool == pool->id) side_count(&m->apps[pool->app], ending);
    end_attempt(m, id);
    if (killed)
        fleet_kill(m, runner, reason);
    else if (r->state == RUNNER_RUNNING)
        slot_freed(m, pool, runner);
    else if (r->in_flight == 0)
        fleet_drained(m, runner);
}

void service_done(struct model *m, struct sim_event event)
{
    struct request *q = &m->requests[event.who];
    struct pool *pool = &m->pools[m->runners[q->runner].pool];
    if (slowed(pool) && !slowdown_done(m, q->runner, event.who))
        attempt_ends(q, ENDING_REQUEST_TIMEOUT);
    end_service(m, event.who);
    app_react(m, &m->apps[pool->app]);
}

void service_interrupt(struct model *m, uint32_t id, uint8_t ending)
{
    struct request *q = &m->requests[id];
    sim_cancel(m->sim, &q->timer);
    attempt_ends(q, ending);
    end_service(m, id);
}

void service_abandon(struct model *m, uint32_t id, enum outcome outcome)
{
    struct request *q = &m->requests[id];
    answer(m, &m->apps[q->app], q, outcome);
    q->counted = false;
    q->abandoned = true;
}

void service_remove(struct model *m, uint32_t id, enum outcome outcome)
{
    struct request *q = &m->requests[id];
    SIM_CHECK(q->state == REQUEST_WAITING || q->state == REQUEST_BACKING_OFF);
    if (q->state == REQUEST_WAITING) {
        waiting_leave(m, &m->apps[q->app], id);
    } else {
        sim_cancel(m->sim, &q->timer);
        sim_cancel(m->sim, &q->deadline);
    }
    service_finish(m, id, outcome);
}

void service_cut_all(struct model *m, uint32_t runner, uint8_t ending)
{
    struct runner *r = &m->runners[runner];
    runner_settle(m, r);
    slowdown_clear(m, runner);
    while (r->first_request != NONE) {
        uint32_t id = r->first_request;
        struct request *q = &m->requests[id];
        attempt_ends(q, ending);
        m->apps[q->app].service.killed += q->counted;
        billing_request(m, q, endings[ending].charged);
        alight(m, id);
        sim_cancel(m->sim, &q->timer);
        end_attempt(m, id);
    }
}

void on_retry(void *model, struct sim_event event)
{
    struct model *m = model_at(model, event);
    struct request *q = &m->requests[event.who];
    SIM_CHECK(q->state == REQUEST_BACKING_OFF);
    submit(m, event.who);
    bool pending = q->state == REQUEST_WAITING || q->state == REQUEST_BACKING_OFF;
    if (!pending) sim_cancel(m->sim, &q->deadline); // it is in flight, or over: the app is gone
    app_react(m, &m->apps[q->app]);
}

void on_overdue(void *model, struct sim_event event)
{
    struct model *m = model_at(model, event);
    struct app *app = &m->apps[m->requests[event.who].app];
    waiting_overdue(m, app, event.who);
    app_react(m, app);
}

void on_start_timeout(void *model, struct sim_event event)
{
    struct model *m = model_at(model, event);
    struct app *app = &m->apps[m->requests[event.who].app];
    service_remove(m, event.who, OUTCOME_START_TIMEOUT);
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
        availability_close(m, &m->apps[i]);
}
