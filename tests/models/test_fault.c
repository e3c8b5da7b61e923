#include "models/fault.c"

#include "tests/kit_log.h"

// An app that keeps `runners` of them, ready from time 0 on.
static struct kit keeps(uint32_t runners, double horizon_s)
{
    struct kit kit = kit_new(horizon_s);
    uint32_t app = kit_app(&kit, "A");
    struct scaling_config *s = kit_scaling(&kit, app);
    s->min_concurrency = s->max_concurrency = kit.apps[app].initial_runners = runners;
    kit_first(&kit, app)->setup = dist_constant(10);
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

// P7: ready at 0, 30 and 60 or so; each lives for 20 s, is replaced at once and needs 10 s.
static void a_runner_crashes_when_its_time_has_run_out(void **state)
{
    (void)state;
    struct kit kit = keeps(1, 65);
    kit_first(&kit, 0)->mtbf = dist_constant(20);
    expect_states(&kit, 0,
                  "PENDING@0 SETUP@0 IDLE@0 TERMINATING@20 TERMINATED@20 "
                  "PENDING@20 SETUP@20 IDLE@30 TERMINATING@50 TERMINATED@50 "
                  "PENDING@50 SETUP@50 IDLE@60");
    kit_is(&kit, "runner_stops", "app=A,outcome=crash", 2);
    kit_is(&kit, "runner_starts_failed", "app=A", 0);
    kit_free(&kit);
}

// P7, Q3: the crash at 20 breaks the connection: a direct request fails with a server error, a
// queue request runs again on the runner that is ready at 30.
static void a_crash_cuts_requests_as_connection_errors(void **state)
{
    (void)state;
    struct kit kit = keeps(1, 100);
    kit_first(&kit, 0)->mtbf = dist_constant(20);
    kit_first(&kit, 0)->max_multiplexing = 2;
    kit.config.platform.retry_jitter = 0;
    kit_call(&kit, 0, 15, 10)->path = PATH_DIRECT;
    kit_call(&kit, 0, 15, 8);
    kit_expect_begins(&kit, "0@15 0@15 0@30");
    kit_is(&kit, "requests", "app=A,outcome=server_error", 1);
    kit_is(&kit, "requests", "app=A,outcome=cut", 0);
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_is(&kit, "killed_in_flight", "app=A", 2);
    kit_free(&kit);
}

// P7: a runner that drains has no time to failure any more.
static void a_runner_that_leaves_does_not_crash(void **state)
{
    (void)state;
    struct kit kit = keeps(1, 100);
    kit_first(&kit, 0)->mtbf = dist_constant(20);
    kit_first(&kit, 0)->termination_grace_period = sim_from_seconds(60);
    kit_deploy(&kit, 0, 15, "recreate")->mtbf = dist_constant(0);
    kit_call(&kit, 0, 10, 30);
    expect_states(&kit, 0,
                  "PENDING@0 SETUP@0 IDLE@0 RUNNING@10 DRAINING@15 TERMINATING@40 TERMINATED@40");
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_free(&kit);
}

// P7: sick at 100; with a check every 15 s the ones at 105, 120 and 135 fail, the last one 5 s
// after it was sent; the runner is stopped at 140 and a new one is ready at 150.
static void health_checks_find_a_sick_runner(void **state)
{
    (void)state;
    struct kit kit = keeps(1, 200);
    struct revision_config *r = kit_first(&kit, 0);
    r->sick_after = dist_constant(100);
    r->has_health_check = true;
    r->startup_timeout = sim_from_seconds(20);
    expect_states(&kit, 0, "PENDING@0 SETUP@0 IDLE@0 TERMINATING@140 TERMINATED@140");
    expect_states(&kit, 1, "PENDING@140 SETUP@140 IDLE@150");
    kit_is(&kit, "runner_stops", "app=A,outcome=health_check", 1);
    kit_free(&kit);
}

// P7: a runner that falls sick at the instant of a check fails it: 105, 120, 135.
static void the_check_at_the_instant_of_the_illness_fails(void **state)
{
    (void)state;
    struct kit kit = keeps(1, 141);
    struct revision_config *r = kit_first(&kit, 0);
    r->sick_after = dist_constant(105);
    r->has_health_check = true;
    r->health.timeout = 0;
    r->health.failures = 1;
    r->startup_timeout = sim_from_seconds(20);
    expect_states(&kit, 0, "PENDING@0 SETUP@0 IDLE@0 TERMINATING@105 TERMINATED@105");
    kit_free(&kit);
}

// P7: sick from 1 s on; checks before the start period of 30 s do not count, so those at 30, 45 and
// 60 do.  A startup_timeout of 50 s is longer: 60, 75, 90.
static void failures_in_the_start_period_do_not_count(void **state)
{
    (void)state;
    struct kit kit = keeps(1, 98);
    struct revision_config *r = kit_first(&kit, 0);
    r->sick_after = dist_constant(1);
    r->has_health_check = true;
    r->startup_timeout = sim_from_seconds(20);
    expect_states(&kit, 0, "PENDING@0 SETUP@0 IDLE@0 TERMINATING@65 TERMINATED@65");
    r->startup_timeout = sim_from_seconds(50);
    expect_states(&kit, 0, "PENDING@0 SETUP@0 IDLE@0 TERMINATING@95 TERMINATED@95");
    kit_free(&kit);
}

// P7: requests begun before the illness succeed, those begun after it get sick_response; 503 would
// kill the runner (Q3).
static void a_sick_runner_answers_errors(void **state)
{
    (void)state;
    struct kit kit = keeps(1, 100);
    kit_first(&kit, 0)->sick_after = dist_constant(20);
    kit_call(&kit, 0, 19, 2);
    kit_call(&kit, 0, 30, 2);
    kit_call(&kit, 0, 40, 2);
    assert_int_equal(kit_run(&kit, 1, 0), SIM_DONE);
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_is(&kit, "requests", "app=A,outcome=server_error", 2);
    kit_is(&kit, "runner_starts", "app=A", 1); // nobody checks: it stays sick
    kit_first(&kit, 0)->sick_response = 503;
    kit.config.traffic_count = 2;
    kit.config.platform.retry_jitter = 0;
    kit_expect_begins(&kit, "0@19 0@30 1@42"); // killed at 32, replaced, ready at 42
    kit_is(&kit, "runner_stops", "app=A,outcome=request", 1);
    kit_free(&kit);
}

// P7: x-fal-runner-health-check.  The check that the answer asks for counts at once, whatever the
// threshold and the start period are, but only where there is a check.
static void an_answer_may_ask_for_a_health_check(void **state)
{
    (void)state;
    for (int checked = 0; checked < 2; checked++) {
        struct kit kit = keeps(1, 100);
        struct revision_config *r = kit_first(&kit, 0);
        r->sick_after = dist_constant(20);
        r->sick_asks_for_check = true;
        r->has_health_check = checked;
        r->health.interval = 90 * SIM_SECOND;
        kit_call(&kit, 0, 19, 2); // begun in health
        kit_call(&kit, 0, 30, 2);
        assert_int_equal(kit_run(&kit, 1, 0), SIM_DONE);
        kit_is(&kit, "requests", "app=A,outcome=ok", 1);
        kit_is(&kit, "requests", "app=A,outcome=server_error", 1);
        kit_is(&kit, "runner_stops", "app=A,outcome=health_check", checked);
        kit_is(&kit, "runner_starts", "app=A", 1 + checked);
        kit_free(&kit);
    }
}

// P7: an hour from the hardware's arrival; the request in flight has the grace period of 5 s.
static void a_reclaimed_runner_drains(void **state)
{
    (void)state;
    struct kit kit = keeps(1, 200);
    kit.machines[0].reclaim = dist_constant(100);
    kit_call(&kit, 0, 97, 20)->path = PATH_DIRECT;
    expect_states(
        &kit, 0, "PENDING@0 SETUP@0 IDLE@0 RUNNING@97 DRAINING@100 TERMINATING@105 TERMINATED@105");
    kit_is(&kit, "requests", "app=A,outcome=cut", 1);
    kit_is(&kit, "runner_stops", "app=A,outcome=reclaimed", 1);
    kit.machines[0].reclaim_notice = sim_from_seconds(30); // now it has 35 s, and is done at 117
    expect_states(
        &kit, 0, "PENDING@0 SETUP@0 IDLE@0 RUNNING@97 DRAINING@100 TERMINATING@117 TERMINATED@117");
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_free(&kit);
}

// P6, P7: `drain: wait` does not hold a machine that is taken away.
static void a_reclaim_does_not_wait(void **state)
{
    (void)state;
    struct kit kit = keeps(1, 200);
    kit_first(&kit, 0)->drain = DRAIN_WAIT;
    kit.machines[0].reclaim = dist_constant(100);
    kit_call(&kit, 0, 97, 20);
    expect_states(
        &kit, 0, "PENDING@0 SETUP@0 IDLE@0 RUNNING@97 DRAINING@100 TERMINATING@105 TERMINATED@105");
    kit_free(&kit);
}

// P7: reclaimed 4 s into a setup of 10 s, again and again: called off, which is no failed start and
// delays nothing.
static void a_reclaimed_start_is_called_off(void **state)
{
    (void)state;
    struct kit kit = keeps(1, 10);
    kit.apps[0].initial_runners = 0;
    kit.machines[0].reclaim = dist_constant(4);
    expect_states(
        &kit, 0, "PENDING@0 SETUP@0 TERMINATED@4 PENDING@4 SETUP@4 TERMINATED@8 PENDING@8 SETUP@8");
    kit_is(&kit, "runner_starts_failed", "app=A", 0);
    kit_free(&kit);
}

static void maintain(struct kit *kit, double at_s, uint32_t runners)
{
    kit->timeline[kit->config.timeline_count++] = (struct timeline_config){
        .at = sim_from_seconds(at_s), .kind = TIMELINE_MAINTENANCE, .runners = runners};
}

// P7: the two oldest of three runners go; their successors are ready 10 s later.
static void maintenance_takes_the_oldest(void **state)
{
    (void)state;
    struct kit kit = keeps(3, 100);
    maintain(&kit, 50, 2);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_states(&log, 2), "PENDING@0 SETUP@0 IDLE@0");
    assert_string_equal(kit_times(&log, "runner", "TERMINATING"), "50 50");
    assert_string_equal(kit_times(&log, "runner", "IDLE"), "0 0 0 60 60");
    kit_is(&kit, "runner_stops", "app=A,outcome=maintenance", 2);
    kit_log_free(&log);
    kit_free(&kit);
}

