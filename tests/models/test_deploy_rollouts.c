#include "models/deploy.c"

#include "tests/models/rollout_kit.h"

// R3: the alias first; the new revision's cold start of 90 s is downtime, the old runner stays for
// it.
static void detach_moves_the_alias_first(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 90);
    kit_deploy(&kit, 0, 100, "rolling");
    kit.timeline[0].rollout.detach = true;
    kit_call(&kit, 0, 110, 1);
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "completed");
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 0);
    kit_is(&kit, "rollout_old_gone_s", "app=A,rollout=1", 90);
    kit_is(&kit, "no_runner_time_s", "app=A", 90);
    kit_is(&kit, "wait_mean_s", "app=A", 80);
    kit_is(&kit, "runner_starts", "app=A", 2);
    kit_free(&kit);
}

// R3: "a failed start is not rolled back".
static void a_bad_revision_with_detach_stays_down(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    kit_deploy(&kit, 0, 100, "rolling")->setup_failure = 1;
    kit.timeline[0].rollout.detach = true;
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "unfinished");
    kit_is(&kit, "no_runner_time_s", "app=A", 900);
    kit_free(&kit);
}

// P5 with R1: starts at 100, 140, 210, 310, 440, 600, 790 (10 s each, delays 30, 60, ...) all fail;
// the one at 790 ends at 800, the next would come at 1010.
static void a_bad_revision_with_recreate_is_down_with_back_off(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    kit_deploy(&kit, 0, 100, "recreate")->setup_failure = 1;
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "completed");
    kit_is(&kit, "no_runner_time_s", "app=A", 900);
    kit_is(&kit, "runner_starts_failed", "app=A", 7);
    kit_free(&kit);
}

// Domain 9, 33: failures at 110, 150 (after 30 s of back-off) and 220 (after 60 s).
static void verify_attempts_allows_failures(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    kit_deploy(&kit, 0, 100, "rolling")->setup_failure = 1;
    kit.timeline[0].rollout.verify_attempts = 3;
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "aborted");
    kit_is(&kit, "runner_starts_failed", "app=A", 3);
    kit_is(&kit, "billed_s", "app=A,state=SETUP", 30);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_free(&kit);
}

// Domain 9, 14: the first new one at 110 switches and lets one go; the two others come at 120.
static void one_for_one_paces_the_drain(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(3, 10);
    kit_deploy(&kit, 0, 100, "rolling");
    kit.timeline[0].rollout.drain_old = DRAIN_OLD_ONE_FOR_ONE;
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "completed");
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 10);
    kit_is(&kit, "rollout_old_gone_s", "app=A,rollout=1", 20);
    kit_is(&kit, "runner_starts", "app=A", 6);
    kit_is(&kit, "billed_s", "app=A,state=IDLE", 110 + 2 * 120 + 890 + 2 * 880);
    kit_free(&kit);
}

// R7: back to revision 1 at 200; settings at run time stay, those of the code are the target's.
static void a_rollback_returns_to_the_revision_before(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    kit_deploy(&kit, 0, 100, "recreate")->setup = dist_constant(30);
    rollout_event(&kit, 200, TIMELINE_ROLLBACK)->strategy = kit_strategy("recreate");
    kit_scale(&kit, 0, 150)->max_concurrency = 7;
    struct model *m = kit_create(&kit, 1, 0);
    kit_finish(&kit, m);
    assert_int_equal(m->apps[0].routed, 0);
    assert_int_equal(m->apps[0].scaling.max_concurrency, 7);
    rollout_ended(&kit, "2", "completed");
    kit_is(&kit, "rollout_first_ready_s", "app=A,rollout=1", 30);
    kit_is(&kit, "rollout_first_ready_s", "app=A,rollout=2", 10);
    kit_is(&kit, "no_runner_time_s", "app=A", 40);
    kit_drop(&kit);
    kit_free(&kit);
}

static void a_rollback_during_a_rollout_calls_it_off(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    kit_deploy(&kit, 0, 100, "rolling");
    rollout_event(&kit, 105, TIMELINE_ROLLBACK);
    struct model *m = kit_create(&kit, 1, 0);
    kit_finish(&kit, m);
    assert_int_equal(m->apps[0].routed, 0);
    rollout_ended(&kit, "1", "superseded");
    rollout_ended(&kit, "2", "completed");
    kit_is(&kit, "runner_stops", "app=A,outcome=abort", 1);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_drop(&kit);
    kit_free(&kit);
}

static const struct canary_step one_step[] = {{0.5, 100 * SIM_SECOND}};

