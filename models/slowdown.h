#pragma once

#include "models/world.h"

// Requests that share a runner slow each other down (Q7): with k in flight each takes s(k) times as
// long.
//
//   factor f            s(k) = 1 + f (k - 1)
//   table               s(k) = its k-th number; beyond its end the last one
//   processor_sharing   s(k) = k, which is factor 1
//
// All requests of a runner progress at the same rate, so the runner counts, in whole nanoseconds,
// the work that each of them has had since its birth; a request is done when that count has grown
// by its own work.  A stretch of time dt with k in flight adds dt / s(k), rounded to the nearest
// nanosecond; s(k) is at least 1, so the rounding that sets the end of a request and this one
// agree.  Of a runner's requests only the one that leaves next has a timer. request_timeout is in
// wall time.

void slowdown_join(struct model *model, uint32_t request,
                   sim_time work); // it has boarded its runner
// A request of the runner is over; true when its work is done, false when request_timeout cut it.
bool slowdown_done(struct model *model, uint32_t runner, uint32_t request);
void slowdown_leave(struct model *model, uint32_t runner); // a request has left the runner
void slowdown_clear(struct model *model, uint32_t runner); // all of them have
