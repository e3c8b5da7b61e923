#pragma once

#include "models/world.h"

// Arrivals from counts (T1, T2): so many requests in each minute, as platforms publish them.
//
// Inside a bin they come at equal distances (the middle of each share), or at random: then the
// times are independent and uniform, and drawn in order, one uniform each: the first of n uniforms
// lies at 1 - (1 - u)^(1/n) of what is left.  Draws are keyed by bin and place in it, so another
// count of one bin moves no arrival of the others.

sim_time counts_next(struct source *source); // SIM_NEVER: no more
