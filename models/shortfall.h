#pragma once

#include "models/world.h"

// Partial downtime (B3): how much of the capacity that an app needs is missing.
//
//   shortfall = integral of max(0, need - ready) / integral of need
//
// `need` is the runners that its requests, in flight on ready runners and waiting, would fill, at
// most max_concurrency; `ready` is the ready runners of the revisions that take requests.  Requests
// on draining runners need no new ones.  Nothing changes but by events, so looking at the end of
// each one of the app is exact.

struct shortfall {
    sim_time since;       // metered up to here
    uint32_t need, ready; // from then on
    sim_wide missing_ns, need_ns;
};

void shortfall_update(struct shortfall *shortfall, const struct model *model,
                      const struct app *app);
void shortfall_reset(struct shortfall *shortfall, const struct model *model, const struct app *app);
