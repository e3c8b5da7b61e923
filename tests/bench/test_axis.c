#include "tests/bench/probe.h"

#include "bench/input/axis.c"
#include "bench/input/scenario_sweep.h"

// The labels of an axis's values, joined by blanks.
static void expect_axis(const char *fragment, enum axis_kind kind, const char *name,
                        const char *labels)
{
    char text[512], got[512] = "";
    snprintf(text, sizeof text, "\"sweep\": {\"axes\": {%s}, \"design\": \"sobol\"}", fragment);
    struct probe p = probe_right(PROBE_TOP, text);
    const struct axis *axis = &p.scenario.sweep->axes[0];
    for (size_t i = 0; i < axis->count; i++) {
        size_t used = strlen(got);
        snprintf(got + used, sizeof got - used, "%s%s", i ? " " : "", axis->values[i].label);
        assert_int_equal(axis->values[i].change_count, 1);
        assert_string_equal(axis->values[i].changes[0].pointer, axis->pointer);
    }
    if (strcmp(got, labels) != 0) fail_msg("%s: expected %s, got %s", fragment, labels, got);
    assert_int_equal(axis->kind, kind);
    assert_string_equal(axis->name, name);
    probe_close(&p);
}

static void an_axis_is_a_list_a_range_or_a_scale(void **state)
{
    (void)state;
    expect_axis("\"/apps/A/min_concurrency\": [0, 1, 4]", AXIS_NUMBER, "min_concurrency", "0 1 4");
    expect_axis("\"/apps/A/keep_alive\": [\"30s\", \"5m\", \"never\"]", AXIS_TIME, "keep_alive",
                "30s 5m never");
    expect_axis("\"/apps/A/auth_mode\": [\"private\", \"shared\"]", AXIS_TEXT, "A/auth_mode",
                "private shared");
    expect_axis("\"/apps/A/x\": [true, false]", AXIS_FLAG, "x", "true false");
    expect_axis("\"/apps/A/x\": [1, \"5m\"]", AXIS_TEXT, "x", "1 5m");
    expect_axis("\"/apps/A/setup\": [{\"constant\": \"1s\"}, \"2s\"]", AXIS_TEXT, "setup",
                "{\"constant\":\"1s\"} 2s");
    expect_axis("\"r\": {\"path\": \"/a/b\", \"range\": {\"from\": 0, \"to\": 0.3, \"step\": 0.1}}",
                AXIS_NUMBER, "r", "0 0.1 0.2 0.3"); // and not 0.30000000000000004
    expect_axis("\"r\": {\"path\": \"/a/b\", \"range\": {\"from\": 1, \"to\": 8, \"step\": 3}}",
                AXIS_NUMBER, "r", "1 4 7");
    expect_axis("\"/a/b\": {\"range\": {\"from\": \"30s\", \"to\": \"2m\", \"step\": \"30s\"}}",
                AXIS_TIME, "b", "30s 1m 1m30s 2m");
    expect_axis("\"/a/b\": {\"log\": {\"from\": 0.1, \"to\": 100, \"points\": 4}}", AXIS_NUMBER,
                "b", "0.1 1 10 100");
    expect_axis("\"/a/b\": {\"log\": {\"from\": \"1s\", \"to\": \"16s\", \"points\": 3}}",
                AXIS_TIME, "b", "1s 4s 16s");
    expect_axis("\"/a/b\": {\"log\": {\"from\": 1, \"to\": 2, \"points\": 3}}", AXIS_NUMBER, "b",
                "1 1.41 2");
    expect_axis("\"/a/b\": {\"values\": [7]}", AXIS_NUMBER, "b", "7");
}

static void numbers_are_seconds_and_never_is_infinite(void **state)
{
    (void)state;
    struct probe p = probe_right(
        PROBE_TOP, "\"sweep\": {\"axes\": {\"/apps/A/keep_alive\": [\"1m30s\", \"never\"]}}");
    const struct axis *axis = &p.scenario.sweep->axes[0];
    assert_true(axis->values[0].number >= 90 && axis->values[0].number <= 90);
    assert_true(isinf(axis->values[1].number));
    assert_string_equal(axis->values[0].changes[0].json, "\"1m30s\"");
    assert_int_equal(axis->values[0].changes[0].place.line, 2);
    assert_true(axis_numeric(axis));
    probe_close(&p);
}

static void a_continuous_axis_has_a_value_at_every_share(void **state)
{
    (void)state;
    struct probe p =
        probe_right(PROBE_TOP, "\"sweep\": {\"design\": \"lhs\", \"axes\": {"
                               "\"/a/b\": {\"range\": {\"from\": 10, \"to\": 20}},"
                               "\"/a/c\": {\"log\": {\"from\": \"1s\", \"to\": \"100s\"}}}}");
    const struct axis *axes = p.scenario.sweep->axes;
    assert_true(axes[0].continuous && axes[1].continuous);
    assert_string_equal(axis_at(&axes[0], p.arena, 0).label, "10");
    assert_string_equal(axis_at(&axes[0], p.arena, 0.25).label, "12.5");
    assert_string_equal(axis_at(&axes[0], p.arena, 1).label, "20");
    assert_string_equal(axis_at(&axes[1], p.arena, 0.5).label, "10s");
    assert_string_equal(axis_at(&axes[1], p.arena, 0.5).changes[0].json, "\"10s\"");
    probe_close(&p);
}

#define AXES(text) "\"sweep\": {\"axes\": {" text "}}"

