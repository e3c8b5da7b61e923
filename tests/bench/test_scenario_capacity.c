#include "tests/bench/probe.h"

#include "bench/input/scenario_capacity.c"

static void expect_with(const char *capacity, const char *app, const char *timeline,
                        const char *message)
{
    char text[1024];
    snprintf(text, sizeof text,
             PROBE_HEAD "\"machine_types\": {\"GPU-A100\": {\"capacity\": %s}}, \"apps\": {\"A\": "
                        "{\"machine_type\": %s}}, \"timeline\": [%s]}",
             capacity, app, timeline);
    struct probe p = probe_load(text, NULL);
    bool right = message ? strstr(p.messages, message) != NULL : !*p.messages;
    if (!right) fail_msg("%s: %s", text, p.messages);
    probe_close(&p);
}

#define MORE "{\"at\": \"1m\", \"capacity\": {\"machine_type\": \"GPU-A100\", \"capacity\": 4}}"

static void an_app_needs_a_type_that_has_capacity_at_some_time(void **state)
{
    (void)state;
    expect_with("0", "\"GPU-A100\"", "", "error[E0405]: /apps/A/machine_type");
    expect_with("0", "\"GPU-A100\"", MORE, NULL);
    expect_with("0", "[\"GPU-A100\", \"GPU-H100\"]", "", NULL);
    expect_with("1", "\"GPU-A100\"", "", NULL);
    expect_with("\"unlimited\"", "\"GPU-A100\", \"num_gpus\": 8", "", NULL);
}

static void a_runner_that_never_fits_is_suspicious(void **state)
{
    (void)state;
    expect_with("3", "\"GPU-A100\", \"num_gpus\": 4", "", "warning[W0403]: /apps/A/num_gpus");
    expect_with("3", "\"GPU-A100\", \"num_gpus\": 4", MORE, NULL);
    expect_with("4", "\"GPU-A100\", \"num_gpus\": 4", "", NULL);
}

static void a_floor_above_the_capacity_is_suspicious(void **state)
{
    (void)state;
    expect_with(
        "3", "\"GPU-A100\", \"num_gpus\": 2, \"min_concurrency\": 2", "",
        "warning[W0403]: /apps/A/min_concurrency: the machines have room for 1 runners only");
    expect_with("4", "\"GPU-A100\", \"num_gpus\": 2, \"min_concurrency\": 2", "", NULL);
    expect_with("1", "[\"GPU-A100\", \"GPU-H100\"], \"min_concurrency\": 2", "", NULL);
}

// Names that nobody knows are said, and nothing is made of them.
static void unknown_apps_are_not_asked_for_room(void **state)
{
    (void)state;
    struct probe probe = probe_load(PROBE_HEAD "\"apps\": {}, \"timeline\": [{\"at\": \"1m\", "
                                               "\"deploy\": {\"app\": \"B\", \"strategy\": "
                                               "\"rolling\", \"min_ready\": 5}}]}",
                                    NULL);
    assert_false(probe.good);
    assert_int_equal(diag_warnings(probe.diag), 0);
    probe_close(&probe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_apps_are_not_asked_for_room),
        cmocka_unit_test(an_app_needs_a_type_that_has_capacity_at_some_time),
        cmocka_unit_test(a_runner_that_never_fits_is_suspicious),
        cmocka_unit_test(a_floor_above_the_capacity_is_suspicious),
    };
    return cmocka_run_group_tests_name("scenario_capacity", tests, NULL, NULL);
}
