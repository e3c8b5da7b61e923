#include "models/deploy.c"

#include "tests/kit.h"

// The rollout identities of DESIGN R1, R2, R6: an always-on app with a deterministic 90 s cold start.
static struct kit always_on(uint32_t runners, double cold_start_s, const char *strategy)
{
    struct kit kit = kit_new(3600);
    uint32_t app = kit_app(&kit, "A");
    struct scaling_config *s = kit_scaling(&kit, app);
    s->min_concurrency = s->max_concurrency = runners;
    kit_first(&kit, app)->setup = dist_constant(cold_start_s);
    kit_first(&kit, app)->max_multiplexing = 1000;
    kit.apps[app].initial_runners = runners;
    kit_deploy(&kit, app, 1000, strategy);
    return kit;
}

static void recreate_is_down_for_exactly_one_cold_start(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 90, "recreate");
    kit_poisson(&kit, 0, 0.5, dist_constant(0.01));
    kit_run(&kit, 1, 0);
    assert_true(kit_get(&kit, "no_runner_time_s", "app=A") == 90);
    assert_true(kit_get(&kit, "rollout_switch_s", "app=A,rollout=1") == 0);
    assert_true(kit_get(&kit, "rollout_first_ready_s", "app=A,rollout=1") == 90);
    double unserved = kit_get(&kit, "unserved_time_s", "app=A");
    assert_true(unserved > 75 && unserved <= 90); // it starts with the first request that waits
    kit_free(&kit);
}

static void rolling_is_never_down(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 90, "rolling");
    kit_poisson(&kit, 0, 0.5, dist_constant(0.01));
    kit_run(&kit, 1, 0);
    assert_true(kit_get(&kit, "no_runner_time_s", "app=A") == 0);
    assert_true(kit_get(&kit, "unserved_time_s", "app=A") == 0);
    assert_true(kit_get(&kit, "rollout_switch_s", "app=A,rollout=1") == 90);
    assert_true(kit_get(&kit, "rollout_surge_s", "app=A,rollout=1") == 90);
    assert_true(kit_get(&kit, "rollout_outcome", "app=A,outcome=completed,rollout=1") == 1);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recreate_is_down_for_exactly_one_cold_start),
        cmocka_unit_test(rolling_is_never_down),
    };
    return cmocka_run_group_tests_name("deploy", tests, NULL, NULL);
}
