#include "models/capacity.c"

#include "tests/kit_log.h"

// Two apps on one type of one GPU: A's runner serves from 10 to 20 and stays until 50; B is called
// at 15.
static struct kit two_apps_on_one_gpu(void)
{
    struct kit kit = kit_new(300);
    kit.machines[0].capacity = 1;
    for (int i = 0; i < 2; i++) {
        uint32_t app = kit_app(&kit, i ? "B" : "A");
        kit_scaling(&kit, app)->keep_alive = sim_from_seconds(30);
        kit_first(&kit, app)->setup = dist_constant(2);
    }
    kit_call(&kit, 0, 8, 10);
    kit_call(&kit, 1, 15, 10);
    return kit;
}

static void expect_states(struct kit *kit, uint32_t runner, const char *wanted)
{
    struct kit_log log;
    kit_log_start(kit, &log);
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    assert_string_equal(kit_states(&log, runner), wanted);
    kit_log_free(&log);
    kit->trace = NULL;
}

// M3: the start that finds no room waits in PENDING and goes on the moment that room frees up.
static void a_start_without_room_waits_and_is_woken(void **state)
{
    (void)state;
    struct kit kit = two_apps_on_one_gpu();
    kit.machines[0].pending = dist_constant(1); // counts from the moment that there is room
    expect_states(&kit, 1, "PENDING@15 SETUP@52 IDLE@54 RUNNING@54 IDLE@64 TERMINATED@94");
    kit_is(&kit, "unserved_time_s", "app=B", 39);
    kit_is(&kit, "runners_mean", "app=B,state=PENDING", 37. / 300);
    // A held it from 8 to 51, B from 51 to 94; the waiting is nobody's machine time.
    kit_is(&kit, "machine_allocated_ratio", "machine_type=GPU-A100", 86. / 300);
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=starting", 6);
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=busy", 20);
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=idle", 60);
    kit_free(&kit);
}

// M3: without the wake-up it looks again after 20, 40, ... s: at 35 and at 55, when A's has been
// gone for 5 s.
static void without_wake_up_it_looks_again_every_twenty_seconds(void **state)
{
    (void)state;
    struct kit kit = two_apps_on_one_gpu();
    kit.config.platform.capacity_wakeup = false;
    expect_states(&kit, 1, "PENDING@15 SETUP@55 IDLE@57 RUNNING@57 IDLE@67 TERMINATED@97");
    kit.config.platform.capacity_retry = sim_from_seconds(6); // 21 27 33 39 45 51
    expect_states(&kit, 1, "PENDING@15 SETUP@51 IDLE@53 RUNNING@53 IDLE@63 TERMINATED@93");
    kit_free(&kit);
}

// M2: the first type with room, in the order of the list, and each runner at its own type's price.
static void a_list_of_types_is_tried_in_order(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    struct revision_config *r = kit_first(&kit, app);
    r->machines[0] = 1; // M, 0.36 USD/h
    r->machines[1] = 0; // GPU-A100, 0.99 USD/h
    r->machine_count = 2;
    kit.machines[0].capacity = kit.machines[1].capacity = 1;
    struct scaling_config *s = kit_scaling(&kit, app);
    s->min_concurrency = s->max_concurrency = 3;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "machine_s", "machine_type=M,state=idle", 100);
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=idle", 100);
    kit_is(&kit, "cost_machine_usd", "machine_type=M", 100 * .36 / 3600);
    kit_is(&kit, "cost_machine_usd", "machine_type=GPU-A100", 100 * .99 / 3600);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 100 * 1.35 / 3600);
    kit_is(&kit, "runners_mean", "app=A,state=PENDING", 1); // the third finds no room at all
    kit_free(&kit);
}

// M2: a deploy with another list leaves the old revision's runners where they are.
static void a_new_list_holds_for_new_runners(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->drain = DRAIN_WAIT;
    kit_call(&kit, app, 10, 40); // ends on the old type, at 50
    kit_call(&kit, app, 30, 10);
    kit_deploy(&kit, app, 20, "recreate")->machines[0] = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=busy", 10);
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=draining", 30);
    kit_is(&kit, "machine_s", "machine_type=M,state=busy", 10);
    kit_free(&kit);
}

// M1: a runner of 4 GPUs takes 4 and costs 4 times as much; for CPU types num_gpus means nothing.
static void a_runner_takes_and_pays_all_its_gpus(void **state)
{
    (void)state;
    for (uint32_t type = 0; type < 2; type++) {
        struct kit kit = kit_new(100);
        uint32_t app = kit_app(&kit, "A");
        struct revision_config *r = kit_first(&kit, app);
        r->machines[0] = type;
        r->num_gpus = 4;
        kit.machines[type].capacity = 7;
        struct scaling_config *s = kit_scaling(&kit, app);
        s->min_concurrency = s->max_concurrency = 2;
        kit_run(&kit, 1, 0);
        const char *labels =
            type ? "machine_type=M,state=idle" : "machine_type=GPU-A100,state=idle";
        kit_is(&kit, "machine_s", labels, type ? 200 : 400); // GPUs: only one of two fits
        kit_is(&kit, "cost_usd", "app=A,payer=owner", type ? 200 * .36 / 3600 : 400 * .99 / 3600);
        kit_free(&kit);
    }
}

