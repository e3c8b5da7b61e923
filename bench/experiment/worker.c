#include "bench/experiment/worker.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/experiment/twin.h"
#include "models/model.h"
#include "sim/arena.h"

struct seat { // what one model at a time needs
    struct arena *arena;
    struct recorder recorder;
    struct trace_set **traces; // by alternative; NULL until it is first needed
};

struct worker {
    const struct scenario *scenario;
    const bool *stop;
    const uint64_t *seeds; // NULL: the scenario's for all
    enum worker_series series;
    struct seat own, twin; // the twin's has no arena when no alternative has one
};

static const struct scenario_config *config_of(const struct alternative *alternative, bool twin)
{
    return twin ? alternative->twin : &alternative->config;
}

// 0: no alternative has such a model.
static size_t memory_needed(const struct scenario *scenario, bool twin)
{
    size_t most = 0;
    for (size_t i = 0; i < scenario->alternative_count; i++) {
        const struct scenario_config *config = config_of(&scenario->alternatives[i], twin);
        size_t size = config ? model_memory(config) : 0;
        if (size > most) most = size;
    }
    return most;
}

static bool create_seat(struct seat *seat, const struct scenario *scenario, bool twin)
{
    size_t memory = memory_needed(scenario, twin);
    seat->traces = memory_aligned(scenario->alternative_count * sizeof(struct trace_set *));
    seat->arena = memory > 0 ? arena_create(memory) : NULL;
    return seat->arena || memory == 0;
}

static void free_seat(struct seat *seat, size_t alternatives)
{
    for (size_t i = 0; i < alternatives; i++)
        trace_set_close(seat->traces[i]);
    free(seat->traces);
    recorder_free(&seat->recorder);
    arena_destroy(seat->arena);
}

struct worker *worker_create(const struct scenario *scenario, enum worker_series series,
                             const uint64_t *seeds, const bool *stop)
{
    struct worker *worker = memory_aligned(sizeof *worker);
    worker->scenario = scenario;
    worker->stop = stop;
    worker->seeds = seeds;
    worker->series = series;
    bool own = create_seat(&worker->own, scenario, false);
    bool twin = create_seat(&worker->twin, scenario, true);
    if (own && twin) return worker;
    int error = errno;
    worker_free(worker);
    errno = error;
    return NULL;
}

void worker_free(struct worker *worker)
{
    free_seat(&worker->own, worker->scenario->alternative_count);
    free_seat(&worker->twin, worker->scenario->alternative_count);
    free(worker);
}

static bool has_traces(const struct alternative *alternative)
{
    for (uint32_t i = 0; alternative->traces && i < alternative->config.traffic_count; i++)
        if (alternative->traces[i].path) return true;
    return false;
}

// The alternative's traces, at their first rows.  False: errno says why.
static bool rewind_traces(struct seat *seat, const struct scenario *scenario, size_t index)
{
    const struct alternative *alternative = &scenario->alternatives[index];
    struct trace_set **set = &seat->traces[index];
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

static struct outcome *collect(struct recorder *recorder, uint64_t events, bool first)
{
    size_t pairs = 2 * recorder->pair_count;
    size_t size = (recorder->count + pairs) * sizeof(double);
    struct outcome *outcome = memory_aligned(sizeof *outcome + size);
    outcome->events = events;
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
    if (!first) return outcome;
    outcome->columns = memory_new(sizeof *outcome->columns, recorder->count);
    for (size_t i = 0; i < recorder->count; i++)
        outcome->columns[i] = recorder->columns[i];
    return outcome;
}

// Why a replication has no numbers; `model` is the one that ended so.
static struct outcome *broken_off(enum sim_end end, const struct model *model, bool twin)
{
    char text[512];
    if (end == SIM_FAULT) {
        snprintf(text, sizeof text, "%s%s", twin ? "without its rollouts: " : "",
                 model_fault_text(model));
        return fault(text);
    }
    struct outcome *outcome = memory_aligned(sizeof *outcome);
    outcome->stopped = true;
    return outcome;
}

static struct outcome *run_alone(struct worker *worker, struct model *model, bool first)
{
    enum sim_end end = model_run(model);
    if (end != SIM_DONE) return broken_off(end, model, false);
    model_report(model, recorder_value, &worker->own.recorder);
    return collect(&worker->own.recorder, model_events(model), first);
}

static struct outcome *run_pair(struct worker *worker, const struct scenario_config *config,
                                struct model *model, struct model *other, bool first)
{
    struct model *culprit;
    struct twin twin = twin_create(config);
    struct recorder *own = &worker->own.recorder, *others = &worker->twin.recorder;
    struct outcome *outcome;
    enum sim_end end = twin_run(&twin, model, other, &culprit);
    if (end == SIM_DONE) {
        model_report(model, recorder_value, own);
        model_report(other, recorder_value, others);
        twin_report(&twin, own, others);
        outcome = collect(own, model_events(model) + model_events(other), first);
    } else {
        outcome = broken_off(end, culprit, culprit == other);
    }
    twin_free(&twin);
    return outcome;
}

struct job { // a replication of an alternative
    size_t alternative;
    uint32_t replication;
    bool traced, series;
    struct series_sink sinks[2]; // of the run and of its twin
    struct trace_feed feeds[2];
};

static struct model *create(struct worker *worker, struct job *job, bool twin)
{
    const struct alternative *source = &worker->scenario->alternatives[job->alternative];
    const struct scenario_config *config = config_of(source, twin);
    struct seat *seat = twin ? &worker->twin : &worker->own;
    recorder_start(&seat->recorder, config->horizon, job->series ? config->series_step : 0);
    job->sinks[twin] = recorder_series(&seat->recorder);
    job->feeds[twin] =
        (struct trace_feed){.next = trace_set_next, .context = seat->traces[job->alternative]};
    struct model_options options = {
        .seed = worker->seeds ? worker->seeds[job->alternative] : worker->scenario->seed,
        .replication = job->replication,
        .series = job->series ? &job->sinks[twin] : NULL,
        .feed = job->traced ? &job->feeds[twin] : NULL,
        .stop = worker->stop,
    };
    arena_reset(seat->arena);
    return model_create(seat->arena, config, &options);
}

struct outcome *worker_run(struct worker *worker, size_t alternative, uint32_t replication)
{
    const struct scenario *scenario = worker->scenario;
    const struct alternative *source = &scenario->alternatives[alternative];
    bool first = replication == 0;
    struct job job = {.alternative = alternative, .replication = replication};
    job.traced = has_traces(source);
    bool wanted = first ? worker->series != SERIES_NONE : worker->series == SERIES_OF_ALL;
    job.series = wanted && source->config.series_step > 0;
    if (job.traced && !(rewind_traces(&worker->own, scenario, alternative) &&
                        (!source->twin || rewind_traces(&worker->twin, scenario, alternative)))) {
        char text[256];
        snprintf(text, sizeof text, "cannot open the traces: %s", strerror(errno));
        return fault(text);
    }
    struct model *model = create(worker, &job, false);
    if (!source->twin) return run_alone(worker, model, first);
    return run_pair(worker, &source->config, model, create(worker, &job, true), first);
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
