#include "models/slowdown.c"

#include "tests/kit_log.h"

static const struct slowdown_config sharing = {.kind = SLOWDOWN_FACTOR, .factor = 1};

// One runner, always on, with eight slots.
static struct kit one_runner(struct slowdown_config slowdown)
{
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 1;
    kit.apps[app].initial_runners = 1;
    kit_first(&kit, app)->max_multiplexing = 8;
    kit_first(&kit, app)->slowdown = slowdown;
    return kit;
}

static void expect(struct kit *kit, double response_mean, double longest, double busy)
{
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    kit_is(kit, "response_mean_s", "app=A", response_mean);
    kit_near(kit_get(kit, "response_s", "app=A,quantile=max"), longest, 1e-9, "longest response");
    kit_is(kit, "billed_s", "app=A,state=RUNNING", busy);
    kit_free(kit);
}

static void the_stretch_is_by_factor_or_table(void **state)
{
    (void)state;
    struct slowdown_config half = {.kind = SLOWDOWN_FACTOR, .factor = 0.5};
    static const double steps[] = {1, 1.25, 2};
    struct slowdown_config table = {.kind = SLOWDOWN_TABLE, .table = steps, .count = 3};
    assert_true(stretch(&half, 1) == 1 && stretch(&half, 2) == 1.5 && stretch(&half, 5) == 3);
    assert_true(stretch(&table, 1) == 1 && stretch(&table, 2) == 1.25 && stretch(&table, 3) == 2);
    assert_true(stretch(&table, 4) == 2 && stretch(&table, 9) == 2);
}

// Q7: 10 s of work at 0, 4 s of work at 2.  Alone until 2 s (8 s left), then both at half speed:
// the second one has its 4 s by 10 s, the first one 4 s left then, and is alone: 14 s.
static void two_requests_share_a_processor(void **state)
{
    (void)state;
    struct kit kit = one_runner(sharing);
    kit_call(&kit, 0, 0, 10);
    kit_call(&kit, 0, 2, 4);
    expect(&kit, (14 + 8) / 2., 14, 14);
}

// Q7: factor 0.5, so each takes 1.5 times as long while there are two.  The second one: 4 x 1.5 = 6
// s, to 8 s; the first one then has had 2 + 4 and needs 4 more.
static void a_factor_slows_down_less(void **state)
{
    (void)state;
    struct kit kit = one_runner((struct slowdown_config){.kind = SLOWDOWN_FACTOR, .factor = 0.5});
    kit_call(&kit, 0, 0, 10);
    kit_call(&kit, 0, 2, 4);
    expect(&kit, (12 + 6) / 2., 12, 12);
}

// Q7: three at once with 1, 1.25, 2: 3 s of work each take 6 s, all at the same instant.
static void a_table_gives_each_number_its_own(void **state)
{
    (void)state;
    static const double steps[] = {1, 1.25, 2};
    struct kit kit =
        one_runner((struct slowdown_config){.kind = SLOWDOWN_TABLE, .table = steps, .count = 3});
    for (int i = 0; i < 3; i++)
        kit_call(&kit, 0, 5, 3);
    expect(&kit, 6, 6, 6);
    // The third one comes 2.5 s later: the two have had 2 s of 3 by then.  Three until these end: 1
    // x 2 s, at 9.5 s; the third one has had 1 s and needs 2 s more, alone.
    kit = one_runner((struct slowdown_config){.kind = SLOWDOWN_TABLE, .table = steps, .count = 3});
    kit_call(&kit, 0, 5, 3);
    kit_call(&kit, 0, 5, 3);
    kit_call(&kit, 0, 7.5, 3);
    expect(&kit, (4.5 + 4.5 + 4) / 3., 4.5, 6.5);
}

// Q7: work comes in whole nanoseconds: three requests of 1/3 s each (333333333 ns) take 999999999
// ns.
static void work_is_counted_in_whole_nanoseconds(void **state)
{
    (void)state;
    struct kit kit = one_runner(sharing);
    for (int i = 0; i < 3; i++)
        kit_call(&kit, 0, 0, 1 / 3.);
    expect(&kit, .999999999, .999999999, .999999999);
}

// Q7: off, requests do not slow each other down.
static void none_is_the_default(void **state)
{
    (void)state;
    struct kit kit = one_runner((struct slowdown_config){.kind = SLOWDOWN_NONE});
    kit_call(&kit, 0, 0, 10);
    kit_call(&kit, 0, 2, 4);
    expect(&kit, (10 + 4) / 2., 10, 10);
}

