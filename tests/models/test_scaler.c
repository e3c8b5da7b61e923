#include "models/scaler.c"

#include "tests/kit_log.h"

// (min, buffer, multiplexing, max): the platform's example plots.
static struct kit example(uint32_t min, uint32_t buffer, uint32_t multiplexing, uint32_t max)
{
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    struct scaling_config *s = kit_scaling(&kit, app);
    s->min_concurrency = min;
    s->concurrency_buffer = buffer;
    s->max_concurrency = max;
    kit_first(&kit, app)->max_multiplexing = multiplexing;
    kit_first(&kit, app)->setup = dist_constant(10);
    return kit;
}

// A1: runners alive with no traffic, and with calls that stay, one more every 100 s.
static void published_examples_run_as_their_formula_says(void **state)
{
    (void)state;
    static const struct {
        uint32_t min, buffer, multiplexing, max;
        const char *starts;
    } rows[] = {
        {1, 1, 1, 10, "0 100 200 300 400 500"},
        {3, 2, 1, 10, "0 0 0 200 300 400 500"},
        {0, 2, 4, 6, "0 0 100 500"}, // loads 1 to 4: 3 runners, 5: 4
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit kit = example(rows[i].min, rows[i].buffer, rows[i].multiplexing, rows[i].max);
        for (int call = 1; call <= 5; call++)
            kit_call(&kit, 0, 100 * call, 950);
        struct kit_log log;
        kit_log_start(&kit, &log);
        kit_run(&kit, 1, 0);
        assert_string_equal(kit_times(&log, "runner", "PENDING"), rows[i].starts);
        kit_log_free(&log);
        kit_free(&kit);
    }
}

static struct kit three_calls_at_once(void)
{
    struct kit kit = example(0, 0, 1, 8);
    kit_call(&kit, 0, 100, 40);
    kit_call(&kit, 0, 100, 40);
    kit_call(&kit, 0, 101, 40);
    return kit;
}

// A1: starts under way count, so each request starts one runner, not one at every event.
static void starts_under_way_count(void **state)
{
    (void)state;
    struct kit kit = three_calls_at_once();
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_starts", "app=A", 3);
    kit_is(&kit, "runners_max", "app=A", 3);
    kit_free(&kit);
}

// A1: the ceiling bounds the pool, and the rest of the requests wait.
static void the_ceiling_makes_requests_wait(void **state)
{
    (void)state;
    struct kit kit = three_calls_at_once();
    kit_scaling(&kit, 0)->max_concurrency = 2;
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_begins(&log), "0@110 1@110 0@150");
    kit_is(&kit, "runner_starts", "app=A", 2);
    kit_log_free(&log);
    kit_free(&kit);
}

// A1: one start at a time: at 110 the first is ready and the next begins; at 120, then at 130.
static void max_parallel_starts_staggers_them(void **state)
{
    (void)state;
    struct kit kit = three_calls_at_once();
    kit.apps[0].max_parallel_starts = 1;
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "PENDING"), "100 110 120");
    assert_string_equal(kit_begins(&log), "0@110 1@120 2@130");
    kit_log_free(&log);
    kit_free(&kit);
}

// A1: one runner is warm and busy until 105; the call at 100 starts another, takes the warm one at
// 105, and the start is not needed any more.
static struct kit surplus(void)
{
    struct kit kit = example(0, 0, 1, 8);
    kit.apps[0].initial_runners = 1;
    kit_call(&kit, 0, 0, 105);
    kit_call(&kit, 0, 100, 1);
    return kit;
}

static void surplus_starts_go_on_unless_told_otherwise(void **state)
{
    (void)state;
    struct kit kit = surplus();
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_states(&log, 1), "PENDING@100 SETUP@100 IDLE@110 TERMINATED@120");
    assert_string_equal(kit_begins(&log), "0@0 0@105");
    kit_log_free(&log);
    kit_log_start(&kit, &log);
    kit.apps[0].cancel_surplus_starts = true;
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_states(&log, 1), "PENDING@100 SETUP@100 TERMINATED@105");
    kit_is(&kit, "runner_stops", "app=A,outcome=surplus", 1);
    kit_is(&kit, "billed_s", "app=A,state=SETUP", 5);
    kit_log_free(&log);
    kit_free(&kit);
}

