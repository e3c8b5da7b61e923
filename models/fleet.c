#include "models/fleet.h"

#include "models/app.h"
#include "models/billing.h"
#include "models/capacity.h"
#include "models/fault.h"
#include "models/hint.h"
#include "models/idle.h"
#include "models/image.h"
#include "models/outage.h"
#include "models/runner_queue.h"
#include "models/service.h"
#include "models/setup.h"

// Random numbers of a start are keyed by its number within its revision, so the n-th start of a
// revision takes the same time whatever the strategy; the upper half of the range is for runners
// ready at once.
#define READY_AT_ONCE (UINT64_C(1) << 63)

bool fleet_is_initial(const struct runner *runner)
{
    return runner->number >= READY_AT_ONCE;
}

static uint32_t take_runner(struct model *m)
{
    uint32_t id = m->runner_free;
    if (id != NONE) {
        m->runner_free = m->runners[id].next;
        return id;
    }
    if (m->runner_used == m->config->limits.runners) {
        sim_fault(m->sim, "/limits/runners: more than %u runners are alive at once",
                  (unsigned)m->config->limits.runners);
        return NONE;
    }
    return m->runner_used++;
}

static uint32_t bear(struct model *m, struct pool *pool, uint64_t number)
{
    uint32_t id = take_runner(m);
    if (id == NONE) return NONE;
    struct runner *r = &m->runners[id];
    m->runner_asides[id] = (struct runner_aside){.pace_next = 0};
    *r = (struct runner){
        .pool = pool->id,
        .slot = NO_SLOT,
        .number = number,
        .first_request = NONE,
        .created = m->now,
        .since = m->now,
        .ready_at = SIM_NEVER,
        .stop_by = SIM_NEVER,
        .setup_at = SIM_NEVER,
        .node = UINT16_MAX,
        .alive_prev = pool->alive_tail,
        .alive_next = NONE,
    };
    if (pool->alive_tail == NONE)
        pool->alive_head = id;
    else
        m->runners[pool->alive_tail].alive_next = id;
    pool->alive_tail = id;
    dispatch_born(m, pool, id);
    m->apps[pool->app].fleet.starts++;
    return id;
}

static void schedule_stage(struct model *m, uint32_t id, sim_time length)
{
    struct runner *r = &m->runners[id];
    if (fleet_is_initial(r)) length = 0;
    r->timer = sim_after(m->sim, length, EVENT_RUNNER_STAGE, id, r->state);
}

// Without a wake-up, a runner that found no room looks again after a while (M3); an initial one
// too.
static void look_again_later(struct model *m, uint32_t id)
{
    const struct platform_config *p = &m->config->platform;
    struct runner *r = &m->runners[id];
    if (!p->capacity_wakeup)
        r->timer = sim_after(m->sim, p->capacity_retry, EVENT_RUNNER_STAGE, id, r->state);
}

static void enter_pending(struct model *m, uint32_t id)
{
    runner_enter(m, id, RUNNER_PENDING);
    struct runner *r = &m->runners[id];
    runner_queue_append(m, &m->room, id, LIST_ROOM);
    fleet_try_hardware(m, id);
    if (r->slot != NO_SLOT) return;
    model_trace(m, "runner", "waits for capacity", id, r->number);
    look_again_later(m, id);
}

void fleet_try_hardware(struct model *m, uint32_t id)
{
    struct runner *r = &m->runners[id];
    struct pool *pool = &m->pools[r->pool];
    SIM_CHECK(r->state == RUNNER_PENDING && r->listed == LIST_ROOM);
    runner_settle(m, r); // the time without a machine is not the machine's
    if (!capacity_take(m, r)) return;
    runner_queue_remove(m, &m->room, id);
    fault_placed(m, id);
    const struct machine_config *machine = &m->config->machines[pool->config->machines[r->slot]];
    schedule_stage(m, id, dist_draw_time(&machine->pending, &pool->pending, r->number));
}

sim_time fleet_waited_for_room(struct model *m, const struct pool *pool)
{
    for (uint32_t id = pool->alive_head; id != NONE; id = m->runners[id].alive_next)
        runner_settle(m, &m->runners[id]);
    return (sim_time)pool->meters[NO_SLOT].state_ns[RUNNER_PENDING];
}

