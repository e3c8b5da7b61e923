#include "models/foresight.h"

#include <math.h>

#include "models/app.h"
#include "models/auth.h"
#include "models/fleet.h"
#include "models/read_ahead.h"
#include "models/scaler.h"
#include "models/setup.h"
#include "models/traffic.h"
#include "models/tuning.h"

struct ring { // of times
    sim_time *at;
    uint32_t room, first, count;
};

struct foresight {
    struct source *copies; // of the app's sources
    uint32_t *ids;         // the sources themselves
    sim_time *arrivals;    // the next one of each
    uint32_t copy_count;
    sim_time *ends; // of requests in service in the ideal pool, a heap
    uint32_t in_service;
    struct ring line;              // service times of those that wait there
    struct ring gaps;              // when the runners not needed there became so, oldest first
    uint32_t needed;               // runners, there and then
    uint32_t wanted;               // runners, here and now
    struct scaling_config scaling; // there and then
    uint32_t timeline;             // rows of the timeline seen
    sim_time lookahead;
};

enum step { STEP_LOOK, STEP_DROP, STEP_START }; // lowest bits of an event's argument

// Rings and the heap.

static sim_time *ring_at(struct ring *ring, uint32_t index)
{
    return &ring->at[(ring->first + index) % ring->room];
}

static sim_time ring_take_first(struct ring *ring)
{
    sim_time at = *ring_at(ring, 0);
    ring->first = (ring->first + 1) % ring->room;
    ring->count--;
    return at;
}

static void heap_push(sim_time *heap, uint32_t count, sim_time at)
{
    uint32_t i = count;
    for (; i > 0 && heap[(i - 1) / 2] > at; i = (i - 1) / 2)
        heap[i] = heap[(i - 1) / 2];
    heap[i] = at;
}

static void heap_pop(sim_time *heap, uint32_t count)
{
    sim_time last = heap[--count];
    uint32_t i = 0;
    for (uint32_t child; (child = 2 * i + 1) < count; i = child) {
        if (child + 1 < count && heap[child + 1] < heap[child]) child++;
        if (heap[child] >= last) break;
        heap[i] = heap[child];
    }
    heap[i] = last;
}

// Creation.

static bool foresees(const struct scenario_config *c, uint32_t app)
{
    return autoscaler_policies[c->apps[app].autoscaler]->foresees;
}

static bool is_foreseen(const struct traffic_config *t, uint32_t app)
{
    return t->app == app && t->kind != ARRIVAL_CLOSED_LOOP;
}

static struct ring new_ring(struct arena *arena, uint32_t room)
{
    return (struct ring){.at = arena_new(arena, sim_time, room), .room = room};
}

void foresight_create(struct model *m, struct app *app, struct arena *arena)
{
    const struct scenario_config *c = m->config;
    if (!foresees(c, app->id)) return;
    struct foresight *f = arena_new(arena, struct foresight, 1);
    app->foresight = f;
    f->copies = arena_new(arena, struct source, c->traffic_count);
    f->ids = arena_new(arena, uint32_t, c->traffic_count);
    f->arrivals = arena_new(arena, sim_time, c->traffic_count);
    f->ends = arena_new(arena, sim_time, c->limits.requests);
    f->line = new_ring(arena, c->limits.requests);
    f->gaps = new_ring(arena, c->limits.runners);
    for (uint32_t i = 0; i < c->traffic_count; i++) {
        if (!is_foreseen(&c->traffic[i], app->id)) continue;
        struct source *copy = &f->copies[f->copy_count];
        f->ids[f->copy_count++] = i;
        traffic_create(m, copy, i);
        if (c->traffic[i].kind == ARRIVAL_TRACE) read_ahead_create(arena, m, &m->sources[i], copy);
    }
}

size_t foresight_memory(const struct scenario_config *c)
{
    size_t sum = 0;
    for (uint32_t app = 0; app < c->app_count; app++) {
        if (!foresees(c, app)) continue;
        sum += sizeof(struct foresight) + 1024;
        sum += (2 * (size_t)c->limits.requests + c->limits.runners) * sizeof(sim_time);
        sum += c->traffic_count * (sizeof(struct source) + sizeof(sim_time) + sizeof(uint32_t));
        for (uint32_t i = 0; i < c->traffic_count; i++)
            if (is_foreseen(&c->traffic[i], app) && c->traffic[i].kind == ARRIVAL_TRACE)
                sum += read_ahead_memory(c);
    }
    return sum;
}

