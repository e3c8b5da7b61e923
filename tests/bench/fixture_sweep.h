#pragma once

#include "tests/bench/probe.h"

#include <math.h>

#include "bench/experiment/memory.h"
#include "bench/experiment/sweep.h"

// A sweep that was never run: its points are those of a design, its numbers a function of their
// values.  Columns: cost_usd of two payers (the second is always 0), wait_s p99 of the app.

enum { SWEPT_COLUMNS = 3, SWEPT_REPLICATIONS = 4 };

// cost, or wait, at a point in a replication; numbers are the axes' in order.
typedef double swept_value(const double *numbers, size_t column, uint32_t replication);

struct swept {
    struct probe probe;
    struct design design;
    struct sweep_result result;
};

static inline bool swept_takes(void *context, const struct scenario_point *point)
{
    (void)context;
    (void)point;
    return true;
}

static inline void swept_fill(struct swept *s, size_t point, swept_value *value)
{
    static const struct column columns[SWEPT_COLUMNS] = {
        {.labels = {[LABEL_PAYER] = "owner"}},
        {.labels = {[LABEL_PAYER] = "callers"}},
        {.labels = {[LABEL_APP] = "My'App", [LABEL_QUANTILE] = "0.99"}}};
    struct evaluation *e = &s->result.points[point];
    struct alternative_result *r = &e->result;
    double numbers[SWEEP_AXES_MAX + 1];
    for (size_t k = 0; k < s->design.plan->axis_count; k++)
        numbers[k] = s->design.points[point].values[k]->number;
    *e = evaluation_of(&s->design.points[point].what);
    r->columns = memory_new(sizeof *r->columns, SWEPT_COLUMNS);
    memcpy(r->columns, columns, sizeof columns);
    for (size_t c = 0; c < SWEPT_COLUMNS; c++)
        r->columns[c].metric = metric_find(c < 2 ? "cost_usd" : "wait_s");
    r->column_count = SWEPT_COLUMNS;
    r->replications = SWEPT_REPLICATIONS;
    r->precision_reached = true;
    r->values = memory_new(sizeof *r->values, SWEPT_COLUMNS * SWEPT_REPLICATIONS);
    for (uint32_t n = 0; n < SWEPT_REPLICATIONS; n++)
        for (size_t c = 0; c < SWEPT_COLUMNS; c++)
            r->values[n * SWEPT_COLUMNS + c] = c == 1 ? 0 : value(numbers, c, n);
    evaluation_summarise(e);
}

static inline struct swept *swept_create(const char *sweep, swept_value *value)
{
    char text[2048];
    struct swept *s = calloc(1, sizeof *s);
    assert_non_null(s);
    snprintf(text, sizeof text, "\"question\": \"Why?\", \"x-\": 10, \"sweep\": {%s}", sweep);
    s->probe = probe_right(PROBE_TOP, text);
    const char *error;
    assert_true(design_make(&s->design, s->probe.arena, s->probe.scenario.sweep, 1, swept_takes,
                            NULL, &error));
    s->result = (struct sweep_result){.scenario = &s->probe.scenario,
                                      .design = &s->design,
                                      .metrics = sweep_usual_metrics,
                                      .metric_count = SWEEP_USUAL_METRICS};
    s->result.points = memory_new(sizeof *s->result.points, s->design.count);
    for (size_t i = 0; i < s->design.count; i++)
        swept_fill(s, i, value);
    return s;
}

static inline void swept_free(struct swept *s)
{
    sweep_free(&s->result);
    probe_close(&s->probe);
    free(s);
}

// Cost: 10 times the first number plus the second, and half a dollar more in every other
// replication (so the interval is never empty).  Wait: 20 minus the first number.
static inline double swept_plain(const double *numbers, size_t column, uint32_t replication)
{
    double second = isnan(numbers[1]) ? 0 : numbers[1];
    if (column == 0) return 10 * numbers[0] + second + 0.5 * (replication % 2);
    return 20 - numbers[0];
}

#define SWEPT_GRID "\"axes\": {\"/a\": [1, 2, 4], \"/s\": [\"x\", \"y\"]}"
