#include "models/autoscaler_knative.c"

#include "tests/kit_log.h"

static struct knative_config defaults(void)
{
    struct app_config app;
    kit_defaults(knative_params, &app);
    return app.knative;
}

static void the_defaults_are_knatives_own(void **state)
{
    (void)state;
    struct knative_config c = defaults();
    assert_true(c.tick_interval == 2 * SIM_SECOND && c.stable_window == 60 * SIM_SECOND);
    assert_true(c.panic_window_percentage == 10 && c.panic_threshold_percentage == 200);
    assert_true(c.target_utilization_percentage == 70);
    assert_true(c.max_scale_up_rate == 1000 && c.max_scale_down_rate == 2);
    assert_true(c.enable_scale_to_zero && c.scale_to_zero_grace_period == 30 * SIM_SECOND);
    assert_true(c.scale_down_delay == 0 && c.activation_scale == 1 && !c.drain_busy);
}

// A3, by hand: a runner is to have 0.7 of a request on average.
static void runners_for_the_averages(void **state)
{
    (void)state;
    static const struct {
        uint32_t ready, multiplexing;
        double stable, panic;
        uint32_t wanted;
        bool panics;
    } rows[] = {
        {1, 1, .5, .5, 1, false},       // ceil(0.71)
        {1, 1, .7, .7, 1, false},       // ceil(1)
        {1, 1, .71, .71, 2, true},      // ceil(1.01) = 2 = 200 % of 1
        {1, 1, .2, 1.2, 2, true},       // the panic window asks for 2, the stable one for 1
        {2, 1, 1, 2.1, 2, false},       // panic 3 of 2 is 150 %
        {2, 1, 1, 2.11, 4, true},       // panic 4 of 2 is 200 %
        {2, 1, 5, 3, 8, true},          // panic 5: over, and the stable window asks for more
        {0, 1, .1, .1, 1, false},       // none ready counts as one
        {0, 1, 0, 0, 0, false},         // floor(1 / 2)
        {1, 1, 0, 0, 0, false},         //
        {10, 1, 0, 0, 5, false},        // half of them at most go at a tick
        {3, 1, 0, 0, 1, false},         // floor(3 / 2)
        {10, 1, 4.2, 0, 6, false},      // above that half
        {1, 10, 7, 7, 1, false},        // 0.7 x 10 requests a runner
        {1, 10, 7.1, 7.1, 2, true},     //
        {4, 10, 20, 29, 3, false},      // ceil(20 / 7); panic ceil(29 / 7) = 5 of 4
        {1, 1, 1000, 1000, 1000, true}, // 1429, but 1000 times the ready ones at most
    };
    struct knative_config c = defaults();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kpa kpa = {.empty_at = SIM_NEVER};
        struct sight sight = {.ready = rows[i].ready,
                              .max_multiplexing = rows[i].multiplexing,
                              .stable = rows[i].stable,
                              .panic = rows[i].panic};
        uint32_t got = scale(&c, &kpa, &sight);
        if (got != rows[i].wanted || kpa.panics != rows[i].panics)
            fail_msg("row %zu: %u, panics %d", i, (unsigned)got, kpa.panics);
    }
}

static void rates_and_activation(void **state)
{
    (void)state;
    static const struct {
        double up, down;
        uint32_t activation, ready;
        double stable;
        uint32_t wanted;
    } rows[] = {
        {1.1, 2, 1, 2, 7, 3},    // ceil(2.2): one more at least can come
        {1.5, 2, 1, 2, 7, 3},    //
        {1000, 4, 1, 9, 0, 2},   // floor(9 / 4)
        {1000, 1.5, 1, 9, 0, 6}, //
        {1000, 2, 3, 0, .1, 3},  // lifted
        {1000, 2, 3, 0, 0, 0},   // no activity: not lifted
        {1000, 2, 3, 2, 3, 5},   // above it already
        {1.1, 2, 5, 1, .1, 5},   // the lift comes after the clamp
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct knative_config c = defaults();
        c.max_scale_up_rate = rows[i].up;
        c.max_scale_down_rate = rows[i].down;
        c.activation_scale = rows[i].activation;
        struct kpa kpa = {.empty_at = SIM_NEVER};
        struct sight sight = {
            .ready = rows[i].ready, .max_multiplexing = 1, .stable = rows[i].stable};
        uint32_t got = scale(&c, &kpa, &sight);
        if (got != rows[i].wanted) fail_msg("row %zu: %u", i, (unsigned)got);
    }
}

