#pragma once

#include "models/app.h"
#include "models/billing.h"
#include "models/scaler.h"
#include "models/world.h"
#include "tests/kit.h"

// Looks over a model's shoulder through the trace hook and holds it to laws that every run obeys:
//
//   histories    a runner moves only as P1 says
//   routing      an attempt begins only on a runner of the revision that the alias points to, or of
//                the one that a rollout lets serve beside it
//   bookkeeping  counts, lists and levels agree with the runners and requests that there are
//   limits       nobody has more in progress than a caller's limit allows; machines have room for
//                what they hold, unless their capacity was lowered under it
//   no waste     nobody waits while a runner that may serve it has a free slot; the pool is not
//                smaller than wanted
//   meters       time in each state, added up here from the trace alone, is the metered time
//   money        owner + callers + absorbed = billed time, to the nanosecond
//
// watch.h runs a scenario so; watch_numbers.h judges the numbers that it reports.

// What happens when a law is broken: a test fails.  A program of its own may say otherwise.
#ifndef WATCH_BROKEN
#define WATCH_BROKEN(...) fail_msg(__VA_ARGS__)
#endif

#define watch_that(condition)                                                                      \
    do {                                                                                           \
        if (!(condition)) WATCH_BROKEN("%s: %s", __func__, #condition);                            \
    } while (0)
#define watch_equal(left, right)                                                                   \
    watch_counts(__func__, #left " = " #right, (int64_t)(left), (int64_t)(right))

static inline void watch_counts(const char *where, const char *law, int64_t left, int64_t right)
{
    if (left != right)
        WATCH_BROKEN("%s: %s: %lld is not %lld", where, law, (long long)left, (long long)right);
}

static inline void watch_near(double got, double wanted, double tolerance, const char *law)
{
    if (!(fabs(got - wanted) <= tolerance))
        WATCH_BROKEN("%s: %.12g is not %.12g", law, got, wanted);
}

struct watch {
    struct sim_trace trace;
    struct trace_hash hash;
    const struct scenario_config *config;
    const struct model *model; // NULL while it is made
    uint8_t *state;            // of each runner
    sim_time *since;
    uint32_t runners;                    // seen, at most
    sim_wide state_ns[RUNNER_STATES];    // after the warm-up
    sim_wide *waiting_ns, *in_flight_ns; // by app, after the warm-up
    uint32_t *in_progress;               // by caller
    sim_time seen;
    uint64_t events, begins;
    uint64_t period;          // events from one look at the books to the next
    bool loses_capacity;      // at some time machines hold more than they have
    struct kit_value *values; // that the model reported
    size_t value_count, value_room;
};

enum { WATCH_PERIOD = 16 };

static inline void *watch_memory(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size);
    if (!memory) abort();
    return memory;
}

static inline uint8_t watch_state(const char *name)
{
    for (uint8_t s = 0; s < RUNNER_STATES; s++)
        if (strcmp(runner_states[s].name, name) == 0) return s;
    WATCH_BROKEN("no runner state %s", name);
    return 0;
}

// The moves of domain 1.2 and of starts that are called off, by the first letters of the states.
static inline bool watch_may_follow(uint8_t from, uint8_t to)
{
    static const char *const follow[RUNNER_STATES] = {
        [RUNNER_TERMINATED] = "CP",  [RUNNER_CRASH_BACKOFF] = "PX", [RUNNER_PENDING] = "DSX",
        [RUNNER_DOCKER_PULL] = "SX", [RUNNER_SETUP] = "IX",         [RUNNER_IDLE] = "RTX",
        [RUNNER_RUNNING] = "IGT",    [RUNNER_DRAINING] = "T",       [RUNNER_TERMINATING] = "X",
    };
    static const char letters[] = {
        [RUNNER_TERMINATED] = 'X',  [RUNNER_CRASH_BACKOFF] = 'C', [RUNNER_PENDING] = 'P',
        [RUNNER_DOCKER_PULL] = 'D', [RUNNER_SETUP] = 'S',         [RUNNER_IDLE] = 'I',
        [RUNNER_RUNNING] = 'R',     [RUNNER_DRAINING] = 'G',      [RUNNER_TERMINATING] = 'T',
    };
    return strchr(follow[from], letters[to]) != NULL;
}

static inline void watch_spend(struct watch *w, uint32_t runner, sim_time until)
{
    sim_time since = w->since[runner] > w->config->warm_up ? w->since[runner] : w->config->warm_up;
    if (until > since) w->state_ns[w->state[runner]] += until - since;
    w->since[runner] = until;
}

static inline void watch_runner(struct watch *w, const struct trace_record *row)
{
    if (strcmp(row->detail, "waits for capacity") == 0) return;
    uint8_t next = watch_state(row->detail);
    watch_that(row->who < w->config->limits.runners);
    if (row->who >= w->runners) w->runners = row->who + 1;
    if (!watch_may_follow(w->state[row->who], next))
        WATCH_BROKEN("runner %u: %s -> %s", (unsigned)row->who,
                     runner_states[w->state[row->who]].name, row->detail);
    watch_spend(w, row->who, row->at);
    w->state[row->who] = next;
}

static inline void watch_begin(struct watch *w, const struct trace_record *row)
{
    const struct model *m = w->model;
    const struct runner *r = &m->runners[row->arg];
    const struct pool *pool = &m->pools[r->pool];
    const struct request *q = &m->requests[row->who];
    w->begins++;
    watch_equal(pool->app, q->app);
    const struct app *app = &m->apps[q->app];
    watch_that(app->routed == pool->id || app->side.pool == pool->id);
    watch_that(!app->gone);
    watch_equal(r->state, RUNNER_RUNNING);
    watch_that(r->in_flight >= 1 && r->in_flight <= pool->max_multiplexing);
    watch_that(q->attempts >= 1 && q->attempts <= m->config->traffic[q->source].max_attempts);
    if (m->config->traffic[q->source].path != PATH_QUEUE) watch_equal(q->attempts, 1);
}

static inline uint32_t watch_requests_of(const struct model *m, const struct runner *r)
{
    uint32_t count = 0;
    for (uint32_t id = r->first_request; id != NONE; id = m->requests[id].next) {
        watch_equal(m->requests[id].state, REQUEST_IN_FLIGHT);
        watch_that(&m->runners[m->requests[id].runner] == r);
        count++;
    }
    return count;
}

static inline void watch_one_runner(const struct model *m, const struct pool *pool, uint32_t id)
{
    const struct runner *r = &m->runners[id];
    bool ready = runner_states[r->state].class == CLASS_READY;
    bool idle = r->listed == LIST_USED || r->listed == LIST_FRESH;
    watch_equal(r->pool, pool->id);
    watch_equal(watch_requests_of(m, r), r->in_flight);
    watch_equal(r->available, ready && r->in_flight < pool->max_multiplexing);
    watch_equal(idle, r->state == RUNNER_IDLE);
    watch_equal(r->listed == LIST_BACKOFF, r->state == RUNNER_CRASH_BACKOFF);
    bool waits = r->state == RUNNER_PENDING && r->slot == NO_SLOT;
    watch_equal(r->listed == LIST_ROOM, waits);
    if (!waits && r->state != RUNNER_CRASH_BACKOFF) watch_that(r->slot != NO_SLOT);
}

static inline void watch_pool(const struct model *m, const struct pool *pool, uint64_t *in_use)
{
    uint32_t counts[RUNNER_STATES] = {0}, classes[4] = {0}, in_flight = 0, before = NONE;
    for (uint32_t id = pool->alive_head; id != NONE; id = m->runners[id].alive_next) {
        const struct runner *r = &m->runners[id];
        watch_one_runner(m, pool, id);
        watch_equal(r->alive_prev, before);
        before = id;
        counts[r->state]++;
        classes[runner_states[r->state].class]++;
        if (runner_states[r->state].class == CLASS_READY) in_flight += r->in_flight;
        if (r->slot != NO_SLOT) in_use[pool->config->machines[r->slot]] += pool->units[r->slot];
    }
    watch_equal(pool->alive_tail, before);
    watch_that(memcmp(counts, pool->counts, sizeof counts) == 0);
    watch_equal(pool->starting, classes[CLASS_STARTING]);
    watch_equal(pool->ready, classes[CLASS_READY]);
    watch_equal(pool->stopping, classes[CLASS_STOPPING]);
    watch_equal(pool->in_flight, in_flight);
}

// A request is as its source says, unless a row of a trace says otherwise.
static inline void watch_source(const struct model *m, const struct request *q)
{
    const struct traffic_config *source = &m->config->traffic[q->source];
    if (!source->ranked) watch_equal(q->priority, m->sources[q->source].priority);
    if (source->kind == ARRIVAL_TRACE) return;
    watch_equal(q->app, source->app);
    watch_equal(q->endpoint, source->endpoint);
    watch_equal(q->caller, source->caller);
}

static inline void watch_line(const struct model *m, const struct app *app, const struct line *line,
                              bool side)
{
    uint32_t length = 0, overdue = 0;
    uint32_t endpoints = app->config->endpoints ? app->config->endpoints : 1;
    for (uint32_t e = 0; e < endpoints; e++)
        for (int p = 0; p < PRIORITIES; p++)
            for (uint32_t id = line->lanes[e].head[p]; id != NONE; id = m->requests[id].next) {
                watch_equal(m->requests[id].state, REQUEST_WAITING);
                const struct request *q = &m->requests[id];
                watch_equal(q->priority, p);
                watch_equal(q->endpoint, e);
                watch_equal(q->app, app->id);
                watch_source(m, q);
                watch_equal(m->requests[id].side, side);
                length++;
                overdue += m->requests[id].overdue;
            }
    watch_equal(line->length, length);
    watch_equal(line->overdue, overdue);
}

// Nobody in the pool's line waits while one of its runners has a free slot.
static inline void watch_no_waste(const struct model *m, const struct app *app,
                                  const struct pool *pool, uint32_t waiting)
{
    for (uint32_t id = pool->alive_head; waiting > 0 && id != NONE; id = m->runners[id].alive_next)
        watch_that(!m->runners[id].available);
    // A policy that remembers must not be asked by somebody who looks on.
    if (app->hold || app->config->max_parallel_starts != UINT32_MAX || pool->scaler) return;
    watch_that(scaler_alive(pool) >= scaler_target(m, app, pool));
}

static inline void watch_app(const struct model *m, const struct app *app)
{
    const struct side *side = &app->side;
    bool two_lines = side->pool != NONE && !side->shared;
    watch_line(m, app, &app->line, false);
    watch_line(m, app, &side->line, true);
    if (!two_lines) watch_equal(side->line.length, 0);
    watch_equal(app->service.queue.value, app->line.length + side->line.length);
    if (app->gone) watch_equal(app->line.length, 0);
    watch_that(side->pool != app->routed);
    if (app->gone) return;
    watch_no_waste(m, app, &m->pools[app->routed], app->line.length);
    if (side->pool != NONE)
        watch_no_waste(m, app, &m->pools[side->pool],
                       two_lines ? side->line.length : app->line.length);
}

// Requests in progress that a limit counts, by caller, counted anew.
static inline void watch_callers(const struct watch *w)
{
    const struct model *m = w->model;
    memset(w->in_progress, 0, m->config->caller_count * sizeof *w->in_progress);
    for (uint32_t id = 0; id < m->request_used; id++) {
        const struct request *q = &m->requests[id];
        if (q->state == REQUEST_IN_FLIGHT && q->limited) w->in_progress[q->caller]++;
    }
    for (uint32_t i = 0; i < m->config->caller_count; i++) {
        uint32_t limit = m->config->callers[i].concurrency_limit;
        watch_equal(m->in_progress[i], w->in_progress[i]);
        if (limit > 0) watch_that(w->in_progress[i] <= limit);
    }
}

static inline void watch_machines(const struct watch *w, const uint64_t *in_use)
{
    const struct model *m = w->model;
    for (uint32_t i = 0; i < m->config->machine_count; i++) {
        watch_equal(m->machines[i].in_use, in_use[i]);
        if (!w->loses_capacity) watch_that(in_use[i] <= m->machines[i].capacity);
    }
}

static inline void watch_bookkeeping(const struct watch *w)
{
    const struct model *m = w->model;
    uint64_t in_use[SCENARIO_MACHINES] = {0};
    for (uint32_t p = 0; p < m->config->revision_count; p++)
        watch_pool(m, &m->pools[p], in_use);
    watch_machines(w, in_use);
    for (uint32_t i = 0; i < m->config->app_count; i++)
        watch_app(m, &m->apps[i]);
    watch_callers(w);
}

// What has been there since the last event is still there.
static inline void watch_areas(struct watch *w, sim_time until)
{
    const struct model *m = w->model;
    sim_time since = w->seen > w->config->warm_up ? w->seen : w->config->warm_up;
    w->seen = until;
    if (until <= since) return;
    for (uint32_t i = 0; i < m->config->app_count; i++)
        w->waiting_ns[i] +=
            (sim_wide)(m->apps[i].line.length + m->apps[i].side.line.length) * (until - since);
    for (uint32_t p = 0; p < m->config->revision_count; p++)
        for (uint32_t id = m->pools[p].alive_head; id != NONE; id = m->runners[id].alive_next)
            w->in_flight_ns[m->pools[p].app] +=
                (sim_wide)m->runners[id].in_flight * (until - since);
}

static inline void watch_record(void *context, const struct trace_record *row)
{
    struct watch *w = context;
    trace_hash_record(&w->hash, row);
    if (strcmp(row->what, "runner") == 0) {
        watch_runner(w, row);
    } else if (row->detail) {
        if (strcmp(row->detail, "begins") == 0) watch_begin(w, row);
    } else if (w->model) { // the model is between two events
        watch_areas(w, row->at);
        if (w->events++ % w->period == 0) watch_bookkeeping(w);
    }
}

static inline void watch_meters(struct watch *w)
{
    const struct model *m = w->model;
    sim_wide metered[RUNNER_STATES] = {0};
    for (uint32_t p = 0; p < m->config->revision_count; p++)
        for (uint32_t slot = 0; slot <= PLACES_PER_APP; slot++) {
            const struct meter *meter = &m->pools[p].meters[slot];
            sim_wide priced = meter_priced_ns(meter);
            watch_that(meter_owner_ns(meter) + meter->callers_ns + meter->absorbed_ns == priced);
            watch_that(meter_uncovered_ns(meter) >= 0 && meter->covered_ns >= 0);
            watch_that(meter_uncovered_ns(meter) + meter_chargeable_ns(meter) <= priced);
            for (int s = 0; s < RUNNER_STATES; s++)
                metered[s] += meter->state_ns[s];
        }
    for (uint32_t id = 0; id < w->runners; id++)
        watch_spend(w, id, m->config->horizon);
    for (int s = RUNNER_CRASH_BACKOFF; s < RUNNER_STATES; s++)
        if (metered[s] != w->state_ns[s])
            WATCH_BROKEN("%s: metered %.9f s, seen %.9f s", runner_states[s].name,
                         sim_wide_seconds(metered[s]), sim_wide_seconds(w->state_ns[s]));
}

static inline bool watch_loses_capacity(const struct scenario_config *c)
{
    for (uint32_t i = 0; i < c->timeline_count; i++)
        if (c->timeline[i].kind == TIMELINE_CAPACITY && !c->timeline[i].evict) return true;
    return false;
}

// The trace of a model of this scenario goes to w->trace; w->model is to be set as soon as it is
// there.
static inline void watch_start(struct watch *w, const struct scenario_config *config)
{
    *w = (struct watch){.config = config, .period = WATCH_PERIOD};
    w->trace = (struct sim_trace){watch_record, w};
    trace_hash_start(&w->hash);
    w->state = watch_memory(config->limits.runners, sizeof *w->state);
    w->since = watch_memory(config->limits.runners, sizeof *w->since);
    w->waiting_ns = watch_memory(config->app_count, sizeof *w->waiting_ns);
    w->in_flight_ns = watch_memory(config->app_count, sizeof *w->in_flight_ns);
    w->in_progress = watch_memory(config->caller_count, sizeof *w->in_progress);
    w->loses_capacity = watch_loses_capacity(config);
}

// The run is over.
static inline void watch_finish(struct watch *w)
{
    watch_bookkeeping(w);
    watch_meters(w);
    watch_areas(w, w->config->horizon);
}

static inline void watch_stop(struct watch *w)
{
    free(w->state);
    free(w->since);
    free(w->waiting_ns);
    free(w->in_flight_ns);
    free(w->in_progress);
    w->state = NULL;
    w->since = NULL;
    w->waiting_ns = w->in_flight_ns = NULL;
    w->in_progress = NULL;
    w->model = NULL;
}
