#include "models/waiting.c"

#include "tests/kit_log.h"

// One runner, always on, with one slot.
static struct kit one_runner(double horizon_s)
{
    struct kit kit = kit_new(horizon_s);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 1;
    kit.apps[app].initial_runners = 1;
    return kit;
}

// When the one request of each source began, in the order of the sources: ids of requests are
// handed out by arrival, and here sources arrive in their own order.
static void expect_begins(struct kit *kit, const double *wanted, uint32_t count)
{
    struct kit_log log;
    kit_log_start(kit, &log);
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    double got[KIT_MAX] = {0};
    for (size_t i = 0; i < log.count; i++)
        if (kit_log_is(&log.rows[i], "request", "begins"))
            got[log.rows[i].who] = sim_seconds(log.rows[i].at);
    for (uint32_t i = 0; i < count; i++)
        kit_near(got[i], wanted[i], 1e-9, "begin");
    kit_log_free(&log);
    kit->trace = NULL;
}

// Q1: first come first served.  The first one stays until 100, so that all ids differ.
static void requests_wait_in_the_order_of_arrival(void **state)
{
    (void)state;
    struct kit kit = one_runner(200);
    kit_call(&kit, 0, 0, 100);
    for (int i = 1; i < 6; i++)
        kit_call(&kit, 0, i, 10);
    expect_begins(&kit, (const double[]){0, 100, 110, 120, 130, 140}, 6);
    kit_is(&kit, "queue_length_max", "app=A", 5);
    // From i to 100 + 10 (i - 1) for the five that waited.
    kit_is(&kit, "queue_length_mean", "app=A", (99 + 108 + 117 + 126 + 135) / 200.);
    kit_free(&kit);
}

// Q1, O1: at one instant the order of the sources in the file decides.
static void simultaneous_requests_keep_the_order_of_the_file(void **state)
{
    (void)state;
    struct kit kit = one_runner(200);
    kit_call(&kit, 0, 0, 100);
    for (int i = 1; i < 4; i++)
        kit_call(&kit, 0, 50, 10);
    expect_begins(&kit, (const double[]){0, 100, 110, 120}, 4);
    kit_free(&kit);
}

// Q2: low ones go only when no normal one waits, whenever they came; none is interrupted.
static void low_priority_waits_for_all_normal_ones(void **state)
{
    (void)state;
    struct kit kit = one_runner(200);
    kit_call(&kit, 0, 0, 100);
    kit_call(&kit, 0, 1, 10)->priority = PRIORITY_LOW;
    kit_call(&kit, 0, 2, 10)->priority = PRIORITY_LOW;
    kit_call(&kit, 0, 3, 10);
    kit_call(&kit, 0, 4, 10);
    expect_begins(&kit, (const double[]){0, 120, 130, 100, 110}, 5);
    kit_call(&kit, 0, 125, 7); // comes while the first low one runs, goes before the second
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "request", "begins"), "0 100 110 120 130 137");
    kit_log_free(&log);
    kit_free(&kit);
}

// Q4: who gives up leaves the line from anywhere in it; the others keep their order.
static void leaving_the_line_keeps_the_others_in_order(void **state)
{
    (void)state;
    for (int leaver = 1; leaver < 5; leaver++) {
        struct kit kit = one_runner(200);
        kit_call(&kit, 0, 0, 100);
        for (int i = 1; i < 5; i++)
            kit_call(&kit, 0, i, 10);
        kit.traffic[leaver].start_timeout = sim_from_seconds(20);
        double wanted[5] = {0, 0, 0, 0, 0}, at = 100;
        for (int i = 1; i < 5; i++) {
            if (i == leaver) continue;
            wanted[i] = at;
            at += 10;
        }
        expect_begins(&kit, wanted, 5);
        kit_is(&kit, "requests", "app=A,outcome=start_timeout", 1);
        kit_is(&kit, "requests", "app=A,outcome=ok", 4);
        kit_free(&kit);
    }
}

// A1: a request counts as overdue from scaling_delay on, and no more once it is served.
static void overdue_requests_are_counted(void **state)
{
    (void)state;
    static const struct {
        double horizon_s;
        uint32_t length, overdue;
    } rows[] = {{10, 2, 0}, {31, 2, 1}, {33, 2, 2}, {101, 1, 1}, {111, 0, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit kit = one_runner(rows[i].horizon_s);
        kit_scaling(&kit, 0)->scaling_delay = sim_from_seconds(30);
        kit_call(&kit, 0, 0, 100);
        kit_call(&kit, 0, .5, 10);
        kit_call(&kit, 0, 2.5, 10);
        struct model *m = kit_create(&kit, 1, 0);
        kit_finish(&kit, m);
        assert_int_equal(m->apps[0].line.length, rows[i].length);
        assert_int_equal(m->apps[0].line.overdue, rows[i].overdue);
        kit_drop(&kit);
        kit_free(&kit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_wait_in_the_order_of_arrival),
        cmocka_unit_test(simultaneous_requests_keep_the_order_of_the_file),
        cmocka_unit_test(low_priority_waits_for_all_normal_ones),
        cmocka_unit_test(leaving_the_line_keeps_the_others_in_order),
        cmocka_unit_test(overdue_requests_are_counted),
    };
    return cmocka_run_group_tests_name("waiting", tests, NULL, NULL);
}
