#include "models/restart.h"

#include "models/fleet.h"
#include "models/leave.h"
#include "models/series.h"
#include "models/toll.h"

static struct pool *pool_of(struct model *m, const struct app *app)
{
    return &m->pools[m->rollouts[app->restart].new_pool];
}

static void mark_ready(struct model *m, struct pool *pool)
{
    for (uint32_t id = pool->alive_head; id != NONE; id = m->runners[id].alive_next) {
        struct runner *r = &m->runners[id];
        if (runner_states[r->state].class != CLASS_READY) continue;
        r->part = PART_OUTGOING;
        pool->outgoing++;
    }
}

void restart_begin(struct model *m, struct app *app, uint32_t row)
{
    if (app->restart != NONE) restart_end(m, app, ROLLOUT_SUPERSEDED);
    toll_close(m, app);
    m->rollouts[row] = (struct rollout_record){
        .event = row,
        .old_pool = app->routed,
        .new_pool = app->routed,
        .begun = true,
        .end = ROLLOUT_UNFINISHED,
        .switched = SIM_NEVER,
        .first_ready = SIM_NEVER,
        .restored = SIM_NEVER,
        .old_gone = SIM_NEVER,
        .alerted = SIM_NEVER,
        .stalled_ns = -fleet_waited_for_room(m, &m->pools[app->routed]),
    };
    toll_open(m, app, row);
    app->restart = row;
    series_mark(m, "restart", app->config->name, m->config->timeline[row].force ? "force" : NULL);
    if (m->config->timeline[row].force) {
        leave_at_once(m, pool_of(m, app), STOP_RESTART);
        restart_end(m, app, ROLLOUT_COMPLETED);
        return;
    }
    mark_ready(m, pool_of(m, app));
}

static void start_replacement(struct model *m, struct pool *pool)
{
    uint32_t id = fleet_start(m, pool);
    if (id == NONE) return;
    m->runners[id].part = PART_REPLACEMENT;
    pool->replacing++;
}

void restart_ask(struct model *m, struct app *app)
{
    struct pool *pool = pool_of(m, app);
    struct rollout_record *record = &m->rollouts[app->restart];
    if (pool->replaced > 0 && record->first_ready == SIM_NEVER) record->first_ready = m->now;
    while (pool->replaced > 0 && pool->outgoing > 0) {
        pool->replaced--;
        leave_outgoing(m, pool);
    }
    if (pool->outgoing == 0) {
        restart_end(m, app, ROLLOUT_COMPLETED);
        return;
    }
    uint32_t coming = pool->replacing;
    for (uint32_t missing = pool->outgoing; missing > coming; missing--)
        start_replacement(m, pool);
}

void restart_end(struct model *m, struct app *app, enum rollout_end end)
{
    struct pool *pool = pool_of(m, app);
    struct rollout_record *record = &m->rollouts[app->restart];
    for (uint32_t id = pool->alive_head; id != NONE; id = m->runners[id].alive_next)
        m->runners[id].part = PART_NONE;
    pool->outgoing = pool->replacing = pool->replaced = 0;
    record->end = end;
    record->stalled_ns += fleet_waited_for_room(m, pool);
    app->restart = NONE;
    series_mark(m, "restarted", app->config->name, rollout_end_names[end]);
}
