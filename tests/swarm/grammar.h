#pragma once

#include <cjson/cJSON.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/keys.h"
#include "sim/arena.h"
#include "sim/dist.h"
#include "sim/rng.h"

// Random values for the keys of a scenario file, as the tables of bench/input/keys.h describe them:
// an object gets some of its keys, and each of those a value of its form and range.  What a form
// does not say, and what must fit together, are rules (struct rule, struct mend).
//
// Sizes are kept small, so that a run takes milliseconds: sizes[] has the keys for which a generic
// cap would be too much or too little.  Now and then a value is one of the ends of its range.

struct grammar;

// A value for this key instead of what its form says; NULL: the object goes without.
struct rule {
    const struct keys *kind; // NULL: of all
    const char *key;
    cJSON *(*make)(struct grammar *g, const cJSON *object, const struct key *key);
};

struct mend { // makes the keys of a finished object fit together
    const struct keys *kind;
    void (*mend)(struct grammar *g, cJSON *object);
};

struct app_notes { // what other parts of the file must respect
    const char *name;
    bool gpu, regional; // its machine types
    bool nodes;         // its images are remembered by nodes, not cached by chance
    bool pulls, skips, foresees, ephemeral, killed;
    uint32_t ceiling; // max_concurrency is at least this, and nothing that it bounds is more
    uint32_t endpoints, deploys;
};

enum { GRAMMAR_APPS = 3, GRAMMAR_MACHINES = 6, GRAMMAR_KINDS = 128 };

struct grammar {
    struct rng_stream stream;
    uint64_t next;
    const struct rule *rules;         // end with key NULL
    const struct mend *mends;         // end with kind NULL
    const char *kinds[GRAMMAR_KINDS]; // of the objects made, see grammar_tag()
    size_t kind_count;
    struct arena *arena; // for lists of words
    struct app_notes apps[GRAMMAR_APPS], *app;
    uint32_t app_count;
    bool listed[GRAMMAR_MACHINES], regional[GRAMMAR_MACHINES]; // of machine_names[]
    uint32_t machine;                                          // that is being made
    bool commits, committed; // prices; and there are machine types with such
    bool tiers;
    const char *step;        // of some ladder; NULL: none
    const char *alternative; // one of "compare"; NULL: there is none
    uint32_t callers;        // a bit for each of caller_names[] that some source uses
    uint32_t rollouts;       // in the timeline
    uint32_t names;          // given so far, for those that must differ
    double horizon_s;
    bool plain; // numbers instead of times
    bool mild;  // no distribution whose mean is a small share of its scale
    int depth;  // of distributions
};

// Choices.

static inline uint32_t up_to(struct grammar *g, uint32_t most) // 0 to most
{
    return (uint32_t)(rng_word(&g->stream, g->next++) % ((uint64_t)most + 1));
}

static inline bool chance(struct grammar *g, uint32_t percent)
{
    return up_to(g, 99) < percent;
}

static inline double between(struct grammar *g, double least, double most)
{
    return least + (most - least) * rng_uniform(&g->stream, g->next++);
}

#define one_of(g, list) ((list)[up_to((g), sizeof(list) / sizeof *(list)-1)])

// The tree.

// Says of which kind an object is: cJSON has no use for the number of an object.
static inline cJSON *grammar_tag(struct grammar *g, cJSON *object, const char *kind)
{
    size_t i = 0;
    while (i < g->kind_count && strcmp(g->kinds[i], kind) != 0)
        i++;
    if (i == GRAMMAR_KINDS) abort();
    if (i == g->kind_count) g->kinds[g->kind_count++] = kind;
    object->valuedouble = (double)(i + 1);
    return object;
}

static inline const char *grammar_kind(const struct grammar *g, const cJSON *object)
{
    bool known = cJSON_IsObject(object) && object->valuedouble > 0;
    return known ? g->kinds[(size_t)object->valuedouble - 1] : NULL;
}

// A member in either of its forms, with or without "_s"; NULL: none.
static inline cJSON *member(const cJSON *object, const char *key)
{
    char seconds[160];
    cJSON *plain = cJSON_GetObjectItemCaseSensitive(object, key);
    snprintf(seconds, sizeof seconds, "%s_s", key);
    return plain ? plain : cJSON_GetObjectItemCaseSensitive(object, seconds);
}

static inline void without(cJSON *object, const char *key)
{
    cJSON *old = member(object, key);
    if (old) cJSON_Delete(cJSON_DetachItemViaPointer(object, old));
}

