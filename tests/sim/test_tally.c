#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "sim/tally.c"
#include "sim/rng.h"

#include <gsl/gsl_statistics_double.h>
#include <stdbool.h>

static bool close_to(double got, double expected, double relative)
{
    return fabs(got - expected) <= relative * fabs(expected);
}

// Law, Simulation Modeling and Analysis: ten delays in a bank.
static const double bank[] = {1.53, 1.66, 1.24, 2.34, 2.00, 1.69, 2.69, 2.86, 1.70, 2.60};

static void the_bank_of_the_textbook(void **state)
{
    (void)state;
    struct tally tally;
    tally_reset(&tally);
    for (size_t i = 0; i < 10; i++)
        tally_add(&tally, bank[i]);
    assert_int_equal(tally.count, 10);
    assert_true(close_to(tally_mean(&tally), 2.031, 1e-14));
    assert_true(fabs(tally_variance(&tally) - 0.30909889) < 5e-9);
    assert_true(tally.min == 1.24 && tally.max == 2.86);
}

static void nothing_has_no_mean_and_one_has_no_variance(void **state)
{
    (void)state;
    struct tally tally;
    tally_reset(&tally);
    assert_true(isnan(tally_mean(&tally)) && isnan(tally_variance(&tally)));
    tally_add(&tally, -3);
    assert_true(tally_mean(&tally) == -3 && isnan(tally_variance(&tally)));
    assert_true(tally.min == -3 && tally.max == -3);
    tally_add(&tally, -3);
    assert_true(tally_variance(&tally) == 0);
}

static void a_large_offset_does_not_eat_the_variance(void **state)
{
    (void)state;
    struct tally tally;
    tally_reset(&tally);
    for (int i = 0; i < 1000; i++)
        tally_add(&tally, 1e9 + i % 2);
    assert_true(close_to(tally_variance(&tally), 250.0 / 999, 1e-6));
}

static void random_values_agree_with_gsl_and_so_do_merges_of_their_parts(void **state)
{
    (void)state;
    enum { COUNT = 1000 };
    const uint64_t seed = 7;
    print_message("seed %llu\n", (unsigned long long)seed);
    struct rng_stream stream;
    rng_stream_open(&stream, seed, 0, 0);
    static double values[COUNT];
    for (uint64_t i = 0; i < COUNT; i++)
        values[i] = 5 - 3 * log(rng_uniform(&stream, i));
    double mean = gsl_stats_mean(values, 1, COUNT);
    double variance = gsl_stats_variance(values, 1, COUNT);
    static const size_t cuts[] = {0, 1, 2, 333, 999, COUNT};
    for (size_t c = 0; c < sizeof cuts / sizeof *cuts; c++) {
        struct tally parts[2];
        tally_reset(&parts[0]);
        tally_reset(&parts[1]);
        for (size_t i = 0; i < COUNT; i++)
            tally_add(&parts[i >= cuts[c]], values[i]);
        tally_merge(&parts[0], &parts[1]);
        assert_int_equal(parts[0].count, COUNT);
        assert_true(close_to(tally_mean(&parts[0]), mean, 1e-13));
        assert_true(close_to(tally_variance(&parts[0]), variance, 1e-12));
        assert_true(parts[0].min == gsl_stats_min(values, 1, COUNT));
        assert_true(parts[0].max == gsl_stats_max(values, 1, COUNT));
    }
}

static void merging_two_empty_ones_is_empty(void **state)
{
    (void)state;
    struct tally a, b;
    tally_reset(&a);
    tally_reset(&b);
    tally_merge(&a, &b);
    assert_true(a.count == 0 && isnan(tally_mean(&a)));
    tally_add(&a, 4); // and can still be used
    assert_true(tally_mean(&a) == 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bank_of_the_textbook),
        cmocka_unit_test(nothing_has_no_mean_and_one_has_no_variance),
        cmocka_unit_test(a_large_offset_does_not_eat_the_variance),
        cmocka_unit_test(random_values_agree_with_gsl_and_so_do_merges_of_their_parts),
        cmocka_unit_test(merging_two_empty_ones_is_empty),
    };
    return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
