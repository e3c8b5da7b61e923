#include "models/deploy.h"

#include "models/app.h"
#include "models/billing.h"
#include "models/callers.h"
#include "models/capacity.h"
#include "models/fault.h"
#include "models/fleet.h"
#include "models/idle.h"
#include "models/leave.h"
#include "models/outage.h"
#include "models/restart.h"
#include "models/scaler.h"
#include "models/series.h"
#include "models/service.h"
#include "models/side.h"
#include "models/toll.h"
#include "models/tuning.h"

const char *const rollout_end_names[] = {"completed", "aborted",    "superseded",
                                         "stalled",   "unfinished", NULL};

void deploy_create(struct model *m)
{
    for (uint32_t row = 0; row < m->config->timeline_count; row++)
        m->rollouts[row] = (struct rollout_record){.event = row,
                                                   .end = ROLLOUT_UNFINISHED,
                                                   .switched = SIM_NEVER,
                                                   .first_ready = SIM_NEVER,
                                                   .restored = SIM_NEVER,
                                                   .old_gone = SIM_NEVER,
                                                   .alerted = SIM_NEVER};
}

static void settle_pool(struct model *m, const struct pool *pool)
{
    for (uint32_t id = pool->alive_head; id != NONE; id = m->runners[id].alive_next)
        runner_settle(m, &m->runners[id]);
}

// What the pool has billed since it had billed `before`.
static void add_surge(struct rollout_record *record, const struct pool *pool, double before_s,
                      double before_usd)
{
    record->surge_s += pool_billed_s(pool) - before_s;
    record->surge_usd += pool_billed_usd(pool) - before_usd;
}

// C3: the alias gets the mode of its revision, or the one that the rollback names (set-rev --auth).
static void set_mode(struct model *m, struct app *app, const struct timeline_config *event)
{
    uint32_t mode = event->sets_auth ? event->auth_mode : m->pools[app->routed].config->auth_mode;
    if (mode != app->auth_mode) billing_change_mode(m, app, (enum auth_mode)mode);
}

static void switch_alias(struct model *m, struct app *app, struct rollout_record *record)
{
    struct pool *old_pool = &m->pools[record->old_pool], *new_pool = &m->pools[record->new_pool];
    const struct timeline_config *event = &m->config->timeline[record->event];
    record->switched = m->now;
    record->stalled_ns += fleet_waited_for_room(m, new_pool);
    settle_pool(m, old_pool);
    add_surge(record, new_pool, record->new_billed_s, record->new_billed_usd);
    record->old_billed_s = pool_billed_s(old_pool);
    record->old_billed_usd = pool_billed_usd(old_pool);
    record->old_at_switch = old_pool->ready;
    if (app->restart != NONE) restart_end(m, app, ROLLOUT_SUPERSEDED);
    outage_update(m, app);
    bool known = app->side.pool == record->new_pool && !app->side.shared; // its load is known
    if (!known) scaler_begin(m, new_pool);
    side_close(m, app);
    app->previous = app->routed;
    app->routed = record->new_pool;
    if (event->reset_scale) app->scaling = new_pool->config->scaling;
    set_mode(m, app, event);
    idle_rearm(m, new_pool);
    series_mark(m, "switch", app->config->name, new_pool->config->name);
}

static void end_rollout(struct model *m, struct app *app, enum rollout_end end)
{
    m->rollouts[app->rollout].end = end;
    sim_cancel(m->sim, &app->rollout_timer);
    app->rollout = NONE;
    app->hold = false;
}

static void abort_rollout(struct model *m, struct app *app, enum rollout_end end)
{
    struct rollout_record *record = &m->rollouts[app->rollout];
    struct pool *new_pool = &m->pools[record->new_pool];
    record->stalled_ns += fleet_waited_for_room(m, new_pool);
    add_surge(record, new_pool, record->new_billed_s, record->new_billed_usd);
    end_rollout(m, app, end);
    side_close(m, app);
    leave_all(m, new_pool, STOP_ABORT);
    series_mark(m, rollout_end_names[end], app->config->name, new_pool->config->name);
}

