#pragma once

#include "models/model.h"
#include "tests/laws/watch_numbers.h"

// Runs a scenario under the laws of watch_model.h and watch_numbers.h.
//
//   struct watch watch;
//   watch_run(&kit, &watch, seed, replication);   watch.hash says what happened
//
// watch_config() does the same for a scenario that is no kit, such as one that was read from a
// file.

static inline void watch_keep(void *context, const struct metric_value *v)
{
    struct watch *w = context;
    if (w->value_count == w->value_room) {
        w->value_room = w->value_room ? 2 * w->value_room : 1024;
        struct kit_value *values = realloc(w->values, w->value_room * sizeof *values);
        if (!values) abort();
        w->values = values;
    }
    kit_value_of(v, &w->values[w->value_count++]);
}

struct watch_options {
    uint64_t seed;
    uint32_t replication;
    uint64_t period;                  // 0: WATCH_PERIOD
    const struct trace_feed *feed;    // NULL when no source is a trace
    const struct series_sink *series; // NULL: off
};

// SIM_FAULT when a limit of the scenario has ended the run; `fault` then says which, and no law is
// asked about the rest.  The numbers are in w->values until they are freed.
static inline enum sim_end watch_config(struct watch *w, const struct scenario_config *config,
                                        struct arena *arena, const struct watch_options *options,
                                        char fault[200])
{
    watch_start(w, config);
    if (options->period) w->period = options->period;
    struct model_options how = {.seed = options->seed,
                                .replication = options->replication,
                                .trace = &w->trace,
                                .series = options->series,
                                .feed = options->feed};
    struct model *model = model_create(arena, config, &how);
    w->model = model;
    enum sim_end end = model_run(model);
    if (end == SIM_FAULT) {
        snprintf(fault, 200, "%s", model_fault_text(model));
    } else {
        model_report(model, watch_keep, w);
        watch_finish(w);
        watch_numbers(w);
    }
    watch_stop(w);
    return end;
}

static inline void watch_run(struct kit *kit, struct watch *w, uint64_t seed, uint32_t replication)
{
    watch_start(w, kit_config(kit));
    kit->trace = &w->trace;
    struct model *m = kit_create(kit, seed, replication);
    w->model = m;
    enum sim_end end = kit_finish(kit, m);
    if (end != SIM_DONE) WATCH_BROKEN("the run ended early: %s", kit->fault);
    w->values = kit->values;
    w->value_count = kit->value_count;
    watch_finish(w);
    watch_numbers(w);
    watch_stop(w);
    kit_drop(kit);
    kit->trace = NULL;
}
