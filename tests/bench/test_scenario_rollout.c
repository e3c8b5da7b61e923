#include "tests/bench/probe.h"

#include "bench/input/scenario_rollout.c"

#define DEPLOY(keys) "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", " keys "}}"
#define CANARY(steps) DEPLOY("\"strategy\": \"canary\", \"steps\": " steps)

static const struct probe_row wrong[] = {
    {PROBE_EVENT, DEPLOY("\"strategy\": \"recreate\", \"detach\": true"),
     "2:61: error[E0403]: /timeline/0/deploy/detach", "strategy \"rolling\""},
    {PROBE_EVENT, DEPLOY("\"strategy\": \"rolling\", \"detach\": 1"),
     "2:70: error[E0303]: /timeline/0/deploy/detach", NULL},
    {PROBE_EVENT, DEPLOY("\"strategy\": \"rolling\", \"drain_old\": \"some\""),
     "2:73: error[E0305]: /timeline/0/deploy/drain_old", "one_for_one"},
    {PROBE_EVENT, DEPLOY("\"strategy\": \"rolling\", \"verify_attempts\": 0"),
     "2:79: error[E0304]: /timeline/0/deploy/verify_attempts", NULL},
    {PROBE_EVENT,
     DEPLOY("\"strategy\": \"rolling\", \"steps\": [{\"weight\": 5, \"for\": \"1m\"}]"),
     "2:69: warning[W0405]: /timeline/0/deploy/steps", "\"canary\""},
    {PROBE_EVENT, DEPLOY("\"strategy\": \"rolling\", \"max_surge\": 1"),
     "2:73: warning[W0405]: /timeline/0/deploy/max_surge", "\"rolling_update\""},
    {PROBE_EVENT, DEPLOY("\"strategy\": \"rolling_update\", \"max_surge\": \"125%\""),
     "2:80: error[E0304]: /timeline/0/deploy/max_surge", "\"100%\""},
    {PROBE_EVENT, DEPLOY("\"strategy\": \"rolling_update\", \"max_surge\": \"x\""),
     "2:80: error[E0304]: /timeline/0/deploy/max_surge", NULL},
    {PROBE_EVENT, DEPLOY("\"strategy\": \"rolling_update\", \"max_surge\": -1"),
     "2:80: error[E0304]: /timeline/0/deploy/max_surge", NULL},
    {PROBE_EVENT,
     DEPLOY("\"strategy\": \"rolling_update\", \"max_surge\": 0, \"max_unavailable\": \"0%\""),
     "2:102: error[E0403]: /timeline/0/deploy/max_unavailable", "no runner could ever"},
    {PROBE_EVENT, DEPLOY("\"strategy\": \"canary\""),
     "2:24: error[E0302]: /timeline/0/deploy/steps", NULL},
    {PROBE_EVENT, CANARY("[]"), "2:68: error[E0303]: /timeline/0/deploy/steps", "a list of steps"},
    {PROBE_EVENT, CANARY("[{\"weight\": 101, \"for\": \"1m\"}]"),
     "2:80: error[E0304]: /timeline/0/deploy/steps/0/weight", "100"},
    {PROBE_EVENT, CANARY("[{\"weight\": 0, \"for\": \"1m\"}]"),
     "2:80: error[E0304]: /timeline/0/deploy/steps/0/weight", NULL},
    {PROBE_EVENT, CANARY("[{\"for\": \"1m\"}]"),
     "2:69: error[E0302]: /timeline/0/deploy/steps/0/weight", NULL},
    {PROBE_EVENT, CANARY("[{\"weight\": 10}]"),
     "2:69: error[E0302]: /timeline/0/deploy/steps/0/for", NULL},
    {PROBE_EVENT, CANARY("[{\"weight\": 10, \"for\": \"0s\"}]"),
     "2:91: error[E0304]: /timeline/0/deploy/steps/0/for", NULL},
    {PROBE_EVENT, CANARY("[{\"weight\": 10, \"for\": \"1m\"}], \"abort_above\": 2"),
     "2:114: error[E0304]: /timeline/0/deploy/abort_above", NULL},
    {PROBE_EVENT, "{\"at\": \"1m\", \"restart\": {}}",
     "2:25: error[E0302]: /timeline/0/restart/app", NULL},
    {PROBE_EVENT, "{\"at\": \"1m\", \"restart\": {\"app\": \"A\", \"force\": \"yes\"}}",
     "2:47: error[E0303]: /timeline/0/restart/force", NULL},
    {PROBE_EVENT,
     DEPLOY("\"x-\": 0") ",{\"at\": \"2m\", \"rollback\": {\"app\": \"A\", \"to\": \"3\"}}",
     "2:91: error[E0401]: /timeline/1/rollback/to", "\"1\" to \"2\""},
    {PROBE_EVENT, "{\"at\": \"1m\", \"rollback\": {\"app\": \"A\", \"to\": \"2\"}}",
     "2:14: error[E0403]: /timeline/0/rollback", "a deploy before"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"rollback\": {\"app\": \"A\"}}",
     "2:14: error[E0403]: /timeline/0/rollback", "a deploy before"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"kill\": {\"app\": \"A\"}}",
     "2:30: error[E0403]: /timeline/0/kill/app", "ephemeral"},
};

