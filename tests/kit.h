#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/auth.h"
#include "models/autoscaler.h"
#include "models/dispatch.h"
#include "models/machine.h"
#include "models/model.h"
#include "models/rollout.h"
#include "sim/check.h"

// Builds small scenarios in C for the tests of models/, laws/ and theory/, runs them, and finds
// their numbers.
//
//   struct kit kit = kit_new(3600);                     // horizon, s
//   uint32_t app = kit_app(&kit, "MyApp");              // defaults of the key tables
//   kit_poisson(&kit, app, 0.5, dist_constant(2));
//   kit_call(&kit, app, 10, 2)->path = PATH_DIRECT;     // one request at 10 s, 2 s of work
//   kit_run(&kit, 1, 0);                                // seed, replication
//   kit_get(&kit, "unserved_time_s", "app=MyApp")
//   kit_free(&kit);
//
// tests/kit_log.h shows what happened in between.

enum { KIT_MAX = 16, KIT_VALUES = 4096 };

struct kit_value {
    const struct metric *metric;
    char labels[160];
    double value;
};

struct kit_once { // the one request of a source made by kit_call()
    sim_time at, service;
    bool wanted, given;
};

struct kit {
    struct scenario_config config;
    struct machine_config machines[KIT_MAX];
    struct app_config apps[KIT_MAX];
    struct revision_config revisions[KIT_MAX];
    struct traffic_config traffic[KIT_MAX];
    struct caller_config callers[KIT_MAX];
    struct timeline_config timeline[KIT_MAX];
    struct kit_once once[KIT_MAX];
    const struct sim_trace *trace;
    const struct series_sink *series;
    bool general;                  // see struct model_options
    const struct trace_feed *feed; // NULL: the requests of kit_call()
    struct trace_feed own_feed;
    struct arena *arena; // of the model that kit_create() made
    struct kit_value *values;
    size_t value_count;
    uint64_t events;
    char fault[200];
};

static inline void kit_default(const struct param *p, void *base)
{
    char *at = (char *)base + p->offset;
    sim_time time = isinf(p->fallback) ? SIM_NEVER : sim_from_seconds(p->fallback);
    switch (p->type) {
    case PARAM_COUNT:
    case PARAM_CHOICE:
        *(uint32_t *)(void *)at = (uint32_t)p->fallback;
        break;
    case PARAM_NUMBER:
        *(double *)(void *)at = p->fallback;
        break;
    case PARAM_TIME:
        *(sim_time *)(void *)at = time;
        break;
    case PARAM_FLAG:
        *(bool *)(void *)at = p->fallback != 0;
        break;
    case PARAM_DIST:
        *(struct dist *)(void *)at = dist_constant(p->fallback);
        break;
    case PARAM_TEXT:
        break;
    }
}

static inline void kit_defaults(const struct param *table, void *base)
{
    for (; table->key; table++)
        kit_default(table, base);
}

static inline struct kit kit_new(double horizon_s)
{
    struct kit kit = {0};
    kit.config.title = "kit";
    kit.config.horizon = sim_from_seconds(horizon_s);
    kit_defaults(platform_params, &kit.config.platform);
    kit_defaults(limits_params, &kit.config.limits);
    kit_defaults(downtime_params, &kit.config.downtime);
    kit.config.limits.runners = 4096;
    kit.config.limits.requests = 1 << 18;
    kit.config.limits.events = 1 << 18;
    kit.machines[0] = (struct machine_config){.name = "GPU-A100",
                                              .gpu = true,
                                              .price_usd_per_s = 0.99 / 3600,
                                              .capacity = UINT32_MAX,
                                              .pending = dist_constant(0)};
    kit.machines[1] = (struct machine_config){.name = "M",
                                              .gpu = false,
                                              .price_usd_per_s = 0.36 / 3600,
                                              .capacity = UINT32_MAX,
                                              .pending = dist_constant(0)};
    kit.config.machine_count = 2;
    kit.callers[0] = (struct caller_config){.name = "owner", .kind = CALLER_OWNER};
    kit.callers[1] = (struct caller_config){.name = "acme", .kind = CALLER_USER};
    kit.callers[2] = (struct caller_config){.name = "anonymous", .kind = CALLER_ANONYMOUS};
    kit.config.caller_count = 3;
    return kit;
}

static const char *const kit_numbers[KIT_MAX] = {"1", "2",  "3",  "4",  "5",  "6",  "7",  "8",
                                                 "9", "10", "11", "12", "13", "14", "15", "16"};

