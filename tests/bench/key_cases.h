#pragma once

#include <math.h>

#include "bench/input/keys.h"
#include "bench/input/reader.h"
#include "tests/bench/probe.h"

// A scenario in which an object of every kind stands, and what becomes of it when one key gets one
// value: the values at both ends of the key's range, just beyond them, and of other types.

static const char key_scenario[] =
    "{\"warmpool\": 1, \"title\": \"t\", \"horizon\": \"1h\", \"warm_up\": \"1m\",\n"
    "\"replications\": {\"min\": 2, \"max\": 5, \"until\": [{\"metric\": \"wait_mean_s\",\n"
    "  \"relative\": 0.1}]},\n"
    "\"machine_types\": {\"GPU-H100\": {\"capacity\": 8,\n"
    "  \"surge\": [{\"from\": \"1m\", \"until\": \"2m\", \"factor\": 2}]},\n"
    "  \"Z\": {\"price_usd_per_h\": 1, \"capacity\": {\"eu\": 4}}},\n"
    "\"platform\": {\"tiers\": {\"nvme\": 12}}, \"limits\": {}, \"downtime\": {},\n"
    "\"callers\": {\"acme\": {\"concurrency_limit\": 2}},\n"
    "\"apps\": {\"A\": {\"machine_type\": [\"GPU-H100\"], \"valid_regions\": [\"eu\"],\n"
    "  \"max_multiplexing\": 4, \"endpoints\": [\"/\"],\n"
    "  \"docker_pull\": {\"time\": \"1s\", \"cached\": 0.5}, \"unit_price_usd\": 1,\n"
    "  \"setup\": {\"ladder\": [{\"step\": \"a\", \"size_gb\": 1, \"tier\": \"nvme\"}]},\n"
    "  \"health_check\": {}, \"responses\": {\"500\": {\"probability\": 0.1}}, \"retry\": {},\n"
    "  \"skip_retry_conditions\": [\"timeout\"], \"slowdown\": {\"table\": [1]}, \"traffic\": [\n"
    "  {\"caller\": \"acme\", \"poisson\": {\"rate_per_s\": 1},\n"
    "   \"service\": {\"empirical\": {\"values\": [\"1s\"], \"weights\": [1]}}},\n"
    "  {\"piecewise_constant\": {\"steps\": [{\"from\": \"0s\", \"rate_per_s\": 1}]},\n"
    "   \"batch\": {\"geometric\": 2},\n"
    "   \"service\": {\"quantiles\": {\"points\": [[0, \"1s\"], [1, \"2s\"]]}}},\n"
    "  {\"closed_loop\": {\"users\": 2, \"think\": \"1s\"},\n"
    "   \"service\": {\"hyperexponential\": {\"probabilities\": [1], \"means\": [\"1s\"]}}},\n"
    "  {\"renewal\": \"1s\",\n"
    "   \"service\": {\"mixture\": {\"parts\": [{\"weight\": 1, \"dist\": \"1s\"}]}}},\n"
    "  {\"trace\": {\"file\": \"none.csv\", \"service\": {\"per\": {\"tokens\": \"1ms\"}}}},\n"
    "  {\"diurnal\": {\"rate_per_s\": 1, \"profile\": [1, 2]}, \"service\": \"1s\"},\n"
    "  {\"flash_crowd\": {\"rate_per_s\": 1, \"factor\": 5, \"at\": \"1m\", \"hold\": \"1m\"},\n"
    "   \"service\": \"1s\"},\n"
    "  {\"mmpp\": {\"states\": {\"calm\": {\"rate_per_s\": 1, \"mean_stay\": \"1m\"},\n"
    "   \"busy\": {\"rate_per_s\": 5, \"mean_stay\": \"1m\"}}}, \"service\": \"1s\"},\n"
    "  {\"trace\": {\"form\": \"azure_functions\", \"file\": [\"none.csv\"]}, \"service\": "
    "\"1s\"}]},\n"
    " \"K\": {\"machine_type\": \"Z\", \"autoscaler\": {\"knative\": {}}},\n"
    " \"O\": {\"machine_type\": \"Z\", \"autoscaler\": {\"oracle\": {}}},\n"
    " \"P\": {\"machine_type\": \"Z\", \"autoscaler\": {\"fal\": {}}},\n"
    " \"E\": {\"deployment\": \"ephemeral\", \"machine_type\": \"Z\"}},\n"
    "\"timeline\": [\n"
    "  {\"at\": \"10m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"canary\",\n"
    "    \"steps\": [{\"weight\": 10, \"for\": \"1m\"}], \"change\": {\"docker_pull\": {}}}},\n"
    "  {\"at\": \"11m\", \"scale\": {\"app\": \"A\"}},\n"
    "  {\"at\": \"12m\", \"capacity\": {\"machine_type\": \"GPU-H100\", \"capacity\": 4}},\n"
    "  {\"at\": \"13m\", \"flush\": {\"app\": \"A\"}},\n"
    "  {\"at\": \"14m\", \"maintenance\": {\"machine_type\": \"GPU-H100\", \"runners\": 1}},\n"
    "  {\"at\": \"15m\", \"restart\": {\"app\": \"A\"}},\n"
    "  {\"at\": \"16m\", \"rollback\": {\"app\": \"A\", \"strategy\": \"canary\",\n"
    "    \"steps\": [{\"weight\": 10, \"for\": \"1m\"}]}},\n"
    "  {\"at\": \"17m\", \"kill\": {\"app\": \"E\"}}],\n"
    "\"sweep\": {\"design\": \"sobol\", \"axes\": {\"a\": {\"path\": \"/apps/A/x-a\",\n"
    "  \"range\": {\"from\": 1, \"to\": 2}}, \"b\": {\"path\": \"/apps/A/x-b\",\n"
    "  \"log\": {\"from\": 1, \"to\": 2}}}, \"zip\": [[\"a\", \"b\"]],\n"
    "  \"metrics\": [{\"metric\": \"wait_mean_s\"}]},\n"
    "\"plan\": {\"minimise\": {\"metric\": \"cost_usd\"}, \"replications\": {\"initial\": 2},\n"
    "  \"subject_to\": [{\"metric\": \"wait_mean_s\", \"max\": 1}],\n"
    "  \"knobs\": {\"/apps/A/x-a\": {\"from\": 1, \"to\": 2}}},\n"
    "\"selection\": {\"metric\": \"wait_mean_s\"},\n"
    "\"expect\": [{\"metric\": \"wait_mean_s\", \"max\": 1}]}";

