#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/bench/chance.h"

#include "bench/experiment/ratio.c"

static struct ratio ratio_from(const double *parts, const double *wholes, uint32_t n)
{
    return ratio_of((struct sample){parts, 1, n}, (struct sample){wholes, 1, n});
}

// Method A8: bad time over total time of ten cycles.
static void cycles_give_the_published_numbers(void **state)
{
    (void)state;
    static const double bad[] = {12, 0, 30, 5, 0, 8, 0, 22, 3, 10};
    static const double all[] = {3600, 3600, 7200, 3600, 3600, 3600, 3600, 7200, 3600, 3600};
    struct ratio r = ratio_from(bad, all, 10);
    assert_int_equal(r.n, 10);
    near(r.of_sums, 0.00208333, 5e-9);
    near(r.jackknife, 0.00213333, 5e-9);
    near(1 - r.jackknife, 0.9978666667, 5e-11);
    near(r.se, 0.00056339, 5e-9);
    near(r.se * summary_t(0.95, 10), 0.00127448, 5e-9);
    // The delta method, another way to the same: sqrt(var(bad - R all) / n) / mean(all).
    double squares = 0;
    for (int i = 0; i < 10; i++)
        squares += pow(bad[i] - r.of_sums * all[i], 2);
    near(sqrt(squares / 9 / 10) / 4320, 0.00054342, 5e-9);
}

// With equal wholes the ratio is a mean, and the jackknife is Student's interval.
static void equal_wholes_give_the_mean(void **state)
{
    (void)state;
    static const double parts[] = {3, 1, 4, 1, 5}, wholes[] = {2, 2, 2, 2, 2};
    static const double ratios[] = {1.5, 0.5, 2, 0.5, 2.5};
    struct ratio r = ratio_from(parts, wholes, 5);
    struct summary s = summary_of((struct sample){ratios, 1, 5}, 0.95);
    near(r.jackknife, s.mean, 1e-14);
    near(r.se, s.sd / sqrt(5), 1e-14);
}

static void replications_without_a_whole_are_left_out(void **state)
{
    (void)state;
    static const double parts[] = {3, 0, 4, 1}, wholes[] = {4, 0, 8, NAN};
    struct ratio r = ratio_from(parts, wholes, 4);
    assert_int_equal(r.n, 2);
    near(r.of_sums, 7.0 / 12, 1e-15);
    near(r.jackknife, 2 * 7.0 / 12 - (0.5 + 0.75) / 2, 1e-15); // 2 R - mean of what is left
}

static void equal_ratios_have_no_error(void **state)
{
    (void)state;
    static const double parts[] = {1, 2, 7}, wholes[] = {3, 6, 21};
    struct ratio r = ratio_from(parts, wholes, 3);
    near(r.jackknife, 1.0 / 3, 0);
    near(r.se, 0, 0);
    r = ratio_from(parts, wholes, 1);
    near(r.jackknife, 1.0 / 3, 0);
    assert_true(isnan(r.se));
    r = ratio_from(parts, wholes, 0);
    assert_true(r.n == 0 && isnan(r.of_sums) && isnan(r.jackknife));
}

// Successes of a random number of requests, better where there are more: the mean of the ratios is
// far off.  E[part] / E[whole] with N uniform on 1 to 40 and success 0.5 + N / 100.
static void the_interval_holds_the_ratio_and_not_the_mean_of_ratios(void **state)
{
    (void)state;
    gsl_rng *rng = chance_new(20261125);
    enum { SAMPLES = 1000, N = 40 };
    double whole = 0, part = 0;
    for (int k = 1; k <= 40; k++) {
        whole += k;
        part += k * (0.5 + k / 100.0);
    }
    int held = 0, held_by_mean = 0;
    for (int s = 0; s < SAMPLES; s++) {
        double parts[N], wholes[N], ratios[N];
        for (int i = 0; i < N; i++) {
            unsigned k = 1 + (unsigned)gsl_rng_uniform_int(rng, 40);
            wholes[i] = k;
            parts[i] = gsl_ran_binomial(rng, 0.5 + k / 100.0, k);
            ratios[i] = parts[i] / wholes[i];
        }
        struct ratio r = ratio_from(parts, wholes, N);
        held += fabs(r.jackknife - part / whole) <= summary_t(0.95, N) * r.se;
        struct summary mean = summary_of((struct sample){ratios, 1, N}, 0.95);
        held_by_mean += mean.low <= part / whole && part / whole <= mean.high;
    }
    within("jackknife", held / (double)SAMPLES, band_95);
    assert_true(held_by_mean < 0.7 * SAMPLES);
    gsl_rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cycles_give_the_published_numbers),
        cmocka_unit_test(equal_wholes_give_the_mean),
        cmocka_unit_test(replications_without_a_whole_are_left_out),
        cmocka_unit_test(equal_ratios_have_no_error),
        cmocka_unit_test(the_interval_holds_the_ratio_and_not_the_mean_of_ratios),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
