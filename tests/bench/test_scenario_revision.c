#include "tests/bench/probe.h"

#include "bench/input/scenario_revision.c"

// An app whose machine types are free to choose, on line 1.
static struct probe load_app(const char *app, const char *rest)
{
    char text[1024];
    snprintf(text, sizeof text, PROBE_HEAD "%s \"apps\": {\"A\": {%s}}}", rest, app);
    return probe_load(text, NULL);
}

static void defaults_are_those_of_the_platform(void **state)
{
    (void)state;
    struct probe p = probe_right(PROBE_APP, "\"x-\": 0");
    const struct revision_config *r = &probe_config(&p)->revisions[0];
    assert_int_equal(r->scaling.min_concurrency, 0);
    assert_int_equal(r->scaling.max_concurrency, 2);
    assert_int_equal(r->scaling.keep_alive, 60 * SIM_SECOND);
    assert_int_equal(r->scaling.request_timeout, 3600 * SIM_SECOND);
    assert_int_equal(r->startup_timeout, 600 * SIM_SECOND);
    assert_int_equal(r->termination_grace_period, 5 * SIM_SECOND);
    assert_int_equal(r->num_gpus, 1);
    assert_int_equal(r->max_multiplexing, 1);
    assert_int_equal(r->auth_mode, AUTH_PRIVATE);
    assert_true(r->image_cached >= 1);
    assert_int_equal(r->response_count, 0);
    probe_close(&p);
}

static void the_auth_mode_follows_the_deployment_unless_given(void **state)
{
    (void)state;
    static const struct {
        const char *fragment;
        enum auth_mode mode;
    } rows[] = {
        {"\"deployment\": \"persistent\"", AUTH_PRIVATE},
        {"\"deployment\": \"ephemeral\"", AUTH_PUBLIC},
        {"\"deployment\": \"ephemeral\", \"auth_mode\": \"shared\"", AUTH_SHARED},
        {"\"deployment\": \"ephemeral\", \"auth_mode\": \"private\"", AUTH_PRIVATE},
        {"\"auth_mode\": \"public\"", AUTH_PUBLIC},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe p = probe_right(PROBE_APP, rows[i].fragment);
        assert_int_equal(probe_config(&p)->revisions[0].auth_mode, rows[i].mode);
        probe_close(&p);
    }
}

static void machine_types_keep_their_order_of_preference(void **state)
{
    (void)state;
    struct probe p = load_app("\"machine_type\": [\"GPU-H100\", \"GPU-A100\"]", "");
    const struct scenario_config *c = probe_config(&p);
    assert_int_equal(c->revisions[0].machine_count, 2);
    assert_string_equal(c->machines[c->revisions[0].machines[0]].name, "GPU-H100");
    assert_string_equal(c->machines[c->revisions[0].machines[1]].name, "GPU-A100");
    probe_close(&p);
}

static void machine_types_that_cannot_be_used_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *app, *message;
    } rows[] = {
        {"\"machine_type\": \"GPU-A10\"",
         "E0401]: /apps/A/machine_type: expected a machine type, got "
         "\"GPU-A10\"; did you mean \"GPU-A100\"?"},
        {"\"machine_type\": \"M\"",
         "E0402]: /apps/A/machine_type: expected a price for machine type "
         "\"M\", got none (nobody publishes one); give "
         "/machine_types/M/price_usd_per_s or price_usd_per_h"},
        {"\"keep_alive\": \"1s\"", "E0402]: /apps/A: expected a price for machine type \"S\""},
        {"\"machine_type\": [\"GPU-A100\", \"L\"]", "E0402]: /apps/A/machine_type/1: "},
        {"\"machine_type\": []", "E0304]: /apps/A/machine_type: expected a list of 1 to 8"},
        {"\"machine_type\": 5",
         "E0303]: /apps/A/machine_type: expected the name of a machine type"},
        {"\"machine_type\": [\"GPU-A100\", \"GPU-A100\"]",
         "E0403]: /apps/A/machine_type/1: expected each"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe p = load_app(rows[i].app, "");
        if (p.good || diag_errors(p.diag) != 1 || !strstr(p.messages, rows[i].message))
            fail_msg("%s: %s", rows[i].app, p.messages);
        probe_close(&p);
    }
}

static void a_given_price_makes_the_default_type_usable(void **state)
{
    (void)state;
    struct probe p = load_app("", "\"machine_types\": {\"S\": {\"price_usd_per_s\": 0.0001}},");
    const struct scenario_config *c = probe_config(&p);
    assert_int_equal(c->revisions[0].machine_count, 1);
    assert_string_equal(c->machines[c->revisions[0].machines[0]].name, "S");
    probe_close(&p);
}

static void several_gpus_need_a_gpu_type(void **state)
{
    (void)state;
    static const char price[] = "\"machine_types\": {\"M\": {\"price_usd_per_s\": 1}},";
    struct probe p = load_app("\"machine_type\": \"M\", \"num_gpus\": 2", price);
    assert_non_null(
        strstr(p.messages, "E0403]: /apps/A/num_gpus: expected 1 on a type without GPUs"));
    probe_close(&p);
    p = load_app("\"machine_type\": \"M\", \"num_gpus\": 1", price);
    assert_true(p.good);
    probe_close(&p);
    p = load_app("\"machine_type\": \"GPU-A100\", \"num_gpus\": 2", price);
    assert_true(p.good);
    probe_close(&p);
}

static void docker_pull_and_responses_are_read(void **state)
{
    (void)state;
    struct probe p = probe_right(PROBE_APP, "\"docker_pull\": {\"time_s\": 20}, "
                                            "\"responses\": {\"500\": 0.25, \"crash\": 0.75}");
    const struct revision_config *r = &probe_config(&p)->revisions[0];
    assert_true(r->image_cached <= 0);
    assert_true(r->docker_pull.a >= 20 && r->docker_pull.a <= 20);
    assert_int_equal(r->response_count, 2);
    assert_int_equal(r->responses[0].status, 500);
    assert_int_equal(r->responses[1].status, 0);
    assert_true(r->responses[1].probability >= 0.75);
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_those_of_the_platform),
        cmocka_unit_test(the_auth_mode_follows_the_deployment_unless_given),
        cmocka_unit_test(machine_types_keep_their_order_of_preference),
        cmocka_unit_test(machine_types_that_cannot_be_used_are_refused),
        cmocka_unit_test(a_given_price_makes_the_default_type_usable),
        cmocka_unit_test(several_gpus_need_a_gpu_type),
        cmocka_unit_test(docker_pull_and_responses_are_read),
    };
    return cmocka_run_group_tests_name("scenario_revision", tests, NULL, NULL);
}
