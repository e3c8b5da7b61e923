#pragma once

#include "models/auth.h"
#include "models/traffic.h"

// What of traffic.c the handlers of every request compile in line.

// The number of the next instant of arrival: the same as that of the next request without batches.
static inline uint64_t traffic_instant(const struct source *s)
{
    return s->number - s->beside;
}

static inline sim_time traffic_renewed(struct source *s)
{
    uint64_t instant = traffic_instant(s);
    return sim_time_add(s->clock, dist_ahead_time(&s->gaps, &s->gap, &s->arrival, instant));
}

static inline sim_time traffic_move(struct source *s, sim_time at)
{
    if (at >= s->end) return SIM_NEVER;
    s->clock = at;
    return at;
}

// Of a source that is not a closed loop.
ALWAYS_INLINE void traffic_schedule_inline(struct model *m, uint32_t id, struct source *s)
{
    sim_time at = s->renews ? traffic_move(s, traffic_renewed(s)) : traffic_next(m, id, s);
    sim_at_lane(m->sim, at, EVENT_ARRIVAL, PHASE_ARRIVE, id);
}

// Does the app's mode let the caller in (C1)?
static inline bool traffic_admitted(const struct model *m, const struct app *app, uint32_t caller)
{
    return auth_modes[app->auth_mode].admits[m->config->callers[caller].kind];
}

static inline void traffic_mark(const struct source *s, struct request *q,
                                const struct request_traits *traits)
{
    const struct traffic_config *c = s->config;
    bool own = q->app == c->app, ranked = traits->priority > 0 && c->path != PATH_WEBSOCKET;
    q->caller = traits->caller > 0 ? traits->caller - 1 : c->caller;
    q->priority = (uint8_t)(ranked ? traits->priority - 1u : s->priority);
    q->endpoint = own ? (uint8_t)c->endpoint : 0;
    q->status = traits->status;
    q->label = traits->label;
    q->by_unit = c->has_billable_units;
}