static const struct key_home {
    const struct keys *kind;
    const char *pointer;
} key_homes[] = {
    // where each kind stands in there
    {&keys_scenario, ""},
    {&keys_replications, "/replications"},
    {&keys_until, "/replications/until/0"},
    {&keys_machine, "/machine_types/GPU-H100"},
    {&keys_surge, "/machine_types/GPU-H100/surge/0"},
    {&keys_platform, "/platform"},
    {&keys_limits, "/limits"},
    {&keys_downtime, "/downtime"},
    {&keys_caller, "/callers/acme"},
    {&keys_app, "/apps/A"},
    {&keys_autoscaler, "/apps/K/autoscaler"},
    {&keys_knative, "/apps/K/autoscaler/knative"},
    {&keys_oracle, "/apps/O/autoscaler/oracle"},
    {&keys_plain_policy, "/apps/P/autoscaler/fal"},
    {&keys_docker_pull, "/apps/A/docker_pull"},
    {&keys_ladder, "/apps/A/setup"},
    {&keys_setup_step, "/apps/A/setup/ladder/0"},
    {&keys_health, "/apps/A/health_check"},
    {&keys_response, "/apps/A/responses/500"},
    {&keys_retry, "/apps/A/retry"},
    {&keys_slowdown, "/apps/A/slowdown"},
    {&keys_source, "/apps/A/traffic/0"},
    {&keys_poisson, "/apps/A/traffic/0/poisson"},
    {&keys_empirical, "/apps/A/traffic/0/service/empirical"},
    {&keys_piecewise, "/apps/A/traffic/1/piecewise_constant"},
    {&keys_rate_step, "/apps/A/traffic/1/piecewise_constant/steps/0"},
    {&keys_batch, "/apps/A/traffic/1/batch"},
    {&keys_quantiles, "/apps/A/traffic/1/service/quantiles"},
    {&keys_closed_loop, "/apps/A/traffic/2/closed_loop"},
    {&keys_hyperexponential, "/apps/A/traffic/2/service/hyperexponential"},
    {&keys_mixture, "/apps/A/traffic/3/service/mixture"},
    {&keys_mixture_part, "/apps/A/traffic/3/service/mixture/parts/0"},
    {&keys_trace, "/apps/A/traffic/4/trace"},
    {&keys_trace_service, "/apps/A/traffic/4/trace/service"},
    {&keys_diurnal, "/apps/A/traffic/5/diurnal"},
    {&keys_flash_crowd, "/apps/A/traffic/6/flash_crowd"},
    {&keys_mmpp, "/apps/A/traffic/7/mmpp"},
    {&keys_mmpp_state, "/apps/A/traffic/7/mmpp/states/calm"},
    {&keys_counts, "/apps/A/traffic/8/trace"},
    {&keys_event, "/timeline/0"},
    {&keys_deploy, "/timeline/0/deploy"},
    {&keys_canary_step, "/timeline/0/deploy/steps/0"},
    {&keys_change, "/timeline/0/deploy/change"},
    {&keys_change_docker_pull, "/timeline/0/deploy/change/docker_pull"},
    {&keys_scale, "/timeline/1/scale"},
    {&keys_capacity, "/timeline/2/capacity"},
    {&keys_flush, "/timeline/3/flush"},
    {&keys_maintenance, "/timeline/4/maintenance"},
    {&keys_restart, "/timeline/5/restart"},
    {&keys_rollback, "/timeline/6/rollback"},
    {&keys_kill, "/timeline/7/kill"},
    {&keys_sweep, "/sweep"},
    {&keys_axis, "/sweep/axes/a"},
    {&keys_axis_range, "/sweep/axes/a/range"},
    {&keys_axis_log, "/sweep/axes/b/log"},
    {&keys_choice, "/sweep/metrics/0"},
    {&keys_plan, "/plan"},
    {&keys_minimise, "/plan/minimise"},
    {&keys_promise, "/plan/subject_to/0"},
    {&keys_knob, "/plan/knobs/~1apps~1A~1x-a"},
    {&keys_plan_replications, "/plan/replications"},
    {&keys_expectation, "/expect/0"},
    {&keys_selection, "/selection"},
    {NULL, NULL},
};

