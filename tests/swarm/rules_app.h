#pragma once

#include "models/config.h"
#include "tests/swarm/dists.h"

// Rules of machines, the platform and apps.

static const char *const machine_names[GRAMMAR_MACHINES] = {"GPU-H100", "GPU-A100", "M",
                                                            "S",        "Zeta",     "GPU-Zeta"};
static const bool machine_gpu[GRAMMAR_MACHINES] = {true, true, false, false, false, true};
enum { MACHINES_OF_CATALOGUE = 4, MACHINE_DEFAULT = 3 };
static const char *const region_names[] = {"us-west", "eu-north"};

static inline cJSON *rule_away(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)g, (void)object, (void)key;
    return NULL;
}

static inline cJSON *words(struct grammar *g)
{
    static const char *const some[] = {"t", "two words", "\u00e9t\u00e9", "with \"quotes\"",
                                       "a/b~c"};
    return cJSON_CreateString(one_of(g, some));
}

static inline cJSON *rule_words(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    return words(g);
}

// A name that nothing else has.
static inline const char *fresh(struct grammar *g, const char *stem)
{
    char text[32];
    snprintf(text, sizeof text, "%s%u", stem, (unsigned)++g->names);
    return arena_copy_text(g->arena, text);
}

// Short times between arrivals, or of lives, make millions of events.
static inline cJSON *make_mild(struct grammar *g, struct range r)
{
    g->mild = true;
    cJSON *dist = make_dist(g, r, false).node;
    g->mild = false;
    return dist;
}

static inline cJSON *rule_lives(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    return make_mild(g, (struct range){20, 200});
}

// Machines.

static inline cJSON *rule_prices(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object;
    cJSON *choice = make_choice(g, &key->form);
    g->commits = strcmp(choice->valuestring, "committed") == 0;
    return choice;
}

static inline cJSON *rule_capacity(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object;
    if (chance(g, 60)) return make_count(g, &keys_machine, key);
    uint32_t first = up_to(g, 1);
    cJSON *regions = cJSON_CreateObject();
    for (uint32_t i = 0; i < 2; i++)
        cJSON_AddItemToObject(regions, region_names[(first + i) % 2],
                              make_count(g, &keys_machine, key));
    g->regional[g->machine] = true;
    return regions;
}

// Windows in the order of time.  Nobody publishes a price of a CPU type.
static inline void mend_machine(struct grammar *g, cJSON *object)
{
    bool fresh_type = g->machine >= MACHINES_OF_CATALOGUE,
         priced = machine_gpu[g->machine] && !fresh_type && !g->committed;
    cJSON *window;
    double at = 0;
    cJSON_ArrayForEach(window, member(object, "surge"))
    {
        bool from_start = at <= 0 && !member(window, "from");
        if (!from_start) with(window, "from", duration_of(g, at += up_to(g, 40)));
        with(window, "until", duration_of(g, at += 1 + up_to(g, 90)));
    }
    without(object, "gpu");
    if (fresh_type && (machine_gpu[g->machine] || chance(g, 30)))
        with(object, "gpu", cJSON_CreateBool(machine_gpu[g->machine]));
    if (member(object, "price_usd_per_s")) without(object, "price_usd_per_h");
    if (!priced && !member(object, "price_usd_per_s"))
        with(object, "price_usd_per_h", cJSON_CreateNumber(1 + up_to(g, 5)));
}

// A file without prices of its own has none for CPU types; a machine type is then always named.
static inline cJSON *rule_machines(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    cJSON *types = cJSON_CreateObject();
    g->committed = g->commits;
    for (g->machine = 0; g->machine < GRAMMAR_MACHINES; g->machine++) {
        // Under a commitment no price is known but the file's own.
        if (!chance(g, 45) && !(g->committed && g->machine == 0)) continue;
        g->listed[g->machine] = true;
        cJSON_AddItemToObject(types, machine_names[g->machine], make_object(g, &keys_machine));
    }
    return types;
}

static inline cJSON *rule_tiers(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    cJSON *tiers = cJSON_CreateObject();
    g->plain = true;
    cJSON_AddItemToObject(tiers, "nvme", make_dist(g, (struct range){1, 12}, false).node);
    cJSON_AddItemToObject(tiers, "store", make_dist(g, (struct range){.5, 3}, false).node);
    g->plain = false;
    g->tiers = true;
    return tiers;
}

