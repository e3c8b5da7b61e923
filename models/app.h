#pragma once

#include "models/world.h"

// An app at work: it asks its policies and does what they say.
//
// Every handler that has changed anything of an app calls app_react() once, at its end: the rollout
// under way is asked, waiting requests get free slots, the autoscaler is asked, expired runners are
// looked at again.

// Of a pool that takes requests.
struct autoscaler_view app_view(const struct app *app, const struct pool *pool);
uint32_t app_target(const struct app *app, const struct pool *pool); // runners wanted now
// For the load of all revisions together.
uint32_t app_target_of_all(const struct model *model, const struct app *app);
// Starting or ready; the replacement of a restart counts together with the runner that it replaces,
// on top of which it comes (R4).
uint32_t app_alive(const struct pool *pool);
void app_react(struct model *model, struct app *app);
// The last runner of a pool is gone.
void app_pool_empty(struct model *model, struct pool *pool);
