#pragma once

#include "models/world.h"

// Where requests come from (T1, T2).
//
// Every source schedules its next arrival only, so any number of requests needs one pending event.
// The k-th gap of a source is a fixed number of its stream, so no strategy can shift anybody's
// arrivals. Piecewise-constant rates are drawn by inverting the integrated rate, not by thinning:
// one uniform an arrival, and a change of one step's rate leaves the uniforms of the others where
// they were.

void traffic_create(struct model *model, struct source *source, uint32_t id);
uint32_t traffic_batch(struct source *source); // requests of the present instant of arrival
// Where the request of a row goes, and what it is: as the row says, else as the source says.
uint32_t traffic_app(const struct source *source, const struct trace_row *row);
void traffic_mark(const struct source *source, struct request *request,
                  const struct request_traits *traits);
// When the source's next requests arrive, and moves its clock there; SIM_NEVER: none before the
// horizon.  Works on any copy that traffic_create() has made of source `id`, so that somebody can
// run ahead of the source itself (foresight.h): the same draws, and not a closed loop.
sim_time traffic_next(struct model *model, uint32_t id, struct source *source);
// Schedules the source's next arrival, if there is one before the horizon.
void traffic_schedule(struct model *model, uint32_t source);
