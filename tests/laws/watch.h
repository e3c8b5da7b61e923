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
//   limits       nobody has more in progress than a caller's limit allows
//   no waste     nobody waits while a runner that may serve it has a free slot; the pool is not
//                smaller than wanted
//   meters       time in each state, added up here from the trace alone, is the metered time
//   areas        requests waiting and in flight, added up here, are the reported means
//   money        owner + callers + absorbed = billed time, to the nanosecond
//
//   struct watch watch;
//   watch_run(&kit, &watch, seed, replication);   watch.hash says what happened

enum { WATCH_RUNNERS = 4096 };

struct watch {
    struct sim_trace trace;
    struct trace_hash hash;
    const struct model *model; // NULL while it is made
    uint8_t state[WATCH_RUNNERS];
    sim_time since[WATCH_RUNNERS];
    sim_wide state_ns[RUNNER_STATES];                    // after the warm-up
    sim_wide waiting_ns[KIT_MAX], in_flight_ns[KIT_MAX]; // by app, after the warm-up
    sim_time warm_up, seen;
    uint64_t events, begins;
};

static inline uint8_t watch_state(const char *name)
{
    for (uint8_t s = 0; s < RUNNER_STATES; s++)
        if (strcmp(runner_states[s].name, name) == 0) return s;
    fail_msg("no runner state %s", name);
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
    sim_time since = w->since[runner] > w->warm_up ? w->since[runner] : w->warm_up;
    if (until > since) w->state_ns[w->state[runner]] += until - since;
    w->since[runner] = until;
}

static inline void watch_runner(struct watch *w, const struct trace_record *row)
{
    if (strcmp(row->detail, "waits for capacity") == 0) return;
    uint8_t next = watch_state(row->detail);
    assert_true(row->who < WATCH_RUNNERS);
    if (!watch_may_follow(w->state[row->who], next))
        fail_msg("runner %u: %s -> %s", (unsigned)row->who, runner_states[w->state[row->who]].name,
                 row->detail);
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
    assert_int_equal(pool->app, q->app);
    const struct app *app = &m->apps[q->app];
    assert_true(app->routed == pool->id || app->side.pool == pool->id);
    assert_false(app->gone);
    assert_int_equal(r->state, RUNNER_RUNNING);
    assert_in_range(r->in_flight, 1, pool->max_multiplexing);
    assert_in_range(q->attempts, 1, m->config->traffic[q->source].max_attempts);
    if (m->config->traffic[q->source].path != PATH_QUEUE) assert_int_equal(q->attempts, 1);
}

static inline uint32_t watch_requests_of(const struct model *m, const struct runner *r)
{
    uint32_t count = 0;
    for (uint32_t id = r->first_request; id != NONE; id = m->requests[id].next) {
        assert_int_equal(m->requests[id].state, REQUEST_IN_FLIGHT);
        assert_true(&m->runners[m->requests[id].runner] == r);
        count++;
    }
    return count;
}

static inline void watch_one_runner(const struct model *m, const struct pool *pool, uint32_t id)
{
    const struct runner *r = &m->runners[id];
    bool ready = runner_states[r->state].class == CLASS_READY;
    bool idle = r->listed == LIST_USED || r->listed == LIST_FRESH;
    assert_int_equal(r->pool, pool->id);
    assert_int_equal(watch_requests_of(m, r), r->in_flight);
    assert_int_equal(r->available, ready && r->in_flight < pool->max_multiplexing);
    assert_int_equal(idle, r->state == RUNNER_IDLE);
    assert_int_equal(r->listed == LIST_BACKOFF, r->state == RUNNER_CRASH_BACKOFF);
    bool waits = r->state == RUNNER_PENDING && r->slot == NO_SLOT;
    assert_int_equal(r->listed == LIST_ROOM, waits);
    if (!waits && r->state != RUNNER_CRASH_BACKOFF) assert_true(r->slot != NO_SLOT);
}

static inline void watch_pool(const struct model *m, const struct pool *pool, uint64_t *in_use)
{
    uint32_t counts[RUNNER_STATES] = {0}, classes[4] = {0}, in_flight = 0, before = NONE;
    for (uint32_t id = pool->alive_head; id != NONE; id = m->runners[id].alive_next) {
        const struct runner *r = &m->runners[id];
        watch_one_runner(m, pool, id);
        assert_int_equal(r->alive_prev, before);
        before = id;
        counts[r->state]++;
        classes[runner_states[r->state].class]++;
        if (runner_states[r->state].class == CLASS_READY) in_flight += r->in_flight;
        if (r->slot != NO_SLOT) in_use[pool->config->machines[r->slot]] += pool->units[r->slot];
    }
    assert_int_equal(pool->alive_tail, before);
    assert_memory_equal(counts, pool->counts, sizeof counts);
    assert_int_equal(pool->starting, classes[CLASS_STARTING]);
    assert_int_equal(pool->ready, classes[CLASS_READY]);
    assert_int_equal(pool->stopping, classes[CLASS_STOPPING]);
    assert_int_equal(pool->in_flight, in_flight);
    assert_int_equal(pool->busy, counts[RUNNER_RUNNING] + counts[RUNNER_DRAINING]);
}

