#pragma once

#include "models/world.h"

// How long setup() of a runner takes (P3): a distribution, or a ladder of named steps whose times
// add up. A step is a time, or a size over the bandwidth of a tier, drawn anew for each start and
// step.
//
// The first runner of a revision in a region pays first_in_region_factor times as much for each
// step, because what its region caches has to be fetched first.  It is the first when no runner of
// the revision that has begun setup() lives there and the last one left more than cache_lifetime
// ago, or never was.

void setup_create(struct model *model, struct pool *pool, struct arena *arena);
void setup_reset(struct model *model); // the warm-up is over
// The runner begins setup(): its length, not bounded by startup_timeout yet.
sim_time setup_begin(struct model *model, struct runner *runner);
// As far as it can be known of a start to come: bounded by startup_timeout, not the first in its
// region; and its mean.
sim_time setup_length(struct model *model, struct pool *pool, uint64_t number);
double setup_mean_s(const struct model *model, const struct revision_config *revision);
void setup_left(struct model *model, struct runner *runner); // the runner is gone

// The steps of an app's ladders with their mean times; steps of one name are the same step in all
// revisions.
typedef void setup_step_sink(void *context, const char *name, double mean_s); // NaN: never reached
void setup_report(const struct model *model, const struct app *app, setup_step_sink *sink,
                  void *context);
