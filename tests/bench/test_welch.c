#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/bench/chance.h"

#include "bench/experiment/welch.c"

// w = 2: 1; (1 + 4 + 9) / 3; then five at a time.
static void the_window_grows_from_the_beginning(void **state)
{
    (void)state;
    static const double squares[] = {1, 4, 9, 16, 25, 36, 49};
    static const double expected[] = {1, 14.0 / 3, 11, 18, 27};
    double out[7];
    assert_int_equal(welch_average(squares, 7, 2, out), 5);
    for (int i = 0; i < 5; i++)
        near(out[i], expected[i], 1e-14);
}

static void no_window_is_the_series(void **state)
{
    (void)state;
    static const double values[] = {3, 1, 2};
    double out[3];
    assert_int_equal(welch_average(values, 3, 0, out), 3);
    for (int i = 0; i < 3; i++)
        near(out[i], values[i], 0);
    assert_int_equal(welch_average(values, 3, 3, out), 0);
    assert_int_equal(welch_average(values, 3, 2, out), 1);
    near(out[0], 3, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_window_grows_from_the_beginning),
        cmocka_unit_test(no_window_is_the_series),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