// A3: entered at 100 s, extended at 130, left when 130 is more than a minute ago, no sooner; in
// between nothing shrinks, though the averages ask for one runner.
static void a_panic_is_extended_and_never_shrinks(void **state)
{
    (void)state;
    static const struct {
        sim_time at;
        uint32_t ready;
        double stable, panic;
        uint32_t wanted;
        bool panics;
    } rows[] = {
        {98, 2, 1, 1, 2, false},
        {100, 2, 1, 6, 9, true},
        {102, 9, .5, 1, 9, true},
        {130, 4, .5, 5.6, 9, true}, // 8 of 4: over again
        {132, 9, 7, 7, 10, true},
        {162, 10, .5, .5, 10, true},
        {190, 10, .5, .5, 10, true},
        {192, 10, .5, .5, 5, false},
        {194, 5, .5, .5, 2, false},
        {300, 1, .5, 1.4, 2, true}, // the next panic begins with its own numbers
    };
    struct knative_config c = defaults();
    struct kpa kpa = {.empty_at = SIM_NEVER};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sight sight = {.now = rows[i].at * SIM_SECOND,
                              .ready = rows[i].ready,
                              .max_multiplexing = 1,
                              .stable = rows[i].stable,
                              .panic = rows[i].panic};
        uint32_t got = scale(&c, &kpa, &sight);
        if (got != rows[i].wanted || kpa.panics != rows[i].panics)
            fail_msg("row %zu: %u, panics %d", i, (unsigned)got, kpa.panics);
    }
}

static void zero_comes_after_an_empty_window_and_the_grace_period(void **state)
{
    (void)state;
    static const struct {
        sim_time at;
        bool empty, none;
    } rows[] = {{100, true, false}, {128, true, false}, {130, true, true}, {132, false, false},
                {134, true, false}, {162, true, false}, {164, true, true}};
    struct knative_config c = defaults();
    struct kpa kpa = {.empty_at = SIM_NEVER};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (may_be_none(&c, &kpa, rows[i].at * SIM_SECOND, rows[i].empty) != rows[i].none)
            fail_msg("row %zu", i);
    c.enable_scale_to_zero = false;
    assert_false(may_be_none(&c, &kpa, 1000 * SIM_SECOND, true));
    assert_false(may_be_none(&c, &kpa, 9000 * SIM_SECOND, true));
}

// A demand that rises by 1 with every tick, over more ticks than the ring holds: the average of the
// last w ticks is that of the last w numbers.
static void averages_are_exact_integrals(void **state)
{
    (void)state;
    static struct memory m;
    const sim_time tick_ns = 2 * SIM_SECOND;
    memset(&m, 0, sizeof m);
    for (uint64_t t = 1; t <= 9000; t++) {
        level_set(&m.demand, (sim_time)(t - 1) * tick_ns, (int64_t)t);
        m.ticks = t;
        m.at[t % (TICKS_MAX + 1)] = level_area_ns(&m.demand, (sim_time)t * tick_ns);
        for (uint64_t window = 1; window <= TICKS_MAX; window = 7 * window + 2) {
            double first = t > window ? (double)(t - window + 1) : 1;
            if (fabs(average(&m, window, tick_ns) - (first + (double)t) / 2) > 1e-9)
                fail_msg("tick %u window %u", (unsigned)t, (unsigned)window);
        }
    }
    assert_int_equal(ticks_in(6e9, 2000000000), 3);
    assert_int_equal(ticks_in(6.1e9, 2000000000), 4);
    assert_int_equal(ticks_in(1, 2000000000), 1);
}

// Whole runs.  Ticks at 2, 4, 6, ... s.