static inline void watch_line(const struct model *m, const struct app *app, const struct line *line,
                              bool side)
{
    uint32_t length = 0, overdue = 0;
    uint32_t endpoints = app->config->endpoints ? app->config->endpoints : 1;
    for (uint32_t e = 0; e < endpoints; e++)
        for (int p = 0; p < PRIORITIES; p++)
            for (uint32_t id = line->lanes[e].head[p]; id != NONE; id = m->requests[id].next) {
                assert_int_equal(m->requests[id].state, REQUEST_WAITING);
                assert_int_equal(m->sources[m->requests[id].source].priority, p);
                assert_int_equal(m->config->traffic[m->requests[id].source].endpoint, e);
                assert_int_equal(m->requests[id].side, side);
                length++;
                overdue += m->requests[id].overdue;
            }
    assert_int_equal(line->length, length);
    assert_int_equal(line->overdue, overdue);
}

// Nobody in the pool's line waits while one of its runners has a free slot.
static inline void watch_no_waste(const struct model *m, const struct app *app,
                                  const struct pool *pool, uint32_t waiting)
{
    for (uint32_t id = pool->alive_head; waiting > 0 && id != NONE; id = m->runners[id].alive_next)
        assert_false(m->runners[id].available);
    // A policy that remembers must not be asked by somebody who looks on.
    if (app->hold || app->config->max_parallel_starts != UINT32_MAX || pool->scaler) return;
    assert_true(scaler_alive(pool) >= scaler_target(m, app, pool));
}

static inline void watch_app(const struct model *m, const struct app *app)
{
    const struct side *side = &app->side;
    bool two_lines = side->pool != NONE && !side->shared;
    watch_line(m, app, &app->line, false);
    watch_line(m, app, &side->line, true);
    if (!two_lines) assert_int_equal(side->line.length, 0);
    assert_int_equal(app->service.queue.value, app->line.length + side->line.length);
    if (app->gone) assert_int_equal(app->line.length, 0);
    assert_true(side->pool != app->routed);
    if (app->gone) return;
    watch_no_waste(m, app, &m->pools[app->routed], app->line.length);
    if (side->pool != NONE)
        watch_no_waste(m, app, &m->pools[side->pool],
                       two_lines ? side->line.length : app->line.length);
}

// Requests in progress that a limit counts, by caller, counted anew.
static inline void watch_callers(const struct model *m)
{
    uint32_t in_progress[KIT_MAX] = {0};
    for (uint32_t id = 0; id < m->request_used; id++) {
        const struct request *q = &m->requests[id];
        if (q->state == REQUEST_IN_FLIGHT && q->limited)
            in_progress[m->config->traffic[q->source].caller]++;
    }
    for (uint32_t i = 0; i < m->config->caller_count; i++) {
        uint32_t limit = m->config->callers[i].concurrency_limit;
        assert_int_equal(m->in_progress[i], in_progress[i]);
        if (limit > 0) assert_true(in_progress[i] <= limit);
    }
}

static inline void watch_bookkeeping(const struct model *m)
{
    uint64_t in_use[KIT_MAX] = {0};
    for (uint32_t p = 0; p < m->config->revision_count; p++)
        watch_pool(m, &m->pools[p], in_use);
    for (uint32_t i = 0; i < m->config->machine_count; i++)
        assert_int_equal(m->machines[i].in_use, in_use[i]);
    for (uint32_t i = 0; i < m->config->app_count; i++)
        watch_app(m, &m->apps[i]);
    watch_callers(m);
}

// What has been there since the last event is still there.
static inline void watch_areas(struct watch *w, sim_time until)
{
    const struct model *m = w->model;
    sim_time since = w->seen > w->warm_up ? w->seen : w->warm_up;
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
        if (w->events++ % 16 == 0) watch_bookkeeping(w->model);
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
            assert_true(meter->owner_ns + meter->callers_ns + meter->absorbed_ns == priced);
            assert_true(meter->uncovered_ns >= 0 && meter->chargeable_ns >= 0);
            assert_true(meter->uncovered_ns + meter->chargeable_ns <= priced);
            for (int s = 0; s < RUNNER_STATES; s++)
                metered[s] += meter->state_ns[s];
        }
    for (uint32_t id = 0; id < WATCH_RUNNERS; id++)
        watch_spend(w, id, m->config->horizon);
    for (int s = RUNNER_CRASH_BACKOFF; s < RUNNER_STATES; s++)
        if (metered[s] != w->state_ns[s])
            fail_msg("%s: metered %.9f s, seen %.9f s", runner_states[s].name,
                     sim_wide_seconds(metered[s]), sim_wide_seconds(w->state_ns[s]));
}

