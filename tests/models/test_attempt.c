#include "models/attempt.c"

#include "tests/kit_log.h"

// One app with one runner that is always on, and one request of 2 s at 0 s, three attempts at most,
// that always gets `response`.
static struct kit with_response(struct response_config response)
{
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = 1;
    kit.apps[app].initial_runners = 1;
    kit_call(&kit, app, 0, 2)->max_attempts = 3;
    response.probability = 1;
    kit_first(&kit, app)->responses[0] = response;
    kit_first(&kit, app)->response_count = 1;
    return kit;
}

static double stops(const struct kit *kit, const char *reason)
{
    char labels[80];
    snprintf(labels, sizeof labels, "app=A,outcome=%s", reason);
    return kit_get(kit, "runner_stops", labels);
}

static void expect(struct kit *kit, double retried, const char *outcome, double by_request,
                   double by_check)
{
    char labels[80];
    snprintf(labels, sizeof labels, "app=A,outcome=%s", outcome);
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    kit_is(kit, "attempts_retried", "app=A", retried);
    kit_is(kit, "requests", labels, 1);
    kit_near(stops(kit, "request"), by_request, 0, "request");
    kit_near(stops(kit, "health_check"), by_check, 0, "health_check");
    kit_free(kit);
}

// Q3, the table of domain 3.3: what is retried, and what kills the runner.
static void responses_retry_and_kill_as_the_table_says(void **state)
{
    (void)state;
    static const struct {
        uint32_t status;
        double retried, killed;
        const char *outcome;
    } rows[] = {
        {400, 0, 0, "client_error"}, {404, 0, 0, "client_error"}, {429, 0, 0, "client_error"},
        {500, 0, 0, "server_error"}, {501, 0, 0, "server_error"}, {502, 0, 0, "server_error"},
        {503, 2, 3, "server_error"}, {504, 2, 0, "server_error"}, {599, 0, 0, "server_error"},
        {0, 2, 3, "server_error"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit kit = with_response((struct response_config){.status = rows[i].status});
        expect(&kit, rows[i].retried, rows[i].outcome, rows[i].killed, 0);
    }
}

// Q3: 500, 502 and 504 are followed by a check, the others are not.
static void a_failed_health_check_kills_the_runner(void **state)
{
    (void)state;
    static const struct {
        uint32_t status;
        double retried, killed;
    } rows[] = {{500, 0, 1}, {501, 0, 0}, {502, 0, 1}, {504, 2, 3}, {599, 0, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit kit = with_response((struct response_config){.status = rows[i].status});
        kit.revisions[0].health_check_failure = 1;
        expect(&kit, rows[i].retried, "server_error", 0, rows[i].killed);
    }
}

// Q3: 10000 requests that all get 500; three of ten checks fail.  Five standard deviations are 230.
static void health_checks_fail_with_their_probability(void **state)
{
    (void)state;
    struct kit kit = kit_new(100000);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->responses[0] = (struct response_config){.status = 500, .probability = 1};
    kit_first(&kit, app)->response_count = 1;
    kit_first(&kit, app)->health_check_failure = 0.3;
    kit_renewal(&kit, app, dist_constant(10), dist_constant(2));
    kit_run(&kit, 7, 0); // seed 7
    kit_near(stops(&kit, "health_check"), 3000, 230, "failed checks");
    kit_free(&kit);
}

// Q3: X-Fal-Needs-Retry overrides on 5xx and 429.
static void needs_retry_overrides_the_table(void **state)
{
    (void)state;
    struct kit kit =
        with_response((struct response_config){.status = 429, .needs_retry = HEADER_YES});
    expect(&kit, 2, "client_error", 0, 0);
    kit = with_response((struct response_config){.status = 500, .needs_retry = HEADER_YES});
    expect(&kit, 2, "server_error", 0, 0);
    kit = with_response((struct response_config){.status = 503, .needs_retry = HEADER_NO});
    expect(&kit, 0, "server_error", 1, 0);
}

// Q3: x-fal-stop-runner overrides the kill; a runner that the app stops needs no check.
static void stop_runner_overrides_the_kill(void **state)
{
    (void)state;
    struct kit kit =
        with_response((struct response_config){.status = 503, .stop_runner = HEADER_NO});
    expect(&kit, 2, "server_error", 0, 0);
    kit = with_response((struct response_config){.status = 500, .stop_runner = HEADER_YES});
    kit.revisions[0].health_check_failure = 1;
    expect(&kit, 0, "server_error", 1, 0);
    kit = with_response((struct response_config){.status = 500, .stop_runner = HEADER_NO});
    kit.revisions[0].health_check_failure = 1;
    expect(&kit, 0, "server_error", 0, 0);
}

// Q3: a budget bounds the retries of its own condition; none allows more than ten attempts.
static void budgets_bound_retries(void **state)
{
    (void)state;
    struct kit kit = with_response((struct response_config){.status = 503});
    kit.revisions[0].retry_budgets[RETRY_SERVER_ERROR] = 1;
    expect(&kit, 1, "server_error", 2, 0);
    kit = with_response((struct response_config){.status = 504});
    kit.revisions[0].retry_budgets[RETRY_SERVER_ERROR] = 0;
    kit.revisions[0].retry_budgets[RETRY_TIMEOUT] = 1;
    expect(&kit, 1, "server_error", 0, 0);
    kit = with_response((struct response_config){.status = 0});
    kit.revisions[0].retry_budgets[RETRY_CONNECTION_ERROR] = 0;
    expect(&kit, 0, "server_error", 1, 0);
    kit = with_response((struct response_config){.status = 503}); // X-Fal-Retry-Config comes first
    kit.traffic[0].has_retry = true;
    kit.traffic[0].retry_budgets[RETRY_SERVER_ERROR] = 2;
    expect(&kit, 2, "server_error", 3, 0);
    kit = with_response((struct response_config){.status = 504});
    kit.traffic[0].max_attempts = 10;
    expect(&kit, 9, "server_error", 0, 0);
}

// Q3: each condition counts for itself; Q4: request_timeout is a timeout, P6: a cut is a connection
// error.
static void conditions_count_apart(void **state)
{
    (void)state;
    struct kit kit = kit_new(10);
    uint32_t app = kit_app(&kit, "A");
    kit_call(&kit, app, 0, 1);
    kit.revisions[0].retry_budgets[RETRY_TIMEOUT] = 2;
    kit.revisions[0].retry_budgets[RETRY_CONNECTION_ERROR] = 1;
    struct model *m = kit_create(&kit, 1, 0);
    struct request q = {.attempts = 1};
    static const struct {
        uint8_t ending;
        bool retried;
    } rows[] = {{ENDING_REQUEST_TIMEOUT, true},
                {ENDING_CUT, true},
                {ENDING_CUT, false},
                {ENDING_REQUEST_TIMEOUT, true},
                {ENDING_REQUEST_TIMEOUT, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        attempt_ends(&q, rows[i].ending);
        assert_int_equal(attempt_retried(m, &q), rows[i].retried);
    }
    q = (struct request){.attempts = 10, .ending = ENDING_CUT};
    assert_false(attempt_retried(m, &q));
    kit_drop(&kit);
}

// Q3: the caller's word wins over the response's.
static void no_retry_wins(void **state)
{
    (void)state;
    struct kit kit =
        with_response((struct response_config){.status = 503, .needs_retry = HEADER_YES});
    kit.traffic[0].no_retry = true;
    expect(&kit, 0, "server_error", 1, 0);
}

// Q3: with fails_at uniform an attempt of 2 s that crashes takes 1 s on average, uniform between 0
// and 2 s: 4000 of them have a mean within five standard errors, 0.046 s.
static void failures_may_strike_at_any_point_of_the_service(void **state)
{
    (void)state;
    struct kit kit = kit_new(40000);
    uint32_t app = kit_app(&kit, "A");
    kit_renewal(&kit, app, dist_constant(10), dist_constant(2))->path = PATH_DIRECT;
    kit_first(&kit, app)->responses[0] = (struct response_config){.status = 0, .probability = 1};
    kit_first(&kit, app)->response_count = 1;
    kit_run(&kit, 7, 0); // seed 7
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 2 * 3999);
    kit_first(&kit, app)->fails_at = FAILS_AT_UNIFORM;
    kit_run(&kit, 7, 0);
    double mean = kit_get(&kit, "billed_s", "app=A,state=RUNNING") / 3999;
    kit_near(mean, 1, 0.046, "mean time to the failure");
    kit_free(&kit);
}

// Q1: one attempt on every path but the queue's.
static void only_the_queue_retries(void **state)
{
    (void)state;
    for (uint32_t path = PATH_DIRECT; path < PATHS; path++) {
        struct kit kit = with_response((struct response_config){.status = 503});
        kit.traffic[0].path = path;
        expect(&kit, 0, "server_error", 1, 0);
    }
}

// Q1: one slot for the whole session; start_timeout and priority have no effect on a websocket, and
// do on a stream.  The runner is busy until 5 s.
static void a_websocket_knows_no_deadline_and_no_priority(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->max_concurrency = 1;
    kit.apps[app].initial_runners = 1;
    kit_call(&kit, app, 0, 5);
    struct traffic_config *session = kit_call(&kit, app, 1, 7);
    session->path = PATH_WEBSOCKET;
    session->priority = PRIORITY_LOW;
    session->start_timeout = 2 * SIM_SECOND;
    kit_call(&kit, app, 2, 1);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_begins(&log), "0@0 0@5 0@12");
    kit_is(&kit, "requests", "app=A,outcome=ok", 3);
    kit_log_free(&log);
    session->path = PATH_STREAM;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_begins(&log), "0@0 0@5");
    kit_is(&kit, "requests", "app=A,outcome=start_timeout", 1);
    kit_log_free(&log);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(responses_retry_and_kill_as_the_table_says),
        cmocka_unit_test(a_failed_health_check_kills_the_runner),
        cmocka_unit_test(health_checks_fail_with_their_probability),
        cmocka_unit_test(needs_retry_overrides_the_table),
        cmocka_unit_test(stop_runner_overrides_the_kill),
        cmocka_unit_test(budgets_bound_retries),
        cmocka_unit_test(conditions_count_apart),
        cmocka_unit_test(no_retry_wins),
        cmocka_unit_test(failures_may_strike_at_any_point_of_the_service),
        cmocka_unit_test(only_the_queue_retries),
        cmocka_unit_test(a_websocket_knows_no_deadline_and_no_priority),
    };
    return cmocka_run_group_tests_name("attempt", tests, NULL, NULL);
}