// The ideal pool, and what its needs mean for the real one.

// `number`: of a start.
static void plan(struct model *m, const struct pool *pool, sim_time at, enum step step,
                 uint64_t number)
{
    uint32_t arg = (uint32_t)number << 2 | step;
    if (arg >> 2 != number)
        sim_fault(m->sim, "/apps: the oracle has planned 2^30 starts of one revision, the most");
    sim_at(m->sim, at > m->now ? at : m->now, EVENT_FORESIGHT, pool->id, arg);
}

static void plan_start(struct model *m, const struct app *app, sim_time ready_by)
{
    struct pool *pool = &m->pools[app->routed];
    uint64_t number = pool->births++;
    sim_time lead = sim_time_add(fleet_start_length(m, pool, number), 1);
    plan(m, pool, lead < ready_by ? ready_by - lead : 0, STEP_START, number);
}

// One runner fewer is needed from `at` on.
static void fall(struct foresight *f, sim_time at)
{
    f->needed--;
    *ring_at(&f->gaps, f->gaps.count++) = at;
}

// One runner more is needed from `at` on; whether that is a new one.
static bool rise(struct model *m, const struct app *app, sim_time at)
{
    struct foresight *f = app->foresight;
    f->needed++;
    if (f->gaps.count > 0) {
        sim_time gap = *ring_at(&f->gaps, --f->gaps.count);
        if (at - gap <= sim_from_seconds(setup_mean_s(m, m->pools[app->routed].config)))
            return false;
        plan(m, &m->pools[app->routed], gap, STEP_DROP, 0);
    }
    if (f->needed + f->gaps.count > f->gaps.room)
        sim_fault(m->sim, "/limits/runners: more than %u runners are alive at once",
                  (unsigned)f->gaps.room);
    plan_start(m, app, at);
    return true;
}

static uint64_t slots(const struct model *m, const struct app *app)
{
    return (uint64_t)app->foresight->scaling.max_concurrency *
           m->pools[app->routed].max_multiplexing;
}

static sim_time work_of(struct model *m, const struct app *app, struct source *s, uint64_t number,
                        bool cold)
{
    const struct traffic_config *c = s->config;
    sim_time work = s->row.service;
    if (cold && c->has_cold_service)
        work = dist_draw_time(&c->cold_service, &s->cold_service, number);
    else if (work == SIM_NEVER)
        work = dist_draw_time(&c->service, &s->service, number);
    double factor = m->pools[app->routed].config->service_factor;
    if (factor != 1) work = sim_from_seconds(sim_seconds(work) * factor);
    sim_time limit = app->foresight->scaling.request_timeout;
    return work < limit ? work : limit;
}

static void serve(struct foresight *f, sim_time end)
{
    heap_push(f->ends, f->in_service++, end);
}

static void too_many(struct model *m)
{
    sim_fault(m->sim, "/limits/requests: more than %u requests are in the system at once",
              (unsigned)m->config->limits.requests);
}

static void arrive(struct model *m, const struct app *app, struct source *s, uint64_t number,
                   sim_time at)
{
    struct foresight *f = app->foresight;
    uint32_t most = m->config->limits.requests;
    if (f->in_service < slots(m, app)) {
        uint64_t multiplexing = m->pools[app->routed].max_multiplexing;
        bool cold = false;
        while (f->needed * multiplexing <= f->in_service) // more than once when it has become less
            cold = rise(m, app, at);
        if (f->in_service < most)
            serve(f, sim_time_add(at, work_of(m, app, s, number, cold)));
        else
            too_many(m);
    } else if (f->line.count < app->config->max_queue_length) {
        if (f->line.count < most)
            *ring_at(&f->line, f->line.count++) = work_of(m, app, s, number, false);
        else
            too_many(m);
    }
}

// A row of a trace may go to another app, or come from another caller.
static bool is_admitted(const struct model *m, const struct app *app, const struct source *s)
{
    uint32_t named = s->row.traits.caller;
    uint32_t caller = named > 0 ? named - 1 : s->config->caller;
    return traffic_app(s, &s->row) == app->id &&
           auth_modes[app->auth_mode].admits[m->config->callers[caller].kind];
}

