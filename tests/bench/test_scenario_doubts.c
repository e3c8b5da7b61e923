#include "tests/bench/probe.h"

#include "bench/input/scenario_doubts.c"

// Settings whose partner is there: nothing to doubt.
static void what_has_an_effect_is_not_doubted(void **state)
{
    (void)state;
    static const struct {
        enum probe_place place;
        const char *fragment;
    } rows[] = {
        {PROBE_APP, "\"sick_response\": 503, \"sick_after\": \"1h\""},
        {PROBE_APP, "\"health_check_failure\": 0.5, \"responses\": {\"502\": 0.1}"},
        {PROBE_APP, "\"fails_at\": \"uniform\", \"responses\": {\"400\": 0.1}"},
        {PROBE_APP, "\"cache_lifetime\": \"1h\", \"first_in_region_factor\": 3"},
        {PROBE_APP,
         "\"cache_lifetime\": \"1h\", \"docker_pull\": {\"nodes\": 4, \"time\": \"9s\"}"},
        {PROBE_APP, "\"autoscaler_perc_of\": \"requests\", \"concurrency_buffer_perc\": 20"},
        {PROBE_APP, "\"autoscaler_buffer_mode\": \"max\", \"concurrency_buffer\": 1"},
        {PROBE_APP, "\"auth_mode\": \"shared\", \"shared_idle\": \"absorbed\""},
        {PROBE_APP, "\"dispatch\": \"hint\", \"hint_slots\": 2, \"traffic\": [{\"hints\": 9, "
                    "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\"}]"},
        {PROBE_APP, "\"unit_price_usd\": 0.1, \"traffic\": [{\"billable_units\": 1, "
                    "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\"}]"},
        {PROBE_APP, "\"setup\": \"10m\", \"teardown\": \"5s\""}, // at their limits
        {PROBE_APP, "\"auth_mode\": \"public\", \"traffic\": [{\"caller\": \"anonymous\", "
                    "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1h\"}]"},
        {PROBE_TOP, "\"platform\": {\"capacity_wakeup\": false, \"capacity_retry\": \"5s\"}"},
        {PROBE_TOP, "\"machine_types\": {\"GPU-A100\": {\"reclaim\": \"1h\", "
                    "\"reclaim_notice\": \"1m\"}}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe probe = probe_right(rows[i].place, rows[i].fragment);
        probe_close(&probe);
    }
}

// A deploy or a scale event may bring the partner.
static void what_has_an_effect_later_is_not_doubted(void **state)
{
    (void)state;
    struct probe mode = probe_right(
        PROBE_APP, "\"shared_idle\": \"absorbed\", \"traffic\": [{\"caller\": \"acme\", "
                   "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\"}]}},\n"
                   "\"timeline\": [{\"at\": \"9m\", \"deploy\": {\"app\": \"A\", \"change\": "
                   "{\"auth_mode\": \"shared\"}}}], \"x-\": {\"\": {");
    probe_close(&mode);
    struct probe scale =
        probe_right(PROBE_APP, "\"autoscaler_buffer_mode\": \"max\"}},\n"
                               "\"timeline\": [{\"at\": \"9m\", \"scale\": {\"app\": \"A\", "
                               "\"concurrency_buffer\": 2}}], \"x-\": {\"\": {");
    probe_close(&scale);
}

// Keys are users.
static void keys_have_an_effect_where_users_are_measured(void **state)
{
    (void)state;
    struct probe users =
        probe_right(PROBE_APP, "\"traffic\": [{\"hints\": 9, \"poisson\": {\"rate_per_s\": 1}, "
                               "\"service\": \"1s\"}]}},\n"
                               "\"expect\": [{\"metric\": \"user_uptime\", \"min\": 0.5}], "
                               "\"x-\": {\"\": {");
    probe_close(&users);
}

// The alternatives of a file differ in just such settings.
static void a_file_with_alternatives_is_not_asked_about_effects(void **state)
{
    (void)state;
    struct probe probe = probe_right(
        PROBE_APP,
        "\"hint_slots\": 2, \"traffic\": [{\"hints\": 9, \"caller\": \"anonymous\", "
        "\"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\"}]}},\n"
        "\"timeline\": [{\"at\": \"9m\", \"deploy\": {\"app\": \"A\", \"min_ready\": 2}}],"
        "\"compare\": {\"plain\": {}, \"sticky\": {\"/apps/A/dispatch\": \"hint\"}, \"open\": "
        "{\"/apps/A/auth_mode\": \"public\"}}, \"x-\": {\"\": {");
    probe_close(&probe);
}

// ... but limits that cut hold there too, and are said once.
static void limits_are_doubted_in_alternatives(void **state)
{
    (void)state;
    struct probe probe =
        probe_fragment(PROBE_APP, "\"setup\": \"30s\"}}, \"compare\": {\"a\": {}, \"b\": "
                                  "{\"/apps/A/startup_timeout\": \"9s\"}}, \"x-\": {\"\": {");
    assert_true(probe.good);
    assert_int_equal(diag_warnings(probe.diag), 1);
    assert_non_null(strstr(probe.messages, "t.json:2:10: warning[W0406]: /apps/A/setup"));
    probe_close(&probe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_has_an_effect_is_not_doubted),
        cmocka_unit_test(what_has_an_effect_later_is_not_doubted),
        cmocka_unit_test(keys_have_an_effect_where_users_are_measured),
        cmocka_unit_test(a_file_with_alternatives_is_not_asked_about_effects),
        cmocka_unit_test(limits_are_doubted_in_alternatives),
    };
    return cmocka_run_group_tests_name("scenario_doubts", tests, NULL, NULL);
}
