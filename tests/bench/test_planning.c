#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/bench/chance.h"

#include "bench/experiment/planning.c"

// Method A2: Law's bank, ten average delays with mean 2.031 and variance 0.30909889, 90 %.
static void the_bank_needs_16_and_27(void **state)
{
    (void)state;
    const struct planning bank = {.n = 10, .variance = 0.30909889, .level = 0.90};
    assert_int_equal(planning_replications(&bank, 0.25, 1000), 16);
    near(planning_adjusted(0.10), 0.0909090909, 5e-11);
    assert_int_equal(planning_replications(&bank, planning_adjusted(0.10) * 2.031, 1000), 27);
}

// Banks: utilisation of Able and Baker in four replications, 0.04 at 95 %.
static void able_and_baker_need_15(void **state)
{
    (void)state;
    static const double busy[] = {0.808, 0.875, 0.708, 0.842};
    struct summary s = summary_of((struct sample){busy, 1, 4}, 0.95);
    near(s.mean, 0.80825, 1e-12);
    near(s.sd, 0.07221438, 5e-9);
    near(planning_run_length(s.sd * s.sd, 0.04, 0.95), 12.52, 5e-3); // (z S / e)^2
    static const double needed[] = {15.473, 15.212, 14.993};
    for (uint32_t r = 13; r <= 15; r++)
        near(pow(summary_t(0.95, r) * s.sd / 0.04, 2), needed[r - 13], 5e-4);
    const struct planning banks = {.n = 4, .variance = s.sd * s.sd, .level = 0.95};
    assert_int_equal(planning_replications(&banks, 0.04, 1000), 15);
}

static void what_is_precise_already_needs_no_more(void **state)
{
    (void)state;
    const struct planning p = {.n = 10, .variance = 1, .level = 0.95};
    assert_int_equal(planning_replications(&p, 10, 1000), 10);
    assert_int_equal(planning_replications(&p, 1e-9, 1000), 1000);
}

// M/M/1 at load 0.8: number in system 4, variance parameter 2 r (1 + r) / (1 - r)^4 = 1800.
static void a_queue_at_load_08_needs_172866_service_times(void **state)
{
    (void)state;
    double r = 0.8, parameter = 2 * r * (1 + r) / pow(1 - r, 4);
    near(parameter, 1800, 1e-9);
    near(planning_run_length(parameter, 0.05 * 4, 0.95), 172866, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bank_needs_16_and_27),
        cmocka_unit_test(able_and_baker_need_15),
        cmocka_unit_test(what_is_precise_already_needs_no_more),
        cmocka_unit_test(a_queue_at_load_08_needs_172866_service_times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