// Another rollout takes over.  Once the alias has moved the new revision keeps it, and the old one
// goes.
static void supersede(struct model *m, struct app *app)
{
    const struct rollout_record *record = &m->rollouts[app->rollout];
    if (record->switched == SIM_NEVER) {
        abort_rollout(m, app, ROLLOUT_SUPERSEDED);
        return;
    }
    end_rollout(m, app, ROLLOUT_SUPERSEDED);
    leave_all(m, &m->pools[record->old_pool], STOP_DEPLOY);
    if (m->pools[record->old_pool].alive_head == NONE)
        deploy_old_gone(m, &m->pools[record->old_pool]);
}

static struct rollout_decision decide(const struct model *m, const struct app *app)
{
    const struct rollout_record *record = &m->rollouts[app->rollout];
    const struct timeline_config *event = &m->config->timeline[record->event];
    const struct pool *new_pool = &m->pools[record->new_pool];
    const struct pool *old_pool = &m->pools[record->old_pool];
    uint32_t target = scaler_target_of_all(m, app);
    struct rollout_view view = {
        .min_ready = event->min_ready,
        .new_starting = new_pool->starting,
        .new_ready = new_pool->ready,
        .new_failed = app->rollout_failed,
        .new_joined = app->rollout_joined,
        .old_starting = old_pool->starting,
        .old_ready = old_pool->ready,
        .old_alive = old_pool->starting + old_pool->ready + old_pool->stopping,
        .old_at_switch = record->old_at_switch,
        .replicas = record->replicas > target ? record->replicas : target,
        .switched = record->switched != SIM_NEVER,
        .step = record->step,
        .in_step = m->now - record->step_since,
        .new_ended = app->side.ended,
        .new_bad = app->side.failed,
        .settings = &event->rollout,
    };
    return rollout_policies[event->strategy]->decide(&view);
}

static void ask_later(struct model *m, struct app *app, sim_time after)
{
    if (after == 0 || sim_pending(m->sim, app->rollout_timer)) return;
    app->rollout_timer = sim_after(m->sim, after, EVENT_ROLLOUT, app->id, 0);
}

static void open_side(struct model *m, struct app *app, const struct rollout_decision *d)
{
    const struct rollout_record *record = &m->rollouts[app->rollout];
    if (!d->shared && d->weight <= 0) return;
    if (app->side.pool != NONE && app->side.shared == d->shared && app->side.weight == d->weight)
        return;
    bool joins = app->side.pool == NONE;
    side_open(m, app, record->new_pool, d->weight, d->shared);
    if (!joins) return;
    scaler_begin(m, &m->pools[record->new_pool]);
    idle_rearm(m, &m->pools[record->new_pool]);
}

// Returns whether to ask once more: the decision itself has changed the view.
static bool ask_once(struct model *m, struct app *app)
{
    struct rollout_record *record = &m->rollouts[app->rollout];
    struct pool *old_pool = &m->pools[record->old_pool];
    struct rollout_decision d = decide(m, app);
    app->hold = d.hold;
    for (uint32_t i = 0; i < d.start_new; i++)
        fleet_start(m, &m->pools[record->new_pool]);
    open_side(m, app, &d);
    if (d.next_step) {
        record->step++;
        record->step_since = m->now;
        series_mark(m, "canary step", app->config->name, NULL);
    }
    ask_later(m, app, d.ask_again);
    if (d.switch_alias) switch_alias(m, app, record);
    if (d.abort) {
        abort_rollout(m, app, ROLLOUT_ABORTED);
        return false;
    }
    leave_some(m, old_pool, d.leave_old, STOP_DEPLOY);
    if (d.over) end_rollout(m, app, ROLLOUT_COMPLETED);
    if (d.drain_old) {
        leave_all(m, old_pool, STOP_DEPLOY);
        if (old_pool->alive_head == NONE) deploy_old_gone(m, old_pool);
    }
    return !d.over && (d.switch_alias || d.leave_old > 0);
}

