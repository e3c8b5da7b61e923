#pragma once

#include "models/attempt.h"
#include "models/auth.h"
#include "models/availability.h"
#include "models/dispatch_inline.h"
#include "models/idle_inline.h"
#include "models/runner_inline.h"
#include "models/scaler_inline.h"
#include "models/traffic_inline.h"
#include "models/waiting_inline.h"

// What of service.c the handlers of every request compile in line, there and in plain.c.

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

static inline void service_release(struct model *m, struct request *q, uint32_t id)
{
    q->state = REQUEST_FREE;
    q->next = m->request_free;
    m->request_free = id;
}

// It is served from now on, and well if nothing happens.
static inline void service_seat(struct request *q, uint32_t runner)
{
    q->state = REQUEST_IN_FLIGHT;
    attempt_ends(q, ENDING_OK);
    q->runner = runner;
}

// The runner has this request alone.
static inline void service_board_alone(struct runner *r, struct request *q, uint32_t id,
                                       uint32_t runner)
{
    service_seat(q, runner);
    q->next = q->prev = NONE;
    r->first_request = id;
    r->in_flight = 1;
}

// One more than there are; a slot that has just come free may leave it none.
static inline void service_board(struct model *m, struct runner *r, struct request *q, uint32_t id,
                                 uint32_t runner)
{
    service_seat(q, runner);
    q->prev = NONE;
    q->next = r->first_request;
    if (q->next != NONE) m->requests[q->next].prev = id;
    r->first_request = id;
    r->in_flight++;
}

// One less.
static inline void service_alight(struct model *m, struct runner *r, const struct request *q)
{
    if (q->prev == NONE)
        r->first_request = q->next;
    else
        m->requests[q->prev].next = q->next;
    if (q->next != NONE) m->requests[q->next].prev = q->prev;
    r->in_flight--;
}

// The request takes a slot of the runner.
ALWAYS_INLINE void service_occupy(struct model *m, struct app *app, struct pool *pool,
                                  struct request *q, uint32_t id, uint32_t runner, const bool plain)
{
    struct runner *r = &m->runners[runner];
    if (LIKELY(r->state == RUNNER_IDLE)) {
        runner_settle_as(m, app, pool, r, RUNNER_IDLE);
        service_board_alone(r, q, id, runner);
        idle_leave_inline(m, pool, runner);
        runner_turn(m, app, pool, runner, RUNNER_RUNNING, plain);
    } else {
        runner_settle_as(m, app, pool, r, RUNNER_RUNNING);
        service_board(m, r, q, id, runner);
    }
    pool->in_flight++;
    level_up(&app->service.in_flight, m->now);
    if (r->in_flight >= pool->max_multiplexing)
        dispatch_withdraw_inline(m, pool, runner);
    else
        dispatch_loaded(m, pool, runner);
}

// The runner's meters are settled, and its load is known to dispatch.
ALWAYS_INLINE void service_start_attempt(struct model *m, struct runner *r, struct request *q)
{
    q->started = m->now;
    q->share_start = r->share;
    q->cold = !r->used && r->ready_at >= q->arrival;
    q->attempts++;
}

// As long as the app says, or as request_timeout allows (Q3).
ALWAYS_INLINE void service_schedule_end(struct model *m, const struct app *app, struct request *q,
                                        uint32_t id, sim_time length)
{
    sim_time limit = app->scaling.request_timeout;
    if (length > limit) {
        length = limit;
        attempt_ends(q, ENDING_REQUEST_TIMEOUT);
    }
    q->timer = sim_after_inline(m->sim, length, EVENT_SERVICE_DONE, PHASE_DONE, id);
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

// Of a request that is counted.
static inline void service_record_success(struct model *m, struct app *app, const struct request *q)
{
    struct service_stats *s = &app->service;
    sim_time wait = q->started - q->arrival;
    hist_add(s->wait, wait);
    hist_add(s->response, m->now - q->arrival);
    if (app->has_low) record_priority(m, q, wait);
    if (q->cold) s->cold++;
    s->good += wait <= app->config->good_within;
}

// Nobody waits: the runner offers its free slot.
ALWAYS_INLINE void service_offer_slot(struct model *m, struct app *app, struct pool *pool,
                                      uint32_t runner, const bool plain)
{
    struct runner *r = &m->runners[runner];
    dispatch_offer_inline(m, pool, runner);
    if (r->in_flight > 0) return;
    runner_turn(m, app, pool, runner, RUNNER_IDLE, plain);
    r->idle_since = m->now;
    idle_join_inline(m, pool, runner, false);
}
