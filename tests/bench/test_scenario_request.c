#include "tests/bench/probe.h"

#include "bench/input/scenario_request.c"

// The life of a request in a file: what is read (Q1, Q3, Q6 to Q9), and each way in which it can be
// wrong.

#define S "\"service\": \"1s\", \"poisson\": {\"rate_per_s\": 1}, "

static const struct probe_row wrong[] = {
    {PROBE_APP, "\"responses\": {\"503\": {}}",
     "2:22: error[E0302]: /apps/A/responses/503/probability", "probability"},
    {PROBE_APP, "\"responses\": {\"503\": {\"probability\": 2}}",
     "2:38: error[E0304]: /apps/A/responses/503/probability", "from 0 to 1"},
    {PROBE_APP, "\"responses\": {\"503\": {\"probability\": 1, \"needs_retry\": 1}}",
     "2:56: error[E0303]: /apps/A/responses/503/needs_retry", "true or false"},
    {PROBE_APP, "\"responses\": {\"404\": {\"probability\": 1, \"needs_retry\": true}}",
     "2:41: error[E0403]: /apps/A/responses/404/needs_retry", "5xx or a 429"},
    {PROBE_APP, "\"responses\": {\"crash\": {\"probability\": 1, \"stop_runner\": false}}",
     "2:43: error[E0403]: /apps/A/responses/crash/stop_runner", "no headers"},
    {PROBE_APP, "\"responses\": {\"503\": {\"probability\": 1, \"retry\": true}}",
     "2:41: error[E0301]: /apps/A/responses/503/retry", NULL},
    {PROBE_APP, "\"fails_at\": \"start\"", "2:13: error[E0305]: /apps/A/fails_at", "\"uniform\""},
    {PROBE_APP, "\"health_check_failure\": 1.5", "2:25: error[E0304]: /apps/A/health_check_failure",
     NULL},
    {PROBE_APP, "\"retry\": 3", "2:10: error[E0303]: /apps/A/retry", "an object"},
    {PROBE_APP, "\"retry\": {\"timeout\": 11}", "2:22: error[E0304]: /apps/A/retry/timeout",
     "from 0 to 10"},
    {PROBE_APP, "\"retry\": {\"timeouts\": 1}", "2:11: error[E0301]: /apps/A/retry/timeouts",
     "\"timeout\""},
    {PROBE_APP, "\"skip_retry_conditions\": \"timeout\"",
     "2:26: error[E0303]: /apps/A/skip_retry_conditions", "a list"},
    {PROBE_APP, "\"skip_retry_conditions\": [\"timeot\"]",
     "2:27: error[E0305]: /apps/A/skip_retry_conditions/0", "did you mean \"timeout\"?"},
    {PROBE_APP, "\"retry\": {\"timeout\": 2}, \"skip_retry_conditions\": [\"timeout\"]",
     "2:52: error[E0403]: /apps/A/skip_retry_conditions/0", "gives no budget"},
    {PROBE_APP, "\"cancel\": \"yes\"", "2:11: error[E0305]: /apps/A/cancel", "\"cooperative\""},
    {PROBE_APP, "\"hint_slots\": 0", "2:15: error[E0304]: /apps/A/hint_slots", NULL},
    {PROBE_APP, "\"dispatch\": \"least_load\"", "2:13: error[E0305]: /apps/A/dispatch",
     "least_loaded"},
    {PROBE_APP, "\"max_multiplexing\": 4, \"slowdown\": \"some\"",
     "2:36: error[E0305]: /apps/A/slowdown", NULL},
    {PROBE_APP, "\"max_multiplexing\": 4, \"slowdown\": 2", "2:36: error[E0303]: /apps/A/slowdown",
     NULL},
    {PROBE_APP, "\"max_multiplexing\": 4, \"slowdown\": {}",
     "2:36: error[E0302]: /apps/A/slowdown/factor", "one of"},
    {PROBE_APP, "\"max_multiplexing\": 4, \"slowdown\": {\"factor\": -1}",
     "2:47: error[E0304]: /apps/A/slowdown/factor", NULL},
    {PROBE_APP, "\"max_multiplexing\": 4, \"slowdown\": {\"factor\": 1, \"table\": [1]}",
     "2:50: error[E0308]: /apps/A/slowdown/table", "both"},
    {PROBE_APP, "\"max_multiplexing\": 4, \"slowdown\": {\"table\": []}",
     "2:46: error[E0303]: /apps/A/slowdown/table", "1 to 10000"},
    {PROBE_APP, "\"max_multiplexing\": 4, \"slowdown\": {\"table\": [1, 0.5]}",
     "2:50: error[E0304]: /apps/A/slowdown/table/1", NULL},
    {PROBE_APP, "\"max_multiplexing\": 4, \"slowdown\": {\"table\": [2, 3]}",
     "2:47: error[E0403]: /apps/A/slowdown/table/0", "alone"},
    {PROBE_SOURCE, S "\"path\": \"socket\"", "2:56: error[E0305]: /apps/A/traffic/0/path",
     "websocket"},
    {PROBE_SOURCE, S "\"path\": \"stream\", \"max_attempts\": 2",
     "2:82: error[E0403]: /apps/A/traffic/0/max_attempts", "1 on the stream path"},
    {PROBE_SOURCE, S "\"path\": \"websocket\", \"start_timeout\": \"5s\"",
     "2:69: error[E0403]: /apps/A/traffic/0/start_timeout", "no start_timeout"},
    {PROBE_SOURCE, S "\"path\": \"websocket\", \"start_timeout_s\": 5",
     "2:69: error[E0403]: /apps/A/traffic/0/start_timeout_s", "no start_timeout"},
    {PROBE_SOURCE, S "\"path\": \"websocket\", \"priority\": \"low\"",
     "2:69: error[E0403]: /apps/A/traffic/0/priority", "no priority"},
    {PROBE_SOURCE, S "\"no_retry\": true, \"max_attempts\": 3",
     "2:82: error[E0403]: /apps/A/traffic/0/max_attempts", "no_retry"},
    {PROBE_SOURCE, S "\"no_retry\": 1", "2:60: error[E0303]: /apps/A/traffic/0/no_retry", NULL},
    {PROBE_SOURCE, S "\"cancel_after\": 5", "2:64: error[E0303]: /apps/A/traffic/0/cancel_after",
     "5s"},
    {PROBE_SOURCE, S "\"hints\": -1", "2:57: error[E0304]: /apps/A/traffic/0/hints", NULL},
    {PROBE_APP, "\"endpoints\": \"/\"", "2:14: error[E0303]: /apps/A/endpoints", "a list"},
    {PROBE_APP, "\"endpoints\": []", "2:14: error[E0303]: /apps/A/endpoints", "a list of 1 to 100"},
    {PROBE_APP, "\"endpoints\": [\"edit\"]", "2:15: error[E0401]: /apps/A/endpoints/0", "begins"},
    {PROBE_APP, "\"endpoints\": [\"/a\", \"/a\"]", "2:21: error[E0403]: /apps/A/endpoints/1",
     "once"},
    {PROBE_SOURCE, S "\"endpoint\": \"/edit\"", "2:60: error[E0401]: /apps/A/traffic/0/endpoint",
     "endpoints"},
    {PROBE_SOURCE, "\"service\": \"1s\", \"closed_loop\": {\"users\": 0, \"think\": \"1s\"}",
     "2:43: error[E0304]: /apps/A/traffic/0/closed_loop/users", NULL},
    {PROBE_SOURCE, "\"service\": \"1s\", \"closed_loop\": {\"think\": \"1s\"}",
     "2:33: error[E0302]: /apps/A/traffic/0/closed_loop/users", NULL},
    {PROBE_SOURCE, "\"service\": \"1s\", \"closed_loop\": {\"users\": 1}",
     "2:33: error[E0302]: /apps/A/traffic/0/closed_loop/think", NULL},
    {PROBE_SOURCE,
     "\"service\": \"1s\", \"batch\": 2, \"closed_loop\": {\"users\": 1, \"think\": \"1s\"}",
     "2:18: error[E0403]: /apps/A/traffic/0/batch", "no batch"},
    {PROBE_SOURCE, S "\"batch\": 0", "2:57: error[E0304]: /apps/A/traffic/0/batch", NULL},
    {PROBE_SOURCE, S "\"batch\": 1.5", "2:57: error[E0304]: /apps/A/traffic/0/batch", NULL},
    {PROBE_SOURCE, S "\"batch\": {\"geometric\": 0.5}",
     "2:71: error[E0304]: /apps/A/traffic/0/batch/geometric", NULL},
    {PROBE_SOURCE, S "\"batch\": {}", "2:57: error[E0302]: /apps/A/traffic/0/batch/geometric",
     NULL},
    {PROBE_EVENT, "{\"at\": \"1m\", \"flush\": {}}", "2:23: error[E0302]: /timeline/0/flush/app",
     NULL},
    {PROBE_EVENT, "{\"at\": \"1m\", \"flush\": {\"app\": \"B\"}}",
     "2:31: error[E0401]: /timeline/0/flush/app", NULL},
    {PROBE_EVENT, "{\"at\": \"1m\", \"flush\": {\"app\": \"A\", \"caller\": \"ownr\"}}",
     "2:46: error[E0401]: /timeline/0/flush/caller", "did you mean \"owner\"?"},
    {PROBE_EVENT, "{\"at\": \"1m\", \"flush\": {\"app\": \"A\", \"caller\": 3}}",
     "2:46: error[E0303]: /timeline/0/flush/caller", NULL},
};

