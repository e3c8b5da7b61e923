#include "bench/experiment/long_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/batch.h"
#include "bench/experiment/interval.h"
#include "bench/experiment/memory.h"
#include "bench/experiment/planning.h"

enum { FEWEST_CYCLES = 10, FEWEST_BINS = 4 }; // cycles of a study, bins of a batch

static const double needed_precision = 0.05;

enum average { MEAN, INTEGRAL, INCREASE };

static const struct {
    const char *metric, *series;
    enum average average;
} averages[] = {
    {"queue_length_mean", "series_queue_length", MEAN},
    {"in_flight_mean", "series_in_flight", MEAN},
    {"runners_mean", "series_runners", MEAN},
    {"machine_s", "series_machines", INTEGRAL},
    {"cost_usd", "series_cost_usd", INCREASE},
};

bool long_run_wanted(const struct scenario *scenario)
{
    bool steady = scenario->study == STUDY_STEADY_STATE || scenario->study == STUDY_CYCLIC;
    return steady && scenario->replications.max == 1;
}

struct batches { // of one alternative
    const struct series *series;
    sim_time from, length; // of the first batch, of each
    size_t count;
    double *means; // of the column at hand
};

// The label sets of a series are those of the number and more.
static bool adds_to(const struct column *series, const char *metric, const struct column *number)
{
    if (strcmp(series->metric->name, metric) != 0) return false;
    for (size_t i = 0; i < LABELS; i++) {
        if (!number->labels[i]) continue;
        if (!series->labels[i] || strcmp(series->labels[i], number->labels[i]) != 0) return false;
    }
    return true;
}

// What a bin adds: its mean, or what a running total rose by in it.
static double value_of(const double *values, size_t bin, enum average average)
{
    if (average != INCREASE) return values[bin];
    return values[bin] - (bin > 0 ? values[bin - 1] : 0);
}

// A bin belongs to the batch that its middle is in.
static bool batch_of(const struct batches *b, size_t bin, size_t *batch)
{
    sim_time middle = (sim_time)bin * b->series->step + b->series->step / 2;
    if (middle < b->from) return false;
    *batch = (size_t)((middle - b->from) / b->length);
    return *batch < b->count;
}

static void add_column(const struct batches *b, const double *values, enum average average)
{
    size_t batch;
    for (size_t bin = 0; bin < b->series->bins; bin++)
        if (batch_of(b, bin, &batch)) b->means[batch] += value_of(values, bin, average);
}

// Sums of bins to means of a bin.
static void divide(const struct batches *b)
{
    size_t *bins = memory_new(sizeof *bins, b->count), batch;
    for (size_t bin = 0; bin < b->series->bins; bin++)
        if (batch_of(b, bin, &batch)) bins[batch]++;
    for (size_t i = 0; i < b->count; i++)
        b->means[i] /= (double)bins[i];
    free(bins);
}

// False: the series tell nothing about it.
static bool find_means(const struct batches *b, const struct column *column, size_t row)
{
    bool found = false;
    memset(b->means, 0, b->count * sizeof *b->means);
    for (size_t c = 0; c < b->series->column_count; c++) {
        const struct series_column *s = &b->series->columns[c];
        if (!adds_to(&s->column, averages[row].series, column)) continue;
        add_column(b, s->values, averages[row].average);
        found = true;
    }
    if (found) divide(b);
    for (size_t i = 0; i < b->count; i++)
        found = found && isfinite(b->means[i]);
    return found;
}

// From the mean of a bin to the number.
static double scale_of(const struct batches *b, enum average average)
{
    double span_s = sim_seconds(b->length) * (double)b->count;
    double per_bin[] = {
        [MEAN] = 1, [INTEGRAL] = span_s, [INCREASE] = span_s / sim_seconds(b->series->step)};
    return per_bin[average];
}

static void put_interval(struct summary *s, const struct batches *b, const struct metric *metric,
                         enum average average, double level)
{
    struct batch_means batch = batch_interval(b->means, b->count, level);
    double length_s = sim_seconds(b->length);
    double half = batch.half * scale_of(b, average);
    s->method = INTERVAL_BATCH_MEANS;
    s->estimate = s->mean;
    s->batches = (uint32_t)b->count;
    s->low = s->mean - half;
    s->high = s->mean + half;
    s->gap = batch.correlated ? GAP_CORRELATED : GAP_NONE;
    interval_keep_possible(s, metric);
    double allowed = needed_precision * fabs(batch.mean);
    if (allowed > 0 && !batch.correlated)
        s->needed_run_s = planning_run_length(batch.variance * length_s, allowed, level);
}

static void fill(struct alternative_result *a, const struct batches *b, double level)
{
    for (size_t c = 0; c < a->column_count; c++) {
        const struct column *column = &a->columns[c];
        bool of_app = column->labels[LABEL_APP] != NULL;
        for (size_t row = 0; row < sizeof averages / sizeof *averages; row++) {
            if (strcmp(column->metric->name, averages[row].metric) != 0) continue;
            if (averages[row].average == INCREASE && of_app) continue; // the series is of all apps
            if (find_means(b, column, row))
                put_interval(&a->summaries[c], b, column->metric, averages[row].average, level);
        }
    }
}

void long_run_intervals(struct alternative_result *a, const struct scenario *scenario, double level)
{
    const struct scenario_config *config = &a->alternative->config;
    struct batches b = {.series = &a->series, .from = config->warm_up, .count = BATCH_COUNT};
    sim_time span = config->horizon - config->warm_up;
    if (a->replications != 1 || config->timeline_count > 0 || a->series.step <= 0) return;
    b.length = scenario->study == STUDY_CYCLIC ? scenario->cycle : span / BATCH_COUNT;
    if (b.length < FEWEST_BINS * a->series.step) return;
    if (scenario->study == STUDY_CYCLIC) b.count = (size_t)(span / b.length);
    if (b.count < FEWEST_CYCLES) return;
    b.means = memory_new(sizeof *b.means, b.count);
    fill(a, &b, level);
    free(b.means);
}
