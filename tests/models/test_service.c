#include "models/service.c"

#include "tests/kit_log.h"

// `runners` of them, always on, with `slots` each.
static struct kit pool_of(uint32_t runners, uint32_t slots)
{
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = runners;
    kit_first(&kit, app)->max_multiplexing = slots;
    kit.apps[app].initial_runners = runners;
    kit.config.platform.retry_jitter = 0;
    return kit;
}

static void respond(struct kit *kit, uint32_t status, double probability)
{
    struct revision_config *r = kit_first(kit, 0);
    r->responses[r->response_count++] =
        (struct response_config){.status = status, .probability = probability};
}

static void outcome_is(const struct kit *kit, const char *outcome, double count)
{
    char labels[64];
    snprintf(labels, sizeof labels, "app=A,outcome=%s", outcome);
    kit_is(kit, "requests", labels, count);
}

// Q5, Q1: every attempt takes 2 s and breaks the connection: 1, 2, 4, 8, 16 s of back-off, then 30,
// ten attempts in all.  The floor starts the next runner while the dead one still goes, so two
// slots take turns.
static void retries_back_off_twice_as_long_each_up_to_thirty_seconds(void **state)
{
    (void)state;
    struct kit kit = pool_of(1, 1);
    respond(&kit, 0, 1);
    kit_call(&kit, 0, 0, 2);
    kit_expect_begins(&kit, "0@0 1@3 0@7 1@13 0@23 1@41 0@73 1@105 0@137 1@169");
    outcome_is(&kit, "server_error", 1);
    kit_is(&kit, "attempts_retried", "app=A", 9);
    kit_is(&kit, "runner_stops", "app=A,outcome=request", 10); // Q3: each one dead
    kit_free(&kit);
    kit = pool_of(1, 1);
    respond(&kit, 0, 1);
    kit_call(&kit, 0, 0, 2)->max_attempts = 3;
    kit_expect_begins(&kit, "0@0 1@3 0@7");
    kit_free(&kit);
}

// Q5: +- 50 % of jitter: all of the range is met and nothing outside of it.
static void jitter_spreads_the_first_back_off_over_half_to_one_and_a_half(void **state)
{
    (void)state;
    struct kit kit = pool_of(64, 1);
    kit.config.platform.retry_jitter = .5;
    respond(&kit, 504, 1);
    struct traffic_config *t = kit_renewal(&kit, 0, dist_constant(2), dist_constant(0));
    t->max_attempts = 2;
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 42, 0);
    double least = 9, most = 0, sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < log.count; i++) {
        if (!kit_log_is(&log.rows[i], "retry", NULL)) continue;
        double delay = fmod(sim_seconds(log.rows[i].at), 2); // arrivals are at even times
        least = fmin(least, delay);
        most = fmax(most, delay);
        sum += delay;
        count++;
    }
    assert_int_equal(count, 499);
    assert_true(least >= .5 && least < .51 && most <= 1.5 && most > 1.49);
    kit_near(sum / (double)count, 1, 4.5 * .2887 / sqrt((double)count), "mean jitter");
    kit_log_free(&log);
    kit_free(&kit);
}

