#include "models/deploy.h"

#include "models/app.h"
#include "models/billing.h"
#include "models/callers.h"
#include "models/capacity.h"
#include "models/fault.h"
#include "models/fleet.h"
#include "models/idle.h"
#include "models/outage.h"
#include "models/series.h"

const char *const rollout_end_names[] = {"completed", "aborted",    "superseded",
                                         "stalled",   "unfinished", NULL};

void deploy_create(struct model *m)
{
    for (uint32_t row = 0; row < m->config->timeline_count; row++)
        m->rollouts[row] = (struct rollout_record){.event = row,
                                                   .end = ROLLOUT_UNFINISHED,
                                                   .switched = SIM_NEVER,
                                                   .first_ready = SIM_NEVER,
                                                   .old_gone = SIM_NEVER};
}

static void stop_all(struct model *m, const struct pool *pool, enum stop_reason reason)
{
    for (uint32_t id = pool->alive_head, next; id != NONE; id = next) {
        next = m->runners[id].alive_next;
        fleet_stop(m, id, reason);
    }
}

static void settle_pool(struct model *m, const struct pool *pool)
{
    for (uint32_t id = pool->alive_head; id != NONE; id = m->runners[id].alive_next)
        runner_settle(m, &m->runners[id]);
}

// Time in which starts of the pool waited for capacity.
static sim_time waited_for_room(struct model *m, const struct pool *pool)
{
    settle_pool(m, pool);
    return (sim_time)pool->meters[NO_SLOT].state_ns[RUNNER_PENDING];
}

// What the pool has billed since it had billed `before`.
static void add_surge(struct rollout_record *record, const struct pool *pool, double before_s,
                      double before_usd)
{
    record->surge_s += pool_billed_s(pool) - before_s;
    record->surge_usd += pool_billed_usd(pool) - before_usd;
}

static void switch_alias(struct model *m, struct app *app, struct rollout_record *record)
{
    struct pool *old_pool = &m->pools[record->old_pool], *new_pool = &m->pools[record->new_pool];
    const struct timeline_config *event = &m->config->timeline[record->event];
    record->switched = m->now;
    record->stalled_ns += waited_for_room(m, new_pool);
    settle_pool(m, old_pool);
    add_surge(record, new_pool, record->new_billed_s, record->new_billed_usd);
    record->old_billed_s = pool_billed_s(old_pool);
    record->old_billed_usd = pool_billed_usd(old_pool);
    outage_update(m, app);
    app->routed = record->new_pool;
    if (event->reset_scale) app->scaling = new_pool->config->scaling;
    enum auth_mode mode = (enum auth_mode)new_pool->config->auth_mode;
    if (mode != app->auth_mode) billing_change_mode(m, app, mode);
    idle_rearm(m, new_pool);
    series_mark(m, "switch", app->config->name, new_pool->config->name);
}

static void end_rollout(struct model *m, struct app *app, enum rollout_end end)
{
    m->rollouts[app->rollout].end = end;
    app->rollout = NONE;
}

static void abort_rollout(struct model *m, struct app *app, enum rollout_end end)
{
    struct rollout_record *record = &m->rollouts[app->rollout];
    struct pool *new_pool = &m->pools[record->new_pool];
    record->stalled_ns += waited_for_room(m, new_pool);
    add_surge(record, new_pool, record->new_billed_s, record->new_billed_usd);
    end_rollout(m, app, end);
    stop_all(m, new_pool, STOP_ABORT);
    series_mark(m, rollout_end_names[end], app->config->name, new_pool->config->name);
}

static struct rollout_decision decide(const struct model *m, const struct app *app)
{
    const struct rollout_record *record = &m->rollouts[app->rollout];
    const struct timeline_config *event = &m->config->timeline[record->event];
    const struct pool *new_pool = &m->pools[record->new_pool];
    struct rollout_view view = {
        .min_ready = event->min_ready,
        .new_starting = new_pool->starting,
        .new_ready = new_pool->ready,
        .new_failed = app->rollout_failed,
        .old_ready = m->pools[record->old_pool].ready,
        .switched = record->switched != SIM_NEVER,
    };
    return rollout_policies[event->strategy]->decide(&view);
}

