#include "tests/bench/probe.h"

#include "bench/experiment/effects.c"

// Box, Hunter and Hunter's pilot plant (method A11): temperature T fastest, concentration C,
// catalyst K.
static void the_pilot_plant_has_its_published_effects(void **state)
{
    (void)state;
    double y[] = {60, 72, 54, 68, 52, 83, 45, 80};
    static const double effects[] = {64.25, 23, -5, 1.5, 1.5, 10, 0, 0.5};
    effects_of(y, 3); // mean, T, C, TC, K, TK, CK, TCK
    for (size_t i = 0; i < 8; i++)
        if (fabs(y[i] - effects[i]) > 1e-12) fail_msg("%zu: %g, not %g", i, y[i], effects[i]);
}

static void no_factor_is_the_mean_alone(void **state)
{
    (void)state;
    double y[] = {7};
    effects_of(y, 0);
    assert_true(y[0] >= 7 && y[0] <= 7);
}

// Each effect of y = sum over masks of b[mask] x product of signs is 2 b[mask].
static void effects_are_those_that_were_put_in(void **state)
{
    (void)state;
    enum { FACTORS = 5, RUNS = 1 << FACTORS };
    double y[RUNS] = {0};
    for (unsigned run = 0; run < RUNS; run++)
        for (unsigned mask = 0; mask < RUNS; mask++) {
            int minus = __builtin_popcount(mask & ~run & (RUNS - 1)) % 2;
            y[run] += (minus ? -1 : 1) * (double)(mask * mask + 1);
        }
    effects_of(y, FACTORS);
    for (unsigned mask = 0; mask < RUNS; mask++)
        assert_true(fabs(y[mask] - (mask ? 2 : 1) * (double)(mask * mask + 1)) < 1e-9);
}

// Two replications: the effects are 2 and 4, so 3 +- t(1, .975) sqrt(2 / 2) = 3 +- 12.7062.
static void intervals_are_over_replications(void **state)
{
    (void)state;
    static const double low[] = {1, 2, NAN}, high[] = {3, 6, 9};
    const double *const values[] = {low, high};
    const size_t strides[] = {1, 1};
    const struct effects_input input = {values, strides, 1, 3};
    struct summary s[2];
    effects_summarise(&input, s);
    assert_int_equal(s[1].n, 2);
    assert_int_equal(s[1].undefined, 1);
    assert_true(fabs(s[1].mean - 3) < 1e-12);
    assert_true(fabs(s[1].high - 3 - 12.7062047362) < 1e-8);
    assert_true(fabs(s[0].mean - 3) < 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pilot_plant_has_its_published_effects),
        cmocka_unit_test(no_factor_is_the_mean_alone),
        cmocka_unit_test(effects_are_those_that_were_put_in),
        cmocka_unit_test(intervals_are_over_replications),
    };
    return cmocka_run_group_tests_name("effects", tests, NULL, NULL);
}
