#include "bench/experiment/sweep.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/choice.h"
#include "bench/experiment/effects.h"
#include "bench/experiment/memory.h"
#include "bench/experiment/stopping.h"
#include "bench/experiment/summary.h"

const struct metric_choice sweep_usual_metrics[SWEEP_USUAL_METRICS] = {
    {.metric = "cost_usd"},
    {.metric = "unserved_time_s"},
    {.metric = "wait_s", .labels = {[LABEL_QUANTILE] = "0.99"}},
    {.metric = "request_success_ratio"},
};

// Rules.

static void cut(struct evaluation *point, uint32_t replications)
{
    if (replications < point->result.replications) point->result.replications = replications;
}

// Is the point done?  If so it is cut back to the first number of replications that suffices; if
// not, it wants more.
static bool settle(struct evaluation *point, const struct replication_plan *plan)
{
    struct alternative_result *r = &point->result;
    struct stopping *stopping = stopping_create(plan);
    uint32_t n = 0;
    bool done = r->fault != NULL || r->replications < point->wanted;
    stopping_watch(stopping, 0, r->columns, r->column_count, NULL);
    while (n < r->replications && !(n > 0 && stopping_reached(stopping, n)))
        stopping_add(stopping, 0, &r->values[n++ * r->column_count]);
    if (!r->fault && n > 0 && stopping_reached(stopping, n)) {
        cut(point, n);
        done = true;
    }
    r->precision_reached = done && !r->fault && stopping_precise(stopping, 0);
    if (!done) point->wanted = stopping_forecast(stopping, n);
    stopping_free(stopping);
    return done;
}

static enum evaluator_end run_rounds(struct sweep_result *result)
{
    const struct replication_plan *plan = &result->scenario->replications;
    size_t left = result->design->count;
    struct evaluation **list = memory_new(sizeof *list, left);
    for (size_t i = 0; i < left; i++) {
        list[i] = &result->points[i];
        list[i]->wanted = plan->min;
    }
    enum evaluator_end end = EVALUATOR_DONE;
    while (left > 0 && end == EVALUATOR_DONE) {
        end = evaluator_run(result->evaluator, list, left);
        size_t open = 0;
        for (size_t i = 0; i < left; i++)
            if (!settle(list[i], plan)) list[open++] = list[i];
        left = open;
    }
    free(list);
    return end;
}

bool sweep_run(struct sweep_result *result, const struct scenario *scenario,
               const struct design *design, const struct evaluator_options *options,
               const char **error)
{
    double started_s = progress_now();
    const struct sweep_plan *plan = design->plan;
    *result = (struct sweep_result){.scenario = scenario, .design = design};
    result->metrics = plan->metric_count ? plan->metrics : sweep_usual_metrics;
    result->metric_count = plan->metric_count ? plan->metric_count : SWEEP_USUAL_METRICS;
    struct evaluator_options own = *options;
    own.keep = result->metrics;
    own.keep_count = result->metric_count;
    own.rules = &scenario->replications;
    result->evaluator = evaluator_create(&own);
    if (!result->evaluator) {
        *error = strerror(errno);
        return false;
    }
    result->points = memory_new(sizeof *result->points, design->count);
    for (size_t i = 0; i < design->count; i++)
        result->points[i] = evaluation_of(&design->points[i].what);
    enum evaluator_end end = run_rounds(result);
    for (size_t i = 0; i < design->count; i++)
        evaluation_summarise(&result->points[i]);
    result->interrupted = end == EVALUATOR_INTERRUPTED;
    if (end == EVALUATOR_FAILED) *error = evaluator_error(result->evaluator);
    result->wall_s = progress_now() - started_s;
    return end != EVALUATOR_FAILED;
}

void sweep_free(struct sweep_result *result)
{
    for (size_t i = 0; result->points && i < result->design->count; i++)
        evaluation_free(&result->points[i]);
    free(result->points);
    if (result->evaluator) evaluator_free(result->evaluator);
    *result = (struct sweep_result){0};
}

// Columns.

const struct summary *sweep_summary(const struct evaluation *point, const struct column *column)
{
    const struct alternative_result *r = &point->result;
    size_t c = column_find(r->columns, r->column_count, column);
    return c == SIZE_MAX ? NULL : &r->summaries[c];
}

static bool is_always_0(const struct sweep_result *result, const struct column *column)
{
    for (size_t i = 0; i < result->design->count; i++) {
        const struct summary *s = sweep_summary(&result->points[i], column);
        if (s && s->n > 0 && (s->min != 0 || s->max != 0)) return false;
    }
    return true;
}