static void arrivals(struct model *m, const struct app *app, uint32_t which)
{
    struct foresight *f = app->foresight;
    struct source *s = &f->copies[which];
    sim_time at = f->arrivals[which];
    uint32_t batch = traffic_batch(s);
    for (uint32_t i = 0; i < batch && !sim_fault_text(m->sim); i++)
        if (is_admitted(m, app, s)) arrive(m, app, s, s->number + i, at);
    s->number += batch;
    s->beside += batch - 1;
    f->arrivals[which] = traffic_next(m, f->ids[which], s);
}

static void end_service(struct model *m, const struct app *app)
{
    struct foresight *f = app->foresight;
    sim_time at = f->ends[0];
    heap_pop(f->ends, f->in_service--);
    if (f->line.count > 0 && f->in_service < slots(m, app))
        serve(f, sim_time_add(at, ring_take_first(&f->line)));
    uint32_t multiplexing = m->pools[app->routed].max_multiplexing;
    uint64_t enough = ((uint64_t)f->in_service + multiplexing - 1) / multiplexing;
    while (f->needed > enough)
        fall(f, at);
}

// Scale events are the future too (A4).
static void pass_timeline(struct model *m, const struct app *app, sim_time until)
{
    struct foresight *f = app->foresight;
    const struct scenario_config *c = m->config;
    for (; f->timeline < c->timeline_count && c->timeline[f->timeline].at <= until; f->timeline++) {
        const struct timeline_config *event = &c->timeline[f->timeline];
        if (event->kind == TIMELINE_SCALE && event->app == app->id)
            tuning_apply(&f->scaling, event);
    }
}

static uint32_t first_arrival(const struct foresight *f)
{
    uint32_t first = 0;
    for (uint32_t i = 1; i < f->copy_count; i++)
        if (f->arrivals[i] < f->arrivals[first]) first = i;
    return first;
}

static void look_up_to(struct model *m, const struct app *app, sim_time until)
{
    struct foresight *f = app->foresight;
    while (!sim_fault_text(m->sim)) {
        uint32_t next = first_arrival(f);
        sim_time arrival = f->copy_count > 0 ? f->arrivals[next] : SIM_NEVER;
        sim_time end = f->in_service > 0 ? f->ends[0] : SIM_NEVER;
        sim_time at = end <= arrival ? end : arrival;
        if (at > until || at == SIM_NEVER) return;
        pass_timeline(m, app, at);
        if (end <= arrival)
            end_service(m, app);
        else
            arrivals(m, app, next);
    }
}

// A runner that is not needed for as far as one can see goes when that begins.
static void look(struct model *m, struct app *app)
{
    struct foresight *f = app->foresight;
    sim_time step = f->lookahead / 8;
    look_up_to(m, app, sim_time_add(m->now, f->lookahead + step));
    while (f->gaps.count > 0 && *ring_at(&f->gaps, 0) <= m->now) {
        ring_take_first(&f->gaps);
        f->wanted--;
    }
    sim_time again = sim_time_add(m->now, step);
    if (f->gaps.count > 0 && *ring_at(&f->gaps, 0) < again) again = *ring_at(&f->gaps, 0);
    plan(m, &m->pools[app->routed], again, STEP_LOOK, 0);
}

void foresight_begin(struct model *m, struct app *app)
{
    struct foresight *f = app->foresight;
    if (!f) return;
    double price_s = setup_mean_s(m, m->pools[app->routed].config);
    sim_time price = sim_from_seconds(price_s);
    f->lookahead = app->config->oracle.lookahead;
    if (f->lookahead < price) f->lookahead = price;
    f->scaling = app->scaling;
    for (uint32_t i = 0; i < f->copy_count; i++)
        f->arrivals[i] = traffic_next(m, f->ids[i], &f->copies[i]);
    look(m, app);
}

uint32_t foresight_wanted(const struct app *app)
{
    return app->foresight->wanted;
}

void on_foresight(void *model, struct sim_event event)
{
    struct model *m = model_at(model, event);
    struct pool *pool = &m->pools[event.who];
    struct app *app = &m->apps[pool->app];
    struct foresight *f = app->foresight;
    if (app->gone) return;
    switch ((enum step)(event.arg & 3)) {
    case STEP_LOOK:
        look(m, app);
        break;
    case STEP_DROP:
        f->wanted--;
        break;
    case STEP_START:
        f->wanted++;
        scaler_start(m, app, pool, event.arg >> 2);
        break;
    }
    app_react(m, app);
}
