#pragma once

#include "models/world.h"

// What is to come of an app, for an autoscaler that knows the future (A3, the oracle): how many
// runners are worth having now.
//
// A copy of each of the app's sources runs `lookahead` ahead of the source itself.  Arrivals and
// service times are keyed by the request's number, so the copy draws what the source will draw. The
// copies feed an ideal pool whose runners are always ready: max_concurrency x max_multiplexing
// slots and a first-come-first-served line.  It needs n = ceil(requests in service /
// max_multiplexing) runners at each moment.
//
// Take the k-th runner to be the one that is needed while n >= k.  Its idle times are the gaps in
// between, and each gap can be judged alone: it is kept when the gap is not longer than setup() is
// on average, else it stops at the gap's beginning and a start is made so early that it is ready a
// nanosecond before the gap's end.  To pair the latest end with the next rise (last in, first out)
// is optimal, because the cost of a gap, min(length, setup), is concave in its length.  So among
// all policies under which no request waits for a start, none that cannot foresee how long its
// starts will take costs less on average, and with constant start times none costs less at all.  A
// policy that makes requests wait can be cheaper.
//
// Not foreseen: retries, responses, cancelling, deadlines, priorities, callers' limits, crashes,
// failed starts, closed loops, slowdown, rollouts, runners of several types, and how requests
// spread over runners with several slots.  The oracle answers those as they come.  Requests that
// arrive at the beginning, before a start could be ready, wait.
//
// Memory is bounded: /limits/requests requests in service and waiting in the ideal pool, and
// /limits/events steps to come.  Apps without such an autoscaler have none of it.

void foresight_create(struct model *model, struct app *app, struct arena *arena);
void foresight_begin(struct model *model, struct app *app); // at time 0, before the sources begin
size_t foresight_memory(const struct scenario_config *config);

uint32_t foresight_wanted(const struct app *app); // runners to have now

void on_foresight(void *model, struct sim_event event);