// Rarely so little room that a run ends for it, which is a right end.
static inline void mend_limits(struct grammar *g, cJSON *object)
{
    if (chance(g, 5)) with(object, "requests", cJSON_CreateNumber(1 + up_to(g, 20)));
}

// Apps.

// Types that the app may use: 0 to all of them.
static inline uint32_t choose_machines(struct grammar *g, const struct app_notes *app,
                                       uint32_t chosen[GRAMMAR_MACHINES])
{
    uint32_t count = 0, first = up_to(g, GRAMMAR_MACHINES - 1);
    for (uint32_t i = 0; i < GRAMMAR_MACHINES; i++) {
        uint32_t type = (first + i) % GRAMMAR_MACHINES;
        bool published = type < MACHINES_OF_CATALOGUE && machine_gpu[type] && !g->committed;
        bool there = g->listed[type] || published;
        bool fits = machine_gpu[type] == app->gpu && (!app->regional || g->regional[type]);
        if (there && fits) chosen[count++] = type;
    }
    return count;
}

static inline cJSON *rule_machine_type(struct grammar *g, const cJSON *object,
                                       const struct key *key)
{
    (void)object, (void)key;
    uint32_t chosen[GRAMMAR_MACHINES], count = choose_machines(g, g->app, chosen);
    if (count == 0) return NULL;
    if (chance(g, 50)) return cJSON_CreateString(machine_names[chosen[0]]);
    cJSON *list = cJSON_CreateArray();
    for (uint32_t i = 0, most = 1 + up_to(g, count - 1); i < most; i++)
        cJSON_AddItemToArray(list, cJSON_CreateString(machine_names[chosen[i]]));
    return list;
}

static inline cJSON *rule_valid_regions(struct grammar *g, const cJSON *object,
                                        const struct key *key)
{
    (void)object, (void)key;
    if (!g->app->regional) return NULL;
    cJSON *list = cJSON_CreateArray();
    uint32_t first = up_to(g, 1);
    for (uint32_t i = 0, most = 1 + up_to(g, 1); i < most; i++)
        cJSON_AddItemToArray(list, cJSON_CreateString(region_names[(first + i) % 2]));
    return list;
}

static inline cJSON *rule_num_gpus(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object;
    return g->app->gpu ? make_count(g, NULL, key) : NULL;
}

static inline cJSON *rule_step(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    g->step = fresh(g, "step ");
    return cJSON_CreateString(g->step);
}

static inline void mend_step(struct grammar *g, cJSON *object)
{
    bool sized = member(object, "size_gb") != NULL;
    without(object, "tier");
    if (sized && g->tiers)
        with(object, "tier", cJSON_CreateString(chance(g, 50) ? "nvme" : "store"));
    if (!sized || g->tiers) return;
    without(object, "size_gb");
    with(object, "time", cJSON_CreateString("3s"));
}

static inline void mend_pull(struct grammar *g, cJSON *object)
{
    without(object, g->app->nodes ? "cached" : "nodes");
}

static inline cJSON *rule_responses(struct grammar *g, const cJSON *object, const struct key *key)
{
    static const char *const statuses[] = {"crash", "400", "429", "500", "501", "503", "504"};
    (void)object, (void)key;
    cJSON *responses = cJSON_CreateObject();
    for (uint32_t i = up_to(g, 2) + 1; i > 0; i--) {
        const char *status = one_of(g, statuses);
        double probability = up_to(g, 14) / 100.;
        cJSON *value = cJSON_CreateNumber(probability);
        if (chance(g, 50)) {
            cJSON_Delete(value);
            value = make_object(g, &keys_response);
            with(value, "probability", cJSON_CreateNumber(probability));
            if (*status == 'c') without(value, "stop_runner");
            if (*status != '5' && strcmp(status, "429") != 0) without(value, "needs_retry");
        }
        with(responses, status, value);
    }
    return responses;
}

static inline cJSON *rule_retry(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object;
    return g->app->skips ? NULL : make_object(g, key->form.object);
}

static inline cJSON *rule_skips(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object;
    return g->app->skips ? make_form(g, NULL, key).node : NULL;
}

