#include "tests/bench/probe.h"

#include "bench/input/scenario_arrivals.c"

#include <math.h>

#define S "\"service\": \"1s\", "
#define DAY(text) S "\"diurnal\": {\"rate_per_s\": 2" text "}"
#define CROWD(text) S "\"flash_crowd\": {\"rate_per_s\": 2" text "}"

static void expect_near(double got, double wanted)
{
    if (!(fabs(got - wanted) <= 1e-12 * fmax(1, fabs(wanted))))
        fail_msg("expected %.15g, got %.15g", wanted, got);
}

// T1: what a planner says in hours of the day, in terms of the run's time.
static void waves_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *fragment;
        double amplitude, period_s, peak_s;
    } rows[] = {
        {DAY(", \"peak_to_mean\": 1.75"), .75, 86400, 43200},
        {DAY(", \"amplitude\": 0.75, \"peak_at\": \"14h\""), .75, 86400, 14 * 3600},
        {DAY(", \"amplitude\": 1, \"peak_at\": \"14h\", \"starts_at\": \"8h\""), 1, 86400,
         6 * 3600},
        {DAY(", \"amplitude\": 1, \"peak_at\": \"6h\", \"starts_at\": \"8h\""), 1, 86400,
         22 * 3600},
        {DAY(", \"peak_to_mean\": 1, \"period_s\": 600"), 0, 600, 300},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe p = probe_right(PROBE_SOURCE, rows[i].fragment);
        const struct traffic_config *t = &probe_config(&p)->traffic[0];
        assert_int_equal(t->kind, ARRIVAL_DIURNAL);
        expect_near(t->rate_per_s, 2);
        expect_near(t->diurnal.amplitude, rows[i].amplitude);
        expect_near(sim_seconds(t->diurnal.period), rows[i].period_s);
        expect_near(sim_seconds(t->diurnal.peak_at), rows[i].peak_s);
        probe_close(&p);
    }
}

// T1: values 1, 2, 3 with a mean rate of 2/s are 2/s times 1/2, 1 and 3/2.
static void profiles_are_scaled_to_their_mean(void **state)
{
    (void)state;
    struct probe p = probe_right(
        PROBE_SOURCE, DAY(", \"profile\": [1, 2, 3], \"period\": \"3h\", \"starts_at\": \"90m\""));
    const struct traffic_config *t = &probe_config(&p)->traffic[0];
    assert_int_equal(t->kind, ARRIVAL_PIECEWISE);
    assert_true(t->interpolate);
    assert_int_equal(t->step_count, 3);
    assert_int_equal(t->repeat, 3 * 3600 * SIM_SECOND);
    assert_int_equal(t->phase, 5400 * SIM_SECOND);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(t->steps[i].from, i * 3600 * SIM_SECOND);
        expect_near(t->steps[i].rate_per_s, 1 + i);
    }
    probe_close(&p);
}

static void crowds_are_read(void **state)
{
    (void)state;
    struct probe p =
        probe_right(PROBE_SOURCE, CROWD(", \"at\": \"10m\", \"factor\": 5, \"ramp\": "
                                        "\"2s\", \"hold\": \"3m\", \"half_life_s\": 40"));
    const struct traffic_config *t = &probe_config(&p)->traffic[0];
    assert_int_equal(t->kind, ARRIVAL_FLASH_CROWD);
    expect_near(t->rate_per_s, 2);
    expect_near(t->crowd.factor, 5);
    assert_int_equal(t->crowd.at, 600 * SIM_SECOND);
    assert_int_equal(t->crowd.ramp, 2 * SIM_SECOND);
    assert_int_equal(t->crowd.hold, 180 * SIM_SECOND);
    assert_int_equal(t->crowd.half_life, 40 * SIM_SECOND);
    probe_close(&p);
}

// They go with whatever says when or how requests are sent.
static void they_combine_with_the_other_keys(void **state)
{
    (void)state;
    static const char *const sources[] = {
        DAY(", \"amplitude\": 0.5"),
        DAY(", \"profile\": [1, 0]"),
        CROWD(", \"at\": \"1m\", \"factor\": 5, \"hold\": \"1m\""),
        S "\"mmpp\": {\"states\": {\"a\": {\"rate_per_s\": 1, \"mean_stay\": \"1m\"}, "
          "\"b\": {\"rate_per_s\": 0, \"mean_stay\": \"1m\"}}}",
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        char fragment[512];
        snprintf(fragment, sizeof fragment,
                 "%s, \"path\": \"websocket\", \"batch\": {\"geometric\": 3}, \"from\": \"1m\", "
                 "\"until\": \"50m\", \"caller\": \"team\", \"cancel_after\": \"9s\"",
                 sources[i]);
        struct probe p = probe_right(PROBE_SOURCE, fragment);
        assert_int_equal(probe_config(&p)->traffic[0].batch, BATCH_GEOMETRIC);
        probe_close(&p);
    }
}

