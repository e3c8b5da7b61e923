#include "models/autoscaler_fixed.c"

#include "tests/kit_log.h"

// A3.
static void target_is_the_ceiling_whatever_the_load(void **state)
{
    (void)state;
    struct scaling_config s = {.min_concurrency = 1, .max_concurrency = 7, .concurrency_buffer = 3};
    for (uint32_t load = 0; load < 50; load++) {
        struct autoscaler_view view = {.scaling = &s,
                                       .max_multiplexing = 1 + load % 4,
                                       .queued = load,
                                       .overdue = load,
                                       .in_flight = load};
        assert_int_equal(target(&view), 7);
    }
}

// A3, P4: all start at time 0, with no request in sight, and none ever expires.
static void pool_is_full_from_the_start_to_the_end(void **state)
{
    (void)state;
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->max_concurrency = 4;
    kit_first(&kit, app)->setup = dist_constant(10);
    kit.apps[app].autoscaler = kit_autoscaler("fixed");
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_starts", "app=A", 4);
    kit_is(&kit, "billed_s", "app=A,state=SETUP", 4 * 10);
    kit_is(&kit, "billed_s", "app=A,state=IDLE", 4 * 990);
    kit_is(&kit, "runner_stops", "app=A,outcome=unused", 0);
    kit_is(&kit, "no_runner_time_s", "app=A", 10);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(target_is_the_ceiling_whatever_the_load),
        cmocka_unit_test(pool_is_full_from_the_start_to_the_end),
    };
    return cmocka_run_group_tests_name("autoscaler_fixed", tests, NULL, NULL);
}
