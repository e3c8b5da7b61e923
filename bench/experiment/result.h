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
    enum metric_form form;
    uint32_t source; // FORM_RATIO: which of the pairs; FORM_QUANTILE: which of the pools
    double quantile;
};

enum interval_method { // bench/experiment/interval.h says which number gets which
    INTERVAL_STUDENT_T,
    INTERVAL_JACKKNIFE,
    INTERVAL_SECTIONING,
    INTERVAL_ORDER_STATISTICS,
    INTERVAL_BINOMIAL,
    INTERVAL_BATCH_MEANS,
    INTERVAL_METHODS
};
extern const char *const interval_method_names[]; // "student_t", ...; ends with NULL

enum interval_scale { // other than LINEAR where the symmetric interval left what is possible
    SCALE_LINEAR,
    SCALE_LOG,       // of the number
    SCALE_LOG_FROM_1 // of a share's distance from 1
};

enum interval_gap { // why an end of the interval is missing
    GAP_NONE,
    GAP_UNDEFINED,  // the number was never defined
    GAP_ONE,        // one replication
    GAP_FEW,        // too few replications: no finite limit
    GAP_CORRELATED, // batches of one run that depend on each other
    INTERVAL_GAPS
};
extern const char *const interval_gap_texts[]; // NULL for GAP_NONE

struct summary {         // over the replications in which the number was defined
    uint32_t n;          // of those
    uint32_t undefined;  // replications in which it was not
    double mean;         // of the replications' numbers; NaN when n = 0
    double low, high;    // the interval; NaN where there is none
    double sd, min, max; // sd is NaN when n < 2
    double skewness;     // NaN when n < 3 or sd = 0
    double estimate;     // that the interval is about; see summary_estimate()
    enum interval_method method;
    enum interval_scale scale;
    bool few;            // sectioning: fewer observations a replication than the quantile needs
    uint32_t clean;      // replications with the perfect number (no downtime, all succeeded)
    uint32_t batches;    // INTERVAL_BATCH_MEANS: how many; and how much time would have to count
    double needed_run_s; // for +/- 5 %; 0: not known
    enum interval_gap gap;
};

// The mean of the replications is the estimate of Student's interval only.
static inline double summary_estimate(const struct summary *summary)
{
    return summary->method == INTERVAL_STUDENT_T ? summary->mean : summary->estimate;
}

struct sketch; // sketch.h

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

// A series averaged over pilot runs, from time 0, and where MSER-5 cuts it.
struct warm_up_series {
    const char *alternative, *app, *what; // "requests in the system", "runners"
    double *values;                       // by bin
    size_t cut;                           // bins
    bool inconclusive;                    // it has not settled: the run is too short
};

struct warm_up { // "auto"; warm_up.h
    bool asked;
    uint32_t pilots;
    sim_time step, cut; // cut: the longest of the series'
    size_t bins, batch; // of a series; bins that MSER averages first
    bool inconclusive;  // one of the series is, so nothing was simulated but pilots
    const char *fault;  // of a pilot; NULL: none
    struct warm_up_series *series;
    size_t count;
};

struct alternative_result {
    const struct alternative *alternative;
    uint32_t replications; // finished, a prefix: 0 to replications - 1
    struct column *columns;
    size_t column_count;
    double *values;            // [replication * column_count + column]
    size_t pair_count;         // columns that are ratios
    double *pairs;             // [(replication * pair_count + column.source) * 2]: part, whole
    size_t pool_count;         // histograms that columns are quantiles of
    struct sketch *pools;      // by column.source: of all replications together
    double level;              // of the intervals; 0: SUMMARY_LEVEL
    struct summary *summaries; // by column
    struct series series;      // column_count 0: not asked for
    uint64_t events;           // of all replications
    const char *fault;         // first fault, by replication; NULL: none
    uint32_t fault_replication;
    bool precision_reached; // true also when no precision was asked for
    uint32_t needed;        // for the precision asked for, probably; 0: nobody can tell, or reached
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
    struct summary own; // that `summary` points to when a statistic but the mean was asked for
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
    struct warm_up warm_up;
    struct scenario *own; // the scenario with the warm-up that was found; NULL: as it came
    bool interrupted;
    double wall_s; // for stderr only: never part of a result file
};

// The text after a metric's name: "{app=MyApp, quantile=0.99}"; empty without labels.  Returns
// buffer.
const char *column_labels(const struct column *column, char *buffer, size_t size);
// Index of the column with this metric and exactly these labels, or SIZE_MAX.
size_t column_find(const struct column *columns, size_t count, const struct column *wanted);
