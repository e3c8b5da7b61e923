#include "models/billing.h"

#include "tests/kit.h"

// C3: an app at 0.0001 USD/s whose mode changes from private to shared at 100, to public at 200, to
// shared at 300.  The runner of the day is always busy with one request of acme's (shared or
// public) or of the owner's.
static struct kit changing(double horizon_s)
{
    static const enum auth_mode modes[] = {AUTH_SHARED, AUTH_PUBLIC, AUTH_SHARED};
    struct kit kit = kit_new(horizon_s);
    uint32_t app = kit_app(&kit, "A");
    struct revision_config *first = kit_first(&kit, app);
    first->machines[0] = 1;
    first->termination_grace_period = sim_from_seconds(100);
    kit_scaling(&kit, app)->min_concurrency = kit.apps[app].initial_runners = 1;
    for (uint32_t i = 0; i < 3; i++)
        kit_deploy(&kit, app, 100 * (i + 1), "recreate")->auth_mode = modes[i];
    return kit;
}

// Without requests each second goes the way of the mode that holds: absorbed in the two shared
// stretches.
static void idle_seconds_follow_the_mode_of_the_moment(void **state)
{
    (void)state;
    struct kit kit = changing(400);
    kit.apps[0].shared_idle = SHARED_IDLE_ABSORBED;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 0.02);
    kit_is(&kit, "cost_usd", "app=A,payer=absorbed", 0.02);
    kit_is(&kit, "cost_usd", "app=A,payer=callers", 0);
    kit_free(&kit);
}

// A request is charged under the mode in which it was submitted, across every switch that it sees.
// Submitted at 150 (shared) for 100 s: it drains over the switch at 200, its caller pays 100 s.
// Submitted at 250 (public): nobody but the owner pays, though 50 s of it lie in shared time.
static void a_request_keeps_its_mode_over_a_switch(void **state)
{
    (void)state;
    struct kit kit = changing(400);
    kit_call(&kit, 0, 150, 100)->caller = 1;
    kit_call(&kit, 0, 250, 100)->caller = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=ok", 2);
    kit_is(&kit, "cost_usd", "app=A,payer=callers", 0.01);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=acme", 0.01);
    // 400 s of the routed runner and twice 50 s of one that drains beside it, less the caller's 100
    // s.
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 0.04);
    kit_is(&kit, "cost_mode_usd", "app=A,auth_mode=shared,payer=callers", 0.02);
    kit_is(&kit, "cost_mode_usd", "app=A,auth_mode=private,payer=owner", 0.05);
    kit_free(&kit);
}

// Who may call follows the switch at its instant: acme is refused at 50 and 99, admitted at 100 and
// later.
static void admission_follows_the_switch(void **state)
{
    (void)state;
    struct kit kit = changing(400);
    static const double times[] = {50, 99, 100, 150, 250, 350};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        kit_call(&kit, 0, times[i], 1)->caller = 1;
    kit_call(&kit, 0, 350, 1)->caller = 2; // anonymous: only public admits it
    kit_call(&kit, 0, 250, 1)->caller = 2;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=unauthorized", 3);
    kit_is(&kit, "requests", "app=A,outcome=ok", 5);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=acme", 0.0003); // at 100, 150 and 350
    kit_free(&kit);
}

// A request that waits over the switch was submitted before it: the mode of its submission holds.
static void a_waiting_request_keeps_its_mode(void **state)
{
    (void)state;
    struct kit kit = changing(400);
    kit_call(&kit, 0, 150, 60)->caller = 1; // holds the only slot until the switch at 200
    kit_call(&kit, 0, 199, 10)->caller = 1; // begins at 200 on the public revision's runner
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=ok", 2);
    kit_is(&kit, "cost_usd", "app=A,payer=callers", 0.007);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(idle_seconds_follow_the_mode_of_the_moment),
        cmocka_unit_test(a_request_keeps_its_mode_over_a_switch),
        cmocka_unit_test(admission_follows_the_switch),
        cmocka_unit_test(a_waiting_request_keeps_its_mode),
    };
    return cmocka_run_group_tests_name("billing_modes", tests, NULL, NULL);
}
