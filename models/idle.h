#pragma once

#include "models/world.h"

// Idle runners and how long they stay (P4).
//
// Runners that have served and runners that never have may stay for different times, so each pool
// keeps two lists, both in the order in which the runners became idle.  Within a list all wait
// equally long, so only the heads can be due, and one timer for a pool, moved lazily, is enough for
// any number of runners.
//
// An expired runner stays while the pool would otherwise fall below its target; `held` remembers
// that, and idle_trim() looks again after every change of the target.

void idle_join(struct model *model, struct pool *pool, uint32_t runner, bool fresh);
void idle_leave(struct model *model, struct pool *pool,
                uint32_t runner); // also when it is in neither list
// Stops expired runners, the longest idle first, while more than `floor` are ready; arms the timer
// for the next.
void idle_trim(struct model *model, struct pool *pool, uint32_t floor);
// The settings changed: forget the timer and look at the heads anew.
void idle_rearm(struct model *model, struct pool *pool);

void on_keep_alive(void *model, struct sim_event event);
