#include "tests/bench/fixture_sweep.h"

#include "bench/output/report_sweep.c"

static char *report(const struct sweep_result *result)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_true(report_sweep_text(out, result, false));
    fclose(out);
    return text;
}

static void expect_in(const char *text, const char *wanted)
{
    if (!strstr(text, wanted)) fail_msg("expected %s in\n%s", wanted, text);
}

static void a_grid_says_what_is_best_and_lists_its_points(void **state)
{
    (void)state;
    struct swept *s = swept_create(SWEPT_GRID, swept_plain);
    char *text = report(&s->result);
    expect_in(text, "Why?");
    expect_in(text, "Lowest cost, owner, $: 10.2 +/- 0.5 with a 1, s x (and 1 other point)");
    expect_in(text, "Lowest wait, p99, s: 16 with a 4, s x (and 1 other point)");
    expect_in(text, "grid of 2 axes: 6 points");
    expect_in(text, "\na  s  cost, owner, $  wait, p99, s\n");
    expect_in(text, "\n4  y    40.2 +/- 0.5            16\n");
    assert_null(strstr(text, "callers"));
    free(text);
    swept_free(s);
}

static double flat(const double *numbers, size_t column, uint32_t replication)
{
    return column == 0 ? numbers[0] + replication : 7;
}

static void what_is_the_same_everywhere_is_said_once(void **state)
{
    (void)state;
    struct swept *s = swept_create(SWEPT_GRID, flat);
    char *text = report(&s->result);
    expect_in(text, "The same in all replications of all points:\n  wait, p99, s: 7\n");
    assert_null(strstr(text, "Lowest wait"));
    free(text);
    swept_free(s);
}

static void a_factorial_has_its_effects(void **state)
{
    (void)state;
    struct swept *s = swept_create("\"design\": \"factorial2\", \"axes\": {\"/a\": [1, 3], "
                                   "\"/b\": [5, 6]}",
                                   swept_plain);
    char *text = report(&s->result);
    expect_in(text, "Effects on cost, owner, $");
    expect_in(text, "\n  a                                     +20         always\n");
    expect_in(text, "  a x b");
    expect_in(text, "  mean of all points           25.8 +/- 0.5   25.3 to 26.2\n");
    free(text);
    swept_free(s);
}

static void a_tornado_has_a_table_of_its_own(void **state)
{
    (void)state;
    struct swept *s = swept_create(
        "\"design\": \"tornado\", \"axes\": {\"/warmpool\": [], \"/x-\": []}", swept_plain);
    char *text = report(&s->result);
    expect_in(text, "Change of cost, owner, $");
    expect_in(text, "0.9 / 1.1");
    expect_in(text, "cannot tell from 0"); // the wait does not depend on the second axis
    expect_in(text, "as the file says: 20.2 +/- 0.5");
    free(text);
    swept_free(s);
}

static void names_of_factors_are_joined(void **state)
{
    (void)state;
    struct swept *s = swept_create(
        "\"axes\": {\"/a\": [1, 2], \"/b\": [3, 4], \"/c\": [5, 6]}, \"zip\": [[\"a\", \"b\"]]",
        swept_plain);
    char text[64];
    assert_string_equal(report_sweep_factors(s->design.plan, 1, text, sizeof text), "a+b");
    assert_string_equal(report_sweep_factors(s->design.plan, 3, text, sizeof text), "a+b x c");
    assert_string_equal(report_sweep_factors(s->design.plan, 0, text, sizeof text), "");
    assert_string_equal(
        report_sweep_setting(s->design.plan, s->design.points[1].values, text, sizeof text),
        "a 1, b 3, c 6");
    assert_string_equal(report_sweep_setting(s->design.plan, s->design.points[1].values, text, 6),
                        "a 1, ");
    swept_free(s);
}

static void a_list_says_what_would_run(void **state)
{
    (void)state;
    struct swept *s = swept_create(SWEPT_GRID, swept_plain);
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    report_sweep_list(out, &s->probe.scenario, &s->design);
    fclose(out);
    expect_in(text, "6 points, 10 replications each: 60\n");
    expect_in(text, s->design.points[5].what.name);
    free(text);
    swept_free(s);
}

static void faults_and_lone_replications_are_noted(void **state)
{
    (void)state;
    struct swept *s = swept_create(SWEPT_GRID, swept_plain);
    struct alternative_result *r = &s->result.points[1].result;
    r->fault = memory_text("limits/requests: more than 5");
    r->fault_replication = 3;
    s->result.points[2].result.replications = 1;
    s->result.points[3].result.precision_reached = false;
    s->result.interrupted = false;
    char *text = report(&s->result);
    expect_in(text, "a 1, s y: replication 3 broke off: limits/requests: more than 5");
    expect_in(text, "One replication has no interval.");
    expect_in(text, "1 point did not reach the precision");
    free(text);
    swept_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_grid_says_what_is_best_and_lists_its_points),
        cmocka_unit_test(what_is_the_same_everywhere_is_said_once),
        cmocka_unit_test(a_factorial_has_its_effects),
        cmocka_unit_test(a_tornado_has_a_table_of_its_own),
        cmocka_unit_test(names_of_factors_are_joined),
        cmocka_unit_test(a_list_says_what_would_run),
        cmocka_unit_test(faults_and_lone_replications_are_noted),
    };
    return cmocka_run_group_tests_name("report_sweep", tests, NULL, NULL);
}
