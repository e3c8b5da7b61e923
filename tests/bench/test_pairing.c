#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/experiment/pairing.c"

static const struct metric metric_a = {.name = "a"}, metric_b = {.name = "b"};

static void near(double got, double expected, double tolerance)
{
    if (!(fabs(got - expected) <= tolerance)) fail_msg("expected %.12g, got %.12g", expected, got);
}

static struct alternative_result one_column(struct column *column, double *values, uint32_t count)
{
    return (struct alternative_result){
        .columns = column, .column_count = 1, .values = values, .replications = count};
}

// The ten runs of two systems on common random numbers (method A4): system 1 is faster by 1.096.
static void common_numbers_find_the_small_difference(void **state)
{
    (void)state;
    double one[] = {15.19, 12.13, 17.13, 17.5, 16.88, 11.97, 16.83, 18.44, 14.9, 15.15};
    double two[] = {16.29, 12.58, 19.35, 18.4, 18.38, 12.84, 18, 19.18, 16.03, 16.03};
    struct column column = {.metric = &metric_a};
    // The first alternative is subtracted from the second, so system 2 goes first.
    struct alternative_result both[] = {one_column(&column, two, 10), one_column(&column, one, 10)};
    size_t count = 0;
    struct comparison *all = pairing_all(both, 2, &count);
    assert_int_equal(count, 1);
    assert_int_equal(all[0].alternative, 1);
    near(all[0].difference.mean, -1.096, 1e-12);
    near(all[0].difference.sd, 0.48458917, 5e-9);
    near(all[0].difference.low, -1.4426542, 5e-8);
    near(all[0].difference.high, -0.7493458, 5e-8); // the mirror image of the lower end
    // With correlation r: (va + vb) / (va + vb - 2 r sqrt(va vb)); r = 0.98371 is published.
    struct summary a = summary_of((struct sample){one, 1, 10}, 0.95);
    struct summary b = summary_of((struct sample){two, 1, 10}, 0.95);
    double sum = a.sd * a.sd + b.sd * b.sd;
    near(all[0].variance_ratio, sum / (sum - 2 * 0.98371 * a.sd * b.sd), 0.02);
    free(all);
}

// Law's inventory, five pairs; the book's interval is at 90 %, so only mean and variance are
// compared.
static void inventory_difference_is_the_published_one(void **state)
{
    (void)state;
    double a[] = {126.97, 124.31, 126.68, 122.66, 127.23};
    double b[] = {118.21, 120.22, 122.45, 122.68, 119.40};
    struct column column = {.metric = &metric_a};
    struct alternative_result both[] = {one_column(&column, b, 5), one_column(&column, a, 5)};
    size_t count = 0;
    struct comparison *all = pairing_all(both, 2, &count);
    struct summary d = all[0].difference;
    near(d.mean, 4.978, 1e-12);
    near(d.sd * d.sd / 5, 2.438274, 5e-7);
    double half = summary_t(0.90, 5) * d.sd / sqrt(5);
    near(d.mean - half, 1.6491269, 5e-8);
    near(d.mean + half, 8.3068731, 5e-8);
    free(all);
}

static void only_pairs_count(void **state)
{
    (void)state;
    double a[] = {1, NAN, 3, 4, 100}, b[] = {2, 5, NAN, 7};
    struct column column = {.metric = &metric_a};
    struct alternative_result both[] = {one_column(&column, a, 5), one_column(&column, b, 4)};
    size_t count = 0;
    struct comparison *all = pairing_all(both, 2, &count);
    assert_int_equal(all[0].difference.n, 2);
    assert_int_equal(all[0].difference.undefined, 2);
    near(all[0].difference.mean, 2, 0); // 2 - 1 and 7 - 4
    near(all[0].variance_ratio, (4.5 + 12.5) / 2, 1e-12);
    free(all);
}

static void a_constant_difference_has_no_variance_ratio(void **state)
{
    (void)state;
    double a[] = {1, 2, 3}, b[] = {2, 3, 4};
    struct column column = {.metric = &metric_a};
    struct alternative_result both[] = {one_column(&column, a, 3), one_column(&column, b, 3)};
    size_t count = 0;
    struct comparison *all = pairing_all(both, 2, &count);
    assert_true(all[0].difference.low == 1 && all[0].difference.high == 1);
    assert_true(isnan(all[0].variance_ratio));
    free(all);
}

static void columns_that_the_first_has_not_are_passed_over(void **state)
{
    (void)state;
    struct column base[] = {{.metric = &metric_b}, {.metric = &metric_a}};
    struct column other[] = {{.metric = &metric_a},
                             {.metric = &metric_a, .labels = {[LABEL_APP] = "x"}}};
    double base_values[] = {0, 10, 0, 20}, other_values[] = {11, 0, 22, 0};
    struct alternative_result three[] = {
        {.columns = base, .column_count = 2, .values = base_values, .replications = 2},
        {.columns = other, .column_count = 2, .values = other_values, .replications = 2},
        {.columns = other, .column_count = 2, .values = other_values, .replications = 1},
    };
    size_t count = 0;
    struct comparison *all = pairing_all(three, 3, &count);
    assert_int_equal(count, 2);
    assert_int_equal(all[0].column, 0);
    near(all[0].difference.mean, 1.5, 0);
    assert_int_equal(all[1].alternative, 2);
    assert_int_equal(all[1].difference.n, 1);
    free(all);
}

static void a_single_alternative_has_nothing_to_compare(void **state)
{
    (void)state;
    double a[] = {1};
    struct column column = {.metric = &metric_a};
    struct alternative_result alone = one_column(&column, a, 1);
    size_t count = 9;
    free(pairing_all(&alone, 1, &count));
    assert_int_equal(count, 0);
}

// 0.1 + 0.2 and 0.3 are the same money, added in another order.
static void rounding_is_no_difference(void **state)
{
    (void)state;
    double a[] = {0.1 + 0.2, 1e9, 5}, b[] = {0.3, 1e9 * (1 + 4e-16), 5 * (1 + 1e-11)};
    assert_true(a[0] != b[0] && a[1] != b[1]);
    struct column column = {.metric = &metric_a};
    struct alternative_result both[] = {one_column(&column, a, 2), one_column(&column, b, 2)};
    size_t count = 0;
    struct comparison *all = pairing_all(both, 2, &count);
    assert_true(all[0].difference.min == 0 && all[0].difference.max == 0);
    free(all);
    both[0].replications = both[1].replications = 3;
    all = pairing_all(both, 2, &count);
    near(all[0].difference.max, 5e-11, 1e-14);
    free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounding_is_no_difference),
        cmocka_unit_test(common_numbers_find_the_small_difference),
        cmocka_unit_test(inventory_difference_is_the_published_one),
        cmocka_unit_test(only_pairs_count),
        cmocka_unit_test(a_constant_difference_has_no_variance_ratio),
        cmocka_unit_test(columns_that_the_first_has_not_are_passed_over),
        cmocka_unit_test(a_single_alternative_has_nothing_to_compare),
    };
    return cmocka_run_group_tests_name("pairing", tests, NULL, NULL);
}
