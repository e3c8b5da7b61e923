#pragma once

#include "models/attempt.h"
#include "models/auth.h"
#include "models/availability.h"
#include "models/callers.h"
#include "models/dispatch_inline.h"
#include "models/downtime.h"
#include "models/hint.h"
#include "models/idle_inline.h"
#include "models/outage.h"
#include "models/runner_inline.h"
#include "models/scaler_inline.h"
#include "models/series.h"
#include "models/slowdown.h"
#include "models/traffic_inline.h"
#include "models/users.h"
#include "models/waiting_inline.h"

// What of service.c the handlers of every request compile in line, once with `plain` and once
// without (plain.h).

void service_finish(struct model *model, uint32_t request, enum outcome outcome);
bool service_may_wait(const struct model *model, const struct app *app,
                      const struct request *request, const struct pool *pool);

static inline uint32_t service_take(struct model *m)
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

static inline void count_outcome(struct model *m, struct app *app, enum outcome outcome)
{
    app->service.outcomes[outcome]++;
    if (outcomes[outcome].valid) availability_count(m, app, outcome == OUTCOME_OK);
}

// The caller knows the outcome.
ALWAYS_INLINE void answer(struct model *m, struct app *app, struct request *q, enum outcome outcome,
                          const bool plain)
{
    if (!plain && app->downtime) downtime_answer(m, app, q, outcome);
    if (q->counted) count_outcome(m, app, outcome);
    if (outcomes[outcome].refusal) outage_refused(m, app);
    if (!plain && m->sources[q->source].turns) users_answered(m, q);
}

static inline void release(struct model *m, struct request *q, uint32_t id)
{
    q->state = REQUEST_FREE;
    q->next = m->request_free;
    m->request_free = id;
}

static inline bool slowed(const struct pool *pool)
{
    return pool->config->slowdown.kind != SLOWDOWN_NONE;
}

ALWAYS_INLINE void schedule_end(struct model *m, struct app *app, struct pool *pool,
                                struct runner *r, uint32_t id, const bool plain)
{
    struct request *q = &m->requests[id];
    sim_time length = q->work;
    if (plain && !r->sick && q->status == 0)
        attempt_ends(q, ENDING_OK);
    else
        length = attempt_begin(m, q);
    if (!plain && slowed(pool)) {
        slowdown_join(m, id, length);
        return;
    }
    sim_time limit = app->scaling.request_timeout;
    if (length > limit) {
        length = limit;
        attempt_ends(q, ENDING_REQUEST_TIMEOUT);
    }
    sim_time at = sim_time_add(m->now, length);
    q->timer = sim_at_inline(m->sim, at, EVENT_SERVICE_DONE, id, 0);
}

ALWAYS_INLINE void board(struct model *m, struct app *app, struct pool *pool, struct runner *r,
                         uint32_t id, uint32_t runner, const bool plain)
{
    struct request *q = &m->requests[id];
    q->state = REQUEST_IN_FLIGHT;
    q->runner = runner;
    q->prev = NONE;
    q->next = r->first_request;
    if (q->next != NONE) m->requests[q->next].prev = id;
    r->first_request = id;
    r->in_flight++;
    pool->in_flight++;
    level_add(&app->service.in_flight, m->now, 1);
    if (!plain && q->limited) callers_count(m, q, 1);
}

// Is it as cold here as when it was recorded?
static inline void check_label(struct model *m, const struct request *q)
{
    struct service_stats *s = &m->apps[q->app].service;
    if (q->attempts > 1 || !q->counted) return;
    s->labelled++;
    s->labels_met += q->cold == (q->label == LABEL_COLD);
}

ALWAYS_INLINE void begin_on(struct model *m, struct app *app, struct pool *pool, uint32_t id,
                            uint32_t runner, const bool plain)
{
    struct request *q = &m->requests[id];
    struct runner *r = &m->runners[runner];
    runner_settle_inline(m, app, pool, r);
    board(m, app, pool, r, id, runner, plain);
    if (r->state == RUNNER_IDLE) {
        idle_leave_inline(m, pool, runner);
        runner_turn(m, app, pool, runner, RUNNER_RUNNING);
    }
    if (r->in_flight >= pool->max_multiplexing)
        dispatch_withdraw_inline(m, pool, runner);
    else
        dispatch_loaded(m, pool, runner);
    if (!plain && pool->hint_heads) hint_served(m, runner, q->hint);
    q->started = m->now;
    q->share_start = r->share;
    q->cold = r->served == 0 && r->ready_at >= q->arrival;
    q->attempts++;
    if (!plain && q->label) check_label(m, q);
    schedule_end(m, app, pool, r, id, plain);
    r->served++;
    if (plain) return;
    series_wait(m, q->app, m->now - q->arrival);
    model_trace(m, "request", "begins", id, runner);
}

// Takes the request off its runner, whose meters are settled.
ALWAYS_INLINE void alight_from(struct model *m, struct app *app, struct pool *pool,
                               struct runner *r, const struct request *q, const bool plain)
{
    if (q->prev == NONE)
        r->first_request = q->next;
    else
        m->requests[q->prev].next = q->next;
    if (q->next != NONE) m->requests[q->next].prev = q->prev;
    r->in_flight--;
    if (plain || runner_states[r->state].class == CLASS_READY) pool->in_flight--;
    level_add(&app->service.in_flight, m->now, -1);
    if (!plain && q->limited) callers_count(m, q, -1);
}

// Q2: what strict priority costs the low ones shows only by priority.
static inline void record_priority(struct model *m, const struct request *q, sim_time wait)
{
    struct service_stats *s = &m->apps[q->app].service;
    struct priority_stats *p = &s->by_priority[q->priority];
    p->served++;
    p->wait_ns += wait;
    p->response_ns += m->now - q->arrival;
}

static inline void record_success(struct model *m, struct app *app, const struct request *q)
{
    if (!q->counted) return;
    struct service_stats *s = &app->service;
    sim_time wait = q->started - q->arrival;
    hist_add(s->wait, wait);
    hist_add(s->response, m->now - q->arrival);
    if (app->has_low) record_priority(m, q, wait);
    s->served++;
    s->cold += q->cold;
    s->good += wait <= app->config->good_within;
}

// Nobody waits: the runner offers its free slot.
static inline void slot_offered(struct model *m, struct app *app, struct pool *pool,
                                uint32_t runner)
{
    struct runner *r = &m->runners[runner];
    dispatch_offer_inline(m, pool, runner);
    if (r->in_flight > 0) return;
    runner_turn(m, app, pool, runner, RUNNER_IDLE);
    r->idle_since = m->now;
    idle_join_inline(m, pool, runner, false);
}
