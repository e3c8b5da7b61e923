#pragma once

#include "bench/input/axis.h"
#include "bench/input/condition.h"
#include "bench/input/scenario_parts.h"

// The key "sweep": which variants of the scenario are of interest.
//
//   "sweep": {"axes": {"/apps/MyApp/min_concurrency": [0, 1, 2, 4]},
//             "zip": [["rate", "runners"]], "where": "rate < 10", "design": "grid", "points": 64,
//             "metrics": [{"metric": "wait_s", "quantile": "0.99"}]}
//
// Axes that are zipped move together: the first values, the second values, ...  A file with
// "compare" has one more axis, "alternative".  The points of a design are made by
// bench/experiment/design.h.

enum sweep_design {
    DESIGN_GRID,       // every combination
    DESIGN_FACTORIAL2, // the lowest and the highest value of each axis (method A11)
    DESIGN_LHS,        // Latin hypercube
    DESIGN_SOBOL,      // quasi-random
    DESIGN_TORNADO,    // one axis at a time, percent down and up from what the file says
};
extern const char *const sweep_design_names[]; // ends with NULL

enum { SWEEP_AXES_MAX = 32, SWEEP_POINTS_MAX = 1000000 };

struct sweep_plan {
    struct axis *axes;
    size_t axis_count;
    uint32_t *groups; // by axis: those of one group move together, numbered in order from 0
    uint32_t group_count;
    const struct condition *where; // NULL: all points
    enum sweep_design design;
    uint32_t points; // of lhs and sobol
    double percent;  // of tornado
    const struct metric_choice *metrics;
    size_t metric_count; // 0: the usual ones
    struct diag_place place;
};

// The alternatives are read already.  `root` is the whole file after --set.
void scenario_sweep_read(const struct parts *base, const cJSON *root, struct scenario *scenario);
