#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/bench/chance.h"

#include "bench/experiment/quantile.c"

// Method A7: ranks and coverages of the 95 % interval.
static void ranks_are_those_of_the_table(void **state)
{
    (void)state;
    static const struct {
        uint32_t n;
        double p;
        struct quantile_ranks ranks;
        double coverage;
    } table[] = {
        {10, 0.5, {2, 9}, 0.978516},       {20, 0.5, {6, 15}, 0.958611},
        {30, 0.5, {10, 21}, 0.957226},     {100, 0.5, {40, 61}, 0.964800},
        {100, 0.9, {84, 96}, 0.955690},    {200, 0.95, {184, 197}, 0.967152},
        {500, 0.99, {490, 500}, 0.980186}, {1000, 0.99, {983, 997}, 0.976095},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct quantile_ranks ranks = quantile_ranks(table[i].n, table[i].p, 0.95);
        assert_int_equal(ranks.low, table[i].ranks.low);
        assert_int_equal(ranks.high, table[i].ranks.high);
        near(quantile_coverage(ranks, table[i].n, table[i].p), table[i].coverage, 6e-7);
    }
}

static void with_too_few_numbers_there_is_no_upper_limit(void **state)
{
    (void)state;
    assert_int_equal(quantile_ranks(50, 0.99, 0.95).high, 0);
    assert_int_equal(quantile_ranks(1000, 0.999, 0.95).high, 0);
    assert_int_equal(quantile_ranks(50, 0.01, 0.95).low, 0);
    assert_true(quantile_ranks(50, 0.01, 0.95).high > 0);
    assert_int_equal(quantile_ranks(5, 0.5, 0.95).low, 0); // 2^-5 > 0.025
    assert_int_equal(quantile_ranks(5, 0.5, 0.95).high, 0);
    assert_int_equal(quantile_ranks(6, 0.5, 0.95).low, 1); // 2^-6 < 0.025
    assert_int_equal(quantile_ranks(6, 0.5, 0.95).high, 6);
}

// The limit appears exactly where the largest number is surely large enough: at 1 - p^n.
static void the_upper_limit_appears_at_wilks_number(void **state)
{
    (void)state;
    uint32_t n = (uint32_t)quantile_sample_size(0.95, 0.975);
    assert_int_equal(n, 72);
    near(quantile_replications(0.95, 0.95), 72, 0);
    near(quantile_replications(0.05, 0.95), 72, 0); // the lower limit, likewise
    assert_int_equal(quantile_ranks(n - 1, 0.95, 0.95).high, 0);
    assert_int_equal(quantile_ranks(n, 0.95, 0.95).high, n);
}

static void sample_sizes_are_wilks(void **state)
{
    (void)state;
    near(quantile_sample_size(0.95, 0.95), 59, 0);
    near(quantile_sample_size(0.99, 0.95), 299, 0);
    near(quantile_sample_size(0.999, 0.95), 2995, 0);
    near(quantile_sample_size(0.9999, 0.95), 29956, 0);
    near(quantile_sample_size(0.99, 0.99), 459, 0);
}

static void the_estimate_is_the_smallest_with_that_share_below(void **state)
{
    (void)state;
    assert_int_equal(quantile_rank(10, 0.5), 5);
    assert_int_equal(quantile_rank(11, 0.5), 6);
    assert_int_equal(quantile_rank(100, 0.07), 7); // 0.07 * 100 is 7.000000000000001
    assert_int_equal(quantile_rank(10, 0.999), 10);
    assert_int_equal(quantile_rank(10, 0.001), 1);
    double values[] = {3, 1, 2};
    quantile_sort(values, 3);
    assert_true(values[0] < values[1] && values[1] < values[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_those_of_the_table),
        cmocka_unit_test(with_too_few_numbers_there_is_no_upper_limit),
        cmocka_unit_test(the_upper_limit_appears_at_wilks_number),
        cmocka_unit_test(sample_sizes_are_wilks),
        cmocka_unit_test(the_estimate_is_the_smallest_with_that_share_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
