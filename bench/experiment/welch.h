#pragma once

#include <stddef.h>

// Welch's moving average (method A3): the mean of 2 w + 1 neighbours, fewer at the beginning, where
// only i values lie to the left of the i-th and itself.  It shows with the eye where a series,
// averaged over replications, has settled.  The last w values have no average.

// out[0 .. count - window - 1]; returns how many there are.  window < count, or nothing.
size_t welch_average(const double *values, size_t count, size_t window, double *out);