static void each_wrong_input_gives_one_problem_at_its_place(void **state)
{
    (void)state;
    PROBE_ROWS(wrong);
}

static void nothing_may_follow_a_kill(void **state)
{
    (void)state;
    struct probe probe = probe_load(
        PROBE_HEAD
        "\"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"deployment\": \"ephemeral\"}},"
        "\"timeline\": [{\"at\": \"1m\", \"kill\": {\"app\": \"A\"}},"
        "{\"at\": \"2m\", \"restart\": {\"app\": \"A\"}}]}",
        NULL);
    assert_false(probe.good);
    assert_non_null(strstr(probe.messages, "E0404"));
    assert_non_null(strstr(probe.messages, "no event after the app was killed"));
    probe_close(&probe);
}

static void a_canary_is_read(void **state)
{
    (void)state;
    struct probe probe = probe_right(
        PROBE_EVENT, CANARY("[{\"weight\": 10, \"for\": \"5m\"}, {\"weight\": 50, \"for_s\": 7}], "
                            "\"abort_above\": 0.1, \"abort_min_requests\": 50"));
    const struct timeline_config *event = probe_config(&probe)->timeline;
    assert_ptr_equal(rollout_policies[event->strategy], &rollout_canary);
    assert_int_equal(event->rollout.step_count, 2);
    assert_true(event->rollout.steps[0].weight == 0.1 && event->rollout.steps[1].weight == 0.5);
    assert_true(event->rollout.steps[0].length == 300 * SIM_SECOND);
    assert_true(event->rollout.steps[1].length == 7 * SIM_SECOND);
    assert_true(event->rollout.abort_above == 0.1);
    assert_int_equal(event->rollout.abort_min_requests, 50);
    probe_close(&probe);
}

static void counts_and_shares_are_read(void **state)
{
    (void)state;
    struct probe probe = probe_right(
        PROBE_EVENT,
        DEPLOY(
            "\"strategy\": \"rolling_update\", \"max_surge\": 2, \"max_unavailable\": \"12.5%\""));
    const struct rollout_settings *s = &probe_config(&probe)->timeline->rollout;
    assert_true(s->max_surge.value == 2 && !s->max_surge.percent);
    assert_true(s->max_unavailable.value == 12.5 && s->max_unavailable.percent);
    assert_int_equal(s->verify_attempts, 1);
    probe_close(&probe);
}

static void other_events_are_read(void **state)
{
    (void)state;
    struct probe probe = probe_right(
        PROBE_EVENT,
        "{\"at\": \"1m\", \"restart\": {\"app\": \"A\", \"force\": true}}, " DEPLOY(
            "\"strategy\": \"rolling\", \"detach\": true") ", "
                                                           "{\"at\": \"5m\", \"rollback\": "
                                                           "{\"app\": \"A\"}}, "
                                                           "{\"at\": \"6m\", \"rollback\": "
                                                           "{\"app\": \"A\", \"to\": \"2\", "
                                                           "\"auth_mode\": \"public\"}}");
    const struct timeline_config *row = probe_config(&probe)->timeline;
    assert_int_equal(row[0].kind, TIMELINE_RESTART);
    assert_true(row[0].force && row[1].rollout.detach);
    assert_string_equal(row[3].name, "4");
    assert_true(row[2].revision == REVISION_PREVIOUS && row[3].revision == 1);
    assert_true(!row[2].sets_auth && row[3].sets_auth && row[3].auth_mode == AUTH_PUBLIC);
    probe_close(&probe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_wrong_input_gives_one_problem_at_its_place),
        cmocka_unit_test(nothing_may_follow_a_kill),
        cmocka_unit_test(a_canary_is_read),
        cmocka_unit_test(counts_and_shares_are_read),
        cmocka_unit_test(other_events_are_read),
    };
    return cmocka_run_group_tests_name("scenario_rollout", tests, NULL, NULL);
}
