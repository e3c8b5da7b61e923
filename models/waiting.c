#include "models/waiting.h"

#include "models/outage.h"

static enum priority priority_of(const struct model *m, const struct request *q)
{
    return (enum priority)m->config->traffic[q->source].priority;
}

static struct line *line_of(struct app *app, const struct request *q)
{
    return q->side ? &app->side.line : &app->line;
}

static void change_length(struct model *m, struct app *app, struct line *line, bool longer)
{
    if (line->length == (longer ? 0u : 1u)) outage_update(m, app);
    line->length += longer ? 1u : UINT32_MAX;
    level_set(&app->service.queue, m->now, waiting_count(app));
}

static void arm_timers(struct model *m, struct app *app, uint32_t id)
{
    struct request *q = &m->requests[id];
    sim_time limit = m->config->traffic[q->source].start_timeout;
    if (limit != SIM_NEVER && !sim_pending(m->sim, q->deadline)) {
        sim_time at = sim_time_add(q->arrival, limit);
        q->deadline = sim_at(m->sim, at < m->now ? m->now : at, EVENT_START_TIMEOUT, id, 0);
    }
    if (app->scaling.scaling_delay > 0)
        q->delay = sim_after(m->sim, app->scaling.scaling_delay, EVENT_OVERDUE, id, 0);
    else
        waiting_overdue(m, app, id);
}

void waiting_join(struct model *m, struct app *app, uint32_t id)
{
    struct request *q = &m->requests[id];
    struct line *line = line_of(app, q);
    enum priority p = priority_of(m, q);
    change_length(m, app, line, true);
    q->state = REQUEST_WAITING;
    q->overdue = false;
    q->next = NONE;
    q->prev = line->tail[p];
    if (line->tail[p] == NONE) line->head[p] = id;
    else m->requests[line->tail[p]].next = id;
    line->tail[p] = id;
    arm_timers(m, app, id);
}

void waiting_leave(struct model *m, struct app *app, uint32_t id)
{
    struct request *q = &m->requests[id];
    struct line *line = line_of(app, q);
    enum priority p = priority_of(m, q);
    SIM_CHECK(q->state == REQUEST_WAITING);
    if (q->prev == NONE) line->head[p] = q->next;
    else m->requests[q->prev].next = q->next;
    if (q->next == NONE) line->tail[p] = q->prev;
    else m->requests[q->next].prev = q->prev;
    if (q->overdue) line->overdue--;
    sim_cancel(m->sim, &q->delay);
    sim_cancel(m->sim, &q->deadline);
    change_length(m, app, line, false);
}

uint32_t waiting_first(const struct line *line)
{
    uint32_t normal = line->head[PRIORITY_NORMAL];
    return normal != NONE ? normal : line->head[PRIORITY_LOW];
}

uint32_t waiting_count(const struct app *app)
{
    return app->line.length + (app->side.pool == NONE ? 0 : app->side.line.length);
}

void waiting_overdue(struct model *m, struct app *app, uint32_t id)
{
    struct request *q = &m->requests[id];
    SIM_CHECK(q->state == REQUEST_WAITING && !q->overdue);
    q->overdue = true;
    line_of(app, q)->overdue++;
}
