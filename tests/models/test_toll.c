#include "models/toll.c"

#include "tests/models/rollout_kit.h"

// Refused when no runner is ready.
static void call_now(struct kit *kit, double at_s)
{
    struct traffic_config *t = kit_call(kit, 0, at_s, .5);
    t->path = PATH_DIRECT;
    t->start_timeout = 0;
}

// Two deploys of 90 s: three refusals after the first, two after the second; one before any, which
// belongs to none.  The second deploy's revision takes 40 s.
static struct kit two_deploys(void)
{
    struct kit kit = rollout_kit(1, 90);
    kit.config.horizon = 3600 * SIM_SECOND;
    kit_first(&kit, 0)->max_multiplexing = 10;
    kit_deploy(&kit, 0, 1000, "recreate");
    kit_deploy(&kit, 0, 2000, "recreate")->setup = dist_constant(40);
    static const double at_s[] = {10, 1010, 1020, 1089, 1100, 2001, 2039, 2041};
    for (size_t i = 0; i < sizeof at_s / sizeof *at_s; i++)
        call_now(&kit, at_s[i]);
    return kit;
}

static void each_rollout_has_its_own(void **state)
{
    (void)state;
    struct kit kit = two_deploys();
    kit_run(&kit, 1, 0);
    kit_is(&kit, "failed_requests", "app=A", 5);
    kit_is(&kit, "rollout_failed_requests", "app=A,rollout=1", 3);
    kit_is(&kit, "rollout_failed_requests", "app=A,rollout=2", 2);
    kit_is(&kit, "rollout_unserved_s", "app=A,rollout=1", 20 + 1);
    kit_is(&kit, "rollout_unserved_s", "app=A,rollout=2", 10 + 1);
    kit_is(&kit, "rollout_capacity_restored_s", "app=A,rollout=1", 90);
    kit_is(&kit, "rollout_capacity_restored_s", "app=A,rollout=2", 40);
    kit_free(&kit);
}

// Eight requests an hour are 5760 in 30 days, of which 5.76 may fail: three are 0.52 of it.
static void the_budget_is_for_a_period_of_such_traffic(void **state)
{
    (void)state;
    struct kit kit = two_deploys();
    kit_run(&kit, 1, 0);
    kit_is(&kit, "error_budget_spent", "app=A", 5 / .008);
    kit_is(&kit, "rollout_error_budget_spent", "app=A,rollout=1", 3 / 5.76);
    kit_is(&kit, "rollouts_per_budget", "app=A,rollout=1", 1.92);
    kit_is(&kit, "rollout_error_budget_spent", "app=A,rollout=2", 2 / 5.76);
    kit.config.downtime.budget_period = 3600 * SIM_SECOND;
    kit.config.downtime.slo = .5;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_error_budget_spent", "app=A,rollout=1", .75);
    kit_free(&kit);
}

// Nobody calls: nothing is spent, and there is nothing to divide by.
static void a_rollout_that_nobody_notices_costs_no_budget(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 90);
    kit_deploy(&kit, 0, 500, "rolling");
    call_now(&kit, 10);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_error_budget_spent", "app=A,rollout=1", 0);
    kit_is(&kit, "rollouts_per_budget", "app=A,rollout=1", NAN);
    kit_free(&kit);
}

// Four at the deploy; the switch comes with the first new one at 90, the other three start then.
static void capacity_is_restored_when_as_many_are_ready(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(4, 90);
    kit_deploy(&kit, 0, 500, "rolling");
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_first_ready_s", "app=A,rollout=1", 90);
    kit_is(&kit, "rollout_capacity_restored_s", "app=A,rollout=1", 180);
    kit.config.horizon = 679 * SIM_SECOND;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_capacity_restored_s", "app=A,rollout=1", NAN);
    kit_free(&kit);
}

