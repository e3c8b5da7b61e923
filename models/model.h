#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "models/config.h"
#include "models/metrics.h"
#include "sim/arena.h"
#include "sim/sim.h"

// One scenario, one seed, one replication: the numbers of models/metrics.h.
//
//   struct model *model = model_create(arena, config, &options);   // all memory is taken here
//   enum sim_end end = model_run(model);                            // up to config->horizon
//   model_report(model, sink, context);
//   arena_reset(arena);

struct model_options {
    uint64_t seed;
    uint32_t replication;
    const struct sim_trace *trace;    // NULL: off
    const struct series_sink *series; // NULL: off
    const struct trace_feed *feed;    // NULL when no source is a trace
    const bool *stop;                 // see struct sim_options
    bool general; // no short cuts for plain apps (plain.h): the same results, slower
};

struct model;

size_t model_memory(const struct scenario_config *config); // an arena of this size suffices

struct model *model_create(struct arena *arena, const struct scenario_config *config,
                           const struct model_options *options);
enum sim_end model_run(struct model *model);

// To run two replications side by side (bench/experiment/twin.h): events one after the other, then
// model_run() for the rest.
sim_time model_next(const struct model *model); // when the next event is; SIM_NEVER: there is none
enum sim_end model_advance(struct model *model, sim_time until);  // all events before `until`
uint32_t model_backlog(const struct model *model, uint32_t app);  // requests that wait in the line
bool model_rollout_over(const struct model *model, uint32_t row); // of the timeline

void model_report(struct model *model, metric_sink *sink, void *context);
uint64_t model_events(const struct model *model);        // the same with and without a series
const char *model_fault_text(const struct model *model); // NULL when there was none
