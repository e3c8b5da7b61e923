#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/figure_differences.c"

#include "tests/bench/compared.h"
#include "tests/bench/drawn.h"

static void says(const char *text, const char *wanted)
{
    if (!strstr(text, wanted)) fail_msg("expected: %s\ngot: %s", wanted, text);
}

static void a_panel_for_each_number_that_differs(void **state)
{
    (void)state;
    struct compared *c = compared_create(3, 1);
    struct figure figure = {.result = &c->result};
    assert_true(figure_differences_wanted(&figure));
    struct drawn d = drawn_by(figure, figure_differences_draw);
    says(d.script, "What changes, compared with rolling");
    says(d.script, "set ytics scale 0 ('recreate' 0, 'blue_green' 1)");
    says(d.script, "set label 3 'unserved time, s'");
    says(d.script, "set label 3 'started in time, %'");
    assert_null(strstr(d.script, "killed"));
    // The zone of wait_s alone is a band.
    char *band = strstr(d.script, "rectangle from first -2, graph 0 to first 2,");
    assert_non_null(band);
    assert_null(strstr(band + 1, "rectangle"));
    assert_true(strstr(d.script, "'unserved time, s'") < band);
    // panel,row,verdict,difference,low,high
    double row[3];
    const char *first = strstr(d.data, "\n0,0,4,"); // recreate is worse than rolling
    assert_non_null(first);
    assert_int_equal(sscanf(first, "\n0,0,4,%lf,%lf,%lf", &row[0], &row[1], &row[2]), 3);
    assert_true(fabs(row[0] - c->result.comparisons[0].difference.mean) < 1e-12);
    assert_true(row[1] < row[0] && row[0] < row[2] && row[1] > 0);
    says(d.data, "\n0,1,3,-10,-10,-10\n"); // blue_green always by 10
    drawn_free(&d);
    compared_free(c);
}

static void of_too_many_the_last_takes_the_last_place(void **state)
{
    (void)state;
    struct compared *c = compared_create(2, 0);
    size_t panels[MOST_PANELS];
    for (size_t i = 0; i < c->result.comparison_count; i++)
        c->result.comparisons[i].verdict = COMPARISON_UNDECIDED;
    struct shown shown = shown_list(&c->result);
    assert_int_equal(find_panels(&shown, panels), 4);
    assert_int_equal(panels[0], 0);
    assert_int_equal(panels[2], 2);
    assert_int_equal(panels[3], 4);
    shown_free(&shown);
    compared_free(c);
}

static void nothing_is_drawn_where_nothing_differs(void **state)
{
    (void)state;
    struct compared *c = compared_create(2, 0);
    for (size_t i = 0; i < c->result.comparison_count; i++)
        c->result.comparisons[i].verdict = COMPARISON_SAME;
    assert_false(figure_differences_wanted(&(struct figure){.result = &c->result}));
    compared_free(c);
}

static void tics_are_few_and_round(void **state)
{
    (void)state;
    assert_true(tic_step(&(struct range){0, 4}) == 1);
    assert_true(tic_step(&(struct range){-3, 3}) == 2);
    assert_true(fabs(tic_step(&(struct range){0, 0.13}) - 0.05) < 1e-15);
    assert_true(tic_step(&(struct range){-300, 30}) == 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_panel_for_each_number_that_differs),
        cmocka_unit_test(of_too_many_the_last_takes_the_last_place),
        cmocka_unit_test(nothing_is_drawn_where_nothing_differs),
        cmocka_unit_test(tics_are_few_and_round),
    };
    return cmocka_run_group_tests_name("figure_differences", tests, NULL, NULL);
}
