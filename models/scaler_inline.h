#pragma once

#include "models/scaler.h"

// Would a monotone policy be content with the runners there are?  It was, with at least this load,
// and since then no runner has come or gone and nobody has changed its settings; what has not grown
// since it was last asked or found content need not be looked at again.  False: ask it.
static inline bool scaler_content(const struct model *m, const struct pool *pool) // nothing grew
{
    return pool->content.epoch == m->epoch;
}

static inline bool scaler_content_in_flight(const struct model *m, const struct pool *pool)
{
    return scaler_content(m, pool) && pool->in_flight <= pool->content.in_flight;
}

static inline bool scaler_content_waiting(const struct model *m, const struct app *app,
                                          const struct pool *pool)
{
    const struct content *c = &pool->content;
    return scaler_content(m, pool) && app->line.length <= c->queued &&
           app->line.overdue <= c->overdue;
}