static inline void with(cJSON *object, const char *key, cJSON *value)
{
    without(object, key);
    cJSON_AddItemToObject(object, key, value);
}

static inline double number_at(const cJSON *object, const char *key, double otherwise)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(node) ? node->valuedouble : otherwise;
}

static inline bool text_at(const cJSON *object, const char *key, const char *text)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(node) && strcmp(node->valuestring, text) == 0;
}

// Sizes.

struct size {
    const char *key; // "id.key" of one kind, or "key" of all
    double least, most;
};

// clang-format off
static const struct size sizes[] = {
    {"app.initial_runners", 0, 2}, {"min_concurrency", 0, 2}, {"max_concurrency", 2, 8},
    {"concurrency_buffer", 0, 2}, {"concurrency_buffer_perc", 0, 200}, {"activation_scale", 1, 3},
    {"max_multiplexing", 1, 5}, {"num_gpus", 1, 3}, {"hints", 0, 9}, {"users", 1, 6},
    {"max_queue_length", 0, 20}, {"max_parallel_starts", 1, 4}, {"capacity", 1, 12},
    {"capacity.capacity", 0, 12}, {"concurrency_limit", 1, 4}, {"min_ready", 1, 3},
    {"limits.runners", 256, 1024}, {"limits.requests", 4096, 16384},
    {"limits.events", 16384, 65536}, {"abort_min_requests", 1, 20}, {"batch", 1, 3},
    {"geometric", 1, 3}, {"rate_per_s", 0, 1}, {"rate_per_min", 0, 60}, {"rate_per_h", 0, 3000},
    {"flash_crowd.factor", 1, 5}, {"service_factor", .2, 3}, {"first_in_region_factor", 0, 4},
    {"verify_attempts", 1, 3}, {"price_usd_per_s", 0, .01}, {"price_usd_per_h", 0, 9},
    {"unit_price_usd", 0, 1}, {"slowdown.factor", 0, 2}, {"size_gb", .1, 40},
    {"horizon", 60, 400}, {"warm_up", 0, 50}, {"cycle", 10, 50}, {"series_step", 1, 60},
    {"keep_alive", 0, 60}, {"scaling_delay", 0, 5}, {"request_timeout", 1, 30},
    {"startup_timeout", 1, 40}, {"termination_grace_period", 0, 10}, {"interval", 1, 20},
    {"capacity_retry", 1, 30}, {"crash_backoff", 1, 30}, {"crash_backoff_max", 30, 600},
    {"retry_base", .5, 5}, {"retry_max", 5, 60}, {"tick_interval", 1, 9}, {"stable_window", 6, 90},
    {"lookahead", 1, 600}, {"mean_stay", 5, 60}, {"from", 0, 100}, {"until", 50, 400},
    {"start_timeout", 0, 40}, {"notice", 0, 20}, {"reclaim_notice", 0, 10}, {"for", 5, 60},
    {"period", 60, 300}, {"repeat", 100, 300}, {"refusal_window", 0, 30}, {"good_within", 0, 10},
    {"setup", 0, 25}, {"teardown", 0, 8}, {"pending", 0, 5}, {"service", .2, 10},
    {"cold_service", .2, 15}, {"cancel_after", 1, 40}, {"think", 1, 20}, {"time", 0, 12},
    {"renewal", 1.5, 9}, {"mtbf", 20, 200}, {"sick_after", 10, 200}, {"reclaim", 20, 200},
    {"billable_units", 0, 5}, {"counts.time_factor", .1, 2}, {"trace.time_factor", .2, 4},
    {"offset", 0, 60}, {"base", 0, 3}, {"amplitude", 0, 1}, {"replications.min", 1, 20},
    {"replications.max", 20, 40}, {"selection.first", 2, 20}, {"budget", 100, 999},
    {"unused_runner_timeout", 0, 30}, {"cache_lifetime", 0, 90}, {"health_check.timeout", 0, 5},
    {"weight", .001, 100}, {"sweep.points", 1, 40}, {"plan.points", 1, 40},
    {"plan_replications.initial", 2, 5}, {"plan_replications.max", 5, 9},
};
// clang-format on

static inline const struct size *size_of(const struct keys *kind, const char *key)
{
    char full[128];
    const struct size *found = NULL;
    snprintf(full, sizeof full, "%s.%s", kind ? kind->id : "", key);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        if (strcmp(sizes[i].key, full) == 0) return &sizes[i];
        if (strcmp(sizes[i].key, key) == 0) found = &sizes[i];
    }
    return found;
}

