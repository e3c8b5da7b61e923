#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/experiment/stopping.c"

static const struct metric wait_metric = {.name = "wait_s"}, cost_metric = {.name = "cost_usd"};
static const struct column columns[] = {
    {.metric = &cost_metric},
    {.metric = &wait_metric, .labels = {[LABEL_APP] = "A"}},
    {.metric = &wait_metric, .labels = {[LABEL_APP] = "B"}},
};

static struct replication_plan plan_of(const struct replication_rule *rule, uint32_t min,
                                       uint32_t max)
{
    return (struct replication_plan){.min = min, .max = max, .until = rule, .until_count = 1};
}

// Adds (cost, wait of A, wait of B) to an alternative and says whether that is enough.
static bool add_row(struct stopping *stopping, uint32_t n, double cost, double a, double b)
{
    const double row[] = {cost, a, b};
    stopping_add(stopping, 0, row);
    return stopping_reached(stopping, n);
}

static void without_rules_the_least_number_is_enough(void **state)
{
    (void)state;
    const struct replication_plan plan = {.min = 1, .max = 9};
    struct stopping *stopping = stopping_create(&plan);
    stopping_watch(stopping, 0, columns, 3, NULL);
    assert_true(add_row(stopping, 1, 1, 2, 3));
    assert_true(stopping_precise(stopping, 0));
    stopping_free(stopping);
}

// 9 and 11: mean 10, half-width 12.706 x sqrt(2 / 2); with 10 and 10 more of these it shrinks.
static void it_stops_at_the_first_number_that_is_precise_enough(void **state)
{
    (void)state;
    const struct replication_rule rule = {.metric = "wait_s", .relative = NAN, .absolute = 1};
    struct replication_plan plan = plan_of(&rule, 2, 100);
    struct stopping *stopping = stopping_create(&plan);
    stopping_watch(stopping, 0, columns, 3, NULL);
    uint32_t n = 0;
    bool enough = false;
    while (!enough) {
        double x = n % 2 ? 11 : 9;
        n++;
        enough = add_row(stopping, n, 1e9 * x, x, 5);
    }
    // By hand: sd of n values is sqrt(n / (n - 1)) for even n; t sqrt(1 / (n - 1)) <= 1 from n = 6
    // on (t = 2.5706: 1.1496) no, n = 7 (t = 2.4469, variance 8/7 = 1.1429: 0.9887) yes.
    assert_int_equal(n, 7);
    stopping_free(stopping);
}

static void one_replication_is_never_precise(void **state)
{
    (void)state;
    const struct replication_rule rule = {.metric = "wait_s", .relative = NAN, .absolute = 1e9};
    struct replication_plan plan = plan_of(&rule, 1, 100);
    struct stopping *stopping = stopping_create(&plan);
    stopping_watch(stopping, 0, columns, 3, NULL);
    assert_false(add_row(stopping, 1, 1, 2, 3));
    assert_true(add_row(stopping, 2, 1, 2, 3));
    stopping_free(stopping);
}

static void numbers_that_are_always_zero_are_precise(void **state)
{
    (void)state;
    const struct replication_rule rule = {.metric = "wait_s", .relative = 0.05, .absolute = NAN};
    struct replication_plan plan = plan_of(&rule, 10, 100);
    struct stopping *stopping = stopping_create(&plan);
    stopping_watch(stopping, 0, columns, 3, NULL);
    for (uint32_t n = 1; n < 10; n++)
        assert_false(add_row(stopping, n, 1, 0, 0));
    assert_true(add_row(stopping, 10, 1, 0, 0));
    stopping_free(stopping);
}

// gamma = 0.25 allows 0.2 of the mean: 1 and 1.0x with half-width 12.706 x 0.5 x difference.
static void relative_precision_is_the_adjusted_one(void **state)
{
    (void)state;
    const struct replication_rule rule = {.metric = "wait_s", .relative = 0.25, .absolute = NAN};
    struct replication_plan plan = plan_of(&rule, 2, 100);
    static const struct {
        double second;
        bool enough;
    } rows[] = {{1.0319, true}, {1.0321, false}}; // at d = 0.03199: 6.353 d = 0.2 (1 + d / 2)
    for (size_t i = 0; i < 2; i++) {
        struct stopping *stopping = stopping_create(&plan);
        stopping_watch(stopping, 0, columns, 3, NULL);
        add_row(stopping, 1, 1, 1, 7);
        assert_int_equal(add_row(stopping, 2, 1, rows[i].second, 7), rows[i].enough);
        stopping_free(stopping);
    }
}

