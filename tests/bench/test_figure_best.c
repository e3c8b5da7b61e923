#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/figure_best.c"

#include "tests/bench/compared.h"
#include "tests/bench/drawn.h"

static void a_bar_for_each_alternative(void **state)
{
    (void)state;
    struct compared *c = compared_create(3, 0);
    struct figure figure = {.result = &c->result};
    assert_true(figure_best_wanted(&figure));
    struct drawn d = drawn_by(figure, figure_best_draw);
    double row[3];
    int open[2];
    assert_non_null(strstr(d.script, "('recreate' 0, 'rolling' 1, 'blue_green' 2)"));
    assert_non_null(strstr(d.script, "unserved time, s, minus the smallest of the others"));
    const char *first = strstr(d.data, "\n0,"), *last = strstr(d.data, "\n2,-10,-");
    assert_non_null(first);
    assert_non_null(last);
    assert_int_equal(sscanf(first, "\n0,%lf,%lf,%lf,%d", &row[0], &row[1], &row[2], &open[0]), 4);
    assert_true(row[1] == 0 && row[0] > 19 && row[2] > row[0]);
    assert_int_equal(sscanf(last, "\n2,%lf,%lf,%lf,%d", &row[0], &row[1], &row[2], &open[1]), 4);
    assert_true(row[2] == 0 && row[0] < 0);
    assert_true(open[0] == 0 && open[1] == 1);
    drawn_free(&d);
    compared_free(c);
}

static void without_intervals_there_is_nothing_to_draw(void **state)
{
    (void)state;
    struct compared *c = compared_create(2, 0);
    struct figure figure = {.result = &c->result};
    for (size_t i = 0; i < 2; i++)
        c->result.contest.contenders[i].low = NAN;
    assert_false(figure_best_wanted(&figure));
    c->result.contest.column = NULL;
    assert_false(figure_best_wanted(&figure));
    compared_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bar_for_each_alternative),
        cmocka_unit_test(without_intervals_there_is_nothing_to_draw),
    };
    return cmocka_run_group_tests_name("figure_best", tests, NULL, NULL);
}
