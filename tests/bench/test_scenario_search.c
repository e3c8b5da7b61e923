#include "tests/bench/probe.h"

#include "bench/input/scenario_search.c"

#define MINIMISE "\"minimise\": {\"metric\": \"cost_usd\"}, "
#define LIMITS "\"subject_to\": [{\"metric\": \"wait_s\", \"quantile\": \"0.99\", \"max\": 2}], "
#define KNOBS "\"knobs\": {\"/apps/A/min_concurrency\": {\"from\": 0, \"to\": 8}}"
#define PLAN(text) "\"plan\": {" text "}"

static void a_plan_says_what_it_wants(void **state)
{
    (void)state;
    struct probe p = probe_right(
        PROBE_TOP,
        PLAN("\"minimise\": {\"metric\": \"cost_usd\", \"payer\": \"owner\", \"indifference\": "
             "0.5}, \"subject_to\": [{\"metric\": \"wait_s\", \"quantile\": 0.99, \"max\": 2}, "
             "{\"metric\": \"request_success_ratio\", \"min\": 0.999}], \"knobs\": "
             "{\"/apps/A/min_concurrency\": {\"from\": 0, \"to\": 8, \"monotone\": \"up\"}, "
             "\"/apps/A/keep_alive\": {\"from\": \"0s\", \"to\": \"15m\", \"step\": \"30s\"}}, "
             "\"replications\": {\"initial\": 5, \"max\": 40}, \"points\": 77"));
    const struct search_plan *plan = p.scenario.search;
    assert_string_equal(plan->minimise.labels[LABEL_PAYER], "owner");
    assert_true(plan->indifference >= 0.5 && plan->indifference <= 0.5);
    assert_int_equal(plan->limit_count, 2);
    assert_true(isnan(plan->limits[0].min) && plan->limits[0].max >= 2);
    assert_true(isnan(plan->limits[1].max));
    assert_int_equal(plan->knob_count, 2);
    assert_int_equal(plan->knobs[0].axis.count, 9);
    assert_int_equal(plan->knobs[0].trend, TREND_UP);
    assert_int_equal(plan->knobs[1].axis.count, 31);
    assert_int_equal(plan->knobs[1].trend, TREND_UNKNOWN);
    assert_int_equal(plan->initial, 5);
    assert_int_equal(plan->most, 40);
    assert_int_equal(plan->points, 77);
    probe_close(&p);
}

static void defaults_follow_the_replications_of_the_file(void **state)
{
    (void)state;
    struct probe p = probe_right(PROBE_TOP, PLAN(MINIMISE LIMITS KNOBS));
    assert_int_equal(p.scenario.search->initial, 10);
    assert_int_equal(p.scenario.search->most, 160);
    assert_true(isnan(p.scenario.search->indifference));
    probe_close(&p);
    p = probe_right(PROBE_TOP, "\"replications\": 1, " PLAN(MINIMISE LIMITS KNOBS));
    assert_int_equal(p.scenario.search->initial, 2); // one has no interval
    probe_close(&p);
}

static void the_command_line_says_how_many(void **state)
{
    (void)state;
    static const char *const sets[] = {"/replications={\"min\":7,\"max\":7}", NULL};
    struct probe p = probe_load(
        probe_text(PROBE_TOP, PLAN(MINIMISE LIMITS KNOBS ", \"replications\": {\"initial\": 9, "
                                                         "\"max\": 90}")),
        sets);
    assert_true(p.good);
    assert_int_equal(p.scenario.search->initial, 7);
    assert_int_equal(p.scenario.search->most, 7);
    probe_close(&p);
}

static void wrong_plans_are_reported(void **state)
{
    (void)state;
    static const struct probe_row rows[] = {
        {PROBE_TOP, "\"plan\": []", "2:9: error[E0303]: /plan: ", "an object"},
        {PROBE_TOP, PLAN(LIMITS KNOBS), "2:9: error[E0302]: /plan/minimise: ", "minimise"},
        {PROBE_TOP, PLAN(MINIMISE KNOBS), "2:9: error[E0302]: /plan/subject_to: ", "subject_to"},
        {PROBE_TOP,
         PLAN(MINIMISE "\"knobs\": {\"/a\": {\"from\": 1, \"to\": 2}}, \"subject_to\": []"),
         "2:99: error[E0303]: /plan/subject_to: ", "1 to 32 promises"},
        {PROBE_TOP, PLAN(MINIMISE "\"subject_to\": [{\"metric\": \"wait_mean_s\"}], " KNOBS),
         "2:61: error[E0302]: ", "\"min\", \"max\" or both"},
        {PROBE_TOP,
         PLAN(MINIMISE
              "\"subject_to\": [{\"metric\": \"wait_mean_s\", \"min\": 3, \"max\": 2}], " KNOBS),
         "2:94: error[E0403]: ", "min not above max"},
        {PROBE_TOP, PLAN(MINIMISE LIMITS "\"knobs\": {}"), "2:123: error[E0304]: ", "1 to 8"},
        {PROBE_TOP, PLAN(MINIMISE LIMITS "\"knobs\": {\"/a\": {\"from\": 0, \"to\": 1e300}}"),
         "2:148: error[E0408]: ", "a step that makes at most 10000 values"},
        {PROBE_TOP, PLAN(MINIMISE LIMITS "\"knobs\": {\"a\": {\"from\": 1, \"to\": 2}}"),
         "2:124: error[E0309]: ", "begins with \"/\""},
        {PROBE_TOP,
         PLAN(MINIMISE LIMITS "\"knobs\": {\"/a\": {\"from\": 1, \"to\": 2, \"monotone\": 1}}"),
         "2:163: error[E0303]: ", "\"up\" or \"down\""},
        {PROBE_TOP,
         PLAN(MINIMISE LIMITS "\"knobs\": {\"/a\": {\"from\": 1, \"to\": 2, \"step\": 1, "
                              "\"points\": 3}}"),
         "2:159: error[E0403]: ", "\"step\", or"},
        {PROBE_TOP, PLAN(MINIMISE LIMITS "\"knobs\": {\"/a\": {\"values\": []}}"),
         "2:130: error[E0304]: ", "at least one value"},
        {PROBE_TOP, PLAN(MINIMISE LIMITS KNOBS ", \"replications\": {\"initial\": 9, \"max\": 8}"),
         "2:212: error[E0403]: ", "not below initial (9)"},
        {PROBE_TOP, PLAN(MINIMISE LIMITS KNOBS ", \"replications\": {\"initial\": 1}"),
         "2:202: error[E0304]: ", "from 2 to 1000000"},
    };
    PROBE_ROWS(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_says_what_it_wants),
        cmocka_unit_test(defaults_follow_the_replications_of_the_file),
        cmocka_unit_test(the_command_line_says_how_many),
        cmocka_unit_test(wrong_plans_are_reported),
    };
    return cmocka_run_group_tests_name("scenario_search", tests, NULL, NULL);
}
