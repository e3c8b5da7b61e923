#include "models/setup.c"

#include "tests/kit_log.h"

static const struct tier_config tiers[] = {
    {"nvme", {.kind = DIST_CONSTANT, .a = 12}},
    {"store", {.kind = DIST_CONSTANT, .a = 1.5}},
};

// 2.65 s, 14 GB at 1.5 GB/s = 9.333333333 s, 24 GB at 12 GB/s = 2 s: 13.983333333 s.
static const struct setup_step ladder[] = {
    {.name = "libraries", .time = {.kind = DIST_CONSTANT, .a = 2.65}},
    {.name = "weights", .size_gb = 14, .tier = 1},
    {.name = "engine", .size_gb = 24, .tier = 0},
};

// One request an hour, each on a new runner.
static struct kit ladder_app(uint32_t requests, double every_s)
{
    struct kit kit = kit_new(requests * every_s);
    uint32_t app = kit_app(&kit, "A");
    kit.config.platform.tiers = tiers;
    kit.config.platform.tier_count = 2;
    kit_first(&kit, app)->steps = ladder;
    kit_first(&kit, app)->step_count = 3;
    kit_scaling(&kit, app)->keep_alive = 0;
    for (uint32_t i = 0; i < requests; i++)
        kit_call(&kit, app, i * every_s, 1);
    return kit;
}

// P3: the times of the rungs add up; a size takes size over bandwidth.
static void the_times_of_a_ladder_add_up(void **state)
{
    (void)state;
    struct kit kit = ladder_app(2, 100);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "billed_s", "app=A,state=SETUP", 2 * 13.983333333);
    kit_is(&kit, "setup_step_s", "app=A,state=libraries", 2.65);
    kit_is(&kit, "setup_step_s", "app=A,state=weights", 9.333333333);
    kit_is(&kit, "setup_step_s", "app=A,state=engine", 2);
    kit_free(&kit);
}

// P3, P5: startup_timeout of 5 s ends the start in the second rung, 2.35 s into it; the third is
// never reached.
static void a_step_that_times_out_counts_as_far_as_it_got(void **state)
{
    (void)state;
    struct kit kit = ladder_app(1, 20);
    kit_first(&kit, 0)->startup_timeout = sim_from_seconds(5);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_starts_failed", "app=A", 1);
    kit_is(&kit, "setup_step_s", "app=A,state=libraries", 2.65);
    kit_is(&kit, "setup_step_s", "app=A,state=weights", 2.35);
    kit_is(&kit, "setup_step_s", "app=A,state=engine", NAN);
    kit_free(&kit);
}

// P3, O2: each step of each start has draws of its own, the same whatever else is in the ladder.
static void the_draws_of_a_step_are_its_own(void **state)
{
    (void)state;
    double means[2];
    for (int with = 0; with < 2; with++) {
        struct kit kit = ladder_app(3, 100);
        struct setup_step steps[2] = {ladder[0], ladder[0]};
        steps[0].time = (struct dist){.kind = DIST_EXPONENTIAL, .a = 2};
        steps[1].name = "other";
        if (with) steps[1].time = (struct dist){.kind = DIST_UNIFORM, .a = 1, .b = 3};
        kit_first(&kit, 0)->steps = steps;
        kit_first(&kit, 0)->step_count = 2;
        kit_run(&kit, 7, 0);
        means[with] = kit_get(&kit, "setup_step_s", "app=A,state=libraries");
        kit_free(&kit);
    }
    assert_true(means[0] == means[1]);
    assert_true(means[0] > 0);
}

// P3: steps of one name are one step over all revisions: 2 s and 4 s make 3 s.
static void a_step_is_known_by_its_name(void **state)
{
    (void)state;
    struct setup_step two = ladder[0], four = ladder[0];
    two.time = dist_constant(2);
    four.time = dist_constant(4);
    struct kit kit = ladder_app(2, 100);
    kit_first(&kit, 0)->steps = &two;
    kit_first(&kit, 0)->step_count = 1;
    kit_deploy(&kit, 0, 50, "recreate")->steps = &four;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "setup_step_s", "app=A,state=libraries", 3);
    uint32_t count = 0; // one number for both revisions
    for (size_t i = 0; i < kit.value_count; i++)
        count += strcmp(kit.values[i].metric->name, "setup_step_s") == 0;
    assert_int_equal(count, 1);
    kit_free(&kit);
}