static void the_most_is_the_most(void **state)
{
    (void)state;
    const struct replication_rule rule = {.metric = "wait_s", .relative = NAN, .absolute = 1e-9};
    struct replication_plan plan = plan_of(&rule, 2, 4);
    struct stopping *stopping = stopping_create(&plan);
    stopping_watch(stopping, 0, columns, 3, NULL);
    for (uint32_t n = 1; n < 4; n++)
        assert_false(add_row(stopping, n, 1, n, 7));
    assert_true(add_row(stopping, 4, 1, 4, 7));
    assert_false(stopping_precise(stopping, 0));
    stopping_free(stopping);
}

static void a_column_that_is_never_defined_is_passed_over(void **state)
{
    (void)state;
    const struct replication_rule rule = {.metric = "wait_s", .relative = NAN, .absolute = 1};
    struct replication_plan plan = plan_of(&rule, 2, 100);
    struct stopping *stopping = stopping_create(&plan);
    stopping_watch(stopping, 0, columns, 3, NULL);
    assert_false(add_row(stopping, 1, 1, 5, NAN));
    assert_true(add_row(stopping, 2, 1, 5, NAN));
    assert_false(add_row(stopping, 3, 1, 5, 6)); // defined once: no interval yet
    assert_true(add_row(stopping, 4, 1, 5, 6));
    stopping_free(stopping);
}

static void a_rule_without_any_number_never_holds(void **state)
{
    (void)state;
    const struct replication_rule rule = {.metric = "rollout_s", .relative = 1, .absolute = 1};
    struct replication_plan plan = plan_of(&rule, 2, 5);
    struct stopping *stopping = stopping_create(&plan);
    stopping_watch(stopping, 0, columns, 3, NULL);
    for (uint32_t n = 1; n < 5; n++)
        assert_false(add_row(stopping, n, 1, 5, 5));
    assert_true(add_row(stopping, 5, 1, 5, 5));
    assert_false(stopping_precise(stopping, 0));
    assert_int_equal(stopping_forecast(stopping, 3), 5);
    stopping_free(stopping);
}

static void every_alternative_has_to_be_precise(void **state)
{
    (void)state;
    const struct replication_rule rule = {.metric = "wait_s", .relative = NAN, .absolute = 1};
    struct replication_plan plan = plan_of(&rule, 2, 100);
    struct stopping *stopping = stopping_create(&plan);
    stopping_watch(stopping, 0, columns, 3, NULL);
    stopping_watch(stopping, 1, columns, 3, NULL);
    const double calm[] = {0, 5, 5}, wild[] = {0, 5, 50};
    stopping_add(stopping, 0, calm);
    stopping_add(stopping, 1, calm);
    stopping_add(stopping, 0, calm);
    stopping_add(stopping, 1, wild);
    assert_false(stopping_reached(stopping, 2));
    assert_true(stopping_precise(stopping, 0));
    assert_false(stopping_precise(stopping, 1));
    stopping_free(stopping);
}

// Ten numbers of variance v: the first i with t(i - 1) sqrt(v / i) <= allowed, which planning.h
// finds; never fewer than one more.
static void the_forecast_is_the_first_number_that_would_do(void **state)
{
    (void)state;
    struct replication_rule rule = {.metric = "wait_s", .relative = NAN, .absolute = 1};
    struct replication_plan plan = plan_of(&rule, 2, 1000000);
    struct stopping *stopping = stopping_create(&plan);
    stopping_watch(stopping, 0, columns, 3, NULL);
    for (uint32_t n = 1; n <= 10; n++)
        add_row(stopping, n, 1, n % 2 ? 0 : 20, 7);
    double variance = 1000.0 / 9; // 10 from the mean each
    uint32_t forecast = stopping_forecast(stopping, 10);
    assert_true(summary_t(0.95, forecast) * sqrt(variance / forecast) <= 1);
    assert_true(summary_t(0.95, forecast - 1) * sqrt(variance / (forecast - 1)) > 1);
    plan.max = 50;
    assert_int_equal(stopping_forecast(stopping, 10), 50);
    assert_int_equal(stopping_needed(stopping, 10), forecast);
    rule.absolute = 100;
    assert_int_equal(stopping_forecast(stopping, 10), 11);
    stopping_free(stopping);
}

