#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/experiment/pairing.c"

static const struct metric metric_a = {.name = "a", .better = BETTER_LOWER},
                           metric_b = {.name = "b", .better = BETTER_HIGHER},
                           metric_c = {.name = "c"};
static const struct pairing_plan plain = {0};

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
    struct comparison *all = pairing_all(&plain, both, 2, &count);
    assert_int_equal(count, 1);
    assert_int_equal(all[0].alternative, 1);
    near(all[0].difference.mean, -1.096, 1e-12);
    near(all[0].difference.sd, 0.48458917, 5e-9);
    near(all[0].difference.low, -1.4426542, 5e-8);
    near(all[0].difference.high, -0.7493458, 5e-8); // the mirror image of the lower end
    near(all[0].correlation, .98371, 5e-6);
    assert_int_equal(all[0].verdict, COMPARISON_BETTER);
    // With correlation r: (va + vb) / (va + vb - 2 r sqrt(va vb)); r = 0.98371 is published.
    struct summary a = summary_of((struct sample){one, 1, 10}, 0.95);
    struct summary b = summary_of((struct sample){two, 1, 10}, 0.95);
    double sum = a.sd * a.sd + b.sd * b.sd;
    near(all[0].variance_reduction, sum / (sum - 2 * 0.98371 * a.sd * b.sd), 0.02);
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
    struct comparison *all = pairing_all(&plain, both, 2, &count);
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
    struct comparison *all = pairing_all(&plain, both, 2, &count);
    assert_int_equal(all[0].difference.n, 2);
    assert_int_equal(all[0].difference.undefined, 2);
    near(all[0].difference.mean, 2, 0); // 2 - 1 and 7 - 4
    near(all[0].variance_reduction, (4.5 + 12.5) / 2, 1e-12);
    free(all);
}

static void a_constant_difference_has_no_variance_reduction(void **state)
{
    (void)state;
    double a[] = {1, 2, 3}, b[] = {2, 3, 4};
    struct column column = {.metric = &metric_a};
    struct alternative_result both[] = {one_column(&column, a, 3), one_column(&column, b, 3)};
    size_t count = 0;
    struct comparison *all = pairing_all(&plain, both, 2, &count);
    assert_true(all[0].difference.low == 1 && all[0].difference.high == 1);
    assert_true(isnan(all[0].variance_reduction));
    free(all);
}

// 2 + 0.1 k + 0.07 - (2 + 0.1 k) is 0.07 up to the last bits: no interval, and no gain of 1e30.
static void a_difference_that_varies_by_rounding_is_constant(void **state)
{
    (void)state;
    double a[10], b[10];
    for (int i = 0; i < 10; i++) {
        a[i] = 2 + 0.1 * i;
        b[i] = a[i] + 0.07;
    }
    struct column column = {.metric = &metric_a};
    struct alternative_result both[] = {one_column(&column, a, 10), one_column(&column, b, 10)};
    size_t count = 0;
    struct comparison *all = pairing_all(&plain, both, 2, &count);
    near(all[0].difference.mean, 0.07, 1e-12);
    assert_true(all[0].low == all[0].high && all[0].difference.low == all[0].difference.high);
    assert_true(all[0].difference.sd == 0 && isnan(all[0].variance_reduction));
    assert_int_equal(all[0].verdict, COMPARISON_WORSE);
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
    struct comparison *all = pairing_all(&plain, three, 3, &count);
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
    free(pairing_all(&plain, &alone, 1, &count));
    assert_int_equal(count, 0);
}

static struct tally tally_numbers(const double *values, uint32_t count)
{
    struct alternative_result a = {.column_count = 1, .values = (double *)values};
    a.replications = count;
    return tally_of((struct side){&a, 0});
}