static inline uint32_t kit_revision(struct kit *kit, uint32_t like)
{
    uint32_t id = kit->config.revision_count++;
    struct revision_config *r = &kit->revisions[id];
    if (like == UINT32_MAX) {
        kit_defaults(revision_params, r);
        kit_defaults(retry_params, r);
        kit_defaults(scaling_params, &r->scaling);
        kit_defaults(health_params, &r->health);
        r->machine_count = 1;
        r->image_cached = 1;
    } else {
        *r = kit->revisions[like];
    }
    r->name = kit_numbers[id];
    return id;
}

// An app with one revision; further ones (kit_deploy) must be made before the next app.
static inline uint32_t kit_app(struct kit *kit, const char *name)
{
    uint32_t id = kit->config.app_count++;
    struct app_config *app = &kit->apps[id];
    kit_defaults(app_params, app);
    for (int p = 0; autoscaler_policies[p]; p++)
        if (autoscaler_policies[p]->params) kit_defaults(autoscaler_policies[p]->params, app);
    app->name = name;
    app->first_revision = kit_revision(kit, UINT32_MAX);
    app->revisions = 1;
    return id;
}

static inline struct revision_config *kit_first(struct kit *kit, uint32_t app)
{
    return &kit->revisions[kit->apps[app].first_revision];
}

static inline struct scaling_config *kit_scaling(struct kit *kit, uint32_t app)
{
    return &kit_first(kit, app)->scaling;
}

static inline struct traffic_config *kit_traffic(struct kit *kit, uint32_t app, struct dist service)
{
    struct traffic_config *t = &kit->traffic[kit->config.traffic_count++];
    kit_defaults(traffic_params, t);
    t->name = "traffic";
    t->app = app;
    t->service = service;
    t->repeat = SIM_NEVER;
    return t;
}

static inline struct traffic_config *kit_poisson(struct kit *kit, uint32_t app, double rate_per_s,
                                                 struct dist service)
{
    struct traffic_config *t = kit_traffic(kit, app, service);
    t->kind = ARRIVAL_POISSON;
    t->rate_per_s = rate_per_s;
    return t;
}

static inline struct traffic_config *kit_renewal(struct kit *kit, uint32_t app, struct dist gap,
                                                 struct dist service)
{
    struct traffic_config *t = kit_traffic(kit, app, service);
    t->kind = ARRIVAL_RENEWAL;
    t->interarrival = gap;
    return t;
}

// One request.
static inline struct traffic_config *kit_call(struct kit *kit, uint32_t app, double at_s,
                                              double service_s)
{
    kit->once[kit->config.traffic_count] = (struct kit_once){
        .at = sim_from_seconds(at_s), .service = sim_from_seconds(service_s), .wanted = true};
    struct traffic_config *t = kit_traffic(kit, app, dist_constant(service_s));
    t->kind = ARRIVAL_TRACE;
    return t;
}

static inline enum trace_end kit_next_call(void *context, uint32_t source, struct trace_row *row)
{
    struct kit_once *once = &((struct kit *)context)->once[source];
    if (!once->wanted || once->given) return TRACE_END;
    once->given = true;
    *row = (struct trace_row){.arrival = once->at, .service = once->service};
    return TRACE_ROW;
}

static inline uint32_t kit_strategy(const char *name)
{
    for (uint32_t i = 0; rollout_policies[i]; i++)
        if (strcmp(rollout_policies[i]->name, name) == 0) return i;
    fail_msg("no strategy %s", name);
    return 0;
}

static inline uint32_t kit_autoscaler(const char *name)
{
    for (uint32_t i = 0; autoscaler_policies[i]; i++)
        if (strcmp(autoscaler_policies[i]->name, name) == 0) return i;
    fail_msg("no autoscaler %s", name);
    return 0;
}

// A deploy of a new revision, by default equal to the last one; returns it for changing.
static inline struct revision_config *kit_deploy(struct kit *kit, uint32_t app, double at_s,
                                                 const char *strategy)
{
    uint32_t row = kit->config.timeline_count++;
    uint32_t revision = kit_revision(kit, kit->config.revision_count - 1);
    kit->apps[app].revisions++;
    kit->timeline[row] = (struct timeline_config){.at = sim_from_seconds(at_s),
                                                  .kind = TIMELINE_DEPLOY,
                                                  .name = kit_numbers[row],
                                                  .app = app,
                                                  .revision = revision,
                                                  .strategy = kit_strategy(strategy),
                                                  .min_ready = 1};
    return &kit->revisions[revision];
}

// A change of runtime settings, by default to those of the app's first revision; returns them for
// changing.
static inline struct scaling_config *kit_scale(struct kit *kit, uint32_t app, double at_s)
{
    struct timeline_config *row = &kit->timeline[kit->config.timeline_count++];
    *row = (struct timeline_config){.at = sim_from_seconds(at_s),
                                    .kind = TIMELINE_SCALE,
                                    .app = app,
                                    .scaling = *kit_scaling(kit, app),
                                    .scaling_given = UINT32_MAX};
    return &row->scaling;
}

