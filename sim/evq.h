#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "sim/arena.h"
#include "sim/check.h"
#include "sim/compiler.h"
#include "sim/time.h"

// Pending events, ordered by (time, phase, sequence): the one place where the order of
// simultaneous events is decided (DESIGN O1).  Within a time, lower phases run first; within a
// phase, events run in the order they were scheduled.
//
// Keys of 16 bytes (time; phase, sequence and slot packed into one word, so that a comparison is
// one 128-bit integer compare) in three places: a front of up to eight that is sorted, for which
// small queues need no more than a few moves; behind it a 4-ary implicit heap; beside them the
// lane, one event of a source that schedules its next one when one fires.  Payloads lie in slots;
// an index of positions lets an event be cancelled in O(log n).

struct sim_event { // by value: it travels in two registers
    sim_time at;
    uint32_t who; // an id of the model's, usually
    uint32_t arg;
};

struct sim_ticket { // names one scheduled event; a zeroed ticket names none
    uint32_t slot;
    uint32_t generation;
};

enum { EVQ_PHASES = 8, EVQ_CAPACITY_MAX = 1 << 22, EVQ_FRONT = 8 };

// A key is one 128-bit number: time | phase | sequence | slot, most significant first.  Times
// are not negative, so they order as unsigned words; sequences never repeat, so the slot below
// them never decides.
//
// heap[0] is the root, the children of heap[i] are heap[4i+1] to heap[4i+4].  heap[1] starts a
// cache line, and so does every family of children.  The members of the first and of the last
// family that are not in use hold EVQ_KEY_LAST, and so does the root of an empty heap: choosing the
// least needs no count and no branch.
//
// The front is sorted, front[1] the largest and *least the smallest; none is greater than a key of
// the heap, and it is only empty when the heap is, too: then `least` points to front[0], which
// holds EVQ_KEY_LAST, where a search from the small end stops.

__extension__ typedef unsigned __int128 evq_key;

enum { EVQ_SLOT_BITS = 22, EVQ_SEQUENCE_BITS = 39 };
_Static_assert(EVQ_CAPACITY_MAX == 1 << EVQ_SLOT_BITS, "every slot has a number");
_Static_assert(EVQ_SLOT_BITS + EVQ_SEQUENCE_BITS + 3 == 64 && EVQ_PHASES == 1 << 3,
               "one word holds all");

#define EVQ_NO_SLOT UINT32_MAX
#define EVQ_SEQUENCE_END (UINT64_C(1) << EVQ_SEQUENCE_BITS)
#define EVQ_KEY_LAST (~(evq_key)0)
#define EVQ_IN_FRONT UINT32_MAX // a slot's position, when its key is in the front

struct evq_slot {
    uint32_t who, arg, kind; // kind: row of the model's handler table
    uint32_t generation;     // odd, and another one each time that the slot comes free
};

struct evq {
    evq_key *heap;
    uint32_t *position; // where a slot's key is in the heap; of a free slot: the next free one
    struct evq_slot *slots;
    uint64_t sequence;
    uint32_t capacity;
    uint32_t size;  // keys in the heap
    uint32_t fresh; // slots from here on were never used
    uint32_t free;  // first of the free slots below `fresh`, or EVQ_NO_SLOT
    evq_key *least;
    evq_key front[EVQ_FRONT + 1];
    evq_key lane; // see evq_put_lane(); EVQ_KEY_LAST: empty
    uint32_t lane_kind, lane_who;
};

// Asked now and then: so many events have been scheduled that 2^36 more might be too many.
static inline bool evq_worn_out(const struct evq *queue)
{
    return queue->sequence >= EVQ_SEQUENCE_END - (UINT64_C(1) << 36);
}

struct evq *evq_create(struct arena *arena, uint32_t capacity); // 1 to EVQ_CAPACITY_MAX
// True: it was pending and is gone.  False: it already fired or was cancelled; never an error.
bool evq_cancel(struct evq *queue, struct sim_ticket ticket);

static inline evq_key evq_make_key(sim_time at, unsigned phase, uint64_t sequence, uint32_t slot)
{
    uint64_t low = ((uint64_t)phase << EVQ_SEQUENCE_BITS | sequence) << EVQ_SLOT_BITS | slot;
    return (evq_key)(uint64_t)at << 64 | low;
}

static inline sim_time evq_time_of(evq_key key)
{
    return (sim_time)(uint64_t)(key >> 64);
}