struct range {
    double least, most;
};

static inline struct range range_of(const struct keys *kind, const struct key *key, double generic)
{
    const struct size *size = size_of(kind, key->name);
    double min = key->form.min, max = key->form.max;
    struct range r = {min, fmin(max, fmax(min, 0) + generic)};
    if (size) r = (struct range){fmax(size->least, min), fmin(size->most, max)};
    return r;
}

// Plain values.

// Whole often, so that things happen at one instant.
static inline double amount_of(struct grammar *g, struct range r)
{
    double steps = floor(r.most) - ceil(r.least);
    if (chance(g, 8)) return r.least;
    if (steps >= 1 && chance(g, 70)) return ceil(r.least) + up_to(g, (uint32_t)steps);
    return floor(between(g, r.least, r.most) * 1000) / 1000 < r.least
               ? r.least
               : floor(between(g, r.least, r.most) * 1000) / 1000;
}

static inline double clamp(double x, struct range r)
{
    return x < r.least ? r.least : x > r.most ? r.most : x;
}

// "90s", "1m30s" or "1500ms".
static inline cJSON *duration_of(struct grammar *g, double seconds)
{
    char text[64];
    double whole = floor(seconds);
    if (seconds >= 60 && seconds == whole && chance(g, 50))
        snprintf(text, sizeof text, "%.0fm%.0fs", floor(seconds / 60), fmod(seconds, 60));
    else if (seconds < 1e6 && chance(g, 20))
        snprintf(text, sizeof text, "%.12gms", seconds * 1000);
    else
        snprintf(text, sizeof text, "%.12gs", seconds);
    return cJSON_CreateString(text);
}

struct value { // and whether it is a number of seconds, for a key that ends in "_s"
    cJSON *node;
    bool seconds;
};

static inline struct value time_of(struct grammar *g, double seconds, bool timed)
{
    if (timed && chance(g, 30)) return (struct value){cJSON_CreateNumber(seconds), true};
    return (struct value){duration_of(g, seconds), false};
}

static inline struct value make_time(struct grammar *g, const struct keys *kind,
                                     const struct key *key)
{
    struct range r = range_of(kind, key, 60);
    if (isinf(key->form.max) && chance(g, 10))
        return (struct value){cJSON_CreateString("never"), false};
    return time_of(g, clamp(amount_of(g, r), r), key->timed);
}

static inline cJSON *make_count(struct grammar *g, const struct keys *kind, const struct key *key)
{
    struct range r = range_of(kind, key, 8);
    if (key->form.max >= UINT32_MAX && chance(g, 20)) return cJSON_CreateString("unlimited");
    return cJSON_CreateNumber(r.least + up_to(g, (uint32_t)(r.most - r.least)));
}

static inline cJSON *make_number(struct grammar *g, const struct keys *kind, const struct key *key)
{
    struct range r = range_of(kind, key, key->form.max <= 1 ? 1 : key->form.max <= 100 ? 100 : 300);
    if (key->form.max <= 1 && chance(g, 60)) r.most = fmax(r.least, .3); // probabilities
    return cJSON_CreateNumber(clamp(amount_of(g, r), r));
}

static inline cJSON *make_choice(struct grammar *g, const struct key_form *form)
{
    const char *const *words = form->list ? form->list(g->arena) : form->words;
    uint32_t count = 0;
    while (words[count])
        count++;
    return cJSON_CreateString(words[up_to(g, count - 1)]);
}

// Keys without which little happens, and how often they are given, in percent; the others have a
// chance that differs from object to object.  Without limits each run would reserve, and in slow
// builds wipe, memory for a million requests.
static const struct {
    const char *key;
    uint32_t percent;
} odds[] = {
    {"app.traffic", 90},
    {"scenario.timeline", 65},
    {"scenario.machine_types", 65},
    {"scenario.platform", 40},
    {"scenario.compare", 15},
    {"app.max_concurrency", 60},
    {"app.setup", 60},
    {"app.keep_alive", 50},
    {"source.from", 6},
    {"source.until", 6},
    {"app.autoscaler", 30},
    {"app.max_multiplexing", 35},
    {"source.start_timeout", 20},
    {"scenario.limits", 92},
    {"limits.runners", 95},
    {"limits.requests", 95},
    {"limits.events", 95},
};

static inline uint32_t odds_of(const struct keys *kind, const char *key, uint32_t otherwise)
{
    char full[128];
    snprintf(full, sizeof full, "%s.%s", kind->id, key);
    for (size_t i = 0; i < sizeof odds / sizeof *odds; i++)
        if (strcmp(odds[i].key, full) == 0) return odds[i].percent;
    return otherwise;
}

