#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/arena.h"
#include "sim/check.h"
#include "sim/evq.h"
#include "sim/time.h"
#include "sim/trace.h"

// One replication: a clock, a queue of events and the table of handlers that events name.
// An event holds numbers only, so a run can be traced, hashed, compared and replayed.

struct sim;

struct sim_handler {  // row `kind` of the model's table
    const char *name; // in traces, crash lines and `explain`
    uint8_t phase;    // order among equal times, 0 to EVQ_PHASES - 1
    void (*handle)(void *model, struct sim_event event);
};

struct sim_options {
    uint64_t seed;                 // for crash lines only; random numbers come from sim/rng.h
    uint32_t replication;          // likewise
    uint32_t event_limit;          // most events pending at once
    const struct sim_trace *trace; // NULL: off, and then it costs one predictable branch
    const bool *stop; // polled now and then, atomically; true ends the run; may be NULL
};

enum sim_end { SIM_DONE, SIM_STOPPED, SIM_FAULT };

struct sim *sim_create(struct arena *arena, const struct sim_options *options,
                       const struct sim_handler *table, size_t kinds, void *model);
sim_time sim_now(const struct sim *sim);
uint64_t sim_events_done(const struct sim *sim);
const struct sim_trace *sim_tracer(const struct sim *sim); // NULL when off

// `at` must not lie in the past.  An event at SIM_NEVER is not kept; its ticket names nothing.
struct sim_ticket sim_at(struct sim *sim, sim_time at, uint32_t kind, uint32_t who, uint32_t arg);
struct sim_ticket sim_after(struct sim *sim, sim_time delay, uint32_t kind, uint32_t who,
                            uint32_t arg);
bool sim_cancel(struct sim *sim, struct sim_ticket *ticket); // clears the ticket
bool sim_pending(const struct sim *sim, struct sim_ticket ticket);

// The scenario has passed one of its own limits: the first fault is kept, the loop ends after this
// event, and the replication is marked.
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void sim_fault(struct sim *sim, const char *format, ...);
const char *sim_fault_text(const struct sim *sim); // NULL when there is none

sim_time sim_next(const struct sim *sim); // time of the next event; SIM_NEVER: there is none

// Runs all events before `until`, then sets the clock to it.  May be called again with a later
// time.
enum sim_end sim_run(struct sim *sim, sim_time until);

// In line, for the handlers that run all the time.

enum { SIM_FAULT_TEXT = 256 };

struct sim { // written by sim.c alone
    sim_time now;
    struct evq *queue;
    const struct sim_handler *table;
    void *model;
    const struct sim_trace *trace;
    uint64_t done; // events
    struct check_context context;
    const bool *stop;
    sim_time polled;      // the clock at the last poll
    uint32_t polls_at_it; // polls at that time
    sim_time until; // the end of the present sim_run(); 0 after a fault, so that nothing more runs
    size_t kinds;
    uint32_t event_limit;
    bool faulted;
    char fault[SIM_FAULT_TEXT];
};

void sim_refuse_event(struct sim *sim); // faults: the queue takes no more

static inline void sim_check_event(const struct sim *sim, sim_time at, uint32_t kind,
                                   unsigned phase)
{
    SIM_CHECK_SLOW(at >= sim->now);
    SIM_CHECK_SLOW(kind < sim->kinds && phase == sim->table[kind].phase);
}

ALWAYS_INLINE struct sim_ticket sim_put(struct sim *sim, sim_time at, uint32_t kind, unsigned phase,
                                        uint32_t who, uint32_t arg)
{
    const struct sim_event event = {.at = at, .who = who, .arg = arg};
    struct sim_ticket ticket = {0};
    sim_check_event(sim, at, kind, phase);
    if (!evq_put(sim->queue, event, kind, phase, &ticket)) sim_refuse_event(sim);
    return ticket;
}

// sim_after() of an event whose phase, that of its handler, the compiler knows.
ALWAYS_INLINE struct sim_ticket sim_after_inline(struct sim *sim, sim_time delay, uint32_t kind,
                                                 unsigned phase, uint32_t who)
{
    uint64_t at = (uint64_t)sim->now + (uint64_t)delay; // below 2^64, so one look is enough
    if (at >= (uint64_t)SIM_NEVER) return (struct sim_ticket){0};
    return sim_put(sim, (sim_time)at, kind, phase, who, 0);
}

// For an event that schedules the next one of its kind when it fires; the order of events is the
// same as by sim_at().
ALWAYS_INLINE void sim_at_lane(struct sim *sim, sim_time at, uint32_t kind, unsigned phase,
                               uint32_t who)
{
    if (at == SIM_NEVER) return;
    sim_check_event(sim, at, kind, phase);
    if (!evq_put_lane(sim->queue, at, who, kind, phase)) sim_refuse_event(sim);
}
