#pragma once

#include "bench/experiment/sweep.h"
#include "bench/output/files.h"

// The pictures of a sweep, of each number that it reports and that is not the same everywhere (of
// SWEEP_FIGURES_MAX numbers at most):
//
//   METRIC-curves   one axis of numbers: the mean with its 95 % interval as a band, a line for each
//                   setting of the axes that are no numbers
//   METRIC-map      two axes of numbers, or one and one of texts with many lines: a heat map
//   METRIC-dots     no axis of numbers: a dot with its interval for each point
//   METRIC-effects  of a factorial2: effects with intervals, the largest first
//   METRIC-tornado  of a tornado: bars from the file's values, with intervals
//
// Axes beyond those in the picture stay at the first of their values, as its subtitle says.

enum { SWEEP_FIGURES_MAX = 16 };

// As figures_draw().
size_t sweep_figures_draw(const struct sweep_result *result, const char *folder,
                          struct files_problem *problem);
