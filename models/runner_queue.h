#pragma once

#include "models/world.h"

// Lists of runners linked by `next` and `prev`; a runner is in one of them at most, and knows
// which.

static inline void runner_queue_append(struct model *m, struct runner_queue *queue, uint32_t id,
                                       enum runner_list list)
{
    struct runner *r = &m->runners[id];
    SIM_CHECK_SLOW(r->listed == LIST_NONE);
    r->listed = (uint8_t)list;
    r->prev = queue->tail;
    r->next = NONE;
    if (queue->tail == NONE)
        queue->head = id;
    else
        m->runners[queue->tail].next = id;
    queue->tail = id;
}

static inline void runner_queue_remove(struct model *m, struct runner_queue *queue, uint32_t id)
{
    struct runner *r = &m->runners[id];
    SIM_CHECK_SLOW(r->listed != LIST_NONE);
    r->listed = LIST_NONE;
    if (r->prev == NONE)
        queue->head = r->next;
    else
        m->runners[r->prev].next = r->next;
    if (r->next == NONE)
        queue->tail = r->prev;
    else
        m->runners[r->next].prev = r->prev;
}