// NULL: a kind that stands nowhere.
static inline const char *key_pointer(const struct keys *kind)
{
    for (const struct key_home *home = key_homes; home->kind; home++)
        if (home->kind == kind) return home->pointer;
    return NULL;
}

static inline cJSON *key_locate(cJSON *node, const char *pointer)
{
    while (*pointer && node) {
        char name[64] = "";
        size_t length = strcspn(++pointer, "/");
        for (size_t i = 0, used = 0; i < length; i++)
            name[used++] = pointer[i] == '~' ? pointer[++i] == '0' ? '~' : '/' : pointer[i];
        node = cJSON_IsArray(node) ? cJSON_GetArrayItem(node, atoi(name))
                                   : cJSON_GetObjectItemCaseSensitive(node, name);
        pointer += length;
    }
    return node;
}

struct key_case {
    const struct keys *kind;
    const struct key *key;
    const char *name;  // the key, or with "_s"
    const char *value; // what it gets, JSON
    bool good;
    char pointer[256]; // of the value
};
typedef void key_judge(void *context, const struct key_case *c, const char *text);

// The scenario in which the key has the value, and no other of those of which one is needed.
static inline char *key_text(const struct key_case *c)
{
    cJSON *root = cJSON_Parse(key_scenario);
    assert_non_null(root);
    cJSON *object = key_locate(root, key_pointer(c->kind));
    assert_true(cJSON_IsObject(object));
    struct key other;
    for (size_t at = 0; keys_next(c->kind, &at, &other);) {
        bool rival = c->key->need == KEY_ONE && other.need == KEY_ONE;
        bool same = strcmp(other.name, c->key->name) == 0;
        char timed[64];
        snprintf(timed, sizeof timed, "%s_s", other.name);
        if (rival || same) cJSON_DeleteItemFromObjectCaseSensitive(object, other.name);
        if (rival || same) cJSON_DeleteItemFromObjectCaseSensitive(object, timed);
    }
    cJSON *value = cJSON_Parse(c->value);
    if (!value) fail_msg("%s is no JSON", c->value);
    cJSON_AddItemToObject(object, c->name, value);
    char *text = cJSON_Print(root);
    cJSON_Delete(root);
    return text;
}

