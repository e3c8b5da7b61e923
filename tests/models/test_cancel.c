#include "models/cancel.c"

#include "tests/kit_log.h"

// One runner, always on, in an app that frees the slot of a cancelled request, or not.
static struct kit one_runner(uint32_t cancel)
{
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 1;
    kit.apps[app].initial_runners = 1;
    kit_first(&kit, app)->cancel = cancel;
    return kit;
}

static struct traffic_config *call(struct kit *kit, double at_s, double service_s,
                                   double patience_s)
{
    struct traffic_config *t = kit_call(kit, 0, at_s, service_s);
    t->has_cancel_after = true;
    t->cancel_after = dist_constant(patience_s);
    return t;
}

// Q6: the second one would start at 10 s and gives up at 1 + 4 s; the third one then goes first.
static void a_request_in_the_queue_is_removed(void **state)
{
    (void)state;
    struct kit kit = one_runner(CANCEL_IGNORED);
    kit_call(&kit, 0, 0, 10);
    call(&kit, 1, 50, 4);
    kit_call(&kit, 0, 2, 3);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_begins(&log), "0@0 0@10");
    assert_string_equal(kit_times(&log, "request", "is cancelled"), "5");
    kit_is(&kit, "requests", "app=A,outcome=cancelled", 1);
    kit_is(&kit, "requests", "app=A,outcome=ok", 2);
    kit_is(&kit, "request_success_ratio", "app=A", 1);
    // Waiting: 1 to 5 and 2 to 10.
    kit_is(&kit, "queue_length_mean", "app=A", (4 + 8) / 1000.);
    kit_log_free(&log);
    kit_free(&kit);
}

// Q6: 3 s of 10 are served, then the slot is free, and the runner stays.
static void a_cooperative_app_frees_the_slot(void **state)
{
    (void)state;
    struct kit kit = one_runner(CANCEL_COOPERATIVE);
    call(&kit, 0, 10, 3);
    kit_call(&kit, 0, 1, 2);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_begins(&log), "0@0 0@3");
    kit_is(&kit, "requests", "app=A,outcome=cancelled", 1);
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 5);
    kit_is(&kit, "runner_starts", "app=A", 1);
    kit_log_free(&log);
    kit_free(&kit);
}

// Q6, C2: else it goes on to its end at 10 s and is billed; in shared mode its caller pays the 10
// s.
static void an_app_that_ignores_it_works_on(void **state)
{
    (void)state;
    struct kit kit = one_runner(CANCEL_IGNORED);
    kit.revisions[0].auth_mode = AUTH_SHARED;
    call(&kit, 0, 10, 3)->caller = 1;
    kit_call(&kit, 0, 1, 2)->caller = 2;
    kit_call(&kit, 0, 1, 2);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_begins(&log), "0@0 0@10");
    kit_is(&kit, "requests", "app=A,outcome=cancelled", 1);
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_is(&kit, "requests", "app=A,outcome=unauthorized", 1);
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 12);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=acme", 10 * 0.99 / 3600);
    kit_log_free(&log);
    kit_free(&kit);
}

// Q6: what nobody waits for is not retried, though its runner is killed as the response says (Q3).
static void abandoned_work_is_not_retried(void **state)
{
    (void)state;
    struct kit kit = one_runner(CANCEL_IGNORED);
    kit.revisions[0].responses[0] = (struct response_config){.status = 503, .probability = 1};
    kit.revisions[0].response_count = 1;
    call(&kit, 0, 10, 3);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=cancelled", 1);
    kit_is(&kit, "requests", "app=A,outcome=server_error", 0);
    kit_is(&kit, "attempts_retried", "app=A", 0);
    kit_is(&kit, "runner_stops", "app=A,outcome=request", 1);
    kit_free(&kit);
}

// Q6, Q5: the attempt fails at 2 s, the back-off ends at 3 s at the earliest, the caller gives up
// at 2.25 s.
static void a_request_that_backs_off_is_removed(void **state)
{
    (void)state;
    struct kit kit = one_runner(CANCEL_IGNORED);
    kit.config.platform.retry_jitter = 0;
    kit.revisions[0].responses[0] = (struct response_config){.status = 504, .probability = 1};
    kit.revisions[0].response_count = 1;
    call(&kit, 0, 2, 2.25)->start_timeout = 100 * SIM_SECOND;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=cancelled", 1);
    kit_is(&kit, "attempts_retried", "app=A", 1);
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 2);
    kit_free(&kit);
}

// O1: done at the very instant at which patience ends is done.  A stream that drops is the same as
// a cancel.
static void patience_of_the_whole_service_suffices(void **state)
{
    (void)state;
    struct kit kit = one_runner(CANCEL_COOPERATIVE);
    call(&kit, 0, 3, 3)->path = PATH_DIRECT;
    call(&kit, 100, 3, 2)->path = PATH_STREAM;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_is(&kit, "requests", "app=A,outcome=cancelled", 1);
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 5);
    kit_free(&kit);
}

// P6: a draining runner whose last request is cancelled goes on to teardown.
static void a_draining_runner_is_done_when_its_request_is_cancelled(void **state)
{
    (void)state;
    struct kit kit = one_runner(CANCEL_COOPERATIVE);
    kit.revisions[0].termination_grace_period = 100 * SIM_SECOND;
    call(&kit, 0, 50, 20);
    kit_deploy(&kit, 0, 10, "recreate");
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(
        kit_states(&log, 0),
        "PENDING@0 SETUP@0 IDLE@0 RUNNING@0 DRAINING@10 TERMINATING@20 TERMINATED@20");
    kit_log_free(&log);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_in_the_queue_is_removed),
        cmocka_unit_test(a_cooperative_app_frees_the_slot),
        cmocka_unit_test(an_app_that_ignores_it_works_on),
        cmocka_unit_test(abandoned_work_is_not_retried),
        cmocka_unit_test(a_request_that_backs_off_is_removed),
        cmocka_unit_test(patience_of_the_whole_service_suffices),
        cmocka_unit_test(a_draining_runner_is_done_when_its_request_is_cancelled),
    };
    return cmocka_run_group_tests_name("cancel", tests, NULL, NULL);
}
