// One deploy may change everything at once, and one scenario may hold everything side by side: by
// hand, to the cent.

#include "tests/models/rollout_kit.h"

#include "models/deploy.c"

static double usd(double seconds, double per_hour)
{
    return seconds * per_hour / 3600;
}

// C3, M1, M2, A4 (domain 2.1, 4.7): mode, machine type, num_gpus and scaling change together, at
// the switch and not at the deploy.  rolling: deploy at 100, ready and switched at 110.
static void mode_type_gpus_and_scaling_change_at_the_switch(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    kit.machines[2] = (struct machine_config){.name = "GPU-H100",
                                              .gpu = true,
                                              .price_usd_per_s = 3.6 / 3600,
                                              .capacity = UINT32_MAX,
                                              .pending = dist_constant(0)};
    kit.config.machine_count = 3;
    kit.apps[0].shared_idle = SHARED_IDLE_ABSORBED;
    struct revision_config *next = kit_deploy(&kit, 0, 100, "rolling");
    next->machines[0] = 2;
    next->num_gpus = 4;
    next->auth_mode = AUTH_SHARED;
    next->scaling.min_concurrency = next->scaling.max_concurrency = 2;
    kit.timeline[0].reset_scale = true;
    kit_call(&kit, 0, 105, 1)->caller = 1; // acme: still private, refused
    kit_call(&kit, 0, 200, 20)->caller = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=unauthorized", 1);
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 10);
    // The old runner until 110; setup 100 to 110 while private; a second one from 110 on.
    double old = usd(110, 0.99), first = usd(10, 4 * 3.6), call = usd(20, 4 * 3.6);
    double all = usd((1000 - 100) + (1000 - 110), 4 * 3.6);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", old + first);
    kit_is(&kit, "cost_usd", "app=A,payer=callers", call);
    kit_is(&kit, "cost_usd", "app=A,payer=absorbed", all - first - call);
    kit_is(&kit, "cost_machine_usd", "machine_type=GPU-A100", old);
    kit_is(&kit, "cost_machine_usd", "machine_type=GPU-H100", all);
    kit_is(&kit, "machine_s", "machine_type=GPU-H100,state=busy", 4 * 20);
    kit_free(&kit);
}

// A4 (domain 2.1): without reset_scale the settings at run time live on, the others come with the
// code; a rollback keeps the settings of the moment and takes the code's from its target (R7), the
// mode too.
static void a_rollback_takes_the_code_and_keeps_the_scale(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    struct revision_config *next = kit_deploy(&kit, 0, 100, "recreate");
    next->max_multiplexing = 4;
    next->auth_mode = AUTH_PUBLIC;
    next->scaling.min_concurrency = 0;
    *kit_scale(&kit, 0, 200) = (struct scaling_config){.min_concurrency = 3,
                                                       .max_concurrency = 5,
                                                       .keep_alive = SIM_NEVER,
                                                       .request_timeout = SIM_NEVER};
    rollout_event(&kit, 300, TIMELINE_ROLLBACK)->strategy = kit_strategy("recreate");
    struct model *m = kit_create(&kit, 1, 0);
    kit_finish(&kit, m);
    assert_int_equal(m->apps[0].routed, 0);
    assert_int_equal(m->apps[0].auth_mode, AUTH_PRIVATE);
    assert_int_equal(m->pools[0].config->max_multiplexing, 1);
    assert_int_equal(m->apps[0].scaling.min_concurrency, 3);
    assert_int_equal(m->pools[0].ready, 3);
    kit_is(&kit, "runner_starts", "app=A",
           1 + 1 + 2 + 3); // first, after the deploy, scale, rollback
    kit_drop(&kit);
    kit_free(&kit);
}

// C3: `set-rev --auth`: the rollback names the mode (domain 4.7), also to the revision that has the
// alias already.
static void a_rollback_may_set_the_mode(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    kit_deploy(&kit, 0, 100, "rolling");
    for (int i = 0; i < 2; i++) {
        struct timeline_config *event = rollout_event(&kit, 200 + 100 * i, TIMELINE_ROLLBACK);
        event->revision = 0;
        event->strategy = kit_strategy("rolling");
        event->sets_auth = true;
        event->auth_mode = i == 0 ? AUTH_PUBLIC : AUTH_SHARED;
    }
    for (int i = 0; i < 3; i++)
        kit_call(&kit, 0, 205 + 50 * i, 1)->caller = 2; // anonymous, at 205, 255 and 305
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=2", 10); // public from 210 on
    rollout_ended(&kit, "3", "completed");
    assert_true(kit_get(&kit, "rollout_stalled_s", "app=A,rollout=3") == 0);
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_is(&kit, "requests", "app=A,outcome=unauthorized", 2);
    kit_free(&kit);
}

// Several rollouts in one scenario, of several apps, by several strategies, one of them while
// another app's is under way; each has numbers of its own.
static void rollouts_of_several_apps_do_not_mix(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    kit_deploy(&kit, 0, 100, "rolling");
    kit_deploy(&kit, 0, 500, "recreate");
    uint32_t b = kit_app(&kit, "B");
    *kit_scaling(&kit, b) = *kit_scaling(&kit, 0);
    kit_first(&kit, b)->setup = dist_constant(30);
    kit.apps[b].initial_runners = 1;
    kit_deploy(&kit, b, 105, "rolling");
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 10);
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=2", 0);
    kit_is(&kit, "rollout_switch_s", "app=B,rollout=3", 30);
    kit_is(&kit, "no_runner_time_s", "app=A", 10); // of the recreate
    kit_is(&kit, "no_runner_time_s", "app=B", 0);
    kit_free(&kit);
}

// D1, D2: an ephemeral app beside a persistent one on one type's capacity; its end gives the
// machine back (M3).
static void the_end_of_a_session_frees_its_machine(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    kit.machines[0].capacity = 2;
    uint32_t session = kit_app(&kit, "session");
    kit.apps[session].deployment = DEPLOYMENT_EPHEMERAL;
    kit_first(&kit, session)->auth_mode = AUTH_PUBLIC;
    kit_scaling(&kit, session)->min_concurrency = 1;
    kit.apps[session].initial_runners = 1;
    struct timeline_config *row = rollout_event(&kit, 100, TIMELINE_DEPLOY);
    uint32_t revision = kit.config.revision_count++;
    kit.revisions[revision] = kit.revisions[1];
    kit.revisions[1] = kit.revisions[0]; // A's second revision stands beside its first
    kit.revisions[1].name = "2";
    kit.apps[0].revisions = 2;
    kit.apps[session].first_revision = revision;
    row->revision = 1;
    row->strategy = kit_strategy("rolling");
    rollout_event(&kit, 150, TIMELINE_KILL)->app = session;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_stalled_s", "app=A,rollout=1", 50);
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 60);
    kit_is(&kit, "billed_s", "app=session,state=IDLE", 150);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mode_type_gpus_and_scaling_change_at_the_switch),
        cmocka_unit_test(a_rollback_takes_the_code_and_keeps_the_scale),
        cmocka_unit_test(a_rollback_may_set_the_mode),
        cmocka_unit_test(rollouts_of_several_apps_do_not_mix),
        cmocka_unit_test(the_end_of_a_session_frees_its_machine),
    };
    return cmocka_run_group_tests_name("deploy_changes", tests, NULL, NULL);
}
