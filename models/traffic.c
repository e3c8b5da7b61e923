#include "models/traffic.h"

#include <math.h>

#include "models/read_ahead.h"
#include "models/users.h"

void traffic_create(struct model *m, struct source *s, uint32_t id)
{
    const struct traffic_config *c = &m->config->traffic[id];
    bool session = c->path == PATH_WEBSOCKET;
    *s = (struct source){.config = c,
                         .clock = c->from,
                         .trace_service = SIM_NEVER,
                         .start_timeout = session ? SIM_NEVER : c->start_timeout,
                         .priority = session ? PRIORITY_NORMAL : c->priority,
                         .max_attempts =
                             c->path == PATH_QUEUE && !c->no_retry ? c->max_attempts : 1};
    uint64_t seed = m->options.seed, replication = m->options.replication;
    rng_stream_open(&s->arrival, seed, replication, model_stream(STREAM_ARRIVAL, 0, id));
    rng_stream_open(&s->service, seed, replication, model_stream(STREAM_SERVICE, 0, id));
    rng_stream_open(&s->cold_service, seed, replication, model_stream(STREAM_COLD_SERVICE, 0, id));
    rng_stream_open(&s->response, seed, replication, model_stream(STREAM_RESPONSE, 0, id));
    rng_stream_open(&s->retry, seed, replication, model_stream(STREAM_RETRY, 0, id));
    rng_stream_open(&s->health, seed, replication, model_stream(STREAM_HEALTH, 0, id));
    rng_stream_open(&s->fails_at, seed, replication, model_stream(STREAM_FAILS_AT, 0, id));
    rng_stream_open(&s->patience, seed, replication, model_stream(STREAM_PATIENCE, 0, id));
    rng_stream_open(&s->hint, seed, replication, model_stream(STREAM_HINT, 0, id));
    rng_stream_open(&s->postpone, seed, replication, model_stream(STREAM_POSTPONE, 0, id));
    rng_stream_open(&s->batch, seed, replication, model_stream(STREAM_BATCH, 0, id));
    rng_stream_open(&s->units, seed, replication, model_stream(STREAM_UNITS, 0, id));
    rng_stream_open(&s->route, seed, replication, model_stream(STREAM_ROUTE, 0, id));
}

// Start of the period that `at` lies in, and the step of the table that holds there.
static sim_time period_start(const struct traffic_config *c, sim_time at)
{
    return c->repeat == SIM_NEVER ? 0 : at - at % c->repeat;
}

static uint32_t step_at(const struct traffic_config *c, sim_time offset)
{
    uint32_t low = 0, high = c->step_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (c->steps[middle].from <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

// The time at which the integrated rate has grown by `amount` since s->clock.
static sim_time invert_rate(const struct traffic_config *c, sim_time at, double amount,
                            sim_time horizon)
{
    while (at < horizon) {
        sim_time start = period_start(c, at);
        uint32_t i = step_at(c, at - start);
        sim_time end =
            i + 1 < c->step_count ? sim_time_add(start, c->steps[i + 1].from) : SIM_NEVER;
        if (c->repeat != SIM_NEVER && end > start + c->repeat) end = start + c->repeat;
        double rate = c->steps[i].rate_per_s;
        if (rate > 0) {
            sim_time need = sim_from_seconds(amount / rate);
            if (end == SIM_NEVER || need < end - at) return sim_time_add(at, need);
            amount -= rate * sim_seconds(end - at);
            if (amount < 0) amount = 0;
        }
        at = end;
    }
    return SIM_NEVER;
}

static double unit_exponential(struct source *s)
{
    return -log1p(-rng_uniform(&s->arrival, s->instant));
}

static sim_time next_of_trace(struct model *m, uint32_t id, struct source *s)
{
    const struct trace_feed *feed = m->options.feed;
    SIM_CHECK(feed);
    struct trace_row row;
    for (;;) {
        enum trace_end end =
            s->read_ahead ? read_ahead_next(m, id, s, &row) : feed->next(feed->context, id, &row);
        if (end == TRACE_BROKEN || (end == TRACE_ROW && row.arrival < s->clock && s->instant > 0)) {
            sim_fault(m->sim, "the trace of source \"%s\" cannot be read any more",
                      s->config->name);
            return SIM_NEVER;
        }
        if (end == TRACE_END) return SIM_NEVER;
        if (row.arrival < s->config->from) continue;
        s->trace_service = row.service;
        return row.arrival;
    }
}

static sim_time draw_next(struct model *m, uint32_t id, struct source *s)
{
    const struct traffic_config *c = s->config;
    switch (c->kind) {
    case ARRIVAL_POISSON:
        if (c->rate_per_s <= 0) return SIM_NEVER;
        return sim_time_add(s->clock, sim_from_seconds(unit_exponential(s) / c->rate_per_s));
    case ARRIVAL_RENEWAL:
        return sim_time_add(s->clock, dist_draw_time(&c->interarrival, &s->arrival, s->instant));
    case ARRIVAL_PIECEWISE:
        return invert_rate(c, s->clock, unit_exponential(s), m->config->horizon);
    case ARRIVAL_TRACE:
        return next_of_trace(m, id, s);
    case ARRIVAL_CLOSED_LOOP:
        break; // users.c
    }
    return SIM_NEVER;
}

uint32_t traffic_batch(struct source *s)
{
    const struct traffic_config *c = s->config;
    if (c->batch == BATCH_CONSTANT) return (uint32_t)c->batch_size;
    if (c->batch == BATCH_NONE || c->batch_size <= 1) return 1;
    double u = rng_uniform(&s->batch, s->instant);
    double more = floor(log(u) / log1p(-1 / c->batch_size)); // P(more >= k) = (1 - 1/mean)^k
    return more < 1e9 ? 1 + (uint32_t)more : 1000000000;
}

sim_time traffic_next(struct model *m, uint32_t id, struct source *s)
{
    sim_time at = draw_next(m, id, s);
    if (at >= m->config->horizon || at >= s->config->until) return SIM_NEVER;
    s->clock = at;
    return at;
}

void traffic_schedule(struct model *m, uint32_t id)
{
    struct source *s = &m->sources[id];
    if (s->turns) {
        users_start(m, id);
        return;
    }
    sim_at(m->sim, traffic_next(m, id, s), EVENT_ARRIVAL, id, 0);
}
