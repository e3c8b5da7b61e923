#include "models/waiting_inline.h"

static void rearm_line(struct model *m, struct app *app, struct line *line)
{
    uint32_t endpoints = app->config->endpoints > 1 ? app->config->endpoints : 1;
    line->overdue = 0;
    for (uint32_t e = 0; e < endpoints; e++)
        for (int p = 0; p < PRIORITIES; p++)
            for (uint32_t id = line->lanes[e].head[p]; id != NONE; id = m->requests[id].next) {
                sim_cancel(m->sim, &m->requests[id].delay);
                m->requests[id].overdue = false;
                waiting_arm_delay(m, app, line, id);
            }
}

void waiting_rearm(struct model *m, struct app *app)
{
    rearm_line(m, app, &app->line);
    rearm_line(m, app, &app->side.line);
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
    uint32_t length = waiting_lane(&app->line, q)->length;
    return app->side.pool == NONE ? length : length + waiting_lane(&app->side.line, q)->length;
}

void waiting_join(struct model *m, struct app *app, uint32_t id)
{
    const struct request *q = &m->requests[id];
    struct line *line = waiting_line(app, q);
    sim_time limit = m->sources[q->source].start_timeout;
    waiting_join_lane(m, app, line, waiting_lane(line, q), id, limit);
}

void waiting_leave(struct model *m, struct app *app, uint32_t id)
{
    const struct request *q = &m->requests[id];
    struct line *line = waiting_line(app, q);
    waiting_leave_lane(m, app, line, waiting_lane(line, q), id);
}

uint32_t waiting_count(const struct app *app)
{
    return app->line.length + (app->side.pool == NONE ? 0 : app->side.line.length);
}

void waiting_overdue(struct model *m, struct app *app, uint32_t id)
{
    waiting_overdue_inline(m, waiting_line(app, &m->requests[id]), id);
}
