#pragma once

#include "models/world.h"

// The toll of a rollout: what the meters of its app gain from the rollout to the next one of the
// app, of whatever kind, or to the horizon.  So what happens after the first rollout belongs to
// exactly one of them.

void toll_open(struct model *model, struct app *app, uint32_t row); // the rollout begins
// To be called before the next one begins, and at the horizon.
void toll_close(struct model *model, struct app *app);
