#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/bench/chance.h"

#include "bench/experiment/batch.c"

// Differences 1, -2, 3: squares 14; means 1, 2, 0, 3 deviate from 1.5 by squares 5.
static void the_ratio_is_that_of_squares(void **state)
{
    (void)state;
    static const double means[] = {1, 2, 0, 3};
    struct batch_means b = batch_interval(means, 4, 0.95);
    near(b.ratio, 14.0 / 5, 1e-14);
    near(b.mean, 1.5, 1e-15);
    near(b.half, 3.1824463 * sqrt(5.0 / 3 / 4), 1e-6);
    assert_false(b.correlated);
}

static void a_trend_is_refused(void **state)
{
    (void)state;
    double means[20];
    for (int i = 0; i < 20; i++)
        means[i] = i;
    struct batch_means b = batch_interval(means, 20, 0.95);
    assert_true(b.correlated && isnan(b.half));
}

static void equal_means_are_exact(void **state)
{
    (void)state;
    static const double means[] = {7, 7, 7, 7};
    struct batch_means b = batch_interval(means, 4, 0.95);
    near(b.half, 0, 0);
    assert_false(b.correlated);
    assert_true(isnan(batch_interval(means, 1, 0.95).half));
}

static double next_of_process(gsl_rng *rng, double phi, double *y)
{
    return *y = phi * *y + gsl_ran_gaussian(rng, 1);
}

struct process_result {
    double coverage, refused, parameter;
};

// Y(i) = phi Y(i - 1) + e: mean 0, variance parameter 1 / (1 - phi)^2.
static struct process_result run_process(double phi, int length, unsigned long seed)
{
    gsl_rng *rng = chance_new(seed);
    struct process_result r = {0, 0, 0};
    int held = 0, given = 0;
    for (int s = 0; s < 1000; s++) {
        double means[BATCH_COUNT], y = gsl_ran_gaussian(rng, 1 / sqrt(1 - phi * phi));
        for (int b = 0; b < BATCH_COUNT; b++) {
            double sum = 0;
            for (int i = 0; i < length; i++)
                sum += next_of_process(rng, phi, &y);
            means[b] = sum / length;
        }
        struct batch_means b = batch_interval(means, BATCH_COUNT, 0.95);
        r.refused += b.correlated / 1000.0;
        r.parameter += b.variance * length / 1000;
        if (b.correlated) continue;
        given++;
        held += fabs(b.mean) <= b.half;
    }
    r.coverage = held / (double)given;
    gsl_rng_free(rng);
    return r;
}

// Batches of 400 are 20 times the time after which an AR(1) process with 0.9 has forgotten: the
// intervals hold, the test refuses about 5 %, and the variance parameter is 100.
static void long_batches_of_a_known_process_cover(void **state)
{
    (void)state;
    struct process_result r = run_process(0.9, 400, 3);
    within("batch means", r.coverage, band_95);
    within("refused", r.refused, (struct band){0.02, 0.12});
    near(r.parameter, 100, 5);
}

static void short_batches_are_mostly_refused(void **state)
{
    (void)state;
    assert_true(run_process(0.9, 5, 4).refused > 0.9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ratio_is_that_of_squares),
        cmocka_unit_test(a_trend_is_refused),
        cmocka_unit_test(equal_means_are_exact),
        cmocka_unit_test(long_batches_of_a_known_process_cover),
        cmocka_unit_test(short_batches_are_mostly_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
