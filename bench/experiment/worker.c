#include "bench/experiment/worker.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "models/model.h"
#include "sim/arena.h"

struct worker {
    const struct scenario *scenario;
    const bool *stop;
    const uint64_t *seeds; // NULL: the scenario's for all
    enum worker_series series;
    struct arena *arena;
    struct recorder recorder;
    struct trace_set **traces; // by alternative; NULL until it is first needed
};

static size_t memory_needed(const struct scenario *scenario)
{
    size_t most = 0;
    for (size_t i = 0; i < scenario->alternative_count; i++) {
        size_t size = model_memory(&scenario->alternatives[i].config);
        if (size > most) most = size;
    }
    return most;
}

struct worker *worker_create(const struct scenario *scenario, enum worker_series series,
                             const uint64_t *seeds, const bool *stop)
{
    struct arena *arena = arena_create(memory_needed(scenario));
    if (!arena) return NULL;
    struct worker *worker = memory_aligned(sizeof *worker);
    worker->scenario = scenario;
    worker->stop = stop;
    worker->seeds = seeds;
    worker->series = series;
    worker->arena = arena;
    worker->traces = memory_aligned(scenario->alternative_count * sizeof(struct trace_set *));
    return worker;
}

void worker_free(struct worker *worker)
{
    for (size_t i = 0; i < worker->scenario->alternative_count; i++)
        trace_set_close(worker->traces[i]);
    free(worker->traces);
    recorder_free(&worker->recorder);
    arena_destroy(worker->arena);
    free(worker);
}

static bool has_traces(const struct alternative *alternative)
{
    for (uint32_t i = 0; alternative->traces && i < alternative->config.traffic_count; i++)
        if (alternative->traces[i].path) return true;
    return false;
}

// The alternative's traces, at their first rows.  False: errno says why.
static bool rewind_traces(struct worker *worker, size_t index)
{
    const struct alternative *alternative = &worker->scenario->alternatives[index];
    struct trace_set **set = &worker->traces[index];
    if (*set) {
        trace_set_rewind(*set);
        return true;
    }
    *set = trace_set_open(alternative->traces, alternative->config.traffic_count);
    return *set != NULL;
}

static struct outcome *fault(const char *text)
{
    struct outcome *outcome = memory_aligned(sizeof *outcome);
    outcome->fault = memory_text(text);
    return outcome;
}

static struct outcome *collect(struct worker *worker, struct model *model, uint32_t replication)
{
    struct recorder *recorder = &worker->recorder;
    model_report(model, recorder_value, recorder);
    size_t pairs = 2 * recorder->pair_count;
    size_t size = (recorder->count + pairs) * sizeof(double);
    struct outcome *outcome = memory_aligned(sizeof *outcome + size);
    outcome->events = model_events(model);
    outcome->shape = recorder->shape;
    outcome->count = recorder->count;
    for (size_t i = 0; i < recorder->count; i++)
        outcome->values[i] = recorder->values[i];
    outcome->pair_count = recorder->pair_count;
    for (size_t i = 0; i < pairs; i++)
        outcome->values[recorder->count + i] = recorder->pairs[i];
    outcome->pool_count = recorder->pool_count;
    outcome->pools = recorder_take_pools(recorder);
    outcome->series = recorder_take_series(recorder);
    if (replication > 0) return outcome;
    outcome->columns = memory_new(sizeof *outcome->columns, recorder->count);
    for (size_t i = 0; i < recorder->count; i++)
        outcome->columns[i] = recorder->columns[i];
    return outcome;
}

static struct outcome *run(struct worker *worker, size_t alternative,
                           const struct model_options *options)
{
    const struct scenario_config *config = &worker->scenario->alternatives[alternative].config;
    struct model *model = model_create(worker->arena, config, options);
    switch (model_run(model)) {
    case SIM_DONE:
        return collect(worker, model, options->replication);
    case SIM_FAULT:
        return fault(model_fault_text(model));
    case SIM_STOPPED:
        break;
    }
    struct outcome *outcome = memory_aligned(sizeof *outcome);
    outcome->stopped = true;
    return outcome;
}

struct outcome *worker_run(struct worker *worker, size_t alternative, uint32_t replication)
{
    const struct alternative *source = &worker->scenario->alternatives[alternative];
    bool traced = has_traces(source);
    if (traced && !rewind_traces(worker, alternative)) {
        char text[256];
        snprintf(text, sizeof text, "cannot open the traces: %s", strerror(errno));
        return fault(text);
    }
    bool wanted =
        replication == 0 ? worker->series != SERIES_NONE : worker->series == SERIES_OF_ALL;
    bool series = wanted && source->config.series_step > 0;
    recorder_start(&worker->recorder, source->config.horizon,
                   series ? source->config.series_step : 0);
    struct series_sink sink = recorder_series(&worker->recorder);
    struct trace_feed feed = {.next = trace_set_next, .context = worker->traces[alternative]};
    struct model_options options = {
        .seed = worker->seeds ? worker->seeds[alternative] : worker->scenario->seed,
        .replication = replication,
        .series = series ? &sink : NULL,
        .feed = traced ? &feed : NULL,
        .stop = worker->stop,
    };
    arena_reset(worker->arena);
    return run(worker, alternative, &options);
}

void worker_free_pools(struct outcome *outcome)
{
    for (size_t i = 0; outcome->pools && i < outcome->pool_count; i++)
        sketch_free(&outcome->pools[i]);
    free(outcome->pools);
    outcome->pools = NULL;
}

void worker_free_outcome(struct outcome *outcome)
{
    if (!outcome) return;
    worker_free_pools(outcome);
    free(outcome->fault);
    free(outcome->columns);
    recorder_free_series(&outcome->series);
    free(outcome);
}
