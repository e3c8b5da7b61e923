#include "models/fleet.c"

#include "tests/kit_log.h"

// One app whose floor of one runner is started at time 0.
static struct kit floor_of_one(double horizon_s, double setup_s)
{
    struct kit kit = kit_new(horizon_s);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = 1;
    kit_first(&kit, app)->setup = dist_constant(setup_s);
    return kit;
}

static void expect_states(struct kit *kit, uint32_t runner, const char *wanted)
{
    struct kit_log log;
    kit_log_start(kit, &log);
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    assert_string_equal(kit_states(&log, runner), wanted);
    kit_log_free(&log);
    kit->trace = NULL;
}

// P5: setup() of 30 s against a startup_timeout of 10 s: 30, 60 and 90 s of back-off before the
// next starts.
static void failed_starts_delay_the_next_by_thirty_seconds_more_each(void **state)
{
    (void)state;
    struct kit kit = floor_of_one(215, 30);
    kit_first(&kit, 0)->startup_timeout = sim_from_seconds(10);
    expect_states(&kit, 0,
                  "PENDING@0 SETUP@0 TERMINATED@10 "
                  "CRASH_BACKOFF@10 PENDING@40 SETUP@40 TERMINATED@50 "
                  "CRASH_BACKOFF@50 PENDING@110 SETUP@110 TERMINATED@120 "
                  "CRASH_BACKOFF@120 PENDING@210 SETUP@210");
    kit_is(&kit, "runner_starts", "app=A", 4);
    kit_is(&kit, "runner_starts_failed", "app=A", 3);
    kit_is(&kit, "runner_stops", "app=A,outcome=start_failed", 3);
    kit_is(&kit, "billed_s", "app=A,state=SETUP", 35);
    kit_is(&kit, "runners_mean", "app=A,state=CRASH_BACKOFF", 180. / 215);
    kit_free(&kit);
}

// The back-offs of a run as "30 60 90 ...", from the log.
static const char *backoffs(const struct kit_log *log, char *text, size_t size)
{
    sim_time since = -1; // not in back-off
    text[0] = 0;
    for (size_t i = 0; i < log->count; i++) {
        const struct trace_record *row = &log->rows[i];
        if (kit_log_is(row, "runner", "CRASH_BACKOFF")) since = row->at;
        if (!kit_log_is(row, "runner", "PENDING") || since < 0) continue;
        size_t used = strlen(text);
        snprintf(text + used, size - used, "%s%g", used ? " " : "", sim_seconds(row->at - since));
        since = -1;
    }
    return text;
}

static void expect_backoffs(double step_s, double most_s, double horizon_s, const char *wanted)
{
    struct kit kit = floor_of_one(horizon_s, 1);
    kit_first(&kit, 0)->setup_failure = 1;
    kit.config.platform.crash_backoff = sim_from_seconds(step_s);
    kit.config.platform.crash_backoff_max = sim_from_seconds(most_s);
    struct kit_log log;
    char text[400];
    kit_log_start(&kit, &log);
    assert_int_equal(kit_run(&kit, 1, 0), SIM_DONE);
    assert_string_equal(backoffs(&log, text, sizeof text), wanted);
    kit_log_free(&log);
    kit_free(&kit);
}

// P5: the cap of 10 minutes, and a cap that is no multiple of the step.
static void the_delay_stops_growing_at_its_cap(void **state)
{
    (void)state;
    expect_backoffs(30, 600, 7600,
                    "30 60 90 120 150 180 210 240 270 300 330 360 390 420 450 480 510 540 570 "
                    "600 600 600");
    expect_backoffs(30, 100, 490, "30 60 90 100 100 100");
    expect_backoffs(5, 3, 12, "3 3");
    expect_backoffs(0, 600, 4.5,
                    ""); // no back-off: a start a second, none of them in CRASH_BACKOFF
}

// P5: a setup() that takes exactly startup_timeout has not passed it.
static void setup_may_take_all_of_the_startup_timeout(void **state)
{
    (void)state;
    struct kit kit = floor_of_one(100, 10);
    kit_first(&kit, 0)->startup_timeout = sim_from_seconds(10);
    expect_states(&kit, 0, "PENDING@0 SETUP@0 IDLE@10");
    kit_free(&kit);
}

