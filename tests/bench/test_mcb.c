#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/experiment/mcb.c"

#include <gsl/gsl_cdf.h>

#include "sim/rng.h"

static void near(double got, double expected, double tolerance)
{
    if (!(fabs(got - expected) <= tolerance)) fail_msg("expected %.12g, got %.12g", expected, got);
}

static const struct mcb_rule low = {.smallest = true, .confidence = 0.95},
                             high = {.confidence = 0.95};

// With two systems it is the one-sided paired t interval, cut off at 0.  The ten runs on common
// random numbers of method A4: difference 1.096, sd 0.48458917; t(9, 0.95) = 1.8331129327.
static void two_systems_are_a_paired_t_test(void **state)
{
    (void)state;
    const double one[] = {15.19, 12.13, 17.13, 17.5, 16.88, 11.97, 16.83, 18.44, 14.9, 15.15};
    const double two[] = {16.29, 12.58, 19.35, 18.4, 18.38, 12.84, 18, 19.18, 16.03, 16.03};
    const struct sample samples[] = {{one, 1, 10}, {two, 1, 10}};
    double half = 1.8331129327 * 0.48458917 / sqrt(10);
    struct contender c[2];
    mcb_all(&low, samples, 2, c);
    near(c[0].mean, -1.096, 1e-12);
    near(c[0].low, -1.096 - half, 1e-8);
    near(c[0].high, 0, 0);
    near(c[1].low, 0, 0);
    near(c[1].high, 1.096 + half, 1e-8);
    assert_int_equal(c[1].n, 10);
    assert_true(mcb_can_be_best(true, &c[0]));
    assert_false(mcb_can_be_best(true, &c[1]));
    mcb_all(&high, samples, 2, c);
    near(c[1].high, 1.096 + half, 1e-8);
    near(c[0].low, -1.096 - half, 1e-8);
    assert_false(mcb_can_be_best(false, &c[0]));
    assert_true(mcb_can_be_best(false, &c[1]));
}

// Three systems whose differences have sds that are easy to see: pairs of +-d around the mean.
static void three_systems_by_hand(void **state)
{
    (void)state;
    const double a[] = {1, 1, 1, 1}, b[] = {1.1, 1.3, 1.1, 1.3}, c[] = {8, 10, 8, 10};
    const struct sample samples[] = {{a, 1, 4}, {b, 1, 4}, {c, 1, 4}};
    struct contender best[3];
    mcb_all(&low, samples, 3, best);
    // One-sided t(3) at 0.025: 3.1824463.  a - b: -0.2, sd 0.11547, half 0.18374; a - c: -8,
    // half 1.8374; c - b: 7.8, sd 0.9 x 1.1547, half 1.65364.
    near(best[0].mean, -0.2, 1e-12);
    near(best[0].low, -0.2 - 0.18374, 1e-5);
    near(best[0].high, 0, 0); // b is behind by 0.016 at least: a is the best one
    assert_true(mcb_can_be_best(true, &best[0]) && !mcb_can_be_best(true, &best[1]));
    near(best[1].low, 0, 0);
    near(best[1].high, 0.2 + 0.18374, 1e-5);
    near(best[2].mean, 8, 1e-12);
    near(best[2].low, 0, 0);
    near(best[2].high, 8 + 1.8374, 1e-4);
}

// c was dropped early, and three pairs say little about a and c: 9.667 +- 11.5.  But b is ahead of
// c by 6 in each of them, so c cannot be the best and bounds nobody; and a is ahead of b: 3.875, sd
// sqrt(42.875 / 7), half 2.364624 x 0.875 = 2.0690.
static void who_cannot_be_best_bounds_nobody(void **state)
{
    (void)state;
    const double a[8] = {0}, b[] = {1, 9, 1, 4, 4, 4, 4, 4}, c[] = {7, 15, 7};
    const struct sample samples[] = {{a, 1, 8}, {b, 1, 8}, {c, 1, 3}};
    struct contender best[3];
    mcb_all(&low, samples, 3, best);
    near(best[0].mean, -3.875, 1e-12);
    near(best[0].low, -3.875 - 2.0690, 1e-4);
    near(best[0].high, 0, 0);
    assert_int_equal(best[0].n, 3);
    assert_true(mcb_can_be_best(true, &best[0]));
    assert_false(mcb_can_be_best(true, &best[1]) || mcb_can_be_best(true, &best[2]));
}

