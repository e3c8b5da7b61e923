#include "models/side.h"

#include "models/outage.h"

void side_open(struct model *m, struct app *app, uint32_t pool, double weight, bool shared)
{
    outage_update(m, app);
    if (app->side.pool == NONE) {
        SIM_CHECK(app->side.line.length == 0);
        app->side = (struct side){.pool = pool, .line.lanes = app->side.line.lanes};
    }
    app->side.weight = weight;
    app->side.shared = shared;
}

static uint32_t take_head(struct model *m, uint32_t *head)
{
    uint32_t id = *head;
    *head = m->requests[id].next;
    return id;
}

// Merges two lists that are in the order of submission; `first` wins a tie.
static void merge(struct model *m, struct lane *lane, uint32_t first, uint32_t second, int p)
{
    lane->head[p] = lane->tail[p] = NONE;
    while (first != NONE || second != NONE) {
        bool take_first = second == NONE || (first != NONE && m->requests[first].arrival <=
                                                                  m->requests[second].arrival);
        uint32_t id = take_head(m, take_first ? &first : &second);
        struct request *q = &m->requests[id];
        q->side = false;
        q->next = NONE;
        q->prev = lane->tail[p];
        if (q->prev == NONE)
            lane->head[p] = id;
        else
            m->requests[q->prev].next = id;
        lane->tail[p] = id;
    }
}

// The second lane's requests join the first one's.
static void merge_lanes(struct model *m, struct lane *lane, struct lane *side)
{
    if (side->length == 0) return;
    for (int p = 0; p < PRIORITIES; p++) {
        merge(m, lane, lane->head[p], side->head[p], p);
        side->head[p] = side->tail[p] = NONE;
    }
    lane->length += side->length;
    side->length = 0;
}

void side_close(struct model *m, struct app *app)
{
    if (app->side.pool == NONE) return;
    outage_update(m, app);
    struct line *line = &app->line, *side = &app->side.line;
    uint32_t endpoints = app->config->endpoints > 1 ? app->config->endpoints : 1;
    for (uint32_t e = 0; e < endpoints; e++)
        merge_lanes(m, &line->lanes[e], &side->lanes[e]);
    line->length += side->length;
    line->overdue += side->overdue;
    app->side = (struct side){.pool = NONE, .line.lanes = side->lanes};
}

uint32_t side_route(struct model *m, struct app *app, struct request *q, uint32_t *other)
{
    const struct side *side = &app->side;
    double weight = side->weight;
    if (side->shared) {
        double new_ready = m->pools[side->pool].ready, old_ready = m->pools[app->routed].ready;
        weight = new_ready > 0 ? new_ready / (new_ready + old_ready) : 0;
    }
    bool aside = rng_uniform(&m->sources[q->source].route, q->number) < weight;
    q->side = aside && !side->shared;
    *other = !side->shared ? NONE : aside ? app->routed : side->pool;
    return aside ? side->pool : app->routed;
}

// What the caller got wrong, and what the platform cut, is not the revision's fault.
void side_count(struct app *app, const struct ending_row *ending)
{
    app->side.ended++;
    app->side.failed +=
        ending->outcome == OUTCOME_SERVER_ERROR || ending->outcome == OUTCOME_TIMEOUT;
}