static inline void kit_capacity(struct kit *kit, double at_s, uint32_t machine, uint32_t capacity)
{
    kit->timeline[kit->config.timeline_count++] =
        (struct timeline_config){.at = sim_from_seconds(at_s),
                                 .kind = TIMELINE_CAPACITY,
                                 .machine = machine,
                                 .capacity = capacity};
}

static inline void kit_value_of(const struct metric_value *v, struct kit_value *to)
{
    to->metric = v->metric;
    to->value = v->value;
    to->labels[0] = 0;
    for (int l = 0; l < LABELS; l++) {
        if (!v->labels[l]) continue;
        size_t used = strlen(to->labels);
        snprintf(to->labels + used, sizeof to->labels - used, "%s%s=%s", used ? "," : "",
                 label_names[l], v->labels[l]);
    }
}

static inline void kit_sink(void *context, const struct metric_value *v)
{
    struct kit *kit = context;
    assert_true(kit->value_count < KIT_VALUES);
    kit_value_of(v, &kit->values[kit->value_count++]);
}

// The scenario's arrays, and the calls rewound.
static inline const struct scenario_config *kit_config(struct kit *kit)
{
    struct scenario_config *c = &kit->config;
    c->machines = kit->machines;
    c->apps = kit->apps;
    c->revisions = kit->revisions;
    c->traffic = kit->traffic;
    c->callers = kit->callers;
    c->timeline = kit->timeline;
    kit->own_feed = (struct trace_feed){kit_next_call, kit};
    for (int i = 0; i < KIT_MAX; i++)
        kit->once[i].given = false;
    return c;
}

static inline struct model_options kit_options(struct kit *kit, uint64_t seed, uint32_t replication)
{
    return (struct model_options){.seed = seed,
                                  .replication = replication,
                                  .trace = kit->trace,
                                  .series = kit->series,
                                  .general = kit->general,
                                  .feed = kit->feed ? kit->feed : &kit->own_feed};
}

// A model to look into: kit_create(), kit_finish(), look, kit_drop().
static inline struct model *kit_create(struct kit *kit, uint64_t seed, uint32_t replication)
{
    const struct scenario_config *c = kit_config(kit);
    kit->arena = arena_create(model_memory(c));
    assert_non_null(kit->arena);
    struct model_options options = kit_options(kit, seed, replication);
    return model_create(kit->arena, c, &options);
}

static inline enum sim_end kit_finish(struct kit *kit, struct model *model)
{
    enum sim_end end = model_run(model);
    if (!kit->values) kit->values = calloc(KIT_VALUES, sizeof *kit->values);
    kit->value_count = 0;
    kit->fault[0] = 0;
    if (end == SIM_FAULT)
        snprintf(kit->fault, sizeof kit->fault, "%s", model_fault_text(model));
    else
        model_report(model, kit_sink, kit);
    kit->events = model_events(model);
    return end;
}

static inline void kit_drop(struct kit *kit)
{
    arena_destroy(kit->arena);
    kit->arena = NULL;
}

static inline enum sim_end kit_run(struct kit *kit, uint64_t seed, uint32_t replication)
{
    enum sim_end end = kit_finish(kit, kit_create(kit, seed, replication));
    kit_drop(kit);
    return end;
}

static inline void kit_free(struct kit *kit)
{
    free(kit->values);
    kit->values = NULL;
}

// The value of a metric whose labels are exactly these, in the order of enum label:
// "app=A,outcome=ok".
static inline double kit_get(const struct kit *kit, const char *metric, const char *labels)
{
    for (size_t i = 0; i < kit->value_count; i++)
        if (strcmp(kit->values[i].metric->name, metric) == 0 &&
            strcmp(kit->values[i].labels, labels) == 0)
            return kit->values[i].value;
    fail_msg("no number %s{%s}", metric, labels);
    return NAN;
}

static inline void kit_near(double got, double wanted, double tolerance, const char *what)
{
    if (!(fabs(got - wanted) <= tolerance))
        fail_msg("%s: wanted %.10g +- %.3g, got %.10g", what, wanted, tolerance, got);
}

// The number is this, up to the rounding of sums.
static inline void kit_is(const struct kit *kit, const char *metric, const char *labels,
                          double wanted)
{
    double got = kit_get(kit, metric, labels);
    if (isnan(wanted) && isnan(got)) return;
    if (!(fabs(got - wanted) <= 1e-9 * fmax(1, fabs(wanted))))
        fail_msg("%s{%s}: wanted %.12g, got %.12g", metric, labels, wanted, got);
}
