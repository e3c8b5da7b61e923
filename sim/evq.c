#include "sim/evq.h"

#include "sim/check.h"

#include <stddef.h>

// A key is one 128-bit number: time | phase | sequence | slot, most significant first.  Times
// are not negative, so they order as unsigned words; sequences never repeat, so the slot below
// them never decides.
//
// heap[0] is the root, the children of heap[i] are heap[4i+1] to heap[4i+4].  heap[1] starts a
// cache line, and so does every family of children.  The members of the last family that are
// not in use hold KEY_LAST, so that choosing the least of four needs no count and no branch.
//
// After a pop heap[0] still holds the key that was taken (`hole`).  It is not greater than any
// key left, so nothing rises past it, and it keeps its place until a push or the next pop fills
// it.

__extension__ typedef unsigned __int128 evq_key;

enum { SLOT_BITS = 22, SEQUENCE_BITS = 39 };
_Static_assert(EVQ_CAPACITY_MAX == 1 << SLOT_BITS, "every slot has a number");
_Static_assert(SLOT_BITS + SEQUENCE_BITS + 3 == 64 && EVQ_PHASES == 1 << 3, "one word holds all");

#define NO_SLOT UINT32_MAX
#define SEQUENCE_END (UINT64_C(1) << SEQUENCE_BITS)
#define KEY_LAST (~(evq_key)0)

struct evq_slot {
    uint64_t arg;
    uint32_t kind, who;
    uint32_t generation; // odd while pending; 0 in a slot that was never used
};

struct evq {
    evq_key *heap;
    uint32_t *position; // where a slot's key is in the heap; of a free slot: the next free one
    struct evq_slot *slots;
    uint64_t sequence;
    uint32_t capacity;
    uint32_t size;  // keys in the heap, the hole included
    uint32_t fresh; // slots from here on were never used
    uint32_t free;  // first of the free slots below `fresh`, or NO_SLOT
    bool hole;
};

static evq_key make_key(sim_time at, unsigned phase, uint64_t sequence, uint32_t slot)
{
    uint64_t low = ((uint64_t)phase << SEQUENCE_BITS | sequence) << SLOT_BITS | slot;
    return (evq_key)(uint64_t)at << 64 | low;
}

static sim_time time_of(evq_key key)
{
    return (sim_time)(uint64_t)(key >> 64);
}

static uint32_t slot_of(evq_key key)
{
    return (uint32_t)key & ((1u << SLOT_BITS) - 1);
}

struct evq *evq_create(struct arena *arena, uint32_t capacity)
{
    SIM_CHECK(capacity >= 1 && capacity <= EVQ_CAPACITY_MAX);
    struct evq *queue = arena_new(arena, struct evq, 1);
    // Three keys in front put heap[1] on a line of its own, three behind complete the last
    // family; never less than a page, for then the arena aligns to lines.
    size_t keys = (size_t)capacity + 6;
    if (keys < 4096 / sizeof(evq_key)) keys = 4096 / sizeof(evq_key);
    queue->heap = arena_new(arena, evq_key, keys) + 3;
    queue->position = arena_new(arena, uint32_t, capacity);
    queue->slots = arena_new(arena, struct evq_slot, capacity);
    queue->capacity = capacity;
    queue->free = NO_SLOT;
    return queue;
}

uint32_t evq_count(const struct evq *queue)
{
    return queue->size - queue->hole;
}

static uint32_t take_slot(struct evq *queue)
{
    uint32_t slot = queue->free;
    if (slot == NO_SLOT) {
        slot = queue->fresh++;
    } else {
        queue->free = queue->position[slot];
    }
    queue->slots[slot].generation++;
    return slot;
}

static void release_slot(struct evq *queue, uint32_t slot)
{
    queue->slots[slot].generation++;
    queue->position[slot] = queue->free;
    queue->free = slot;
}

static void place(struct evq *queue, uint32_t at, evq_key key)
{
    queue->heap[at] = key;
    queue->position[slot_of(key)] = at;
}

static void sift_up(struct evq *queue, uint32_t at, evq_key key)
{
    while (at > 0) {
        uint32_t parent = (at - 1) / 4;
        if (key >= queue->heap[parent]) break;
        place(queue, at, queue->heap[parent]);
        at = parent;
    }
    place(queue, at, key);
}

