#include "tests/bench/probe.h"

#include "bench/input/scenario_wishes.c"

// The app may be restarted; a scale event after a deploy that resets what runs.
#define APP                                                                                        \
    "{\"warmpool\": 1, \"title\": \"t\", \"horizon\": \"1h\", \"apps\": {\"A\": "                  \
    "{\"machine_type\": "                                                                          \
    "\"GPU-A100\", \"max_concurrency\": 4}}, \"timeline\": ["                                      \
    "{\"at\": \"1m\", \"scale\": {\"app\": \"A\", \"min_concurrency\": 3}}, "                      \
    "{\"at\": \"2m\", \"deploy\": {\"app\": \"A\", \"reset_scale\": true}}, "                      \
    "{\"at\": \"3m\", \"restart\": {\"app\": \"A\"}}, "                                            \
    "{\"at\": \"4m\", \"rollback\": {\"app\": \"A\"}}, "                                           \
    "{\"at\": \"5m\", \"scale\": {\"app\": \"A\", \"max_concurrency\": 7}}]"

static struct probe load(const char *more)
{
    char text[4096];
    snprintf(text, sizeof text, APP "%s}", more);
    return probe_load(text, NULL);
}

static void nothing_is_asked_for_by_default(void **state)
{
    (void)state;
    struct probe p = load("");
    assert_string_equal(p.messages, "");
    assert_null(p.scenario.alternatives[0].twin);
    assert_false(probe_config(&p)->downtime.measured);
    probe_close(&p);
}

// The twin has what is no rollout, and settings after a rollout as if that had never been: the
// floor of 3, which the deploy would have reset.
static void a_twin_has_no_rollouts(void **state)
{
    (void)state;
    struct probe p = load(", \"twin\": true, \"downtime\": {}");
    assert_string_equal(p.messages, "");
    const struct scenario_config *run = probe_config(&p), *twin = p.scenario.alternatives[0].twin;
    assert_int_equal(run->timeline_count, 5);
    assert_int_equal(run->timeline[4].scaling.min_concurrency, 0);
    assert_true(run->downtime.measured);
    assert_int_equal(twin->timeline_count, 2);
    assert_int_equal(twin->revision_count, 1);
    assert_int_equal(twin->timeline[1].scaling.min_concurrency, 3);
    assert_int_equal(twin->timeline[1].scaling.max_concurrency, 7);
    assert_false(twin->downtime.measured);
    probe_close(&p);
}

static void every_alternative_has_its_own(void **state)
{
    (void)state;
    struct probe p = load(", \"twin\": true, \"compare\": {\"a\": {}, \"b\": {"
                          "\"/apps/A/max_concurrency\": 9}}");
    assert_string_equal(p.messages, "");
    for (size_t i = 0; i < 2; i++) {
        const struct scenario_config *twin = p.scenario.alternatives[i].twin;
        assert_int_equal(twin->timeline_count, 2);
        assert_int_equal(twin->timeline[0].scaling.max_concurrency, i ? 9 : 4);
    }
    probe_close(&p);
}

