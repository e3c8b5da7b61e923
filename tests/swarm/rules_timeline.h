#pragma once

#include "tests/swarm/rules_traffic.h"

// Rules of what happens when.

static inline cJSON *rule_app_name(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    return cJSON_CreateString(g->app->name);
}

static inline void mend_canary(struct grammar *g, cJSON *object)
{
    double weight = 0;
    cJSON *step;
    if (!member(object, "steps") && text_at(object, "strategy", "canary")) {
        cJSON *steps = cJSON_CreateArray();
        cJSON_AddItemToArray(steps, make_object(g, &keys_canary_step));
        with(object, "steps", steps);
    }
    cJSON_ArrayForEach(step, member(object, "steps"))
    {
        weight += 1 + up_to(g, 24);
        with(step, "weight", cJSON_CreateNumber(weight));
    }
}

static inline void mend_rollout(struct grammar *g, cJSON *object)
{
    if (!text_at(object, "strategy", "rolling")) without(object, "detach");
    mend_canary(g, object);
    bool none = number_at(object, "max_surge", 1) <= 0 || text_at(object, "max_surge", "0%");
    if (none) with(object, "max_unavailable", cJSON_CreateString("50%"));
}

static inline cJSON *rule_amount(struct grammar *g, const cJSON *object, const struct key *key)
{
    static const char *const shares[] = {"0%", "25%", "33.3%", "100%"};
    (void)object, (void)key;
    if (chance(g, 50)) return cJSON_CreateString(one_of(g, shares));
    return cJSON_CreateNumber(up_to(g, 3));
}

static inline cJSON *rule_to(struct grammar *g, const cJSON *object, const struct key *key)
{
    char text[16];
    (void)object, (void)key;
    snprintf(text, sizeof text, "%u", 1 + (unsigned)up_to(g, g->app->deploys));
    return cJSON_CreateString(text);
}

static inline cJSON *rule_any_machine(struct grammar *g, const cJSON *object, const struct key *key)
{
    uint32_t type = up_to(g, GRAMMAR_MACHINES - 1);
    (void)object, (void)key;
    if (!g->listed[type]) type %= MACHINES_OF_CATALOGUE;
    return cJSON_CreateString(machine_names[type]);
}

// A capacity that is by region changes in one of them.
static inline void mend_place(struct grammar *g, cJSON *object)
{
    bool by_region = false, needed = member(object, "capacity") != NULL;
    for (uint32_t i = 0; i < GRAMMAR_MACHINES; i++)
        by_region =
            by_region || (g->regional[i] && text_at(object, "machine_type", machine_names[i]));
    without(object, "region");
    if (by_region && (needed || chance(g, 60)))
        with(object, "region", cJSON_CreateString(one_of(g, region_names)));
}

static inline cJSON *rule_runners(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    return chance(g, 30) ? cJSON_CreateString("all") : cJSON_CreateNumber(1 + up_to(g, 3));
}

static inline cJSON *rule_flushed(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    uint32_t caller = up_to(g, CALLER_NAMES - 1);
    return cJSON_CreateString(g->callers >> caller & 1 ? caller_names[caller] : "owner");
}

// Which event may happen to the app at this point.
static inline const char *choose_event(struct grammar *g)
{
    static const char *const any[] = {"deploy", "deploy",      "scale",   "capacity",
                                      "flush",  "maintenance", "restart", "deploy"};
    const struct app_notes *app = g->app;
    if (app->killed) return chance(g, 50) ? "capacity" : "maintenance";
    if (app->ephemeral && chance(g, 40)) return "kill";
    if (app->deploys > 0 && chance(g, 30)) return "rollback";
    return one_of(g, any);
}

static inline void note_event(struct grammar *g, const char *kind)
{
    bool deploy = strcmp(kind, "deploy") == 0;
    g->app->deploys += deploy;
    if (strcmp(kind, "kill") == 0) g->app->killed = true;
    g->rollouts += deploy || strcmp(kind, "restart") == 0 || strcmp(kind, "rollback") == 0;
}

static inline cJSON *make_event(struct grammar *g, double at_s)
{
    struct key key;
    cJSON *event = grammar_tag(g, cJSON_CreateObject(), keys_event.id);
    g->app = &g->apps[up_to(g, g->app_count - 1)];
    const char *kind = choose_event(g);
    if (!keys_find(&keys_event, kind, &key)) abort();
    struct value at = time_of(g, at_s, true);
    cJSON_AddItemToObject(event, at.seconds ? "at_s" : "at", at.node);
    cJSON_AddItemToObject(event, kind, make_object(g, key.form.object));
    note_event(g, kind);
    return event;
}

// By time, as the reader sorts them; two at one instant stand in their order.
static inline cJSON *rule_timeline(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    cJSON *list = cJSON_CreateArray();
    double at = 0;
    for (uint32_t i = up_to(g, 5); i > 0; i--) {
        at += chance(g, 15) ? 0 : up_to(g, (uint32_t)(g->horizon_s / 4));
        if (at < g->horizon_s) cJSON_AddItemToArray(list, make_event(g, at));
    }
    return list;
}
