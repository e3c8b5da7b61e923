#include "models/idle.c"

#include "tests/kit_log.h"

static struct kit one_app(double horizon_s)
{
    struct kit kit = kit_new(horizon_s);
    kit_app(&kit, "A");
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

// P4: 60 s from the end of the last request at 50 + 10, not from its start; no teardown on this way
// out.
static void keep_alive_counts_from_the_end_of_the_last_request(void **state)
{
    (void)state;
    struct kit kit = one_app(300);
    kit_call(&kit, 0, 10, 5);
    kit_call(&kit, 0, 50, 10);
    kit_first(&kit, 0)->teardown = dist_constant(4);
    expect_states(&kit, 0,
                  "PENDING@10 SETUP@10 IDLE@10 RUNNING@10 IDLE@15 RUNNING@50 IDLE@60 "
                  "TERMINATED@120");
    kit_is(&kit, "runner_stops", "app=A,outcome=keep_alive", 1);
    kit_is(&kit, "runner_starts", "app=A", 1);
    kit_free(&kit);
}

// P4, O1: a request at the very instant of the expiry still finds the runner; one 1 ns later does
// not.
static void an_arrival_at_the_instant_of_expiry_is_warm(void **state)
{
    (void)state;
    struct kit kit = one_app(300);
    kit_call(&kit, 0, 10, 5);
    kit_call(&kit, 0, 75, 5);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_starts", "app=A", 1);
    kit.once[1].at += 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_starts", "app=A", 2);
    kit_free(&kit);
}

// keep_alive 0: gone after each request, unless the next one comes at that instant.
static void no_keep_alive_ends_with_the_request(void **state)
{
    (void)state;
    struct kit kit = one_app(300);
    kit_scaling(&kit, 0)->keep_alive = 0;
    kit_call(&kit, 0, 10, 5);
    kit_call(&kit, 0, 15, 5);
    expect_states(&kit, 0,
                  "PENDING@10 SETUP@10 IDLE@10 RUNNING@10 IDLE@15 RUNNING@15 IDLE@20 "
                  "TERMINATED@20");
    kit_free(&kit);
}

static void keep_alive_never_keeps_for_ever(void **state)
{
    (void)state;
    struct kit kit = one_app(1e6);
    kit_scaling(&kit, 0)->keep_alive = SIM_NEVER;
    kit_call(&kit, 0, 10, 5);
    expect_states(&kit, 0, "PENDING@10 SETUP@10 IDLE@10 RUNNING@10 IDLE@15");
    kit_free(&kit);
}

// A caller that goes away after 1 s leaves behind a runner that is ready at 5 s and has never
// served.  Beside it runs another one, ready at 0, that is busy all the time.
static struct kit unused_runner(void)
{
    struct kit kit = one_app(300);
    kit_first(&kit, 0)->setup = dist_constant(5);
    kit.apps[0].initial_runners = 1;
    kit_scaling(&kit, 0)->max_concurrency = 3;
    kit_call(&kit, 0, 0, 299);
    struct traffic_config *t = kit_call(&kit, 0, 0, 1);
    t->path = PATH_DIRECT;
    t->start_timeout = sim_from_seconds(1);
    return kit;
}

// P4: the 10-second rule.
static void a_runner_that_never_served_stops_after_ten_seconds(void **state)
{
    (void)state;
    struct kit kit = unused_runner();
    expect_states(&kit, 1, "PENDING@0 SETUP@0 IDLE@5 TERMINATED@15");
    kit_is(&kit, "runner_stops", "app=A,outcome=unused", 1);
    kit_is(&kit, "requests", "app=A,outcome=start_timeout", 1);
    kit_free(&kit);
}

// P4: it holds only while neither min_concurrency nor a buffer is set; else keep_alive counts.
static void a_floor_or_a_buffer_turns_the_ten_second_rule_off(void **state)
{
    (void)state;
    struct kit kit = unused_runner();
    kit_scaling(&kit, 0)->min_concurrency = 1;
    expect_states(&kit, 1, "PENDING@0 SETUP@0 IDLE@5 TERMINATED@65");
    kit_is(&kit, "runner_stops", "app=A,outcome=keep_alive", 1);
    kit_free(&kit);
    kit = unused_runner();
    kit.config.platform.unused_runner_timeout = SIM_NEVER;
    expect_states(&kit, 1, "PENDING@0 SETUP@0 IDLE@5 TERMINATED@65");
    kit_free(&kit);
    // With a buffer of one, loads 2 and 1 want 3 and 2 runners: one of the two spare ones is too
    // many.
    kit = unused_runner();
    kit_scaling(&kit, 0)->concurrency_buffer = 1;
    expect_states(&kit, 1, "PENDING@0 SETUP@0 IDLE@5 TERMINATED@65");
    kit_is(&kit, "runner_starts", "app=A", 3);
    kit_free(&kit);
    kit = unused_runner();
    kit_scaling(&kit, 0)->concurrency_buffer_perc = 100;
    kit_scaling(&kit, 0)->max_concurrency = 3;
    expect_states(&kit, 1, "PENDING@0 SETUP@0 IDLE@5 TERMINATED@65");
    kit_free(&kit);
}

// P4: by expiry the pool never falls below the floor; the longest idle goes first.
static void expiry_stops_at_the_floor(void **state)
{
    (void)state;
    struct kit kit = one_app(1000);
    struct scaling_config *s = kit_scaling(&kit, 0);
    s->min_concurrency = 2;
    s->max_concurrency = 5;
    for (int i = 0; i < 5; i++)
        kit_call(&kit, 0, 10, 50 - 10 * i); // runner i ends at 60, 50, 40, 30, 20
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "TERMINATED"), "80 90 100");
    assert_non_null(strstr(kit_states(&log, 4), "IDLE@20 TERMINATED@80"));
    assert_non_null(strstr(kit_states(&log, 3), "IDLE@30 TERMINATED@90"));
    assert_non_null(strstr(kit_states(&log, 2), "IDLE@40 TERMINATED@100"));
    kit_is(&kit, "runner_stops", "app=A,outcome=keep_alive", 3);
    kit_log_free(&log);
    kit_free(&kit);
}

