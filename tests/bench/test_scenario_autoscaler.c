#include "tests/bench/probe.h"

#include "bench/input/scenario_autoscaler.c"

static const struct app_config *read_app(const struct probe *p)
{
    return &probe_config(p)->apps[0];
}

static void a_name_is_enough(void **state)
{
    (void)state;
    for (uint32_t i = 0; autoscaler_policies[i]; i++) {
        char text[100];
        static const char *const forms[] = {"\"autoscaler\": \"%s\"",
                                            "\"autoscaler\": {\"%s\": {}}"};
        for (int form = 0; form < 2; form++) {
            snprintf(text, sizeof text, form ? forms[1] : forms[0], autoscaler_policies[i]->name);
            struct probe p = probe_right(PROBE_APP, text);
            assert_int_equal(read_app(&p)->autoscaler, i);
            assert_true(read_app(&p)->knative.tick_interval == 2 * SIM_SECOND);
            assert_true(read_app(&p)->oracle.lookahead == 3600 * SIM_SECOND);
            probe_close(&p);
        }
    }
    struct probe p = probe_right(PROBE_APP, "\"keep_alive\": \"1s\"");
    assert_int_equal(read_app(&p)->autoscaler, 0);
    assert_true(read_app(&p)->knative.stable_window == 60 * SIM_SECOND);
    probe_close(&p);
}

static void keys_of_the_policy_are_read(void **state)
{
    (void)state;
    struct probe p = probe_right(
        PROBE_APP, "\"autoscaler\": {\"$comment\": \"tuned\", \"knative\": {\"tick_interval_s\": "
                   "4, \"stable_window\": \"2m\", \"panic_window_percentage\": 5, "
                   "\"enable_scale_to_zero\": false, \"activation_scale\": 3}}");
    const struct knative_config *k = &read_app(&p)->knative;
    assert_true(k->tick_interval == 4 * SIM_SECOND && k->stable_window == 120 * SIM_SECOND);
    assert_true(k->panic_window_percentage == 5 && !k->enable_scale_to_zero);
    assert_int_equal(k->activation_scale, 3);
    assert_true(k->max_scale_up_rate == 1000);
    probe_close(&p);
}

static void overrides_reach_them(void **state)
{
    (void)state;
    static const char file[] =
        PROBE_HEAD "\"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"autoscaler\": "
                   "{\"knative\": {\"stable_window\": \"2m\"}}}}}";
    const char *const key[] = {"/apps/A/autoscaler/knative/stable_window=30s", NULL};
    const char *const other[] = {"/apps/A/autoscaler={\"oracle\": {\"lookahead\": \"2h\"}}", NULL};
    const char *const name[] = {"/apps/A/autoscaler=lambda", NULL};
    struct probe p = probe_load(file, key);
    assert_true(read_app(&p)->knative.stable_window == 30 * SIM_SECOND);
    probe_close(&p);
    p = probe_load(file, other);
    assert_true(read_app(&p)->oracle.lookahead == 7200 * SIM_SECOND);
    assert_true(autoscaler_policies[read_app(&p)->autoscaler] == &autoscaler_oracle);
    probe_close(&p);
    p = probe_load(file, name);
    assert_true(autoscaler_policies[read_app(&p)->autoscaler] == &autoscaler_lambda);
    probe_close(&p);
}

#define KNATIVE(key) "\"autoscaler\": {\"knative\": {" key "}}"