// P5: starts fail at 10 and 50; revision 2 waits from 55 to 115 and is ready at 116; the runner
// that the new floor of two asked for at 100 would wait until 160 and is woken at 116.
static void a_success_wakes_all_that_wait_and_forgets_the_failures(void **state)
{
    (void)state;
    struct kit kit = floor_of_one(300, 30);
    kit_first(&kit, 0)->startup_timeout = sim_from_seconds(10);
    kit_deploy(&kit, 0, 55, "recreate")->setup = dist_constant(1);
    kit_scale(&kit, 0, 100)->min_concurrency = 2;
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_states(&log, 1), "CRASH_BACKOFF@100 PENDING@116 SETUP@116 IDLE@117");
    const char *first = kit_states(&log, 0);
    assert_non_null(strstr(first, "CRASH_BACKOFF@50 TERMINATED@55 "
                                  "CRASH_BACKOFF@55 PENDING@115 SETUP@115 IDLE@116"));
    kit_is(&kit, "runner_stops", "app=A,outcome=deploy", 1);
    kit_log_free(&log);
    kit_free(&kit);
}

// P5: requests of an app whose starts fail stay queued and use no attempt.
static void a_failed_start_costs_no_attempt(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->startup_timeout = sim_from_seconds(10);
    kit_first(&kit, app)->setup = dist_constant(30);
    kit_call(&kit, app, 0, 1)->max_attempts = 1;
    kit_deploy(&kit, app, 55, "recreate")->setup = dist_constant(5);
    kit_scale(&kit, app, 56)->min_concurrency = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "attempts_retried", "app=A", 0);
    kit_is(&kit, "requests", "app=A,outcome=unfinished", 1); // back-off 60 s from 55
    kit_is(&kit, "unserved_time_s", "app=A", 100);
    kit_free(&kit);
}

// A runner busy with one request of `service_s` from 10 s on, teardown() of 3 s, and a recreate at
// 20 s.
static struct kit stopped_while_busy(double service_s, enum request_path path)
{
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->teardown = dist_constant(3);
    kit_call(&kit, app, 10, service_s)->path = path;
    kit_deploy(&kit, app, 20, "recreate");
    return kit;
}

// P6: a runner without requests goes straight to teardown().
static void an_idle_runner_tears_down(void **state)
{
    (void)state;
    struct kit kit = stopped_while_busy(1, PATH_QUEUE);
    expect_states(&kit, 0,
                  "PENDING@10 SETUP@10 IDLE@10 RUNNING@10 IDLE@11 "
                  "TERMINATING@20 TERMINATED@23");
    kit_is(&kit, "billed_s", "app=A,state=TERMINATING", 3);
    kit_is(&kit, "runner_stops", "app=A,outcome=deploy", 1);
    kit_free(&kit);
}

// P6: one budget of 5 s for the requests in flight and teardown(): 4 s to the request's end leave 1
// s of the 3.
static void teardown_gets_what_the_request_leaves_of_the_grace_period(void **state)
{
    (void)state;
    struct kit kit = stopped_while_busy(14, PATH_DIRECT);
    expect_states(&kit, 0,
                  "PENDING@10 SETUP@10 IDLE@10 RUNNING@10 DRAINING@20 "
                  "TERMINATING@24 TERMINATED@25");
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_is(&kit, "killed_in_flight", "app=A", 0);
    kit_free(&kit);
    kit = stopped_while_busy(11, PATH_DIRECT);
    expect_states(&kit, 0,
                  "PENDING@10 SETUP@10 IDLE@10 RUNNING@10 DRAINING@20 "
                  "TERMINATING@21 TERMINATED@24");
    kit_free(&kit);
}

