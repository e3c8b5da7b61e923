#include "models/traffic_inline.h"

#include <math.h>

#include "models/counts.h"
#include "models/mmpp.h"
#include "models/rate.h"
#include "models/read_ahead.h"
#include "models/users.h"
#include "sim/exponential.h"

// Apps that may get requests of low priority report waits by priority.
static void note_low(struct model *m, const struct source *s)
{
    const struct traffic_config *c = s->config;
    if (s->priority != PRIORITY_LOW && !c->ranked) return;
    for (uint32_t i = 0; i < m->config->app_count; i++)
        if (i == c->app || c->many_apps) m->apps[i].has_low = true;
}

static struct dist gap_of(const struct traffic_config *c)
{
    if (c->kind == ARRIVAL_RENEWAL) return c->interarrival;
    return (struct dist){.kind = DIST_EXPONENTIAL, .a = 1 / c->rate_per_s};
}

void traffic_create(struct model *m, struct source *s, uint32_t id)
{
    const struct traffic_config *c = &m->config->traffic[id];
    bool session = c->path == PATH_WEBSOCKET;
    *s = (struct source){.config = c,
                         .clock = c->from,
                         .end = c->until < m->config->horizon ? c->until : m->config->horizon,
                         .row = {.service = SIM_NEVER},
                         .renews = c->kind == ARRIVAL_POISSON || c->kind == ARRIVAL_RENEWAL,
                         .gap = gap_of(c),
                         .start_timeout = session ? SIM_NEVER : c->start_timeout,
                         .priority = session ? PRIORITY_NORMAL : c->priority,
                         .max_attempts =
                             c->path == PATH_QUEUE && !c->no_retry ? c->max_attempts : 1};
    note_low(m, s);
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
    rng_stream_open(&s->stay, seed, replication, model_stream(STREAM_STAY, 0, id));
    rng_stream_open(&s->turn, seed, replication, model_stream(STREAM_TURN, 0, id));
}

static sim_time next_of_trace(struct model *m, uint32_t id, struct source *s)
{
    const struct trace_feed *feed = m->options.feed;
    SIM_CHECK(feed);
    struct trace_row row;
    for (;;) {
        enum trace_end end =
            s->read_ahead ? read_ahead_next(m, id, s, &row) : feed->next(feed->context, id, &row);
        if (end == TRACE_BROKEN || (end == TRACE_ROW && row.arrival < s->clock && s->number > 0)) {
            sim_fault(m->sim, "the trace of source \"%s\" cannot be read any more",
                      s->config->name);
            return SIM_NEVER;
        }
        if (end == TRACE_END) return SIM_NEVER;
        if (row.arrival < s->config->from) continue;
        s->row = row;
        return row.arrival;
    }
}

static sim_time draw_next(struct model *m, uint32_t id, struct source *s)
{
    const struct traffic_config *c = s->config;
    switch (c->kind) {
    case ARRIVAL_POISSON:
    case ARRIVAL_RENEWAL:
        return traffic_renewed(s);
    case ARRIVAL_PIECEWISE:
    case ARRIVAL_DIURNAL:
    case ARRIVAL_FLASH_CROWD:
        return rate_reach(c, s->clock, exponential_unit(rng_word(&s->arrival, traffic_instant(s))),
                          m->config->horizon);
    case ARRIVAL_MMPP:
        return mmpp_next(s, m->config->horizon);
    case ARRIVAL_COUNTS:
        return counts_next(s);
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
    double u = rng_uniform(&s->batch, traffic_instant(s));
    double more = floor(log(u) / log1p(-1 / c->batch_size)); // P(more >= k) = (1 - 1/mean)^k
    return more < 1e9 ? 1 + (uint32_t)more : 1000000000;
}

uint32_t traffic_app(const struct source *s, const struct trace_row *row)
{
    return row->traits.app > 0 ? row->traits.app - 1 : s->config->app;
}

sim_time traffic_next(struct model *m, uint32_t id, struct source *s)
{
    return traffic_move(s, draw_next(m, id, s));
}

void traffic_schedule(struct model *m, uint32_t id)
{
    struct source *s = &m->sources[id];
    if (s->turns)
        users_start(m, id);
    else
        traffic_schedule_inline(m, id, s);
}
