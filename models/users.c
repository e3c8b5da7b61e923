#include "models/users.h"

void users_create(struct arena *arena, struct source *s)
{
    if (s->config->kind != ARRIVAL_CLOSED_LOOP) return;
    s->turns = arena_new(arena, uint32_t, s->config->users);
}

size_t users_memory(const struct scenario_config *c)
{
    size_t users = 0;
    for (uint32_t i = 0; i < c->traffic_count; i++)
        if (c->traffic[i].kind == ARRIVAL_CLOSED_LOOP) users += c->traffic[i].users + 64;
    return users * sizeof(uint32_t);
}

static uint64_t number_of(uint32_t user, uint32_t turn)
{
    return (uint64_t)user << 32 | turn;
}

static void think(struct model *m, uint32_t id, uint32_t user, sim_time from)
{
    struct source *s = &m->sources[id];
    uint64_t number = number_of(user, s->turns[user]);
    sim_time at = sim_time_add(from, dist_draw_time(&s->config->think, &s->arrival, number));
    if (at < m->config->horizon && at < s->config->until)
        sim_at(m->sim, at, EVENT_ARRIVAL, id, user);
}

void users_start(struct model *m, uint32_t id)
{
    const struct traffic_config *c = m->sources[id].config;
    for (uint32_t user = 0; user < c->users; user++)
        think(m, id, user, c->from);
}

uint64_t users_number(struct source *s, uint32_t user)
{
    return number_of(user, s->turns[user]++);
}

void users_answered(struct model *m, const struct request *q)
{
    think(m, q->source, (uint32_t)(q->number >> 32), m->now);
}
