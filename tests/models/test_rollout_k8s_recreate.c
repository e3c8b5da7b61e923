#include "models/rollout_k8s_recreate.c"

#include "tests/models/rollout_kit.h"

// R5: two runners; one is busy until 103; then both new ones start at once.
static void nothing_starts_before_the_last_old_runner_is_gone(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(2, 10);
    kit_deploy(&kit, 0, 100, "k8s_recreate");
    kit_call(&kit, 0, 95, 8);
    kit_call(&kit, 0, 101, 1); // waits for 113
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "completed");
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 0);
    kit_is(&kit, "rollout_old_gone_s", "app=A,rollout=1", 3);
    kit_is(&kit, "rollout_first_ready_s", "app=A,rollout=1", 13);
    kit_is(&kit, "runner_starts", "app=A", 4);
    kit_is(&kit, "unserved_time_s", "app=A", 12);
    kit_is(&kit, "requests", "app=A,outcome=ok", 2);
    kit_free(&kit);
}

static void without_old_runners_it_is_over_at_once(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    kit_scaling(&kit, 0)->min_concurrency = 0;
    kit.apps[0].initial_runners = 0;
    kit_deploy(&kit, 0, 100, "k8s_recreate");
    kit_call(&kit, 0, 200, 1);
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "completed");
    kit_is(&kit, "runner_starts", "app=A", 1);
    kit_is(&kit, "wait_mean_s", "app=A", 10);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_starts_before_the_last_old_runner_is_gone),
        cmocka_unit_test(without_old_runners_it_is_over_at_once),
    };
    return cmocka_run_group_tests_name("rollout_k8s_recreate", tests, NULL, NULL);
}