static inline double watch_sum(const struct kit *kit, const char *metric, const char *begin)
{
    double sum = 0;
    for (size_t i = 0; i < kit->value_count; i++)
        if (strcmp(kit->values[i].metric->name, metric) == 0 &&
            strncmp(kit->values[i].labels, begin, strlen(begin)) == 0)
            sum += kit->values[i].value;
    return sum;
}

static inline bool watch_pays_by_unit(const struct kit *kit, uint32_t app)
{
    for (uint32_t i = 0; i < kit->config.traffic_count; i++)
        if (kit->traffic[i].app == app && kit->traffic[i].has_billable_units) return true;
    return false;
}

static inline void watch_means(const struct kit *kit, const struct watch *w, uint32_t app)
{
    double span = sim_seconds(kit->config.horizon - kit->config.warm_up);
    char label[80];
    snprintf(label, sizeof label, "app=%s", kit->apps[app].name);
    kit_near(kit_get(kit, "queue_length_mean", label), sim_wide_seconds(w->waiting_ns[app]) / span,
             1e-9, "requests waiting");
    kit_near(kit_get(kit, "in_flight_mean", label), sim_wide_seconds(w->in_flight_ns[app]) / span,
             1e-9, "requests in flight");
}

// What the report says of each app: requests are conserved, the money law, the downtime meters.
static inline void watch_report(const struct kit *kit, const struct watch *w)
{
    double span = sim_seconds(kit->config.horizon - kit->config.warm_up);
    for (uint32_t i = 0; i < kit->config.app_count; i++) {
        watch_means(kit, w, i);
        char app[80], some[96];
        snprintf(app, sizeof app, "app=%s", kit->apps[i].name);
        snprintf(some, sizeof some, "%s,", app);
        assert_true(watch_sum(kit, "requests", some) == kit_get(kit, "arrivals", app));
        double money = watch_sum(kit, "cost_usd", some);
        kit_near(watch_sum(kit, "cost_state_usd", some), money, 1e-6, "money by state");
        kit_near(watch_sum(kit, "cost_revision_usd", some), money, 1e-6, "money by revision");
        bool by_unit = watch_pays_by_unit(kit, i);
        snprintf(some, sizeof some, "%s,payer=callers", app);
        kit_near(watch_sum(kit, "cost_caller_usd", app),
                 by_unit ? kit_get(kit, "caller_revenue_usd", app)
                         : watch_sum(kit, "cost_usd", some),
                 1e-6, "money by caller");
        for (int mode = 0; mode < AUTH_MODES; mode++) {
            snprintf(some, sizeof some, "%s,auth_mode=%s,", app, auth_mode_names[mode]);
            kit_near(watch_sum(kit, "cost_mode_usd", some), money, 1e-6, "money under a mode");
        }
        double unserved = kit_get(kit, "unserved_time_s", app);
        double longest = kit_get(kit, "unserved_max_s", app);
        if (!(longest <= unserved && unserved <= kit_get(kit, "no_runner_time_s", app)))
            fail_msg("longest spell %.12g, unserved %.12g, without a runner %.12g", longest,
                     unserved, kit_get(kit, "no_runner_time_s", app));
        assert_true(kit_get(kit, "no_runner_time_s", app) <= span);
    }
    kit_near(watch_sum(kit, "cost_machine_usd", ""), watch_sum(kit, "cost_usd", "payer="), 1e-6,
             "money by machine type");
}

// Runs the scenario under the laws.
static inline void watch_run(struct kit *kit, struct watch *w, uint64_t seed, uint32_t replication)
{
    memset(w, 0, sizeof *w);
    trace_hash_start(&w->hash);
    w->trace = (struct sim_trace){watch_record, w};
    w->warm_up = kit->config.warm_up;
    kit->trace = &w->trace;
    struct model *m = kit_create(kit, seed, replication);
    w->model = m;
    enum sim_end end = kit_finish(kit, m);
    if (end != SIM_DONE) fail_msg("the run ended early: %s", kit->fault);
    watch_bookkeeping(m);
    watch_meters(w);
    watch_areas(w, kit->config.horizon);
    watch_report(kit, w);
    kit_drop(kit);
    w->model = NULL;
    kit->trace = NULL;
}
