#pragma once

#include "bench/experiment/plan.h"
#include "bench/output/figure.h"
#include "bench/output/files.h"

// What a promise costs: each setting that was tried, its cost against the number of one promise,
// with 95 % intervals; feasible, infeasible and undecided by colour, the chosen one ringed, the
// promise as a line, the floor as another, and the settings that nothing beats in both, connected.

bool figure_frontier_wanted(const struct plan_result *result);
void figure_frontier_draw(const struct figure *figure, const struct plan_result *result,
                          size_t limit);

// A picture for each promise that varies.  As figures_draw().
size_t figure_frontier_draw_all(const struct plan_result *result, const char *folder,
                                struct files_problem *problem);