// Q4, Q7: request_timeout is in wall time.  The first one has had 2 + 2 s of its 10 when 6 s are
// over; its runner is killed and cuts the second one.  Neither path is retried.
static void request_timeout_is_in_wall_time(void **state)
{
    (void)state;
    struct kit kit = one_runner(sharing);
    kit_scaling(&kit, 0)->request_timeout = 6 * SIM_SECOND;
    kit_call(&kit, 0, 0, 5)->path = PATH_DIRECT;
    kit_call(&kit, 0, 2, 5)->path = PATH_DIRECT;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=timeout", 1);
    kit_is(&kit, "requests", "app=A,outcome=cut", 1);
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 6);
    kit_free(&kit);
    // 4 s of work instead: done by 6 s exactly, which is in time; the second one then has 2 s of
    // work, alone.
    kit = one_runner(sharing);
    kit_scaling(&kit, 0)->request_timeout = 6 * SIM_SECOND;
    kit_call(&kit, 0, 0, 4)->path = PATH_DIRECT;
    kit_call(&kit, 0, 2, 4)->path = PATH_DIRECT;
    expect(&kit, 6, 6, 8);
}

// Q6, Q7: at 4 s the first one leaves; the second one, with 1 s of its 4 done, is alone: 3 s more.
static void a_cancelled_request_lets_the_others_speed_up(void **state)
{
    (void)state;
    struct kit kit = one_runner(sharing);
    kit.revisions[0].cancel = CANCEL_COOPERATIVE;
    struct traffic_config *t = kit_call(&kit, 0, 0, 10);
    t->has_cancel_after = true;
    t->cancel_after = dist_constant(4);
    kit_call(&kit, 0, 2, 4);
    expect(&kit, 5, 5, 7);
}

// Q7: of two that are done, or timed out, at the same instant the one that began first ends first.
static void the_longest_there_ends_first_among_equals(void **state)
{
    (void)state;
    static const double timeouts_s[] = {3600, 6};
    for (int i = 0; i < 2; i++) {
        struct kit kit = one_runner(sharing);
        kit_scaling(&kit, 0)->request_timeout = sim_from_seconds(timeouts_s[i]);
        kit_call(&kit, 0, 0, 4)->path = PATH_DIRECT;
        kit_call(&kit, 0, 0, 4)->path = PATH_DIRECT;
        struct kit_log log;
        kit_log_start(&kit, &log);
        kit_run(&kit, 1, 0);
        const struct trace_record *first = NULL;
        for (size_t row = 0; row < log.count && !first; row++)
            if (kit_log_is(&log.rows[row], "service_done", NULL)) first = &log.rows[row];
        assert_non_null(first);
        assert_true(first->at == sim_from_seconds(i ? 6 : 8) && first->who == 0);
        kit_log_free(&log);
        kit_free(&kit);
    }
}

// P6, Q7: a runner that is cut leaves nothing behind; the retry starts from nothing on the next
// one.
static void cut_requests_start_anew(void **state)
{
    (void)state;
    struct kit kit = one_runner(sharing);
    kit.config.platform.retry_jitter = 0;
    kit_call(&kit, 0, 0, 10);
    kit_call(&kit, 0, 0, 10);
    kit_deploy(&kit, 0, 3, "recreate"); // cut at 8 s, back at 9 s
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=ok", 2);
    kit_is(&kit, "killed_in_flight", "app=A", 2);
    kit_is(&kit, "response_mean_s", "app=A", 29);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_stretch_is_by_factor_or_table),
        cmocka_unit_test(two_requests_share_a_processor),
        cmocka_unit_test(a_factor_slows_down_less),
        cmocka_unit_test(a_table_gives_each_number_its_own),
        cmocka_unit_test(work_is_counted_in_whole_nanoseconds),
        cmocka_unit_test(none_is_the_default),
        cmocka_unit_test(request_timeout_is_in_wall_time),
        cmocka_unit_test(a_cancelled_request_lets_the_others_speed_up),
        cmocka_unit_test(the_longest_there_ends_first_among_equals),
        cmocka_unit_test(cut_requests_start_anew),
    };
    return cmocka_run_group_tests_name("slowdown", tests, NULL, NULL);
}
