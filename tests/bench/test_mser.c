#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/bench/chance.h"

#include "bench/experiment/mser.c"

// Method A3.
static const double series[] = {9, 8, 7, 8, 8, 6, 5, 6, 5, 5, 3, 2, 3, 2, 2, 2, 2,
                                1, 2, 3, 1, 2, 2, 3, 2, 3, 2, 1, 2, 2, 2, 1, 2, 3,
                                2, 2, 3, 2, 2, 1, 2, 2, 2, 1, 2, 3, 2, 2, 2, 2};

static void the_worked_series_is_cut_at_15(void **state)
{
    (void)state;
    static const double means[] = {8, 5.4, 2.4, 2, 2, 2, 2, 2, 1.8, 2.2};
    static const double expected[] = {0.38196,      0.1258710562, 0.0034375,
                                      0.0016326531, 0.0022222222, 0.0032};
    double statistics[6];
    mser_statistics(means, 10, statistics);
    for (size_t d = 0; d < 6; d++)
        near(statistics[d], expected[d], 5e-11);
    struct mser m = mser_of(series, 50, MSER_BATCH);
    assert_int_equal(m.batches, 10);
    assert_int_equal(m.cut, 15);
    near(m.least, 0.0016326531, 5e-11);
    near(m.mean, 2, 1e-15);
    assert_false(m.inconclusive);
}

static void a_series_that_still_moves_is_inconclusive(void **state)
{
    (void)state;
    double rising[100];
    for (int i = 0; i < 100; i++)
        rising[i] = i;
    struct mser m = mser_of(rising, 100, MSER_BATCH);
    assert_true(m.inconclusive);
    assert_int_equal(m.cut, 50);
}

static void a_constant_is_not_cut(void **state)
{
    (void)state;
    double constant[60];
    for (int i = 0; i < 60; i++)
        constant[i] = 0.1;
    struct mser m = mser_of(constant, 60, MSER_BATCH);
    assert_int_equal(m.cut, 0);
    assert_false(m.inconclusive);
}

static void too_short_a_series_says_nothing(void **state)
{
    (void)state;
    assert_true(mser_of(series, 49, MSER_BATCH).inconclusive); // nine batches
    assert_true(mser_of(series, 4, MSER_BATCH).inconclusive);
    assert_true(mser_of(series, 0, MSER_BATCH).inconclusive);
}

// Where the transient has a known end, the cut is near it: 40 x exp(-i / 20) is below the noise of
// 1 after about 75 of 1,000 observations.
static void the_cut_is_near_the_end_of_a_known_transient(void **state)
{
    (void)state;
    gsl_rng *rng = chance_new(5);
    double values[1000];
    for (int i = 0; i < 1000; i++)
        values[i] = 40 * exp(-i / 20.0) + gsl_ran_gaussian(rng, 1);
    struct mser m = mser_of(values, 1000, MSER_BATCH);
    assert_false(m.inconclusive);
    assert_in_range(m.cut, 50, 200);
    near(m.mean, 0, 0.15);
    gsl_rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_series_is_cut_at_15),
        cmocka_unit_test(a_series_that_still_moves_is_inconclusive),
        cmocka_unit_test(a_constant_is_not_cut),
        cmocka_unit_test(too_short_a_series_says_nothing),
        cmocka_unit_test(the_cut_is_near_the_end_of_a_known_transient),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
