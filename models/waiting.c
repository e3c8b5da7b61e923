#include "models/waiting.h"

#include "models/outage.h"

static struct lane *lane_of(const struct line *line, const struct request *q)
{
    return &line->lanes[q->endpoint];
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

static void arm_delay(struct model *m, struct app *app, uint32_t id)
{
    struct request *q = &m->requests[id];
    sim_time due = sim_time_add(q->joined, app->scaling.scaling_delay);
    if (due > m->now)
        q->delay = sim_at(m->sim, due, EVENT_OVERDUE, id, 0);
    else
        waiting_overdue(m, app, id);
}

static void arm_timers(struct model *m, struct app *app, uint32_t id)
{
    struct request *q = &m->requests[id];
    sim_time limit = m->sources[q->source].start_timeout;
    if (limit != SIM_NEVER && !sim_pending(m->sim, q->deadline)) {
        sim_time at = sim_time_add(q->arrival, limit);
        q->deadline = sim_at(m->sim, at < m->now ? m->now : at, EVENT_START_TIMEOUT, id, 0);
    }
    q->joined = m->now;
    arm_delay(m, app, id);
}

static void rearm_line(struct model *m, struct app *app, struct line *line)
{
    uint32_t endpoints = app->config->endpoints > 1 ? app->config->endpoints : 1;
    line->overdue = 0;
    for (uint32_t e = 0; e < endpoints; e++)
        for (int p = 0; p < PRIORITIES; p++)
            for (uint32_t id = line->lanes[e].head[p]; id != NONE; id = m->requests[id].next) {
                sim_cancel(m->sim, &m->requests[id].delay);
                m->requests[id].overdue = false;
                arm_delay(m, app, id);
            }
}

void waiting_rearm(struct model *m, struct app *app)
{
    rearm_line(m, app, &app->line);
    rearm_line(m, app, &app->side.line);
}

void waiting_join(struct model *m, struct app *app, uint32_t id)
{
    struct request *q = &m->requests[id];
    struct line *line = line_of(app, q);
    struct lane *lane = lane_of(line, q);
    enum priority p = (enum priority)q->priority;
    change_length(m, app, line, true);
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
    arm_timers(m, app, id);
}

void waiting_leave(struct model *m, struct app *app, uint32_t id)
{
    struct request *q = &m->requests[id];
    struct line *line = line_of(app, q);
    struct lane *lane = lane_of(line, q);
    enum priority p = (enum priority)q->priority;
    SIM_CHECK(q->state == REQUEST_WAITING);
    if (q->prev == NONE)
        lane->head[p] = q->next;
    else
        m->requests[q->prev].next = q->next;
    if (q->next == NONE)
        lane->tail[p] = q->prev;
    else
        m->requests[q->next].prev = q->prev;
    lane->length--;
    if (q->overdue) line->overdue--;
    sim_cancel(m->sim, &q->delay);
    sim_cancel(m->sim, &q->deadline);
    change_length(m, app, line, false);
}

static void create_lanes(struct line *line, uint32_t endpoints, struct arena *arena)
{
    line->lanes = arena_new(arena, struct lane, endpoints);
    for (uint32_t e = 0; e < endpoints; e++)
        for (int p = 0; p < PRIORITIES; p++)
            line->lanes[e].head[p] = line->lanes[e].tail[p] = NONE;
}

void waiting_create(struct app *app, struct arena *arena)
{
    uint32_t endpoints = app->config->endpoints > 1 ? app->config->endpoints : 1;
    create_lanes(&app->line, endpoints, arena);
    create_lanes(&app->side.line, endpoints, arena);
}

// Of the heads of several queues; equal times: in the order of the endpoints.
static uint32_t earliest(const struct model *m, const struct app *app, const struct line *line,
                         enum priority p)
{
    uint32_t first = line->lanes[0].head[p];
    for (uint32_t e = 1; e < app->config->endpoints; e++) {
        uint32_t head = line->lanes[e].head[p];
        if (head == NONE) continue;
        if (first == NONE || m->requests[head].arrival < m->requests[first].arrival) first = head;
    }
    return first;
}

uint32_t waiting_first(const struct model *m, const struct app *app, const struct line *line)
{
    uint32_t normal = earliest(m, app, line, PRIORITY_NORMAL);
    return normal != NONE ? normal : earliest(m, app, line, PRIORITY_LOW);
}

uint32_t waiting_length(const struct app *app, const struct request *q)
{
    uint32_t length = lane_of(&app->line, q)->length;
    return app->side.pool == NONE ? length : length + lane_of(&app->side.line, q)->length;
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