static void problems_are_named(void **state)
{
    (void)state;
    static const struct probe_row rows[] = {
        {PROBE_APP, "\"autoscaler\": \"knativ\"", "2:15: error[E0305]: /apps/A/autoscaler",
         "did you mean \"knative\"?"},
        {PROBE_APP, "\"autoscaler\": 3", "2:15: error[E0303]: /apps/A/autoscaler", NULL},
        {PROBE_APP, "\"autoscaler\": []", "2:15: error[E0303]: /apps/A/autoscaler", NULL},
        {PROBE_APP, "\"autoscaler\": {}", "2:15: error[E0302]: /apps/A/autoscaler/fal",
         "the name of an autoscaler"},
        {PROBE_APP, "\"autoscaler\": {\"$comment\": 1}", "2:15: error[E0302]: /apps/A/autoscaler",
         "the name of an autoscaler"},
        {PROBE_APP, "\"autoscaler\": {\"knativ\": {}}",
         "2:16: error[E0301]: /apps/A/autoscaler/knativ", "did you mean \"knative\"?"},
        {PROBE_APP, "\"autoscaler\": {\"fal\": {}, \"knative\": {}}",
         "2:27: error[E0308]: /apps/A/autoscaler/knative", "expected one autoscaler"},
        {PROBE_APP, "\"autoscaler\": {\"knative\": \"2s\"}",
         "2:27: error[E0303]: /apps/A/autoscaler/knative", "an object"},
        {PROBE_APP, "\"autoscaler\": {\"fal\": {\"stable_window\": \"1m\"}}",
         "2:24: error[E0301]: /apps/A/autoscaler/fal/stable_window",
         "belongs in /apps/NAME/autoscaler/knative"},
        {PROBE_APP, "\"lookahead\": \"1m\"", "2:1: error[E0301]: /apps/A/lookahead",
         "belongs in /apps/NAME/autoscaler/oracle"},
        {PROBE_APP, KNATIVE("\"tick_intervall\": \"2s\""),
         "2:28: error[E0301]: /apps/A/autoscaler/knative/tick_intervall", "tick_interval"},
        {PROBE_APP, KNATIVE("\"tick_interval\": \"500ms\""), "2:45: error[E0304]: ", "1s to 1m"},
        {PROBE_APP, KNATIVE("\"stable_window\": \"2h\""), "2:45: error[E0304]: ", "6s to 1h"},
        {PROBE_APP, KNATIVE("\"panic_window_percentage\": 0"), "2:55: error[E0304]: ", "1 to 100"},
        {PROBE_APP, KNATIVE("\"panic_threshold_percentage\": 100"),
         "2:58: error[E0304]: ", "110 to 1000"},
        {PROBE_APP, KNATIVE("\"target_utilization_percentage\": 101"),
         "2:61: error[E0304]: ", "1 to 100"},
        {PROBE_APP, KNATIVE("\"max_scale_up_rate\": 1"), "2:49: error[E0304]: ", "1.01"},
        {PROBE_APP, KNATIVE("\"max_scale_down_rate\": 1"), "2:51: error[E0304]: ", "1.01"},
        {PROBE_APP, KNATIVE("\"enable_scale_to_zero\": \"no\""),
         "2:52: error[E0303]: ", "true or false"},
        {PROBE_APP, KNATIVE("\"scale_to_zero_grace_period\": \"-1s\""),
         "2:58: error[E0306]: ", NULL},
        {PROBE_APP, KNATIVE("\"scale_down_delay\": \"61m\""), "2:48: error[E0304]: ", "1h"},
        {PROBE_APP, KNATIVE("\"activation_scale\": 0"), "2:48: error[E0304]: ", "from 1"},
        {PROBE_APP, KNATIVE("\"drain_busy\": 1"), "2:42: error[E0303]: ", "true or false"},
        {PROBE_APP, "\"autoscaler\": {\"oracle\": {\"lookahead\": \"0s\"}}",
         "2:40: error[E0304]: /apps/A/autoscaler/oracle/lookahead", "1s"},
        {PROBE_EVENT,
         "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\", \"change\": {\"autoscaler\": \"fal\"}}}",
         "2:", "belongs to the app"},
    };
    PROBE_ROWS(rows);
}

// What nobody can foresee.
static void the_oracle_needs_a_future(void **state)
{
    (void)state;
    static const struct probe_row rows[] = {
        {PROBE_APP,
         "\"autoscaler\": \"oracle\", \"traffic\": [{\"name\": \"t\", \"closed_loop\": {\"users\": "
         "3, "
         "\"think\": \"5s\"}, \"service\": \"1s\"}]",
         "2:1: error[E0403]: /apps/A/autoscaler", "closed loop"},
        {PROBE_APP,
         "\"autoscaler\": {\"oracle\": {}}, \"max_multiplexing\": 2, \"slowdown\": {\"factor\": "
         "0.5}",
         "2:1: error[E0403]: /apps/A/autoscaler", "slowdown"},
    };
    PROBE_ROWS(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_enough),          cmocka_unit_test(keys_of_the_policy_are_read),
        cmocka_unit_test(overrides_reach_them),      cmocka_unit_test(problems_are_named),
        cmocka_unit_test(the_oracle_needs_a_future),
    };
    return cmocka_run_group_tests_name("scenario_autoscaler", tests, NULL, NULL);
}
