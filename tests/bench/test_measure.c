#include "bench/speed/measure.c"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

// Method A7, p = 1/2, conservative equal tails: n = 10 keeps (2, 9), n = 20 (6, 15), n = 30
// (10, 21).
static void medians_have_order_statistics_around_them(void **state)
{
    (void)state;
    double values[30];
    static const struct {
        size_t n, low, high;
    } rows[] = {{1, 1, 1}, {5, 1, 5}, {10, 2, 9}, {20, 6, 15}, {30, 10, 21}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        for (size_t i = 0; i < rows[r].n; i++)
            values[i] = (double)((i * 7 + 3) % rows[r].n) + 1; // 1 to n, shuffled
        struct measure_ratio ratio = measure_ratio_of(values, rows[r].n);
        if (rows[r].n % 7 == 0) continue;
        assert_true(ratio.median == (double)(rows[r].n + 1) / 2);
        assert_true(ratio.low == (double)rows[r].low && ratio.high == (double)rows[r].high);
    }
    assert_true(isnan(measure_ratio_of(values, 0).median));
}

static void a_case_and_its_loop_agree(void **state)
{
    (void)state;
    struct speed_case what = speed_cases[2]; // 18 busy runners
    struct measure_result result;
    char error[256] = "";
    what.horizon_s = 5000;
    if (!measure_case(&result, &what, 2, error, sizeof error)) fail_msg("%s", error);
    assert_true(result.per_s > 0 && result.reference_per_s > 0 && result.noise >= 0);
    assert_true(result.ratio.low <= result.ratio.median &&
                result.ratio.median <= result.ratio.high);
    assert_true(fabs(result.answer - result.reference_answer) < 1); // of 17.9; 10 standard errors
    assert_in_range(result.units, 44000, 46000);
}

static void a_scenario_that_faults_is_an_error(void **state)
{
    (void)state;
    struct speed_case what = speed_cases[0];
    struct measure_result result;
    char error[256] = "";
    what.horizon_s = 1e5;
    what.rate_per_s = 1000; // more waiting requests than the limit
    assert_false(measure_case(&result, &what, 1, error, sizeof error));
    assert_non_null(strstr(error, "/limits/requests"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(medians_have_order_statistics_around_them),
        cmocka_unit_test(a_case_and_its_loop_agree),
        cmocka_unit_test(a_scenario_that_faults_is_an_error),
    };
    return cmocka_run_group_tests_name("measure", tests, NULL, NULL);
}