static inline uint32_t evq_slot_of(evq_key key)
{
    return (uint32_t)key & ((1u << EVQ_SLOT_BITS) - 1);
}

static inline uint32_t evq_front_count(const struct evq *queue)
{
    return (uint32_t)(queue->least - queue->front);
}

// Whatever the rest of the key: no event is at the end of time.
static inline bool evq_lane_taken(const struct evq *queue)
{
    return (uint64_t)(queue->lane >> 64) != UINT64_MAX;
}

static inline uint32_t evq_count(const struct evq *queue)
{
    return queue->size + evq_front_count(queue) + evq_lane_taken(queue);
}

// EVQ_NO_SLOT: all are in use.
static inline uint32_t evq_take_slot(struct evq *queue)
{
    uint32_t slot = queue->free;
    if (slot == EVQ_NO_SLOT) {
        if (queue->fresh == queue->capacity) return EVQ_NO_SLOT;
        slot = queue->fresh++;
        queue->slots[slot].generation = 1;
    } else {
        queue->free = queue->position[slot];
    }
    return slot;
}

static inline void evq_release_slot(struct evq *queue, uint32_t slot)
{
    queue->slots[slot].generation += 2;
    queue->position[slot] = queue->free;
    queue->free = slot;
}

static inline void evq_place(struct evq *queue, uint32_t at, evq_key key)
{
    queue->heap[at] = key;
    queue->position[evq_slot_of(key)] = at;
}

static inline void evq_sift_up(struct evq *queue, uint32_t at, evq_key key)
{
    while (at > 0) {
        uint32_t parent = (at - 1) / 4;
        if (key >= queue->heap[parent]) break;
        evq_place(queue, at, queue->heap[parent]);
        at = parent;
    }
    evq_place(queue, at, key);
}

// Sums instead of branches: which child is least is a coin toss that no predictor learns.  The
// empty statements hide from the compiler that a comparison gives 0 or 1, or it would make jumps of
// them.
static inline size_t evq_least_of(const evq_key family[4])
{
    size_t left = family[1] < family[0], right = family[3] < family[2];
    __asm__("" : "+r"(left), "+r"(right));
    right += 2;
    size_t less = family[right] < family[left];
    __asm__("" : "+r"(less));
    return left + (right - left) * less;
}

static inline void evq_sift_down(struct evq *queue, uint32_t from, evq_key key)
{
    evq_key *heap = queue->heap;
    size_t at = from, size = queue->size;
    for (size_t first = 4 * at + 1; first < size; first = 4 * at + 1) {
        size_t child = first + evq_least_of(heap + first);
        if (key <= heap[child]) break;
        heap[at] = heap[child];
        queue->position[evq_slot_of(heap[child])] = (uint32_t)at;
        at = child;
    }
    evq_place(queue, (uint32_t)at, key);
}

static inline uint32_t evq_grow(struct evq *queue)
{
    uint32_t at = queue->size++;
    if (at % 4 == 1) // the first of a family
        for (uint32_t i = 1; i < 4; i++)
            queue->heap[at + i] = EVQ_KEY_LAST;
    return at;
}

static inline evq_key evq_take_last(struct evq *queue)
{
    evq_key key = queue->heap[--queue->size];
    queue->heap[queue->size] = EVQ_KEY_LAST;
    return key;
}

// Takes a slot for the event, and says its key.  False when the queue is full.
static inline bool evq_enter(struct evq *queue, struct sim_event event, uint32_t kind,
                             unsigned phase, struct sim_ticket *ticket, evq_key *key)
{
    SIM_CHECK_SLOW(queue->sequence < EVQ_SEQUENCE_END);
    uint32_t slot = evq_take_slot(queue);
    if (slot == EVQ_NO_SLOT) return false;
    struct evq_slot *s = &queue->slots[slot];
    s->who = event.who;
    s->arg = event.arg;
    s->kind = kind;
    if (ticket) *ticket = (struct sim_ticket){.slot = slot, .generation = s->generation};
    *key = evq_make_key(event.at, phase, queue->sequence++, slot);
    return true;
}

static inline void evq_insert_heap(struct evq *queue, evq_key key)
{
    evq_sift_up(queue, evq_grow(queue), key);
}

static inline void evq_insert_front(struct evq *queue, evq_key key)
{
    evq_key *at = ++queue->least;
    for (; at[-1] < key; at--)
        *at = at[-1];
    *at = key;
    queue->position[evq_slot_of(key)] = EVQ_IN_FRONT;
}

