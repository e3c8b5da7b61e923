#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/figure_welch.c"

#include "tests/bench/drawn.h"

enum { BINS = 100 };

static struct drawn draw(struct warm_up_series *series, double level[BINS])
{
    for (int i = 0; i < BINS; i++)
        level[i] = i < 10 ? i : 10;
    series->values = level;
    const struct experiment_result result = {
        .warm_up = {
            .asked = true, .pilots = 10, .step = 36 * SIM_SECOND, .bins = BINS, .batch = 5}};
    const struct figure figure = {.result = &result, .warm_up = series};
    assert_true(figure_welch_wanted(&figure));
    return drawn_by(figure, figure_welch_draw);
}

static void the_cut_is_drawn_and_named(void **state)
{
    (void)state;
    double level[BINS];
    struct warm_up_series series = {"base", "it's", "requests in the system", NULL, 10, false};
    struct drawn d = draw(&series, level);
    assert_non_null(strstr(d.script, "\xE2\x80\x99s has settled after 6m"));
    assert_non_null(strstr(d.script, "first 360/unit, graph 0"));
    assert_non_null(strstr(d.script, "'requests in the system, mean of 10 pilot runs (base)'"));
    // Bin 2 of steps of 36 s: its middle, its value, and the mean of 0 to 4.
    assert_non_null(strstr(d.data, "time_s,mean,moving_average\n18,0,0\n"));
    assert_non_null(strstr(d.data, "\n90,2,2\n"));
    assert_non_null(strstr(d.data, "\n738,10,10\n")); // of bins 15 to 25
    drawn_free(&d);
}

static void what_has_not_settled_is_not_cut(void **state)
{
    (void)state;
    double level[BINS];
    struct warm_up_series series = {"base", "A", "runners", NULL, 50, true};
    struct drawn d = draw(&series, level);
    assert_non_null(strstr(d.script, "'A has not settled: run longer'"));
    assert_null(strstr(d.script, "cut by MSER"));
    drawn_free(&d);
    series = (struct warm_up_series){"base", "A", "runners", NULL, 0, false};
    d = draw(&series, level);
    assert_non_null(strstr(d.script, "'A is settled from the beginning'"));
    assert_null(strstr(d.script, "cut by MSER"));
    drawn_free(&d);
}

static void without_pilots_there_is_nothing_to_draw(void **state)
{
    (void)state;
    const struct experiment_result result = {.warm_up = {.asked = false}};
    const struct figure figure = {.result = &result};
    assert_false(figure_welch_wanted(&figure));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cut_is_drawn_and_named),
        cmocka_unit_test(what_has_not_settled_is_not_cut),
        cmocka_unit_test(without_pilots_there_is_nothing_to_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