static struct kit one_app(void)
{
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    kit.apps[app].autoscaler = kit_autoscaler("knative");
    kit_first(&kit, app)->setup = dist_constant(5);
    kit_scaling(&kit, app)->max_concurrency = 10;
    kit_scaling(&kit, app)->keep_alive = 90 * SIM_SECOND; // does not count
    return kit;
}

static void expect_states(struct kit *kit, const char *first, const char *second)
{
    struct kit_log log;
    kit_log_start(kit, &log);
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    assert_string_equal(kit_states(&log, 0), first);
    assert_string_equal(kit_states(&log, 1), second);
    kit_log_free(&log);
    kit->trace = NULL;
}

// A request of 10 s at 101 waits until 106, so the concurrency is 1 from 101 to 116.
// 101: a request at zero does not wait for a tick.  104: 3 s of 6 s, 0.5 / 0.7: one runner.
// 106: 5/6 / 0.7 asks for 2, 200 % of the one that is ready: panic.  108, 110: likewise.
// 112: two are ready, 2 of 2.  172: the panic of 110 is more than a minute ago; 4 s of the last
// minute had a request: one runner, and the one that never served has been idle for longer.
// 176: the last minute is empty.  206: and so the grace period is over; keep_alive, which would end
// then, does not count.
static void one_request_from_zero_to_zero(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit_call(&kit, 0, 101, 10);
    expect_states(&kit,
                  "PENDING@101 SETUP@101 IDLE@106 RUNNING@106 IDLE@116 TERMINATING@206 "
                  "TERMINATED@206",
                  "PENDING@106 SETUP@106 IDLE@111 TERMINATING@172 TERMINATED@172");
    kit_is(&kit, "runner_starts", "app=A", 2);
    kit_is(&kit, "runner_stops", "app=A,outcome=scale_down", 2);
    kit_free(&kit);
}

// The same with the most of the last 20 s, ten ticks.  2 was wanted last at 170, so it counts until
// 188.  So long two are ready, and half of them, 1, is the least that may be wanted: last at 190,
// so until 208.  The window is found empty at 210.
static void a_scale_down_delay_takes_the_most_of_its_time(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit.apps[0].knative.scale_down_delay = 20 * SIM_SECOND;
    kit_call(&kit, 0, 101, 10);
    expect_states(&kit,
                  "PENDING@101 SETUP@101 IDLE@106 RUNNING@106 IDLE@116 TERMINATING@240 "
                  "TERMINATED@240",
                  "PENDING@106 SETUP@106 IDLE@111 TERMINATING@190 TERMINATED@190");
    kit_free(&kit);
}

static void without_scale_to_zero_one_stays(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit.apps[0].knative.enable_scale_to_zero = false;
    kit_call(&kit, 0, 101, 10);
    expect_states(&kit, "PENDING@101 SETUP@101 IDLE@106 RUNNING@106 IDLE@116",
                  "PENDING@106 SETUP@106 IDLE@111 TERMINATING@172 TERMINATED@172");
    kit_free(&kit);
}

// Three runners at its own start: it panics for a minute, so all stay.  62: half of them may go,
// rounded down one is left.  64: that one is not wanted, and a whole window is empty.  94: gone.
static void it_takes_over_what_it_finds(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit.apps[0].initial_runners = 3;
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "TERMINATED"), "62 62 94");
    kit_log_free(&log);
    // One is not more than one: no panic, but zero needs a full window, at 60, and the grace
    // period.
    kit.apps[0].initial_runners = 1;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "TERMINATED"), "90");
    kit_log_free(&log);
    kit_free(&kit);
}

static void activation_scale_counts_from_zero(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit.apps[0].knative.activation_scale = 3;
    kit_call(&kit, 0, 101, 1);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "PENDING"), "101 101 101");
    kit_log_free(&log);
    kit_free(&kit);
}