static void what_is_not_known_is_nan(void **state)
{
    (void)state;
    const double a[] = {1, NAN, 2, NAN}, b[] = {NAN, 3, 4, 5}, c[] = {1, 2, 3, 4};
    const struct sample samples[] = {{a, 1, 4}, {b, 1, 4}, {c, 1, 4}};
    struct contender best[3];
    mcb_all(&low, samples, 3, best);
    assert_int_equal(best[0].n, 1); // pairs: 1 with b, 2 with c
    assert_int_equal(best[2].n, 2);
    assert_true(isnan(best[0].low) && isnan(best[1].high));
    assert_true(mcb_can_be_best(true, &best[0]));
    const double same[] = {5, 5};
    const struct sample equal[] = {{same, 1, 2}, {same, 1, 2}};
    mcb_all(&low, equal, 2, best);
    assert_true(best[0].low == 0 && best[1].high == 0);
    assert_true(mcb_can_be_best(true, &best[0]) && mcb_can_be_best(true, &best[1]));
}

static void independent_systems_are_compared_by_welch(void **state)
{
    (void)state;
    const double a[] = {126.97, 124.31, 126.68, 122.66, 127.23};
    const double b[] = {118.21, 120.22, 122.45, 122.68, 119.40};
    const struct sample samples[] = {{a, 1, 5}, {b, 1, 5}};
    const struct mcb_rule rule = {.independent = true, .confidence = 0.95};
    struct contender c[2];
    mcb_all(&rule, samples, 2, c); // one-sided 95 % is two-sided 90 %: published
    near(c[0].high, 7.2952144, 5e-8);
    near(c[0].low, 0, 0);
}

enum { SYSTEMS = 4, RUNS = 10 };

// One experiment of systems with means 0, 0.3, 0.3, 1 (the smallest is best), unequal variances and
// a shared part.  Do all intervals hold?
static bool all_hold(uint32_t number, bool smallest)
{
    static const double means[SYSTEMS] = {0.3, 0, 0.3, 1};
    static const double truth[SYSTEMS] = {0.3, -0.3, 0.3, 1};
    struct rng_stream stream;
    rng_stream_open(&stream, 41, number, 0);
    double sign = smallest ? 1 : -1, values[SYSTEMS][RUNS];
    struct sample samples[SYSTEMS];
    for (uint64_t r = 0; r < RUNS; r++) {
        double shared = gsl_cdf_ugaussian_Pinv(rng_uniform(&stream, r * 8));
        for (uint64_t i = 0; i < SYSTEMS; i++) {
            double own = gsl_cdf_ugaussian_Pinv(rng_uniform(&stream, r * 8 + 1 + i));
            values[i][r] = sign * (means[i] + shared + own * (double)(i + 1) / 4);
        }
    }
    for (size_t i = 0; i < SYSTEMS; i++)
        samples[i] = (struct sample){values[i], 1, RUNS};
    struct contender c[SYSTEMS];
    mcb_all(smallest ? &low : &high, samples, SYSTEMS, c);
    for (size_t i = 0; i < SYSTEMS; i++)
        if (!(c[i].low <= sign * truth[i] && sign * truth[i] <= c[i].high)) return false;
    return true;
}

// At least 0.95 of 1,000 experiments in the long run; below 0.926 comes in 0.1 % of all seeds if it
// were exactly that (method A1).  The seed is fixed.
static void the_intervals_hold_together(void **state)
{
    (void)state;
    int held = 0;
    for (uint32_t number = 0; number < 1000; number++)
        held += all_hold(number, number % 2 == 0);
    print_message("%d of 1000 hold\n", held);
    assert_true(held >= 926);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_systems_are_a_paired_t_test),
        cmocka_unit_test(three_systems_by_hand),
        cmocka_unit_test(who_cannot_be_best_bounds_nobody),
        cmocka_unit_test(what_is_not_known_is_nan),
        cmocka_unit_test(independent_systems_are_compared_by_welch),
        cmocka_unit_test(the_intervals_hold_together),
    };
    return cmocka_run_group_tests_name("mcb", tests, NULL, NULL);
}
