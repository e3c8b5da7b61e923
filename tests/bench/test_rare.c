#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/bench/chance.h"

#include "bench/experiment/rare.c"

// Method A7.
static void exact_binomial_limits_are_the_published_ones(void **state)
{
    (void)state;
    static const struct {
        uint32_t count, n;
        double low, high, tolerance;
    } table[] = {{0, 10000, 0, 3.68820e-4, 5e-10},
                 {3, 10000, 6.18715e-5, 8.76475e-4, 5e-10},
                 {5, 50, 0.0332751, 0.2181354, 5e-8}};
    for (size_t i = 0; i < 3; i++) {
        struct rare_interval b = rare_binomial(table[i].count, table[i].n, 0.95);
        near(b.low, table[i].low, table[i].tolerance);
        near(b.high, table[i].high, table[i].tolerance);
        b = rare_binomial(table[i].n - table[i].count, table[i].n, 0.95); // the mirror image
        near(1 - b.high, table[i].low, table[i].tolerance);
        near(1 - b.low, table[i].high, table[i].tolerance);
    }
}

// 30 runs without a failure: 1 - 0.05^(1/30) = 0.09503; the rule of three says 0.1.
static void never_seen_is_not_never(void **state)
{
    (void)state;
    near(rare_unseen(30, 0.95), 0.09503385, 5e-9);
    near(rare_unseen(10000, 0.95), 3.0 / 10000, 5e-7);
    near(pow(1 - rare_unseen(7, 0.9), 7), 0.1, 1e-15);
}

// The ends are as far from the estimate as factors, and never below zero.
static void a_logarithmic_interval_is_positive(void **state)
{
    (void)state;
    struct rare_interval log = rare_log(2, 3);
    near(log.low, 2 * exp(-1.5), 1e-15);
    near(log.high, 2 * exp(1.5), 1e-14);
    near(log.low * log.high, 4, 1e-14);
    log = rare_log(2, 1e-9); // for small errors it is the symmetric one
    near(log.low, 2 - 1e-9, 1e-15);
    near(log.high, 2 + 1e-9, 1e-15);
}

// The share of runs with a failure of probability 0.1, from 30 runs: at least 95 % by construction.
static void exact_limits_hold_at_least_as_often_as_they_say(void **state)
{
    (void)state;
    gsl_rng *rng = chance_new(11);
    int held = 0;
    for (int s = 0; s < 1000; s++) {
        struct rare_interval b = rare_binomial(gsl_ran_binomial(rng, 0.1, 30), 30, 0.95);
        held += b.low <= 0.1 && 0.1 <= b.high;
    }
    within("Clopper-Pearson", held / 1000.0, (struct band){0.926, 1});
    gsl_rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_binomial_limits_are_the_published_ones),
        cmocka_unit_test(never_seen_is_not_never),
        cmocka_unit_test(a_logarithmic_interval_is_positive),
        cmocka_unit_test(exact_limits_hold_at_least_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
