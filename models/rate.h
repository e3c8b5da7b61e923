#pragma once

#include "models/config.h"

// Rates that change with time, and the arrivals that they make (T1): a step function, straight
// lines between given values, a cosine wave, a flash crowd.
//
// All are drawn by inverting the integrated rate R: a unit-rate Poisson process, one uniform an
// arrival, is stretched so that the k-th arrival comes when R reaches the k-th arrival of the unit
// process.  So no draw is thrown away as in thinning, a busier curve moves the same arrivals closer
// together, and whatever a curve does after t leaves all arrivals before t where they are: common
// random numbers between alternatives that differ in the curve.
//
// Within a piece R is a parabola (solved in closed form), or a straight line and an exponential
// (solved by Newton's method, which climbs from below on a concave function); the wave is Kepler's
// equation (Newton's method between brackets that halve when it leaves them). All end at the
// nearest representable time, which is far below 1 ns.

// When the integrated rate has grown by `amount` since `at`; SIM_NEVER: not before the horizon.
sim_time rate_reach(const struct traffic_config *config, sim_time at, double amount,
                    sim_time horizon);