// A1: of the starts under way the one begun last is called off first.
static void the_latest_start_is_called_off_first(void **state)
{
    (void)state;
    struct kit kit = example(0, 0, 1, 8);
    kit.apps[0].cancel_surplus_starts = true;
    kit_call(&kit, 0, 100, 1);
    kit_call(&kit, 0, 104, 1)->start_timeout = 0;
    kit_call(&kit, 0, 105, 1)->start_timeout = sim_from_seconds(3);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "PENDING"), "100 104 105");
    assert_string_equal(kit_times(&log, "runner", "TERMINATED"), "104 108 171");
    assert_string_equal(kit_begins(&log), "0@110");
    kit_log_free(&log);
    kit_free(&kit);
}

// A1: a request counts after 3 s of waiting; the one at 100 is served by the busy runner after 2 s
// and starts nothing, the one at 200 waits 3 s before a start.
static void scaling_delay_gives_warm_runners_the_first_chance(void **state)
{
    (void)state;
    struct kit kit = example(0, 0, 1, 8);
    kit_scaling(&kit, 0)->scaling_delay = sim_from_seconds(3);
    kit_scaling(&kit, 0)->keep_alive = SIM_NEVER;
    kit.apps[0].initial_runners = 1;
    kit_call(&kit, 0, 0, 102);
    kit_call(&kit, 0, 100, 150);
    kit_call(&kit, 0, 200, 1);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "PENDING"), "0 203");
    assert_string_equal(kit_begins(&log), "0@0 0@102 1@213");
    kit_log_free(&log);
    kit_free(&kit);
}

// A4: a floor raised at 100 starts runners at that instant; a ceiling lowered at 200 stops nobody.
static void a_scale_event_works_at_once(void **state)
{
    (void)state;
    struct kit kit = example(0, 0, 1, 8);
    kit_scale(&kit, 0, 100)->min_concurrency = 3;
    kit_scale(&kit, 0, 200)->min_concurrency = 3;
    kit.timeline[1].scaling.max_concurrency = 1;
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "PENDING"), "100 100 100");
    assert_string_equal(kit_times(&log, "runner", "TERMINATED"), "200 200"); // 60 s idle at 170
    kit_log_free(&log);
    kit_free(&kit);
}

static void a_view_shows_the_routed_revision(void **state)
{
    (void)state;
    struct kit kit = example(1, 0, 2, 8);
    kit_first(&kit, 0)->drain = DRAIN_WAIT;
    for (int i = 0; i < 3; i++)
        kit_call(&kit, 0, 900, 200);
    kit_call(&kit, 0, 995, 200);
    kit_deploy(&kit, 0, 980, "recreate");
    struct model *m = kit_create(&kit, 1, 0);
    kit_finish(&kit, m);
    struct autoscaler_view view = scaler_view(m, &m->apps[0], &m->pools[m->apps[0].routed]);
    assert_int_equal(view.max_multiplexing, 2);
    assert_int_equal(view.in_flight, 1); // the three on the old revision's runners drain
    assert_int_equal(view.ready, 1);
    assert_int_equal(view.starting, 0);
    assert_int_equal(view.queued, 0);
    assert_int_equal(scaler_target(m, &m->apps[0], &m->pools[m->apps[0].routed]), 1);
    kit_drop(&kit);
    kit_free(&kit);
}

// A3: a policy that remembers is asked on time, even while nothing happens, and only for revisions
// that take requests.
static void who_wants_to_be_asked_again_is_asked(void **state)
{
    (void)state;
    struct kit kit = example(0, 0, 1, 8);
    kit.apps[0].autoscaler = kit_autoscaler("knative");
    kit.apps[0].knative.tick_interval = 50 * SIM_SECOND;
    kit_deploy(&kit, 0, 510, "recreate");
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "scaler", NULL),
                        "50 100 150 200 250 300 350 400 450 500 550 560 610 660 710 760 810 860 "
                        "910 960"); // the one at 550 finds that its revision has been replaced
    kit_log_free(&log);
    kit.apps[0].autoscaler = 0;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "scaler", NULL), "");
    kit_log_free(&log);
    kit_free(&kit);
}

