#include "models/load_heap.h"

static bool before(const struct model *m, uint32_t left, uint32_t right)
{
    const struct runner *a = &m->runners[left], *b = &m->runners[right];
    if (a->in_flight != b->in_flight) return a->in_flight < b->in_flight;
    return a->position < b->position;
}

static void put(struct model *m, struct free_index *f, uint32_t place, uint32_t id)
{
    f->runner_at[place] = id;
    m->runners[id].free_next = place;
}

static uint32_t rise(struct model *m, struct free_index *f, uint32_t place, uint32_t id)
{
    while (place > 0) {
        uint32_t parent = (place - 1) / 2;
        if (!before(m, id, f->runner_at[parent])) break;
        put(m, f, place, f->runner_at[parent]);
        place = parent;
    }
    return place;
}

static uint32_t sink(struct model *m, struct free_index *f, uint32_t place, uint32_t id)
{
    for (;;) {
        uint32_t child = 2 * place + 1;
        if (child >= f->heap_size) return place;
        if (child + 1 < f->heap_size && before(m, f->runner_at[child + 1], f->runner_at[child]))
            child++;
        if (!before(m, f->runner_at[child], id)) return place;
        put(m, f, place, f->runner_at[child]);
        place = child;
    }
}

static void settle(struct model *m, struct free_index *f, uint32_t place, uint32_t id)
{
    put(m, f, sink(m, f, rise(m, f, place, id), id), id);
}

void load_heap_add(struct model *m, struct free_index *f, uint32_t id)
{
    uint32_t place = f->heap_size++;
    put(m, f, rise(m, f, place, id), id);
}

void load_heap_remove(struct model *m, struct free_index *f, uint32_t id)
{
    uint32_t place = m->runners[id].free_next, last = f->runner_at[--f->heap_size];
    if (last != id) settle(m, f, place, last);
}

void load_heap_moved(struct model *m, struct free_index *f, uint32_t id)
{
    settle(m, f, m->runners[id].free_next, id);
}
