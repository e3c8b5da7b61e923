#include "models/capacity.h"

#include "tests/kit_log.h"

// An app of runners with `gpus` GPUs each on GPU-A100 (0.99 USD/h a GPU), which wants `runners` of
// them from time 0.
static uint32_t wants(struct kit *kit, const char *name, uint32_t gpus, uint32_t runners)
{
    uint32_t app = kit_app(kit, name);
    kit_first(kit, app)->num_gpus = gpus;
    kit_first(kit, app)->setup = dist_constant(10);
    kit_scaling(kit, app)->min_concurrency = runners;
    kit_scaling(kit, app)->max_concurrency = runners < 2 ? 2 : runners;
    return app;
}

// M1: 4 GPUs hold one runner of 3; the second one waits although a GPU is free all the time.
static void what_is_left_over_fits_nobody(void **state)
{
    (void)state;
    struct kit kit = kit_new(110);
    wants(&kit, "A", 3, 2);
    kit.machines[0].capacity = 4;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runners_mean", "app=A,state=IDLE", 100. / 110);
    kit_is(&kit, "runners_mean", "app=A,state=PENDING", 1);
    kit_is(&kit, "machine_allocated_ratio", "machine_type=GPU-A100", 0.75);
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=idle", 300);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 110 * 3 * 0.99 / 3600); // price x num_gpus
    kit_free(&kit);
}

// M3: the GPU that A's second runner cannot use is B's: who waits does not hold up those that fit.
static void a_small_runner_passes_a_big_one_that_waits(void **state)
{
    (void)state;
    struct kit kit = kit_new(110);
    wants(&kit, "A", 3, 2);
    wants(&kit, "B", 1, 2);
    kit.machines[0].capacity = 4;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runners_mean", "app=A,state=IDLE", 100. / 110);
    kit_is(&kit, "runners_mean", "app=B,state=IDLE", 100. / 110);
    kit_is(&kit, "runners_mean", "app=B,state=PENDING", 1);
    kit_is(&kit, "machine_allocated_ratio", "machine_type=GPU-A100", 1);
    kit_free(&kit);
}

// M3: at 50 the capacity grows by 3: A's runner of 3 came first, B's of 1 waits on.  At 80 one
// more: B's.
static void growing_capacity_goes_to_who_came_first(void **state)
{
    (void)state;
    struct kit kit = kit_new(110);
    wants(&kit, "A", 3, 2);
    wants(&kit, "B", 1, 2);
    kit.machines[0].capacity = 4;
    kit_capacity(&kit, 50, 0, 7);
    kit_capacity(&kit, 80, 0, 8);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runners_mean", "app=A,state=PENDING", 50. / 110);
    kit_is(&kit, "runners_mean", "app=B,state=PENDING", 80. / 110);
    kit_is(&kit, "machine_capacity_s", "machine_type=GPU-A100", 50 * 4 + 30 * 7 + 30 * 8);
    kit_free(&kit);
}

// M2, M3: both want GPU-A100 first; B, which comes second, falls back to M and pays M's price.
static void who_comes_second_falls_back(void **state)
{
    (void)state;
    struct kit kit = kit_new(110);
    wants(&kit, "A", 1, 1);
    uint32_t b = wants(&kit, "B", 1, 1);
    kit_first(&kit, b)->machines[1] = 1;
    kit_first(&kit, b)->machine_count = 2;
    kit.machines[0].capacity = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 110 * 0.99 / 3600);
    kit_is(&kit, "cost_usd", "app=B,payer=owner", 110 * 0.0001);
    kit_free(&kit);
}

// M2: billed per type it got; 8 GPUs for a runner of 8, none of them without it.
static void a_runner_of_eight_needs_all_eight(void **state)
{
    (void)state;
    struct kit kit = kit_new(200);
    uint32_t b = wants(&kit, "B", 1, 1);
    wants(&kit, "A", 8, 1);
    kit.machines[0].capacity = 8;
    kit_scale(&kit, b, 50)->min_concurrency = 0; // its runner, never used, stops at once: 40 s idle
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runners_mean", "app=A,state=PENDING", 50. / 200);
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=idle", 40 + 140 * 8);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_over_fits_nobody),
        cmocka_unit_test(a_small_runner_passes_a_big_one_that_waits),
        cmocka_unit_test(growing_capacity_goes_to_who_came_first),
        cmocka_unit_test(who_comes_second_falls_back),
        cmocka_unit_test(a_runner_of_eight_needs_all_eight),
    };
    return cmocka_run_group_tests_name("capacity_sharing", tests, NULL, NULL);
}
