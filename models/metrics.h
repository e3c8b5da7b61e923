#pragma once

#include <stdbool.h>

#include "sim/time.h"

// Every number that a replication reports: name, unit (the name's end says it too), direction,
// meaning.  What a number is about is a label, not part of its name.  DESIGN section 3.
//
// A number comes with what it was computed from where replications are put together from that and
// not from the number: a ratio of sums with both sums, a quantile with its histogram (method A7).

enum metric_better { BETTER_NEITHER, BETTER_LOWER, BETTER_HIGHER };

enum label {
    LABEL_APP,
    LABEL_REVISION,
    LABEL_MACHINE_TYPE,
    LABEL_AUTH_MODE,
    LABEL_PAYER, // owner, callers, absorbed
    LABEL_CALLER,
    LABEL_STATE,    // of a runner, or use of a machine: starting, idle, busy, draining
    LABEL_OUTCOME,  // of a request, or of a rollout
    LABEL_QUANTILE, // "0.5", "0.99"
    LABEL_ROLLOUT,  // "1": the scenario's first deploy
    LABEL_REGION,   // of a machine type, where it has capacity by region
    LABEL_PRIORITY, // of requests, where an app has some of low priority
    LABEL_WINDOW,   // "1h": a length of time that slides over the run
    LABELS
};
extern const char *const label_names[]; // "app", "revision", ...; ends with NULL

struct metric {
    const char *name; // NULL ends the table
    const char *unit; // "s", "usd", "1" for ratios, "count", "runners", ...
    enum metric_better better;
    const char *help;
};
extern const struct metric metrics[];
const struct metric *metric_find(const char *name); // NULL: no such metric

// What values are possible.  Numbers that can be negative are differences, and named excess_...;
// those of unit "1" that end in ratio, availability, utilisation, uptime, uptime_mcr or alert are
// shares, from 0 to 1.
bool metric_is_signed(const struct metric *metric);
bool metric_is_share(const struct metric *metric);
// The number of a replication in which nothing went wrong: 0, or 1 for a share; NaN: there is none.
double metric_perfect(const struct metric *metric);

enum metric_form { FORM_PLAIN, FORM_RATIO, FORM_QUANTILE };

struct hist;

struct metric_value {
    const struct metric *metric;
    const char
        *labels[LABELS]; // NULL: not about that.  The texts live as long as the scenario_config
    double value;        // NaN: undefined in this replication (no request, no capacity, ...)
    enum metric_form form;
    double part, whole;      // FORM_RATIO: value is part / whole
    const struct hist *hist; // FORM_QUANTILE: value is this quantile of it; lives until the end of
    double quantile;         // model_report(); 0 < quantile < 1
};

// Called once for each number, always in the same order for the same scenario_config.
typedef void metric_sink(void *context, const struct metric_value *value);

// The time series of a replication, bin by bin; only made when asked for.
struct series_sink {
    // One value for the bin [from, to); metrics named series_... say what they are.
    void (*value)(void *context, sim_time from, sim_time to, const struct metric_value *value);
    // Something happened that a picture should mark: "deploy", "switch", "abort", "capacity", ...
    void (*event)(void *context, sim_time at, const char *what, const char *app,
                  const char *detail);
    void *context;
};
