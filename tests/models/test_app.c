#include "models/app.c"

#include "tests/kit_log.h"

// A1: the line is served before the autoscaler is asked, so a request that finds a slot at this
// instant asks for no runner: at 110 the first of two requests gets the new runner, at 120 the
// second one; each of them has started one, nobody a third.
static void the_line_is_served_before_the_autoscaler_counts_it(void **state)
{
    (void)state;
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->setup = dist_constant(10);
    kit_scaling(&kit, app)->max_concurrency = 9;
    kit_call(&kit, app, 100, 50);
    kit_call(&kit, app, 110, 50);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "PENDING"), "100 110");
    assert_string_equal(kit_begins(&log), "0@110 1@120");
    kit_log_free(&log);
    kit_free(&kit);
}

// R5: both revisions of a canary are asked: two runners are fixed for each, though only the routed
// one gets requests that a runner could be started for.
static void both_revisions_are_asked(void **state)
{
    (void)state;
    static const struct canary_step step = {.weight = .5, .length = 500 * SIM_SECOND};
    struct kit kit = kit_new(300);
    uint32_t app = kit_app(&kit, "A");
    kit.apps[app].autoscaler = kit_autoscaler("fixed");
    kit_deploy(&kit, app, 100, "canary");
    kit.timeline[0].rollout = (struct rollout_settings){.steps = &step, .step_count = 1};
    struct model *m = kit_create(&kit, 1, 0);
    kit_finish(&kit, m);
    assert_int_equal(m->pools[0].ready, 2);
    assert_int_equal(m->pools[1].ready, 2);
    kit_drop(&kit);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_is_served_before_the_autoscaler_counts_it),
        cmocka_unit_test(both_revisions_are_asked),
    };
    return cmocka_run_group_tests_name("app", tests, NULL, NULL);
}
