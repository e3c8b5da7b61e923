#include "models/tuning.h"

#include <string.h>

#include "models/dispatch.h"
#include "models/idle.h"
#include "models/runner.h"
#include "models/series.h"
#include "models/waiting.h"

// As readout.c counts slots.
static sim_wide runner_ns(struct model *m, const struct pool *pool)
{
    sim_wide sum = 0;
    for (uint32_t id = pool->alive_head; id != NONE; id = m->runners[id].alive_next)
        runner_settle(m, &m->runners[id]);
    for (uint32_t slot = 0; slot < pool->config->machine_count; slot++)
        sum += pool->meters[slot].state_ns[RUNNER_IDLE] +
               pool->meters[slot].state_ns[RUNNER_RUNNING] +
               pool->meters[slot].state_ns[RUNNER_DRAINING];
    return sum;
}

static void change_slots(struct model *m, struct pool *pool, uint32_t slots)
{
    sim_wide before = tuning_slots_ns(pool, runner_ns(m, pool));
    pool->max_multiplexing = slots;
    pool->tuned_slots_ns += before - tuning_slots_ns(pool, runner_ns(m, pool));
    for (uint32_t id = pool->alive_head; id != NONE; id = m->runners[id].alive_next) {
        const struct runner *r = &m->runners[id];
        if (runner_states[r->state].class != CLASS_READY) continue;
        if (r->in_flight >= slots)
            dispatch_withdraw(m, pool, id);
        else if (!r->available)
            dispatch_offer(m, pool, id);
    }
}

static size_t size_of(const struct param *param)
{
    switch (param->type) {
    case PARAM_COUNT:
    case PARAM_CHOICE:
        return sizeof(uint32_t);
    case PARAM_NUMBER:
        return sizeof(double);
    case PARAM_TIME:
        return sizeof(sim_time);
    case PARAM_FLAG:
    case PARAM_TEXT:
    case PARAM_DIST:
        break; // scaling_params has none
    }
    SIM_CHECK(false);
    return 0;
}

void tuning_apply(struct scaling_config *scaling, const struct timeline_config *event)
{
    for (uint32_t i = 0; scaling_params[i].key; i++) {
        const struct param *param = &scaling_params[i];
        if (!(event->scaling_given >> i & 1)) continue;
        memcpy((char *)scaling + param->offset, (const char *)&event->scaling + param->offset,
               size_of(param));
    }
}

void tuning_scale(struct model *m, struct app *app, const struct timeline_config *event)
{
    struct pool *pool = &m->pools[app->routed];
    tuning_apply(&app->scaling, event);
    waiting_rearm(m, app);
    if (event->max_multiplexing > 0) change_slots(m, pool, event->max_multiplexing);
    if (event->startup_timeout > 0) pool->startup_timeout = event->startup_timeout;
    idle_rearm(m, pool);
    if (app->side.pool != NONE) idle_rearm(m, &m->pools[app->side.pool]);
    series_mark(m, "scale", app->config->name, NULL);
}

void tuning_reset(struct model *m, struct pool *pool)
{
    if (pool->max_multiplexing != pool->config->max_multiplexing)
        change_slots(m, pool, pool->config->max_multiplexing);
    pool->startup_timeout = pool->config->startup_timeout;
}
