#pragma once

#include "models/outage.h"
#include "models/waiting.h"

// What of waiting.c the handlers of every request compile in line.

static inline struct lane *waiting_lane(const struct line *line, const struct request *q)
{
    return &line->lanes[q->endpoint];
}

static inline struct line *waiting_line(struct app *app, const struct request *q)
{
    return q->side ? &app->side.line : &app->line;
}

static inline void waiting_change(struct model *m, struct app *app, struct line *line, bool longer)
{
    if (UNLIKELY(line->length == (longer ? 0u : 1u))) outage_update(m, app);
    line->length += longer ? 1u : UINT32_MAX;
    if (longer)
        level_up(&app->service.queue, m->now);
    else
        level_down(&app->service.queue, m->now);
}

static inline void waiting_overdue_inline(struct model *m, struct line *line, uint32_t id)
{
    struct request *q = &m->requests[id];
    SIM_CHECK_SLOW(q->state == REQUEST_WAITING && !q->overdue);
    q->overdue = true;
    line->overdue++;
}

// When it has waited scaling_delay it is overdue.
static inline void waiting_arm_delay(struct model *m, const struct app *app, struct line *line,
                                     uint32_t id)
{
    struct request *q = &m->requests[id];
    sim_time delay = app->scaling.scaling_delay, due = 0;
    if (delay > 0) due = sim_time_add(q->joined, delay);
    if (due > m->now)
        q->delay = sim_at(m->sim, due, EVENT_OVERDUE, id, 0);
    else
        waiting_overdue_inline(m, line, id);
}

// `limit`: the start_timeout of its source.
static inline void waiting_arm(struct model *m, const struct app *app, struct line *line,
                               uint32_t id, sim_time limit)
{
    struct request *q = &m->requests[id];
    if (limit != SIM_NEVER && !sim_pending(m->sim, q->deadline)) {
        sim_time at = sim_time_add(q->arrival, limit);
        q->deadline = sim_at(m->sim, at < m->now ? m->now : at, EVENT_START_TIMEOUT, id, 0);
    }
    q->joined = m->now;
    waiting_arm_delay(m, app, line, id);
}

// At the end of its lane.
ALWAYS_INLINE void waiting_join_lane(struct model *m, struct app *app, struct line *line,
                                     struct lane *lane, uint32_t id, sim_time limit)
{
    struct request *q = &m->requests[id];
    enum priority p = (enum priority)q->priority;
    waiting_change(m, app, line, true);
    lane->length++;
    q->state = REQUEST_WAITING;
    q->overdue = false;
    q->next = NONE;
    q->prev = lane->tail[p];
    if (lane->tail[p] == NONE)
        lane->head[p] = id;
    else
        m->requests[lane->tail[p]].next = id;
    lane->tail[p] = id;
    waiting_arm(m, app, line, id, limit);
}

ALWAYS_INLINE void waiting_leave_lane(struct model *m, struct app *app, struct line *line,
                                      struct lane *lane, uint32_t id)
{
    struct request *q = &m->requests[id];
    enum priority p = (enum priority)q->priority;
    SIM_CHECK_SLOW(q->state == REQUEST_WAITING);
    if (LIKELY(q->prev == NONE))
        lane->head[p] = q->next;
    else
        m->requests[q->prev].next = q->next;
    if (q->next == NONE)
        lane->tail[p] = q->prev;
    else
        m->requests[q->next].prev = q->prev;
    lane->length--;
    if (q->overdue) line->overdue--;
    if (q->delay.generation > 0) sim_cancel(m->sim, &q->delay);
    if (q->deadline.generation > 0) sim_cancel(m->sim, &q->deadline);
    waiting_change(m, app, line, false);
}
