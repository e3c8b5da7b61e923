#pragma once

#include "models/world.h"

// Asks the autoscaler of an app and does what it says (A1, A3).
//
// Each revision that takes requests has an autoscaler of its own: the routed one, and during a
// rollout the one beside it (side.h), for its share of the requests.

void scaler_create(struct model *model, struct pool *pool, struct arena *arena);
size_t scaler_memory(const struct scenario_config *config);

struct autoscaler_view scaler_view(const struct model *model, const struct app *app,
                                   const struct pool *pool);
uint32_t scaler_target(const struct model *model, const struct app *app,
                       const struct pool *pool); // runners wanted now
// For the load of all revisions together.
uint32_t scaler_target_of_all(const struct model *model, const struct app *app);

// Starting or ready; the replacement of a restart counts together with the runner that it replaces,
// on top of which it comes (R4).
uint32_t scaler_alive(const struct pool *pool);

// The revision begins to take requests: what its autoscaler remembers is forgotten.
void scaler_begin(struct model *model, struct pool *pool);
// Starts and stops runners of a pool that takes requests; while the rollout holds the autoscaler,
// it only looks on.
void scaler_ask(struct model *model, struct app *app, struct pool *pool);

// The start of that number is made now, if the pool takes requests and one is missing.
void scaler_start(struct model *model, struct app *app, struct pool *pool, uint64_t number);

void on_scaler(void *model, struct sim_event event); // it wanted to be asked again
