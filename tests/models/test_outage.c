#include "models/outage.c"

#include "tests/kit_log.h"

// One app that scales to zero, with a cold start of 90 s.
static struct kit cold_app(double horizon_s)
{
    struct kit kit = kit_new(horizon_s);
    kit_app(&kit, "A");
    kit_first(&kit, 0)->setup = dist_constant(90);
    return kit;
}

static void never_waiting_call(struct kit *kit, double at_s)
{
    struct traffic_config *t = kit_call(kit, 0, at_s, 1);
    t->path = PATH_DIRECT;
    t->start_timeout = 0;
}

static void expect_outage(struct kit *kit, double no_runner_s, double unserved_s, double spells,
                          double longest_s)
{
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    kit_is(kit, "no_runner_time_s", "app=A", no_runner_s);
    kit_is(kit, "unserved_time_s", "app=A", unserved_s);
    kit_is(kit, "unserved_spells", "app=A", spells);
    kit_is(kit, "unserved_max_s", "app=A", longest_s);
    kit_free(kit);
}

static void scale_to_zero_without_demand_is_no_downtime(void **state)
{
    (void)state;
    struct kit kit = cold_app(1000);
    expect_outage(&kit, 1000, 0, 0, 0);
}

// A call at 100 waits until 190; the runner serves until 191 and goes at 251; the next call waits
// 500 to 590.
static void waiting_for_a_cold_start_is_unserved(void **state)
{
    (void)state;
    struct kit kit = cold_app(1000);
    kit_call(&kit, 0, 100, 1);
    kit_call(&kit, 0, 500, 1);
    expect_outage(&kit, 1000 - 2 * 61, 180, 2, 90);
}

// While a runner is ready, requests that wait for its slot are slow, not unserved.
static void waiting_for_a_busy_runner_is_no_downtime(void **state)
{
    (void)state;
    struct kit kit = cold_app(1000);
    kit_scaling(&kit, 0)->min_concurrency = kit_scaling(&kit, 0)->max_concurrency = 1;
    kit.apps[0].initial_runners = 1;
    for (int i = 0; i < 5; i++)
        kit_call(&kit, 0, 10, 100);
    never_waiting_call(&kit, 20); // refused, but somebody is served
    expect_outage(&kit, 0, 0, 0, 0);
}

// A refusal shows demand for 10 s: 100 to 110; 150 and 155: 150 to 165; ready at 190, so 185 counts
// 5 s only.
static void a_refusal_counts_as_demand_for_a_while(void **state)
{
    (void)state;
    struct kit kit = cold_app(1000);
    never_waiting_call(&kit, 100);
    never_waiting_call(&kit, 150);
    never_waiting_call(&kit, 155);
    never_waiting_call(&kit, 185);
    expect_outage(&kit, 1000 - 10, 10 + 15 + 5, 3, 15); // unused: gone 10 s after 190
    kit = cold_app(1000);
    kit.apps[0].refusal_window = 0;
    never_waiting_call(&kit, 100);
    expect_outage(&kit, 1000 - 10, 0, 0, 0);
    kit = cold_app(1000);
    kit.apps[0].refusal_window = SIM_NEVER;
    never_waiting_call(&kit, 100);
    expect_outage(&kit, 1000 - 10, 90 + 800, 2, 800);
}

// A caller gives up at 105, another waits from 108 to the runner at 190: the refusal's 10 s and the
// wait are one spell.
static void refusals_and_waits_join(void **state)
{
    (void)state;
    struct kit kit = cold_app(1000);
    kit_call(&kit, 0, 100, 1)->start_timeout = sim_from_seconds(5);
    kit_call(&kit, 0, 108, 1);
    expect_outage(&kit, 1000 - 61, 90, 1, 90);
}

static void a_spell_that_the_horizon_cuts_counts(void **state)
{
    (void)state;
    struct kit kit = cold_app(150);
    kit_call(&kit, 0, 100, 1);
    expect_outage(&kit, 150, 50, 1, 50);
}

// Only what comes after the warm-up counts; demand that was there before still is.
static void the_warm_up_forgets_time_but_not_demand(void **state)
{
    (void)state;
    struct kit kit = cold_app(1000);
    kit.config.warm_up = sim_from_seconds(130);
    kit_call(&kit, 0, 100, 1);
    expect_outage(&kit, 870 - 61, 60, 1, 60);
    kit = cold_app(1000);
    kit.config.warm_up = sim_from_seconds(104);
    never_waiting_call(&kit, 100);
    expect_outage(&kit, 896 - 10, 6, 1, 6);
}

