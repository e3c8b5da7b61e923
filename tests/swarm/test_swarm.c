// A share of the swarm that is small enough for every check, and tests of the swarm itself: it uses
// every key, it finds a planted fault, and it shrinks the file in which it found it.
//
//   SWARM_SEED=12345 build/release-gcc/tests/swarm/test_swarm

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/bench/scratch.h"
#include "tests/swarm/crew.h"

enum { SCENARIOS = 500, FILES = 10000 };

static uint64_t chosen_seed(void)
{
    const char *text = getenv("SWARM_SEED");
    return text ? strtoull(text, NULL, 10) : 42000;
}

// Always the same: new seeds are what `make swarm` is for.
static void random_scenarios_obey_all_laws(void **state)
{
    static struct crew crew = {.count = SCENARIOS, .size = 2};
    crew.folder = *state;
    crew.seed = chosen_seed();
    print_message("    seed %llu\n", (unsigned long long)crew.seed);
    crew_start(&crew);
    assert_true(crew_run(&crew));
    struct crew_tally sum = crew_sum(&crew);
    crew_end(&crew);
    assert_int_equal(sum.cases, SCENARIOS);
    assert_int_equal(sum.failed, 0);
    // With 98 of 100 files accepted, less than 9 of 10 has a probability below 1e-12.
    assert_true((double)sum.accepted > .9 * (double)sum.tried);
    assert_true(sum.runs.begins > SCENARIOS);
}

struct reading {
    struct used keys;
    uint32_t used[USED_MAX];
    uint32_t tried, accepted;
};

static void read_one(struct reading *r, const char *file, uint64_t seed)
{
    struct arena *arena = arena_create((size_t)1 << 28);
    struct diag *diag = diag_create(arena);
    struct grammar g;
    cJSON *tree = swarm_scenario(&g, arena, seed, 0);
    char *text = cJSON_PrintUnformatted(tree);
    struct lexer_source source = {file, text, strlen(text)};
    struct scenario scenario;
    r->tried++;
    if (scenario_load_text(&scenario, arena, &source, NULL, 0, diag)) {
        r->accepted++;
        used_count(&r->keys, &g, tree, r->used);
    }
    free(text);
    cJSON_Delete(tree);
    arena_destroy(arena);
}

static uint32_t count_unused(const struct reading *r)
{
    uint32_t unused = 0;
    for (size_t i = 0; i < r->keys.count; i++)
        unused += r->used[i] == 0;
    return unused;
}

// No key of the tables is left out; files are read until the last one has come up.
static void accepted_files_use_every_key(void **state)
{
    static struct reading r;
    char file[4200];
    snprintf(file, sizeof file, "%s/file.json", (const char *)*state);
    files_write(*state);
    used_collect(&r.keys);
    assert_true(r.keys.count > 400);
    for (uint64_t seed = 1; seed <= FILES && count_unused(&r) > 0; seed++)
        read_one(&r, file, seed);
    for (size_t i = 0; i < r.keys.count; i++)
        if (r.used[i] == 0) print_error("%s is never used\n", r.keys.names[i]);
    print_message("    %zu keys, %u of %u files accepted\n", r.keys.count, (unsigned)r.accepted,
                  (unsigned)r.tried);
    assert_int_equal(count_unused(&r), 0);
    assert_true(r.accepted >= .8 * r.tried);
}