struct key_trial {
    key_judge *judge;
    void *context;
    const struct keys *kind;
    const struct key *key;
};

static inline void key_try_as(const struct key_trial *t, const char *name, bool good,
                              const char *value)
{
    struct key_case c = {t->kind, t->key, name, value, good, ""};
    snprintf(c.pointer, sizeof c.pointer, "%s/%s", key_pointer(t->kind), name);
    char *text = key_text(&c);
    t->judge(t->context, &c, text);
    free(text);
}

static inline void key_try(const struct key_trial *t, bool good, const char *value)
{
    key_try_as(t, t->key->name, good, value);
}

static inline void key_try_number(const struct key_trial *t, const char *name, bool good,
                                  double value)
{
    char text[64];
    snprintf(text, sizeof text, "%.17g", value);
    key_try_as(t, name, good, text);
}

// Both ends of the range, and a little beyond.
static inline void key_try_range(const struct key_trial *t, const char *name, double step)
{
    const struct key_form *form = &t->key->form;
    double max = form->kind == KEY_TIME && isinf(form->max) ? SECONDS_MAX : form->max;
    key_try_number(t, name, true, form->min);
    key_try_number(t, name, true, max);
    key_try_number(t, name, false, form->min - (step > 0 ? step : fabs(form->min) / 2 + 1e-6));
    key_try_number(t, name, false, step > 0 ? max + step : max * 1.001);
}

static inline void key_try_list(const struct key_trial *t)
{
    const struct key_form *form = &t->key->form;
    key_try(t, form->min <= 0, "[]");
    cJSON *root = cJSON_Parse(key_scenario);
    // A change lists what the app that it changes lists.
    cJSON *object = key_locate(root, key_pointer(t->kind->changes ? &keys_app : t->kind));
    cJSON *old = cJSON_GetObjectItemCaseSensitive(object, t->key->name);
    cJSON *entry = old ? old->child : NULL;
    bool exclusive = t->kind == &keys_knob || t->kind == &keys_axis; // of the ends that stand there
    if (!entry && exclusive) {
        cJSON_Delete(root);
        return;
    }
    if (!cJSON_IsArray(old) || !entry) fail_msg("no entry in %s", t->key->name);
    for (int extra = 0; extra <= 1 && form->max <= 100; extra++) {
        cJSON *list = cJSON_CreateArray();
        for (int i = 0; i < (int)form->max + extra; i++)
            cJSON_AddItemToArray(list, cJSON_Duplicate(entry, 1));
        char *text = cJSON_PrintUnformatted(list);
        key_try(t, extra == 0, text);
        free(text);
        cJSON_Delete(list);
    }
    cJSON_Delete(root);
}

static inline void key_try_words(const struct key_trial *t)
{
    struct arena *arena = arena_create(1 << 20);
    const struct key_form *form = &t->key->form;
    const char *const *words = form->list ? form->list(arena) : form->words;
    for (; *words; words++) {
        char text[128];
        snprintf(text, sizeof text, "\"%s\"", *words);
        key_try(t, true, text);
    }
    key_try(t, false, "\"no-such-word\"");
    arena_destroy(arena);
}

