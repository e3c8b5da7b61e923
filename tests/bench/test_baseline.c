#include "bench/speed/baseline.c"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/bench/scratch.h"

static enum baseline_verdict verdict(double low, double median, double high)
{
    const struct measure_ratio before = {.5, .49, .51}, now = {median, low, high};
    return baseline_compare(&now, &before).verdict;
}

// 0.9 x 0.5 = 0.45 is the limit; with the old interval, 0.441 to 0.459.
static void verdicts_have_three_values(void **state)
{
    (void)state;
    assert_int_equal(verdict(.48, .5, .52), BASELINE_NOT_SLOWER);
    assert_int_equal(verdict(.6, .7, .8), BASELINE_NOT_SLOWER);
    assert_int_equal(verdict(.38, .4, .42), BASELINE_SLOWER);
    assert_int_equal(verdict(.43, .45, .47), BASELINE_CANNOT_TELL);
    assert_int_equal(verdict(.3, .5, .7), BASELINE_CANNOT_TELL);
    struct measure_ratio before = {.5, .4, .6}, now = {.25, .2, .3};
    struct baseline_change change = baseline_compare(&now, &before);
    assert_true(fabs(change.low - .2 / .6) < 1e-15 && fabs(change.high - .3 / .4) < 1e-15);
    assert_true(change.middle == .5);
}

static const char *in_folder(char *path, size_t size, const char *folder, const char *name)
{
    snprintf(path, size, "%s/%s", folder, name);
    return path;
}

static void what_is_written_is_read(void **state)
{
    char path[200], error[600] = "";
    const struct measure_result results[2] = {
        {.what = &speed_cases[0], .units = 7, .ratio = {.5, .25, .75}, .answer = NAN},
        {.what = &speed_cases[1], .ratio = {.125, .1, .2}},
    };
    FILE *file = fopen(in_folder(path, sizeof path, *state, "speed.json"), "w");
    baseline_write(file, results, 2);
    fclose(file);
    struct baseline *baseline = baseline_read(path, error, sizeof error);
    if (!baseline) fail_msg("%s", error);
    for (size_t i = 0; i < 2; i++) {
        struct measure_ratio ratio = baseline_find(baseline, results[i].what->name);
        assert_memory_equal(&ratio, &results[i].ratio, sizeof ratio);
    }
    assert_true(isnan(baseline_find(baseline, "nothing").median));
    baseline_free(baseline);
}

static void other_files_are_refused(void **state)
{
    static const char *const texts[] = {"", "{", "[]", "{\"warmpool_speed\": 2, \"cases\": []}",
                                        "{\"warmpool_speed\": 1, \"cases\": {}}"};
    char path[200], error[600];
    in_folder(path, sizeof path, *state, "x.json");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        FILE *file = fopen(path, "w");
        fputs(texts[i], file);
        fclose(file);
        assert_null(baseline_read(path, error, sizeof error));
        assert_non_null(strstr(error, "not a speed.json"));
    }
    in_folder(path, sizeof path, *state, "absent.json");
    assert_null(baseline_read(path, error, sizeof error));
    assert_non_null(strstr(error, "No such file"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_have_three_values),
        cmocka_unit_test_setup_teardown(what_is_written_is_read, scratch_create, scratch_remove),
        cmocka_unit_test_setup_teardown(other_files_are_refused, scratch_create, scratch_remove),
    };
    return cmocka_run_group_tests_name("baseline", tests, NULL, NULL);
}