// Q3: what each response does, on both paths; three attempts at most, so that a retried one fails
// three times.
static void responses_retry_and_kill_as_the_table_says(void **state)
{
    (void)state;
    static const struct {
        uint32_t status;
        const char *outcome;
        uint32_t attempts, kills;
    } rows[] = {
        {404, "client_error", 1, 0}, {429, "client_error", 1, 0}, {500, "server_error", 1, 0},
        {502, "server_error", 1, 0}, {503, "server_error", 3, 3}, {504, "server_error", 3, 0},
        {0, "server_error", 3, 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (uint32_t path = 0; path < PATHS; path++) {
            struct kit kit = pool_of(1, 1);
            respond(&kit, rows[i].status, 1);
            struct traffic_config *t = kit_call(&kit, 0, 10, 1);
            t->path = path;
            t->max_attempts = 3;
            kit_run(&kit, 1, 0);
            bool queue = path == PATH_QUEUE; // the direct path retries nothing (Q1)
            uint32_t kills = rows[i].kills < 1 ? 0 : queue ? 3 : 1;
            outcome_is(&kit, rows[i].outcome, 1);
            kit_is(&kit, "attempts_retried", "app=A", queue ? rows[i].attempts - 1 : 0);
            kit_is(&kit, "runner_stops", "app=A,outcome=request", kills);
            kit_is(&kit, "killed_in_flight", "app=A", 0); // they ended, they were not cut
            kit_free(&kit);
        }
}

// Q3: shares of responses: 300 of 1000 each, 4.5 standard deviations.
static void responses_come_with_their_probabilities(void **state)
{
    (void)state;
    struct kit kit = pool_of(1, 100);
    respond(&kit, 500, .3);
    respond(&kit, 404, .3);
    kit_renewal(&kit, 0, dist_constant(.1), dist_constant(.01));
    kit_run(&kit, 42, 0);
    double n = kit_get(&kit, "arrivals", "app=A"), margin = 4.5 * sqrt(.3 * .7 / n);
    assert_true(n == 9999);
    kit_near(kit_get(&kit, "requests", "app=A,outcome=server_error") / n, .3, margin, "500");
    kit_near(kit_get(&kit, "requests", "app=A,outcome=client_error") / n, .3, margin, "404");
    kit_free(&kit);
}

// Q4: an attempt of 20 s against a request_timeout of 8 s: the runner dies at 18 and the request is
// tried again, on another one; the direct one ends as `timeout`.
static void request_timeout_kills_the_runner_and_retries(void **state)
{
    (void)state;
    struct kit kit = pool_of(1, 1);
    kit_scaling(&kit, 0)->request_timeout = sim_from_seconds(8);
    kit_first(&kit, 0)->setup = dist_constant(4);
    kit_first(&kit, 0)->teardown = dist_constant(3); // killed: no teardown
    kit_call(&kit, 0, 10, 20)->max_attempts = 2;
    kit_expect_begins(&kit, "0@10 1@22"); // ready at 22, the back-off ended at 19
    outcome_is(&kit, "timeout", 1);
    kit_is(&kit, "attempts_retried", "app=A", 1);
    kit_is(&kit, "billed_s", "app=A,state=TERMINATING", 0);
    kit_free(&kit);
    kit = pool_of(1, 1);
    kit_scaling(&kit, 0)->request_timeout = sim_from_seconds(8);
    kit_call(&kit, 0, 10, 20)->path = PATH_DIRECT;
    kit_call(&kit, 0, 100, 8)->path = PATH_DIRECT; // all of the limit is allowed
    kit_expect_begins(&kit, "0@10 1@100");
    outcome_is(&kit, "timeout", 1);
    outcome_is(&kit, "ok", 1);
    kit_free(&kit);
}

// Q4, Q7: the runner's death takes the other requests on it along: cut, and retried where their
// path allows it.
static void a_killed_runner_cuts_its_other_requests(void **state)
{
    (void)state;
    struct kit kit = pool_of(1, 3);
    kit_scaling(&kit, 0)->request_timeout = sim_from_seconds(30);
    kit_call(&kit, 0, 10, 60)->path = PATH_DIRECT; // times out at 40
    kit_call(&kit, 0, 20, 25)->path = PATH_DIRECT;
    kit_call(&kit, 0, 30, 25);
    kit_expect_begins(&kit,
                      "0@10 0@20 0@30 1@41"); // the new runner is ready while the old one goes
    outcome_is(&kit, "timeout", 1);
    outcome_is(&kit, "cut", 1);
    outcome_is(&kit, "ok", 1);
    kit_is(&kit, "killed_in_flight", "app=A", 2);
    kit_is(&kit, "response_mean_s", "app=A", 36); // from 30 to 41 + 25
    kit_free(&kit);
}

// Q4: start_timeout counts from submission and stops counting once the request has begun.
static void start_timeout_bounds_the_wait_alone(void **state)
{
    (void)state;
    struct kit kit = pool_of(1, 1);
    kit_call(&kit, 0, 0, 100);
    kit_call(&kit, 0, 10, 500)->start_timeout = sim_from_seconds(90); // begins at its deadline
    kit_call(&kit, 0, 600, 1);
    kit_call(&kit, 0, 590, 1)->start_timeout = sim_from_seconds(9.999);
    kit_expect_begins(&kit, "0@0 0@100 0@600");
    outcome_is(&kit, "start_timeout", 1);
    outcome_is(&kit, "ok", 3);
    kit_free(&kit);
}

// Q4: it covers the back-off between attempts too: attempts at 0, 3 and 7 of 2 s; at 10, in the
// third back-off, or at the end of the third attempt, it is over.
static void start_timeout_goes_on_during_back_off(void **state)
{
    (void)state;
    static const struct {
        double limit_s;
        const char *begins;
        double end_s; // of the request
    } rows[] = {
        {10, "0@0 1@3 0@7", 10}, {9, "0@0 1@3 0@7", 9}, {8, "0@0 1@3 0@7", 9},
        {7, "0@0 1@3 0@7", 9},   {6.5, "0@0 1@3", 6.5}, {1, "0@0", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit kit = pool_of(1, 1);
        respond(&kit, 503, 1);
        kit_call(&kit, 0, 0, 2)->start_timeout = sim_from_seconds(rows[i].limit_s);
        kit_expect_begins(&kit, rows[i].begins);
        outcome_is(&kit, "start_timeout", 1);
        kit.config.horizon = sim_from_seconds(rows[i].end_s) + 1;
        kit_run(&kit, 1, 0);
        outcome_is(&kit, "start_timeout", 1);
        kit.config.horizon -= 1; // events at the horizon itself do not happen
        kit_run(&kit, 1, 0);
        outcome_is(&kit, "unfinished", 1);
        kit_free(&kit);
    }
}

// Q4: 0 s: a free slot at once or nothing; the runner that it has asked for starts all the same.
static void a_start_timeout_of_zero_never_waits(void **state)
{
    (void)state;
    struct kit kit = kit_new(1000);
    kit_app(&kit, "A");
    kit_first(&kit, 0)->setup = dist_constant(5);
    kit_call(&kit, 0, 100, 1)->start_timeout = 0;
    kit_call(&kit, 0, 106, 10)->start_timeout = 0;
    kit_call(&kit, 0, 107, 10)->start_timeout = 0; // busy: fails, and starts a second one
    kit_call(&kit, 0, 116, 1)->start_timeout = 0;  // the instant a slot comes free
    kit_expect_begins(&kit, "0@106 1@116");
    outcome_is(&kit, "start_timeout", 2);
    outcome_is(&kit, "ok", 2);
    kit_is(&kit, "runner_starts", "app=A", 2);
    kit_free(&kit);
}

// Q9: with room for two in the line the third is turned away; a retry is never.
static void a_full_queue_rejects(void **state)
{
    (void)state;
    struct kit kit = pool_of(1, 1);
    kit.apps[0].max_queue_length = 2;
    for (int i = 0; i < 5; i++)
        kit_call(&kit, 0, i, 100);
    kit_expect_begins(&kit, "0@0 0@100 0@200");
    outcome_is(&kit, "rejected", 2);
    kit_is(&kit, "queue_length_max", "app=A", 2);
    kit_free(&kit);
    kit = pool_of(1, 1);
    kit.apps[0].max_queue_length = 0;
    kit_scaling(&kit, 0)->request_timeout = sim_from_seconds(10);
    kit_call(&kit, 0, 0, 50)->max_attempts = 2; // times out at 10, comes back at 11
    kit_call(&kit, 0, 10.5, 5);                 // busy until 15.5
    kit_expect_begins(&kit, "0@0 1@10.5 1@15.5");
    outcome_is(&kit, "rejected", 0);
    kit_free(&kit);
}

// Q1: the direct path waits on the connection like the queue, without a limit of its own.
static void direct_calls_wait_for_a_cold_start(void **state)
{
    (void)state;
    struct kit kit = kit_new(1000);
    kit_app(&kit, "A");
    kit_first(&kit, 0)->setup = dist_constant(90);
    kit_call(&kit, 0, 10, 1)->path = PATH_DIRECT;
    kit_expect_begins(&kit, "0@100");
    outcome_is(&kit, "ok", 1);
    kit_is(&kit, "wait_s", "app=A,quantile=max", 90);
    kit_free(&kit);
}

// Q7: slots of one runner serve side by side, each as fast as alone.
static void multiplexed_requests_do_not_slow_down(void **state)
{
    (void)state;
    struct kit kit = pool_of(1, 3);
    for (int i = 0; i < 4; i++)
        kit_call(&kit, 0, 10 + i, 20);
    kit_expect_begins(&kit, "0@10 0@11 0@12 0@30");
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 40); // 10 to 50
    kit_is(&kit, "in_flight_mean", "app=A", 80. / 1000);
    kit_is(&kit, "slot_utilisation", "app=A", 80. / 3000);
    kit_free(&kit);
}

// A revision's service_factor stretches the same request; the first request of a runner may have a
// time of its own.
static void service_times_depend_on_revision_and_runner(void **state)
{
    (void)state;
    struct kit kit = kit_new(1000);
    kit_app(&kit, "A");
    struct traffic_config *t = kit_renewal(&kit, 0, dist_constant(100), dist_constant(4));
    t->has_cold_service = true;
    t->cold_service = dist_constant(10);
    kit_scaling(&kit, 0)->keep_alive = SIM_NEVER;
    kit_deploy(&kit, 0, 450, "recreate")->service_factor = 2.5;
    kit_run(&kit, 1, 0);
    // Revision 1: 10 + 3 x 4; revision 2: 2.5 x (10 + 4 x 4).
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 22 + 65);
    kit_is(&kit, "cold_start_ratio", "app=A", 2. / 9);
    kit_free(&kit);
}

// good: ok and begun within 2 s of submission; the four wait 0, 1, 2 and 3 s.
static void good_requests_start_in_time(void **state)
{
    (void)state;
    struct kit kit = pool_of(1, 1);
    for (int i = 0; i < 4; i++)
        kit_call(&kit, 0, 10, 1);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "good_ratio", "app=A", .75);
    kit_is(&kit, "request_success_ratio", "app=A", 1);
    kit_is(&kit, "wait_mean_s", "app=A", 1.5);
    kit_free(&kit);
}