void deploy_ask(struct model *m, struct app *app)
{
    struct rollout_record *record = &m->rollouts[app->rollout];
    struct rollout_decision d = decide(m, app);
    for (uint32_t i = 0; i < d.start_new; i++)
        fleet_start(m, &m->pools[record->new_pool]);
    if (d.switch_alias) switch_alias(m, app, record);
    if (d.abort) {
        abort_rollout(m, app, ROLLOUT_ABORTED);
        return;
    }
    if (d.over) end_rollout(m, app, ROLLOUT_COMPLETED);
    if (!d.drain_old) return;
    stop_all(m, &m->pools[record->old_pool], STOP_DEPLOY);
    if (m->pools[record->old_pool].alive_head == NONE)
        deploy_old_gone(m, &m->pools[record->old_pool]);
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

static void close_unserved(struct model *m, struct app *app)
{
    if (app->last_rollout == NONE) return;
    struct rollout_record *record = &m->rollouts[app->last_rollout];
    record->unserved_ns = outage_unserved(m, app) - record->unserved_before;
}

void deploy_reset(struct model *m)
{
    for (uint32_t row = 0; row < m->config->timeline_count; row++) {
        struct rollout_record *record = &m->rollouts[row];
        record->unserved_before = record->unserved_ns = record->stalled_ns = 0;
        record->new_billed_s = record->new_billed_usd = 0;
        record->old_billed_s = record->old_billed_usd = 0;
        record->surge_s = record->surge_usd = 0;
    }
}

static void begin_deploy(struct model *m, uint32_t row)
{
    const struct timeline_config *event = &m->config->timeline[row];
    struct app *app = &m->apps[event->app];
    struct pool *new_pool = &m->pools[event->revision];
    if (app->rollout != NONE) abort_rollout(m, app, ROLLOUT_SUPERSEDED);
    outage_update(m, app);
    close_unserved(m, app);
    struct rollout_record *record = &m->rollouts[row];
    record->begun = true;
    record->old_pool = app->routed;
    record->new_pool = event->revision;
    record->unserved_before = outage_unserved(m, app);
    record->stalled_ns = -waited_for_room(m, new_pool);
    record->new_billed_s = pool_billed_s(new_pool);
    record->new_billed_usd = pool_billed_usd(new_pool);
    app->rollout = app->last_rollout = row;
    app->rollout_failed = 0;
    series_mark(m, "deploy", app->config->name, rollout_policies[event->strategy]->name);
}

void on_timeline(void *model, const struct sim_event *sim_event)
{
    struct model *m = model_at(model, sim_event);
    const struct timeline_config *event = &m->config->timeline[sim_event->who];
    struct app *app = NULL;
    switch (event->kind) {
    case TIMELINE_DEPLOY:
        app = &m->apps[event->app];
        begin_deploy(m, sim_event->who);
        break;
    case TIMELINE_SCALE:
        app = &m->apps[event->app];
        app->scaling = event->scaling;
        idle_rearm(m, &m->pools[app->routed]);
        series_mark(m, "scale", app->config->name, NULL);
        break;
    case TIMELINE_FLUSH:
        app = &m->apps[event->app];
        callers_flush(m, app, event->caller);
        series_mark(m, "flush", app->config->name, NULL);
        break;
    case TIMELINE_CAPACITY:
        capacity_change(m, event->machine, event->capacity);
        series_mark(m, "capacity", NULL, m->config->machines[event->machine].name);
        if (event->evict) fault_evict(m, event->machine);
        return;
    case TIMELINE_MAINTENANCE:
        series_mark(m, "maintenance", NULL, m->config->machines[event->machine].name);
        fault_maintain(m, event);
        return;
    }
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

void deploy_close(struct model *m)
{
    close_old(m);
    for (uint32_t i = 0; i < m->config->app_count; i++) {
        struct app *app = &m->apps[i];
        close_unserved(m, app);
        if (app->rollout == NONE) continue;
        struct rollout_record *record = &m->rollouts[app->rollout];
        const struct pool *new_pool = &m->pools[record->new_pool];
        record->stalled_ns += waited_for_room(m, new_pool);
        add_surge(record, new_pool, record->new_billed_s, record->new_billed_usd);
        for (uint32_t id = m->room.head; id != NONE; id = m->runners[id].next)
            if (m->runners[id].pool == new_pool->id) record->end = ROLLOUT_STALLED;
    }
}
