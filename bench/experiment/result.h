#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/input/scenario.h"
#include "models/metrics.h"
#include "sim/time.h"

// What an experiment has found: plain data between bench/experiment/, which fills it in, and
// bench/output/, which writes it down.

struct column { // one number with its labels, the same in every replication
    const struct metric *metric;
    const char *labels[LABELS]; // NULL: not about that
};

struct summary {         // over the replications in which the number was defined
    uint32_t n;          // of those
    uint32_t undefined;  // replications in which it was not
    double mean;         // NaN when n = 0
    double low, high;    // 95 % Student-t interval; NaN when n < 2
    double sd, min, max; // sd is NaN when n < 2
    double skewness;     // NaN when n < 3 or sd = 0
};

struct series_column {
    struct column column;
    double *values; // by bin; NaN: undefined
};
struct series_mark {
    sim_time at;
    const char *what, *app, *detail; // "deploy", "MyApp", "recreate"
};
struct series { // of replication 0
    sim_time step;
    size_t bins; // bin i covers [i * step, (i + 1) * step), the last one ends at the horizon
    struct series_column *columns;
    size_t column_count;
    struct series_mark *marks;
    size_t mark_count;
};

struct alternative_result {
    const struct alternative *alternative;
    uint32_t replications; // finished, a prefix: 0 to replications - 1
    struct column *columns;
    size_t column_count;
    double *values;            // [replication * column_count + column]
    struct summary *summaries; // by column
    struct series series;      // column_count 0: not asked for
    uint64_t events;           // of all replications
    const char *fault;         // first fault, by replication; NULL: none
    uint32_t fault_replication;
    bool precision_reached; // true also when no precision was asked for
};

// An alternative minus the first one, paired by replication (common random numbers).
struct comparison {
    size_t alternative, column; // index into the alternatives; column of the alternative
    struct summary difference;
    double variance_ratio; // (var A + var B) / var(A - B); NaN where undefined
};

enum verdict { VERDICT_MET, VERDICT_MISSED, VERDICT_UNDECIDED, VERDICT_NO_DATA };

struct expectation_result {
    const struct expectation *expectation;
    const struct alternative_result *alternative;
    const struct column *column; // NULL: there is none; then summary is NULL too, and it is NO_DATA
    const struct summary *summary;
    enum verdict verdict;
};

struct experiment_result {
    const struct scenario *scenario;
    struct alternative_result *alternatives;
    size_t alternative_count;
    struct comparison *comparisons;
    size_t comparison_count;
    struct expectation_result *expectations;
    size_t expectation_count;
    bool interrupted;
    double wall_s; // for stderr only: never part of a result file
};

// The text after a metric's name: "{app=MyApp, quantile=0.99}"; empty without labels.  Returns
// buffer.
const char *column_labels(const struct column *column, char *buffer, size_t size);
// Index of the column with this metric and exactly these labels, or SIZE_MAX.
size_t column_find(const struct column *columns, size_t count, const struct column *wanted);
