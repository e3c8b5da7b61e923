#pragma once

#include "models/scaler.h"

// Would a monotone policy be content with the runners there are?  It was, with at least this load,
// and since then no runner has come or gone and nobody has changed its settings.  False: ask it.
static inline bool scaler_content(const struct model *m, const struct app *app,
                                  const struct pool *pool)
{
    const struct content *c = &pool->content;
    return c->epoch == m->epoch && pool->in_flight <= c->in_flight &&
           app->line.length <= c->queued && app->line.overdue <= c->overdue;
}