// Sums instead of branches: which child is least is a coin toss that no predictor learns.
static uint32_t least_child(const evq_key *heap, uint32_t first)
{
    uint32_t left = first + (heap[first + 1] < heap[first]);
    uint32_t right = first + 2 + (heap[first + 3] < heap[first + 2]);
    return left + (right - left) * (heap[right] < heap[left]);
}

static void sift_down(struct evq *queue, uint32_t at, evq_key key)
{
    for (uint32_t first = 4 * at + 1; first < queue->size; first = 4 * at + 1) {
        uint32_t child = least_child(queue->heap, first);
        if (key <= queue->heap[child]) break;
        place(queue, at, queue->heap[child]);
        at = child;
    }
    place(queue, at, key);
}

static uint32_t grow(struct evq *queue)
{
    uint32_t at = queue->size++;
    if (at % 4 == 1) // the first of a family
        for (uint32_t i = 1; i < 4; i++)
            queue->heap[at + i] = KEY_LAST;
    return at;
}

static evq_key take_last(struct evq *queue)
{
    evq_key key = queue->heap[--queue->size];
    queue->heap[queue->size] = KEY_LAST;
    return key;
}

static void fill_hole(struct evq *queue)
{
    queue->hole = false;
    evq_key last = take_last(queue);
    if (queue->size > 0) sift_down(queue, 0, last); // otherwise the hole itself was the last
}

bool evq_push(struct evq *queue, const struct sim_event *event, unsigned phase,
              struct sim_ticket *ticket)
{
    SIM_CHECK(event->at >= 0 && event->at < SIM_NEVER);
    SIM_CHECK(phase < EVQ_PHASES);
    if (evq_count(queue) == queue->capacity || queue->sequence == SEQUENCE_END) return false;
    uint32_t slot = take_slot(queue);
    struct evq_slot *s = &queue->slots[slot];
    s->arg = event->arg;
    s->kind = event->kind;
    s->who = event->who;
    if (ticket) *ticket = (struct sim_ticket){.slot = slot, .generation = s->generation};
    evq_key key = make_key(event->at, phase, queue->sequence++, slot);
    if (queue->hole) {
        queue->hole = false;
        sift_down(queue, 0, key);
    } else {
        sift_up(queue, grow(queue), key);
    }
    return true;
}

sim_time evq_next_time(const struct evq *queue)
{
    if (evq_count(queue) == 0) return SIM_NEVER;
    return time_of(queue->heap[queue->hole ? least_child(queue->heap, 1) : 0]);
}

bool evq_pop_before(struct evq *queue, sim_time until, struct sim_event *event)
{
    if (queue->hole) fill_hole(queue);
    if (queue->size == 0 || time_of(queue->heap[0]) >= until) return false;
    uint32_t slot = slot_of(queue->heap[0]);
    const struct evq_slot *s = &queue->slots[slot];
    event->at = time_of(queue->heap[0]);
    event->kind = s->kind;
    event->who = s->who;
    event->arg = s->arg;
    queue->hole = true;
    release_slot(queue, slot);
    return true;
}

bool evq_pop(struct evq *queue, struct sim_event *event)
{
    return evq_pop_before(queue, SIM_NEVER, event);
}

bool evq_pending(const struct evq *queue, struct sim_ticket ticket)
{
    return ticket.generation % 2 == 1 && ticket.slot < queue->fresh &&
           queue->slots[ticket.slot].generation == ticket.generation;
}

bool evq_cancel(struct evq *queue, struct sim_ticket ticket)
{
    if (!evq_pending(queue, ticket)) return false;
    uint32_t at = queue->position[ticket.slot];
    SIM_CHECK(at < queue->size && slot_of(queue->heap[at]) == ticket.slot);
    release_slot(queue, ticket.slot);
    evq_key last = take_last(queue);
    if (at == queue->size) return true; // it was the last itself
    if (at > 0 && last < queue->heap[(at - 1) / 4]) {
        sift_up(queue, at, last);
    } else {
        sift_down(queue, at, last);
    }
    return true;
}