// A3: each revision has a memory of its own, which begins when the revision begins to take
// requests. blue_green: five old runners, busy until 500, five new ones at the switch at 110.  The
// new one's autoscaler knows no past and panics until 170 at least, so all five stay.
static void a_new_revision_begins_without_a_past(void **state)
{
    (void)state;
    struct kit kit = example(0, 0, 1, 8);
    kit_first(&kit, 0)->drain = DRAIN_WAIT;
    kit.apps[0].autoscaler = kit_autoscaler("knative");
    kit.apps[0].initial_runners = 5;
    for (int i = 0; i < 5; i++)
        kit_call(&kit, 0, 1, 499);
    kit_deploy(&kit, 0, 100, "blue_green");
    kit.config.horizon = 165 * SIM_SECOND;
    struct model *m = kit_create(&kit, 1, 0);
    kit_finish(&kit, m);
    assert_int_equal(m->apps[0].routed, 1);
    assert_true(m->pools[1].ready >= 5);
    assert_int_equal(m->pools[1].in_flight, 0);
    kit_drop(&kit);
    // A minute later it has seen that nobody comes.
    kit.config.horizon = 400 * SIM_SECOND;
    m = kit_create(&kit, 1, 0);
    kit_finish(&kit, m);
    assert_int_equal(m->pools[1].ready, 0);
    kit_drop(&kit);
    kit_free(&kit);
}

// R5, A1: with half of the requests a canary has half of the buffer; the routed revision all of it.
static void a_canary_has_its_share_of_the_buffer(void **state)
{
    (void)state;
    static const struct canary_step half = {.weight = .5, .length = 500 * SIM_SECOND};
    struct kit kit = example(0, 4, 1, 8);
    kit_deploy(&kit, 0, 100, "canary");
    kit.timeline[0].rollout = (struct rollout_settings){.steps = &half, .step_count = 1};
    kit.config.horizon = 300 * SIM_SECOND;
    struct model *m = kit_create(&kit, 1, 0);
    kit_finish(&kit, m);
    assert_int_equal(m->pools[0].ready, 4);
    assert_int_equal(m->pools[1].ready, 2);
    kit_drop(&kit);
    kit_free(&kit);
}

// A1, R5: for both revisions together: everybody's requests in flight (1 + 1), and those that wait,
// of a line of their own each (2 + 3), or of one for both.
static void the_target_of_all_counts_both_revisions(void **state)
{
    (void)state;
    struct kit kit = example(0, 0, 1, 8);
    kit.config.traffic_count = 0;
    kit_deploy(&kit, 0, 100, "canary");
    struct model *m = kit_create(&kit, 1, 0);
    struct app *app = &m->apps[0];
    m->pools[0].in_flight = m->pools[1].in_flight = 1;
    app->line.length = app->line.overdue = 2;
    assert_int_equal(scaler_target_of_all(m, app), 1 + 2);
    for (int shared = 0; shared < 2; shared++) {
        app->side.pool = 1;
        app->side.weight = .5;
        app->side.shared = shared;
        app->side.line.length = app->side.line.overdue = shared ? 0 : 3;
        assert_int_equal(scaler_target_of_all(m, app), 1 + 1 + 2 + (shared ? 0 : 3));
    }
    kit_drop(&kit);
    kit_free(&kit);
}

// R4, A1: replacements of a restart are nobody's surplus: two idle runners that no load needs are
// replaced by two.
static void replacements_are_not_called_off(void **state)
{
    (void)state;
    struct kit kit = example(0, 0, 1, 8);
    kit.apps[0].cancel_surplus_starts = true;
    kit.apps[0].initial_runners = 2;
    kit_scaling(&kit, 0)->keep_alive = SIM_NEVER;
    kit.config.platform.unused_runner_timeout = SIM_NEVER;
    kit.timeline[0] =
        (struct timeline_config){.at = 100 * SIM_SECOND, .kind = TIMELINE_RESTART, .name = "1"};
    kit.config.timeline_count = 1;
    struct kit_log log;
    kit_log_start(&kit, &log);
    assert_int_equal(kit_run(&kit, 1, 0), SIM_DONE);
    assert_string_equal(kit_times(&log, "runner", "PENDING"), "0 0 100 100");
    assert_string_equal(kit_times(&log, "runner", "TERMINATED"), "110 110");
    kit_is(&kit, "runner_stops", "app=A,outcome=surplus", 0);
    kit_log_free(&log);
    kit_free(&kit);
}

// R7: the revision that a rollback returns to has forgotten what was before: with nobody there, it
// is at zero for a window and a grace period, and from then on until the horizon.
static void a_rollback_begins_without_a_past(void **state)
{
    (void)state;
    struct kit kit = example(0, 0, 1, 8);
    kit.apps[0].autoscaler = kit_autoscaler("knative");
    for (int i = 0; i < 5; i++)
        kit_call(&kit, 0, 100 + i, 80);
    kit_deploy(&kit, 0, 200, "recreate");
    kit.timeline[1] = (struct timeline_config){.at = 220 * SIM_SECOND,
                                               .kind = TIMELINE_ROLLBACK,
                                               .name = "2",
                                               .min_ready = 1,
                                               .revision = REVISION_PREVIOUS};
    kit.config.timeline_count = 2;
    struct kit_log log;
    kit_log_start(&kit, &log);
    assert_int_equal(kit_run(&kit, 1, 0), SIM_DONE);
    const char *starts = kit_times(&log, "runner", "PENDING");
    assert_true(atoi(strrchr(starts, ' ')) < 200); // nobody comes after 200
    kit_log_free(&log);
    kit_free(&kit);
}