void deploy_ask(struct model *m, struct app *app)
{
    while (app->rollout != NONE && ask_once(m, app)) {
    }
}

void on_rollout(void *model, struct sim_event event)
{
    struct model *m = model_at(model, event);
    struct app *app = &m->apps[event.who];
    app_react(m, app);
}

// Does the rollout wait for runners of the old revision?
static bool waits_for_old(const struct rollout_record *record)
{
    return record->begun && record->switched != SIM_NEVER && record->old_gone == SIM_NEVER;
}

void deploy_old_gone(struct model *m, const struct pool *pool)
{
    for (uint32_t row = 0; row < m->config->timeline_count; row++) {
        struct rollout_record *record = &m->rollouts[row];
        if (!waits_for_old(record) || record->old_pool != pool->id) continue;
        record->old_gone = m->now;
        add_surge(record, pool, record->old_billed_s, record->old_billed_usd);
    }
}

void deploy_reset(struct model *m)
{
    for (uint32_t row = 0; row < m->config->timeline_count; row++) {
        struct rollout_record *record = &m->rollouts[row];
        record->before = record->toll = (struct toll){0};
        record->stalled_ns = 0;
        record->new_billed_s = record->new_billed_usd = 0;
        record->old_billed_s = record->old_billed_usd = 0;
        record->surge_s = record->surge_usd = 0;
    }
}

// The pool that an event leads to.  A rollback names a revision, or means the one before the
// present one: the one that still has the alias while a rollout is under way, else the one that had
// it last.
static uint32_t destination(const struct model *m, const struct app *app,
                            const struct timeline_config *event)
{
    if (event->kind != TIMELINE_ROLLBACK || event->revision != REVISION_PREVIOUS)
        return event->revision;
    if (app->rollout != NONE) return m->rollouts[app->rollout].old_pool;
    return app->previous != NONE ? app->previous : app->routed;
}

static void begin_deploy(struct model *m, uint32_t row)
{
    const struct timeline_config *event = &m->config->timeline[row];
    struct app *app = &m->apps[event->app];
    uint32_t to = destination(m, app, event);
    struct pool *new_pool = &m->pools[to];
    if (app->rollout != NONE) supersede(m, app);
    toll_close(m, app);
    const struct pool *old_pool = &m->pools[app->routed];
    struct rollout_record *record = &m->rollouts[row];
    sim_time waited = fleet_waited_for_room(m, new_pool); // settles its meters
    *record = (struct rollout_record){
        .event = row,
        .old_pool = app->routed,
        .new_pool = to,
        .begun = true,
        .end = ROLLOUT_UNFINISHED,
        .switched = SIM_NEVER,
        .first_ready = SIM_NEVER,
        .restored = new_pool->ready >= old_pool->ready ? m->now : SIM_NEVER,
        .old_gone = SIM_NEVER,
        .alerted = SIM_NEVER,
        .replicas = scaler_alive(old_pool),
        .old_ready = old_pool->ready,
        .stalled_ns = -waited,
        .new_billed_s = pool_billed_s(new_pool),
        .new_billed_usd = pool_billed_usd(new_pool),
    };
    toll_open(m, app, row);
    app->last_rollout = row;
    app->rollout_failed = app->rollout_joined = 0;
    series_mark(m, event->kind == TIMELINE_DEPLOY ? "deploy" : "rollback", app->config->name,
                rollout_policies[event->strategy]->name);
    if (to != app->routed) {
        tuning_reset(m, new_pool);
        app->rollout = row;
        return;
    }
    if (event->sets_auth) set_mode(m, app, event);
    record->end = ROLLOUT_COMPLETED; // it has the alias already
    record->stalled_ns = 0;
}