// Any of the forms, and the objects in them.

static inline struct value make_dist(struct grammar *g, struct range r, bool timed);
static inline cJSON *make_object(struct grammar *g, const struct keys *kind);

static inline struct value make_form(struct grammar *g, const struct keys *kind,
                                     const struct key *key)
{
    const struct key_form *form = &key->form;
    struct value v = {NULL, false};
    struct key part = *key;
    switch (form->kind) {
    case KEY_COUNT:
        v.node = make_count(g, kind, key);
        break;
    case KEY_NUMBER:
        v.node = make_number(g, kind, key);
        break;
    case KEY_TIME:
        return make_time(g, kind, key);
    case KEY_DIST:
        part.form.min = 0;
        part.form.max = 1e9;
        return make_dist(g, range_of(kind, &part, 10), key->timed);
    case KEY_PLAIN_DIST:
        g->plain = true;
        part.form.min = 0;
        part.form.max = 1e9;
        v = make_dist(g, range_of(kind, &part, 10), false);
        g->plain = false;
        break;
    case KEY_FLAG:
        v.node = cJSON_CreateBool(chance(g, 60));
        break;
    case KEY_CHOICE:
        v.node = make_choice(g, form);
        break;
    case KEY_OBJECT:
        v.node = make_object(g, form->object);
        break;
    case KEY_LIST:
        v.node = cJSON_CreateArray();
        part.form = *form->entry;
        part.timed = false;
        for (uint32_t i = up_to(g, 2) + (form->min > 0); i > 0; i--)
            cJSON_AddItemToArray(v.node, make_form(g, kind, &part).node);
        break;
    case KEY_TEXT:
    case KEY_NAMES:
    case KEY_POINT:
    case KEY_ANY:
        break; // by rules
    }
    return v;
}

static inline const struct rule *rule_of(const struct grammar *g, const struct keys *kind,
                                         const char *key)
{
    const struct rule *found = NULL;
    for (const struct rule *rule = g->rules; rule->key; rule++) {
        if (strcmp(rule->key, key) != 0) continue;
        if (rule->kind == kind) return rule;
        if (!rule->kind) found = rule;
    }
    return found;
}

static inline struct value make_value(struct grammar *g, const struct keys *kind,
                                      const cJSON *object, const struct key *key)
{
    const struct rule *rule = rule_of(g, kind, key->name);
    if (rule) return (struct value){rule->make(g, object, key), false};
    struct key other = *key;
    if (key->form.other && chance(g, 50)) other.form = *key->form.other;
    return make_form(g, kind, &other);
}

static inline void make_member(struct grammar *g, const struct keys *kind, cJSON *object,
                               const struct key *key)
{
    char name[64];
    // A merge patch takes a value away.
    bool away = kind->changes && key->need == KEY_OPTIONAL && chance(g, 4);
    struct value v =
        away ? (struct value){cJSON_CreateNull(), false} : make_value(g, kind, object, key);
    if (!v.node) return;
    snprintf(name, sizeof name, "%s%s", key->name, v.seconds ? "_s" : "");
    cJSON_AddItemToObject(object, name, v.node);
}

static inline uint32_t ones_of(const struct keys *kind)
{
    struct key key;
    uint32_t count = 0;
    for (size_t at = 0; keys_next(kind, &at, &key);)
        count += key.need == KEY_ONE;
    return count;
}

static inline cJSON *make_object(struct grammar *g, const struct keys *kind)
{
    static const uint32_t shares[] = {4, 10, 25, 60};
    cJSON *object = grammar_tag(g, cJSON_CreateObject(), kind->id);
    uint32_t share = one_of(g, shares), ones = ones_of(kind), one = ones ? up_to(g, ones - 1) : 0;
    struct key key;
    for (size_t at = 0; keys_next(kind, &at, &key);) {
        bool wanted = key.need == KEY_REQUIRED || (key.need == KEY_ONE && one-- == 0) ||
                      (key.need == KEY_OPTIONAL && chance(g, odds_of(kind, key.name, share)));
        if (wanted) make_member(g, kind, object, &key);
    }
    for (const struct mend *mend = g->mends; mend->kind; mend++)
        if (mend->kind == kind) mend->mend(g, object);
    if (chance(g, 1)) with(object, "$comment", cJSON_CreateString("why"));
    return object;
}