static const struct probe_row wrong[] = {
    {PROBE_SOURCE,
     S "\"poisson\": {\"rate_per_s\": 1}, \"diurnal\": {\"rate_per_s\": 1, \"amplitude\": 1}",
     "2:48: error[E0308]: /apps/A/traffic/0/diurnal", "a second one"},
    {PROBE_SOURCE, DAY(""), "2:29: error[E0302]: /apps/A/traffic/0/diurnal/peak_to_mean",
     "one of \"peak_to_mean\", \"amplitude\" and \"profile\""},
    {PROBE_SOURCE, S "\"diurnal\": {\"amplitude\": 1}",
     "2:29: error[E0302]: /apps/A/traffic/0/diurnal/rate_per_s", "rate_per_h"},
    {PROBE_SOURCE, S "\"diurnal\": 3", "2:29: error[E0303]: /apps/A/traffic/0/diurnal",
     "an object"},
    {PROBE_SOURCE, DAY(", \"peak_to_mean\": 2.5"),
     "2:63: error[E0304]: /apps/A/traffic/0/diurnal/peak_to_mean", "from 1 to 2"},
    {PROBE_SOURCE, DAY(", \"peak_to_mean\": 0.5"),
     "2:63: error[E0304]: /apps/A/traffic/0/diurnal/peak_to_mean", "from 1 to 2"},
    {PROBE_SOURCE, DAY(", \"amplitude\": 1.1"),
     "2:60: error[E0304]: /apps/A/traffic/0/diurnal/amplitude", "from 0 to 1"},
    {PROBE_SOURCE, DAY(", \"amplitude\": 1, \"peak_to_mean\": 2"),
     "2:47: error[E0308]: /apps/A/traffic/0/diurnal/amplitude", "both"},
    {PROBE_SOURCE, DAY(", \"amplitude\": 1, \"period\": \"0s\""),
     "2:73: error[E0304]: /apps/A/traffic/0/diurnal/period", NULL},
    {PROBE_SOURCE, DAY(", \"amplitude\": 1, \"peak_at\": \"24h\""),
     "2:74: error[E0403]: /apps/A/traffic/0/diurnal/peak_at", "within the period"},
    {PROBE_SOURCE, DAY(", \"amplitude\": 1, \"starts_at\": \"3h\", \"period\": \"1h\""),
     "2:76: error[E0403]: /apps/A/traffic/0/diurnal/starts_at", "within the period"},
    {PROBE_SOURCE, DAY(", \"amplitude\": 1, \"peak\": 3"),
     "2:63: error[E0301]: /apps/A/traffic/0/diurnal/peak", NULL},
    {PROBE_SOURCE, DAY(", \"profile\": [1]"),
     "2:58: error[E0303]: /apps/A/traffic/0/diurnal/profile", "2 to 100000 numbers"},
    {PROBE_SOURCE, DAY(", \"profile\": 1"), "2:58: error[E0303]: /apps/A/traffic/0/diurnal/profile",
     "2 to 100000 numbers"},
    {PROBE_SOURCE, DAY(", \"profile\": [1, -1]"),
     "2:62: error[E0304]: /apps/A/traffic/0/diurnal/profile/1", NULL},
    {PROBE_SOURCE, DAY(", \"profile\": [1, \"2\"]"),
     "2:62: error[E0303]: /apps/A/traffic/0/diurnal/profile/1", NULL},
    {PROBE_SOURCE, DAY(", \"profile\": [0, 0]"),
     "2:58: error[E0304]: /apps/A/traffic/0/diurnal/profile", "above 0"},
    {PROBE_SOURCE, DAY(", \"profile\": [1, 2], \"amplitude\": 1"),
     "2:66: error[E0403]: /apps/A/traffic/0/diurnal/amplitude", "has its own peaks"},
    {PROBE_SOURCE, DAY(", \"profile\": [1, 2], \"peak_at\": \"1h\""),
     "2:66: error[E0403]: /apps/A/traffic/0/diurnal/peak_at", "has its own peaks"},
    {PROBE_SOURCE, CROWD(", \"at\": \"1m\", \"hold\": \"1m\""),
     "2:33: error[E0302]: /apps/A/traffic/0/flash_crowd/factor", NULL},
    {PROBE_SOURCE, CROWD(", \"factor\": 5, \"hold\": \"1m\""),
     "2:33: error[E0302]: /apps/A/traffic/0/flash_crowd/at", NULL},
    {PROBE_SOURCE, CROWD(", \"factor\": 0.5, \"at\": \"1m\", \"hold\": \"1m\""),
     "2:61: error[E0304]: /apps/A/traffic/0/flash_crowd/factor", "from 1 to"},
    {PROBE_SOURCE, CROWD(", \"factor\": 5, \"at\": \"1m\""),
     "2:33: error[E0302]: /apps/A/traffic/0/flash_crowd/hold", "\"half_life\" or both"},
    {PROBE_SOURCE, CROWD(", \"factor\": 5, \"at\": \"1m\", \"hold\": -1"),
     "2:84: error[E0303]: /apps/A/traffic/0/flash_crowd/hold", NULL},
    {PROBE_SOURCE, CROWD(", \"factor\": 5, \"at\": \"1m\", \"hold_s\": -1"),
     "2:86: error[E0304]: /apps/A/traffic/0/flash_crowd/hold_s", NULL},
    {PROBE_SOURCE, CROWD(", \"factor\": 5, \"at\": \"60m\", \"hold\": \"1m\""),
     "2:70: warning[W0402]: /apps/A/traffic/0/flash_crowd/at", "never comes"},
    {PROBE_SOURCE, CROWD(", \"factor\": 5, \"at\": \"1m\", \"hold\": \"1m\", \"decay\": \"1m\""),
     "2:90: error[E0301]: /apps/A/traffic/0/flash_crowd/decay", NULL},
    {PROBE_SOURCE, S "\"batch\": 2, \"closed_loop\": {\"users\": 2, \"think\": \"1s\"}",
     "2:18: error[E0403]: /apps/A/traffic/0/batch", "closed loop"},
};

static void each_mistake_has_its_message(void **state)
{
    (void)state;
    PROBE_ROWS(wrong);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waves_are_read),
        cmocka_unit_test(profiles_are_scaled_to_their_mean),
        cmocka_unit_test(crowds_are_read),
        cmocka_unit_test(they_combine_with_the_other_keys),
        cmocka_unit_test(each_mistake_has_its_message),
    };
    return cmocka_run_group_tests_name("scenario_arrivals", tests, NULL, NULL);
}