// R6: a rolling deploy at 105 during the setup (10 s) of one at 100; two runners.
static void a_deploy_during_a_rollout_supersedes_it(void **state)
{
    (void)state;
    static const struct {
        const char *strategy, *end;
        bool detach;
    } rows[] = {{"recreate", "completed", false},        {"rolling", "superseded", false},
                {"rolling", "superseded", true},         {"k8s_recreate", "superseded", false},
                {"rolling_update", "superseded", false}, {"blue_green", "superseded", false},
                {"canary", "superseded", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit kit = rollout_kit(2, 10);
        kit_first(&kit, 0)->drain = DRAIN_WAIT;
        kit_call(&kit, 0, 90, 30); // an old runner is there until 120
        kit_deploy(&kit, 0, 100, rows[i].strategy);
        kit.timeline[0].rollout.detach = rows[i].detach;
        kit.timeline[0].rollout.steps = one_step;
        kit.timeline[0].rollout.step_count = 1;
        kit_deploy(&kit, 0, 105, "rolling");
        struct model *m = kit_create(&kit, 1, 0);
        kit_finish(&kit, m);
        rollout_ended(&kit, "1", rows[i].end);
        rollout_ended(&kit, "2", "completed");
        assert_int_equal(m->apps[0].routed, 2);
        assert_int_equal(m->pools[0].alive_head, NONE);
        assert_int_equal(m->pools[1].alive_head, NONE);
        assert_int_equal(m->apps[0].side.pool, NONE);
        assert_int_equal(m->pools[2].ready, 2);
        kit_is(&kit, "requests", "app=A,outcome=ok", 1);
        kit_drop(&kit);
        kit_free(&kit);
    }
}

// R6: two runners fill the capacity.  What starts before it stops stalls, says so, and harms
// nobody.
static void in_a_full_pool_nothing_hangs(void **state)
{
    (void)state;
    static const struct {
        const char *strategy, *end;
        double stalled_s, down_s;
    } rows[] = {{"recreate", "completed", 0, 10},     {"rolling", "stalled", 900, 0},
                {"k8s_recreate", "completed", 0, 10}, {"rolling_update", "stalled", 900, 0},
                {"blue_green", "stalled", 1800, 0},   {"canary", "stalled", 900, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit kit = rollout_kit(2, 10);
        kit.machines[0].capacity = 2;
        kit_deploy(&kit, 0, 100, rows[i].strategy);
        kit.timeline[0].rollout.max_surge = (struct rollout_amount){25, true};
        kit.timeline[0].rollout.max_unavailable = (struct rollout_amount){25, true};
        if (strcmp(rows[i].strategy, "rolling_update") == 0)
            kit.timeline[0].rollout.max_surge = (struct rollout_amount){1, false};
        kit_run(&kit, 1, 0);
        rollout_ended(&kit, "1", rows[i].end);
        kit_is(&kit, "rollout_stalled_s", "app=A,rollout=1", rows[i].stalled_s);
        kit_is(&kit, "no_runner_time_s", "app=A", rows[i].down_s);
        kit_free(&kit);
    }
}

// C3, M2, A4: all in one deploy, from the switch on.
static void one_deploy_changes_everything(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    struct revision_config *next = kit_deploy(&kit, 0, 100, "rolling");
    next->machines[0] = 1;
    next->num_gpus = 4;
    next->auth_mode = AUTH_PUBLIC;
    next->scaling.min_concurrency = next->scaling.max_concurrency = 3;
    kit.timeline[0].reset_scale = true;
    struct model *m = kit_create(&kit, 1, 0);
    kit_finish(&kit, m);
    assert_int_equal(m->apps[0].auth_mode, AUTH_PUBLIC);
    assert_int_equal(m->apps[0].scaling.max_concurrency, 3);
    assert_int_equal(m->pools[1].ready, 3);
    kit_is(&kit, "machine_s", "machine_type=M,state=idle", 890 + 2 * 880);
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=idle", 110);
    kit_drop(&kit);
    kit_free(&kit);
}

// D1: at 100 one request is served and one waits; at 110 one more is sent.  D2 beside it lives on.
static void a_killed_app_is_gone_with_all_its_requests(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    kit.apps[0].deployment = DEPLOYMENT_EPHEMERAL;
    uint32_t other = kit_app(&kit, "B");
    kit_call(&kit, 0, 95, 20);
    kit_call(&kit, 0, 96, 20);
    kit_call(&kit, 0, 110, 20);
    kit_call(&kit, other, 110, 20);
    rollout_event(&kit, 100, TIMELINE_KILL);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=cut", 1);
    kit_is(&kit, "requests", "app=A,outcome=gone", 2);
    kit_is(&kit, "requests", "app=B,outcome=ok", 1);
    kit_is(&kit, "runner_stops", "app=A,outcome=killed", 1);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_is(&kit, "unserved_time_s", "app=A", 0);
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 5);
    kit_free(&kit);
}

// It comes back from its back-off to find no app; its deadline has nothing left to end.
static void a_request_that_backs_off_is_gone_too(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 10);
    kit.apps[0].deployment = DEPLOYMENT_EPHEMERAL;
    kit_first(&kit, 0)->responses[0] = (struct response_config){.status = 504, .probability = 1};
    kit_first(&kit, 0)->response_count = 1;
    kit_call(&kit, 0, 95, 4)->start_timeout = sim_from_seconds(100); // backs off at 99
    rollout_event(&kit, 99.1, TIMELINE_KILL);
    assert_int_equal(kit_run(&kit, 1, 0), SIM_DONE);
    kit_is(&kit, "attempts_retried", "app=A", 1);
    kit_is(&kit, "requests", "app=A,outcome=gone", 1);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(detach_moves_the_alias_first),
        cmocka_unit_test(a_bad_revision_with_detach_stays_down),
        cmocka_unit_test(a_bad_revision_with_recreate_is_down_with_back_off),
        cmocka_unit_test(verify_attempts_allows_failures),
        cmocka_unit_test(one_for_one_paces_the_drain),
        cmocka_unit_test(a_rollback_returns_to_the_revision_before),
        cmocka_unit_test(a_rollback_during_a_rollout_calls_it_off),
        cmocka_unit_test(a_deploy_during_a_rollout_supersedes_it),
        cmocka_unit_test(in_a_full_pool_nothing_hangs),
        cmocka_unit_test(one_deploy_changes_everything),
        cmocka_unit_test(a_killed_app_is_gone_with_all_its_requests),
        cmocka_unit_test(a_request_that_backs_off_is_gone_too),
    };
    return cmocka_run_group_tests_name("deploy_rollouts", tests, NULL, NULL);
}
