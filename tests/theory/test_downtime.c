// Method B4: one runner that is always on and takes 90 s to start, Poisson requests at 0.5 a second
// that take no time, an hour, a deploy at 1000 s.  What the deploy costs follows from the Poisson
// law; what does not depend on the requests is exact.

#include "tests/theory/theory.h"

static struct kit always_on(const char *strategy)
{
    struct kit kit = theory_pool(3600, 0, 1, UINT32_MAX, .5, dist_constant(1e-6));
    kit_first(&kit, 0)->setup = dist_constant(90);
    kit_first(&kit, 0)->max_multiplexing = 10000;
    kit.traffic[0].path = PATH_DIRECT;
    kit_deploy(&kit, 0, 1000, strategy);
    return kit;
}

// Without a queue all requests of the 90 s fail: 45, a share of .025 (one in 40 of the hour).
static void recreate_without_a_queue(void **state)
{
    (void)state;
    struct kit kit = always_on("recreate");
    kit.traffic[0].start_timeout = 0;
    const struct theory_row rows[] = {
        {"failed_requests", "app=A", 45, 3},
        {"request_success_ratio", "app=A", .975, .0015},
        {"no_runner_time_s", "app=A", 90, 1e-9},
    };
    theory_check(&kit, "recreate, no queue", 400, rows, 3);
}

// With a patience of 30 s those of the first 60 s fail: 30.  The other 15 wait from 30 to 0 s; the
// sum of all waits is 30 x 30 + 15 x 15.  Demand is there from the first request on: 90 - 2.
static void recreate_with_a_patience(void **state)
{
    (void)state;
    struct kit kit = always_on("recreate");
    kit.traffic[0].start_timeout = 30 * SIM_SECOND;
    const struct theory_row rows[] = {
        {"failed_requests", "app=A", 30, 2.5},
        {"waiting_s", "app=A", 30 * 30 + 15 * 15, 75},
        {"no_runner_time_s", "app=A", 90, 1e-9},
        {"unserved_time_s", "app=A", 90 - 2, .8},
    };
    theory_check(&kit, "recreate, 30 s", 400, rows, 4);
}

// Never down; the switch comes after the 90 s for which both revisions are paid.
static void rolling(void **state)
{
    (void)state;
    struct kit kit = always_on("rolling");
    kit.traffic[0].start_timeout = 0;
    for (uint32_t r = 0; r < 10; r++) {
        assert_int_equal(kit_run(&kit, 42, r), SIM_DONE);
        kit_is(&kit, "no_runner_time_s", "app=A", 0);
        kit_is(&kit, "unserved_time_s", "app=A", 0);
        kit_is(&kit, "failed_requests", "app=A", 0);
        kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 90);
        kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 90);
    }
    kit_free(&kit);
}

// No machine for a second runner: the rollout says that it is stalled, the old revision serves on.
static void rolling_without_room_stalls(void **state)
{
    (void)state;
    struct kit kit = always_on("rolling");
    kit.machines[0].capacity = 1;
    kit.traffic[0].start_timeout = 0;
    assert_int_equal(kit_run(&kit, 42, 0), SIM_DONE);
    kit_is(&kit, "rollout_outcome", "app=A,outcome=stalled,rollout=1", 1);
    kit_is(&kit, "rollout_stalled_s", "app=A,rollout=1", 2600);
    kit_is(&kit, "rollout_capacity_restored_s", "app=A,rollout=1", NAN);
    kit_is(&kit, "unserved_time_s", "app=A", 0);
    kit_is(&kit, "failed_requests", "app=A", 0);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recreate_without_a_queue),
        cmocka_unit_test(recreate_with_a_patience),
        cmocka_unit_test(rolling),
        cmocka_unit_test(rolling_without_room_stalls),
    };
    return cmocka_run_group_tests_name("downtime", tests, NULL, NULL);
}
