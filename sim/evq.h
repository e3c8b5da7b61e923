#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "sim/arena.h"
#include "sim/time.h"

// Pending events, ordered by (time, phase, sequence): the one place where the order of
// simultaneous events is decided (DESIGN O1).  Within a time, lower phases run first; within a
// phase, events run in the order they were scheduled.
//
// A 4-ary implicit heap of 16-byte keys (time; phase, sequence and slot packed into one word, so
// that a comparison is one 128-bit integer compare), payloads in slots beside it, a position
// index for cancelling in O(log n), and a root hole: a pop leaves the root empty and the
// next push drops into it, so that the usual pop + push is one sift.

struct sim_event {
    sim_time at;
    uint32_t kind; // row of the model's handler table
    uint32_t who;  // an id of the model's, usually
    uint64_t arg;
};

struct sim_ticket { // names one scheduled event; a zeroed ticket names none
    uint32_t slot;
    uint32_t generation;
};

enum { EVQ_PHASES = 8, EVQ_CAPACITY_MAX = 1 << 22 };

struct evq;

struct evq *evq_create(struct arena *arena, uint32_t capacity); // 1 to EVQ_CAPACITY_MAX
uint32_t evq_count(const struct evq *queue);

// The time is from 0 to SIM_NEVER - 1, the ticket may be NULL.  False when the queue is full,
// or when 2^39 events have been scheduled in its life; then nothing has changed.
bool evq_push(struct evq *queue, const struct sim_event *event, unsigned phase,
              struct sim_ticket *ticket);
sim_time evq_next_time(const struct evq *queue); // SIM_NEVER when empty
bool evq_pop(struct evq *queue, struct sim_event *event);
bool evq_pop_before(struct evq *queue, sim_time until, struct sim_event *event); // only if earlier

// True: it was pending and is gone.  False: it already fired or was cancelled; never an error.
bool evq_cancel(struct evq *queue, struct sim_ticket ticket);
bool evq_pending(const struct evq *queue, struct sim_ticket ticket);
