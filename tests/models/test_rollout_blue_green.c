#include "models/rollout_blue_green.c"

#include "tests/models/rollout_kit.h"

// R5: three new runners, 10 s of setup each, before the switch.
static void the_whole_pool_is_ready_before_the_switch(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(3, 10);
    kit_deploy(&kit, 0, 100, "blue_green");
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "completed");
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 10);
    kit_is(&kit, "rollout_old_gone_s", "app=A,rollout=1", 10);
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 30);
    kit_is(&kit, "runners_max", "app=A", 6);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_free(&kit);
}

// R6: one of three finds room; 2 x 900 s of waiting.
static void without_room_it_stalls(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(3, 10);
    kit.machines[0].capacity = 4;
    kit_deploy(&kit, 0, 100, "blue_green");
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "stalled");
    kit_is(&kit, "rollout_stalled_s", "app=A,rollout=1", 1800);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_free(&kit);
}

static void a_failed_start_aborts(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(3, 10);
    kit_deploy(&kit, 0, 100, "blue_green")->setup_failure = 1;
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "aborted");
    kit_is(&kit, "runner_starts_failed", "app=A", 1);
    kit_is(&kit, "runner_stops", "app=A,outcome=abort", 2);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_pool_is_ready_before_the_switch),
        cmocka_unit_test(without_room_it_stalls),
        cmocka_unit_test(a_failed_start_aborts),
    };
    return cmocka_run_group_tests_name("rollout_blue_green", tests, NULL, NULL);
}
