#include "bench/input/scenario_callers.c"

#include "tests/bench/probe.h"

static const struct probe_row wrong[] = {
    {PROBE_TOP, "\"callers\": []", "2:12: error[E0303]: /callers", "an object"},
    {PROBE_TOP, "\"callers\": {\"acme\": {\"concurrency_limit\": 2}}",
     "2:13: error[E0401]: /callers/acme", "the caller of some source"},
    {PROBE_TOP, "\"callers\": {\"owner\": {\"concurrency_limit\": 2}}",
     "2:13: error[E0401]: /callers/owner", "an account of its own"},
};

static void wrong_callers_are_reported_at_their_place(void **state)
{
    (void)state;
    PROBE_ROWS(wrong);
}

// The owner is the first caller whatever the order of the sources; a name is an account of its own.
static void callers_keep_the_owner_first(void **state)
{
    (void)state;
    struct probe probe = probe_load("{\"warmpool\": 1, \"title\": \"t\", \"horizon\": \"1h\","
                                    "\"callers\": {\"acme\": {\"concurrency_limit\": 2}},"
                                    "\"apps\": {\"A\": {\"machine_type\": \"GPU-A100\","
                                    "\"traffic\": [{\"service\": \"1s\", \"caller\": \"acme\","
                                    "\"poisson\": {\"rate_per_s\": 1}}]}}}",
                                    NULL);
    if (!probe.good) fail_msg("%s", probe.messages);
    const struct scenario_config *c = &probe.scenario.alternatives[0].config;
    assert_int_equal(c->caller_count, 2);
    assert_string_equal(c->callers[0].name, "owner");
    assert_int_equal(c->callers[0].kind, CALLER_OWNER);
    assert_string_equal(c->callers[1].name, "acme");
    assert_int_equal(c->callers[1].kind, CALLER_USER);
    assert_int_equal(c->callers[1].concurrency_limit, 2);
    assert_int_equal(c->traffic[0].caller, 1);
    probe_close(&probe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_callers_are_reported_at_their_place),
        cmocka_unit_test(callers_keep_the_owner_first),
    };
    return cmocka_run_group_tests_name("scenario_callers", tests, NULL, NULL);
}
