#include "tests/bench/probe.h"

#include <math.h>

#include "bench/experiment/design.c"

static struct probe load(const char *sweep)
{
    char text[1024];
    snprintf(text, sizeof text, "\"x-\": 1, \"warm_up\": \"10m\", \"sweep\": {%s}", sweep);
    return probe_right(PROBE_TOP, text);
}

static bool takes_all(void *context, const struct scenario_point *point)
{
    (void)context;
    (void)point;
    return true;
}

static struct design make(struct probe *p, uint64_t seed)
{
    struct design design;
    const char *error = NULL;
    assert_true(design_make(&design, p->arena, p->scenario.sweep, seed, takes_all, NULL, &error));
    return design;
}

// "0 a|0 b|1 a": the labels of all points.
static void expect_points(const char *sweep, const char *points)
{
    struct probe p = load(sweep);
    struct design design = make(&p, 1);
    char got[1024] = "";
    for (size_t i = 0; i < design.count; i++)
        for (size_t k = 0; k < design.plan->axis_count; k++) {
            size_t used = strlen(got);
            snprintf(got + used, sizeof got - used, "%s%s",
                     k   ? " "
                     : i ? "|"
                         : "",
                     design.points[i].values[k]->label);
        }
    if (strcmp(got, points) != 0) fail_msg("%s:\nexpected %s\ngot      %s", sweep, points, got);
    probe_close(&p);
}

static void a_grid_has_every_combination_that_is_wanted(void **state)
{
    (void)state;
    expect_points("\"axes\": {\"/a\": [1, 2], \"/b\": [\"x\", \"y\"]}", "1 x|1 y|2 x|2 y");
    expect_points("\"axes\": {\"/a\": [1, 2], \"/b\": [3, 4], \"/c\": [5, 6]}, \"zip\": [[\"a\", "
                  "\"c\"]]",
                  "1 3 5|1 4 5|2 3 6|2 4 6");
    expect_points("\"axes\": {\"/a\": [1, 2, 3], \"/b\": [\"1m\", \"2m\"]}, \"where\": \"a * 60 == "
                  "b\"",
                  "1 1m|2 2m");
    expect_points("\"axes\": {\"/a\": [true, false]}, \"where\": \"!a\"", "false");
}

static void a_factorial_is_in_standard_order(void **state)
{
    (void)state;
    expect_points("\"design\": \"factorial2\", \"axes\": {\"/a\": [2, 9, 1], \"/b\": [\"x\", "
                  "\"y\"], \"/c\": [\"5m\", \"10s\"]}",
                  "1 x 10s|9 x 10s|1 y 10s|9 y 10s|1 x 5m|9 x 5m|1 y 5m|9 y 5m");
    expect_points("\"design\": \"factorial2\", \"axes\": {\"/a\": [1, 2], \"/b\": [9, 8]}, "
                  "\"zip\": [[\"a\", \"b\"]]",
                  "1 9|2 8");
}

static void where_may_leave_nothing(void **state)
{
    (void)state;
    struct probe p = load("\"axes\": {\"/a\": [1, 2]}, \"where\": \"a > 2\"");
    struct design design;
    const char *error = NULL;
    assert_false(design_make(&design, p.arena, p.scenario.sweep, 1, takes_all, NULL, &error));
    assert_non_null(strstr(error, "no point"));
    probe_close(&p);
}

// One of n points in each of n slices, on every axis (McKay, Beckman, Conover); and another seed
// gives another design.
static void a_latin_hypercube_has_one_point_in_each_slice(void **state)
{
    (void)state;
    enum { POINTS = 40 };
    struct probe p = load("\"design\": \"lhs\", \"points\": 40, \"axes\": {"
                          "\"/a\": {\"range\": {\"from\": 0, \"to\": 40}},"
                          "\"/b\": {\"range\": {\"from\": 0, \"to\": 40}},"
                          "\"/c\": [1, 2, 3, 4]}");
    struct design design = make(&p, 7), other = make(&p, 8);
    assert_int_equal(design.count, POINTS);
    bool differs = false;
    size_t same_slice = 0;
    for (size_t axis = 0; axis < 2; axis++) {
        bool taken[POINTS] = {false};
        for (size_t i = 0; i < POINTS; i++) {
            double x = design.points[i].values[axis]->number;
            size_t slice = (size_t)x;
            assert_true(x > 0 && x < POINTS && !taken[slice]);
            taken[slice] = true;
            differs = differs || fabs(x - other.points[i].values[axis]->number) > 1e-9;
        }
    }
    for (size_t i = 0; i < POINTS; i++)
        same_slice += (size_t)design.points[i].values[0]->number ==
                      (size_t)design.points[i].values[1]->number;
    assert_true(differs && same_slice < POINTS / 4); // axes are paired at random: 1 is expected
    size_t counts[5] = {0};
    for (size_t i = 0; i < POINTS; i++)
        counts[(size_t)design.points[i].values[2]->number]++;
    for (size_t level = 1; level <= 4; level++)
        assert_int_equal(counts[level], POINTS / 4);
    probe_close(&p);
}

