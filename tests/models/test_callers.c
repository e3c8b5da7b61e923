#include "models/callers.c"

#include "tests/kit_log.h"

// An app in shared mode with four runners that are always on; acme may have two requests in
// progress.
static struct kit shared_app(void)
{
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 4;
    kit.apps[app].initial_runners = 4;
    kit.revisions[0].auth_mode = AUTH_SHARED;
    kit.callers[1].concurrency_limit = 2;
    kit.config.platform.retry_jitter = 0;
    return kit;
}

static void expect_begins(struct kit *kit, const char *wanted)
{
    struct kit_log log;
    kit_log_start(kit, &log);
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    char times[400] = "";
    for (size_t i = 0; i < log.count; i++) {
        size_t used = strlen(times);
        if (kit_log_is(&log.rows[i], "request", "begins"))
            snprintf(times + used, sizeof times - used, "%s%g", used ? " " : "",
                     sim_seconds(log.rows[i].at));
    }
    assert_string_equal(times, wanted);
    kit_log_free(&log);
    kit->trace = NULL;
}

// Q9: the third one asks at 2, 3, 5, 9 and 17 s, when the first two are done (at 10 and 11 s).
static void queue_requests_over_the_limit_back_off_and_are_never_rejected(void **state)
{
    (void)state;
    struct kit kit = shared_app();
    for (int i = 0; i < 3; i++)
        kit_call(&kit, 0, i, 10)->caller = 1;
    expect_begins(&kit, "0 1 17");
    kit_is(&kit, "requests", "app=A,outcome=ok", 3);
    kit_is(&kit, "requests_postponed", "app=A", 4);
    kit_is(&kit, "attempts_retried", "app=A", 0);
    kit_free(&kit);
}

// Q9: the others are refused with 429.
static void direct_requests_over_the_limit_are_rejected(void **state)
{
    (void)state;
    struct kit kit = shared_app();
    for (int i = 0; i < 3; i++) {
        struct traffic_config *t = kit_call(&kit, 0, i, 10);
        t->caller = 1;
        t->path = PATH_DIRECT;
    }
    expect_begins(&kit, "0 1");
    kit_is(&kit, "requests", "app=A,outcome=rejected", 1);
    kit_free(&kit);
}

// Q9: not for the owner, not for callers without a limit, not in other modes.
static void limits_bind_callers_of_shared_apps_alone(void **state)
{
    (void)state;
    struct kit kit = shared_app();
    kit.callers[0].concurrency_limit = 2;
    for (int i = 0; i < 3; i++)
        kit_call(&kit, 0, i, 10);
    expect_begins(&kit, "0 1 2");
    kit_free(&kit);
    kit = shared_app();
    kit.callers[1].concurrency_limit = 0;
    for (int i = 0; i < 3; i++)
        kit_call(&kit, 0, i, 10)->caller = 1;
    expect_begins(&kit, "0 1 2");
    kit_free(&kit);
    kit = shared_app();
    kit.revisions[0].auth_mode = AUTH_PUBLIC;
    for (int i = 0; i < 3; i++)
        kit_call(&kit, 0, i, 10)->caller = 1;
    expect_begins(&kit, "0 1 2");
    kit_free(&kit);
}

// Q9: waiting does not count, and one caller's limit does not hold up the next in line.  All slots
// are the owner's until 5 s; then acme's first two start, its third backs off, and the owner's
// goes.
static void a_limit_does_not_block_the_line(void **state)
{
    (void)state;
    struct kit kit = shared_app();
    for (int i = 0; i < 4; i++)
        kit_call(&kit, 0, 0, 5);
    for (int i = 1; i < 4; i++)
        kit_call(&kit, 0, i, 10)->caller = 1;
    kit_call(&kit, 0, 4, 1);
    expect_begins(&kit, "0 0 0 0 5 5 5 20"); // 5 + 1 + 2 + 4 + 8
    kit_is(&kit, "requests", "app=A,outcome=ok", 8);
    kit_free(&kit);
}

// Q9: the limit is the account's, over all apps.
static void a_limit_covers_all_apps(void **state)
{
    (void)state;
    struct kit kit = shared_app();
    uint32_t other = kit_app(&kit, "B");
    kit.revisions[1].auth_mode = AUTH_SHARED;
    kit_call(&kit, 0, 0, 10)->caller = 1;
    kit_call(&kit, other, 0, 10)->caller = 1;
    kit_call(&kit, 0, 1, 10)->caller = 1;
    kit_call(&kit, other, 1, 10)->caller = 1;
    kit.traffic[2].path = kit.traffic[3].path = PATH_DIRECT;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=rejected", 1);
    kit_is(&kit, "requests", "app=B,outcome=rejected", 1);
    kit_free(&kit);
}