// A request submitted before the warm-up's end is none of the counted ones, however it goes on.
static void requests_of_the_warm_up_are_not_counted(void **state)
{
    (void)state;
    struct kit kit = pool_of(1, 1);
    kit.config.warm_up = sim_from_seconds(100);
    kit_scaling(&kit, 0)->request_timeout = sim_from_seconds(20);
    kit_first(&kit, 0)->max_multiplexing = 2;
    kit_call(&kit, 0, 90, 30)->max_attempts = 2; // times out at 110, is tried again, times out
    kit_call(&kit, 0, 95, 30)->max_attempts = 2; // is cut at 110, and at 131
    kit_run(&kit, 1, 0);
    kit_is(&kit, "arrivals", "app=A", 0);
    kit_is(&kit, "attempts_retried", "app=A", 0);
    kit_is(&kit, "killed_in_flight", "app=A", 0);
    kit_is(&kit, "request_success_ratio", "app=A", NAN);
    kit.config.warm_up = 0;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "attempts_retried", "app=A", 2);
    kit_is(&kit, "killed_in_flight", "app=A", 2); // each time the one's timeout cuts the other
    kit_free(&kit);
}

static void too_many_requests_end_the_run_with_a_message(void **state)
{
    (void)state;
    struct kit kit = pool_of(1, 1);
    kit.config.limits.requests = 10;
    kit_renewal(&kit, 0, dist_constant(1), dist_constant(1000));
    assert_int_equal(kit_run(&kit, 1, 0), SIM_FAULT);
    assert_string_equal(kit.fault,
                        "/limits/requests: more than 10 requests are in the system at once");
    kit_free(&kit);
}