// Law's bank, 90 %, 0.25 minutes: what ten replications predict (method A2).
static void the_bank_at_90_percent_needs_16(void **state)
{
    (void)state;
    static const double delays[] = {1.53, 1.66, 1.24, 2.34, 2.00, 1.69, 2.69, 2.86, 1.70, 2.60};
    struct replication_rule rule = {.metric = "wait_s", .relative = NAN, .absolute = 0.25};
    struct replication_plan plan = plan_of(&rule, 10, 1000);
    plan.confidence = 0.90;
    struct stopping *stopping = stopping_create(&plan);
    stopping_watch(stopping, 0, columns, 3, NULL);
    for (uint32_t n = 1; n <= 10; n++)
        add_row(stopping, n, 1, delays[n - 1], 7);
    assert_int_equal(stopping_needed(stopping, 10), 16);
    rule.relative = 0.10;
    rule.absolute = NAN;
    assert_int_equal(stopping_needed(stopping, 10), 27);
    stopping_free(stopping);
}

// Two columns share 5 %: each gets 97.5 %.  Half-width of 0 and 1: t x 0.5, at 97.5 % 12.7.
static void bonferroni_widens_what_must_hold_together(void **state)
{
    (void)state;
    struct replication_rule rule = {.metric = "wait_s", .relative = NAN, .absolute = 6.5};
    struct replication_plan plan = plan_of(&rule, 2, 100);
    for (int together = 0; together < 2; together++) {
        plan.bonferroni = together;
        struct stopping *stopping = stopping_create(&plan);
        stopping_watch(stopping, 0, columns, 3, NULL);
        add_row(stopping, 1, 1, 0, 7);
        assert_int_equal(add_row(stopping, 2, 1, 1, 7), !together);
        stopping_free(stopping);
    }
}

// The ratio of sums is precise where the mean of the ratios is not: one tiny replication is far
// off.
static void a_ratio_is_judged_by_its_sums(void **state)
{
    (void)state;
    const struct replication_rule rule = {.metric = "wait_s", .relative = NAN, .absolute = 0.01};
    struct replication_plan plan = plan_of(&rule, 4, 100);
    const struct column ratio = {.metric = &wait_metric, .form = FORM_RATIO, .source = 0};
    struct stopping *stopping = stopping_create(&plan);
    stopping_watch(stopping, 0, &ratio, 1, NULL);
    static const double rows[4][3] = {
        {0.5, 500, 1000}, {0, 0, 1}, {0.5, 500, 1000}, {0.5, 500, 1000}};
    for (int i = 0; i < 4; i++)
        stopping_add(stopping, 0, rows[i]);
    assert_true(stopping_reached(stopping, 4));
    stopping_free(stopping);
}

// The p95 over replications has no finite upper limit before the 72nd of them (quantile.h).
static void a_quantile_over_replications_waits_for_its_upper_limit(void **state)
{
    (void)state;
    const struct replication_rule rule = {
        .metric = "cost_usd", .stat = {STATISTIC_QUANTILE, 0.95, "p95"}, .absolute = 1e9};
    struct replication_plan plan = plan_of(&rule, 2, 100);
    struct stopping *stopping = stopping_create(&plan);
    stopping_watch(stopping, 0, columns, 3, NULL);
    uint32_t n = 1;
    while (!add_row(stopping, n, n * 7919 % 97, 1, 1)) {
        if (n >= 2) assert_int_equal(stopping_needed(stopping, n), 72);
        n++;
    }
    assert_int_equal(n, 72);
    stopping_free(stopping);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_rules_the_least_number_is_enough),
        cmocka_unit_test(it_stops_at_the_first_number_that_is_precise_enough),
        cmocka_unit_test(one_replication_is_never_precise),
        cmocka_unit_test(numbers_that_are_always_zero_are_precise),
        cmocka_unit_test(relative_precision_is_the_adjusted_one),
        cmocka_unit_test(the_most_is_the_most),
        cmocka_unit_test(a_column_that_is_never_defined_is_passed_over),
        cmocka_unit_test(a_rule_without_any_number_never_holds),
        cmocka_unit_test(every_alternative_has_to_be_precise),
        cmocka_unit_test(the_forecast_is_the_first_number_that_would_do),
        cmocka_unit_test(the_bank_at_90_percent_needs_16),
        cmocka_unit_test(bonferroni_widens_what_must_hold_together),
        cmocka_unit_test(a_ratio_is_judged_by_its_sums),
        cmocka_unit_test(a_quantile_over_replications_waits_for_its_upper_limit),
    };
    return cmocka_run_group_tests_name("stopping", tests, NULL, NULL);
}
