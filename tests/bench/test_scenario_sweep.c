#include "tests/bench/probe.h"

#include "bench/input/scenario_sweep.c"

#define SWEEP(text) "\"sweep\": {" text "}"
#define TWO "\"axes\": {\"/apps/A/x\": [1, 2], \"/apps/A/y\": [3, 4], \"/apps/B/y\": [5, 6]}"

static void a_sweep_has_defaults(void **state)
{
    (void)state;
    struct probe p = probe_right(PROBE_TOP, SWEEP("\"axes\": {\"/apps/A/x\": [1, 2]}"));
    const struct sweep_plan *plan = p.scenario.sweep;
    assert_int_equal(plan->design, DESIGN_GRID);
    assert_int_equal(plan->axis_count, 1);
    assert_int_equal(plan->group_count, 1);
    assert_int_equal(plan->metric_count, 0);
    assert_null(plan->where);
    assert_int_equal(plan->points, 64);
    probe_close(&p);
    p = probe_right(PROBE_TOP, "\"x-\": 0");
    assert_null(p.scenario.sweep);
    probe_close(&p);
}

static void names_are_as_short_as_they_can_be(void **state)
{
    (void)state;
    struct probe p = probe_right(
        PROBE_TOP, SWEEP("\"axes\": {\"/apps/A/x\": [1], \"/apps/A/y\": [1], \"/apps/B/y\": [1],"
                         "\"/apps/A/auth_mode\": [1], \"rate\": {\"path\": \"/q\", \"values\": "
                         "[1]}, \"/app\": [1]}"));
    static const char *const names[] = {"x", "A/y", "B/y", "A/auth_mode", "rate", "/app"};
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(p.scenario.sweep->axes[i].name, names[i]);
    probe_close(&p);
}

static void zipped_axes_share_a_group(void **state)
{
    (void)state;
    struct probe p =
        probe_right(PROBE_TOP, SWEEP(TWO ", \"zip\": [[\"B/y\", \"/apps/A/x\"]], \"metrics\": "
                                         "[{\"metric\": \"wait_s\", \"quantile\": 0.99}]"));
    const struct sweep_plan *plan = p.scenario.sweep;
    assert_int_equal(plan->group_count, 2);
    assert_int_equal(plan->groups[0], 0);
    assert_int_equal(plan->groups[1], 1);
    assert_int_equal(plan->groups[2], 0);
    assert_int_equal(plan->metric_count, 1);
    assert_string_equal(plan->metrics[0].metric, "wait_s");
    assert_string_equal(plan->metrics[0].labels[LABEL_QUANTILE], "0.99");
    probe_close(&p);
}

static void alternatives_are_the_first_axis(void **state)
{
    (void)state;
    struct probe p = probe_right(
        PROBE_TOP,
        "\"compare\": {\"base\": {}, \"more\": {\"/apps/A/min_concurrency\": 2, \"/title\": "
        "\"u\"}}," SWEEP("\"axes\": {\"/apps/A/max_concurrency\": [3, 4]}, \"where\": "
                         "\"alternative == 'more' || max_concurrency == 3\""));
    const struct sweep_plan *plan = p.scenario.sweep;
    assert_int_equal(plan->axis_count, 2);
    assert_string_equal(plan->axes[0].name, "alternative");
    assert_null(plan->axes[0].pointer);
    assert_int_equal(plan->axes[0].values[0].change_count, 0);
    assert_int_equal(plan->axes[0].values[1].change_count, 2);
    assert_string_equal(plan->axes[0].values[1].label, "more");
    assert_string_equal(plan->axes[0].values[1].changes[0].json, "2");
    assert_non_null(plan->where);
    probe_close(&p);
}

static void a_tornado_starts_from_the_file(void **state)
{
    (void)state;
    struct probe p =
        probe_right(PROBE_TOP, "\"warm_up\": \"10m\", " SWEEP(
                                   "\"design\": \"tornado\", \"percent\": 20, \"axes\": "
                                   "{\"/warm_up\": [], \"/warmpool\": [5]}"));
    const struct sweep_plan *plan = p.scenario.sweep;
    assert_int_equal(plan->axis_count, 2);
    assert_int_equal(plan->axes[0].count, 1);
    assert_string_equal(plan->axes[0].values[0].label, "10m");
    assert_string_equal(plan->axes[1].values[0].label, "1");
    assert_true(plan->percent >= 20 && plan->percent <= 20);
    probe_close(&p);
}