bool sweep_is_constant(const struct sweep_result *result, const struct column *column)
{
    const struct summary *first = sweep_summary(&result->points[0], column);
    for (size_t i = 0; i < result->design->count; i++) {
        const struct summary *s = sweep_summary(&result->points[i], column);
        if (!s || s->n == 0 || s->undefined > 0) return false;
        if (s->min != first->min || s->max != first->min) return false;
    }
    return true;
}

static size_t collect(const struct sweep_result *result, const struct metric_choice *choice,
                      struct column **list, size_t count)
{
    for (size_t i = 0; i < result->design->count; i++) {
        const struct alternative_result *r = &result->points[i].result;
        for (size_t c = 0; c < r->column_count; c++) {
            if (!choice_means(choice, r->columns, r->column_count, c)) continue;
            if (column_find(*list, count, &r->columns[c]) != SIZE_MAX) continue;
            *list = memory_grow(*list, sizeof **list, count + 1);
            (*list)[count++] = r->columns[c];
        }
    }
    return count;
}

struct column *sweep_columns(const struct sweep_result *result, size_t *count)
{
    struct column *list = NULL;
    *count = 0;
    for (size_t m = 0; m < result->metric_count; m++) {
        size_t first = *count, end = collect(result, &result->metrics[m], &list, first);
        for (size_t c = first; c < end; c++)
            if (!is_always_0(result, &list[c])) list[(*count)++] = list[c];
        if (*count == first && end > first) (*count)++;
    }
    return list;
}

struct summary sweep_difference(const struct evaluation *point, const struct evaluation *base,
                                const struct column *column)
{
    const struct alternative_result *a = &point->result, *b = &base->result;
    size_t i = column_find(a->columns, a->column_count, column);
    size_t k = column_find(b->columns, b->column_count, column);
    uint32_t pairs = a->replications < b->replications ? a->replications : b->replications;
    if (i == SIZE_MAX || k == SIZE_MAX) pairs = 0;
    double *differences = memory_new(sizeof *differences, pairs);
    for (uint32_t r = 0; r < pairs; r++)
        differences[r] = a->values[r * a->column_count + i] - b->values[r * b->column_count + k];
    struct summary summary = summary_of((struct sample){differences, 1, pairs}, SUMMARY_LEVEL);
    free(differences);
    return summary;
}

struct summary *sweep_effects(const struct sweep_result *result, const struct column *column)
{
    size_t runs = result->design->count;
    const double **values = memory_new(sizeof *values, runs);
    size_t *strides = memory_new(sizeof *strides, runs);
    struct effects_input input = {values, strides, result->design->plan->group_count, UINT32_MAX};
    bool all = true;
    for (size_t i = 0; i < runs; i++) {
        const struct alternative_result *r = &result->points[i].result;
        size_t c = column_find(r->columns, r->column_count, column);
        all = all && c != SIZE_MAX;
        values[i] = c == SIZE_MAX ? NULL : &r->values[c];
        strides[i] = r->column_count;
        if (r->replications < input.replications) input.replications = r->replications;
    }
    struct summary *summaries = all ? memory_new(sizeof *summaries, runs) : NULL;
    if (all) effects_summarise(&input, summaries);
    free(values);
    free(strides);
    return summaries;
}

// Tornado.

static bool is_clear(const struct summary *s)
{
    return s->low > 0 || s->high < 0;
}

static double length(const struct tornado_bar *bar)
{
    return fmax(fabs(bar->low.mean), fabs(bar->high.mean));
}

static int longest_first(const void *left, const void *right)
{
    const struct tornado_bar *a = left, *b = right;
    double x = length(a), y = length(b);
    if (x > y || (isnan(y) && !isnan(x))) return -1;
    if (x < y || (isnan(x) && !isnan(y))) return 1;
    return (a->axis > b->axis) - (a->axis < b->axis);
}

struct tornado_bar *sweep_tornado(const struct sweep_result *result, const struct column *column)
{
    size_t axes = result->design->plan->axis_count;
    const struct evaluation *base = &result->points[0];
    if (!sweep_summary(base, column)) return NULL;
    struct tornado_bar *bars = memory_new(sizeof *bars, axes);
    for (size_t i = 0; i < axes; i++) {
        const struct evaluation *low = &result->points[1 + 2 * i], *high = low + 1;
        bars[i] = (struct tornado_bar){.axis = i,
                                       .low = sweep_difference(low, base, column),
                                       .high = sweep_difference(high, base, column)};
        bars[i].clear = is_clear(&bars[i].low) || is_clear(&bars[i].high);
    }
    qsort(bars, axes, sizeof *bars, longest_first);
    return bars;
}
