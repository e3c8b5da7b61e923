#pragma once

#include "models/world.h"

// Settings changed at run time by a scale event (A4; domain 2.1).
//
// Those that a deploy keeps are the app's: they hold at once, for runners that are idle and
// requests that wait already; an attempt that has begun keeps its request_timeout. max_multiplexing
// and startup_timeout come with the code: a change holds for the revision that has the alias, and
// is forgotten when a deploy or a rollback goes to a revision.  A lower max_multiplexing cuts
// nothing: a runner gets no more requests until it has fewer than that in flight.  Setups under way
// keep their startup_timeout.

void tuning_apply(struct scaling_config *scaling, const struct timeline_config *event);
void tuning_scale(struct model *model, struct app *app, const struct timeline_config *event);
void tuning_reset(struct model *model, struct pool *pool); // to the values of the code

// Time of slots of ready runners, from the time of runners.
static inline sim_wide tuning_slots_ns(const struct pool *pool, sim_wide runner_ns)
{
    return runner_ns * pool->max_multiplexing + pool->tuned_slots_ns;
}
