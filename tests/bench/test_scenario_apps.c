#include "tests/bench/probe.h"

#include "bench/input/scenario_apps.c"

static void keys_of_the_app_are_read(void **state)
{
    (void)state;
    struct probe p =
        probe_right(PROBE_APP, "\"autoscaler\": \"fixed\", \"dispatch\": "
                               "\"least_recently_idle\", \"max_queue_length\": 7, "
                               "\"max_parallel_starts\": \"unlimited\", "
                               "\"initial_runners\": 1, \"shared_idle\": \"absorbed\", "
                               "\"auth_mode\": \"shared\", "
                               "\"good_within\": \"never\", \"deployment\": \"ephemeral\"");
    const struct app_config *app = &probe_config(&p)->apps[0];
    assert_string_equal(app->name, "A");
    assert_string_equal(policies_autoscaler(p.arena)[app->autoscaler], "fixed");
    assert_string_equal(policies_dispatch(p.arena)[app->dispatch], "least_recently_idle");
    assert_int_equal(app->max_queue_length, 7);
    assert_int_equal(app->max_parallel_starts, UINT32_MAX);
    assert_int_equal(app->initial_runners, 1);
    assert_int_equal(app->shared_idle, SHARED_IDLE_ABSORBED);
    assert_int_equal(app->deployment, DEPLOYMENT_EPHEMERAL);
    assert_true(app->good_within == SIM_NEVER);
    probe_close(&p);
}

static void apps_keep_the_order_of_the_file(void **state)
{
    (void)state;
    struct probe p = probe_load(PROBE_HEAD "\"apps\": {\"$comment\": \"two\", "
                                           "\"z\": {\"machine_type\": \"GPU-A100\"},"
                                           "\"a\": {\"machine_type\": \"GPU-H100\"}}}",
                                NULL);
    const struct scenario_config *c = probe_config(&p);
    assert_int_equal(c->app_count, 2);
    assert_string_equal(c->apps[0].name, "z");
    assert_string_equal(c->apps[1].name, "a");
    assert_int_equal(c->apps[1].first_revision, 1);
    assert_int_equal(c->revision_count, 2);
    probe_close(&p);
}

static void a_scenario_needs_an_app_with_a_name(void **state)
{
    (void)state;
    static const struct {
        const char *apps, *message;
    } rows[] = {
        {"{}", "error[E0304]: /apps: expected at least one app"},
        {"{\"$comment\": 1}", "error[E0304]: /apps: expected at least one app"},
        {"[]", "error[E0303]: /apps: expected an object, got a list"},
        {"{\"\": {\"machine_type\": \"GPU-A100\"}}", "error[E0401]: /apps/: expected a name"},
        {"{\"A\": []}", "error[E0303]: /apps/A: expected an object, got a list"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[256];
        snprintf(text, sizeof text, PROBE_HEAD "\"apps\": %s}", rows[i].apps);
        struct probe p = probe_load(text, NULL);
        if (p.good || diag_errors(p.diag) != 1 || !strstr(p.messages, rows[i].message))
            fail_msg("%s: %s", rows[i].apps, p.messages);
        probe_close(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_the_app_are_read),
        cmocka_unit_test(apps_keep_the_order_of_the_file),
        cmocka_unit_test(a_scenario_needs_an_app_with_a_name),
    };
    return cmocka_run_group_tests_name("scenario_apps", tests, NULL, NULL);
}