// A4: new settings hold at once: shorter keep_alive for runners that are idle already, a lower
// floor for runners that it held.
static void new_settings_hold_for_idle_runners(void **state)
{
    (void)state;
    struct kit kit = one_app(1000);
    kit_call(&kit, 0, 10, 5);
    kit_scale(&kit, 0, 30)->keep_alive = sim_from_seconds(20); // due at 35
    expect_states(&kit, 0, "PENDING@10 SETUP@10 IDLE@10 RUNNING@10 IDLE@15 TERMINATED@35");
    kit_free(&kit);
    kit = one_app(1000);
    kit_call(&kit, 0, 10, 5);
    kit_scale(&kit, 0, 30)->keep_alive = sim_from_seconds(12); // was due at 27
    expect_states(&kit, 0, "PENDING@10 SETUP@10 IDLE@10 RUNNING@10 IDLE@15 TERMINATED@30");
    kit_free(&kit);
    kit = one_app(1000);
    kit_scaling(&kit, 0)->min_concurrency = 1;
    kit_scale(&kit, 0, 500)->min_concurrency = 0;
    expect_states(&kit, 0, "PENDING@0 SETUP@0 IDLE@0 TERMINATED@500");
    kit_free(&kit);
    kit = one_app(1000);
    kit_call(&kit, 0, 10, 5);
    kit_scale(&kit, 0, 30)->keep_alive = sim_from_seconds(200);
    expect_states(&kit, 0, "PENDING@10 SETUP@10 IDLE@10 RUNNING@10 IDLE@15 TERMINATED@215");
    kit_free(&kit);
}