// Independent systems by Welch, numbers of method A4: Law's inventory at 90 %, and ten runs that
// share nothing, where the interval has the wrong sign in its middle and cannot tell.
static void independent_systems_get_welchs_interval(void **state)
{
    (void)state;
    double a[] = {126.97, 124.31, 126.68, 122.66, 127.23};
    double b[] = {118.21, 120.22, 122.45, 122.68, 119.40};
    struct tally first = tally_numbers(a, 5), second = tally_numbers(b, 5);
    struct summary s = pairing_welch(&first, &second, 0.90);
    near(s.mean, 4.978, 1e-12);
    near(s.low, 2.6607856, 5e-8);
    near(s.high, 7.2952144, 5e-8);
    double one[] = {15.19, 12.13, 17.13, 17.5, 16.88, 11.97, 16.83, 18.44, 14.9, 15.15};
    double two[] = {15.65, 14.22, 16.17, 13.43, 15.52, 16.16, 12.67, 16.97, 11.83, 10.35};
    struct column column = {.metric = &metric_a};
    struct alternative_result both[] = {one_column(&column, two, 10), one_column(&column, one, 10)};
    const uint64_t seeds[] = {1, 2};
    const struct pairing_plan apart = {.seeds = seeds};
    size_t count = 0;
    struct comparison *all = pairing_all(&apart, both, 2, &count);
    assert_false(all[0].paired);
    near(all[0].difference.mean, 1.315, 1e-12);
    near(all[0].difference.low, -0.7359, 5e-5);
    near(all[0].difference.high, 3.3659, 5e-5);
    assert_int_equal(all[0].verdict, COMPARISON_UNDECIDED);
    assert_true(isnan(all[0].correlation) && isnan(all[0].variance_reduction));
    free(all);
}

// Undefined values and different numbers of replications are no obstacle where nothing is paired.
static void independent_systems_need_no_pairs(void **state)
{
    (void)state;
    double a[] = {1, NAN, 3, 2}, b[] = {NAN, 5};
    struct tally first = tally_numbers(a, 4), second = tally_numbers(b, 2);
    assert_int_equal(first.count, 3);
    assert_int_equal(pairing_welch(&first, &second, 0.95).n, 1);
    assert_true(isnan(pairing_welch(&first, &second, 0.95).low));
    double same[] = {4, 4};
    second = tally_numbers(same, 2);
    struct summary s = pairing_welch(&second, &second, 0.95);
    assert_true(s.low == 0 && s.high == 0);
    struct column column = {.metric = &metric_a};
    struct alternative_result both[] = {one_column(&column, same, 2), one_column(&column, same, 2)};
    const uint64_t seeds[] = {1, 2};
    const struct pairing_plan apart = {.seeds = seeds};
    size_t count = 0;
    struct comparison *all = pairing_all(&apart, both, 2, &count);
    assert_int_equal(all[0].verdict, COMPARISON_SAME);
    free(all);
}

// Differences d +- 1 in four pairs: sd 2/sqrt(3), half-width 3.1824463 x 0.57735 = 1.8374.
static struct comparison differing_by(double d, double zone, const struct metric *metric)
{
    double a[] = {10, 20, 30, 40}, b[] = {11 + d, 19 + d, 31 + d, 39 + d};
    struct column column = {.metric = metric};
    struct alternative_result both[] = {one_column(&column, a, 4), one_column(&column, b, 4)};
    const struct zone zones[] = {{"z", 100}, {metric->name, zone}};
    const struct pairing_plan plan = {.zones = zones, .zone_count = zone > 0 ? 2 : 0};
    size_t count = 0;
    struct comparison *all = pairing_all(&plan, both, 2, &count), first = all[0];
    free(all);
    return first;
}

static void verdicts_are_about_the_whole_interval(void **state)
{
    (void)state;
    near(differing_by(0, 0, &metric_a).high, 1.8374, 1e-4);
    assert_int_equal(differing_by(1.83, 0, &metric_a).verdict, COMPARISON_UNDECIDED);
    assert_int_equal(differing_by(1.84, 0, &metric_a).verdict, COMPARISON_WORSE);
    assert_int_equal(differing_by(-1.84, 0, &metric_a).verdict, COMPARISON_BETTER);
    assert_int_equal(differing_by(1.84, 0, &metric_b).verdict, COMPARISON_BETTER);
    assert_int_equal(differing_by(1.84, 0, &metric_c).verdict, COMPARISON_HIGHER);
    assert_int_equal(differing_by(-1.84, 0, &metric_c).verdict, COMPARISON_LOWER);
    // With a zone of 1 the interval must clear it, or lie within it.
    assert_int_equal(differing_by(1.84, 1, &metric_a).verdict, COMPARISON_UNDECIDED);
    assert_int_equal(differing_by(-1.84, 1, &metric_a).verdict, COMPARISON_UNDECIDED);
    assert_int_equal(differing_by(2.84, 1, &metric_a).verdict, COMPARISON_WORSE);
    assert_int_equal(differing_by(0.1, 2, &metric_a).verdict, COMPARISON_EQUAL);
    assert_int_equal(differing_by(0.2, 2, &metric_a).verdict, COMPARISON_UNDECIDED);
    assert_true(differing_by(0.2, 2, &metric_a).zone == 2);
    assert_true(isnan(differing_by(0.2, 0, &metric_a).zone));
}

