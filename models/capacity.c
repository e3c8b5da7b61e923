#include "models/capacity.h"

#include "models/fleet.h"

bool capacity_take(struct model *m, struct runner *r)
{
    const struct pool *pool = &m->pools[r->pool];
    SIM_CHECK(r->slot == NO_SLOT);
    for (uint32_t slot = 0; slot < pool->config->machine_count; slot++) {
        struct machine *machine = &m->machines[pool->config->machines[slot]];
        uint64_t wanted = machine->in_use + pool->units[slot];
        if (machine->capacity != UINT32_MAX && wanted > machine->capacity) continue;
        machine->in_use = wanted;
        r->slot = (uint8_t)slot;
        return true;
    }
    return false;
}

static void wake_waiting(struct model *m)
{
    if (!m->config->platform.capacity_wakeup) return;
    for (uint32_t id = m->room.head, next; id != NONE; id = next) {
        next = m->runners[id].next;
        fleet_try_hardware(m, id);
    }
}

void capacity_release(struct model *m, struct runner *r)
{
    if (r->slot == NO_SLOT) return;
    const struct pool *pool = &m->pools[r->pool];
    struct machine *machine = &m->machines[pool->config->machines[r->slot]];
    SIM_CHECK(machine->in_use >= pool->units[r->slot]);
    machine->in_use -= pool->units[r->slot];
    r->slot = NO_SLOT;
    wake_waiting(m);
}

void capacity_change(struct model *m, uint32_t id, uint32_t capacity)
{
    struct machine *machine = &m->machines[id];
    if (machine->capacity == UINT32_MAX && m->now > machine->changed) machine->was_unlimited = true;
    machine->capacity = capacity;
    machine->changed = m->now;
    level_set(&machine->offered, m->now, capacity == UINT32_MAX ? 0 : (int64_t)capacity);
    wake_waiting(m);
}