// P6: a request that would end exactly with the grace period is not cut; one of 1 ms more is, and
// nothing is left for teardown().  Direct: it fails.
static void the_grace_period_cuts_after_five_seconds(void **state)
{
    (void)state;
    struct kit kit = stopped_while_busy(15, PATH_DIRECT);
    expect_states(&kit, 0,
                  "PENDING@10 SETUP@10 IDLE@10 RUNNING@10 DRAINING@20 "
                  "TERMINATING@25 TERMINATED@25");
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_free(&kit);
    kit = stopped_while_busy(15.001, PATH_DIRECT);
    expect_states(&kit, 0,
                  "PENDING@10 SETUP@10 IDLE@10 RUNNING@10 DRAINING@20 "
                  "TERMINATING@25 TERMINATED@25");
    kit_is(&kit, "requests", "app=A,outcome=cut", 1);
    kit_is(&kit, "killed_in_flight", "app=A", 1);
    kit_is(&kit, "billed_s", "app=A,state=DRAINING", 5);
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 10);
    kit_free(&kit);
}

// P6, Q5: on the queue path the same request is retried elsewhere: cut at 25, back at 26 (no
// jitter), served whole.
static void a_cut_queue_request_is_served_elsewhere(void **state)
{
    (void)state;
    struct kit kit = stopped_while_busy(30, PATH_QUEUE);
    kit.config.platform.retry_jitter = 0;
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_begins(&log), "0@10 0@26"); // the slot of the dead runner is used again
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_is(&kit, "attempts_retried", "app=A", 1);
    kit_is(&kit, "killed_in_flight", "app=A", 1);
    kit_is(&kit, "wait_mean_s", "app=A", 16);
    kit_is(&kit, "response_mean_s", "app=A", 46);
    kit_log_free(&log);
    kit_free(&kit);
}

// P6, drain: wait: the request ends when it ends, and teardown() has a grace period of its own.
static void waiting_drains_cut_nothing(void **state)
{
    (void)state;
    struct kit kit = stopped_while_busy(60, PATH_DIRECT);
    kit_first(&kit, 0)->drain = DRAIN_WAIT;
    expect_states(&kit, 0,
                  "PENDING@10 SETUP@10 IDLE@10 RUNNING@10 DRAINING@20 "
                  "TERMINATING@70 TERMINATED@73");
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_is(&kit, "billed_s", "app=A,state=DRAINING", 50);
    kit_is(&kit, "rollout_old_gone_s", "app=A,rollout=1", 53);
    kit_free(&kit);
}

// P6: with no grace period at all everything is cut at SIGTERM.
static void no_grace_period_cuts_at_once(void **state)
{
    (void)state;
    struct kit kit = stopped_while_busy(60, PATH_DIRECT);
    kit_first(&kit, 0)->termination_grace_period = 0;
    expect_states(&kit, 0,
                  "PENDING@10 SETUP@10 IDLE@10 RUNNING@10 DRAINING@20 "
                  "TERMINATING@20 TERMINATED@20");
    kit_is(&kit, "requests", "app=A,outcome=cut", 1);
    kit_free(&kit);
}

// P3: runners that are there at time 0 took no time and are no cold starts, whatever a start takes.
static void initial_runners_are_ready_at_time_zero(void **state)
{
    (void)state;
    struct kit kit = floor_of_one(50, 30);
    struct revision_config *r = kit_first(&kit, 0);
    r->image_cached = 0;
    r->docker_pull = dist_constant(7);
    r->setup_failure = 1;
    r->startup_timeout = sim_from_seconds(1);
    kit.machines[0].pending = dist_constant(9);
    kit.apps[0].initial_runners = 1;
    kit_call(&kit, 0, 1, 2);
    expect_states(&kit, 0, "PENDING@0 DOCKER_PULL@0 SETUP@0 IDLE@0 RUNNING@1 IDLE@3");
    kit_is(&kit, "cold_start_mean_s", "app=A", NAN);
    kit_is(&kit, "cold_start_ratio", "app=A", 0);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_free(&kit);
}