// The file that is left has the key at fault and what a scenario must have, and nothing else.
static void a_failing_file_shrinks_to_what_makes_it_fail(void **state)
{
    FILE *log = tmpfile();
    struct trial_tally tally = {0};
    char file[4200];
    snprintf(file, sizeof file, "%s/file.json", (const char *)*state);
    files_write(*state);
    assert_non_null(log);
    struct trial trial = {file, "scaling_delay", fileno(log), &tally};
    struct verdict verdict = {VERDICT_GOOD, ""};
    char *text = NULL;
    struct arena *arena = arena_create((size_t)1 << 26);
    for (uint64_t seed = 1; verdict.outcome != VERDICT_FAILED; seed++) {
        struct grammar g;
        cJSON *tree = swarm_scenario(&g, arena, seed, 0);
        free(text);
        text = cJSON_PrintUnformatted(tree);
        verdict = strlen(text) < 3000 ? verdict : trial_try(&trial, text);
        cJSON_Delete(tree);
    }
    assert_string_equal(verdict.how, "planted: no scaling_delay");
    char *small = shrink_file(&trial, text, &verdict);
    cJSON *root = cJSON_Parse(small), *apps = cJSON_GetObjectItem(root, "apps"),
          *timeline = cJSON_GetObjectItem(root, "timeline");
    print_message("    from %zu characters:\n%s\n", strlen(text), small);
    assert_true(trial_has_key(root, "scaling_delay"));
    // warmpool, title, horizon, apps; an event if the key stands in one, prices if the app needs
    // one
    assert_true(cJSON_GetArraySize(root) <= 4 + (timeline != NULL) + 1);
    assert_int_equal(cJSON_GetArraySize(apps), 1);
    assert_true(cJSON_GetArraySize(apps->child) <= 2);
    assert_true(strlen(small) < 300);
    cJSON_Delete(root);
    free(small);
    free(text);
    arena_destroy(arena);
    fclose(log);
}

// Numbers may differ from failure to failure, words may not.
static void failures_are_compared_without_their_numbers(void **state)
{
    (void)state;
    struct verdict a = {VERDICT_FAILED, "money by state: 0.25 is not 12"},
                   b = {VERDICT_FAILED, "money by state: 7 is not -3.5"},
                   c = {VERDICT_FAILED, "money by caller: 0.25 is not 12"},
                   d = {VERDICT_REFUSED, "money by state: 0.25 is not 12"};
    assert_true(verdict_same(&a, &b));
    assert_false(verdict_same(&a, &c));
    assert_false(verdict_same(&a, &d));
}

// A check that fails, a crash and a hang end the child, not the swarm.
static void a_child_tells_how_it_ended(void **state)
{
    (void)state;
    static const struct {
        const char *said;
        int status; // as wait() gives it
        int outcome;
        const char *how;
    } rows[] = {
        {"", 0, VERDICT_GOOD, ""},
        {"build/swarm/1.json:1:2: error[E0301]: /x: unknown\n", TRIAL_REFUSED << 8, VERDICT_REFUSED,
         "error[E0301]: /x: unknown"},
        {"some words\nLAW the law\n", TRIAL_LAW << 8, VERDICT_FAILED, "the law"},
        {"warmpool: BUG at 93.5s in on_done (service.c:212): r->in_flight > 0; event x #1, y\n",
         SIGABRT, VERDICT_FAILED, "signal 6: in on_done (service.c:212): r->in_flight > 0"},
        {"==1==ERROR\nSUMMARY: AddressSanitizer: leak\n", 1 << 8, VERDICT_FAILED,
         "SUMMARY: AddressSanitizer: leak"},
        {"", SIGSEGV, VERDICT_FAILED, "signal 11: "},
        {"", SIGXCPU, VERDICT_FAILED, "hang: over 20 s"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        FILE *log = tmpfile();
        assert_non_null(log);
        fputs(rows[i].said, log);
        fflush(log);
        struct trial trial = {.log = fileno(log)};
        struct verdict v = trial_judge(&trial, rows[i].status);
        assert_int_equal(v.outcome, rows[i].outcome);
        assert_string_equal(v.how, rows[i].how);
        fclose(log);
    }
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, scratch_create, scratch_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(random_scenarios_obey_all_laws),
        IN_A_FOLDER(accepted_files_use_every_key),
        IN_A_FOLDER(a_failing_file_shrinks_to_what_makes_it_fail),
        cmocka_unit_test(failures_are_compared_without_their_numbers),
        cmocka_unit_test(a_child_tells_how_it_ended),
    };
    return cmocka_run_group_tests_name("swarm", tests, NULL, NULL);
}
