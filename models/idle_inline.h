#pragma once

#include "models/idle.h"
#include "models/runner_queue.h"

// What of idle.c the handlers of every request compile in line.

void idle_arm(struct model *model, struct pool *pool, bool fresh); // a runner becomes idle now

static inline void idle_join_inline(struct model *m, struct pool *pool, uint32_t id, bool fresh)
{
    struct runner_queue *queue = fresh ? &pool->idle_fresh : &pool->idle_used;
    runner_queue_append(m, queue, id, fresh ? LIST_FRESH : LIST_USED);
    if (queue->head == id || pool->held) idle_arm(m, pool, fresh);
}

static inline void idle_leave_inline(struct model *m, struct pool *pool, uint32_t id)
{
    struct runner *r = &m->runners[id];
    if (LIKELY(r->listed == LIST_USED))
        runner_queue_remove(m, &pool->idle_used, id);
    else if (r->listed == LIST_FRESH)
        runner_queue_remove(m, &pool->idle_fresh, id);
}
