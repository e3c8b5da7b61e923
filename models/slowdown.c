#include "models/slowdown.h"

static double stretch(const struct slowdown_config *c, uint32_t k)
{
    if (c->kind == SLOWDOWN_FACTOR) return 1 + c->factor * (k - 1);
    return c->table[k < c->count ? k - 1 : c->count - 1];
}

static const struct slowdown_config *config_of(const struct model *m, const struct runner *r)
{
    return &m->pools[r->pool].config->slowdown;
}

static sim_time nearest(double ns)
{
    return ns < 9.2e18 ? (sim_time)(ns + 0.5) : SIM_NEVER;
}

static sim_time work_done(sim_time elapsed, double s)
{
    return s == 1 ? elapsed : nearest((double)elapsed / s);
}

static sim_time time_needed(sim_time work, double s)
{
    if (work <= 0) return 0;
    return s == 1 ? work : nearest((double)work * s);
}

// Brings the count up to now; k requests were in flight since the last time.
static void advance(struct model *m, const struct runner *r, uint32_t k)
{
    struct runner_aside *pace = runner_aside(m, r);
    if (k > 0) {
        sim_time done = work_done(m->now - pace->pace_since, stretch(config_of(m, r), k));
        pace->pace_work = sim_time_add(pace->pace_work, done);
    }
    pace->pace_since = m->now;
}

// The next one to leave: the least work left, unless a timeout comes first; the longest there among
// equals.
static void rearm(struct model *m, const struct runner *r)
{
    struct runner_aside *pace = runner_aside(m, r);
    if (pace->pace_next != NONE) sim_cancel(m->sim, &m->requests[pace->pace_next].timer);
    pace->pace_next = NONE;
    if (r->in_flight == 0) return;
    const struct request_aside *asides = m->request_asides;
    uint32_t first = r->first_request, late = first;
    for (uint32_t id = first; id != NONE; id = m->requests[id].next) {
        if (asides[id].work_until <= asides[first].work_until) first = id;
        if (asides[id].stop_at <= asides[late].stop_at) late = id;
    }
    sim_time left = asides[first].work_until - pace->pace_work;
    sim_time done = sim_time_add(m->now, time_needed(left, stretch(config_of(m, r), r->in_flight)));
    sim_time stop = asides[late].stop_at;
    pace->pace_done = done <= stop;
    pace->pace_next = pace->pace_done ? first : late;
    m->requests[pace->pace_next].timer =
        sim_at(m->sim, pace->pace_done ? done : stop, EVENT_SERVICE_DONE, pace->pace_next, 0);
}

void slowdown_join(struct model *m, uint32_t id, sim_time work)
{
    const struct request *q = &m->requests[id];
    const struct runner *r = &m->runners[q->runner];
    struct runner_aside *pace = runner_aside(m, r);
    if (r->in_flight == 1) pace->pace_next = NONE;
    advance(m, r, r->in_flight - 1);
    m->request_asides[id].work_until = sim_time_add(pace->pace_work, work);
    m->request_asides[id].stop_at = sim_time_add(m->now, m->apps[q->app].scaling.request_timeout);
    rearm(m, r);
}

bool slowdown_done(struct model *m, uint32_t runner, uint32_t id)
{
    struct runner_aside *pace = &m->runner_asides[runner];
    SIM_CHECK(pace->pace_next == id);
    pace->pace_next = NONE;
    return pace->pace_done;
}

void slowdown_leave(struct model *m, uint32_t runner)
{
    const struct runner *r = &m->runners[runner];
    advance(m, r, r->in_flight + 1);
    rearm(m, r);
}

void slowdown_clear(struct model *m, uint32_t runner)
{
    m->runner_asides[runner].pace_next = NONE;
}
