#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/output.c" // the module under test, statics included

#include "tests/bench/fixture_result.h"
#include "tests/bench/scratch.h"

static char log_text[8192];

static struct output_options options_with(FILE *log)
{
    return (struct output_options){.exit_code = 10, .plots = true, .log = log};
}

static bool write_logged(const struct experiment_result *result, const char *folder, bool plots)
{
    FILE *log = fmemopen(log_text, sizeof log_text, "w");
    struct output_options options = options_with(log);
    options.plots = plots;
    bool done = output_write(result, folder, &options);
    fclose(log);
    return done;
}

static void everything_lands_in_the_folder(void **state)
{
    const char *folder = *state;
    struct fixture *f = fixture_create(2, 30);
    assert_true(write_logged(&f->result, folder, true));
    assert_true(scratch_has(folder, "result.json") && scratch_has(folder, "replications.csv"));
    assert_true(scratch_has(folder, "series.csv") && scratch_has(folder, "marks.csv"));
    assert_true(scratch_has(folder, "comparisons.csv"));
    assert_int_equal(scratch_count(folder), 6);
    assert_non_null(
        strstr(log_text, "warmpool: wrote result.json, replications.csv, series.csv, marks.csv and "
                         "comparisons.csv"));
    assert_non_null(strstr(log_text, folder));
    char *json = scratch_read(folder, "result.json");
    assert_non_null(strstr(json, "\"exit_code\": 10"));
    free(json);
    free(f);
}

static void pictures_can_be_left_out(void **state)
{
    const char *folder = *state;
    struct fixture *f = fixture_create(1, 30);
    assert_true(write_logged(&f->result, folder, false));
    assert_false(scratch_has(folder, "plots"));
    assert_null(strstr(log_text, "pictures"));
    free(f);
}

static void the_same_result_gives_the_same_bytes(void **state)
{
    static const char *const names[] = {"result.json", "replications.csv", "series.csv",
                                        "marks.csv"};
    const char *folder = *state;
    struct fixture *f = fixture_create(2, 30);
    char *first[4];
    assert_true(write_logged(&f->result, folder, false));
    for (size_t i = 0; i < 4; i++)
        first[i] = scratch_read(folder, names[i]);
    f->result.wall_s = 99; // the clock has no place in a result
    assert_true(write_logged(&f->result, folder, false));
    for (size_t i = 0; i < 4; i++) {
        char *second = scratch_read(folder, names[i]);
        assert_string_equal(first[i], second);
        free(first[i]);
        free(second);
    }
    free(f);
}

static void a_folder_that_vanished_is_a_failure(void **state)
{
    struct fixture *f = fixture_create(1, 30);
    char gone[128];
    snprintf(gone, sizeof gone, "%s/gone", (const char *)*state);
    assert_false(write_logged(&f->result, gone, true));
    assert_non_null(strstr(log_text, "gone/result.json"));
    assert_null(strstr(log_text, "wrote"));
    assert_int_equal(scratch_count(*state), 0);
    free(f);
}

static void a_file_in_the_way_of_the_pictures_is_no_failure(void **state)
{
    const char *folder = *state;
    struct fixture *f = fixture_create(1, 30);
    char path[128];
    snprintf(path, sizeof path, "%s/plots", folder);
    FILE *plots = fopen(path, "w");
    assert_non_null(plots);
    fclose(plots);
    assert_true(write_logged(&f->result, folder, true));
    assert_non_null(strstr(log_text, "a file is in the way"));
    assert_non_null(strstr(log_text, "wrote result.json"));
    free(f);
}

static void preparing_says_what_is_wrong(void **state)
{
    char path[128];
    FILE *log = fmemopen(log_text, sizeof log_text, "w");
    snprintf(path, sizeof path, "%s/a/b", (const char *)*state);
    assert_true(output_prepare(path, log));
    assert_false(output_prepare("/proc/warmpool", log));
    fclose(log);
    assert_int_equal(strncmp(log_text, "warmpool: cannot make the folder /proc/warmpool", 47), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_create, scratch_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(everything_lands_in_the_folder),
        TEST(pictures_can_be_left_out),
        TEST(the_same_result_gives_the_same_bytes),
        TEST(a_folder_that_vanished_is_a_failure),
        TEST(a_file_in_the_way_of_the_pictures_is_no_failure),
        TEST(preparing_says_what_is_wrong),
    };
    return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
