#include "models/runner.h"

#include "models/runner_inline.h"
#include "models/outage.h"

#define TO(state) (1u << RUNNER_##state)

const struct runner_state_row runner_states[RUNNER_STATES] = {
    [RUNNER_TERMINATED] = {"TERMINATED", CLASS_GONE, USE_DRAINING, TO(CRASH_BACKOFF) | TO(PENDING),
                           "gone; also: not born yet"},
    [RUNNER_CRASH_BACKOFF] =
        {"CRASH_BACKOFF", CLASS_STARTING, USE_STARTING, TO(PENDING) | TO(TERMINATED),
         "waits, without hardware, because starts of the app have failed (P5)"},
    [RUNNER_PENDING] = {"PENDING", CLASS_STARTING, USE_STARTING,
                        TO(DOCKER_PULL) | TO(SETUP) | TO(TERMINATED),
                        "waits for room on a machine, then for the hardware (M3, P3)"},
    [RUNNER_DOCKER_PULL] = {"DOCKER_PULL", CLASS_STARTING, USE_STARTING, TO(SETUP) | TO(TERMINATED),
                            "pulls the image, where it is not cached (P3)"},
    [RUNNER_SETUP] = {"SETUP", CLASS_STARTING, USE_STARTING, TO(IDLE) | TO(TERMINATED),
                      "setup() runs: weights, compiling, warming up (P3)"},
    [RUNNER_IDLE] = {"IDLE", CLASS_READY, USE_IDLE,
                     TO(RUNNING) | TO(DRAINING) | TO(TERMINATING) | TO(TERMINATED),
                     "ready, no request in flight; keep_alive runs (P4)"},
    [RUNNER_RUNNING] = {"RUNNING", CLASS_READY, USE_BUSY, TO(IDLE) | TO(DRAINING) | TO(TERMINATING),
                        "ready, serves at least one request"},
    [RUNNER_DRAINING] = {"DRAINING", CLASS_STOPPING, USE_DRAINING, TO(TERMINATING),
                         "stops: finishes what it serves and takes nothing new (P6)"},
    [RUNNER_TERMINATING] = {"TERMINATING", CLASS_STOPPING, USE_DRAINING, TO(TERMINATED),
                            "teardown() runs (P6)"},
};

const char *const machine_use_names[] = {"starting", "idle", "busy", "draining", NULL};
const char *const stop_reason_names[] = {"keep_alive",   "unused",       "deploy",     "abort",
                                         "surplus",      "start_failed", "request",    "crash",
                                         "health_check", "maintenance",  "reclaimed",  "evicted",
                                         "restart",      "killed",       "scale_down", NULL};
const char *const stop_reason_help[] = {
    "keep_alive ran out while it was idle (P4)",
    "it never got a request: the 10-second rule (P4)",
    "a newer revision took over (R1, R2)",
    "the rollout that it came with was aborted (R2)",
    "its start was not needed any more: cancel_surplus_starts (A1)",
    "setup() crashed, or took longer than startup_timeout (P5)",
    "request_timeout, a 503 or a crash under a request (Q3, Q4)",
    "its time to failure ran out (P7)",
    "a health check failed: one after a 500, 502 or 504 (Q3), or several in a row (P7)",
    "its host was taken down (P7)",
    "its machine was taken back (P7)",
    "the capacity that it was on is lost (P7)",
    "all runners of the app were replaced (R4)",
    "its ephemeral app was killed (D1)",
    "the autoscaler asked for fewer (A3)",
    NULL};

void runner_settle(struct model *m, struct runner *r)
{
    runner_settle_as(m, app_of(m, r), &m->pools[r->pool], r, (enum runner_state)r->state);
}

static bool busy(enum runner_state state)
{
    return state == RUNNER_RUNNING || state == RUNNER_DRAINING;
}

void runner_count_mixed(struct model *m, struct app *app, bool more)
{
    struct fleet_stats *fleet = &app->fleet;
    fleet->serving_pools += more ? 1u : UINT32_MAX;
    if (fleet->serving_pools >= 2) {
        if (fleet->mixed_since == SIM_NEVER) fleet->mixed_since = m->now;
    } else if (fleet->mixed_since != SIM_NEVER) {
        fleet->mixed_ns += m->now - fleet->mixed_since;
        fleet->mixed_since = SIM_NEVER;
    }
}

static uint32_t *class_count(struct pool *pool, enum runner_class class)
{
    switch (class) {
    case CLASS_STARTING:
        return &pool->starting;
    case CLASS_READY:
        return &pool->ready;
    case CLASS_STOPPING:
        return &pool->stopping;
    case CLASS_GONE:
        break;
    }
    return NULL;
}

// What a restart has to count (R4): an outgoing runner that leaves, a replacement that comes or
// fails.
static void change_part(struct pool *pool, struct runner *r, enum runner_class to)
{
    if (r->part == PART_OUTGOING) {
        pool->outgoing--;
    } else {
        pool->replacing--;
        pool->replaced += to == CLASS_READY;
    }
    r->part = PART_NONE;
}

static void change_class(struct model *m, struct app *app, struct pool *pool,
                         enum runner_class from, enum runner_class to)
{
    if (from == CLASS_READY || to == CLASS_READY) outage_update(m, app);
    if (from == CLASS_GONE)
        level_up(&app->fleet.alive, m->now);
    else
        --*class_count(pool, from);
    if (to == CLASS_GONE)
        level_down(&app->fleet.alive, m->now);
    else
        ++*class_count(pool, to);
}

void runner_enter(struct model *m, uint32_t id, enum runner_state next)
{
    struct runner *r = &m->runners[id];
    struct pool *pool = &m->pools[r->pool];
    struct app *app = &m->apps[pool->app];
    enum runner_state last = r->state;
    SIM_CHECK(runner_states[last].moves & 1u << next);
    SIM_CHECK(busy(next) == (r->in_flight > 0));

    if (last == RUNNER_TERMINATED)
        r->since = m->now;
    else
        runner_settle(m, r);
    if (last != RUNNER_TERMINATED) pool->counts[last]--;
    if (next != RUNNER_TERMINATED) pool->counts[next]++;
    if (busy(last) != busy(next)) runner_count_busy(m, app, pool, busy(next));
    enum runner_class from = runner_states[last].class, to = runner_states[next].class;
    if (from != to) {
        change_class(m, app, pool, from, to);
        if (r->part != PART_NONE) change_part(pool, r, to);
    }
    r->state = (uint8_t)next;
    model_trace(m, "runner", runner_states[next].name, id, r->number);
}
