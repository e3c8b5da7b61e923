#pragma once

#include "bench/experiment/interrupt.h"
#include "bench/experiment/progress.h"
#include "bench/experiment/result.h"

// Runs replications of the points of a sweep or a search, and remembers what was found, so that a
// point can be given more replications later.
//
// Points are read and run in batches, so that memory is needed for the numbers that are kept and
// not for thousands of scenarios.  All points use the same seed (common random numbers), and a
// point's n-th replication is the same whenever it is made.

struct evaluator_options {
    const struct scenario_source *source;
    const struct metric_choice *keep; // columns that these mean are kept
    size_t keep_count;
    const struct replication_plan *rules; // and those of the metrics of its rules; NULL: none
    unsigned threads;
    struct progress *progress;         // NULL: none
    const struct interrupt *interrupt; // NULL: nobody can
};

struct evaluation { // of a point
    const struct scenario_point *point;
    uint32_t wanted; // replications
    // Columns that are kept.  `alternative` knows its name only; there are no series, and no
    // summaries before evaluation_summarise().
    struct alternative_result result;
    struct alternative alternative;
    size_t *kept; // columns of a replication
    size_t full;  // how many columns it has
    uint64_t shape;
};

struct evaluator;

enum evaluator_end { EVALUATOR_DONE, EVALUATOR_INTERRUPTED, EVALUATOR_FAILED };

struct evaluator *evaluator_create(const struct evaluator_options *options); // NULL: errno
void evaluator_free(struct evaluator *evaluator);
const char *evaluator_error(const struct evaluator *evaluator); // after EVALUATOR_FAILED

// Makes the replications that are wanted and not there yet.  A point with a fault gets no more.
enum evaluator_end evaluator_run(struct evaluator *evaluator, struct evaluation *const *list,
                                 size_t count);

struct evaluation evaluation_of(const struct scenario_point *point);
void evaluation_summarise(struct evaluation *evaluation);
void evaluation_free(struct evaluation *evaluation);

// Does the scenario take these points?  False: diag says why not.
bool evaluator_check(const struct scenario_source *source,
                     const struct scenario_point *const *points, size_t count, struct diag *diag);