// Intervals of 300 s, each with its own share: one of two fails in the first, one of one in the
// third, nobody comes in the others: 1 - (1/2 + 1) / 4.
static void each_interval_has_its_own_share(void **state)
{
    (void)state;
    struct kit kit = kit_new(1200);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->setup = dist_constant(5);
    kit_call(&kit, app, 10, 1)->start_timeout = 0; // nobody is there yet
    kit_call(&kit, app, 100, 1);
    kit_call(&kit, app, 700, 1)->start_timeout = 0; // nor any more
    kit_run(&kit, 1, 0);
    kit_is(&kit, "interval_availability", "app=A", .625);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(retries_back_off_twice_as_long_each_up_to_thirty_seconds),
        cmocka_unit_test(jitter_spreads_the_first_back_off_over_half_to_one_and_a_half),
        cmocka_unit_test(responses_retry_and_kill_as_the_table_says),
        cmocka_unit_test(responses_come_with_their_probabilities),
        cmocka_unit_test(request_timeout_kills_the_runner_and_retries),
        cmocka_unit_test(a_killed_runner_cuts_its_other_requests),
        cmocka_unit_test(start_timeout_bounds_the_wait_alone),
        cmocka_unit_test(start_timeout_goes_on_during_back_off),
        cmocka_unit_test(a_start_timeout_of_zero_never_waits),
        cmocka_unit_test(a_full_queue_rejects),
        cmocka_unit_test(direct_calls_wait_for_a_cold_start),
        cmocka_unit_test(multiplexed_requests_do_not_slow_down),
        cmocka_unit_test(service_times_depend_on_revision_and_runner),
        cmocka_unit_test(good_requests_start_in_time),
        cmocka_unit_test(requests_of_the_warm_up_are_not_counted),
        cmocka_unit_test(too_many_requests_end_the_run_with_a_message),
        cmocka_unit_test(each_interval_has_its_own_share),
    };
    return cmocka_run_group_tests_name("service", tests, NULL, NULL);
}
