#include "sim/evq.h"

struct evq *evq_create(struct arena *arena, uint32_t capacity)
{
    SIM_CHECK(capacity >= 1 && capacity <= EVQ_CAPACITY_MAX);
    struct evq *queue = arena_new(arena, struct evq, 1);
    // Three keys in front put heap[1] on a line of its own, three behind complete the last
    // family; never less than a page, for then the arena aligns to lines.
    size_t keys = (size_t)capacity + 6;
    if (keys < 4096 / sizeof(evq_key)) keys = 4096 / sizeof(evq_key);
    queue->heap = arena_new_raw(arena, evq_key, keys) + 3;
    queue->position = arena_new_raw(arena, uint32_t, capacity);
    queue->slots = arena_new_raw(arena, struct evq_slot, capacity);
    queue->capacity = capacity;
    queue->free = EVQ_NO_SLOT;
    queue->lane = queue->front[0] = EVQ_KEY_LAST;
    queue->least = queue->front;
    for (int i = 0; i < 5; i++)
        queue->heap[i] = EVQ_KEY_LAST;
    return queue;
}

void evq_insert_full(struct evq *queue, evq_key key)
{
    evq_key largest = queue->front[1];
    if (key > largest) {
        evq_insert_heap(queue, key);
        return;
    }
    evq_insert_heap(queue, largest);
    uint32_t at = 1;
    for (; at < EVQ_FRONT && queue->front[at + 1] > key; at++)
        queue->front[at] = queue->front[at + 1];
    queue->front[at] = key;
    queue->position[evq_slot_of(key)] = EVQ_IN_FRONT;
}

bool evq_put_beside(struct evq *queue, sim_time at, uint32_t who, uint32_t kind, unsigned phase)
{
    return evq_put(queue, (struct sim_event){.at = at, .who = who}, kind, phase, NULL);
}

static void remove_from_front(struct evq *queue, uint32_t slot)
{
    evq_key *at = queue->least;
    while (evq_slot_of(*at) != slot)
        at--;
    SIM_CHECK(at > queue->front);
    for (; at < queue->least; at++)
        *at = at[1];
    if (--queue->least == queue->front) evq_refill(queue);
}

static void remove_from_heap(struct evq *queue, uint32_t at)
{
    evq_key last = evq_take_last(queue);
    if (at == queue->size) return; // it was the last itself
    if (at > 0 && last < queue->heap[(at - 1) / 4]) {
        evq_sift_up(queue, at, last);
    } else {
        evq_sift_down(queue, at, last);
    }
}

bool evq_cancel(struct evq *queue, struct sim_ticket ticket)
{
    if (!evq_pending(queue, ticket)) return false;
    uint32_t at = queue->position[ticket.slot];
    SIM_CHECK(at == EVQ_IN_FRONT ||
              (at < queue->size && evq_slot_of(queue->heap[at]) == ticket.slot));
    evq_release_slot(queue, ticket.slot);
    if (at == EVQ_IN_FRONT)
        remove_from_front(queue, ticket.slot);
    else
        remove_from_heap(queue, at);
    return true;
}