// A request in flight at 500 is cut after 5 s of grace, one of the old revision is served beside
// one of the new: 500 s + 5 s of grace, rolling with min 2, the new one ready at 500 + 3.
static void cuts_and_mixed_time_are_the_rollouts(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(2, 3);
    kit_deploy(&kit, 0, 500, "rolling");
    struct traffic_config *t = kit_call(&kit, 0, 490, 100); // cut at 503 + 5
    t->path = PATH_DIRECT;
    call_now(&kit, 504); // on the new one, to 504.5
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_killed_in_flight", "app=A,rollout=1", 1);
    kit_is(&kit, "rollout_failed_requests", "app=A,rollout=1", 1);
    kit_is(&kit, "rollout_mixed_version_s", "app=A,rollout=1",
           kit_get(&kit, "mixed_version_time_s", "app=A"));
    kit_is(&kit, "rollout_mixed_version_s", "app=A,rollout=1", .5);
    kit_deploy(&kit, 0, 700, "rolling"); // and once more: cut at 703 + 5
    t = kit_call(&kit, 0, 690, 100);
    t->path = PATH_DIRECT;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "killed_in_flight", "app=A", 2);
    kit_is(&kit, "rollout_killed_in_flight", "app=A,rollout=1", 1);
    kit_is(&kit, "rollout_killed_in_flight", "app=A,rollout=2", 1);
    kit_is(&kit, "rollout_failed_requests", "app=A,rollout=2", 1);
    kit_free(&kit);
}

// A restart by force kills all at once: what is down after it is its own.
static void a_restart_has_one_too(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 90);
    rollout_event(&kit, 500, TIMELINE_RESTART)->force = true;
    kit_call(&kit, 0, 520, 1);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_unserved_s", "app=A,rollout=1", 70);
    kit_free(&kit);
}

// A warm-up that ends at 1015: the refusal at 1010 is forgotten, those at 1020 and 1089 count.
static void the_warm_up_cuts_it(void **state)
{
    (void)state;
    struct kit kit = two_deploys();
    kit.config.warm_up = 1015 * SIM_SECOND;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_failed_requests", "app=A,rollout=1", 2);
    kit_is(&kit, "rollout_unserved_s", "app=A,rollout=1", 5 + 10 + 1);
    kit_is(&kit, "rollout_failed_requests", "app=A,rollout=2", 2);
    kit_free(&kit);
}

// An alert from before the rollout is not its own.
static void earlier_alerts_are_not_the_rollouts(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 1);
    kit.config.downtime.measured = true;
    kit.apps[0].initial_runners = 0;
    kit_first(&kit, 0)->setup = dist_constant(100);
    struct traffic_config *t = kit_renewal(&kit, 0, dist_constant(10), dist_constant(0));
    t->path = PATH_DIRECT;
    t->start_timeout = 0; // all fail to 100 s
    kit_deploy(&kit, 0, 900, "rolling");
    kit_run(&kit, 1, 0);
    kit_is(&kit, "burn_alert_s", "app=A,window=1h", 60);
    kit_is(&kit, "rollout_alert_s", "app=A,rollout=1", NAN);
    kit_free(&kit);
}

// Everything fails from the first deploy to 1090: one minute with 6 of 6 failures, at 1020: that is
// 1000 x 1/17 of an hour (17 minutes had traffic), more than 14.4.
static void the_first_alert_is_the_rollouts(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(1, 90);
    kit.config.downtime.measured = true;
    kit.config.horizon = 3600 * SIM_SECOND;
    kit_first(&kit, 0)->max_multiplexing = 10;
    kit_deploy(&kit, 0, 1000, "recreate");
    kit_deploy(&kit, 0, 2000, "rolling");
    struct traffic_config *t = kit_renewal(&kit, 0, dist_constant(10), dist_constant(0));
    t->path = PATH_DIRECT;
    t->start_timeout = 0;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_alert_s", "app=A,rollout=1", 80);
    kit_is(&kit, "rollout_alert_s", "app=A,rollout=2", NAN);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rollout_has_its_own),
        cmocka_unit_test(the_budget_is_for_a_period_of_such_traffic),
        cmocka_unit_test(a_rollout_that_nobody_notices_costs_no_budget),
        cmocka_unit_test(capacity_is_restored_when_as_many_are_ready),
        cmocka_unit_test(cuts_and_mixed_time_are_the_rollouts),
        cmocka_unit_test(a_restart_has_one_too),
        cmocka_unit_test(the_warm_up_cuts_it),
        cmocka_unit_test(the_first_alert_is_the_rollouts),
        cmocka_unit_test(earlier_alerts_are_not_the_rollouts),
    };
    return cmocka_run_group_tests_name("toll", tests, NULL, NULL);
}
