// Bad input: every key of every table of models/config.h, out of its range and of a wrong type.
// Each gives exactly one problem, with its code, its place and a message that no other one has.

#include "tests/bench/probe.h"

#include <math.h>

#include "models/config.h"

enum { MESSAGES = 1000 };

// One scenario that is right, a place for a key of each table on a line of its own.
static const struct {
    const struct param *table;
    const char *name, *before;
} places[] = {
    {NULL, "", PROBE_HEAD "\"machine_types\": {\"GPU-A100\": {"},
    {machine_params, "/machine_types/GPU-A100", "\"x-\": 0}}, \"platform\": {"},
    {platform_params, "/platform", "\"x-\": 0}, \"limits\": {"},
    {limits_params, "/limits",
     "\"x-\": 0}, \"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"health_check\": {"},
    {health_params, "/apps/A/health_check", "\"x-\": 0}, \"retry\": {"},
    {retry_params, "/apps/A/retry", "\"x-\": 0},"},
    {revision_params, "/apps/A", ""},
    {scaling_params, "/apps/A", ""},
    {app_params, "/apps/A",
     "\"traffic\": [{\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\","},
    {traffic_params, "/apps/A/traffic/0",
     "\"x-\": 0}]}}, \"timeline\": [{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": "
     "\"canary\", \"steps\": [{\"weight\": 5, \"for\": \"1m\"}],"},
    {rollout_params, "/timeline/0/deploy",
     "\"x-\": 0}}, {\"at\": \"9m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"rolling\","},
    {rollout_params, "/timeline/1/deploy", "\"x-\": 0}}]}"},
};
enum { PLACES = sizeof places / sizeof *places };

// The scenario with `"key": value` at a place; *line says on which line that is.
static const char *with(size_t place, const char *key, const char *value, unsigned *line)
{
    static char text[4096];
    size_t used = 0;
    for (size_t i = 0; i < PLACES; i++) {
        char pair[512] = "";
        if (i == place) {
            snprintf(pair, sizeof pair, "\"%s\": %s,", key, value);
            *line = (unsigned)(2 * i);
        }
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s%s\n", i > 0 ? pair : "",
                                 i > 0 ? "\n" : "", places[i].before);
    }
    return text;
}

struct tally {
    char *messages[MESSAGES];
    size_t count, misses;
};

static void remember(struct tally *tally, const char *message)
{
    const char *text = strstr(message, "error[");
    for (size_t i = 0; i < tally->count; i++)
        if (text && strcmp(tally->messages[i], text) == 0) {
            print_error("twice: %s", text);
            tally->misses++;
        }
    assert_true(tally->count < MESSAGES);
    tally->messages[tally->count++] = strdup(text ? text : "");
}

static void forget(struct tally *tally)
{
    while (tally->count > 0)
        free(tally->messages[--tally->count]);
}

// The key with this value is one error of this code, at the value.
static void expect(struct tally *tally, size_t place, const char *key, const char *value,
                   const char *code)
{
    unsigned line = 0;
    char begins[512];
    struct probe probe = probe_load(with(place, key, value, &line), NULL);
    snprintf(begins, sizeof begins, "t.json:%u:%zu: error[%s]: %s/%s: expected ", line,
             strlen(key) + 5, code, places[place].name, key);
    bool right = !probe.good && diag_errors(probe.diag) == 1 && diag_warnings(probe.diag) == 0 &&
                 strncmp(probe.messages, begins, strlen(begins)) == 0 &&
                 strstr(probe.messages, ", got ");
    if (!right) print_error("%s: %s\nwanted %s\ngot    %s\n", key, value, begins, probe.messages);
    tally->misses += !right;
    remember(tally, probe.messages);
    probe_close(&probe);
}

static const char *number(double value)
{
    static char text[64];
    snprintf(text, sizeof text, "%.17g", value);
    return text;
}

// The key as it takes a number: durations under the key with "_s".
static const char *plain_key(const struct param *param)
{
    static char key[80];
    bool timed = param->type == PARAM_TIME || param->type == PARAM_DIST;
    snprintf(key, sizeof key, "%s%s", param->key, timed ? "_s" : "");
    return key;
}

static void out_of_range(struct tally *tally, size_t place, const struct param *param)
{
    const char *key = plain_key(param);
    bool whole = param->type == PARAM_COUNT;
    expect(tally, place, key, number(param->min > 0 && !whole ? 0 : param->min - 1), "E0304");
    if (isfinite(param->max))
        expect(tally, place, key, number(whole ? param->max + 1 : param->max * 1.5), "E0304");
    if (whole) expect(tally, place, key, "2.5", "E0304");
    if (param->type != PARAM_TIME) return;
    expect(tally, place, param->key, "\"-1s\"", "E0306");
}

static void wrong_types(struct tally *tally, size_t place, const struct param *param)
{
    switch (param->type) {
    case PARAM_COUNT:
    case PARAM_NUMBER:
        out_of_range(tally, place, param);
        expect(tally, place, param->key, "\"some\"", "E0303");
        expect(tally, place, param->key, "true", "E0303");
        break;
    case PARAM_TIME:
        out_of_range(tally, place, param);
        expect(tally, place, param->key, "\"soon\"", "E0306");
        expect(tally, place, param->key, "5", "E0303");
        break;
    case PARAM_FLAG:
        expect(tally, place, param->key, "1", "E0303");
        expect(tally, place, param->key, "\"yes\"", "E0303");
        break;
    case PARAM_CHOICE:
        expect(tally, place, param->key, "\"none such\"", "E0305");
        expect(tally, place, param->key, "7", "E0303");
        break;
    case PARAM_DIST:
        expect(tally, place, plain_key(param), "-1", "E0304");
        expect(tally, place, param->key, "\"soon\"", "E0306");
        expect(tally, place, param->key, "5", "E0303");
        expect(tally, place, param->key, "[1]", "E0303");
        break;
    case PARAM_TEXT:
        expect(tally, place, param->key, "5", "E0303");
        break;
    }
}

// Of the two deploys the canary takes the keys of a canary, the other one those of rolling.
static bool belongs(size_t place, const struct param *param)
{
    bool canary = strncmp(param->key, "abort", 5) == 0;
    if (places[place].table != rollout_params) return true;
    return canary == (strstr(places[place - 1].before, "canary") != NULL);
}

static void every_key_of_every_table_is_checked(void **state)
{
    (void)state;
    struct tally tally = {.count = 0};
    unsigned line;
    struct probe right = probe_load(with(PLACES, "", "", &line), NULL);
    if (!right.good || *right.messages) fail_msg("the scenario is wrong: %s", right.messages);
    probe_close(&right);
    for (size_t place = 1; place < PLACES; place++)
        for (const struct param *param = places[place].table; param->key; param++)
            if (belongs(place, param)) wrong_types(&tally, place, param);
    print_message("    %zu wrong values\n", tally.count);
    assert_true(tally.count >= 250);
    forget(&tally);
    assert_int_equal(tally.misses, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_key_of_every_table_is_checked)};
    return cmocka_run_group_tests_name("bad_keys", tests, NULL, NULL);
}