static void rounding_is_no_difference(void **state)
{
    (void)state;
    double a[] = {0.1 + 0.2, 1e6, 0}, b[] = {0.3, 1e6 + 1e-4, 0};
    struct column column = {.metric = &metric_a};
    struct alternative_result both[] = {one_column(&column, a, 3), one_column(&column, b, 3)};
    size_t count = 0;
    struct comparison *all = pairing_all(&plain, both, 2, &count);
    assert_int_equal(all[0].verdict, COMPARISON_SAME);
    free(all);
    b[1] = 1e6 + 0.1;
    all = pairing_all(&plain, both, 2, &count);
    assert_int_equal(all[0].verdict, COMPARISON_UNDECIDED);
    free(all);
}

// The smallest n with t S / sqrt(n) <= |mean|.
static void the_predictor_gives_the_smallest_number_that_tells(void **state)
{
    (void)state;
    struct comparison c = differing_by(0.5, 0, &metric_a);
    near(c.resolved, 0.5, 1e-12);
    uint32_t n = 4 + c.needed;
    assert_true(summary_t(0.95, n) * c.difference.sd / sqrt(n) <= 0.5);
    assert_true(summary_t(0.95, n - 1) * c.difference.sd / sqrt(n - 1) > 0.5);
    // Within a zone of 2 it is the distance to its edge that counts.
    near(differing_by(0.5, 2, &metric_a).resolved, 1.5, 1e-12);
    near(differing_by(3, 2, &metric_a).resolved, 1, 1e-12);
    assert_int_equal(differing_by(0, 0, &metric_a).needed, UINT32_MAX);
    assert_int_equal(differing_by(1e-9, 0, &metric_a).needed, UINT32_MAX);
    assert_int_equal(differing_by(2, 0, &metric_a).needed, 0);
}

// Two alternatives against a control: each interval at 97.5 %, so that both hold with 95 %.
static void several_alternatives_share_the_error(void **state)
{
    (void)state;
    double a[] = {1, 2, 3, 4}, b[] = {2, 1, 5, 4}, c[] = {0, 0, 1, 9};
    struct column column = {.metric = &metric_a};
    struct alternative_result three[] = {one_column(&column, a, 4), one_column(&column, b, 4),
                                         one_column(&column, c, 4)};
    const struct headline headlines[] = {{.metric = &metric_b}, {.metric = &metric_a}};
    const struct pairing_plan plan = {.control = 1, .headlines = headlines, .headline_count = 2};
    size_t count = 0;
    struct comparison *all = pairing_all(&plan, three, 3, &count);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(all[i].alternative, i * 2);
        assert_int_equal(all[i].control, 1);
        assert_int_equal(all[i].rank, 1);
        struct summary d = all[i].difference;
        near(all[i].high - d.mean, 4.17653 * d.sd / 2, 2e-5); // t(3, 0.9875)
        near(d.high - d.mean, 3.1824463 * d.sd / 2, 5e-7);
    }
    near(all[0].difference.mean, -0.5, 1e-12);
    near(all[1].difference.mean, -0.5, 1e-12);
    free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(common_numbers_find_the_small_difference),
        cmocka_unit_test(inventory_difference_is_the_published_one),
        cmocka_unit_test(only_pairs_count),
        cmocka_unit_test(a_constant_difference_has_no_variance_reduction),
        cmocka_unit_test(a_difference_that_varies_by_rounding_is_constant),
        cmocka_unit_test(columns_that_the_first_has_not_are_passed_over),
        cmocka_unit_test(a_single_alternative_has_nothing_to_compare),
        cmocka_unit_test(independent_systems_get_welchs_interval),
        cmocka_unit_test(independent_systems_need_no_pairs),
        cmocka_unit_test(verdicts_are_about_the_whole_interval),
        cmocka_unit_test(rounding_is_no_difference),
        cmocka_unit_test(the_predictor_gives_the_smallest_number_that_tells),
        cmocka_unit_test(several_alternatives_share_the_error),
    };
    return cmocka_run_group_tests_name("pairing", tests, NULL, NULL);
}
