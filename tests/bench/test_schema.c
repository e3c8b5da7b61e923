#include "tests/bench/key_cases.h"

#include <dirent.h>

#include "bench/explain/schema.c"
#include "tests/bench/draft7.h"

struct check {
    cJSON *schema;
    struct draft7 draft7;
    size_t misses, cases;
};

static char *printed(void)
{
    char *text;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    schema_print(stream);
    fclose(stream);
    return text;
}

static struct check check_open(void)
{
    char *text = printed();
    struct check check = {.schema = cJSON_Parse(text)};
    assert_non_null(check.schema);
    check.draft7.definitions = cJSON_GetObjectItemCaseSensitive(check.schema, "definitions");
    free(text);
    return check;
}

static void check_close(struct check *check)
{
    if (check->draft7.unknown) fail_msg("keyword %s", check->draft7.unknown);
    draft7_free(&check->draft7);
    cJSON_Delete(check->schema);
}

static bool is_valid(struct check *check, const char *text)
{
    cJSON *value = cJSON_Parse(text);
    if (!value) fail_msg("no JSON: %s", text);
    bool valid = draft7_valid(&check->draft7, check->schema, value);
    cJSON_Delete(value);
    return valid;
}

static char *read_file(const char *path)
{
    char *text;
    size_t size;
    FILE *file = fopen(path, "r"), *stream = open_memstream(&text, &size);
    if (!file) fail_msg("%s", path);
    for (int c = fgetc(file); c != EOF; c = fgetc(file))
        fputc(c, stream);
    fclose(file);
    fclose(stream);
    return text;
}

static void every_scenario_is_valid(void **state)
{
    (void)state;
    struct check check = check_open();
    DIR *folder = opendir("scenarios");
    if (!folder) skip(); // not run from the root of the tree
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        size_t length = strlen(entry->d_name);
        bool scenario = length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0 &&
                        strcmp(entry->d_name, "schema.json") != 0;
        char path[300];
        if (!scenario) continue;
        snprintf(path, sizeof path, "scenarios/%s", entry->d_name);
        char *text = read_file(path);
        if (!is_valid(&check, text)) fail_msg("%s", path);
        free(text);
        count++;
    }
    closedir(folder);
    assert_true(count > 0);
    assert_true(is_valid(&check, key_scenario));
    check_close(&check);
}

static bool has_code(const char *messages, const char *low, const char *high)
{
    for (const char *at = messages; (at = strstr(at, "error[")) != NULL; at++)
        if (strncmp(at + 6, low, 5) >= 0 && strncmp(at + 6, high, 5) <= 0) return true;
    return false;
}

// What a schema can see, it says as the reader does: unknown keys, missing ones, types, ranges and
// words (E0301 to E0306).  What the reader finds wrong otherwise may be valid here.
static void compare(void *context, const struct key_case *c, const char *text)
{
    struct check *check = context;
    struct probe p = probe_load(text, NULL);
    bool wrong = has_code(p.messages, "E0301", "E0306"), seen = is_valid(check, text);
    // A change may take away what the app then lacks.
    bool removes = c->kind->changes && strcmp(c->value, "null") == 0;
    // Names, counts and contradictions are beyond it, or it is the stricter one.
    bool other = has_code(p.messages, "E0307", "E0408");
    bool miss = wrong && !removes ? seen : !seen && !other;
    if (miss)
        print_error("%s = %s: %s for the schema, and the reader says\n%s\n", c->pointer, c->value,
                    seen ? "valid" : "invalid", p.messages);
    check->misses += miss;
    check->cases++;
    probe_close(&p);
}

static void the_schema_says_what_the_reader_says(void **state)
{
    (void)state;
    struct check check = check_open();
    for (const struct key_home *home = key_homes; home->kind; home++)
        key_try_kind(home->kind, compare, &check);
    assert_int_equal(check.misses, 0);
    assert_true(check.cases > 500);
    check_close(&check);
}

