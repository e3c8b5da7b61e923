#pragma once

#include <errno.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/input/scenario.h"
#include "models/model.h"

// A model that costs nothing, in place of models/model.c and bench/input/trace.c: what a test of
// the experiment needs is numbers that depend on seed and replication, faults on demand, and
// threads that finish out of order.
//
// The scenario's limits are its knobs:
//   runners   how many columns there are
//   requests  the replication that ends in a fault; 0: none
//   events    microseconds that an even replication takes; an odd one takes none

struct model {
    const struct scenario_config *config;
    struct model_options options;
    uint64_t events;
    struct hist *hist; // of as many observations as the replication's number, and one
};

enum { FAKE_MEMORY = 1 << 20 };

struct fake_counters { // of all threads together
    atomic_int opens, rewinds, closes, series;
};
static struct fake_counters fake;

static const struct metric fake_metrics[] = {
    {.name = "common"}, {.name = "effect"}, {.name = "gaps"}, {.name = "steady"}};
static const char *const fake_labels[] = {"0", "1", "2", "3", "4", "5", "6", "7"};

size_t model_memory(const struct scenario_config *config)
{
    (void)config;
    return FAKE_MEMORY;
}

struct model *model_create(struct arena *arena, const struct scenario_config *config,
                           const struct model_options *options)
{
    struct model *model = arena_new(arena, struct model, 1);
    *model = (struct model){.config = config, .options = *options};
    model->hist = arena_new(arena, struct hist, 1);
    arena_alloc(arena, 1, FAKE_MEMORY / 2); // so that a second model does not fit beside it
    return model;
}

static void fake_series(const struct model *model)
{
    const struct series_sink *sink = model->options.series;
    sim_time step = model->config->series_step;
    if (sink) atomic_fetch_add(&fake.series, 1);
    for (sim_time at = 0; sink && at < model->config->horizon; at += step) {
        struct metric_value value = {.metric = &fake_metrics[0], .value = (double)at};
        sink->value(sink->context, at, at + step, &value);
    }
    if (sink) sink->event(sink->context, step, "deploy", "MyApp", NULL);
}

enum sim_end model_run(struct model *model)
{
    uint32_t limit = model->config->limits.requests, number = model->options.replication;
    const struct timespec nap = {.tv_nsec = 1000};
    for (uint32_t i = 0; number % 2 == 0 && i < model->config->limits.events / 50; i++) {
        if (__atomic_load_n(model->options.stop, __ATOMIC_RELAXED)) return SIM_STOPPED;
        nanosleep(&nap, NULL); // in fact some 50 us
    }
    const struct trace_feed *feed = model->options.feed;
    struct trace_row row;
    while (feed && feed->next(feed->context, 0, &row) == TRACE_ROW)
        model->events++;
    model->events += 10 + number;
    fake_series(model);
    return limit > 0 && number == limit ? SIM_FAULT : SIM_DONE;
}

static uint64_t fake_mix(uint64_t x)
{
    x ^= x >> 30;
    x *= UINT64_C(0xbf58476d1ce4e5b9);
    x ^= x >> 27;
    x *= UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

// Common to all alternatives, plus 1 for one called "better"; undefined in every third replication
// for "gaps".
static double fake_value(const struct model *model, uint32_t column)
{
    uint64_t key = model->options.seed * 1000003 + model->options.replication * 64ull + column / 4;
    double common = 100 + (double)(fake_mix(key) >> 11) * 0x1p-53;
    switch (column % 4) {
    case 1:
        return common + (strcmp(model->config->title, "better") == 0);
    case 2:
        return model->options.replication % 3 == 0 ? NAN : common;
    case 3:
        return 7;
    default:
        return common;
    }
}

// "common" is a ratio, "steady" a quantile.
static void fake_form(const struct model *model, uint32_t column, struct metric_value *value)
{
    if (column % 4 == 0) {
        value->form = FORM_RATIO;
        value->whole = 10;
        value->part = 10 * value->value;
    }
    if (column % 4 == 3) {
        value->form = FORM_QUANTILE;
        value->hist = model->hist;
        value->quantile = 0.5;
    }
}

void model_report(struct model *model, metric_sink *sink, void *context)
{
    hist_reset(model->hist);
    for (uint32_t i = 0; i <= model->options.replication; i++)
        hist_add(model->hist, 7 * SIM_SECOND);
    for (uint32_t i = 0; i < model->config->limits.runners; i++) {
        struct metric_value value = {.metric = &fake_metrics[i % 4],
                                     .labels = {[LABEL_APP] = fake_labels[i / 4]},
                                     .value = fake_value(model, i)};
        fake_form(model, i, &value);
        sink(context, &value);
    }
}

uint64_t model_events(const struct model *model)
{
    return model->events;
}

const char *model_fault_text(const struct model *model)
{
    (void)model;
    return "limits/requests: more than 5";
}

struct trace_set {
    int rows;
};

struct trace_set *trace_set_open(const struct trace_spec *specs, uint32_t count)
{
    atomic_fetch_add(&fake.opens, 1);
    if (count == 0 || strcmp(specs[0].path, "gone.csv") == 0) {
        errno = ENOENT;
        return NULL;
    }
    return calloc(1, sizeof(struct trace_set));
}

void trace_set_close(struct trace_set *set)
{
    if (set) atomic_fetch_add(&fake.closes, 1);
    free(set);
}

void trace_set_rewind(struct trace_set *set)
{
    atomic_fetch_add(&fake.rewinds, 1);
    set->rows = 0;
}

enum trace_end trace_set_next(void *set, uint32_t source, struct trace_row *row)
{
    *row = (struct trace_row){.arrival = source};
    return ((struct trace_set *)set)->rows++ < 3 ? TRACE_ROW : TRACE_END;
}