// R5: a canary that becomes the routed revision keeps its past: its load is known.  Five requests
// are in flight from 120 on, all on the canary, which has the alias at 400.  They end at 395; so at
// 440 the last minute had 5 x 15 / 60 requests, which is two runners, and more have gone.
static void a_canary_that_wins_keeps_its_past(void **state)
{
    (void)state;
    static const struct canary_step all = {.weight = 1, .length = 290 * SIM_SECOND};
    struct kit kit = example(0, 0, 1, 20);
    kit.apps[0].autoscaler = kit_autoscaler("knative");
    kit_deploy(&kit, 0, 100, "canary");
    kit.timeline[0].rollout = (struct rollout_settings){
        .steps = &all, .step_count = 1, .abort_above = 1, .abort_min_requests = 1};
    for (int i = 0; i < 5; i++)
        kit_call(&kit, 0, 120, 395 - 130);
    kit.config.horizon = 445 * SIM_SECOND;
    struct model *m = kit_create(&kit, 1, 0);
    kit_finish(&kit, m);
    assert_int_equal(m->apps[0].routed, 1);
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 300);
    assert_in_range(m->pools[1].ready, 1, 4);
    kit_drop(&kit);
    kit_free(&kit);
}

// R5: beside the routed revision a canary is scaled for its own requests, by whatever policy.
static void a_canary_is_scaled_for_its_share(void **state)
{
    (void)state;
    static const struct canary_step half = {.weight = .5, .length = 500 * SIM_SECOND};
    static const char *const names[] = {"fal", "fixed", "lambda", "knative", "oracle"};
    for (int i = 0; i < 5; i++) {
        struct kit kit = example(0, 0, 1, 40);
        kit.apps[0].autoscaler = kit_autoscaler(names[i]);
        kit_poisson(&kit, 0, 2, dist_constant(5));
        kit_deploy(&kit, 0, 300, "canary");
        kit.timeline[0].rollout = (struct rollout_settings){
            .steps = &half, .step_count = 1, .abort_above = 1, .abort_min_requests = 1};
        kit.config.horizon = 700 * SIM_SECOND;
        struct model *m = kit_create(&kit, 1, 0);
        kit_finish(&kit, m);
        // About five busy runners each; both are there, and neither could serve all of the load.
        assert_int_equal(m->apps[0].side.pool, 1);
        for (int p = 0; p < 2; p++) {
            assert_true(m->pools[p].ready + m->pools[p].starting >= m->pools[p].in_flight);
            assert_true(m->pools[p].in_flight >= 1);
        }
        uint32_t all = scaler_target_of_all(m, &m->apps[0]);
        assert_true(all >= m->pools[0].in_flight + m->pools[1].in_flight && all <= 40);
        kit_drop(&kit);
        kit_free(&kit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples_run_as_their_formula_says),
        cmocka_unit_test(starts_under_way_count),
        cmocka_unit_test(the_ceiling_makes_requests_wait),
        cmocka_unit_test(max_parallel_starts_staggers_them),
        cmocka_unit_test(surplus_starts_go_on_unless_told_otherwise),
        cmocka_unit_test(the_latest_start_is_called_off_first),
        cmocka_unit_test(scaling_delay_gives_warm_runners_the_first_chance),
        cmocka_unit_test(a_scale_event_works_at_once),
        cmocka_unit_test(who_wants_to_be_asked_again_is_asked),
        cmocka_unit_test(a_new_revision_begins_without_a_past),
        cmocka_unit_test(replacements_are_not_called_off),
        cmocka_unit_test(a_canary_has_its_share_of_the_buffer),
        cmocka_unit_test(a_rollback_begins_without_a_past),
        cmocka_unit_test(a_canary_that_wins_keeps_its_past),
        cmocka_unit_test(a_canary_is_scaled_for_its_share),
        cmocka_unit_test(a_view_shows_the_routed_revision),
        cmocka_unit_test(the_target_of_all_counts_both_revisions),
    };
    return cmocka_run_group_tests_name("scaler", tests, NULL, NULL);
}
