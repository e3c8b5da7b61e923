#pragma once

#include "bench/input/metric_labels.h"
#include "models/downtime.h"
#include "models/runner.h"
#include "models/rollout.h"
#include "tests/swarm/rules_timeline.h"

// Rules of the experiment: what is asked of the numbers, alternatives, sweeps and plans.  Sweeps
// and plans are read and not run, so their axes are keys that nobody reads.

static inline const struct metric *metric_at(const cJSON *object)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "metric");
    return cJSON_IsString(node) ? metric_find(node->valuestring) : NULL;
}

static inline bool has_labels(const char *metric)
{
    for (enum label label = LABEL_REVISION; label < LABELS; label++)
        if (metric_has_label(metric, label)) return true;
    return false;
}

// Those with labels more often than the many without.
static inline cJSON *rule_metric(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object;
    cJSON *choice = make_choice(g, &key->form);
    for (int i = 0; i < 3 && !has_labels(choice->valuestring); i++) {
        cJSON_Delete(choice);
        choice = make_choice(g, &key->form);
    }
    return choice;
}

static inline cJSON *rule_stat(struct grammar *g, const cJSON *object, const struct key *key)
{
    static const char *const stats[] = {"mean", "p95", "p99.9", "any"};
    (void)key;
    const char *stat = one_of(g, stats);
    const struct metric *metric = metric_at(object);
    if (strcmp(stat, "any") == 0 && (!metric || isnan(metric_perfect(metric)))) stat = "p50";
    return cJSON_CreateString(stat);
}

static inline const char *state_of(const struct grammar *g, const char *metric)
{
    if (strcmp(metric, "machine_s") == 0) return machine_use_names[0];
    return strcmp(metric, "setup_step_s") == 0 ? g->step : "RUNNING";
}

static inline const char *outcome_of(const char *metric)
{
    if (strcmp(metric, "runner_stops") == 0) return stop_reason_names[0];
    return strcmp(metric, "rollout_outcome") == 0 ? rollout_end_names[0] : "ok";
}

static inline const char *region_of(const struct grammar *g)
{
    for (uint32_t i = 0; i < GRAMMAR_MACHINES; i++)
        if (g->regional[i]) return region_names[0];
    return NULL;
}

// NULL: there is none that is known to be right.
static inline const char *label_of(struct grammar *g, enum label label, const char *metric)
{
    static const char *const quantiles[] = {"0.5", "0.95", "max"};
    static const char *const payers[] = {"owner", "callers", "absorbed"};
    switch (label) {
    case LABEL_APP:
        return g->apps[up_to(g, g->app_count - 1)].name;
    case LABEL_REVISION:
        return "1";
    case LABEL_MACHINE_TYPE:
        return machine_names[up_to(g, MACHINES_OF_CATALOGUE - 1)];
    case LABEL_AUTH_MODE:
        return auth_mode_names[up_to(g, AUTH_MODES - 1)];
    case LABEL_PAYER:
        return one_of(g, payers);
    case LABEL_CALLER:
        return "owner";
    case LABEL_STATE:
        return state_of(g, metric);
    case LABEL_OUTCOME:
        return outcome_of(metric);
    case LABEL_QUANTILE:
        return strcmp(metric, "outage_s") == 0 ? "0.5" : one_of(g, quantiles);
    case LABEL_WINDOW:
        return downtime_windows(metric)[0];
    case LABEL_ROLLOUT:
        return g->rollouts ? "1" : NULL;
    case LABEL_REGION:
        return region_of(g);
    case LABEL_PRIORITY:
        return priority_names[up_to(g, PRIORITIES - 1)];
    case LABELS:
        break;
    }
    return NULL;
}

static inline cJSON *rule_label(struct grammar *g, const cJSON *object, const struct key *key)
{
    const struct metric *metric = metric_at(object);
    enum label label = 0;
    while (label < LABELS && strcmp(label_names[label], key->name) != 0)
        label++;
    if (!metric || label == LABELS || !metric_has_label(metric->name, label)) return NULL;
    const char *text = label_of(g, label, metric->name);
    bool number = text && (label == LABEL_REVISION || label == LABEL_ROLLOUT) && chance(g, 50);
    if (number) return cJSON_CreateNumber(1);
    return text ? cJSON_CreateString(text) : NULL;
}

// "min", "max" or both, and min not above max.
static inline void mend_bounds(struct grammar *g, cJSON *object)
{
    cJSON *least = member(object, "min"), *most = member(object, "max");
    if (least) with(object, "min", cJSON_CreateNumber(-(double)up_to(g, 9)));
    if (most || !least) with(object, "max", cJSON_CreateNumber(up_to(g, 9)));
}