static inline cJSON *rule_slowdown(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object;
    if (g->app->foresees) return NULL;
    return chance(g, 50) ? make_choice(g, &key->form) : make_object(g, &keys_slowdown);
}

static inline cJSON *rule_slowdown_table(struct grammar *g, const cJSON *object,
                                         const struct key *key)
{
    static const double table[] = {1, 1.25, 3, 3.5, 3.5};
    (void)object, (void)key;
    return numbers(table, 1 + (int)up_to(g, 4));
}

static inline cJSON *rule_min_concurrency(struct grammar *g, const cJSON *object,
                                          const struct key *key)
{
    (void)object, (void)key;
    return cJSON_CreateNumber(up_to(g, g->app->ceiling));
}

static inline cJSON *rule_autoscaler(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object;
    if (chance(g, 60)) {
        cJSON *choice = make_choice(g, &key->form);
        g->app->foresees = strcmp(choice->valuestring, "oracle") == 0;
        return choice;
    }
    cJSON *choice = make_object(g, &keys_autoscaler);
    g->app->foresees = member(choice, "oracle") != NULL;
    return choice;
}

static inline cJSON *rule_endpoints(struct grammar *g, const cJSON *object, const struct key *key)
{
    static const char *const paths[] = {"/", "/a", "/b/c"};
    (void)object, (void)key;
    g->app->endpoints = 1 + up_to(g, 2);
    return cJSON_CreateStringArray(paths, (int)g->app->endpoints);
}

static inline cJSON *rule_deployment(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object;
    cJSON *choice = make_choice(g, &key->form);
    g->app->ephemeral = strcmp(choice->valuestring, "ephemeral") == 0;
    return choice;
}

static inline bool sells_units(const cJSON *app)
{
    const cJSON *source;
    cJSON_ArrayForEach(source,
                       member(app, "traffic")) if (member(source, "billable_units")) return true;
    return false;
}

// An app that names no type runs on S, if that has a price.
static inline void mend_types(struct grammar *g, cJSON *object)
{
    if (member(object, "machine_type")) return;
    without(object, "num_gpus");
    without(object, "valid_regions");
    bool may = g->listed[MACHINE_DEFAULT] && chance(g, 50);
    if (may) g->app->gpu = g->app->regional = false;
    cJSON *type = may ? NULL : rule_machine_type(g, object, NULL);
    if (type) with(object, "machine_type", type);
}

static inline void mend_app(struct grammar *g, cJSON *object)
{
    mend_types(g, object);
    if (g->app->ceiling < 2) with(object, "max_concurrency", cJSON_CreateNumber(1));
    if (number_at(object, "initial_runners", 0) > g->app->ceiling)
        with(object, "initial_runners", cJSON_CreateNumber(g->app->ceiling));
    if (sells_units(object) && !member(object, "unit_price_usd"))
        with(object, "unit_price_usd", cJSON_CreateNumber(.25));
    g->app->pulls = member(object, "docker_pull") != NULL;
}

static inline cJSON *rule_apps(struct grammar *g, const cJSON *object, const struct key *key)
{
    static const char *const names[GRAMMAR_APPS] = {"A", "b app", "C/1"};
    (void)object, (void)key;
    cJSON *apps = cJSON_CreateObject();
    g->app_count = 1 + up_to(g, GRAMMAR_APPS - 1);
    for (uint32_t i = 0; i < g->app_count; i++)
        g->apps[i].name = names[i];
    for (uint32_t i = 0; i < g->app_count; i++) {
        uint32_t chosen[GRAMMAR_MACHINES];
        struct app_notes *app = g->app = &g->apps[i];
        *app = (struct app_notes){.name = names[i],
                                  .gpu = chance(g, 60),
                                  .regional = chance(g, 40),
                                  .nodes = chance(g, 50),
                                  .skips = chance(g, 30),
                                  .ceiling = chance(g, 10) ? 1 : 2};
        if (app->regional && choose_machines(g, app, chosen) == 0) app->regional = false;
        if (choose_machines(g, app, chosen) == 0) app->gpu = !app->gpu;
        if (choose_machines(g, app, chosen) == 0) app->regional = false;
        cJSON_AddItemToObject(apps, names[i], make_object(g, &keys_app));
    }
    return apps;
}
