#include "tests/bench/probe.h"

#include "bench/input/scenario_selection.c"

#define SELECT(keys) "\"selection\": {" keys "}"

static void without_the_key_nothing_decides(void **state)
{
    (void)state;
    struct probe p = probe_right(PROBE_TOP, "\"x-\": 0");
    const struct selection_plan *plan = &p.scenario.selection;
    assert_null(plan->metric);
    assert_int_equal(plan->procedure, SELECTION_NONE);
    assert_int_equal(plan->zone_count, 0);
    probe_close(&p);
}

static void all_of_it_is_read(void **state)
{
    (void)state;
    struct probe p = probe_right(
        PROBE_TOP,
        SELECT("\"metric\": \"wait_s\", \"app\": \"A\", \"quantile\": 0.99, \"procedure\": \"kn\", "
               "\"confidence\": 0.9, \"first\": 12, \"budget\": 500, "
               "\"zones\": {\"cost_usd\": 0.05, \"$comment\": \"x\", \"wait_s\": 2}"));
    const struct selection_plan *plan = &p.scenario.selection;
    assert_string_equal(plan->metric, "wait_s");
    assert_string_equal(plan->labels[LABEL_APP], "A");
    assert_string_equal(plan->labels[LABEL_QUANTILE], "0.99");
    assert_int_equal(plan->procedure, SELECTION_KN);
    assert_true(plan->smallest);
    assert_true(plan->confidence == 0.9 && plan->zone == 2);
    assert_int_equal(plan->first, 12);
    assert_int_equal(plan->budget, 500);
    assert_int_equal(plan->zone_count, 2);
    assert_string_equal(plan->zones[0].metric, "cost_usd");
    assert_true(plan->zones[0].width == 0.05);
    probe_close(&p);
}

static void the_best_is_what_the_metric_says_or_the_file(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        bool smallest;
    } rows[] = {
        {SELECT("\"metric\": \"good_ratio\""), false},
        {SELECT("\"metric\": \"cost_usd\""), true},
        {SELECT("\"metric\": \"cost_usd\", \"best\": \"largest\""), false},
        {SELECT("\"metric\": \"arrivals\", \"best\": \"smallest\""), true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe p = probe_right(PROBE_TOP, rows[i].keys);
        assert_int_equal(p.scenario.selection.smallest, rows[i].smallest);
        assert_int_equal(p.scenario.selection.first, 10);
        probe_close(&p);
    }
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    static const struct probe_row rows[] = {
        {PROBE_TOP, "\"selection\": 3", "2:14: error[E0303]: /selection: expected an object", NULL},
        {PROBE_TOP, SELECT("\"metrics\": 3"), "2:15: error[E0301]: /selection/metrics",
         "did you mean \"metric\"?"},
        {PROBE_TOP, SELECT("\"metric\": \"cost_us\""), "2:25: error[E0401]: /selection/metric",
         "cost_usd"},
        {PROBE_TOP, SELECT("\"metric\": 4"), "2:25: error[E0303]: /selection/metric", NULL},
        {PROBE_TOP, SELECT("\"metric\": \"cost_usd\", \"app\": \"B\""),
         "2:44: error[E0401]: /selection/app", "the name of an app"},
        {PROBE_TOP, SELECT("\"metric\": \"arrivals\""), "2:25: error[E0403]: /selection/metric",
         "best"},
        {PROBE_TOP, SELECT("\"metric\": \"cost_usd\", \"best\": \"low\""),
         "2:45: error[E0305]: /selection/best", "smallest"},
        {PROBE_TOP, SELECT("\"procedure\": \"rinot\""), "2:28: error[E0305]: /selection/procedure",
         "kn"},
        {PROBE_TOP, SELECT("\"metric\": \"cost_usd\", \"procedure\": \"kn\""),
         "2:50: error[E0403]: /selection/procedure", "\"zones\": {\"cost_usd\": "},
        {PROBE_TOP, SELECT("\"metric\": \"cost_usd\", \"procedure\": \"ocba\""),
         "2:50: error[E0403]: /selection/procedure", "budget"},
        {PROBE_TOP, SELECT("\"procedure\": \"ocba\", \"budget\": 9"),
         "2:28: error[E0403]: /selection/procedure", "metric"},
        {PROBE_TOP, SELECT("\"zones\": {\"cost\": 1}"), "2:25: error[E0401]: /selection/zones/cost",
         "the name of a metric"},
        {PROBE_TOP, SELECT("\"zones\": {\"cost_usd\": 0}"),
         "2:37: error[E0304]: /selection/zones/cost_usd", NULL},
        {PROBE_TOP, SELECT("\"zones\": {\"cost_usd\": \"1s\"}"),
         "2:37: error[E0303]: /selection/zones/cost_usd", NULL},
        {PROBE_TOP, SELECT("\"zones\": []"), "2:24: error[E0303]: /selection/zones", NULL},
        {PROBE_TOP, SELECT("\"confidence\": 1"), "2:29: error[E0304]: /selection/confidence", NULL},
        {PROBE_TOP, SELECT("\"first\": 1"), "2:24: error[E0304]: /selection/first", NULL},
        {PROBE_TOP, SELECT("\"budget\": -1"), "2:25: error[E0304]: /selection/budget", NULL},
        {PROBE_TOP, "\"compare\": {\"a\": {\"/selection/budget\": 9}}",
         "2:19: error[E0406]: /compare/a", "it is the same for all alternatives"},
    };
    PROBE_ROWS(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_the_key_nothing_decides),
        cmocka_unit_test(all_of_it_is_read),
        cmocka_unit_test(the_best_is_what_the_metric_says_or_the_file),
        cmocka_unit_test(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests_name("scenario_selection", tests, NULL, NULL);
}