static void wrong_values_are_reported_at_their_place(void **state)
{
    (void)state;
    PROBE_ROWS(wrong);
}

static void what_is_right_is_read(void **state)
{
    (void)state;
    struct probe probe = probe_load(
        "{\"warmpool\": 1, \"title\": \"t\", \"horizon\": \"1h\","
        "\"callers\": {\"acme\": {\"concurrency_limit\": 2}},"
        "\"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"max_multiplexing\": 4,"
        "\"endpoints\": [\"/\", \"/edit\"], \"responses\": {\"503\": 0.25, \"429\": "
        "{\"probability\": 0.5, \"needs_retry\": true,"
        "\"stop_runner\": false}}, \"retry\": {\"server_error\": 3},"
        "\"skip_retry_conditions\": [\"timeout\"], \"slowdown\": {\"table\": [1, 1.5]},"
        "\"traffic\": [{\"service\": \"1s\", \"poisson\": {\"rate_per_s\": 1}, \"caller\": "
        "\"acme\","
        "\"endpoint\": \"/edit\", \"path\": \"websocket\", \"cancel_after\": \"9s\", \"hints\": "
        "7}]}},"
        "\"timeline\": [{\"at\": \"1m\", \"flush\": {\"app\": \"A\", \"caller\": \"acme\"}},"
        "{\"at\": \"2m\", \"flush\": {\"app\": \"A\"}},"
        "{\"at\": \"3m\", \"deploy\": {\"app\": \"A\", \"change\": "
        "{\"slowdown\": \"processor_sharing\"}}}]}",
        NULL);
    if (!probe.good) fail_msg("%s", probe.messages);
    const struct scenario_config *c = &probe.scenario.alternatives[0].config;
    const struct revision_config *r = &c->revisions[0];
    assert_int_equal(r->responses[0].needs_retry, HEADER_ABSENT);
    assert_int_equal(r->responses[1].status, 429);
    assert_true(r->responses[1].probability == 0.5);
    assert_int_equal(r->responses[1].needs_retry, HEADER_YES);
    assert_int_equal(r->responses[1].stop_runner, HEADER_NO);
    assert_int_equal(r->retry_budgets[RETRY_SERVER_ERROR], 3);
    assert_int_equal(r->retry_budgets[RETRY_TIMEOUT], 0);
    assert_int_equal(r->retry_budgets[RETRY_CONNECTION_ERROR], 10);
    assert_int_equal(r->slowdown.kind, SLOWDOWN_TABLE);
    assert_true(r->slowdown.count == 2 && r->slowdown.table[1] == 1.5);
    assert_true(c->revisions[1].slowdown.kind == SLOWDOWN_FACTOR);
    assert_true(c->revisions[1].slowdown.factor == 1);
    assert_string_equal(c->callers[1].name, "acme");
    assert_int_equal(c->callers[1].concurrency_limit, 2);
    assert_int_equal(c->traffic[0].caller, 1);
    assert_int_equal(c->traffic[0].path, PATH_WEBSOCKET);
    assert_true(c->traffic[0].has_cancel_after && c->traffic[0].cancel_after.a == 9);
    assert_int_equal(c->traffic[0].hints, 7);
    assert_int_equal(c->apps[0].endpoints, 2);
    assert_int_equal(c->traffic[0].endpoint, 1);
    assert_int_equal(c->timeline[0].kind, TIMELINE_FLUSH);
    assert_int_equal(c->timeline[0].caller, 1);
    assert_int_equal(c->timeline[1].caller, UINT32_MAX);
    probe_close(&probe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_values_are_reported_at_their_place),
        cmocka_unit_test(what_is_right_is_read),
    };
    return cmocka_run_group_tests_name("scenario_request", tests, NULL, NULL);
}
