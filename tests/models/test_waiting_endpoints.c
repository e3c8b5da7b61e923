#include "models/waiting.c"

#include "tests/kit_log.h"

// One runner with one slot, always on, and two endpoints.
static struct kit two_endpoints(void)
{
    struct kit kit = kit_new(200);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 1;
    kit.apps[app].initial_runners = 1;
    kit.apps[app].endpoints = 2;
    return kit;
}

// When the requests of each length of service began is told by the times alone: all lengths differ.
static void expect_begins(struct kit *kit, const char *wanted)
{
    struct kit_log log;
    kit_log_start(kit, &log);
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    assert_string_equal(kit_times(&log, "request", "begins"), wanted);
    kit_log_free(&log);
    kit->trace = NULL;
}

// Q1: one queue for each endpoint, one set of runners: the heads take turns by the time of
// submission.
static void the_head_that_was_submitted_first_is_next(void **state)
{
    (void)state;
    struct kit kit = two_endpoints();
    kit_call(&kit, 0, 0, 10);
    kit_call(&kit, 0, 1, 1)->endpoint = 1;
    kit_call(&kit, 0, 2, 2);
    kit_call(&kit, 0, 3, 4)->endpoint = 1;
    kit_call(&kit, 0, 4, 8);
    expect_begins(&kit, "0 10 11 13 17");
    kit_is(&kit, "queue_length_max", "app=A", 4);
    kit_free(&kit);
}

// Q2: low requests of one endpoint let the normal ones of the other go first.
static void priorities_hold_across_endpoints(void **state)
{
    (void)state;
    struct kit kit = two_endpoints();
    kit_call(&kit, 0, 0, 10);
    kit_call(&kit, 0, 1, 1)->priority = PRIORITY_LOW;
    struct traffic_config *late = kit_call(&kit, 0, 2, 2);
    late->endpoint = 1;
    expect_begins(&kit, "0 10 12");
    late->priority = PRIORITY_LOW;
    expect_begins(&kit, "0 10 11");
    kit_free(&kit);
}

// Q9: max_queue_length is a queue's own.
static void each_queue_is_full_for_itself(void **state)
{
    (void)state;
    struct kit kit = two_endpoints();
    kit.apps[0].max_queue_length = 1;
    kit_call(&kit, 0, 0, 10);
    kit_call(&kit, 0, 1, 1);
    kit_call(&kit, 0, 2, 2);
    kit_call(&kit, 0, 3, 4)->endpoint = 1;
    expect_begins(&kit, "0 10 11");
    kit_is(&kit, "requests", "app=A,outcome=rejected", 1);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_head_that_was_submitted_first_is_next),
        cmocka_unit_test(priorities_hold_across_endpoints),
        cmocka_unit_test(each_queue_is_full_for_itself),
    };
    return cmocka_run_group_tests_name("waiting_endpoints", tests, NULL, NULL);
}
