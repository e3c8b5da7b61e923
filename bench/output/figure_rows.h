#pragma once

#include "bench/output/sweep_figure.h"

// Pictures with a row for each thing: a dot or a bar, and whiskers for the 95 % interval.
//
//   dots     points of a sweep whose axes are all texts
//   effects  of a factorial2, the largest first; grey where the interval covers 0
//   tornado  of each axis: down and up from the file's values; grey where the interval covers 0

bool figure_dots_wanted(const struct sweep_figure *f);
void figure_dots_draw(const struct sweep_figure *f);
bool figure_effects_wanted(const struct sweep_figure *f);
void figure_effects_draw(const struct sweep_figure *f);
bool figure_tornado_wanted(const struct sweep_figure *f);
void figure_tornado_draw(const struct sweep_figure *f);