// P7, M3: all runners of a type go, of all apps, but not a start that gets its room only by that.
static void maintenance_of_all_spares_who_comes_after(void **state)
{
    (void)state;
    struct kit kit = keeps(2, 100);
    uint32_t b = kit_app(&kit, "B");
    kit_first(&kit, b)->setup = dist_constant(10);
    kit_scaling(&kit, b)->min_concurrency = 1;
    kit.machines[0].capacity = 2;
    kit_scaling(&kit, 0)->min_concurrency = 1; // the other one is idle until 60
    maintain(&kit, 50, UINT32_MAX);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_stops", "app=A,outcome=maintenance", 2);
    kit_is(&kit, "runner_stops", "app=B,outcome=maintenance", 0);
    kit_is(&kit, "billed_s", "app=B,state=IDLE", 40);
    kit_free(&kit);
}

// P7: of 4 GPUs 1 is left; the younger runners of A and B die on the spot, without grace.
static void evicted_runners_are_the_youngest(void **state)
{
    (void)state;
    struct kit kit = keeps(2, 100);
    uint32_t b = kit_app(&kit, "B");
    kit_scaling(&kit, b)->min_concurrency = 2;
    kit.machines[0].capacity = 4;
    kit.apps[0].initial_runners = 1; // the second one begins setup at 0 like those of B
    kit_scaling(&kit, 0)->min_concurrency = 2;
    kit_call(&kit, b, 30, 40);
    kit_capacity(&kit, 50, 0, 1);
    kit.timeline[0].evict = true;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_stops", "app=A,outcome=evicted", 1);
    kit_is(&kit, "runner_stops", "app=B,outcome=evicted", 2);
    kit_is(&kit, "killed_in_flight", "app=B", 1);
    kit_is(&kit, "runners_mean", "app=A,state=IDLE", (100 + 40) / 100.);
    kit_free(&kit);
}

