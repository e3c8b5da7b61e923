#include "tests/bench/probe.h"

#include "bench/input/scenario_mmpp.c"

#define STATE(name, more) "\"" name "\": {\"rate_per_s\": 1, \"mean_stay\": \"10s\"" more "}"
#define MMPP(states) "\"service\": \"1s\", \"mmpp\": {\"states\": {" states "}}"

static void expect_row(const double *row, double a, double b, double c)
{
    const double wanted[] = {a, b, c};
    for (int i = 0; i < 3; i++)
        if (!(fabs(row[i] - wanted[i]) <= 1e-12))
            fail_msg("entry %d: expected %.15g, got %.15g", i, wanted[i], row[i]);
}

// T1: in turn unless "next" says where to; at the start each state is as likely as in the long run:
// a, b, c for 10, 20 and 30 s in turn.
static void states_follow_in_turn(void **state)
{
    (void)state;
    struct probe p = probe_right(
        PROBE_SOURCE,
        "\"service\": \"1s\", \"mmpp\": {\"states\": {"
        "\"a\": {\"rate_per_h\": 3600, \"mean_stay\": \"10s\"}, "
        "\"$comment\": \"x\", \"b\": {\"rate_per_s\": 0, \"mean_stay_s\": 20}, "
        "\"c\": {\"rate_per_min\": 120, \"mean_stay\": \"30s\", \"next\": {\"b\": 0, \"a\": 1}}}}");
    const struct traffic_config *t = &probe_config(&p)->traffic[0];
    const struct mmpp *m = t->mmpp;
    assert_int_equal(t->kind, ARRIVAL_MMPP);
    assert_int_equal(m->count, 3);
    assert_string_equal(m->states[2].name, "c");
    assert_true(m->states[0].rate_per_s >= 1 && m->states[0].rate_per_s <= 1);
    assert_true(m->states[2].rate_per_s >= 2 && m->states[2].rate_per_s <= 2);
    assert_true(m->states[1].mean_s >= 20 && m->states[1].mean_s <= 20);
    expect_row(m->states[0].next, 0, 1, 1);
    expect_row(m->states[1].next, 0, 0, 1);
    expect_row(m->states[2].next, 1, 1, 1);
    expect_row(m->start, 1. / 6, .5, 1);
    probe_close(&p);
}

static void they_lead_where_they_are_told(void **state)
{
    (void)state;
    struct probe
        p =
            probe_right(
                PROBE_SOURCE, "\"service\": \"1s\", \"mmpp\": {\"start\": \"b\", \"states\": "
                              "{" STATE("a", ", \"next\": {\"b\": 0.25, \"c\": 0.75}") ", " STATE(
                                  "b", ", \"next\": {\"a\": 1}") ", " STATE("c",
                                                                            ", \"next\": {\"a\": "
                                                                            "1}") "}}");
    const struct mmpp *m = probe_config(&p)->traffic[0].mmpp;
    expect_row(m->states[0].next, 0, .25, 1);
    expect_row(m->start, 0, 1, 1);
    probe_close(&p);
}

#define AT "/apps/A/traffic/0/mmpp"
static const struct probe_row wrong[] = {
    {PROBE_SOURCE, "\"service\": \"1s\", \"mmpp\": {}", "2:26: error[E0302]: " AT "/states", NULL},
    {PROBE_SOURCE, "\"service\": \"1s\", \"mmpp\": []", "2:26: error[E0303]: " AT, "an object"},
    {PROBE_SOURCE, MMPP(""), "2:37: error[E0304]: " AT "/states", "from 2 to 32 states"},
    {PROBE_SOURCE, MMPP(STATE("a", "")), "2:37: error[E0304]: " AT "/states",
     "from 2 to 32 states"},
    {PROBE_SOURCE, "\"service\": \"1s\", \"mmpp\": {\"states\": [1, 2]}",
     "2:37: error[E0303]: " AT "/states", "an object"},
    {PROBE_SOURCE, MMPP(STATE("a", "") ", \"b\": {\"mean_stay\": \"1s\"}"),
     "2:87: error[E0302]: " AT "/states/b/rate_per_s", NULL},
    {PROBE_SOURCE, MMPP(STATE("a", "") ", \"b\": {\"rate_per_s\": 1}"),
     "2:87: error[E0302]: " AT "/states/b/mean_stay", NULL},
    {PROBE_SOURCE, MMPP(STATE("a", "") ", \"b\": {\"rate_per_s\": 1, \"mean_stay\": \"0s\"}"),
     "2:118: error[E0304]: " AT "/states/b/mean_stay", NULL},
    {PROBE_SOURCE, MMPP(STATE("a", "") ", \"b\": {\"rate_per_s\": -1, \"mean_stay\": \"1s\"}"),
     "2:102: error[E0304]: " AT "/states/b/rate_per_s", NULL},
    {PROBE_SOURCE, MMPP(STATE("a", ", \"next\": {\"b\": 0.5}") ", " STATE("b", "")),
     "2:89: error[E0403]: " AT "/states/a/next", "add up to 1"},
    {PROBE_SOURCE, MMPP(STATE("a", ", \"next\": {\"b\": 1.5}") ", " STATE("b", "")),
     "2:95: error[E0304]: " AT "/states/a/next/b", "from 0 to 1"},
    {PROBE_SOURCE, MMPP(STATE("a", ", \"next\": {\"a\": 1}") ", " STATE("b", "")),
     "2:90: error[E0403]: " AT "/states/a/next/a", "another state"},
    {PROBE_SOURCE,
     MMPP(STATE("quiet", ", \"next\": {\"busy\": 1, \"bussy\": 0}") ", " STATE("busy", "")),
     "2:105: error[E0401]: " AT "/states/quiet/next/bussy", "did you mean \"busy\"?"},
    {PROBE_SOURCE, MMPP(STATE("a", ", \"next\": 1") ", " STATE("b", "")),
     "2:89: error[E0303]: " AT "/states/a/next", "an object"},
    {PROBE_SOURCE, MMPP(STATE("a", ", \"nxt\": {}") ", " STATE("b", "")),
     "2:81: error[E0301]: " AT "/states/a/nxt", "\"next\""},
    {PROBE_SOURCE,
     MMPP(STATE("a", ", \"next\": {\"b\": 1}") ", " STATE("b", ", \"next\": {\"a\": 1}") ", " STATE(
         "c", ", \"next\": {\"a\": 1}")),
     "2:37: error[E0403]: " AT "/states", "lead to every other one"},
    {PROBE_SOURCE,
     "\"service\": \"1s\", \"mmpp\": {\"start\": \"bussy\", \"states\": {" STATE(
         "busy", "") ", " STATE("b", "") "}}",
     "2:36: error[E0401]: " AT "/start", "did you mean \"busy\"?"},
    {PROBE_SOURCE,
     "\"service\": \"1s\", \"mmpp\": {\"start\": 1, \"states\": {" STATE("busy", "") ", " STATE(
         "b", "") "}}",
     "2:36: error[E0303]: " AT "/start", NULL},
};

static void each_mistake_has_its_message(void **state)
{
    (void)state;
    PROBE_ROWS(wrong);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_follow_in_turn),
        cmocka_unit_test(they_lead_where_they_are_told),
        cmocka_unit_test(each_mistake_has_its_message),
    };
    return cmocka_run_group_tests_name("scenario_mmpp", tests, NULL, NULL);
}