// An axis more leaves the shares of the others as they are.
static void axes_do_not_disturb_each_other(void **state)
{
    (void)state;
    struct probe one = load("\"design\": \"lhs\", \"points\": 9, \"axes\": {"
                            "\"/a\": {\"range\": {\"from\": 0, \"to\": 1}}}");
    struct probe two = load("\"design\": \"lhs\", \"points\": 9, \"axes\": {"
                            "\"/a\": {\"range\": {\"from\": 0, \"to\": 1}},"
                            "\"/b\": {\"range\": {\"from\": 0, \"to\": 1}}}");
    struct design a = make(&one, 3), b = make(&two, 3);
    for (size_t i = 0; i < 9; i++)
        assert_string_equal(a.points[i].values[0]->label, b.points[i].values[0]->label);
    probe_close(&one);
    probe_close(&two);
}

// The first points of the two-dimensional Sobol sequence.
static void sobol_points_are_the_known_ones(void **state)
{
    (void)state;
    expect_points("\"design\": \"sobol\", \"points\": 7, \"axes\": {"
                  "\"/a\": {\"range\": {\"from\": 0, \"to\": 1}},"
                  "\"/b\": {\"range\": {\"from\": 0, \"to\": 8}}}",
                  "0.5 4|0.75 2|0.25 6|0.375 3|0.875 7|0.625 1|0.125 5");
}

static void equal_points_are_made_once(void **state)
{
    (void)state;
    struct probe p =
        load("\"design\": \"sobol\", \"points\": 64, \"axes\": {\"/a\": [1, 2], \"/b\": [3, 4]}");
    struct design design = make(&p, 1);
    assert_int_equal(design.count, 4);
    probe_close(&p);
}

static bool takes_whole(void *context, const struct scenario_point *point)
{
    (void)context;
    return strchr(point->changes[0].json, '.') == NULL;
}

static void a_tornado_moves_one_axis_at_a_time(void **state)
{
    (void)state;
    struct probe p = load("\"design\": \"tornado\", \"axes\": {\"/x-\": [], \"/warm_up\": []}");
    struct design design;
    const char *error;
    assert_true(design_make(&design, p.arena, p.scenario.sweep, 1, takes_whole, NULL, &error));
    static const char *const labels[][2] = {
        {"1", "10m"}, {"0", "10m"}, {"2", "10m"}, {"1", "9m"}, {"1", "11m"}};
    assert_int_equal(design.count, 5);
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 2; k++)
            assert_string_equal(design.points[i].values[k]->label, labels[i][k]);
    design = make(&p, 1); // what takes fractions is not rounded
    assert_string_equal(design.points[1].values[0]->label, "0.9");
    assert_string_equal(design.points[2].values[0]->label, "1.1");
    probe_close(&p);
}

static void ids_are_of_what_is_set(void **state)
{
    (void)state;
    struct probe few = load("\"axes\": {\"/a\": [1, 2], \"/b\": [\"x\"]}");
    struct probe more = load("\"axes\": {\"/b\": [\"w\", \"x\"], \"/a\": [0, 2]}");
    struct design a = make(&few, 1), b = make(&more, 1);
    assert_string_equal(a.points[1].what.name, b.points[3].what.name); // a = 2, b = x in both
    assert_string_not_equal(a.points[0].what.name, a.points[1].what.name);
    assert_int_equal(strlen(a.points[0].what.name), 16);
    // FNV-1a of "/a", NUL, "1", NUL, "/b", NUL, "\"x\"", NUL.
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *c = "/a\0"
                         "1\0/b\0\"x\"",
                    *end = c + 12;
         c < end; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
    char id[20];
    snprintf(id, sizeof id, "%016" PRIx64, hash);
    assert_string_equal(a.points[0].what.name, id);
    probe_close(&few);
    probe_close(&more);
}

static void alternatives_come_before_axes(void **state)
{
    (void)state;
    struct probe p = probe_right(
        PROBE_TOP, "\"compare\": {\"none\": {}, \"two\": {\"/title\": \"u\", \"/x-\": 1}}, "
                   "\"sweep\": {\"axes\": {\"/x-\": [7]}}");
    struct design design = make(&p, 1);
    assert_int_equal(design.count, 2);
    assert_int_equal(design.points[0].what.count, 1);
    assert_int_equal(design.points[1].what.count, 3);
    assert_string_equal(design.points[1].what.changes[2].json, "7"); // the last one counts
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_grid_has_every_combination_that_is_wanted),
        cmocka_unit_test(a_factorial_is_in_standard_order),
        cmocka_unit_test(where_may_leave_nothing),
        cmocka_unit_test(a_latin_hypercube_has_one_point_in_each_slice),
        cmocka_unit_test(axes_do_not_disturb_each_other),
        cmocka_unit_test(sobol_points_are_the_known_ones),
        cmocka_unit_test(equal_points_are_made_once),
        cmocka_unit_test(a_tornado_moves_one_axis_at_a_time),
        cmocka_unit_test(ids_are_of_what_is_set),
        cmocka_unit_test(alternatives_come_before_axes),
    };
    return cmocka_run_group_tests_name("design", tests, NULL, NULL);
}
