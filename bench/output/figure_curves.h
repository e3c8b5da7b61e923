#pragma once

#include "bench/output/sweep_figure.h"

// The mean over an axis of numbers with its 95 % interval as a band; a line for each setting of
// the other axes, as long as there are few.

bool figure_curves_wanted(const struct sweep_figure *f);
void figure_curves_draw(const struct sweep_figure *f);