void evq_insert_full(struct evq *queue, evq_key key); // the front is full

static inline void evq_insert(struct evq *queue, evq_key key)
{
    if (queue->size > 0 && key > queue->front[1])
        evq_insert_heap(queue, key);
    else if (LIKELY(queue->least < queue->front + EVQ_FRONT))
        evq_insert_front(queue, key);
    else
        evq_insert_full(queue, key);
}

// The front has become empty: the first key of the heap moves there, if there is one.
static inline void evq_refill(struct evq *queue)
{
    if (queue->size == 0) return;
    evq_key key = queue->heap[0], last = evq_take_last(queue);
    if (queue->size > 0) evq_sift_down(queue, 0, last);
    queue->least = queue->front + 1;
    *queue->least = key;
    queue->position[evq_slot_of(key)] = EVQ_IN_FRONT;
}

// For a caller that has checked time and phase: evq_push() without that.
ALWAYS_INLINE bool evq_put(struct evq *queue, struct sim_event event, uint32_t kind, unsigned phase,
                           struct sim_ticket *ticket)
{
    evq_key key;
    if (!evq_enter(queue, event, kind, phase, ticket, &key)) return false;
    evq_insert(queue, key);
    return true;
}

bool evq_put_beside(struct evq *queue, sim_time at, uint32_t who, uint32_t kind,
                    unsigned phase); // the lane is taken

// The same, for a source of events that schedules its next one whenever one fires: the lane holds
// one event beside heap and slots, which spares such a source the sifting; when it is taken the
// heap does.  It has no ticket and no argument, and does not count for the capacity.
static inline bool evq_put_lane(struct evq *queue, sim_time at, uint32_t who, uint32_t kind,
                                unsigned phase)
{
    if (evq_lane_taken(queue)) return evq_put_beside(queue, at, who, kind, phase);
    SIM_CHECK_SLOW(queue->sequence < EVQ_SEQUENCE_END);
    queue->lane = evq_make_key(at, phase, queue->sequence++, 0);
    queue->lane_kind = kind;
    queue->lane_who = who;
    return true;
}

// The time is from 0 to SIM_NEVER - 1, the ticket may be NULL.  False when the queue is full; then
// nothing has changed.  The caller sees to it that no more than 2^39 events are scheduled in its
// life (evq_worn_out()).
static inline bool evq_push(struct evq *queue, struct sim_event event, uint32_t kind,
                            unsigned phase, struct sim_ticket *ticket)
{
    SIM_CHECK(event.at >= 0 && event.at < SIM_NEVER);
    SIM_CHECK(phase < EVQ_PHASES);
    return evq_put(queue, event, kind, phase, ticket);
}

// SIM_NEVER when empty.
static inline sim_time evq_next_time(const struct evq *queue)
{
    evq_key first = *queue->least;
    if (queue->lane < first) first = queue->lane;
    return first == EVQ_KEY_LAST ? SIM_NEVER : evq_time_of(first);
}

// The first event, if it is earlier than `until`.
ALWAYS_INLINE bool evq_pop_before(struct evq *queue, sim_time until, struct sim_event *event,
                                  uint32_t *kind)
{
    evq_key first = *queue->least; // EVQ_KEY_LAST: there is none
    if (queue->lane < first) {
        if (evq_time_of(queue->lane) >= until) return false;
        *event = (struct sim_event){.at = evq_time_of(queue->lane), .who = queue->lane_who};
        *kind = queue->lane_kind;
        queue->lane = EVQ_KEY_LAST;
        return true;
    }
    if ((uint64_t)(first >> 64) >= (uint64_t)until) return false; // of EVQ_KEY_LAST: always
    uint32_t slot = evq_slot_of(first);
    const struct evq_slot *s = &queue->slots[slot];
    *event = (struct sim_event){.at = evq_time_of(first), .who = s->who, .arg = s->arg};
    *kind = s->kind;
    evq_release_slot(queue, slot);
    if (--queue->least == queue->front) evq_refill(queue);
    return true;
}

static inline bool evq_pop(struct evq *queue, struct sim_event *event, uint32_t *kind)
{
    return evq_pop_before(queue, SIM_NEVER, event, kind);
}

static inline bool evq_pending(const struct evq *queue, struct sim_ticket ticket)
{
    return ticket.slot < queue->fresh && queue->slots[ticket.slot].generation == ticket.generation;
}