static inline void key_try_key(const struct key_trial *t)
{
    const struct key_form *form = &t->key->form;
    char timed[64];
    snprintf(timed, sizeof timed, "%s_s", t->key->name);
    bool alone = form->other == NULL;
    switch (form->kind) {
    case KEY_COUNT:
        key_try_number(t, t->key->name, true, form->min);
        key_try_number(t, t->key->name, false, form->min + 0.5);
        key_try_number(t, t->key->name, false, form->min - 1);
        key_try(t, form->max >= UINT32_MAX, "\"unlimited\"");
        if (form->max < UINT32_MAX) key_try_number(t, t->key->name, true, form->max);
        if (form->max < UINT32_MAX) key_try_number(t, t->key->name, false, form->max + 1);
        break;
    case KEY_NUMBER:
        key_try_range(t, t->key->name, 0);
        key_try(t, false, "\"5\"");
        break;
    case KEY_TIME:
        key_try_range(t, timed, form->min >= 1 ? 0.5 : form->min > 0 ? form->min / 2 : 1);
        key_try(t, isinf(form->max), "\"never\"");
        key_try(t, false, "\"5\"");
        key_try(t, false, "5");
        break;
    case KEY_DIST:
        key_try(t, true, "{\"lognormal\": {\"median\": \"2s\", \"sigma\": 0.5}}");
        key_try(t, false, "{\"lognormal\": {\"median\": \"2s\", \"sigma\": -1}}");
        key_try(t, false, "5");
        if (t->key->timed) key_try_as(t, timed, true, "5");
        break;
    case KEY_PLAIN_DIST:
        key_try(t, true, "{\"uniform\": {\"low\": 1, \"high\": 2}}");
        key_try(t, true, "5");
        key_try(t, false, "\"5s\"");
        break;
    case KEY_FLAG:
        key_try(t, true, "true");
        key_try(t, false, "1");
        break;
    case KEY_CHOICE:
        key_try_words(t);
        break;
    case KEY_TEXT:
        if (alone) key_try(t, false, "5");
        break;
    case KEY_LIST:
        if (!t->key->timed) key_try_list(t);
        key_try(t, false, "5");
        break;
    case KEY_OBJECT:
        key_try(t, false, "[]");
        break;
    case KEY_NAMES:
        key_try(t, false, "[]");
        break;
    case KEY_POINT:
        break;
    case KEY_ANY:
        return;
    }
    if (alone || form->kind != KEY_TEXT) key_try(t, t->kind->changes, "null");
}

static inline void key_try_kind(const struct keys *kind, key_judge *judge, void *context)
{
    struct key key;
    if (!key_pointer(kind)) fail_msg("%s stands nowhere in key_scenario", kind->what);
    for (size_t at = 0; keys_next(kind, &at, &key);)
        key_try_key(&(struct key_trial){judge, context, kind, &key});
}

// Does the reader say that the value itself is wrong, whatever else it says?
static inline bool key_refused(const char *messages, const char *pointer)
{
    char place[300];
    snprintf(place, sizeof place, "]: %s: expected", pointer);
    for (const char *at = messages; (at = strstr(at, place)) != NULL; at++) {
        static const char *const wrong[] = {"E0302", "E0303", "E0304", "E0305",
                                            "E0306", "E0307", "E0401", "E0408"};
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
            if (memcmp(at - 5, wrong[i], 5) == 0) return true;
    }
    return false;
}

static inline void key_ask_reader(void *context, const struct key_case *c, const char *text)
{
    size_t *misses = context;
    struct probe p = probe_load(text, NULL);
    char below[300];
    snprintf(below, sizeof below, "]: %s", c->pointer);
    bool refused = key_refused(p.messages, c->pointer);
    // What is wrong inside of a value counts too.
    if (!c->good && !refused) refused = strstr(p.messages, below) != NULL;
    if (refused == c->good)
        print_error("%s (%s) = %s: expected it to be %s\n%s\n", c->pointer, c->kind->file, c->value,
                    c->good ? "taken" : "refused", p.messages);
    *misses += refused == c->good;
    probe_close(&p);
}

// The ranges and forms that the rows of these kinds tell are those that the reader keeps.
static inline void key_rows_are_kept(const struct keys *const *kinds)
{
    size_t misses = 0;
    for (; *kinds; kinds++)
        key_try_kind(*kinds, key_ask_reader, &misses);
    assert_int_equal(misses, 0);
}
