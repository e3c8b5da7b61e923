#include "models/restart.c"

#include "tests/models/rollout_kit.h"

// R4: "runs at close to double the count, above max_concurrency, both sets billed".
static void every_runner_is_replaced_without_a_gap(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(3, 10);
    rollout_event(&kit, 100, TIMELINE_RESTART);
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "completed");
    kit_is(&kit, "rollout_first_ready_s", "app=A,rollout=1", 10);
    kit_is(&kit, "runner_starts", "app=A", 6);
    kit_is(&kit, "runners_max", "app=A", 6);
    kit_is(&kit, "runner_stops", "app=A,outcome=restart", 3);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_is(&kit, "billed_s", "app=A,state=SETUP", 30);
    kit_is(&kit, "billed_s", "app=A,state=IDLE", 3 * 110 + 3 * 890);
    kit_free(&kit);
}

// Room for one replacement at a time: they wait 0, 10 and 20 s.
static void little_room_makes_it_slow(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(3, 10);
    kit.machines[0].capacity = 4;
    rollout_event(&kit, 100, TIMELINE_RESTART);
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "completed");
    kit_is(&kit, "rollout_stalled_s", "app=A,rollout=1", 30);
    kit_is(&kit, "runner_starts", "app=A", 6);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_free(&kit);
}

static void without_room_it_stalls_and_the_old_ones_serve(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(3, 10);
    kit.machines[0].capacity = 3;
    rollout_event(&kit, 100, TIMELINE_RESTART);
    kit_call(&kit, 0, 500, 1);
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "stalled");
    kit_is(&kit, "rollout_stalled_s", "app=A,rollout=1", 3 * 900);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_free(&kit);
}

// A marked runner that is busy goes on serving, and drains when its replacement has come.
static void marked_runners_keep_serving(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    rollout_event(&kit, 100, TIMELINE_RESTART);
    kit_call(&kit, 0, 105, 8); // ends 113, inside the grace period of 5 s from 110
    kit_call(&kit, 0, 111, 1); // to the replacement
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=ok", 2);
    kit_is(&kit, "wait_s", "app=A,quantile=max", 0);
    kit_is(&kit, "billed_s", "app=A,state=DRAINING", 3);
    kit_free(&kit);
}

static void a_bad_start_leaves_the_old_ones(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(2, 10);
    kit_first(&kit, 0)->setup_failure = 1;
    rollout_event(&kit, 100, TIMELINE_RESTART);
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "unfinished");
    kit_is(&kit, "runner_stops", "app=A,outcome=restart", 0);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    assert_true(kit_get(&kit, "runner_starts_failed", "app=A") > 2);
    kit_free(&kit);
}

// R4 force: "kill all at once, in-flight requests dropped; autoscaler restarts".
static void force_kills_all_at_once(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(3, 10);
    rollout_event(&kit, 100, TIMELINE_RESTART)->force = true;
    kit_call(&kit, 0, 99, 5)->path = PATH_DIRECT;
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "completed");
    kit_is(&kit, "requests", "app=A,outcome=cut", 1);
    kit_is(&kit, "runner_stops", "app=A,outcome=restart", 3);
    kit_is(&kit, "no_runner_time_s", "app=A", 10);
    kit_is(&kit, "runner_starts", "app=A", 6);
    kit_free(&kit);
}

static void a_second_restart_takes_over(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(2, 10);
    rollout_event(&kit, 100, TIMELINE_RESTART);
    rollout_event(&kit, 105, TIMELINE_RESTART);
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "superseded");
    rollout_ended(&kit, "2", "completed");
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_free(&kit);
}

// Both would replace the same runners, for ever: what the one starts the other stops.
static void it_rests_during_a_rolling_update(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(3, 10);
    rollout_event(&kit, 100, TIMELINE_RESTART);
    kit_deploy(&kit, 0, 101, "rolling_update");
    kit.timeline[1].rollout.max_surge = (struct rollout_amount){3, false};
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "superseded");
    rollout_ended(&kit, "2", "completed");
    kit_is(&kit, "runner_starts", "app=A", 3 + 3 + 3); // at first, replacements, new ones
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_free(&kit);
}

// R4, P4: the only marked runner, idle from 40 on, expires at 100, before its replacement is ready
// at 105: nothing is left to replace, so the restart is over at that instant.
static void it_is_over_when_the_marked_runners_have_expired(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    kit.config.horizon = sim_from_seconds(103);
    kit_scaling(&kit, 0)->min_concurrency = 0;
    kit_call(&kit, 0, 5, 35);
    rollout_event(&kit, 95, TIMELINE_RESTART);
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "completed");
    kit_is(&kit, "runner_stops", "app=A,outcome=keep_alive", 1);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_runner_is_replaced_without_a_gap),
        cmocka_unit_test(little_room_makes_it_slow),
        cmocka_unit_test(without_room_it_stalls_and_the_old_ones_serve),
        cmocka_unit_test(marked_runners_keep_serving),
        cmocka_unit_test(a_bad_start_leaves_the_old_ones),
        cmocka_unit_test(force_kills_all_at_once),
        cmocka_unit_test(a_second_restart_takes_over),
        cmocka_unit_test(it_rests_during_a_rolling_update),
        cmocka_unit_test(it_is_over_when_the_marked_runners_have_expired),
    };
    return cmocka_run_group_tests_name("restart", tests, NULL, NULL);
}
