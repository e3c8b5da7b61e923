#pragma once

#include "models/billing_inline.h"

// The moves that happen with every request, IDLE to RUNNING and back: what runner_enter() does,
// without what these two never need; a plain app has no trace either.

void runner_count_mixed(struct model *model, struct app *app, bool more);

// Two revisions serve at once while two pools of the app have busy runners; here the pool's counts
// have changed by one.
static inline void runner_count_busy(struct model *m, struct app *app, const struct pool *pool,
                                     bool more)
{
    uint32_t busy = pool->counts[RUNNER_RUNNING] + pool->counts[RUNNER_DRAINING];
    if (UNLIKELY(busy == (more ? 1u : 0u))) runner_count_mixed(m, app, more);
}

// Its meters are settled.
ALWAYS_INLINE void runner_turn(struct model *m, struct app *app, struct pool *pool, uint32_t id,
                               enum runner_state next, const bool plain)
{
    struct runner *r = &m->runners[id];
    bool busy = next == RUNNER_RUNNING;
    enum runner_state last = busy ? RUNNER_IDLE : RUNNER_RUNNING;
    SIM_CHECK_SLOW(r->state == last && r->since == m->now);
    SIM_CHECK_SLOW(busy == (r->in_flight > 0));
    pool->counts[last]--;
    pool->counts[next]++;
    runner_count_busy(m, app, pool, busy);
    r->state = (uint8_t)next;
    if (!plain) model_trace(m, "runner", runner_states[next].name, id, r->number);
}