// P5: every failed start in a row adds to the delay of later ones.
static sim_time backoff_delay(const struct model *m, const struct app *app)
{
    const struct platform_config *p = &m->config->platform;
    if (app->failures == 0 || p->crash_backoff == 0) return 0;
    if (app->failures > (uint64_t)p->crash_backoff_max / (uint64_t)p->crash_backoff)
        return p->crash_backoff_max;
    return p->crash_backoff * app->failures;
}

uint32_t fleet_start(struct model *m, struct pool *pool)
{
    return fleet_start_numbered(m, pool, pool->births++);
}

uint32_t fleet_start_numbered(struct model *m, struct pool *pool, uint64_t number)
{
    struct app *app = &m->apps[pool->app];
    uint32_t id = bear(m, pool, number);
    if (id == NONE) return NONE;
    sim_time delay = backoff_delay(m, app);
    if (delay == 0) {
        enter_pending(m, id);
        return id;
    }
    runner_enter(m, id, RUNNER_CRASH_BACKOFF);
    runner_queue_append(m, &app->backoff, id, LIST_BACKOFF);
    schedule_stage(m, id, delay);
    return id;
}

void fleet_start_ready(struct model *m, struct pool *pool)
{
    uint32_t id = bear(m, pool, READY_AT_ONCE + pool->alive_tail + 1);
    if (id != NONE) enter_pending(m, id);
}

sim_time fleet_start_length(struct model *m, struct pool *pool, uint64_t number)
{
    const struct revision_config *c = pool->config;
    const struct machine_config *machine = &m->config->machines[c->machines[0]];
    sim_time length = dist_draw_time(&machine->pending, &pool->pending, number);
    if (!image_foreseen(pool, number))
        length = sim_time_add(length, dist_draw_time(&c->docker_pull, &pool->pull, number));
    return sim_time_add(length, setup_length(m, pool, number));
}

static void leave_backoff(struct model *m, uint32_t id)
{
    runner_queue_remove(m, &app_of(m, &m->runners[id])->backoff, id);
    sim_cancel(m->sim, &m->runners[id].timer);
    enter_pending(m, id);
}

static void enter_setup(struct model *m, uint32_t id)
{
    struct runner *r = &m->runners[id];
    struct pool *pool = &m->pools[r->pool];
    const struct revision_config *c = pool->config;
    runner_enter(m, id, RUNNER_SETUP);
    r->setup_at = m->now;
    sim_time length = setup_begin(m, r);
    r->setup_fails = c->setup_failure > 0 && !fleet_is_initial(r) &&
                     rng_uniform(&pool->setup_failure, r->number) < c->setup_failure;
    if (length > pool->startup_timeout) {
        length = pool->startup_timeout;
        r->setup_fails = !fleet_is_initial(r);
    }
    schedule_stage(m, id, length);
}

static void hardware_arrived(struct model *m, uint32_t id)
{
    struct runner *r = &m->runners[id];
    struct pool *pool = &m->pools[r->pool];
    if (image_cached(m, r)) {
        enter_setup(m, id);
        return;
    }
    runner_enter(m, id, RUNNER_DOCKER_PULL);
    schedule_stage(m, id, dist_draw_time(&pool->config->docker_pull, &pool->pull, r->number));
}

static void become_ready(struct model *m, uint32_t id)
{
    struct runner *r = &m->runners[id];
    struct pool *pool = &m->pools[r->pool];
    struct app *app = &m->apps[pool->app];
    runner_enter(m, id, RUNNER_IDLE);
    r->ready_at = r->idle_since = m->now;
    if (!fleet_is_initial(r)) hist_add(app->fleet.cold_start, m->now - r->created);
    fault_ready(m, id);
    idle_join(m, pool, id, true);
    dispatch_offer(m, pool, id);
    app->failures = 0;
    while (app->backoff.head != NONE)
        leave_backoff(m, app->backoff.head);
    if (app->last_rollout == NONE) return;
    if (app->rollout != NONE) app->rollout_joined += m->rollouts[app->rollout].new_pool == pool->id;
    struct rollout_record *rollout = &m->rollouts[app->last_rollout];
    if (rollout->new_pool != pool->id) return;
    if (rollout->first_ready == SIM_NEVER) rollout->first_ready = m->now;
    if (rollout->restored == SIM_NEVER && pool->ready >= rollout->old_ready)
        rollout->restored = m->now;
}

