#pragma once

#include "models/world.h"

// Most apps, most of the time, are plain: one revision takes requests, no rollout or restart is
// under way, and none of the features below is used.  Their requests take handlers of their own,
// which leave out the questions of service.c that a plain app answers with no, and what cancels out
// in it.  What they must not change is anything at all, to the last bit: tests/models/test_plain.c
// and every run of the swarm hold that.
//
//   of an app       downtime family, series, trace, sticky keys, callers' limits, endpoints,
//                   slowdown, responses, a factor of service times, foresight
//   of its sources  closed loop, batches, patience, cold service times, labels, rows for other apps
//
// Whether an app is plain can only change in a handler of the general kind; all of them count in
// m->epoch (model_at()), so the answer yes is kept until the next one has run.

void plain_create(struct model *model); // after apps, sources, hints, series

void on_arrival(void *model, struct sim_event event);
void on_service_done(void *model, struct sim_event event);
