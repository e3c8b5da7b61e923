#pragma once

#include "models/world.h"

// A restart of all runners on the same revision (R4; `fal apps rollout`, domain 4.5).
//
// Graceful: every ready runner is marked and goes on serving; as many replacements start side by
// side, on top of max_concurrency; each one that is ready lets one marked runner stop.  A
// replacement that fails is started again.  Without room they wait and the old ones serve on.
// Forced: all runners are killed at once, and the autoscaler starts what the load needs.
//
// A restart ends `superseded` when another one begins or the alias moves to another revision.  It
// rests while a rollout that replaces runners itself (rolling_update) is under way.

void restart_begin(struct model *model, struct app *app, uint32_t row);
void restart_ask(struct model *model, struct app *app); // the restart under way, after any change
void restart_end(struct model *model, struct app *app, enum rollout_end end);
