#include "tests/bench/probe.h"

#include "bench/input/scenario_parts.c"

static void the_default_step_makes_at_most_480_round_bins(void **state)
{
    (void)state;
    static const struct {
        const char *horizon, *step;
    } rows[] = {{"1ms", "1ms"}, {"480ms", "1ms"}, {"481ms", "2ms"}, {"1h", "10s"},  {"2h", "15s"},
                {"8h", "1m"},   {"1d", "5m"},     {"7d", "30m"},    {"365d", "1d"}, {"480d", "1d"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sim_time horizon, step;
        assert_null(duration_parse(rows[i].horizon, &horizon));
        assert_null(duration_parse(rows[i].step, &step));
        if (default_step(horizon) != step)
            fail_msg("%s: %g s", rows[i].horizon, sim_seconds(default_step(horizon)));
    }
}

static void times_of_the_run_are_read(void **state)
{
    (void)state;
    struct probe p =
        probe_load("{\"warmpool\": 1, \"title\": \"t\", \"horizon_s\": 90, \"warm_up\": \"30s\", "
                   "\"series_step\": \"0s\", " PROBE_APPS "}",
                   NULL);
    const struct scenario_config *c = probe_config(&p);
    assert_int_equal(c->horizon, 90 * SIM_SECOND);
    assert_int_equal(c->warm_up, 30 * SIM_SECOND);
    assert_int_equal(c->series_step, 0);
    probe_close(&p);
}

static void horizons_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    static const char *const horizons[] = {"\"0s\"", "\"never\"", "\"100000d\"",
                                           "60",     "null",      "\"-1h\""};
    for (size_t i = 0; i < sizeof horizons / sizeof *horizons; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "{\"warmpool\": 1, \"title\": \"t\", \"horizon\": %s, " PROBE_APPS "}",
                 horizons[i]);
        struct probe p = probe_load(text, NULL);
        assert_int_equal(diag_errors(p.diag), 1);
        assert_non_null(strstr(p.messages, "t.json:1:42: error[E030"));
        probe_close(&p);
    }
}

static void platform_and_limits_come_from_their_tables(void **state)
{
    (void)state;
    struct probe p =
        probe_right(PROBE_TOP, "\"platform\": {\"capacity_wakeup\": false, \"retry_max\": \"9s\", "
                               "\"unused_runner_timeout\": \"never\"}, "
                               "\"limits\": {\"events\": 1000}");
    const struct scenario_config *c = probe_config(&p);
    assert_false(c->platform.capacity_wakeup);
    assert_int_equal(c->platform.retry_max, 9 * SIM_SECOND);
    assert_true(c->platform.unused_runner_timeout == SIM_NEVER);
    assert_int_equal(c->platform.crash_backoff, 30 * SIM_SECOND);
    assert_int_equal(c->limits.events, 1000);
    assert_int_equal(c->limits.requests, 1048576);
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_step_makes_at_most_480_round_bins),
        cmocka_unit_test(times_of_the_run_are_read),
        cmocka_unit_test(horizons_that_make_no_sense_are_refused),
        cmocka_unit_test(platform_and_limits_come_from_their_tables),
    };
    return cmocka_run_group_tests_name("scenario_parts", tests, NULL, NULL);
}
