#pragma once

#include "tests/swarm/rules_app.h"

// Rules of sources of requests and their arrivals.

static const char *const caller_names[] = {"owner", "team", "anonymous", "acme", "globex"};
enum { CALLER_FIRST_USER = 3, CALLER_NAMES = 5 };

static inline cJSON *rule_caller(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    uint32_t caller = up_to(g, CALLER_NAMES - 1);
    g->callers |= 1u << caller;
    return cJSON_CreateString(caller_names[caller]);
}

static inline cJSON *rule_endpoint(struct grammar *g, const cJSON *object, const struct key *key)
{
    static const char *const paths[] = {"/", "/a", "/b/c"};
    (void)object, (void)key;
    uint32_t last = g->app->endpoints ? g->app->endpoints - 1 : 0;
    return cJSON_CreateString(paths[up_to(g, last)]);
}

// An oracle cannot know what users of a closed loop will ask.
static inline cJSON *rule_closed_loop(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object;
    return g->app->foresees ? NULL : make_object(g, key->form.object);
}

static inline cJSON *rule_gaps(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    return make_mild(g, (struct range){1.5, 12});
}

static inline void mend_diurnal(struct grammar *g, cJSON *object)
{
    static const char *const points[] = {"starts_at", "peak_at"};
    bool profile = member(object, "profile") != NULL;
    for (size_t i = 0; i < 2; i++)
        if (member(object, points[i])) with(object, points[i], duration_of(g, up_to(g, 59)));
    if (profile) {
        without(object, "peak_to_mean");
        without(object, "amplitude");
        without(object, "peak_at");
    }
    if (member(object, "peak_to_mean")) without(object, "amplitude");
    if (!profile && !member(object, "peak_to_mean") && !member(object, "amplitude"))
        with(object, "amplitude", cJSON_CreateNumber(.5));
}

static inline cJSON *rule_profile(struct grammar *g, const cJSON *object, const struct key *key)
{
    static const double values[] = {1, 0, 3, 2.5, 0};
    (void)object, (void)key;
    return numbers(values, 2 + (int)up_to(g, 3));
}

static inline void mend_crowd(struct grammar *g, cJSON *object)
{
    if (!member(object, "hold") && !member(object, "half_life"))
        with(object, chance(g, 50) ? "hold" : "half_life", cJSON_CreateString("20s"));
}

static inline void mend_piecewise(struct grammar *g, cJSON *object)
{
    cJSON *step;
    double at = 0;
    cJSON_ArrayForEach(step, member(object, "steps"))
    {
        with(step, "from", duration_of(g, at));
        at += 1 + up_to(g, 30);
    }
}

static inline cJSON *rule_states(struct grammar *g, const cJSON *object, const struct key *key)
{
    static const char *const names[] = {"calm", "busy", "mad"};
    (void)object;
    cJSON *states = cJSON_CreateObject();
    for (uint32_t i = 0, most = 2 + up_to(g, 1); i < most; i++) {
        cJSON *state = make_object(g, key->form.entry->object), *next = member(state, "next");
        if (next) with(next, names[(i + 1) % most], cJSON_CreateNumber(most == 3 ? .75 : 1));
        if (next && most == 3) with(next, names[(i + 2) % most], cJSON_CreateNumber(.25));
        cJSON_AddItemToObject(states, names[i], state);
    }
    return states;
}

static inline cJSON *rule_next(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)g, (void)object, (void)key;
    return cJSON_CreateObject(); // rule_states fills it
}

static inline cJSON *rule_start(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    return cJSON_CreateString(chance(g, 50) ? "calm" : "busy");
}

// Traces: files of tests/swarm/files.h.

static inline cJSON *rule_trace(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    return make_object(g, chance(g, 65) ? &keys_trace : &keys_counts);
}

// The column, or key of an item, of that name.
static inline cJSON *rule_column(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)g, (void)object;
    return cJSON_CreateString(key->name);
}

static inline cJSON *rule_trace_file(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)g, (void)object, (void)key;
    return cJSON_CreateString("requests.csv");
}

static inline cJSON *rule_trace_service(struct grammar *g, const cJSON *object,
                                        const struct key *key)
{
    (void)object, (void)key;
    return chance(g, 50) ? cJSON_CreateString("work") : make_object(g, &keys_trace_service);
}

static inline cJSON *rule_renames(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    cJSON *apps = cJSON_CreateObject();
    with(apps, "x", cJSON_CreateString(g->apps[up_to(g, g->app_count - 1)].name));
    with(apps, "y",
         chance(g, 50) ? cJSON_CreateNull()
                       : cJSON_CreateString(g->apps[up_to(g, g->app_count - 1)].name));
    return apps;
}

