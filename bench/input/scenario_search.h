#pragma once

#include "bench/input/axis.h"
#include "bench/input/scenario_parts.h"

// The key "plan": the cheapest setting that keeps some promises.
//
//   "plan": {"minimise": {"metric": "cost_usd", "indifference": 0.05},
//            "subject_to": [{"metric": "wait_s", "quantile": "0.99", "max": 2},
//                           {"metric": "request_success_ratio", "min": 0.999}],
//            "knobs": {"/apps/MyApp/min_concurrency": {"from": 0, "to": 8, "monotone": "up"},
//                      "/apps/MyApp/keep_alive": {"from": "0s", "to": "15m", "step": "30s"}},
//            "replications": {"initial": 20, "max": 400}, "points": 1000}
//
// Replications of a point: "initial" of them, and up to "max" for points that are undecided or
// close to the cheapest.  Given on the command line, --replications counts instead.
//
// A knob is "up" when more of it never makes a promise harder to keep and never makes things
// cheaper, "down" when that is so for less of it.  The program checks what the file claims.

enum knob_trend { TREND_UNKNOWN, TREND_UP, TREND_DOWN };
extern const char *const knob_trend_names[]; // "up", "down"; ends with NULL

struct search_knob {
    struct axis axis; // its values in order
    enum knob_trend trend;
};

struct search_limit { // what a setting must keep: each column that the choice means
    struct metric_choice choice;
    double min, max; // NaN: not given
    struct diag_place place;
};

enum { SEARCH_KNOBS_MAX = 8, SEARCH_LIMITS_MAX = 32 };

struct search_plan {
    struct metric_choice minimise;
    double indifference; // a difference that does not matter; NaN: 1 % of the lowest mean
    const struct search_limit *limits;
    size_t limit_count;
    const struct search_knob *knobs;
    size_t knob_count;
    uint32_t initial, most; // replications of a point
    uint32_t points;        // that may be tried
};

void scenario_search_read(const struct parts *base, const cJSON *root, struct scenario *scenario);