// P3: a share of the starts finds its image; a share fails.  1000 starts, 4.5 standard deviations
// to each side.
static void chances_are_met(void **state)
{
    (void)state;
    struct kit kit = kit_new(4000);
    uint32_t app = kit_app(&kit, "A");
    struct revision_config *r = kit_first(&kit, app);
    r->image_cached = .3;
    r->docker_pull = dist_constant(.25);
    r->setup_failure = .2;
    kit_scaling(&kit, app)->keep_alive = 0;
    kit.config.platform.crash_backoff = 0;
    kit_renewal(&kit, app, dist_constant(5), dist_constant(1));
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 42, 0);
    double starts = kit_get(&kit, "runner_starts", "app=A");
    double pulls = (double)kit_log_count(&log, "runner", "DOCKER_PULL");
    assert_true(starts > 800);
    kit_near(pulls / starts, .7, 4.5 * sqrt(.7 * .3 / starts), "share of pulls");
    kit_near(kit_get(&kit, "runner_starts_failed", "app=A") / starts, .2,
             4.5 * sqrt(.2 * .8 / starts), "share of failures");
    kit_log_free(&log);
    kit_free(&kit);
}

// A3, O2: the length of a start that is to come is the one that it then takes, whether its image is
// cached or not; numbers may be used in any order.
static void the_length_of_a_start_is_known_beforehand(void **state)
{
    (void)state;
    struct kit kit = kit_new(10000);
    uint32_t app = kit_app(&kit, "A");
    struct revision_config *r = kit_first(&kit, app);
    kit.machines[0].pending = (struct dist){.kind = DIST_EXPONENTIAL, .a = 3};
    r->image_cached = .5;
    r->docker_pull = (struct dist){.kind = DIST_EXPONENTIAL, .a = 20};
    r->setup = (struct dist){.kind = DIST_EXPONENTIAL, .a = 9};
    kit_scaling(&kit, app)->keep_alive = SIM_NEVER;
    kit.config.platform.unused_runner_timeout = SIM_NEVER;
    struct model *m = kit_create(&kit, 9, 0);
    struct pool *pool = &m->pools[0];
    sim_time wanted[20];
    for (uint32_t i = 0; i < 20; i++) {
        uint64_t number = (i * 7) % 20;
        wanted[number] = fleet_start_length(m, pool, number);
        fleet_start_numbered(m, pool, number);
    }
    kit_finish(&kit, m);
    for (uint32_t id = pool->alive_head; id != NONE; id = m->runners[id].alive_next)
        assert_true(m->runners[id].ready_at == wanted[m->runners[id].number]);
    assert_int_equal(pool->ready, 20);
    kit_drop(&kit);
    kit_free(&kit);
}

static void too_many_runners_end_the_run_with_a_message(void **state)
{
    (void)state;
    struct kit kit = floor_of_one(100, 1);
    kit_scaling(&kit, 0)->min_concurrency = kit_scaling(&kit, 0)->max_concurrency = 50;
    kit.config.limits.runners = 40;
    assert_int_equal(kit_run(&kit, 1, 0), SIM_FAULT);
    assert_string_equal(kit.fault, "/limits/runners: more than 40 runners are alive at once");
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failed_starts_delay_the_next_by_thirty_seconds_more_each),
        cmocka_unit_test(the_delay_stops_growing_at_its_cap),
        cmocka_unit_test(setup_may_take_all_of_the_startup_timeout),
        cmocka_unit_test(a_success_wakes_all_that_wait_and_forgets_the_failures),
        cmocka_unit_test(a_failed_start_costs_no_attempt),
        cmocka_unit_test(an_idle_runner_tears_down),
        cmocka_unit_test(teardown_gets_what_the_request_leaves_of_the_grace_period),
        cmocka_unit_test(the_grace_period_cuts_after_five_seconds),
        cmocka_unit_test(a_cut_queue_request_is_served_elsewhere),
        cmocka_unit_test(waiting_drains_cut_nothing),
        cmocka_unit_test(no_grace_period_cuts_at_once),
        cmocka_unit_test(initial_runners_are_ready_at_time_zero),
        cmocka_unit_test(chances_are_met),
        cmocka_unit_test(the_length_of_a_start_is_known_beforehand),
        cmocka_unit_test(too_many_runners_end_the_run_with_a_message),
    };
    return cmocka_run_group_tests_name("fleet", tests, NULL, NULL);
}
