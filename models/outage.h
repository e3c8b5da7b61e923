#pragma once

#include "models/world.h"

// The downtime meters of an app: time without a ready runner of the routed revision, and the part
// of it in which demand was there (a request waits, or was refused less than refusal_window ago).
// Scale to zero without demand is therefore not unserved time, nor is anything after an ephemeral
// app was killed.  Separate spells are counted.

// Meters the time up to now; to be called before any of this changes: the routed pool,
// whether it has a ready runner, whether requests wait, a refusal.
void outage_update(struct model *model, struct app *app);
void outage_refused(struct model *model, struct app *app); // a request was refused just now
void outage_reset(struct model *model, struct app *app);   // warm-up
void outage_close(struct model *model, struct app *app);   // the horizon: it ends a spell, too
// Up to now, without changing anything.
sim_time outage_unserved(const struct model *model, const struct app *app);