// P4: of two runners that the floor held the longest idle goes when it falls: the one that never
// served, idle from 0 on, and not the one that served until 15; or the one that served before the
// other was there.
static void the_longest_idle_goes_first_served_or_not(void **state)
{
    (void)state;
    static const uint32_t policies[] = {DISPATCH_ROUND_ROBIN, DISPATCH_MOST_RECENTLY_CREATED};
    for (uint32_t i = 0; i < 2; i++) {
        struct kit kit = one_app(1000);
        kit.apps[0].initial_runners = 2;
        kit.apps[0].dispatch = policies[i];
        kit_scaling(&kit, 0)->min_concurrency = 2;
        kit_call(&kit, 0, 10, 5);
        kit_scale(&kit, 0, 500)->min_concurrency = 1;
        struct kit_log log;
        kit_log_start(&kit, &log);
        kit_run(&kit, 1, 0);
        assert_string_equal(kit_begins(&log), i ? "1@10" : "0@10");
        assert_string_equal(kit_states(&log, 1 - i), "PENDING@0 SETUP@0 IDLE@0 TERMINATED@500");
        kit_log_free(&log);
        kit_free(&kit);
    }
    // Runner 0 has served until 15; runner 1, asked for at 20, is ready at 25 and never serves.
    struct kit kit = one_app(1000);
    kit.apps[0].initial_runners = 1;
    kit_first(&kit, 0)->setup = dist_constant(5);
    kit_scaling(&kit, 0)->min_concurrency = 1;
    kit_call(&kit, 0, 10, 5);
    kit_scale(&kit, 0, 20)->min_concurrency = 2;
    kit_scale(&kit, 0, 500)->min_concurrency = 1;
    expect_states(&kit, 0, "PENDING@0 SETUP@0 IDLE@0 RUNNING@10 IDLE@15 TERMINATED@500");
    kit_free(&kit);
}

// A1, P4: with a buffer of 100 % loads 2, 1 and 0 want 4, 2 and 0 runners.  The two spare ones are
// due at 60, are held and go at 100 with the first request; the other two go 60 s after their own
// requests.
static void a_target_that_falls_lets_held_runners_go(void **state)
{
    (void)state;
    struct kit kit = one_app(1000);
    kit_scaling(&kit, 0)->max_concurrency = 10;
    kit_scaling(&kit, 0)->concurrency_buffer_perc = 100;
    kit_call(&kit, 0, 0, 100);
    kit_call(&kit, 0, 0, 100.5);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "TERMINATED"), "100 100 160 160.5");
    kit_log_free(&log);
    kit_free(&kit);
}

// P4, R5: keep_alive holds on a canary that has not got the alias yet: of its two runners, idle
// from 121 on, its floor of one holds one.
static void a_canarys_runners_expire_too(void **state)
{
    (void)state;
    static const struct canary_step all = {.weight = 1, .length = 250 * SIM_SECOND};
    struct kit kit = one_app(300);
    kit_deploy(&kit, 0, 100, "canary");
    kit.timeline[0].rollout = (struct rollout_settings){
        .steps = &all, .step_count = 1, .abort_above = 1, .abort_min_requests = 1};
    kit_call(&kit, 0, 120, 1);
    kit_call(&kit, 0, 120, 1);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "TERMINATED"), "181");
    kit_log_free(&log);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keep_alive_counts_from_the_end_of_the_last_request),
        cmocka_unit_test(an_arrival_at_the_instant_of_expiry_is_warm),
        cmocka_unit_test(no_keep_alive_ends_with_the_request),
        cmocka_unit_test(keep_alive_never_keeps_for_ever),
        cmocka_unit_test(a_runner_that_never_served_stops_after_ten_seconds),
        cmocka_unit_test(a_floor_or_a_buffer_turns_the_ten_second_rule_off),
        cmocka_unit_test(expiry_stops_at_the_floor),
        cmocka_unit_test(the_longest_idle_goes_first_served_or_not),
        cmocka_unit_test(new_settings_hold_for_idle_runners),
        cmocka_unit_test(a_target_that_falls_lets_held_runners_go),
        cmocka_unit_test(a_canarys_runners_expire_too),
    };
    return cmocka_run_group_tests_name("idle", tests, NULL, NULL);
}
