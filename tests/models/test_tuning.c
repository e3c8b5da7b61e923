#include "models/tuning.c"

#include "tests/kit_log.h"

#include "tests/laws/watch.h"

// One runner, ready at 0, for ever.
static struct kit one_runner(uint32_t max_multiplexing)
{
    struct kit kit = kit_new(400);
    uint32_t app = kit_app(&kit, "A");
    kit.apps[app].initial_runners = 1;
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 1;
    kit_first(&kit, app)->max_multiplexing = max_multiplexing;
    return kit;
}

static void tune_slots(struct kit *kit, double at_s, uint32_t slots)
{
    kit_scale(kit, 0, at_s);
    kit->timeline[kit->config.timeline_count - 1].max_multiplexing = slots;
}

// A4: a second slot from 50 on: the request that waits since 10 gets it at once.  Slots are 50 + 2
// x 350 runner seconds, of which 100 + 20 are used.
static void more_slots_are_there_at_once(void **state)
{
    (void)state;
    for (uint32_t policy = 0; policy < DISPATCH_POLICIES; policy++) {
        static struct watch watch;
        struct kit kit = one_runner(1);
        kit.apps[0].dispatch = policy;
        kit_call(&kit, 0, 0, 100);
        kit_call(&kit, 0, 10, 20);
        tune_slots(&kit, 50, 2);
        kit_expect_begins(&kit, "0@0 0@50");
        kit_is(&kit, "slot_utilisation", "app=A", 120. / 750);
        watch_run(&kit, &watch, 1, 0);
        kit_free(&kit);
    }
}

// A4: one slot instead of three from 50 on cuts nothing: the three in flight end at 100, 80 and
// 110; the request of 60 begins when the last of them has left.
static void fewer_slots_cut_nothing(void **state)
{
    (void)state;
    for (uint32_t policy = 0; policy < DISPATCH_POLICIES; policy++) {
        static struct watch watch;
        struct kit kit = one_runner(3);
        kit.apps[0].dispatch = policy;
        kit_call(&kit, 0, 0, 100);
        kit_call(&kit, 0, 0, 80);
        kit_call(&kit, 0, 0, 110);
        kit_call(&kit, 0, 60, 5);
        kit_call(&kit, 0, 61, 5);
        tune_slots(&kit, 50, 1);
        kit_expect_begins(&kit, "0@0 0@0 0@0 0@110 0@115");
        kit_is(&kit, "killed_in_flight", "app=A", 0);
        watch_run(&kit, &watch, 1, 0);
        kit_free(&kit);
    }
}

// A4: a deploy that would have brought the code's settings back (reset_scale) is aborted.  So the
// ceiling of 9, set at run time, is still there when another scale event changes something else.
static void what_an_event_does_not_name_stays_as_it_is(void **state)
{
    (void)state;
    struct kit kit = one_runner(1);
    kit_scale(&kit, 0, 50)->max_concurrency = 9;
    struct revision_config *next = kit_deploy(&kit, 0, 100, "rolling");
    next->setup_failure = 1;
    kit.timeline[1].reset_scale = true;
    kit_scale(&kit, 0, 200)->keep_alive = 5 * SIM_SECOND;
    for (uint32_t i = 0; scaling_params[i].key; i++)
        if (strcmp(scaling_params[i].key, "keep_alive") == 0)
            kit.timeline[2].scaling_given = 1u << i;
    struct model *m = kit_create(&kit, 1, 0);
    kit_finish(&kit, m);
    assert_int_equal(m->apps[0].routed, 0);
    assert_int_equal(m->apps[0].scaling.max_concurrency, 9);
    assert_true(m->apps[0].scaling.keep_alive == 5 * SIM_SECOND);
    kit_drop(&kit);
    kit_free(&kit);
}

// A4, Q8: the order among idle runners is not the tuning's business: runner 0 was idle last.
static void the_order_of_idle_runners_stays(void **state)
{
    (void)state;
    struct kit kit = one_runner(1);
    kit.apps[0].initial_runners = 2;
    kit_scaling(&kit, 0)->min_concurrency = kit_scaling(&kit, 0)->max_concurrency = 2;
    kit.apps[0].dispatch = DISPATCH_MOST_RECENTLY_IDLE;
    kit_call(&kit, 0, 1, 10);
    kit_call(&kit, 0, 2, 20);
    kit_call(&kit, 0, 40, 1);
    kit_expect_begins(&kit, "1@1 0@2 0@40");
    tune_slots(&kit, 30, 2);
    kit_expect_begins(&kit, "1@1 0@2 0@40");
    kit_free(&kit);
}

// A4: two slots instead of three for a runner with two in flight: it is full.
static void a_runner_with_as_many_as_it_may_have_is_full(void **state)
{
    (void)state;
    struct kit kit = one_runner(3);
    kit_call(&kit, 0, 0, 100);
    kit_call(&kit, 0, 0, 80);
    kit_call(&kit, 0, 60, 5);
    tune_slots(&kit, 50, 2);
    kit_expect_begins(&kit, "0@0 0@0 0@80");
    kit_free(&kit);
}

