#pragma once

#include "bench/experiment/result.h"

// "warm_up": "auto" (method A3): PILOTS replications without a warm-up, on random numbers of their
// own, are observed on a grid of about BINS bins: of each app the requests in the system (waiting
// and in service) and its runners.  Each series is averaged over the pilots and cut by MSER-5
// (mser.h); the warm-up is the longest cut of all series and alternatives, so that alternatives
// stay comparable.  In a cyclic study the batches are cycles instead of five bins.
//
// A series that has not settled leaves no result: the answer is to run longer.  What is cut resets
// statistics and never the state (models/model.c); requests count when they were submitted after
// it.

enum { WARM_UP_PILOTS = 10, WARM_UP_BINS = 1000 };

bool warm_up_wanted(const struct scenario *scenario);

// What the pilots run: the alternatives that want a warm-up found.  free() releases it.
struct scenario *warm_up_pilots(const struct scenario *scenario);

struct warm_up warm_up_begin(const struct scenario *pilots);
// A pilot's series, alternatives in any order, pilots of one in order.
void warm_up_add(struct warm_up *warm_up, const struct scenario *pilots, size_t alternative,
                 const struct series *series);
void warm_up_decide(struct warm_up *warm_up);
void warm_up_free(struct warm_up *warm_up);

// The scenario with the warm-up that was found.  free() releases it; it points into the first.
struct scenario *warm_up_apply(const struct scenario *scenario, sim_time cut);
