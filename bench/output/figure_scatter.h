#pragma once

#include "bench/output/sweep_figure.h"

// Of designs that draw their points: the number against each axis of numbers, side by side, each
// point with its 95 % interval.

bool figure_scatter_wanted(const struct sweep_figure *f);
void figure_scatter_draw(const struct sweep_figure *f);
