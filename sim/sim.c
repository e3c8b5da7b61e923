#include "sim/sim.h"

#include "sim/check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

// A model whose events bring each other about at one instant would run for ever: after this many
// polls without an advance of the clock the run is called off.
enum { STOP_POLL_EVENTS = 1024, STANDSTILL_POLLS = 4096 };

struct sim *sim_create(struct arena *arena, const struct sim_options *options,
                       const struct sim_handler *table, size_t kinds, void *model)
{
    for (size_t i = 0; i < kinds; i++)
        SIM_CHECK(table[i].name && table[i].handle && table[i].phase < EVQ_PHASES);
    struct sim *sim = arena_new(arena, struct sim, 1);
    sim->queue = evq_create(arena, options->event_limit);
    sim->table = table;
    sim->model = model;
    sim->trace = options->trace;
    sim->stop = options->stop;
    sim->kinds = kinds;
    sim->event_limit = options->event_limit;
    sim->context = (struct check_context){
        .now = &sim->now,
        .sequence = &sim->done,
        .seed = options->seed,
        .replication = options->replication,
    };
    return sim;
}

sim_time sim_now(const struct sim *sim)
{
    return sim->now;
}

sim_time sim_next(const struct sim *sim)
{
    return evq_next_time(sim->queue);
}

uint64_t sim_events_done(const struct sim *sim)
{
    return sim->done;
}

const struct sim_trace *sim_tracer(const struct sim *sim)
{
    return sim->trace;
}

void sim_refuse_event(struct sim *sim)
{
    sim_fault(sim, "/limits/events: more than %" PRIu32 " events are pending at once",
              sim->event_limit);
}

struct sim_ticket sim_at(struct sim *sim, sim_time at, uint32_t kind, uint32_t who, uint32_t arg)
{
    SIM_CHECK(at >= sim->now);
    SIM_CHECK(kind < sim->kinds);
    if (at == SIM_NEVER) return (struct sim_ticket){0};
    return sim_put(sim, at, kind, sim->table[kind].phase, who, arg);
}

struct sim_ticket sim_after(struct sim *sim, sim_time delay, uint32_t kind, uint32_t who,
                            uint32_t arg)
{
    SIM_CHECK(delay >= 0);
    return sim_at(sim, sim_time_add(sim->now, delay), kind, who, arg);
}

bool sim_cancel(struct sim *sim, struct sim_ticket *ticket)
{
    bool was_pending = evq_cancel(sim->queue, *ticket);
    *ticket = (struct sim_ticket){0};
    return was_pending;
}

bool sim_pending(const struct sim *sim, struct sim_ticket ticket)
{
    return evq_pending(sim->queue, ticket);
}

void sim_fault(struct sim *sim, const char *format, ...)
{
    if (sim->faulted) return;
    sim->faulted = true;
    sim->until = 0;
    va_list args;
    va_start(args, format);
    (void)vsnprintf(sim->fault, sizeof sim->fault, format, args);
    va_end(args);
}

const char *sim_fault_text(const struct sim *sim)
{
    return sim->faulted ? sim->fault : NULL;
}

static bool stop_asked(const struct sim *sim)
{
    return sim->stop && __atomic_load_n(sim->stop, __ATOMIC_RELAXED);
}

static void watch_clock(struct sim *sim)
{
    sim->polls_at_it = sim->now == sim->polled ? sim->polls_at_it + 1 : 0;
    sim->polled = sim->now;
    if (sim->polls_at_it == STANDSTILL_POLLS)
        sim_fault(sim, "time stands still: over %d events at %.9f s; a delay of the scenario is 0",
                  STOP_POLL_EVENTS * STANDSTILL_POLLS, sim_seconds(sim->now));
}

static void show(const struct sim *sim, struct sim_event event, const char *name)
{
    const struct trace_record record = {
        .at = event.at,
        .what = name,
        .who = event.who,
        .arg = event.arg,
    };
    sim->trace->record(sim->trace->context, &record);
}

static void watch_queue(struct sim *sim)
{
    if (evq_worn_out(sim->queue))
        sim_fault(sim,
                  "the run has scheduled about 2^39 events, the most that one replication can");
}

// Compiled with and without a trace.
ALWAYS_INLINE bool run_events(struct sim *sim, const bool traced)
{
    struct evq *queue = sim->queue;
    struct sim_event event;
    uint32_t kind;
    bool stop = stop_asked(sim);
    uint32_t left = STOP_POLL_EVENTS; // until the next poll
    while (!stop && evq_pop_before(queue, sim->until, &event, &kind)) {
        const struct sim_handler *handler = &sim->table[kind];
        SIM_CHECK_SLOW(event.at >= sim->now);
        sim->now = event.at;
        sim->context.event = &handler->name;
        if (traced) show(sim, event, handler->name);
        handler->handle(sim->model, event);
        sim->done++;
        if (--left > 0) continue;
        left = STOP_POLL_EVENTS;
        stop = stop_asked(sim);
        watch_clock(sim);
        watch_queue(sim);
    }
    return stop;
}

enum sim_end sim_run(struct sim *sim, sim_time until)
{
    SIM_CHECK(until >= sim->now);
    watch_queue(sim);
    if (sim->faulted) return SIM_FAULT;
    sim->until = until;
    check_set_context(&sim->context);
    bool stop = sim->trace ? run_events(sim, true) : run_events(sim, false);
    sim->context.event = NULL;
    check_set_context(NULL);
    if (sim->faulted) return SIM_FAULT;
    if (stop) return SIM_STOPPED;
    sim->now = until;
    return SIM_DONE;
}
