#include "models/leave.c"

#include "tests/models/rollout_kit.h"

// Two idle runners, one busy, one that starts: the start goes first, then the idle ones, then the
// busy one.
static void starts_leave_first_and_busy_ones_last(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(3, 10);
    kit_call(&kit, 0, 5, 100);
    kit.config.horizon = sim_from_seconds(20);
    struct model *m = kit_create(&kit, 1, 0);
    kit_finish(&kit, m);
    struct pool *pool = &m->pools[0];
    fleet_start(m, pool);
    static const uint32_t starting[] = {1, 0, 0, 0, 0}, ready[] = {3, 3, 2, 1, 0};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(pool->starting, starting[i]);
        assert_int_equal(pool->ready, ready[i]);
        assert_int_equal(pool->counts[RUNNER_RUNNING], i < 4);
        leave_some(m, pool, 1, STOP_DEPLOY);
    }
    assert_int_equal(pool->counts[RUNNER_DRAINING], 1);
    kit_drop(&kit);
    kit_free(&kit);
}

// A3: on the autoscaler's word idle runners go, the longest idle first, with teardown() or without,
// and busy ones, the oldest first; what cannot be had is what is left over.
static void an_autoscaler_says_who_goes(void **state)
{
    (void)state;
    for (int expired = 0; expired < 2; expired++) {
        struct kit kit = rollout_kit(5, 10);
        kit_first(&kit, 0)->teardown = dist_constant(3);
        for (int i = 0; i < 5; i++)
            kit_call(&kit, 0, 5, i < 3 ? 12 - i : 100); // runner 2 is idle first, then 1, then 0
        kit.config.horizon = sim_from_seconds(20);
        struct model *m = kit_create(&kit, 1, 0);
        kit_finish(&kit, m);
        struct pool *pool = &m->pools[0];
        assert_int_equal(leave_idle(m, pool, 2, expired), 0);
        enum runner_state gone = expired ? RUNNER_TERMINATED : RUNNER_TERMINATING;
        assert_int_equal(m->runners[2].state, gone);
        assert_int_equal(m->runners[1].state, gone);
        assert_int_equal(m->runners[0].state, RUNNER_IDLE);
        assert_int_equal(leave_idle(m, pool, 2, expired), 1);
        assert_int_equal(leave_busy(m, pool, 1), 0);
        assert_int_equal(m->runners[3].state, RUNNER_DRAINING);
        assert_int_equal(m->runners[4].state, RUNNER_RUNNING);
        assert_int_equal(leave_busy(m, pool, 4), 3);
        assert_int_equal(m->runners[4].stop_reason, STOP_SCALE_DOWN);
        kit_drop(&kit);
        kit_free(&kit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_autoscaler_says_who_goes),
        cmocka_unit_test(starts_leave_first_and_busy_ones_last),
    };
    return cmocka_run_group_tests_name("leave", tests, NULL, NULL);
}
