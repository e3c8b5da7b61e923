// Positions in the order of birth only grow; when they run out, the runners alive are numbered
// anew from 0.  There are twice as many positions as runners can be alive, so that happens at most
// once in that many births.

#include "models/dispatch.h"

#include "models/dispatch_inline.h"

const struct dispatch_policy dispatch_policies[] = {
    [DISPATCH_ROUND_ROBIN] = {"round_robin", "the next runner in order of birth, cyclic (Q8)"},
    [DISPATCH_MOST_RECENTLY_IDLE] = {"most_recently_idle",
                                     "the runner that gave back a slot last (Q8)"},
    [DISPATCH_LEAST_RECENTLY_IDLE] = {"least_recently_idle",
                                      "the runner that gave back a slot first (Q8)"},
    [DISPATCH_MOST_RECENTLY_CREATED] = {"most_recently_created", "the youngest runner (Q8)"},
    [DISPATCH_LEAST_LOADED] = {"least_loaded",
                               "the runner with the fewest requests in flight (Q8)"},
    [DISPATCH_HINT] = {"hint",
                       "a runner that served the request's key lately, else round robin (Q8)"},
    [DISPATCH_POLICIES] = {NULL, NULL},
};

void dispatch_create(struct model *m, struct pool *pool, struct arena *arena)
{
    struct free_index *f = &pool->free;
    f->policy = (enum dispatch)m->apps[pool->app].config->dispatch;
    f->head = f->tail = NONE;
    f->last_used = NONE;
    uint32_t most = m->config->limits.runners;
    if (f->policy == DISPATCH_LEAST_LOADED) f->runner_at = arena_new_raw(arena, uint32_t, most);
    f->ordered = f->policy == DISPATCH_ROUND_ROBIN || f->policy == DISPATCH_HINT ||
                 f->policy == DISPATCH_MOST_RECENTLY_CREATED;
    if (!f->ordered) return;
    f->positions = 2 * (most < 32 ? 32 : most);
    f->by_birth = bitset_create(arena, f->positions);
    f->runner_at = arena_new_raw(arena, uint32_t, f->positions);
}

// The runner last used keeps its turn: `last_used` follows it, or the nearest older runner that is
// still alive.
static void renumber(struct model *m, struct pool *pool)
{
    struct free_index *f = &pool->free;
    uint32_t position = 0, last_used = NONE;
    bitset_clear(f->by_birth);
    for (uint32_t id = pool->alive_head; id != NONE; id = m->runners[id].alive_next) {
        struct runner *r = &m->runners[id];
        if (f->last_used != NONE && r->position <= f->last_used) last_used = position;
        r->position = position;
        f->runner_at[position] = id;
        if (r->available) bitset_add(f->by_birth, position);
        position++;
    }
    f->last_used = last_used;
    f->next_position = position;
}

void dispatch_born(struct model *m, struct pool *pool, uint32_t runner)
{
    struct free_index *f = &pool->free;
    if (f->policy == DISPATCH_LEAST_LOADED) m->runners[runner].position = f->next_position++;
    if (!f->ordered) return;
    if (f->next_position == f->positions) {
        m->runners[runner].position = f->positions; // after everybody
        renumber(m, pool); // numbers this runner too: it is in the list of those alive
        return;
    }
    m->runners[runner].position = f->next_position;
    f->runner_at[f->next_position++] = runner;
}

void dispatch_offer(struct model *m, struct pool *pool, uint32_t id)
{
    dispatch_offer_inline(m, pool, id);
}

void dispatch_withdraw(struct model *m, struct pool *pool, uint32_t id)
{
    dispatch_withdraw_inline(m, pool, id);
}

uint32_t dispatch_pick(struct pool *pool)
{
    return dispatch_pick_inline(pool);
}
