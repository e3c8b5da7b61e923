#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "bench/experiment/sketch.c"

static struct hist *hist_new(void)
{
    struct hist *hist = malloc(sizeof *hist);
    hist_reset(hist);
    return hist;
}

static sim_time draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (sim_time)(*state >> (20 + (*state >> 60)));
}

static void same_quantiles(const struct sketch *sketch, const struct hist *hist)
{
    static const double shares[] = {0, 0.01, 0.5, 0.9, 0.99, 0.999, 1};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        double got = sketch_quantile(sketch, shares[i]), wanted = hist_quantile(hist, shares[i]);
        assert_true(got == wanted || (isnan(got) && isnan(wanted)));
    }
}

// Merging sketches is merging the histograms, whatever buckets they share, and in any order.
static void a_merged_sketch_is_the_merged_histogram(void **state)
{
    (void)state;
    struct hist *all = hist_new();
    struct sketch forth = {0}, back = {0}, parts[20];
    uint64_t random = 7;
    for (int part = 0; part < 20; part++) {
        struct hist *one = hist_new();
        for (int i = 0; i < part * 37; i++)
            hist_add(one, draw(&random));
        parts[part] = sketch_of(one);
        same_quantiles(&parts[part], one);
        hist_merge(all, one);
        free(one);
    }
    for (int part = 0; part < 20; part++) {
        sketch_merge(&forth, &parts[part]);
        sketch_merge(&back, &parts[19 - part]);
    }
    same_quantiles(&forth, all);
    same_quantiles(&back, all);
    assert_int_equal(forth.used, back.used);
    for (uint32_t i = 0; i < forth.used; i++) {
        assert_int_equal(forth.entries[i].bucket, back.entries[i].bucket);
        assert_int_equal(forth.entries[i].count, back.entries[i].count);
        assert_true(i == 0 || forth.entries[i - 1].bucket < forth.entries[i].bucket);
    }
    for (int part = 0; part < 20; part++)
        sketch_free(&parts[part]);
    sketch_free(&forth);
    sketch_free(&back);
    free(all);
}

// A thousand replications of the same shape take the memory of one.
static void memory_does_not_grow_with_replications(void **state)
{
    (void)state;
    struct hist *hist = hist_new();
    for (int i = 1; i <= 1000; i++)
        hist_add(hist, i * 1000);
    struct sketch one = sketch_of(hist), all = {0};
    for (int i = 0; i < 1000; i++)
        sketch_merge(&all, &one);
    assert_int_equal(all.used, one.used);
    assert_int_equal(all.count, 1000000);
    sketch_free(&one);
    sketch_free(&all);
    free(hist);
}

static void nothing_has_no_quantile(void **state)
{
    (void)state;
    struct hist *hist = hist_new();
    struct sketch empty = sketch_of(hist), all = {0};
    sketch_merge(&all, &empty);
    assert_true(isnan(sketch_quantile(&all, 0.5)));
    assert_int_equal(all.used, 0);
    sketch_free(&empty);
    sketch_free(&all);
    free(hist);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_merged_sketch_is_the_merged_histogram),
        cmocka_unit_test(memory_does_not_grow_with_replications),
        cmocka_unit_test(nothing_has_no_quantile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
