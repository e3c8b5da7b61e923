#include "models/read_ahead.h"

size_t read_ahead_memory(const struct scenario_config *c)
{
    return c->limits.requests * sizeof(struct trace_row) + sizeof(struct read_ahead) + 128;
}

void read_ahead_create(struct arena *arena, struct model *m, struct source *s, struct source *copy)
{
    struct read_ahead *ring = arena_new(arena, struct read_ahead, 1);
    ring->room = m->config->limits.requests;
    ring->rows = arena_new(arena, struct trace_row, ring->room);
    s->read_ahead = copy->read_ahead = ring;
    copy->reads_ahead = true;
}

// The copy has always read one row more than the source asks for, so an empty ring is the end.
static enum trace_end take(struct read_ahead *ring, struct trace_row *row)
{
    if (ring->count == 0) return TRACE_END;
    *row = ring->rows[ring->first];
    ring->first = (ring->first + 1) % ring->room;
    ring->count--;
    return TRACE_ROW;
}

enum trace_end read_ahead_next(struct model *m, uint32_t id, struct source *s,
                               struct trace_row *row)
{
    struct read_ahead *ring = s->read_ahead;
    if (!s->reads_ahead) return take(ring, row);
    enum trace_end end = m->options.feed->next(m->options.feed->context, id, row);
    if (end != TRACE_ROW) return end;
    if (ring->count == ring->room) {
        sim_fault(m->sim,
                  "/limits/requests: the oracle looks ahead of source \"%s\" over more than %u "
                  "requests; a shorter lookahead needs fewer",
                  s->config->name, (unsigned)ring->room);
        return TRACE_END;
    }
    ring->rows[(ring->first + ring->count++) % ring->room] = *row;
    return TRACE_ROW;
}