static void wrong_files_are_invalid(void **state)
{
    (void)state;
    static const struct {
        enum probe_place place;
        const char *fragment;
        bool good;
    } rows[] = {
        {PROBE_TOP, "\"x-mine\": [1], \"$comment\": \"a\"", true},
        {PROBE_TOP, "\"replicatoins\": 5", false},
        {PROBE_TOP, "\"seed\": 5", false},
        {PROBE_TOP, "\"horizon_s\": 5, \"apps\": 5", false},
        {PROBE_TOP, "\"compare\": {\"a\": {\"apps/A\": 1}}", false},
        {PROBE_APP, "\"keep_alive\": \"5 minutes\"", false},
        {PROBE_APP, "\"keep_alive\": \"5m\", \"max_concurrency\": 0", false},
        {PROBE_APP, "\"responses\": {\"500\": 0.1, \"crash\": 0.1}", true},
        {PROBE_APP, "\"responses\": {\"200\": 0.1}", false},
        {PROBE_APP, "\"setup\": {\"lognormal\": {\"median\": \"2s\"}}", false},
        {PROBE_APP, "\"setup\": {\"lognormal\": {\"median\": \"2s\", \"sigma\": 1}}", true},
        {PROBE_APP, "\"setup\": {\"lognormal\": {\"mean\": \"2s\", \"cv\": 1}}", true},
        {PROBE_APP, "\"setup\": {\"lognormal\": {\"mean_s\": 2, \"cv\": 1}}", true},
        {PROBE_APP, "\"setup\": {\"exponential\": \"2s\"}", true},
        {PROBE_APP, "\"setup\": {\"exponential\": 2}", false},
        {PROBE_APP, "\"setup\": {\"exponential\": \"2s\", \"constant\": \"2s\"}", false},
        {PROBE_APP, "\"setup\": {\"erlang\": {\"stages\": 0, \"mean\": \"1s\"}}", false},
        {PROBE_APP, "\"setup\": {\"quantiles\": {\"points\": [[0, \"1s\"], [1, 2]]}}", false},
        {PROBE_APP, "\"setup\": {\"quantiles\": {\"points_s\": [[0, 1], [1, 2]]}}", true},
        {PROBE_SOURCE, "\"service\": \"1s\"", false},
        {PROBE_SOURCE, "\"service\": \"1s\", \"poisson\": {}", false},
        {PROBE_SOURCE, "\"service\": \"1s\", \"poisson\": {\"rate_per_s\": 1}", true},
        {PROBE_SOURCE, "\"service_s\": 1, \"poisson\": {\"rate_per_s\": 1, \"rate_per_h\": 1}",
         false},
        {PROBE_SOURCE, "\"service\": \"1s\", \"renewal\": \"1s\", \"poisson\": {\"rate_per_s\": 1}",
         false},
        {PROBE_EVENT,
         "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"change\": {\"setup\": null}}}", true},
        {PROBE_EVENT, "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"rol\"}}",
         false},
        {PROBE_EVENT, "{\"at\": \"1m\"}", false},
        {PROBE_EVENT, "{\"kill\": {\"app\": \"A\"}}", false},
        {PROBE_EVENT, "{\"at\": \"1m\", \"scale\": {\"app\": \"A\", \"setup\": \"1s\"}}", false},
    };
    struct check check = check_open();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *text = probe_text(rows[i].place, rows[i].fragment);
        if (is_valid(&check, text) != rows[i].good) fail_msg("schema: %s", rows[i].fragment);
        struct probe p = probe_load(text, NULL);
        if (p.good != rows[i].good) fail_msg("reader: %s\n%s", rows[i].fragment, p.messages);
        probe_close(&p);
    }
    check_close(&check);
}

// `make golden` writes it anew.
static void the_committed_schema_is_up_to_date(void **state)
{
    (void)state;
    if (access("scenarios", R_OK) != 0) skip();
    char *committed = read_file("scenarios/schema.json"), *now = printed();
    if (strcmp(committed, now) != 0) fail_msg("scenarios/schema.json is old: run `make golden`");
    free(committed);
    free(now);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scenario_is_valid),
        cmocka_unit_test(the_schema_says_what_the_reader_says),
        cmocka_unit_test(wrong_files_are_invalid),
        cmocka_unit_test(the_committed_schema_is_up_to_date),
    };
    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