// The last step of every way out.
static void retire(struct model *m, uint32_t id, enum stop_reason reason)
{
    struct runner *r = &m->runners[id];
    struct pool *pool = &m->pools[r->pool];
    struct fleet_stats *fleet = &m->apps[pool->app].fleet;
    SIM_CHECK(r->listed == LIST_NONE && !r->available && r->first_request == NONE);
    sim_cancel(m->sim, &r->timer);
    runner_enter(m, id, RUNNER_TERMINATED);
    if (m->hints) hint_forget(m, id);
    billing_round(m, r);
    fault_gone(m, r);
    setup_left(m, r);
    image_left(m, r);
    fleet->stops[reason]++;
    fleet->lives++;
    fleet->life_ns += m->now - r->created;
    if (r->alive_prev == NONE)
        pool->alive_head = r->alive_next;
    else
        m->runners[r->alive_prev].alive_next = r->alive_next;
    if (r->alive_next == NONE)
        pool->alive_tail = r->alive_prev;
    else
        m->runners[r->alive_next].alive_prev = r->alive_prev;
    r->next = m->runner_free;
    m->runner_free = id;
    capacity_release(m, r);
    if (pool->alive_head == NONE) app_pool_empty(m, pool);
}

static void start_failed(struct model *m, uint32_t id)
{
    struct pool *pool = &m->pools[m->runners[id].pool];
    struct app *app = &m->apps[pool->app];
    app->fleet.starts_failed++;
    app->failures++;
    if (app->rollout != NONE && m->rollouts[app->rollout].new_pool == pool->id)
        app->rollout_failed++;
    retire(m, id, STOP_START_FAILED);
}

// What is left of the grace period bounds teardown() (P6).
static void enter_terminating(struct model *m, uint32_t id)
{
    struct runner *r = &m->runners[id];
    struct pool *pool = &m->pools[r->pool];
    sim_cancel(m->sim, &r->timer);
    runner_enter(m, id, RUNNER_TERMINATING);
    sim_time length = dist_draw_time(&pool->config->teardown, &pool->teardown, r->number);
    sim_time left = r->stop_by - m->now;
    r->timer = sim_after(m->sim, length < left ? length : left, EVENT_RUNNER_STAGE, id, r->state);
}

// No new requests; those in flight go on.
static void close_doors(struct model *m, uint32_t id)
{
    struct runner *r = &m->runners[id];
    struct pool *pool = &m->pools[r->pool];
    dispatch_withdraw(m, pool, id);
    idle_leave(m, pool, id);
    fault_closing(m, r);
    pool->in_flight -= r->in_flight;
}

static sim_time grace_end(const struct model *m, const struct runner *r)
{
    return m->now + m->pools[r->pool].config->termination_grace_period;
}

// The machine under it goes away, whatever the app would like.
static bool host_goes(const struct runner *r)
{
    return r->stop_reason == STOP_MAINTENANCE || r->stop_reason == STOP_RECLAIM;
}

static void call_off(struct model *m, uint32_t id, enum stop_reason reason)
{
    struct runner *r = &m->runners[id];
    if (r->listed == LIST_BACKOFF) runner_queue_remove(m, &app_of(m, r)->backoff, id);
    if (r->listed == LIST_ROOM) runner_queue_remove(m, &m->room, id);
    retire(m, id, reason);
}

static void stop(struct model *m, uint32_t id, enum stop_reason reason, sim_time notice)
{
    struct runner *r = &m->runners[id];
    switch (runner_states[r->state].class) {
    case CLASS_GONE:
    case CLASS_STOPPING:
        return;
    case CLASS_STARTING:
        call_off(m, id, reason);
        return;
    case CLASS_READY:
        break;
    }
    r->stop_reason = (uint8_t)reason;
    r->stop_by = sim_time_add(grace_end(m, r), notice);
    close_doors(m, id);
    if (r->in_flight == 0) {
        enter_terminating(m, id);
        return;
    }
    runner_enter(m, id, RUNNER_DRAINING);
    if (m->pools[r->pool].config->drain == DRAIN_GRACE || host_goes(r))
        r->timer = sim_at(m->sim, r->stop_by, EVENT_GRACE_OVER, id, 0);
}

