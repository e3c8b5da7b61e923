#pragma once

#include "bench/experiment/evaluator.h"
#include "bench/experiment/search.h"

// Searches the cheapest setting of a scenario's knobs that keeps its promises (method A11), and
// what a reader wants to know besides: why its neighbours are not better, how certain it is that
// nothing is cheaper, and how far it is from what perfect foresight would cost.
//
// A setting is feasible when the pessimistic end of the 95 % interval of every promise is on the
// right side, infeasible when the optimistic end of one is on the wrong side, else undecided; a
// promise about a number that does not exist is not kept.  Among feasible settings that are close
// the cheapest is selected by KN (kn.h) on the same random numbers, with the indifference zone of
// the file.

struct plan_check { // of a promise at a setting
    const struct search_limit *limit;
    const struct column *column; // NULL: there is no such number
    const struct summary *summary;
    enum feasibility feasibility;
};

struct plan_point {
    struct search_point *place;
    const struct axis_value *values[SEARCH_KNOBS_MAX];
    struct scenario_point what;
    struct evaluation evaluation;
    const char *refused; // why the scenario does not take the setting; NULL: it does
    double *costs;       // by replication
    struct summary cost;
    size_t worst; // limit that is furthest from being kept; SIZE_MAX: none was judged
};

struct plan_neighbour { // one step of one knob
    size_t knob;
    int step;
    size_t point; // SIZE_MAX: the knob ends here
};

enum plan_floor { FLOOR_NONE, FLOOR_FOUND, FLOOR_REFUSED };

struct plan_result {
    const struct scenario *scenario;
    const struct search_plan *plan;
    struct search_result search;
    struct plan_point *const *points; // as search.points
    size_t chosen, closest;           // SIZE_MAX: none
    struct plan_neighbour neighbours[2 * SEARCH_KNOBS_MAX];
    size_t neighbour_count;
    size_t rivals;    // feasible settings that were compared with the chosen one by KN
    bool selected;    // KN ended; otherwise the lowest mean counts
    double zone;      // its indifference zone
    size_t undecided; // settings that could be cheaper and were not decided
    enum plan_floor floor;
    struct summary floor_cost;     // of the same setting with the autoscaler "oracle"
    struct summary floor_distance; // cost of the chosen setting over the floor, minus 1
    bool interrupted;
    uint64_t replications, events;
    double wall_s;        // for stderr only
    struct plan_run *run; // owns all of it
};

// False: *error says why it could not be done.  `options` without keep and rules.
bool plan_run(struct plan_result *result, const struct scenario *scenario,
              const struct evaluator_options *options, const char **error);
void plan_free(struct plan_result *result);

// All promises at a point, in the order of the file, then of columns; free() the list.
struct plan_check *plan_checks(const struct plan_result *result, const struct plan_point *point,
                               size_t *count);

// How far a number is beyond what is allowed, as a share of it; 0 when it is not.
double plan_excess(const struct search_limit *limit, double value);