// P7: without `evict` those that are there stay until they go of themselves (M1).
static void capacity_below_use_evicts_nobody_unasked(void **state)
{
    (void)state;
    struct kit kit = keeps(2, 100);
    kit_capacity(&kit, 50, 0, 1);
    kit.machines[0].capacity = 2;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_stops", "app=A,outcome=evicted", 0);
    kit_is(&kit, "billed_s", "app=A,state=IDLE", 200);
    kit_free(&kit);
}

// P7: with an exponential mtbf of 100 s a pool that is always ready sees a crash a 100 s and
// runner: 10 runners with no setup over 100,000 s see 10,000, give or take 5 standard deviations of
// 100.
static void crashes_come_at_their_rate(void **state)
{
    (void)state;
    struct kit kit = keeps(10, 1e5);
    kit_first(&kit, 0)->setup = dist_constant(0);
    kit_first(&kit, 0)->mtbf = (struct dist){.kind = DIST_EXPONENTIAL, .a = 100};
    print_message("    seed 1\n");
    kit_run(&kit, 1, 0);
    kit_near(kit_get(&kit, "runner_stops", "app=A,outcome=crash"), 10000, 500, "crashes");
    kit_free(&kit);
}

// P7: only a time of 0 means never; half a second is half a second.
static void a_short_time_is_not_never(void **state)
{
    (void)state;
    struct kit kit = keeps(1, 9);
    kit_first(&kit, 0)->mtbf = dist_constant(0.5);
    expect_states(&kit, 0,
                  "PENDING@0 SETUP@0 IDLE@0 TERMINATING@0.5 TERMINATED@0.5 "
                  "PENDING@0.5 SETUP@0.5");
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_runner_crashes_when_its_time_has_run_out),
        cmocka_unit_test(a_crash_cuts_requests_as_connection_errors),
        cmocka_unit_test(a_runner_that_leaves_does_not_crash),
        cmocka_unit_test(health_checks_find_a_sick_runner),
        cmocka_unit_test(the_check_at_the_instant_of_the_illness_fails),
        cmocka_unit_test(failures_in_the_start_period_do_not_count),
        cmocka_unit_test(a_sick_runner_answers_errors),
        cmocka_unit_test(an_answer_may_ask_for_a_health_check),
        cmocka_unit_test(a_reclaimed_runner_drains),
        cmocka_unit_test(a_reclaim_does_not_wait),
        cmocka_unit_test(a_reclaimed_start_is_called_off),
        cmocka_unit_test(maintenance_takes_the_oldest),
        cmocka_unit_test(maintenance_of_all_spares_who_comes_after),
        cmocka_unit_test(evicted_runners_are_the_youngest),
        cmocka_unit_test(capacity_below_use_evicts_nobody_unasked),
        cmocka_unit_test(crashes_come_at_their_rate),
        cmocka_unit_test(a_short_time_is_not_never),
    };
    return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}
