#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench/study.c"

static const char minimal[] =
    "{\"warmpool\": 1, \"title\": \"t\", \"question\": \"q?\", \"seed\": \"1\", \"horizon\": "
    "\"1m\","
    " \"replications\": {\"min\": 2, \"max\": 9, \"confidence\": 0.9,"
    "   \"until\": [{\"metric\": \"arrivals\", \"relative\": 0.1}]},"
    " \"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"traffic\": [{\"name\": \"x\","
    "   \"poisson\": {\"rate_per_s\": 1}, \"service\": {\"constant\": \"1s\"}}]}}}";

struct loaded {
    struct study study;
    enum study_end end;
    char problems[1024];
};

static void load(struct loaded *loaded, const struct options *options)
{
    char path[] = "/tmp/warmpool_study_XXXXXX";
    int file = mkstemp(path);
    assert_int_equal(write(file, minimal, sizeof minimal - 1), sizeof minimal - 1);
    close(file);
    FILE *problems = tmpfile();
    loaded->end = study_load(&loaded->study, path, options, problems);
    rewind(problems);
    size_t length = fread(loaded->problems, 1, sizeof loaded->problems - 1, problems);
    loaded->problems[length] = '\0';
    fclose(problems);
    unlink(path);
}

static void without_options_the_file_counts(void **state)
{
    (void)state;
    const struct options options = {0};
    struct loaded loaded;
    load(&loaded, &options);
    assert_string_equal(loaded.problems, "");
    assert_int_equal(loaded.end, STUDY_GOOD);
    assert_int_equal(loaded.study.scenario.seed, 1);
    assert_int_equal(loaded.study.scenario.replications.max, 9);
    study_close(&loaded.study);
}

static void options_become_part_of_the_scenario(void **state)
{
    (void)state;
    const char *sets[] = {"/seed=5", "/title=other"};
    const struct options options = {.sets = {sets, 2}, .seed = "7", .replications = 4};
    struct loaded loaded;
    load(&loaded, &options);
    assert_string_equal(loaded.problems, "");
    const struct scenario *scenario = &loaded.study.scenario;
    assert_string_equal(scenario->title, "other");
    assert_int_equal(scenario->seed, 7); // the option of its own goes before --set
    assert_int_equal(scenario->replications.min, 4);
    assert_int_equal(scenario->replications.max, 4);
    assert_int_equal(scenario->replications.until_count, 0);
    assert_true(scenario->replications.confidence == 0.9); // how many is not how sure
    assert_non_null(strstr(scenario->resolved_json, "\"seed\":\"7\""));
    study_close(&loaded.study);
}

static void a_number_of_replications_replaces_a_number(void **state)
{
    (void)state;
    const char *sets[] = {"/replications=3"};
    const struct options options = {.sets = {sets, 1}, .replications = 4};
    struct loaded loaded;
    load(&loaded, &options);
    assert_string_equal(loaded.problems, "");
    assert_int_equal(loaded.study.scenario.replications.max, 4);
    assert_non_null(strstr(loaded.study.scenario.resolved_json, "\"replications\":4"));
    study_close(&loaded.study);
}

static void problems_are_printed(void **state)
{
    (void)state;
    const char *sets[] = {"/horizon=soon"};
    const struct options options = {.sets = {sets, 1}};
    struct loaded loaded;
    load(&loaded, &options);
    assert_int_equal(loaded.end, STUDY_INVALID);
    assert_non_null(strstr(loaded.problems, "/horizon"));
    study_close(&loaded.study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_options_the_file_counts),
        cmocka_unit_test(options_become_part_of_the_scenario),
        cmocka_unit_test(a_number_of_replications_replaces_a_number),
        cmocka_unit_test(problems_are_printed),
    };
    return cmocka_run_group_tests_name("study", tests, NULL, NULL);
}