static void wrong_axes_are_reported(void **state)
{
    (void)state;
    static const struct probe_row rows[] = {
        {PROBE_TOP, AXES("\"x\": [1]"), "2:20: error[E0309]: /sweep/axes/x: ", "begins with \"/\""},
        {PROBE_TOP, AXES("\"/a/b\": 3"), "2:28: error[E0303]: /sweep/axes/~1a~1b: ", "an object"},
        {PROBE_TOP, AXES("\"/a/b\": [1, 1.0]"),
         "2:32: error[E0308]: /sweep/axes/~1a~1b/1: ", "each value once"},
        {PROBE_TOP, AXES("\"/a/b\": []"), "2:20: error[E0403]: ", "at least one value"},
        {PROBE_TOP, AXES("\"/a/b\": {}"), "2:28: error[E0302]: ", "\"range\" or \"log\""},
        {PROBE_TOP, AXES("\"/a/b\": {\"values\": [1], \"log\": {\"from\": 1, \"to\": 2}}"),
         "2:28: error[E0308]: ", "one of \"values\""},
        {PROBE_TOP, AXES("\"/a/b\": {\"range\": {\"from\": 2, \"to\": 1, \"step\": 1}}"),
         "2:56: error[E0403]: ", "\"to\" above \"from\""},
        {PROBE_TOP, AXES("\"/a/b\": {\"range\": {\"from\": \"1s\", \"to\": 2, \"step\": 1}}"),
         "2:59: error[E0303]: ", "a duration"},
        {PROBE_TOP, AXES("\"/a/b\": {\"range\": {\"from\": 0, \"to\": 1, \"step\": 0}}"),
         "2:67: error[E0304]: ", "a step above 0"},
        {PROBE_TOP, AXES("\"/a/b\": {\"range\": {\"from\": 0, \"to\": 1e6, \"step\": 1}}"),
         "2:69: error[E0408]: ", "at most 10000"},
        {PROBE_TOP, AXES("\"/a/b\": {\"range\": {\"from\": 0, \"to\": 1}}"),
         "2:20: error[E0403]: ", "a \"step\", for a grid"},
        {PROBE_TOP, AXES("\"/a/b\": {\"log\": {\"from\": 0, \"to\": 1, \"points\": 3}}"),
         "2:45: error[E0304]: ", "above 0, for a log scale"},
        {PROBE_TOP, AXES("\"/a/b\": {\"log\": {\"from\": 1, \"to\": 2, \"points\": 1}}"),
         "2:67: error[E0304]: ", "from 2 to 10000"},
        {PROBE_TOP, AXES("\"/a/b\": {\"range\": {\"to\": 1, \"step\": 1}}"),
         "2:38: error[E0302]: ", "\"from\""},
        {PROBE_TOP, AXES("\"y\": {\"path\": \"a/b\", \"values\": [1]}"),
         "2:34: error[E0309]: ", "begins with \"/\""},
        {PROBE_TOP, AXES("\"y\": {\"values\": [1]}"), "2:25: error[E0302]: ", "\"path\""},
        {PROBE_TOP, AXES("\"\": {\"path\": \"/a\", \"values\": [1]}"),
         "2:20: error[E0401]: ", "a name"},
        {PROBE_TOP, AXES("\"/a/b\": {\"values\": [1], \"step\": 2}"),
         "2:44: error[E0301]: ", "step"},
    };
    PROBE_ROWS(rows);
}

static void a_knob_has_steps_of_its_own(void **state)
{
    (void)state;
    static const struct {
        const char *fragment;
        size_t count;
        const char *second;
    } rows[] = {
        {"{\"from\": 0, \"to\": 8}", 9, "1"},
        {"{\"from\": 0, \"to\": 8, \"step\": 2}", 5, "2"},
        {"{\"from\": 0, \"to\": 8, \"points\": 3}", 3, "4"},
        {"{\"from\": 0.5, \"to\": 6.9}", AXIS_LEVELS, "0.6"},
        {"{\"from\": \"0s\", \"to\": \"32s\"}", AXIS_LEVELS, "500ms"},
        {"{\"from\": 1, \"to\": 100, \"log\": true, \"points\": 3}", 3, "10"},
        {"{\"values\": [\"recreate\", \"rolling\"]}", 2, "rolling"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe p = probe_open();
        struct json *json = json_create(p.arena);
        struct reader reader = {.arena = p.arena, .diag = p.diag, .json = json};
        char text[256];
        snprintf(text, sizeof text, "{\"/a/b\": %s}", rows[i].fragment);
        struct lexer_source source = {"t.json", text, strlen(text)};
        cJSON *root = json_parse(json, &source, p.diag);
        struct object object = object_open(&reader, root->child, &keys_knob);
        struct axis axis;
        assert_true(axis_read_knob(&object, &axis));
        object_close(&object);
        assert_int_equal(diag_errors(p.diag), 0);
        assert_int_equal(axis.count, rows[i].count);
        assert_string_equal(axis.values[1].label, rows[i].second);
        assert_false(axis.continuous);
        cJSON_Delete(root);
        probe_close(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_axis_is_a_list_a_range_or_a_scale),
        cmocka_unit_test(numbers_are_seconds_and_never_is_infinite),
        cmocka_unit_test(a_continuous_axis_has_a_value_at_every_share),
        cmocka_unit_test(wrong_axes_are_reported),
        cmocka_unit_test(a_knob_has_steps_of_its_own),
    };
    return cmocka_run_group_tests_name("axis", tests, NULL, NULL);
}
