#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "sim/level.h"

static void the_area_is_the_sum_of_value_times_time(void **state)
{
    (void)state;
    struct level level = {0};
    level_set(&level, 2 * SIM_SECOND, 3);  // 0 for 2 s
    level_down(&level, 5 * SIM_SECOND);    // 3 for 3 s
    level_set(&level, 5 * SIM_SECOND, 11); // 2 for no time
    level_up(&level, 5 * SIM_SECOND);      // 11 for no time
    level_set(&level, 6 * SIM_SECOND, 1);  // 12 for 1 s
    assert_true(level_area_ns(&level, 6 * SIM_SECOND) == (sim_wide)(9 + 12) * SIM_SECOND);
    assert_true(level_area(&level, 6 * SIM_SECOND) == 21);
    assert_true(level_area(&level, 6 * SIM_SECOND + SIM_SECOND / 2) == 21.5);
    assert_int_equal(level.max, 12);
    assert_int_equal(level.value, 1);
}

static void values_may_be_negative(void **state)
{
    (void)state;
    struct level level = {0};
    level_set(&level, 0, -4);
    assert_true(level_area(&level, SIM_SECOND) == -4);
}

static void one_nanosecond_is_not_lost_beside_a_year(void **state)
{
    (void)state;
    const sim_time year = 365 * 86400 * SIM_SECOND;
    struct level level = {0};
    level_set(&level, 0, 1);
    level_set(&level, year, 1);
    level_set(&level, year + 1, 0);
    assert_true(level_area_ns(&level, 2 * year) == year + 1);
}

static void the_area_goes_past_64_bits(void **state)
{
    (void)state;
    struct level level = {0};
    level_set(&level, 0, 1000000000000);
    level_set(&level, SIM_NEVER - 1, 0);
    sim_wide area = level_area_ns(&level, SIM_NEVER - 1);
    assert_true(area == (sim_wide)(SIM_NEVER - 1) * 1000000000000);
    assert_true(area > (sim_wide)INT64_MAX);
}

static void a_reset_forgets_the_past_and_keeps_the_value(void **state)
{
    (void)state;
    struct level level = {0};
    level_set(&level, 0, 9);
    level_set(&level, SIM_SECOND, 2);
    level_reset(&level, 4 * SIM_SECOND);
    assert_int_equal(level.max, 2);
    assert_int_equal(level.value, 2);
    assert_true(level_area(&level, 4 * SIM_SECOND) == 0);
    assert_true(level_area(&level, 7 * SIM_SECOND) == 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_area_is_the_sum_of_value_times_time),
        cmocka_unit_test(values_may_be_negative),
        cmocka_unit_test(one_nanosecond_is_not_lost_beside_a_year),
        cmocka_unit_test(the_area_goes_past_64_bits),
        cmocka_unit_test(a_reset_forgets_the_past_and_keeps_the_value),
    };
    return cmocka_run_group_tests_name("level", tests, NULL, NULL);
}