// A4, R7: the code's value is back with the next deploy, and with a rollback to the revision that
// had been tuned.
static void settings_of_the_code_hold_until_the_next_deploy(void **state)
{
    (void)state;
    struct kit kit = one_runner(2);
    tune_slots(&kit, 50, 5);
    kit_deploy(&kit, 0, 100, "recreate")->max_multiplexing = 3;
    kit.timeline[0].startup_timeout = 7 * SIM_SECOND;
    struct model *m = kit_create(&kit, 1, 0);
    sim_run(m->sim, 60 * SIM_SECOND);
    assert_int_equal(m->pools[0].max_multiplexing, 5);
    assert_true(m->pools[0].startup_timeout == 7 * SIM_SECOND);
    kit_finish(&kit, m);
    assert_int_equal(m->pools[m->apps[0].routed].max_multiplexing, 3);
    assert_true(m->pools[m->apps[0].routed].startup_timeout == 600 * SIM_SECOND);
    kit_drop(&kit);
    kit.timeline[kit.config.timeline_count++] = (struct timeline_config){
        .at = 200 * SIM_SECOND, .kind = TIMELINE_ROLLBACK, .name = "2", .min_ready = 1};
    m = kit_create(&kit, 1, 0);
    kit_finish(&kit, m);
    assert_int_equal(m->apps[0].routed, 0);
    assert_int_equal(m->pools[0].max_multiplexing, 2);
    assert_true(m->pools[0].startup_timeout == 600 * SIM_SECOND);
    kit_drop(&kit);
    kit_free(&kit);
}

// A4, P5: setup() takes 100 s; from 10 on only 50 s are allowed, so the start of 20 fails at 70.
static void a_new_startup_timeout_bounds_later_setups(void **state)
{
    (void)state;
    struct kit kit = kit_new(75);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->setup = dist_constant(100);
    kit_call(&kit, app, 20, 5);
    kit_scale(&kit, app, 10);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_starts_failed", "app=A", 0);
    kit.timeline[0].startup_timeout = 50 * SIM_SECOND;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_starts_failed", "app=A", 1);
    kit_is(&kit, "billed_s", "app=A,state=SETUP", 50);
    kit_free(&kit);
}

// A4, A1: a request waits since 10.  With a scaling_delay of 100 s that becomes 5 s at 30, it
// counts at once; with one of 20 s that becomes 40 s at 15, it counts at 50; one that stays 20 s,
// at 30.
static void a_new_scaling_delay_counts_for_those_who_wait(void **state)
{
    (void)state;
    static const struct {
        double from, at, to;
        const char *starts;
    } rows[] = {{100, 30, 5, "0 30"}, {20, 15, 40, "0 50"}, {20, 29, 20, "0 30"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit kit = one_runner(1);
        kit_scaling(&kit, 0)->max_concurrency = 2;
        kit_scaling(&kit, 0)->min_concurrency = 0;
        kit_scaling(&kit, 0)->scaling_delay = sim_from_seconds(rows[i].from);
        kit_scale(&kit, 0, rows[i].at)->scaling_delay = sim_from_seconds(rows[i].to);
        kit_call(&kit, 0, 0, 300);
        kit_call(&kit, 0, 10, 5);
        struct kit_log log;
        kit_log_start(&kit, &log);
        kit_run(&kit, 1, 0);
        assert_string_equal(kit_times(&log, "runner", "PENDING"), rows[i].starts);
        kit_log_free(&log);
        kit_free(&kit);
    }
}

// A4, R5: a shorter keep_alive at once, for a canary's idle runners too: the one that served until
// 121 and is not the one that its floor holds goes at 140.
static void new_settings_hold_beside_the_routed_revision(void **state)
{
    (void)state;
    static const struct canary_step all = {.weight = 1, .length = 250 * SIM_SECOND};
    struct kit kit = kit_new(300);
    uint32_t app = kit_app(&kit, "A");
    kit_deploy(&kit, app, 100, "canary");
    kit.timeline[0].rollout = (struct rollout_settings){
        .steps = &all, .step_count = 1, .abort_above = 1, .abort_min_requests = 1};
    kit_scale(&kit, app, 140)->keep_alive = sim_from_seconds(5);
    kit_call(&kit, app, 120, 1);
    kit_call(&kit, app, 120, 1);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "PENDING"), "100 120");
    assert_string_equal(kit_times(&log, "runner", "TERMINATED"), "140");
    kit_log_free(&log);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_slots_are_there_at_once),
        cmocka_unit_test(fewer_slots_cut_nothing),
        cmocka_unit_test(what_an_event_does_not_name_stays_as_it_is),
        cmocka_unit_test(a_runner_with_as_many_as_it_may_have_is_full),
        cmocka_unit_test(the_order_of_idle_runners_stays),
        cmocka_unit_test(settings_of_the_code_hold_until_the_next_deploy),
        cmocka_unit_test(a_new_startup_timeout_bounds_later_setups),
        cmocka_unit_test(a_new_scaling_delay_counts_for_those_who_wait),
        cmocka_unit_test(new_settings_hold_beside_the_routed_revision),
    };
    return cmocka_run_group_tests_name("tuning", tests, NULL, NULL);
}
