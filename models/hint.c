// Each runner has a fixed number of entries; those that hold the same key in the same pool are
// linked.

#include "models/hint.h"

struct hint_entry {
    uint32_t key;        // means nothing while `used` is 0
    uint32_t next, prev; // of the same key and pool
    uint64_t used;       // when it was last served, by counting
};

struct hint_table {
    struct hint_entry *entries; // `slots` for each runner
    uint32_t slots;
    uint64_t clock;
};

static bool wanted(const struct scenario_config *c, uint32_t app)
{
    return c->apps[app].dispatch == DISPATCH_HINT;
}

uint32_t hint_keys(const struct scenario_config *c, uint32_t app)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < c->traffic_count; i++)
        if ((c->traffic[i].app == app || c->traffic[i].many_apps) && c->traffic[i].hints > most)
            most = c->traffic[i].hints;
    return most;
}

static uint32_t most_slots(const struct scenario_config *c)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < c->app_count; i++)
        for (uint32_t r = 0; wanted(c, i) && r < c->apps[i].revisions; r++) {
            uint32_t slots = c->revisions[c->apps[i].first_revision + r].hint_slots;
            if (slots > most) most = slots;
        }
    return most;
}

size_t hint_memory(const struct scenario_config *c)
{
    size_t entries = (size_t)most_slots(c) * c->limits.runners, heads = 0;
    for (uint32_t i = 0; i < c->app_count; i++)
        if (wanted(c, i)) heads += (size_t)c->apps[i].revisions * (hint_keys(c, i) + 4096);
    return entries * sizeof(struct hint_entry) + heads * sizeof(uint32_t);
}

void hint_create(struct model *m, struct arena *arena)
{
    const struct scenario_config *c = m->config;
    uint32_t slots = most_slots(c);
    if (slots == 0) return;
    m->hints = arena_new(arena, struct hint_table, 1);
    m->hints->slots = slots;
    m->hints->entries = arena_new(arena, struct hint_entry, (size_t)slots * c->limits.runners);
    for (uint32_t i = 0; i < c->revision_count; i++) {
        struct pool *pool = &m->pools[i];
        if (!wanted(c, pool->app)) continue;
        uint32_t keys = hint_keys(c, pool->app);
        pool->hint_heads = arena_new(arena, uint32_t, keys);
        for (uint32_t k = 0; k < keys; k++)
            pool->hint_heads[k] = NONE;
    }
}

uint32_t hint_of(struct model *m, const struct request *q, uint32_t trait)
{
    struct source *source = &m->sources[q->source];
    uint32_t keys = source->config->hints;
    bool used = wanted(m->config, q->app) || m->apps[q->app].downtime;
    if (keys == 0 || !used) return NONE;
    if (trait > 0) return trait - 1; // of a trace
    return (uint32_t)(rng_uniform(&source->hint, q->number) * keys);
}

uint32_t hint_find(const struct model *m, const struct pool *pool, uint32_t key)
{
    if (key == NONE) return NONE;
    for (uint32_t e = pool->hint_heads[key]; e != NONE; e = m->hints->entries[e].next)
        if (m->runners[e / m->hints->slots].available) return e / m->hints->slots;
    return NONE;
}

static void unlink_entry(struct model *m, struct pool *pool, uint32_t id)
{
    struct hint_entry *all = m->hints->entries, *e = &all[id];
    if (e->prev == NONE)
        pool->hint_heads[e->key] = e->next;
    else
        all[e->prev].next = e->next;
    if (e->next != NONE) all[e->next].prev = e->prev;
}

static void link_entry(struct model *m, struct pool *pool, uint32_t id, uint32_t key)
{
    struct hint_entry *all = m->hints->entries, *e = &all[id];
    e->key = key;
    e->prev = NONE;
    e->next = pool->hint_heads[key];
    if (e->next != NONE) all[e->next].prev = id;
    pool->hint_heads[key] = id;
}

void hint_served(struct model *m, uint32_t runner, uint32_t key)
{
    struct hint_table *t = m->hints;
    struct pool *pool = &m->pools[m->runners[runner].pool];
    uint32_t slots = pool->config->hint_slots, first = runner * t->slots, oldest = first;
    if (key == NONE) return;
    for (uint32_t e = first; e < first + slots; e++) {
        if (t->entries[e].used > 0 && t->entries[e].key == key) {
            t->entries[e].used = ++t->clock;
            return;
        }
        if (t->entries[e].used < t->entries[oldest].used) oldest = e;
    }
    if (t->entries[oldest].used > 0) unlink_entry(m, pool, oldest);
    t->entries[oldest].used = ++t->clock;
    link_entry(m, pool, oldest, key);
}

void hint_forget(struct model *m, uint32_t runner)
{
    struct pool *pool = &m->pools[m->runners[runner].pool];
    uint32_t first = runner * m->hints->slots;
    for (uint32_t e = first; e < first + m->hints->slots; e++) {
        if (m->hints->entries[e].used > 0) unlink_entry(m, pool, e);
        m->hints->entries[e].used = 0;
    }
}
