#include "models/capacity.h"

#include "tests/kit_log.h"

// M4: M has 1 machine in us-west and 2 in eu-north: two rows of one name, which the app takes in
// its order.
static struct kit two_regions(uint32_t runners)
{
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    struct revision_config *r = kit_first(&kit, app);
    kit.machines[2] = kit.machines[1];
    kit.machines[1].region = "us-west";
    kit.machines[1].region_id = 1;
    kit.machines[1].capacity = 1;
    kit.machines[2].region = "eu-north";
    kit.machines[2].region_id = 2;
    kit.machines[2].capacity = 2;
    kit.config.machine_count = 3;
    r->machines[0] = 1;
    r->machines[1] = 2;
    r->machine_count = 2;
    r->setup = dist_constant(10);
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = runners;
    return kit;
}

static void the_first_region_with_room_gets_the_runner(void **state)
{
    (void)state;
    struct kit kit = two_regions(4);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "machine_s", "machine_type=M,state=idle,region=us-west", 90);
    kit_is(&kit, "machine_s", "machine_type=M,state=idle,region=eu-north", 180);
    kit_is(&kit, "machine_capacity_s", "machine_type=M,region=us-west", 100);
    kit_is(&kit, "machine_capacity_s", "machine_type=M,region=eu-north", 200);
    kit_is(&kit, "machine_allocated_ratio", "machine_type=M,region=eu-north", 1);
    kit_is(&kit, "runners_mean", "app=A,state=PENDING", 1); // the fourth finds no room anywhere
    kit_free(&kit);
}

// The app's order decides, not that of the regions.
static void the_order_is_the_app_s(void **state)
{
    (void)state;
    struct kit kit = two_regions(1);
    kit_first(&kit, 0)->machines[0] = 2;
    kit_first(&kit, 0)->machines[1] = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "machine_s", "machine_type=M,state=idle,region=eu-north", 90);
    kit_is(&kit, "machine_s", "machine_type=M,state=idle,region=us-west", 0);
    kit_free(&kit);
}

// P3: each region has caches of its own: the first runner in each pays three times the setup.
static void every_region_has_its_first_runner(void **state)
{
    (void)state;
    struct kit kit = two_regions(3);
    kit_first(&kit, 0)->first_in_region_factor = 3;
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "IDLE"), "10 30 30");
    kit_log_free(&log);
    kit_free(&kit);
}

// P7: maintenance of a type in one region, and in all of them.
static void maintenance_may_be_in_one_region(void **state)
{
    (void)state;
    for (int everywhere = 0; everywhere < 2; everywhere++) {
        struct kit kit = two_regions(3);
        kit.timeline[kit.config.timeline_count++] =
            (struct timeline_config){.at = 50 * SIM_SECOND,
                                     .kind = TIMELINE_MAINTENANCE,
                                     .machine = 1,
                                     .runners = UINT32_MAX,
                                     .everywhere = everywhere};
        kit_run(&kit, 1, 0);
        kit_is(&kit, "runner_stops", "app=A,outcome=maintenance", everywhere ? 3 : 1);
        kit_free(&kit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_region_with_room_gets_the_runner),
        cmocka_unit_test(the_order_is_the_app_s),
        cmocka_unit_test(every_region_has_its_first_runner),
        cmocka_unit_test(maintenance_may_be_in_one_region),
    };
    return cmocka_run_group_tests_name("capacity_regions", tests, NULL, NULL);
}