// M1: capacity that comes wakes who waits; capacity that goes stops nobody, but lets nobody start.
static void capacity_changes_over_time(void **state)
{
    (void)state;
    struct kit kit = kit_new(400);
    uint32_t app = kit_app(&kit, "A");
    kit.machines[0].capacity = 0;
    kit_scaling(&kit, app)->keep_alive = sim_from_seconds(10);
    kit_call(&kit, app, 5, 50);
    kit_capacity(&kit, 20, 0, 2); // woken: serves from 20 to 70, gone at 80
    kit_capacity(&kit, 60, 0, 0);
    kit_call(&kit, app, 100, 1); // waits for
    kit_capacity(&kit, 150, 0, UINT32_MAX);
    struct kit_log log;
    kit_log_start(&kit, &log);
    assert_int_equal(kit_run(&kit, 1, 0), SIM_DONE);
    assert_string_equal(kit_begins(&log), "0@20 0@150");
    kit_is(&kit, "unserved_time_s", "app=A", 15 + 50);
    kit_log_free(&log);
    kit_free(&kit);
}

// M1: what was offered is integrated: 10 until 100, 4 until 400.  Once it is unlimited there is no
// share of it.
static void offered_machine_seconds_are_integrated(void **state)
{
    (void)state;
    struct kit kit = kit_new(400);
    uint32_t app = kit_app(&kit, "A");
    kit.machines[0].capacity = 10;
    kit_scaling(&kit, app)->min_concurrency = 1;
    kit_capacity(&kit, 100, 0, 4);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "machine_capacity_s", "machine_type=GPU-A100", 2200);
    kit_is(&kit, "machine_allocated_ratio", "machine_type=GPU-A100", 400. / 2200);
    kit_is(&kit, "machine_utilisation", "machine_type=GPU-A100", 0);
    kit_is(&kit, "machine_busy_ratio", "machine_type=GPU-A100", 0);
    kit_capacity(&kit, 100, 0, UINT32_MAX); // for no time
    kit_capacity(&kit, 100, 0, 4);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "machine_capacity_s", "machine_type=GPU-A100", 2200);
    kit_capacity(&kit, 200, 0, UINT32_MAX);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "machine_capacity_s", "machine_type=GPU-A100", NAN);
    kit_capacity(&kit, 300, 0, 4);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "machine_capacity_s", "machine_type=GPU-A100", NAN);
    kit_is(&kit, "machine_allocated_ratio", "machine_type=GPU-A100", NAN);
    kit_free(&kit);
}

// M3: those that wait are served in the order in which they came, as far as they fit.
static void who_came_first_gets_the_room(void **state)
{
    (void)state;
    struct kit kit = kit_new(300);
    kit.machines[0].capacity = 0;
    static const char *const names[] = {"A", "B", "C"};
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t app = kit_app(&kit, names[i]);
        kit_scaling(&kit, app)->keep_alive = 0;
        kit_call(&kit, app, 30 - 10 * i, 5); // C at 10, B at 20, A at 30
    }
    kit_capacity(&kit, 100, 0, 1);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "wait_mean_s", "app=C", 90);
    kit_is(&kit, "wait_mean_s", "app=B", 85);
    kit_is(&kit, "wait_mean_s", "app=A", 80);
    kit_free(&kit);
}

// M3: a start that is called off gives up its place in the line for room.
static void a_start_called_off_leaves_the_line(void **state)
{
    (void)state;
    struct kit kit = kit_new(300);
    uint32_t app = kit_app(&kit, "A");
    kit.machines[0].capacity = 0;
    kit.apps[app].cancel_surplus_starts = true;
    kit_call(&kit, app, 10, 5)->start_timeout = sim_from_seconds(20);
    kit_capacity(&kit, 100, 0, 1);
    expect_states(&kit, 0, "PENDING@10 TERMINATED@30");
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=starting", 0);
    kit_free(&kit);
}

// M3: an initial runner without room is treated like any other.
static void initial_runners_without_room_wait_too(void **state)
{
    (void)state;
    for (int wakeup = 0; wakeup < 2; wakeup++) {
        struct kit kit = kit_new(100);
        uint32_t app = kit_app(&kit, "A");
        kit.machines[0].capacity = 0;
        kit.config.platform.capacity_wakeup = wakeup;
        kit_scaling(&kit, app)->min_concurrency = 1;
        kit.apps[app].initial_runners = 1;
        kit_capacity(&kit, 50, 0, 1);
        expect_states(&kit, 0,
                      wakeup ? "PENDING@0 SETUP@50 IDLE@50" : "PENDING@0 SETUP@60 IDLE@60");
        kit_free(&kit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_start_without_room_waits_and_is_woken),
        cmocka_unit_test(without_wake_up_it_looks_again_every_twenty_seconds),
        cmocka_unit_test(a_list_of_types_is_tried_in_order),
        cmocka_unit_test(a_new_list_holds_for_new_runners),
        cmocka_unit_test(a_runner_takes_and_pays_all_its_gpus),
        cmocka_unit_test(capacity_changes_over_time),
        cmocka_unit_test(offered_machine_seconds_are_integrated),
        cmocka_unit_test(who_came_first_gets_the_room),
        cmocka_unit_test(a_start_called_off_leaves_the_line),
        cmocka_unit_test(initial_runners_without_room_wait_too),
    };
    return cmocka_run_group_tests_name("capacity", tests, NULL, NULL);
}
