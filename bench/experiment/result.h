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

enum comparison_verdict {
    COMPARISON_UNDECIDED, // more replications would tell
    COMPARISON_SAME,      // in every replication, but for rounding
    COMPARISON_EQUAL,     // within the zone of differences that do not matter
    COMPARISON_BETTER,    // beyond the zone
    COMPARISON_WORSE,
    COMPARISON_LOWER, // the same for metrics without a direction
    COMPARISON_HIGHER,
};
extern const char *const comparison_verdict_names[]; // "cannot_tell", "same", ...

// An alternative minus the control: pairing.h.
struct comparison {
    size_t alternative, control, column; // indices of alternatives; column of the alternative
    size_t control_column;
    size_t rank; // of the headline that it belongs to; SIZE_MAX: none
    bool paired; // by replication; otherwise the two are independent (Welch)
    struct summary difference;
    double low, high; // simultaneous 95 % interval for all alternatives against the control
    double correlation, variance_reduction; // (var A + var B) / var(A - B); NaN where undefined
    double zone;                            // NaN: none
    enum comparison_verdict verdict;
    uint32_t needed; // replications more that would probably tell; 0: told; UINT32_MAX: too many
    double resolved; // half of the interval that they would give
};

// Who can still be best, by one number: mcb.h.  One for each alternative.
struct contender {
    uint32_t n;       // pairs of replications that the interval rests on, fewest
    double mean;      // minus the best of the others
    double low, high; // NaN: n < 2
};
struct contest {
    const struct column *column; // NULL: nothing decides; then nothing else is set
    bool smallest;               // is best
    struct contender *contenders;
};

// How a selection ended: selection.h.
enum selection_end {
    SELECTION_UNDER_WAY, // interrupted, or ended by a fault
    SELECTION_DONE,
    SELECTION_SPENT,     // the budget, before the race was over
    SELECTION_UNDEFINED, // the number that decides was undefined in a replication
    SELECTION_NO_NUMBER, // no number, or several, have the metric and labels of the plan
};
struct selection_result {
    const struct selection_plan *plan; // NULL: no selection was asked for
    enum selection_end end;
    size_t best;       // of those left by mean; SIZE_MAX: nobody knows
    bool *eliminated;  // by alternative: out of the race
    uint64_t spent;    // replications, of all alternatives
    uint32_t latest;   // the race would have ended after so many replications; UINT32_MAX: n/a
    double confidence; // OCBA: a bound on the probability of a correct selection; NaN: n/a
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
    size_t control; // what the others are compared with
    struct comparison *comparisons;
    size_t comparison_count;
    struct contest contest;
    struct selection_result selection;
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
