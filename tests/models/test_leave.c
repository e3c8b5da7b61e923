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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_leave_first_and_busy_ones_last),
    };
    return cmocka_run_group_tests_name("leave", tests, NULL, NULL);
}