static inline cJSON *rule_per(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    cJSON *per = cJSON_CreateObject();
    with(per, "tokens", cJSON_CreateString(chance(g, 50) ? "10ms" : "25ms"));
    return per;
}

static inline cJSON *rule_moment(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)g, (void)object;
    return cJSON_CreateString(strcmp(key->name, "from") == 0 ? "begun" : "ended");
}

static inline void mend_trace_service(struct grammar *g, cJSON *object)
{
    bool columns = member(object, "from") || member(object, "to");
    if (columns && chance(g, 50)) {
        without(object, "base");
        without(object, "per");
        with(object, "from", cJSON_CreateString("begun"));
        with(object, "to", cJSON_CreateString("ended"));
        return;
    }
    without(object, "from");
    without(object, "to");
    if (!member(object, "base") && !member(object, "per"))
        with(object, "base", duration_of(g, 1 + up_to(g, 5)));
}

static inline void mend_trace(struct grammar *g, cJSON *object)
{
    bool log = text_at(object, "form", "request_log");
    if (log) with(object, "file", cJSON_CreateString("requests.jsonl"));
    if (log || !member(object, "arrival")) without(object, "arrival");
    if (member(object, "app"))
        with(object, "apps", rule_renames(g, object, NULL));
    else
        without(object, "apps");
    // What a recorded row says of its caller is known when it is read.
    if (member(object, "caller")) g->callers |= 1u << CALLER_FIRST_USER;
}

static inline cJSON *rule_days(struct grammar *g, const cJSON *object, const struct key *key)
{
    static const char *const days[] = {"day1.csv", "day2.csv"};
    (void)object, (void)key;
    if (chance(g, 50)) return cJSON_CreateString(days[0]);
    return cJSON_CreateStringArray(days, 1 + (int)up_to(g, 1));
}

static inline cJSON *rule_azure(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object;
    char name[16];
    snprintf(name, sizeof name, "%c%u", *key->name, 1 + (unsigned)up_to(g, 1));
    return cJSON_CreateString(strcmp(key->name, "trigger") == 0 ? "http" : name);
}

// A source as a whole.

static inline bool is_path(const cJSON *source, const char *path)
{
    return text_at(source, "path", path) || (strcmp(path, "queue") == 0 && !member(source, "path"));
}

static inline void mend_arrivals(struct grammar *g, cJSON *object)
{
    static const char *const kinds[] = {"poisson", "renewal",     "piecewise_constant",
                                        "diurnal", "flash_crowd", "mmpp",
                                        "trace",   "closed_loop"};
    bool any = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        any = any || member(object, kinds[i]);
    if (!any) with(object, "poisson", make_object(g, &keys_poisson));
    cJSON *trace = member(object, "trace"), *batch = member(object, "batch");
    if (batch && (trace || member(object, "closed_loop"))) without(object, "batch");
    bool by_form = member(trace, "service") || text_at(trace, "form", "request_log");
    if (member(trace, "service")) without(object, "service");
    if (!by_form && !member(object, "service"))
        with(object, "service", make_dist(g, (struct range){.2, 10}, false).node);
}

static inline void mend_times(struct grammar *g, cJSON *object)
{
    if (member(object, "from") && member(object, "until")) {
        with(object, "from", duration_of(g, up_to(g, 40)));
        with(object, "until", duration_of(g, 50 + up_to(g, 300)));
    }
}

// Q1: only the queue retries, and a websocket knows no deadline and no priority.
static inline void mend_source(struct grammar *g, cJSON *object)
{
    bool no_retry = cJSON_IsTrue(member(object, "no_retry"));
    bool own = !member(object, "caller") || text_at(object, "caller", "owner") ||
               text_at(object, "caller", "team");
    mend_arrivals(g, object);
    mend_times(g, object);
    if (no_retry || !is_path(object, "queue")) {
        without(object, "retry");
        if (member(object, "max_attempts")) with(object, "max_attempts", cJSON_CreateNumber(1));
    }
    if (!own) without(object, "retry");
    if (!is_path(object, "websocket")) return;
    without(object, "start_timeout");
    without(object, "priority");
    if (member(object, "trace")) without(member(object, "trace"), "priority");
}

// Up to three sources.
static inline cJSON *rule_traffic(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object;
    cJSON *list = cJSON_CreateArray();
    for (uint32_t i = up_to(g, 2) + chance(g, 80); i > 0; i--)
        cJSON_AddItemToArray(list, make_object(g, key->form.entry->object));
    return list;
}

static inline cJSON *rule_callers(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object;
    cJSON *callers = cJSON_CreateObject();
    for (uint32_t i = CALLER_FIRST_USER; i < CALLER_NAMES; i++)
        if (g->callers >> i & 1)
            with(callers, caller_names[i], make_object(g, key->form.entry->object));
    return callers;
}
