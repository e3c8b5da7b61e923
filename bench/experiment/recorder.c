#include "bench/experiment/recorder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "sim/check.h"

// FNV-1a, 64 bits, over the text and its end.
static uint64_t fold(uint64_t hash, const char *text)
{
    do {
        hash ^= (unsigned char)*text;
        hash *= UINT64_C(0x100000001b3);
    } while (*text++);
    return hash;
}

static uint64_t fold_column(uint64_t hash, const struct column *column)
{
    hash = fold(hash, column->metric->name);
    for (size_t i = 0; i < LABELS; i++) {
        if (!column->labels[i]) continue;
        hash = fold(hash, label_names[i]);
        hash = fold(hash, column->labels[i]);
    }
    return hash;
}

static struct column column_of(const struct metric_value *value)
{
    struct column column = {.metric = value->metric};
    for (size_t i = 0; i < LABELS; i++)
        column.labels[i] = value->labels[i];
    return column;
}

static void free_pools(struct recorder *recorder)
{
    for (size_t i = 0; i < recorder->pool_count; i++)
        sketch_free(&recorder->pools[i]);
    recorder->pool_count = 0;
    recorder->last = NULL;
}

static uint32_t add_pair(struct recorder *recorder, double part, double whole)
{
    size_t at = recorder->pair_count++;
    if (at == recorder->pair_room) {
        recorder->pair_room = at ? 2 * at : 16;
        recorder->pairs =
            memory_grow(recorder->pairs, 2 * sizeof *recorder->pairs, recorder->pair_room);
    }
    recorder->pairs[2 * at] = part;
    recorder->pairs[2 * at + 1] = whole;
    return (uint32_t)at;
}

static uint32_t add_pool(struct recorder *recorder, const struct hist *hist)
{
    if (hist == recorder->last) return (uint32_t)recorder->pool_count - 1;
    size_t at = recorder->pool_count++;
    if (at == recorder->pool_room) {
        recorder->pool_room = at ? 2 * at : 16;
        recorder->pools =
            memory_grow(recorder->pools, sizeof *recorder->pools, recorder->pool_room);
    }
    recorder->pools[at] = sketch_of(hist);
    recorder->last = hist;
    return (uint32_t)at;
}

void recorder_start(struct recorder *recorder, sim_time horizon, sim_time step)
{
    recorder_free_series(&recorder->series);
    recorder->count = recorder->pair_count = 0;
    free_pools(recorder);
    recorder->cursor = 0;
    recorder->shape = UINT64_C(0xcbf29ce484222325);
    if (step <= 0) return;
    recorder->series.step = step;
    recorder->series.bins = (size_t)((horizon - 1) / step + 1);
}

void recorder_value(void *context, const struct metric_value *value)
{
    struct recorder *recorder = context;
    SIM_CHECK(value->metric != NULL);
    if (recorder->count == recorder->room) {
        recorder->room = recorder->room ? 2 * recorder->room : 64;
        recorder->columns =
            memory_grow(recorder->columns, sizeof *recorder->columns, recorder->room);
        recorder->values = memory_grow(recorder->values, sizeof *recorder->values, recorder->room);
    }
    struct column column = column_of(value);
    column.form = value->form;
    if (value->form == FORM_RATIO) column.source = add_pair(recorder, value->part, value->whole);
    if (value->form == FORM_QUANTILE) {
        column.source = add_pool(recorder, value->hist);
        column.quantile = value->quantile;
    }
    recorder->shape = fold_column(recorder->shape, &column);
    recorder->columns[recorder->count] = column;
    recorder->values[recorder->count++] = value->value;
}

static size_t add_series_column(struct series *series, const struct column *column)
{
    size_t at = series->column_count++;
    series->columns = memory_grow(series->columns, sizeof *series->columns, at + 1);
    double *values = memory_new(sizeof *values, series->bins);
    for (size_t i = 0; i < series->bins; i++)
        values[i] = NAN;
    series->columns[at] = (struct series_column){.column = *column, .values = values};
    return at;
}

// Bins repeat the same columns in the same order, so the one after the last is nearly always right.
static size_t find_series_column(struct recorder *recorder, const struct column *column)
{
    struct series *series = &recorder->series;
    for (size_t tried = 0; tried < series->column_count; tried++) {
        size_t at = (recorder->cursor + tried) % series->column_count;
        if (column_find(&series->columns[at].column, 1, column) == 0) return at;
    }
    return add_series_column(series, column);
}

static void take_value(void *context, sim_time from, sim_time to, const struct metric_value *value)
{
    struct recorder *recorder = context;
    struct series *series = &recorder->series;
    SIM_CHECK(series->step > 0 && from >= 0 && to > from);
    size_t bin = (size_t)(from / series->step);
    SIM_CHECK(bin < series->bins);
    struct column column = column_of(value);
    size_t at = find_series_column(recorder, &column);
    series->columns[at].values[bin] = value->value;
    recorder->cursor = at + 1;
}

static void take_event(void *context, sim_time at, const char *what, const char *app,
                       const char *detail)
{
    struct series *series = &((struct recorder *)context)->series;
    series->marks = memory_grow(series->marks, sizeof *series->marks, series->mark_count + 1);
    series->marks[series->mark_count++] =
        (struct series_mark){.at = at, .what = what, .app = app, .detail = detail};
}

struct series_sink recorder_series(struct recorder *recorder)
{
    return (struct series_sink){.value = take_value, .event = take_event, .context = recorder};
}

struct sketch *recorder_take_pools(struct recorder *recorder)
{
    struct sketch *pools = recorder->pools;
    recorder->pools = NULL;
    recorder->pool_count = recorder->pool_room = 0;
    recorder->last = NULL;
    return pools;
}

struct series recorder_take_series(struct recorder *recorder)
{
    struct series series = recorder->series;
    recorder->series = (struct series){0};
    return series;
}

void recorder_free_series(struct series *series)
{
    for (size_t i = 0; i < series->column_count; i++)
        free(series->columns[i].values);
    free(series->columns);
    free(series->marks);
    *series = (struct series){0};
}

void recorder_free(struct recorder *recorder)
{
    recorder_free_series(&recorder->series);
    free_pools(recorder);
    free(recorder->pools);
    free(recorder->pairs);
    free(recorder->columns);
    free(recorder->values);
    *recorder = (struct recorder){0};
}