static inline void mend_until(struct grammar *g, cJSON *object)
{
    if (!member(object, "relative") && !member(object, "absolute"))
        with(object, "relative", cJSON_CreateNumber(.05 + up_to(g, 9) / 10.));
}

static inline void mend_selection(struct grammar *g, cJSON *object)
{
    const struct metric *metric = metric_at(object);
    if (!metric) {
        without(object, "procedure");
        without(object, "best");
        return;
    }
    if (metric->better == BETTER_NEITHER && !member(object, "best"))
        with(object, "best", cJSON_CreateString(chance(g, 50) ? "smallest" : "largest"));
    if (text_at(object, "procedure", "kn")) {
        cJSON *zones = cJSON_CreateObject();
        with(zones, metric->name, cJSON_CreateNumber(.5));
        with(object, "zones", zones);
    }
    if (text_at(object, "procedure", "ocba"))
        with(object, "budget", cJSON_CreateNumber(100 + up_to(g, 99)));
}

static inline cJSON *rule_zones(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    cJSON *zones = cJSON_CreateObject();
    with(zones, "wait_mean_s", cJSON_CreateNumber(.1 + up_to(g, 3)));
    return zones;
}

// Sweeps and plans.

static inline cJSON *rule_axis_path(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    return cJSON_CreateString(fresh(g, "/x-"));
}

static inline cJSON *rule_axis_values(struct grammar *g, const cJSON *object, const struct key *key)
{
    static const double values[] = {1, 2};
    (void)g, (void)object, (void)key;
    return numbers(values, 2);
}

static inline cJSON *rule_axis_from(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    return cJSON_CreateNumber(1 + up_to(g, 1));
}

static inline cJSON *rule_axis_to(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    return cJSON_CreateNumber(5 + up_to(g, 4));
}

static inline cJSON *rule_axis_step(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)g, (void)object, (void)key;
    return cJSON_CreateNumber(1);
}

static inline cJSON *rule_axis_points(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)g, (void)object, (void)key;
    return cJSON_CreateNumber(2);
}

static inline cJSON *rule_axes(struct grammar *g, const cJSON *object, const struct key *key)
{
    static const char *const names[] = {"one", "two"};
    (void)object, (void)key;
    cJSON *axes = cJSON_CreateObject();
    for (size_t i = 0; i < 2; i++) {
        cJSON *axis = make_object(g, &keys_axis);
        with(axis, "path", rule_axis_path(g, NULL, NULL));
        with(axes, names[i], axis);
    }
    if (chance(g, 30)) with(axes, fresh(g, "/x-"), rule_axis_values(g, NULL, NULL));
    return axes;
}

static inline cJSON *rule_zip(struct grammar *g, const cJSON *object, const struct key *key)
{
    static const char *const names[] = {"one", "two"};
    (void)g, (void)object, (void)key;
    cJSON *zip = cJSON_CreateArray();
    cJSON_AddItemToArray(zip, cJSON_CreateStringArray(names, 2));
    return zip;
}

static inline cJSON *rule_where(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)g, (void)object, (void)key;
    return cJSON_CreateString("one <= 2 || two > 1");
}

// A grid needs values, two axes as many of them to move together, and a tornado values in the file.
static inline void mend_sweep(struct grammar *g, cJSON *object)
{
    bool zips = member(object, "zip") != NULL,
         drawn = text_at(object, "design", "lhs") || text_at(object, "design", "sobol");
    if (text_at(object, "design", "tornado")) without(object, "design");
    if (text_at(object, "design", "factorial2")) without(object, "where");
    cJSON *axis;
    cJSON_ArrayForEach(axis, member(object, "axes"))
    {
        if (!cJSON_IsObject(axis)) continue;
        if (zips || !drawn) {
            cJSON *range = member(axis, "range"), *log = member(axis, "log");
            if (range) with(range, "from", cJSON_CreateNumber(4));
            if (range) with(range, "to", cJSON_CreateNumber(5));
            if (range) with(range, "step", cJSON_CreateNumber(1));
            if (log) with(log, "points", cJSON_CreateNumber(2));
        }
    }
    if (!drawn) without(object, "points");
    (void)g;
}

static inline cJSON *rule_knobs(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object;
    cJSON *knobs = cJSON_CreateObject();
    for (uint32_t i = up_to(g, 1) + 1; i > 0; i--)
        with(knobs, fresh(g, "/x-"), make_object(g, key->form.entry->object));
    return knobs;
}

