#include "models/leave.h"

#include "models/fleet.h"

static uint32_t last_start(const struct model *m, const struct pool *pool)
{
    uint32_t id = pool->starting > 0 ? pool->alive_tail : NONE;
    while (id != NONE && runner_states[m->runners[id].state].class != CLASS_STARTING)
        id = m->runners[id].alive_prev;
    return id;
}

static bool wanted(const struct runner *r, bool outgoing)
{
    return !outgoing || r->part == PART_OUTGOING;
}

static uint32_t first_of(const struct model *m, uint32_t id, bool outgoing)
{
    while (id != NONE && !wanted(&m->runners[id], outgoing))
        id = m->runners[id].next;
    return id;
}

static uint32_t longest_idle(const struct model *m, const struct pool *pool, bool outgoing)
{
    uint32_t used = first_of(m, pool->idle_used.head, outgoing);
    uint32_t fresh = first_of(m, pool->idle_fresh.head, outgoing);
    if (used == NONE || fresh == NONE) return used == NONE ? fresh : used;
    return m->runners[used].idle_since <= m->runners[fresh].idle_since ? used : fresh;
}

static uint32_t oldest_busy(const struct model *m, const struct pool *pool, bool outgoing)
{
    uint32_t id = pool->alive_head;
    while (id != NONE &&
           (m->runners[id].state != RUNNER_RUNNING || !wanted(&m->runners[id], outgoing)))
        id = m->runners[id].alive_next;
    return id;
}

static uint32_t next_ready(const struct model *m, const struct pool *pool, bool outgoing)
{
    uint32_t id = longest_idle(m, pool, outgoing);
    return id != NONE ? id : oldest_busy(m, pool, outgoing);
}

void leave_some(struct model *m, struct pool *pool, uint32_t count, enum stop_reason reason)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t id = last_start(m, pool);
        if (id == NONE) id = next_ready(m, pool, false);
        if (id == NONE) return;
        fleet_stop(m, id, reason);
    }
}

uint32_t leave_idle(struct model *m, struct pool *pool, uint32_t count, bool expired)
{
    for (; count > 0; count--) {
        uint32_t id = longest_idle(m, pool, false);
        if (id == NONE) break;
        if (expired)
            fleet_expire(m, id, STOP_SCALE_DOWN);
        else
            fleet_stop(m, id, STOP_SCALE_DOWN);
    }
    return count;
}

uint32_t leave_busy(struct model *m, struct pool *pool, uint32_t count)
{
    for (; count > 0; count--) {
        uint32_t id = oldest_busy(m, pool, false);
        if (id == NONE) break;
        fleet_stop(m, id, STOP_SCALE_DOWN);
    }
    return count;
}

void leave_outgoing(struct model *m, struct pool *pool)
{
    uint32_t id = next_ready(m, pool, true);
    SIM_CHECK(id != NONE);
    fleet_stop(m, id, STOP_RESTART);
}

void leave_all(struct model *m, const struct pool *pool, enum stop_reason reason)
{
    for (uint32_t id = pool->alive_head, next; id != NONE; id = next) {
        next = m->runners[id].alive_next;
        fleet_stop(m, id, reason);
    }
}

void leave_at_once(struct model *m, const struct pool *pool, enum stop_reason reason)
{
    for (uint32_t id = pool->alive_head, next; id != NONE; id = next) {
        next = m->runners[id].alive_next;
        if (runner_states[m->runners[id].state].class == CLASS_STARTING)
            fleet_stop(m, id, reason);
        else
            fleet_kill(m, id, reason);
    }
}
