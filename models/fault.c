#include "models/fault.h"

#include <string.h>

#include "models/app.h"
#include "models/fleet.h"

enum fault { FAULT_CRASH, FAULT_SICK, FAULT_FOUND, FAULT_RECLAIM };

static bool never(const struct dist *dist)
{
    return dist->kind == DIST_CONSTANT && dist->a <= 0;
}

// The fault comes after a time drawn for this start.
static struct sim_ticket expect(struct model *m, uint32_t id, const struct dist *time,
                                struct rng_stream *stream, enum fault fault)
{
    if (never(time)) return (struct sim_ticket){0};
    sim_time after = dist_draw_time(time, stream, m->runners[id].number);
    return sim_at(m->sim, sim_time_add(m->now, after), EVENT_FAULT, id, fault);
}

static const struct machine_config *machine_of(const struct model *m, const struct runner *r)
{
    return &m->config->machines[m->pools[r->pool].config->machines[r->slot]];
}

void fault_placed(struct model *m, uint32_t id)
{
    struct runner *r = &m->runners[id];
    const struct dist *reclaim = &machine_of(m, r)->reclaim;
    runner_aside(m, r)->reclaim = expect(m, id, reclaim, &m->pools[r->pool].reclaim, FAULT_RECLAIM);
}

void fault_ready(struct model *m, uint32_t id)
{
    struct runner *r = &m->runners[id];
    struct pool *pool = &m->pools[r->pool];
    struct runner_aside *aside = runner_aside(m, r);
    aside->crash = expect(m, id, &pool->config->mtbf, &pool->crash, FAULT_CRASH);
    aside->illness = expect(m, id, &pool->config->sick_after, &pool->sick, FAULT_SICK);
}

void fault_closing(struct model *m, struct runner *r)
{
    struct runner_aside *aside = runner_aside(m, r);
    sim_cancel(m->sim, &aside->crash);
    sim_cancel(m->sim, &aside->illness);
    sim_cancel(m->sim, &aside->reclaim);
}

void fault_gone(struct model *m, struct runner *r)
{
    fault_closing(m, r);
}

// When the health checks will have found a runner that is sick from now on.
static sim_time found_at(const struct model *m, const struct runner *r)
{
    const struct pool *pool = &m->pools[r->pool];
    const struct health_config *h = &pool->config->health;
    sim_time longest = pool->startup_timeout;
    if (longest < h->start_period) longest = h->start_period;
    sim_time counts_from = sim_time_add(r->setup_at, longest);
    if (counts_from < m->now) counts_from = m->now;
    if (counts_from == SIM_NEVER) return SIM_NEVER;
    sim_time nth = (counts_from - r->ready_at + h->interval - 1) / h->interval;
    if (nth < 1) nth = 1;
    return r->ready_at + (nth + h->failures - 1) * h->interval + h->timeout;
}

static void fall_sick(struct model *m, uint32_t id)
{
    struct runner *r = &m->runners[id];
    r->sick = true;
    model_trace(m, "fault", "falls sick", id, r->number);
    if (m->pools[r->pool].config->has_health_check)
        runner_aside(m, r)->illness = sim_at(m->sim, found_at(m, r), EVENT_FAULT, id, FAULT_FOUND);
}

void on_fault(void *model, struct sim_event event)
{
    struct model *m = model_at(model, event);
    uint32_t id = event.who;
    struct runner *r = &m->runners[id];
    struct app *app = app_of(m, r);
    switch ((enum fault)event.arg) {
    case FAULT_CRASH:
        fleet_destroy(m, id, STOP_CRASH);
        break;
    case FAULT_SICK:
        fall_sick(m, id);
        break;
    case FAULT_FOUND:
        fleet_stop(m, id, STOP_HEALTH_CHECK);
        break;
    case FAULT_RECLAIM:
        fleet_take_down(m, id, STOP_RECLAIM, machine_of(m, r)->reclaim_notice);
        break;
    }
    app_react(m, app);
}

// Choosing runners by age over all pools.  Victims are marked first and stopped then, so that a
// start which is woken by the room that they leave is not one of them.

struct choice {
    uint32_t machine;
    bool everywhere; // in all regions of the type
    bool youngest;   // first
};

static bool fits(const struct model *m, const struct choice *choice, const struct runner *r)
{
    if (r->slot == NO_SLOT) return false;
    uint32_t machine = m->pools[r->pool].config->machines[r->slot];
    if (machine == choice->machine) return true;
    const struct machine_config *machines = m->config->machines;
    return choice->everywhere &&
           strcmp(machines[machine].name, machines[choice->machine].name) == 0;
}

static void start_walk(struct model *m, const struct choice *choice)
{
    for (uint32_t p = 0; p < m->config->revision_count; p++)
        m->pools[p].walk = choice->youngest ? m->pools[p].alive_tail : m->pools[p].alive_head;
}

static void step_walk(const struct model *m, const struct choice *choice, struct pool *pool)
{
    const struct runner *r = &m->runners[pool->walk];
    pool->walk = choice->youngest ? r->alive_prev : r->alive_next;
}

// The next by age; of the same age, pools in their order, or from the last one back.  NONE: no
// more.
static uint32_t walk_on(struct model *m, const struct choice *choice)
{
    uint32_t best = NONE;
    for (uint32_t p = 0; p < m->config->revision_count; p++) {
        struct pool *pool = &m->pools[p];
        while (pool->walk != NONE && !fits(m, choice, &m->runners[pool->walk]))
            step_walk(m, choice, pool);
        if (pool->walk == NONE) continue;
        sim_time created = m->runners[pool->walk].created;
        sim_time other = best == NONE ? 0 : m->runners[best].created;
        if (best == NONE || (choice->youngest ? created >= other : created < other))
            best = pool->walk;
    }
    if (best != NONE) step_walk(m, choice, &m->pools[m->runners[best].pool]);
    return best;
}

static void stop_marked(struct model *m, enum stop_reason reason, sim_time notice)
{
    for (uint32_t p = 0; p < m->config->revision_count; p++)
        for (uint32_t id = m->pools[p].alive_head, next; id != NONE; id = next) {
            next = m->runners[id].alive_next;
            if (!m->runners[id].doomed) continue;
            m->runners[id].doomed = false;
            if (reason == STOP_EVICTION)
                fleet_destroy(m, id, reason);
            else
                fleet_take_down(m, id, reason, notice);
        }
    for (uint32_t i = 0; i < m->config->app_count; i++)
        app_react(m, &m->apps[i]);
}

void fault_maintain(struct model *m, const struct timeline_config *event)
{
    struct choice choice = {.machine = event->machine, .everywhere = event->everywhere};
    start_walk(m, &choice);
    for (uint32_t left = event->runners; left > 0;) {
        uint32_t id = walk_on(m, &choice);
        if (id == NONE) break;
        if (runner_states[m->runners[id].state].class == CLASS_STOPPING) continue;
        m->runners[id].doomed = true;
        left--;
    }
    stop_marked(m, STOP_MAINTENANCE, event->notice);
}

void fault_evict(struct model *m, uint32_t machine)
{
    struct choice choice = {.machine = machine, .youngest = true};
    int64_t capacity = m->machines[machine].capacity;
    int64_t excess = (int64_t)m->machines[machine].in_use - capacity;
    start_walk(m, &choice);
    while (excess > 0) {
        uint32_t id = walk_on(m, &choice);
        SIM_CHECK(id != NONE);
        struct runner *r = &m->runners[id];
        r->doomed = true;
        excess -= m->pools[r->pool].units[r->slot];
    }
    stop_marked(m, STOP_EVICTION, 0);
}
