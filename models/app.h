#pragma once

#include "models/world.h"

// An app at work: it asks its policies and does what they say.
//
// Every handler that has changed anything of an app calls app_react() once, at its end: the rollout
// under way is asked, waiting requests get free slots, the autoscaler is asked, expired runners are
// looked at again.

void app_react(struct model *model, struct app *app);
// The last runner of a pool is gone.
void app_pool_empty(struct model *model, struct pool *pool);
