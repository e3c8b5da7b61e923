#include "models/shortfall.c"

#include "models/downtime.h"

#include "tests/kit.h"

static struct kit measured(uint32_t most, double setup_s)
{
    struct kit kit = kit_new(1000);
    kit_app(&kit, "A");
    kit_scaling(&kit, 0)->max_concurrency = most;
    kit_first(&kit, 0)->setup = dist_constant(setup_s);
    kit.config.downtime.measured = true;
    return kit;
}

static void expect(struct kit *kit, double wanted)
{
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    kit_is(kit, "capacity_shortfall_ratio", "app=A", wanted);
    kit_free(kit);
}

static void calls(struct kit *kit, int count, double at_s, double service_s)
{
    for (int i = 0; i < count; i++)
        kit_call(kit, 0, at_s, service_s);
}

// Two requests at 100, ready runners for both at 110, work to 140: need 2 x 40, missing 2 x 10.
static void a_cold_start_is_missing_capacity(void **state)
{
    (void)state;
    struct kit kit = measured(4, 10);
    calls(&kit, 2, 100, 30);
    expect(&kit, 20 / 80.);
}

// Six requests and four runners at most: need 4 from 100 on; ready at 110, all of them, so what
// waits from then on is missing none.  110 to 140 four, 140 to 170 two: 4 x 40 + 2 x 30 needed.
static void beyond_max_concurrency_nothing_is_needed(void **state)
{
    (void)state;
    struct kit kit = measured(4, 10);
    calls(&kit, 6, 100, 30);
    expect(&kit, 40 / 220.);
}

// Five requests at four a runner are two runners: need 2 x 10 until they are ready, then 2 x 30.
// Another one alone is one: 20 s.
static void slots_fill_runners(void **state)
{
    (void)state;
    struct kit kit = measured(4, 10);
    kit_first(&kit, 0)->max_multiplexing = 4;
    calls(&kit, 5, 100, 30);
    calls(&kit, 1, 150, 20);
    expect(&kit, 20 / 100.);
}

// One runner is ready; a second request comes at 200 and needs another: missing 1 of 2 for 10 s.
// 100 to 110 none is there (10 missing of 10), 110 to 200 one of one, 200 to 210 one of two, 210
// to 240 two, 240 to 310 one: needed 10 + 90 + 20 + 60 + 70.
static void part_of_the_capacity_is_missing(void **state)
{
    (void)state;
    struct kit kit = measured(4, 10);
    calls(&kit, 1, 100, 200);
    calls(&kit, 1, 200, 30);
    expect(&kit, 20 / 250.);
}

static void no_demand_no_shortfall(void **state)
{
    (void)state;
    struct kit kit = measured(4, 10);
    expect(&kit, NAN);
}

// From 105 on: 2 x 5 missing of 2 x 35.
static void the_warm_up_cuts_exactly(void **state)
{
    (void)state;
    struct kit kit = measured(4, 10);
    kit.config.warm_up = 105 * SIM_SECOND;
    calls(&kit, 2, 100, 30);
    expect(&kit, 10 / 70.);
}

// A draining runner's request needs no runner of the new revision: it is in flight to 150; the next
// one comes at 145 and waits for the revision that is ready at 155, until 156.
static void requests_that_drain_need_nothing(void **state)
{
    (void)state;
    struct kit kit = measured(4, 10);
    kit_first(&kit, 0)->drain = DRAIN_WAIT;
    calls(&kit, 1, 100, 40);
    kit_deploy(&kit, 0, 120, "recreate");
    calls(&kit, 1, 145, 1);
    expect(&kit, (10 + 10) / (10 + 10 + 10 + 1.)); // 100-110, 110-120, 145-155, 155-156
}

// Two revisions take requests: the old one's runner is busy from 495 on, and drains from 710, when
// the canary has had its 200 s; the new one's serves a request from 520 to 570.  Each has what it
// needs.
static void two_revisions_at_once_count_together(void **state)
{
    (void)state;
    static const struct canary_step step = {.weight = 1, .length = 200 * SIM_SECOND};
    struct kit kit = measured(1, 10);
    kit_scaling(&kit, 0)->min_concurrency = 1;
    kit.apps[0].initial_runners = 1;
    calls(&kit, 1, 495, 300);
    kit_deploy(&kit, 0, 500, "canary");
    kit_first(&kit, 0)->drain = DRAIN_WAIT;
    kit.timeline[0].rollout.steps = &step;
    kit.timeline[0].rollout.step_count = 1;
    calls(&kit, 1, 520, 50);
    kit_scaling(&kit, 0)->max_concurrency = 2;
    struct model *m = kit_create(&kit, 1, 0);
    assert_int_equal(kit_finish(&kit, m), SIM_DONE);
    kit_is(&kit, "capacity_shortfall_ratio", "app=A", 0);
    assert_true(m->apps[0].downtime->shortfall.need_ns == (215 + 50) * SIM_SECOND);
    kit_drop(&kit);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cold_start_is_missing_capacity),
        cmocka_unit_test(beyond_max_concurrency_nothing_is_needed),
        cmocka_unit_test(slots_fill_runners),
        cmocka_unit_test(part_of_the_capacity_is_missing),
        cmocka_unit_test(no_demand_no_shortfall),
        cmocka_unit_test(the_warm_up_cuts_exactly),
        cmocka_unit_test(requests_that_drain_need_nothing),
        cmocka_unit_test(two_revisions_at_once_count_together),
    };
    return cmocka_run_group_tests_name("shortfall", tests, NULL, NULL);
}
