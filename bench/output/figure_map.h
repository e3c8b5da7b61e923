#pragma once

#include "bench/output/sweep_figure.h"

// A heat map over two axes, of numbers or one of texts; the number is in the cell where there are
// few.  Axes beyond these stay at their first values, as the subtitle says.

bool figure_map_wanted(const struct sweep_figure *f);
void figure_map_draw(const struct sweep_figure *f);
