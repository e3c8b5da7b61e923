#pragma once

#include "bench/experiment/design.h"
#include "bench/experiment/evaluator.h"

// Runs the points of a design: each with the replications of the scenario's plan, and where that
// has rules ("until"), each until its own numbers are precise enough, whatever the others need.

struct sweep_result {
    const struct scenario *scenario;
    const struct design *design;
    struct evaluation *points; // by point of the design
    const struct metric_choice *metrics;
    size_t metric_count;
    bool interrupted;
    double wall_s; // for stderr only
    struct evaluator *evaluator;
};

// What a sweep reports when nobody says: cost, downtime, the slowest 1 % of waits, success.
extern const struct metric_choice sweep_usual_metrics[];
enum { SWEEP_USUAL_METRICS = 4 };

// False: *error says why it could not be done.  `options` without keep and rules.
bool sweep_run(struct sweep_result *result, const struct scenario *scenario,
               const struct design *design, const struct evaluator_options *options,
               const char **error);
void sweep_free(struct sweep_result *result);

// Every column that is reported of any point, each once: those that a metric means, without those
// that are 0 in all replications of all points, as long as another one of the metric is left.  By
// metric, then in order of appearance.  free() the list.
struct column *sweep_columns(const struct sweep_result *result, size_t *count);

// Is the column the same number in all replications of all points?
bool sweep_is_constant(const struct sweep_result *result, const struct column *column);

// The column's summary at a point; NULL: it has none.
const struct summary *sweep_summary(const struct evaluation *point, const struct column *column);

// Point minus base, paired by replication.
struct summary sweep_difference(const struct evaluation *point, const struct evaluation *base,
                                const struct column *column);

// Of a factorial2 that was finished: summaries by mask, or NULL when a run has no such column.
struct summary *sweep_effects(const struct sweep_result *result, const struct column *column);

struct tornado_bar { // what one axis does to one column
    size_t axis;
    struct summary low, high; // difference to the file's values
    bool clear;               // one of the two intervals does not cover 0
};
// Sorted, the longest first; NULL when the base has no such column.  free() it.
struct tornado_bar *sweep_tornado(const struct sweep_result *result, const struct column *column);