static void wrong_sweeps_are_reported(void **state)
{
    (void)state;
    static const struct probe_row rows[] = {
        {PROBE_TOP, "\"sweep\": 1", "2:10: error[E0303]: /sweep: ", "an object"},
        {PROBE_TOP, "\"sweep\": {}", "2:10: error[E0302]: /sweep/axes: ", "\"axes\""},
        {PROBE_TOP, SWEEP("\"axes\": {}"), "2:19: error[E0304]: /sweep/axes: ", "1 to 32"},
        {PROBE_TOP, SWEEP(TWO ", \"desing\": 1"), "2:84: error[E0301]: /sweep/desing: ", "design"},
        {PROBE_TOP, SWEEP(TWO ", \"design\": \"lh\""),
         "2:94: error[E0305]: /sweep/design: ", "\"grid\""},
        {PROBE_TOP, SWEEP(TWO ", \"points\": 4"), "2:94: warning[W0404]: ", "lhs and sobol"},
        {PROBE_TOP, SWEEP(TWO ", \"where\": \"x = 1\""), "2:93: error[E0601]: /sweep/where: ",
         "expected an operator or the end at character 3, got \"=\""},
        {PROBE_TOP, SWEEP(TWO ", \"where\": \"z == 1\""),
         "2:93: error[E0601]: ", "the name of an axis at character 1, got \"z\""},
        {PROBE_TOP, SWEEP(TWO ", \"zip\": 1"), "2:91: error[E0303]: ", "lists"},
        {PROBE_TOP, SWEEP(TWO ", \"zip\": [[\"x\"]]"), "2:92: error[E0303]: ", "at least two"},
        {PROBE_TOP, SWEEP(TWO ", \"zip\": [[\"x\", \"w\"]]"),
         "2:98: error[E0401]: ", "name of an axis"},
        {PROBE_TOP, SWEEP(TWO ", \"zip\": [[\"x\", \"x\"]]"), "2:98: error[E0308]: ", "once"},
        {PROBE_TOP, SWEEP(TWO ", \"metrics\": []"), "2:95: error[E0303]: ", "1 to 100"},
        {PROBE_TOP, SWEEP(TWO ", \"metrics\": [{\"metric\": \"wait\"}]"),
         "2:107: error[E0401]: ", "metric"},
        {PROBE_TOP, SWEEP("\"axes\": {\"/a\": [1, 2], \"/b\": [1]}, \"zip\": [[\"a\", \"b\"]]"),
         "2:54: error[E0403]: ", "as many values as \"a\" (2)"},
        {PROBE_TOP, SWEEP("\"axes\": {\"/a\": [1], \"z\": {\"path\": \"/a\", \"values\": [2]}}"),
         "2:31: error[E0308]: ", "each path once"},
        {PROBE_TOP, SWEEP("\"axes\": {\"metric\": {\"path\": \"/a\", \"values\": [2]}}"),
         "2:20: error[E0401]: ", "no column"},
        {PROBE_TOP, SWEEP("\"design\": \"factorial2\", \"axes\": {\"/a\": [\"x\", \"y\", \"z\"]}"),
         "2:44: error[E0304]: ", "two values"},
        {PROBE_TOP, SWEEP("\"design\": \"factorial2\", \"axes\": {\"/a\": [1]}"),
         "2:44: error[E0304]: ", "at least two"},
        {PROBE_TOP,
         SWEEP("\"design\": \"factorial2\", \"axes\": {\"/a\": [1, 2]}, \"where\": \"a == 1\""),
         "2:59: error[E0403]: ", "no \"where\""},
        {PROBE_TOP, SWEEP("\"design\": \"tornado\", \"axes\": {\"/none\": []}"),
         "2:41: error[E0403]: ", "that the file gives"},
    };
    PROBE_ROWS(rows);
}

static void a_grid_has_a_limit(void **state)
{
    (void)state;
    static const char axis[] = "{\"path\": \"/%s\", \"range\": {\"from\": 1, \"to\": %d, "
                               "\"step\": 1}}";
    char a[128], b[128], text[512];
    for (int more = 0; more < 2; more++) {
        snprintf(a, sizeof a, axis, "a", 1000);
        snprintf(b, sizeof b, axis, "b", 1000 + more);
        snprintf(text, sizeof text, SWEEP("\"axes\": {\"a\": %s, \"b\": %s}"), a, b);
        struct probe p = probe_fragment(PROBE_TOP, text);
        assert_int_equal(p.good, !more);
        if (more) assert_non_null(strstr(p.messages, "at most 1000000 points"));
        probe_close(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sweep_has_defaults),
        cmocka_unit_test(names_are_as_short_as_they_can_be),
        cmocka_unit_test(zipped_axes_share_a_group),
        cmocka_unit_test(alternatives_are_the_first_axis),
        cmocka_unit_test(a_tornado_starts_from_the_file),
        cmocka_unit_test(wrong_sweeps_are_reported),
        cmocka_unit_test(a_grid_has_a_limit),
    };
    return cmocka_run_group_tests_name("scenario_sweep", tests, NULL, NULL);
}