// A1, A4: floor and ceiling are the app's, and new ones count at once, between ticks.  At 301 there
// are five busy runners and one idle one for a ceiling of 2.  The idle one goes at once; the busy
// ones when they are idle, or, if told so, the oldest three drain.
static void floor_and_ceiling_count_at_once(void **state)
{
    (void)state;
    for (int drains = 0; drains < 2; drains++) {
        struct kit kit = one_app();
        kit.apps[0].knative.drain_busy = drains;
        kit_first(&kit, 0)->drain = DRAIN_WAIT;
        kit_scale(&kit, 0, 101)->min_concurrency = 6;
        kit_scale(&kit, 0, 301)->max_concurrency = 2;
        for (int i = 0; i < 5; i++)
            kit_call(&kit, 0, 290, 20 + i);
        struct kit_log log;
        kit_log_start(&kit, &log);
        kit_run(&kit, 1, 0);
        const char *starts = kit_times(&log, "runner", "PENDING");
        assert_true(strncmp(starts, "101 101 101 101 101 101", 23) == 0);
        assert_non_null(strstr(kit_times(&log, "runner", "TERMINATED"), "301 "));
        const char *draining = kit_times(&log, "runner", "DRAINING");
        assert_string_equal(draining, drains ? "301 301 301" : "");
        const char *ends = kit_times(&log, "runner", "TERMINATING");
        assert_non_null(strstr(ends, "310 311 312"));
        kit_log_free(&log);
        kit_free(&kit);
    }
}

// Starts that a falling target makes superfluous are called off, the latest first, before idle
// runners go.
static void surplus_starts_are_called_off(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit_first(&kit, 0)->setup = dist_constant(50);
    kit_scale(&kit, 0, 101)->min_concurrency = 3;
    kit_scale(&kit, 0, 111)->min_concurrency = 1;
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_states(&log, 2), "PENDING@101 SETUP@101 TERMINATED@111");
    assert_string_equal(kit_states(&log, 1), "PENDING@101 SETUP@101 TERMINATED@111");
    assert_string_equal(kit_states(&log, 0), "PENDING@101 SETUP@101 IDLE@151");
    kit_is(&kit, "runner_stops", "app=A,outcome=surplus", 0);
    kit_log_free(&log);
    kit_free(&kit);
}

// Asked again and again about one view at one instant it gives one answer.
static void the_same_view_gets_the_same_answer(void **state)
{
    (void)state;
    struct app_config app;
    struct scaling_config s = {.max_concurrency = 100};
    kit_defaults(knative_params, &app);
    struct memory *m = calloc(1, sizeof *m);
    for (sim_time t = 0; t < 400; t++) {
        struct autoscaler_view view = {.scaling = &s,
                                       .app = &app,
                                       .state = m,
                                       .now = t * SIM_SECOND / 2,
                                       .max_multiplexing = 1,
                                       .in_flight = (uint32_t)(t * t % 23),
                                       .ready = (uint32_t)(t % 7)};
        struct autoscaler_decision first = decide(&view), second = decide(&view);
        assert_int_equal(first.target, second.target);
        assert_true(first.ask_again == second.ask_again);
        assert_true(first.ask_again > 0 && first.ask_again <= 2 * SIM_SECOND);
    }
    free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_defaults_are_knatives_own),
        cmocka_unit_test(runners_for_the_averages),
        cmocka_unit_test(rates_and_activation),
        cmocka_unit_test(a_panic_is_extended_and_never_shrinks),
        cmocka_unit_test(zero_comes_after_an_empty_window_and_the_grace_period),
        cmocka_unit_test(averages_are_exact_integrals),
        cmocka_unit_test(one_request_from_zero_to_zero),
        cmocka_unit_test(a_scale_down_delay_takes_the_most_of_its_time),
        cmocka_unit_test(without_scale_to_zero_one_stays),
        cmocka_unit_test(it_takes_over_what_it_finds),
        cmocka_unit_test(activation_scale_counts_from_zero),
        cmocka_unit_test(floor_and_ceiling_count_at_once),
        cmocka_unit_test(surplus_starts_are_called_off),
        cmocka_unit_test(the_same_view_gets_the_same_answer),
    };
    return cmocka_run_group_tests_name("autoscaler_knative", tests, NULL, NULL);
}