static void naming_a_number_asks_for_it(void **state)
{
    (void)state;
    static const struct {
        const char *more;
        bool twin, downtime;
    } rows[] = {
        {", \"expect\": [{\"metric\": \"excess_cost_usd\", \"max\": 1}]", true, false},
        {", \"expect\": [{\"metric\": \"recovery_time_s\", \"max\": 1}]", true, false},
        {", \"expect\": [{\"metric\": \"user_uptime\", \"min\": 1}]", false, true},
        {", \"expect\": [{\"metric\": \"good_ratio\", \"min\": 1}]", false, false},
        {", \"replications\": {\"until\": [{\"metric\": \"excess_wait_s\", \"absolute\": 1}]}",
         true, false},
        {", \"selection\": {\"metric\": \"excess_failed_requests\"}", true, false},
        {", \"selection\": {\"metric\": \"wait_mean_s\", \"zones\": {\"wait_mean_s\": 1, "
         "\"user_uptime\": 0.1}}",
         false, true},
        {", \"sweep\": {\"axes\": {\"/apps/A/max_concurrency\": [4, 5]}, \"metrics\": "
         "[{\"metric\": \"recovery_time_s\"}]}",
         true, false},
        {", \"plan\": {\"minimise\": {\"metric\": \"excess_cost_usd\"}, \"subject_to\": "
         "[{\"metric\": \"user_uptime\", \"min\": 0.5}], \"knobs\": "
         "{\"/apps/A/max_concurrency\": {\"from\": 4, \"to\": 5}}}",
         true, true},
        {", \"replications\": {\"until\": [{\"metric\": \"peak_burn\", \"absolute\": 1}]}", false,
         true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe p = load(rows[i].more);
        assert_string_equal(p.messages, "");
        assert_int_equal(p.scenario.alternatives[0].twin != NULL, rows[i].twin);
        assert_int_equal(probe_config(&p)->downtime.measured, rows[i].downtime);
        probe_close(&p);
    }
}

// Each wish has problems of its own, and what is wrong elsewhere is said once.
static void problems_are_reported(void **state)
{
    (void)state;
    static const struct probe_row rows[] = {
        {PROBE_TOP, "\"twin\": \"yes\"", "2:9: error[E0303]: /twin", "true or false"},
        {PROBE_TOP, "\"twin\": true, \"timeline\": [{\"at\": \"1m\", \"deploy\": {}}]",
         "2:51: error[E0302]: /timeline/0/deploy/app", NULL},
        {PROBE_TOP, "\"twin\": true, \"timeline\": 7", "2:27: error[E0303]: /timeline", NULL},
        {PROBE_TOP, "\"downtime\": {\"slo\": 1}", "2:21: error[E0304]: /downtime/slo", NULL},
        {PROBE_TOP, "\"downtime\": {\"slos\": 0.9}", "2:14: error[E0301]: /downtime/slos", "slo"},
        {PROBE_TOP, "\"downtime\": {\"interval\": \"0s\"}",
         "2:26: error[E0304]: /downtime/interval", NULL},
        {PROBE_TOP, "\"downtime\": []", "2:13: error[E0303]: /downtime", NULL},
        {PROBE_TOP, "\"compare\": {\"a\": {\"/twin\": true}}",
         "2:19: error[E0406]: /compare/a/~1twin", "the same for all alternatives"},
    };
    PROBE_ROWS(rows);
}

// Without its deploy the scenario's floor stays at 9, above what the last event allows.
static void a_twin_that_cannot_be_is_an_error(void **state)
{
    (void)state;
    struct probe p =
        probe_load("{\"warmpool\": 1, \"title\": \"t\", \"horizon\": \"1h\", \"twin\": true, "
                   "\"apps\": {\"A\": "
                   "{\"machine_type\": \"GPU-A100\", \"max_concurrency\": 10}}, \"timeline\": [\n"
                   "{\"at\": \"1m\", \"scale\": {\"app\": \"A\", \"min_concurrency\": 9}}, "
                   "{\"at\": \"2m\", \"deploy\": {\"app\": \"A\", \"reset_scale\": true}}, "
                   "{\"at\": \"5m\", \"scale\": {\"app\": \"A\", \"max_concurrency\": 7}}]}",
                   NULL);
    assert_false(p.good);
    assert_int_equal(diag_errors(p.diag), 1);
    assert_non_null(strstr(p.messages, "/timeline: expected events that are possible without"));
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_asked_for_by_default),
        cmocka_unit_test(a_twin_has_no_rollouts),
        cmocka_unit_test(every_alternative_has_its_own),
        cmocka_unit_test(naming_a_number_asks_for_it),
        cmocka_unit_test(problems_are_reported),
        cmocka_unit_test(a_twin_that_cannot_be_is_an_error),
    };
    return cmocka_run_group_tests_name("scenario_wishes", tests, NULL, NULL);
}
