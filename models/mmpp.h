#pragma once

#include "models/world.h"

// Markov-modulated Poisson arrivals (T1): the source is in one of a few states, stays in it for an
// exponential time, goes to another one by given probabilities, and while it stays, requests
// arrive as a Poisson process of the state's rate.
//
// The walk begins at the source's `from`.  Each stay has a number, and its length, where it leads
// and its arrivals are keyed by that number; the gap that reaches over the end of a stay is dropped
// and drawn anew, which an exponential gap does not notice.  So another rate of one state leaves
// the path through the states and all arrivals during stays in other states exactly where they are;
// another mean stretches the stays of that state and shifts what comes later, with the same gaps.

// The next arrival after source->clock; SIM_NEVER: not before the horizon.
sim_time mmpp_next(struct source *source, sim_time horizon);

// Shares of time in each state in the long run.  probabilities[i * count + j]: from i to j; every
// state must lead to every other one.
enum { MMPP_STATES_MAX = 32 };
void mmpp_long_run(const double *probabilities, const struct mmpp_state *states, uint32_t count,
                   double *shares);
