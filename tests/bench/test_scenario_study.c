#include "tests/bench/probe.h"

#include "bench/input/scenario_study.c"

static void the_kind_is_given_or_follows(void **state)
{
    (void)state;
#define DEPLOY "\"timeline\": [{\"at\": \"30m\", \"deploy\": {\"app\": \"A\"}}]"
    static const struct {
        const char *fragment;
        enum study_kind study;
        bool warm_up_auto;
    } rows[] = {
        {"\"question\": \"\"", STUDY_TERMINATING, false},
        {"\"warm_up\": \"10m\"", STUDY_STEADY_STATE, false},
        {"\"warm_up\": \"auto\"", STUDY_STEADY_STATE, true},
        {"\"warm_up\": \"10m\", " DEPLOY, STUDY_TERMINATING, false},
        {"\"warm_up\": \"10m\", \"study\": \"terminating\"", STUDY_TERMINATING, false},
        {"\"study\": \"steady_state\"", STUDY_STEADY_STATE, false},
        {"\"study\": \"cyclic\", \"cycle\": \"10m\", \"warm_up\": \"20m\"", STUDY_CYCLIC, false},
        {"\"study\": \"cyclic\", \"cycle_s\": 600, \"warm_up\": \"auto\"", STUDY_CYCLIC, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe p = probe_right(PROBE_TOP, rows[i].fragment);
        assert_int_equal(p.scenario.study, rows[i].study);
        assert_int_equal(p.scenario.alternatives[0].warm_up_auto, rows[i].warm_up_auto);
        if (rows[i].study == STUDY_CYCLIC) assert_true(p.scenario.cycle == 600 * SIM_SECOND);
        if (rows[i].warm_up_auto) assert_true(probe_config(&p)->warm_up == 0);
        probe_close(&p);
    }
}

static void contradictions_are_reported(void **state)
{
    (void)state;
    static const struct probe_row rows[] = {
        {PROBE_TOP, "\"study\": \"steady\"", "2:10: error[E0305]: /study", "steady_state"},
        {PROBE_TOP, "\"study\": \"cyclic\"", "2:10: error[E0403]: /study", "cycle"},
        {PROBE_TOP, "\"cycle\": \"10m\"", "2:1: error[E0403]: /cycle", "cyclic"},
        {PROBE_TOP, "\"cycle_s\": 9, \"study\": \"terminating\"", "2:1: error[E0403]: /cycle_s",
         NULL},
        {PROBE_TOP, "\"study\": \"cyclic\", \"cycle\": \"7m\"", "1:", "a whole number of cycles"},
        {PROBE_TOP, "\"study\": \"cyclic\", \"cycle\": \"10m\", \"warm_up\": \"5m\"",
         "2:47: error[E0403]: /warm_up", "a whole number of cycles"},
        {PROBE_TOP, "\"study\": \"terminating\", \"warm_up\": \"auto\"",
         "2:36: error[E0403]: /warm_up", "terminating"},
        {PROBE_TOP, "\"study\": \"steady_state\", \"warm_up\": \"auto\", " DEPLOY,
         "2:37: error[E0403]: /warm_up", "timeline"},
        {PROBE_TOP, "\"warm_up\": \"automatic\"", "2:12: error[E0306]: /warm_up", NULL},
        {PROBE_TOP, "\"warm_up_s\": \"auto\"", "2:14: error[E0303]: /warm_up_s", NULL},
        {PROBE_TOP, "\"compare\": {\"a\": {\"/study\": \"cyclic\"}}", "2:19: error[E0406]", NULL},
    };
    PROBE_ROWS(rows);
}

// Each alternative may have a warm-up of its own.
static void alternatives_may_differ(void **state)
{
    (void)state;
    struct probe p = probe_right(
        PROBE_TOP,
        "\"warm_up\": \"auto\", \"compare\": {\"found\": {}, \"given\": {\"/warm_up\": \"10m\"}}");
    assert_true(p.scenario.alternatives[0].warm_up_auto);
    assert_false(p.scenario.alternatives[1].warm_up_auto);
    assert_true(p.scenario.alternatives[1].config.warm_up == 600 * SIM_SECOND);
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_kind_is_given_or_follows),
        cmocka_unit_test(contradictions_are_reported),
        cmocka_unit_test(alternatives_may_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
