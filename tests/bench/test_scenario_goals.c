#include "tests/bench/probe.h"

#include <math.h>

#include "bench/input/scenario_goals.c"

static void replications_are_a_number_or_a_plan(void **state)
{
    (void)state;
    static const struct {
        const char *fragment;
        uint32_t min, max, rules;
    } rows[] = {
        {"\"x-\": 0", 10, 10, 0},
        {"\"replications\": 3", 3, 3, 0},
        {"\"replications\": {}", 10, 10, 0},
        {"\"replications\": {\"min\": 5}", 5, 5, 0},
        {"\"replications\": {\"min\": 5, \"max\": 5}", 5, 5, 0},
        {"\"replications\": {\"until\": [{\"metric\": \"cost_usd\", \"relative\": 0.1}]}", 10, 1000,
         1},
        {"\"replications\": {\"min\": 2000, \"until\": [{\"metric\": \"cost_usd\", \"absolute\": "
         "1}]}",
         2000, 2000, 1},
        {"\"replications\": {\"min\": 20, \"max\": 400, \"until\": [{\"metric\": \"cost_usd\", "
         "\"relative\": "
         "0.05, \"absolute\": 1}, {\"metric\": \"arrivals\", \"absolute\": 2}]}",
         20, 400, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe p = probe_right(PROBE_TOP, rows[i].fragment);
        const struct replication_plan *plan = &p.scenario.replications;
        assert_int_equal(plan->min, rows[i].min);
        assert_int_equal(plan->max, rows[i].max);
        assert_int_equal(plan->until_count, rows[i].rules);
        probe_close(&p);
    }
}

static void rules_keep_what_is_given_and_no_more(void **state)
{
    (void)state;
    struct probe p = probe_right(
        PROBE_TOP,
        "\"replications\": {\"until\": [{\"metric\": \"cost_usd\", \"relative\": 0.25}]}");
    const struct replication_rule *rule = p.scenario.replications.until;
    assert_string_equal(rule->metric, "cost_usd");
    assert_true(rule->relative >= 0.25 && rule->relative <= 0.25);
    assert_true(isnan(rule->absolute));
    probe_close(&p);
}

static void a_plan_says_how_sure_it_wants_to_be(void **state)
{
    (void)state;
    struct probe p = probe_right(
        PROBE_TOP,
        "\"replications\": {\"confidence\": 0.99, \"bonferroni\": true, \"until\": "
        "[{\"metric\": \"unserved_time_s\", \"stat\": \"p99.9\", \"absolute\": 1},"
        "{\"metric\": \"unserved_time_s\", \"stat\": \"mean\", \"absolute\": 1}]},"
        "\"expect\": [{\"metric\": \"unserved_time_s\", \"stat\": \"any\", \"max\": 0.1}]");
    const struct replication_plan *plan = &p.scenario.replications;
    assert_true(plan->confidence >= 0.99 && plan->confidence <= 0.99 && plan->bonferroni);
    assert_int_equal(plan->until[0].stat.kind, STATISTIC_QUANTILE);
    assert_true(fabs(plan->until[0].stat.quantile - 0.999) < 1e-12);
    assert_int_equal(plan->until[1].stat.kind, STATISTIC_MEAN);
    assert_int_equal(p.scenario.expectations[0].stat.kind, STATISTIC_ANY);
    probe_close(&p);
}

static void wrong_statistics_are_reported(void **state)
{
    (void)state;
#define STAT(metric, stat)                                                                         \
    "\"expect\": [{\"metric\": \"" metric "\", \"max\": 1, \"stat\": " stat "}]"
    static const struct probe_row rows[] = {
        {PROBE_TOP, STAT("wait_mean_s", "\"p0\""), "2:56: error[E0401]: /expect/0/stat", "such as"},
        {PROBE_TOP, STAT("wait_mean_s", "\"p100\""), "2:56: error[E0401]: /expect/0/stat", NULL},
        {PROBE_TOP, STAT("wait_mean_s", "\"p95.\""), "2:56: error[E0401]: /expect/0/stat", NULL},
        {PROBE_TOP, STAT("wait_mean_s", "\"95\""), "2:56: error[E0401]: /expect/0/stat", NULL},
        {PROBE_TOP, STAT("wait_mean_s", "\"pinf\""), "2:56: error[E0401]: /expect/0/stat", NULL},
        {PROBE_TOP, STAT("wait_mean_s", "95"), "2:56: error[E0303]: /expect/0/stat", NULL},
        {PROBE_TOP, STAT("arrivals", "\"any\""), "2:53: error[E0403]: /expect/0/stat", "perfect"},
        {PROBE_TOP, "\"replications\": {\"confidence\": 95}",
         "2:32: error[E0304]: /replications/confidence", NULL},
        {PROBE_TOP, "\"replications\": {\"bonferroni\": 1}",
         "2:32: error[E0303]: /replications/bonferroni", NULL},
    };
    PROBE_ROWS(rows);
}

static void an_expectation_has_bounds_labels_and_a_place(void **state)
{
    (void)state;
    struct probe p = probe_right(
        PROBE_TOP,
        "\"expect\": [{\"metric\": \"wait_s\", \"max\": 2, \"app\": \"A\", \"quantile\": 0.99},\n"
        "{\"metric\": \"rollout_switch_s\", \"min\": 1, \"rollout\": 1},\n"
        "{\"metric\": \"cost_mode_usd\", \"min\": 0, \"max\": 0, \"payer\": \"callers\", "
        "\"alternative\": \"base\", \"auth_mode\": \"shared\"}],"
        "\"timeline\": [{\"at\": \"1m\", \"deploy\": {\"app\": \"A\"}}]");
    const struct expectation *e = p.scenario.expectations;
    assert_int_equal(p.scenario.expectation_count, 3);
    assert_string_equal(e[0].metric, "wait_s");
    assert_true(isnan(e[0].min) && e[0].max >= 2);
    assert_string_equal(e[0].labels[LABEL_APP], "A");
    assert_string_equal(e[0].labels[LABEL_QUANTILE], "0.99");
    assert_null(e[0].labels[LABEL_PAYER]);
    assert_null(e[0].alternative);
    assert_int_equal(e[0].place.line, 2);
    assert_int_equal(e[0].place.column, 12);
    assert_string_equal(e[1].labels[LABEL_ROLLOUT], "1");
    assert_true(isnan(e[1].max));
    assert_string_equal(e[2].alternative, "base");
    assert_string_equal(e[2].labels[LABEL_AUTH_MODE], "shared");
    probe_close(&p);
}

static void labels_and_metrics_are_looked_up(void **state)
{
    (void)state;
#define EXPECT(keys) "\"expect\": [{\"metric\": \"cost_usd\", \"max\": 1, " keys "}]"
    static const struct probe_row rows[] = {
        {PROBE_TOP, EXPECT("\"payer\": \"caller\""), "2:54: error[E0401]: /expect/0/payer",
         "did you mean \"callers\"?"},
        {PROBE_TOP, EXPECT("\"state\": 5"), "2:54: error[E0303]: /expect/0/state", "text"},
        {PROBE_TOP, EXPECT("\"sate\": \"IDLE\""), "2:45: error[E0301]: /expect/0/sate",
         "did you mean \"state\"?"},
        {PROBE_TOP, "\"expect\": [{\"max\": 1}]", "2:12: error[E0302]: /expect/0/metric", NULL},
        {PROBE_TOP, "\"expect\": [{\"metric\": \"series_runners\", \"max\": 1}]",
         "2:23: error[E0401]: /expect/0/metric", "is no number of the report"},
        {PROBE_TOP, "\"expect\": [{\"metric\": \"cost\", \"max\": 1}]",
         "2:23: error[E0401]: /expect/0/metric", "did you mean \"cost_usd\"?"},
    };
    PROBE_ROWS(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replications_are_a_number_or_a_plan),
        cmocka_unit_test(rules_keep_what_is_given_and_no_more),
        cmocka_unit_test(a_plan_says_how_sure_it_wants_to_be),
        cmocka_unit_test(wrong_statistics_are_reported),
        cmocka_unit_test(an_expectation_has_bounds_labels_and_a_place),
        cmocka_unit_test(labels_and_metrics_are_looked_up),
    };
    return cmocka_run_group_tests_name("scenario_goals", tests, NULL, NULL);
}