// R1: the headline of a recreate: the alias points to a revision without runners.
static void another_revisions_runners_do_not_count(void **state)
{
    (void)state;
    struct kit kit = cold_app(1000);
    kit_first(&kit, 0)->drain = DRAIN_WAIT;
    kit_call(&kit, 0, 0, 500); // from 90 on the old revision, to 590
    kit_deploy(&kit, 0, 200, "recreate");
    kit_call(&kit, 0, 300, 1); // 390 to 391 on the new one, gone at 451
    expect_outage(&kit, 90 + (390 - 200) + (1000 - 451), 90 + 90, 2, 90);
}

// D1: from then on no time is downtime, not even what is left of a refusal's window.
static void nothing_is_downtime_after_a_kill(void **state)
{
    (void)state;
    struct kit kit = cold_app(1000);
    kit.apps[0].deployment = DEPLOYMENT_EPHEMERAL;
    never_waiting_call(&kit, 50);
    kit.timeline[kit.config.timeline_count++] =
        (struct timeline_config){.at = sim_from_seconds(53), .kind = TIMELINE_KILL};
    expect_outage(&kit, 53, 3, 1, 3);
}

// R5: with a share of the requests of its own, a revision without a ready runner is an outage,
// though the other one has some.  The new runners live 5 s and take 10 s to come.
static void each_revision_of_a_canary_needs_a_runner(void **state)
{
    (void)state;
    static const struct canary_step half = {.5, 1000 * SIM_SECOND}, all = {1, 1000 * SIM_SECOND};
    for (int i = 0; i < 2; i++) {
        struct kit kit = kit_new(132);
        kit_app(&kit, "A");
        kit_scaling(&kit, 0)->min_concurrency = 1;
        kit.apps[0].initial_runners = 1;
        kit_first(&kit, 0)->setup = dist_constant(10);
        kit_deploy(&kit, 0, 100, "canary")->mtbf = dist_constant(5);
        kit.timeline[0].rollout.steps = i == 0 ? &half : &all;
        kit.timeline[0].rollout.step_count = 1;
        kit_first(&kit, 0)->mtbf = dist_constant(i == 0 ? 0 : 112); // later nobody wants it
        expect_outage(&kit, 10 + 2, 0, 0, 0);                       // 115 to 125, and from 130 on
    }
}

// R5: a canary without a ready runner since 115 that another deploy calls off at 122 has cost 7 s.
static void a_canary_that_is_called_off_was_an_outage_until_then(void **state)
{
    (void)state;
    static const struct canary_step half = {.5, 1000 * SIM_SECOND};
    struct kit kit = kit_new(130);
    kit_app(&kit, "A");
    kit_scaling(&kit, 0)->min_concurrency = 1;
    kit.apps[0].initial_runners = 1;
    kit_first(&kit, 0)->setup = dist_constant(10);
    kit_deploy(&kit, 0, 100, "canary")->mtbf = dist_constant(5);
    kit.timeline[0].rollout.steps = &half;
    kit.timeline[0].rollout.step_count = 1;
    kit_deploy(&kit, 0, 122, "rolling")->mtbf = dist_constant(0);
    expect_outage(&kit, 7, 0, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scale_to_zero_without_demand_is_no_downtime),
        cmocka_unit_test(waiting_for_a_cold_start_is_unserved),
        cmocka_unit_test(waiting_for_a_busy_runner_is_no_downtime),
        cmocka_unit_test(a_refusal_counts_as_demand_for_a_while),
        cmocka_unit_test(refusals_and_waits_join),
        cmocka_unit_test(a_spell_that_the_horizon_cuts_counts),
        cmocka_unit_test(the_warm_up_forgets_time_but_not_demand),
        cmocka_unit_test(another_revisions_runners_do_not_count),
        cmocka_unit_test(nothing_is_downtime_after_a_kill),
        cmocka_unit_test(each_revision_of_a_canary_needs_a_runner),
        cmocka_unit_test(a_canary_that_is_called_off_was_an_outage_until_then),
    };
    return cmocka_run_group_tests_name("outage", tests, NULL, NULL);
}