// Q4: start_timeout goes on while the limit puts a request back.
static void a_deadline_holds_while_a_limit_does(void **state)
{
    (void)state;
    struct kit kit = shared_app();
    for (int i = 0; i < 3; i++)
        kit_call(&kit, 0, i, 100)->caller = 1;
    kit.traffic[2].start_timeout = 20 * SIM_SECOND;
    expect_begins(&kit, "0 1");
    kit_is(&kit, "requests", "app=A,outcome=start_timeout", 1);
    kit_is(&kit, "requests_postponed", "app=A", 5); // at 2, 3, 5, 9, 17 s
    kit_free(&kit);
}

// A flush drops what waits in the queue, of one caller or of all; what runs, and who holds a
// connection, stays.
static void a_flush_drops_what_waits_in_the_queue(void **state)
{
    (void)state;
    for (int all = 0; all < 2; all++) {
        struct kit kit = shared_app();
        kit_scaling(&kit, 0)->min_concurrency = kit_scaling(&kit, 0)->max_concurrency = 1;
        kit.apps[0].initial_runners = 1;
        kit.callers[1].concurrency_limit = 0;
        kit_call(&kit, 0, 0, 10)->caller = 1;
        kit_call(&kit, 0, 1, 10)->caller = 1;
        kit_call(&kit, 0, 2, 10);
        kit_call(&kit, 0, 3, 10)->caller = 1;
        kit.traffic[3].path = PATH_DIRECT;
        kit.timeline[kit.config.timeline_count++] = (struct timeline_config){
            .at = 5 * SIM_SECOND, .kind = TIMELINE_FLUSH, .app = 0, .caller = all ? UINT32_MAX : 1};
        expect_begins(&kit, all ? "0 10" : "0 10 20");
        kit_is(&kit, "requests", "app=A,outcome=flushed", all ? 2 : 1);
        kit_is(&kit, "requests", "app=A,outcome=ok", all ? 2 : 3);
        kit_free(&kit);
    }
}

// A flush drops a request that waits for the very first runner, too.
static void a_flush_drops_the_first_request_of_all(void **state)
{
    (void)state;
    struct kit kit = kit_new(300);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->setup = dist_constant(100);
    kit_call(&kit, app, 0, 10);
    kit.timeline[kit.config.timeline_count++] = (struct timeline_config){
        .at = 5 * SIM_SECOND, .kind = TIMELINE_FLUSH, .app = app, .caller = UINT32_MAX};
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=flushed", 1);
    kit_free(&kit);
}

// Q9, with a retry_base of 0: the third one asks every millisecond from 2 s on until 10 s.
static void without_a_base_it_asks_every_millisecond(void **state)
{
    (void)state;
    struct kit kit = shared_app();
    kit.config.platform.retry_base = 0;
    for (int i = 0; i < 3; i++)
        kit_call(&kit, 0, i, 10)->caller = 1;
    expect_begins(&kit, "0 1 10");
    kit_is(&kit, "requests_postponed", "app=A", 8000);
    kit_free(&kit);
}

// Q9: the jitter is drawn for each request and each of its times: base 1 s, at most 50 % off.
static void delays_differ_by_request_and_by_time(void **state)
{
    (void)state;
    struct kit kit = shared_app();
    kit.config.platform.retry_jitter = 0.5;
    kit_poisson(&kit, 0, 1, dist_constant(1));
    struct model *m = kit_create(&kit, 1, 0);
    sim_time first[32];
    for (uint32_t i = 0; i < 32; i++) {
        struct request q = {.number = i};
        first[i] = callers_delay(m, &q);
        assert_true(first[i] >= SIM_SECOND / 2 && first[i] <= 3 * SIM_SECOND / 2);
        assert_int_equal(q.postponed, 1);
        sim_time second = callers_delay(m, &q);
        assert_true(second >= SIM_SECOND && second <= 3 * SIM_SECOND);
        assert_true(second != 2 * first[i]);
        struct request again = {.number = i};
        assert_true(callers_delay(m, &again) == first[i]);
        for (uint32_t k = 0; k < i; k++)
            assert_true(first[k] != first[i]);
        for (int k = 0; k < 100; k++) // the 64th draw is the last, the next ones are another's
            callers_delay(m, &again);
        assert_int_equal(again.postponed, 63);
    }
    kit_drop(&kit);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queue_requests_over_the_limit_back_off_and_are_never_rejected),
        cmocka_unit_test(direct_requests_over_the_limit_are_rejected),
        cmocka_unit_test(limits_bind_callers_of_shared_apps_alone),
        cmocka_unit_test(a_limit_does_not_block_the_line),
        cmocka_unit_test(a_limit_covers_all_apps),
        cmocka_unit_test(a_deadline_holds_while_a_limit_does),
        cmocka_unit_test(a_flush_drops_what_waits_in_the_queue),
        cmocka_unit_test(a_flush_drops_the_first_request_of_all),
        cmocka_unit_test(without_a_base_it_asks_every_millisecond),
        cmocka_unit_test(delays_differ_by_request_and_by_time),
    };
    return cmocka_run_group_tests_name("callers", tests, NULL, NULL);
}