// D1: the process behind an ephemeral app ends, and everything of the app with it.
static void kill_app(struct model *m, struct app *app)
{
    if (app->rollout != NONE) end_rollout(m, app, ROLLOUT_SUPERSEDED);
    if (app->restart != NONE) restart_end(m, app, ROLLOUT_SUPERSEDED);
    outage_update(m, app);
    side_close(m, app);
    app->gone = app->hold = true;
    service_drop_line(m, app);
    for (uint32_t i = 0; i < app->config->revisions; i++)
        leave_at_once(m, &m->pools[app->config->first_revision + i], STOP_KILLED);
    series_mark(m, "kill", app->config->name, NULL);
}

static void change_app(struct model *m, struct app *app, uint32_t row)
{
    const struct timeline_config *event = &m->config->timeline[row];
    switch (event->kind) {
    case TIMELINE_DEPLOY:
    case TIMELINE_ROLLBACK:
        begin_deploy(m, row);
        break;
    case TIMELINE_RESTART:
        restart_begin(m, app, row);
        break;
    case TIMELINE_KILL:
        kill_app(m, app);
        break;
    case TIMELINE_SCALE:
        tuning_scale(m, app, event);
        break;
    case TIMELINE_FLUSH:
        callers_flush(m, app, event->caller);
        series_mark(m, "flush", app->config->name, NULL);
        break;
    case TIMELINE_CAPACITY:
    case TIMELINE_MAINTENANCE:
        SIM_CHECK(false);
        break; // of no app
    }
}

void on_timeline(void *model, struct sim_event sim_event)
{
    struct model *m = model_at(model, sim_event);
    const struct timeline_config *event = &m->config->timeline[sim_event.who];
    if (event->kind == TIMELINE_CAPACITY) {
        capacity_change(m, event->machine, event->capacity);
        series_mark(m, "capacity", NULL, m->config->machines[event->machine].name);
        if (event->evict) fault_evict(m, event->machine);
        return;
    }
    if (event->kind == TIMELINE_MAINTENANCE) {
        series_mark(m, "maintenance", NULL, m->config->machines[event->machine].name);
        fault_maintain(m, event);
        return;
    }
    struct app *app = &m->apps[event->app];
    if (app->gone) return;
    change_app(m, app, sim_event.who);
    app_react(m, app);
}

// Old runners that are still there at the horizon.
static void close_old(struct model *m)
{
    for (uint32_t row = 0; row < m->config->timeline_count; row++) {
        struct rollout_record *record = &m->rollouts[row];
        if (!waits_for_old(record)) continue;
        const struct pool *old_pool = &m->pools[record->old_pool];
        add_surge(record, old_pool, record->old_billed_s, record->old_billed_usd);
    }
}

static enum rollout_end end_at_horizon(const struct model *m, const struct rollout_record *record)
{
    for (uint32_t id = m->room.head; id != NONE; id = m->runners[id].next)
        if (m->runners[id].pool == record->new_pool) return ROLLOUT_STALLED;
    return ROLLOUT_UNFINISHED;
}

static void close_rollout(struct model *m, struct rollout_record *record)
{
    const struct pool *new_pool = &m->pools[record->new_pool];
    record->end = end_at_horizon(m, record);
    if (record->switched != SIM_NEVER) return; // all metered at the switch
    record->stalled_ns += fleet_waited_for_room(m, new_pool);
    add_surge(record, new_pool, record->new_billed_s, record->new_billed_usd);
}

void deploy_close(struct model *m)
{
    close_old(m);
    for (uint32_t i = 0; i < m->config->app_count; i++) {
        struct app *app = &m->apps[i];
        toll_close(m, app);
        if (app->rollout != NONE) close_rollout(m, &m->rollouts[app->rollout]);
        if (app->restart != NONE)
            restart_end(m, app, end_at_horizon(m, &m->rollouts[app->restart]));
    }
}