static inline void mend_knob(struct grammar *g, cJSON *object)
{
    if (member(object, "values")) return;
    if (!member(object, "from")) with(object, "from", rule_axis_from(g, NULL, NULL));
    if (!member(object, "to")) with(object, "to", rule_axis_to(g, NULL, NULL));
    if (member(object, "step")) {
        without(object, "points");
        without(object, "log");
    }
}

// Alternatives: other values of plain keys of apps.

static inline bool is_simple(const struct key *key)
{
    static const char *const fixed[] = {"deployment", "num_gpus", "initial_runners",
                                        "max_concurrency", "unit_price_usd"};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (strcmp(fixed[i], key->name) == 0) return false;
    enum key_kind kind = key->form.kind;
    bool plain = kind == KEY_COUNT || kind == KEY_NUMBER || kind == KEY_FLAG;
    return key->form.param && (plain || kind == KEY_TIME || kind == KEY_DIST || kind == KEY_CHOICE);
}

// A key that the app gives keeps its form: "keep_alive" and "keep_alive_s" are not both allowed.
static inline void add_change(struct grammar *g, cJSON *changes, const cJSON *apps)
{
    char pointer[128], name[64];
    struct key key = {0}, some;
    g->app = &g->apps[up_to(g, g->app_count - 1)];
    const cJSON *app = cJSON_GetObjectItemCaseSensitive(apps, g->app->name);
    uint32_t seen = 0;
    for (size_t at = 0; keys_next(&keys_app, &at, &some);)
        if (is_simple(&some) && up_to(g, seen++) == 0) key = some;
    const cJSON *old = member(app, key.name);
    snprintf(name, sizeof name, "%s", old ? old->string : key.name);
    if (strcmp(name, key.name) != 0) return;
    key.timed = false;
    const char *escaped = strcmp(g->app->name, "C/1") == 0 ? "C~11" : g->app->name;
    snprintf(pointer, sizeof pointer, "/apps/%s/%s", escaped, name);
    cJSON *value = make_value(g, &keys_app, app, &key).node;
    if (value) with(changes, pointer, value);
}

static inline cJSON *rule_compare(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)key;
    cJSON *compare = cJSON_CreateObject();
    for (uint32_t i = 1 + up_to(g, 1); i > 0; i--) {
        cJSON *changes = cJSON_CreateObject();
        for (uint32_t k = up_to(g, 2); k > 0; k--)
            add_change(g, changes, member(object, "apps"));
        g->alternative = fresh(g, "other ");
        with(compare, g->alternative, changes);
    }
    return compare;
}

static inline cJSON *rule_alternative(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    return g->alternative ? cJSON_CreateString(g->alternative) : NULL;
}

// The file as a whole.

static inline cJSON *rule_seed(struct grammar *g, const cJSON *object, const struct key *key)
{
    char text[32];
    (void)object, (void)key;
    snprintf(text, sizeof text, "%u", (unsigned)up_to(g, UINT32_MAX - 1));
    return cJSON_CreateString(text);
}

static inline cJSON *rule_version(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)g, (void)object, (void)key;
    return cJSON_CreateNumber(1);
}

static inline cJSON *rule_horizon(struct grammar *g, const cJSON *object, const struct key *key)
{
    (void)object, (void)key;
    return duration_of(g, g->horizon_s);
}

static inline void mend_replications(struct grammar *g, cJSON *object)
{
    (void)g;
    if (number_at(object, "min", 10) > number_at(object, "max", 1e6)) without(object, "min");
    if (number_at(object, "min", 10) > number_at(object, "max", 1e6)) without(object, "max");
}

static inline void mend_plan_replications(struct grammar *g, cJSON *object)
{
    (void)g;
    if (member(object, "max") && !member(object, "initial"))
        with(object, "initial", cJSON_CreateNumber(3));
}

// Whole cycles for a cyclic study; no search for a steady state where there is none.
static inline void mend_scenario(struct grammar *g, cJSON *object)
{
    cJSON *warm_up = member(object, "warm_up"), *timeline = member(object, "timeline");
    bool automatic = text_at(object, "warm_up", "auto");
    if (g->commits && !g->committed) without(object, "prices");
    if (text_at(object, "study", "cyclic")) {
        with(object, "cycle", duration_of(g, g->horizon_s / 4));
        if (warm_up && !automatic) with(object, "warm_up", duration_of(g, g->horizon_s / 4));
    } else {
        without(object, "cycle");
    }
    if (automatic && ((timeline && timeline->child) || text_at(object, "study", "terminating")))
        without(object, "warm_up");
}
