#pragma once

#include "models/world.h"

// Where requests come from (T1, T2).
//
// Every source schedules its next arrival only, so any number of requests needs one pending event.
// The next arrival is a function of the struct source alone (of a trace: and of the feed), whose
// draws are keyed, so no strategy can shift anybody's arrivals, and a second copy of a source goes
// through the same ones.  What may change between two alternatives and leaves what in place:
//
//   poisson, renewal      another rate or distribution uses the same uniform for the k-th gap
//   rates that vary       rate.h: what comes later moves nothing before it
//   mmpp                  mmpp.h: each state keeps its arrivals when the others change
//   counts                counts.h: so does each minute
//   closed loop           users.h: each user keeps its think times
//   trace                 its rows
//
// Service times and other draws of a request are keyed by its number in the source, so a source
// that sends more requests in between gives later ones other service times.

void traffic_create(struct model *model, struct source *source, uint32_t id);
uint32_t traffic_batch(struct source *source); // requests of the present instant of arrival
// Where the request of a row goes, and what it is: as the row says, else as the source says.
uint32_t traffic_app(const struct source *source, const struct trace_row *row);
// When the source's next requests arrive, and moves its clock there; SIM_NEVER: none before the
// horizon.  Works on any copy that traffic_create() has made of source `id`, so that somebody can
// run ahead of the source itself (foresight.h): the same draws, and not a closed loop.
sim_time traffic_next(struct model *model, uint32_t id, struct source *source);
// Schedules the source's next arrival, if there is one before the horizon.
void traffic_schedule(struct model *model, uint32_t source);