// P3: cold caches cost three times; runners live from 0 to 31, 100 to 111, 300 to ...  With a
// lifetime of 100 s the second start finds the caches 69 s old, the third one 189 s old.
static void the_first_runner_in_a_region_pays_more(void **state)
{
    (void)state;
    struct kit kit = kit_new(500);
    uint32_t app = kit_app(&kit, "A");
    struct revision_config *r = kit_first(&kit, app);
    r->setup = dist_constant(10);
    r->first_in_region_factor = 3;
    r->cache_lifetime = sim_from_seconds(100);
    kit_scaling(&kit, app)->keep_alive = 0;
    kit_call(&kit, app, 0, 1);
    kit_call(&kit, app, 100, 1);
    kit_call(&kit, app, 300, 1);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "IDLE"), "30 31 110 111 330 331");
    r->cache_lifetime = SIM_NEVER;
    kit_log_free(&log);
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "IDLE"), "30 31 110 111 310 311");
    kit_log_free(&log);
    kit_free(&kit);
}

// P3: a factor of 0: the first runner finds all done, the second one works for itself.
static void the_first_runner_may_cost_nothing(void **state)
{
    (void)state;
    struct kit kit = kit_new(150);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->setup = dist_constant(10);
    kit_first(&kit, app)->first_in_region_factor = 0;
    kit_scaling(&kit, app)->keep_alive = 0;
    kit_call(&kit, app, 0, 1);
    kit_call(&kit, app, 100, 1);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "IDLE"), "0 1 110 111");
    kit_log_free(&log);
    kit_free(&kit);
}

// P3: of two runners that start together one is the first; a region that has a runner now has
// forgotten nothing.
static void a_living_runner_keeps_the_caches_warm(void **state)
{
    (void)state;
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    struct revision_config *r = kit_first(&kit, app);
    r->setup = dist_constant(10);
    r->first_in_region_factor = 3;
    r->cache_lifetime = 0;
    kit_scaling(&kit, app)->min_concurrency = 2;
    kit_scale(&kit, app, 500)->min_concurrency = 3;
    kit.timeline[0].scaling.max_concurrency = 3;
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "IDLE"), "10 30 510");
    kit_log_free(&log);
    kit_free(&kit);
}

// A3: what can be known of a start to come: the ladder's sum, within startup_timeout; and the mean.
static void lengths_are_known_beforehand(void **state)
{
    (void)state;
    struct kit kit = ladder_app(1, 20);
    struct model *m = kit_create(&kit, 1, 0);
    assert_true(setup_length(m, &m->pools[0], 5) == 13983333333);
    kit_near(setup_mean_s(m, kit_first(&kit, 0)), 2.65 + 14 / 1.5 + 2, 1e-12, "mean");
    kit_first(&kit, 0)->startup_timeout = m->pools[0].startup_timeout = 12 * SIM_SECOND;
    assert_true(setup_length(m, &m->pools[0], 5) == 12 * SIM_SECOND);
    kit_near(setup_mean_s(m, kit_first(&kit, 0)), 12, 1e-12, "mean");
    kit_first(&kit, 0)->step_count = 0;
    kit_first(&kit, 0)->setup = (struct dist){.kind = DIST_EXPONENTIAL, .a = 7};
    kit_near(setup_mean_s(m, kit_first(&kit, 0)), 7, 1e-12, "mean");
    assert_true(setup_length(m, &m->pools[0], 5) != setup_length(m, &m->pools[0], 6));
    kit_drop(&kit);
    kit_free(&kit);
}

// Steps that ended before the end of the warm-up do not count: 2 s before it, 4 s after it.
static void the_warm_up_forgets_the_steps(void **state)
{
    (void)state;
    struct setup_step two = ladder[0], four = ladder[0];
    two.time = dist_constant(2);
    four.time = dist_constant(4);
    struct kit kit = ladder_app(2, 100);
    kit.config.warm_up = sim_from_seconds(60);
    kit_first(&kit, 0)->steps = &two;
    kit_first(&kit, 0)->step_count = 1;
    kit_deploy(&kit, 0, 50, "recreate")->steps = &four;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "setup_step_s", "app=A,state=libraries", 4);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_are_known_beforehand),
        cmocka_unit_test(the_times_of_a_ladder_add_up),
        cmocka_unit_test(a_step_that_times_out_counts_as_far_as_it_got),
        cmocka_unit_test(the_draws_of_a_step_are_its_own),
        cmocka_unit_test(a_step_is_known_by_its_name),
        cmocka_unit_test(the_first_runner_in_a_region_pays_more),
        cmocka_unit_test(a_living_runner_keeps_the_caches_warm),
        cmocka_unit_test(the_warm_up_forgets_the_steps),
        cmocka_unit_test(the_first_runner_may_cost_nothing),
    };
    return cmocka_run_group_tests_name("setup", tests, NULL, NULL);
}
