#pragma once

#include "models/traffic.h"

// What of traffic.c the handlers of every request compile in line.

sim_time traffic_gaps(struct source *source); // draws some ahead; the next one

static inline sim_time traffic_poisson(struct source *s)
{
    uint64_t place = s->instant - s->gaps.first;
    return sim_time_add(s->clock, place < s->gaps.count ? s->gaps.times[place] : traffic_gaps(s));
}

static inline sim_time traffic_move(const struct model *m, struct source *s, sim_time at)
{
    if (at >= m->config->horizon || at >= s->config->until) return SIM_NEVER;
    s->clock = at;
    return at;
}

// Of a source that is not a closed loop.
static inline void traffic_schedule_inline(struct model *m, uint32_t id, struct source *s)
{
    sim_time at = s->config->kind == ARRIVAL_POISSON ? traffic_move(m, s, traffic_poisson(s))
                                                     : traffic_next(m, id, s);
    sim_at_lane(m->sim, at, EVENT_ARRIVAL, id, 0);
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
}