void fleet_stop(struct model *m, uint32_t id, enum stop_reason reason)
{
    stop(m, id, reason, 0);
}

void fleet_take_down(struct model *m, uint32_t id, enum stop_reason reason, sim_time notice)
{
    stop(m, id, reason, notice);
}

void fleet_destroy(struct model *m, uint32_t id, enum stop_reason reason)
{
    struct runner *r = &m->runners[id];
    enum runner_class class = runner_states[r->state].class;
    if (class == CLASS_STARTING) {
        call_off(m, id, reason);
        return;
    }
    service_cut_all(m, id, reason == STOP_CRASH ? ENDING_CRASH : ENDING_CUT);
    if (class == CLASS_READY) {
        r->stop_reason = (uint8_t)reason;
        close_doors(m, id);
    }
    if (r->state != RUNNER_TERMINATING) runner_enter(m, id, RUNNER_TERMINATING);
    retire(m, id, (enum stop_reason)r->stop_reason);
}

void fleet_expire(struct model *m, uint32_t id, enum stop_reason reason)
{
    SIM_CHECK(m->runners[id].state == RUNNER_IDLE);
    close_doors(m, id);
    retire(m, id, reason);
}

void fleet_kill(struct model *m, uint32_t id, enum stop_reason reason)
{
    struct runner *r = &m->runners[id];
    enum runner_class class = runner_states[r->state].class;
    SIM_CHECK(class == CLASS_READY || class == CLASS_STOPPING);
    service_cut_all(m, id, ENDING_CUT);
    if (class == CLASS_READY) {
        r->stop_reason = (uint8_t)reason;
        close_doors(m, id);
    }
    if (r->state == RUNNER_TERMINATING) return; // its end is on its way
    r->stop_by = m->now;
    enter_terminating(m, id);
}

void fleet_drained(struct model *m, uint32_t id)
{
    struct runner *r = &m->runners[id];
    SIM_CHECK(r->state == RUNNER_DRAINING && r->in_flight == 0);
    if (m->pools[r->pool].config->drain == DRAIN_WAIT && !host_goes(r))
        r->stop_by = grace_end(m, r);
    enter_terminating(m, id);
}

void on_grace_over(void *model, struct sim_event event)
{
    struct model *m = model_at(model, event);
    struct app *app = app_of(m, &m->runners[event.who]);
    fleet_kill(m, event.who, (enum stop_reason)m->runners[event.who].stop_reason);
    app_react(m, app);
}

void on_runner_stage(void *model, struct sim_event event)
{
    struct model *m = model_at(model, event);
    uint32_t id = event.who;
    struct runner *r = &m->runners[id];
    struct app *app = app_of(m, r);
    SIM_CHECK(r->state == event.arg);
    switch ((enum runner_state)r->state) {
    case RUNNER_CRASH_BACKOFF:
        leave_backoff(m, id);
        break;
    case RUNNER_PENDING:
        if (r->slot != NO_SLOT) {
            hardware_arrived(m, id);
            break;
        }
        fleet_try_hardware(m, id);
        if (r->slot == NO_SLOT) look_again_later(m, id);
        break;
    case RUNNER_DOCKER_PULL:
        image_pulled(m, r);
        enter_setup(m, id);
        break;
    case RUNNER_SETUP:
        if (r->setup_fails)
            start_failed(m, id);
        else
            become_ready(m, id);
        break;
    case RUNNER_TERMINATING:
        retire(m, id, (enum stop_reason)r->stop_reason);
        break;
    case RUNNER_TERMINATED:
    case RUNNER_IDLE:
    case RUNNER_RUNNING:
    case RUNNER_DRAINING:
    case RUNNER_STATES:
        SIM_CHECK(false);
        break; // these do not end by themselves
    }
    app_react(m, app);
}
