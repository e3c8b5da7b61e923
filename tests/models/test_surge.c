#include "models/surge.c"

#include "tests/kit.h"

// One runner at 0.36 USD/h = 0.0001 USD/s, always there, in shared mode; 1.5 times that from 100 to
// 200.
static const struct surge_config window = {100 * SIM_SECOND, 200 * SIM_SECOND, 1.5};

static struct kit surging(double horizon_s)
{
    struct kit kit = kit_new(horizon_s);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->machines[0] = 1;
    kit_first(&kit, app)->auth_mode = AUTH_SHARED;
    kit_scaling(&kit, app)->min_concurrency = kit.apps[app].initial_runners = 1;
    kit.machines[1].surges = &window;
    kit.machines[1].surge_count = 1;
    return kit;
}

// C2, C5: 300 s at the rate and 100 s x 0.5 on top.
static void seconds_in_a_window_cost_more(void **state)
{
    (void)state;
    struct kit kit = surging(300);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 0.035);
    kit_is(&kit, "cost_surge_usd", "app=A", 0.005);
    kit_is(&kit, "cost_surge_usd", "machine_type=M", 0.005);
    kit_is(&kit, "cost_machine_usd", "machine_type=M", 0.035);
    kit_is(&kit, "cost_state_usd", "app=A,state=IDLE", 0.03);
    kit_is(&kit, "cost_state_usd", "app=A,state=surge", 0.005);
    kit_is(&kit, "billed_s", "app=A,state=IDLE", 300);
    kit_free(&kit);
}

// C2, C4: a request from 90 to 110 is covered by its caller: 10 s at the rate, 10 s at 1.5 times
// it.
static void a_request_pays_each_second_at_its_price(void **state)
{
    (void)state;
    struct kit kit = surging(300);
    kit_call(&kit, 0, 90, 20)->caller = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "cost_usd", "app=A,payer=callers", 0.0025);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=acme", 0.0025);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 0.0325);
    kit_is(&kit, "cost_mode_usd", "app=A,auth_mode=shared,payer=callers", 0.0025);
    kit_is(&kit, "cost_mode_usd", "app=A,auth_mode=private,payer=owner", 0.035);
    kit_free(&kit);
}

// Windows may touch: 2 from 0 to 100, then 3 to 150.  A window that the horizon cuts counts up to
// it.
static void windows_may_touch(void **state)
{
    (void)state;
    static const struct surge_config two[] = {{0, 100 * SIM_SECOND, 2},
                                              {100 * SIM_SECOND, 1000 * SIM_SECOND, 3}};
    struct kit kit = surging(150);
    kit.machines[1].surges = two;
    kit.machines[1].surge_count = 2;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 0.035);
    kit_is(&kit, "cost_surge_usd", "app=A", 0.02);
    kit_free(&kit);
}

// C5: nothing of it is counted twice or not at all when the warm-up ends inside the window.
static void a_warm_up_cuts_a_window(void **state)
{
    (void)state;
    struct kit kit = surging(300);
    kit.config.warm_up = 150 * SIM_SECOND;
    kit_call(&kit, 0, 140, 20)->caller = 1; // 10 of its 20 s count, at 1.5 times the rate
    kit_run(&kit, 1, 0);
    kit_is(&kit, "cost_usd", "app=A,payer=callers", 0.0015);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 0.016);
    kit_is(&kit, "cost_surge_usd", "app=A", 0.0025);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seconds_in_a_window_cost_more),
        cmocka_unit_test(a_request_pays_each_second_at_its_price),
        cmocka_unit_test(windows_may_touch),
        cmocka_unit_test(a_warm_up_cuts_a_window),
    };
    return cmocka_run_group_tests_name("surge", tests, NULL, NULL);
}
