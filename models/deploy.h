#pragma once

#include "models/world.h"

// Deploys and the other events of the timeline.  A rollout policy decides, this file does: starts
// runners of the new revision, moves the alias, drains or calls off (R1 to R8, A4, C3, D1).

void deploy_create(struct model *model); // its records are there; no deploy has begun
void on_timeline(void *model, struct sim_event event);
void on_rollout(void *model, struct sim_event event); // the strategy wants to be asked again

void deploy_ask(struct model *model, struct app *app); // the rollout under way, after any change
void deploy_old_gone(struct model *model, const struct pool *pool); // its last runner has ended
void deploy_reset(struct model *model); // the warm-up has set the meters to zero
void deploy_close(struct model *model); // the horizon: fills in what is still open in the records
