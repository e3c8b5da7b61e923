#pragma once

#include "bench/experiment/plan.h"

// The settings of a plan on their way from levels of knobs to costs and kept promises: what the
// search (search.h) sees of them.  plan.h is the face of all this.

struct plan_run {
    struct plan_result *result;
    const struct evaluator_options *options;
    struct evaluator *evaluator;
    struct arena *arena;
    struct search_problem problem;
    uint32_t sizes[SEARCH_KNOBS_MAX];
    enum knob_trend trends[SEARCH_KNOBS_MAX];
    struct metric_choice *keep;
    struct plan_point **points; // as search.points
    size_t count;
    enum evaluator_end end;
    const char *error;
};

// A search_assess: the context is the run.
bool plan_points_assess(void *context, struct search_point *const *places, size_t count, bool more);
// Makes the replications that the points want, and judges them anew.  False: run->end says why.
bool plan_points_run(struct plan_run *run, struct plan_point *const *points, size_t count);
// The first problem that the scenario has with a setting; NULL: none.  free() it.
char *plan_points_problem(const struct plan_run *run, const struct scenario_point *what);
