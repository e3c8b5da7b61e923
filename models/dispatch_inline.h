#pragma once

#include "models/load_heap.h"
#include "models/world.h"

// What of dispatch.c the handlers of every request compile in line.

static inline void dispatch_unlink(struct model *m, struct free_index *f, uint32_t id)
{
    struct runner *r = &m->runners[id];
    if (r->free_prev == NONE)
        f->head = r->free_next;
    else
        m->runners[r->free_prev].free_next = r->free_next;
    if (r->free_next == NONE)
        f->tail = r->free_prev;
    else
        m->runners[r->free_next].free_prev = r->free_prev;
}

static inline void dispatch_append(struct model *m, struct free_index *f, uint32_t id)
{
    struct runner *r = &m->runners[id];
    r->free_prev = f->tail;
    r->free_next = NONE;
    if (f->tail == NONE)
        f->head = id;
    else
        m->runners[f->tail].free_next = id;
    f->tail = id;
}

static inline void dispatch_offer_inline(struct model *m, struct pool *pool, uint32_t id)
{
    struct runner *r = &m->runners[id];
    struct free_index *f = &pool->free;
    if (LIKELY(f->ordered)) {
        if (!r->available) bitset_add(f->by_birth, r->position);
    } else if (f->policy == DISPATCH_LEAST_LOADED) {
        if (r->available)
            load_heap_moved(m, f, id);
        else
            load_heap_add(m, f, id);
    } else {
        if (r->available) dispatch_unlink(m, f, id);
        dispatch_append(m, f, id);
    }
    f->count += !r->available;
    r->available = true;
}

static inline void dispatch_withdraw_inline(struct model *m, struct pool *pool, uint32_t id)
{
    struct runner *r = &m->runners[id];
    struct free_index *f = &pool->free;
    if (!r->available) return;
    if (LIKELY(f->ordered))
        bitset_remove(f->by_birth, r->position);
    else if (f->policy == DISPATCH_LEAST_LOADED)
        load_heap_remove(m, f, id);
    else
        dispatch_unlink(m, f, id);
    r->available = false;
    f->count--;
}

static inline void dispatch_loaded(struct model *m, struct pool *pool, uint32_t id)
{
    struct free_index *f = &pool->free;
    if (f->policy == DISPATCH_LEAST_LOADED && m->runners[id].available) load_heap_moved(m, f, id);
}

static inline uint32_t dispatch_in_turn(struct free_index *f)
{
    uint32_t position = BITSET_NONE;
    if (f->last_used != NONE) position = bitset_next(f->by_birth, f->last_used + 1);
    if (position == BITSET_NONE) position = bitset_next(f->by_birth, 0);
    f->last_used = position;
    return position;
}

ALWAYS_INLINE uint32_t dispatch_pick_inline(struct pool *pool)
{
    struct free_index *f = &pool->free;
    SIM_CHECK_SLOW(f->count > 0);
    if (LIKELY(f->ordered)) {
        bool newest = f->policy == DISPATCH_MOST_RECENTLY_CREATED;
        uint32_t position = newest ? bitset_last(f->by_birth) : dispatch_in_turn(f);
        return f->runner_at[position];
    }
    if (f->policy == DISPATCH_LEAST_LOADED) return f->runner_at[0];
    return f->policy == DISPATCH_MOST_RECENTLY_IDLE ? f->tail : f->head;
}
