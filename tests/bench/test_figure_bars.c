#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/figure_bars.c" // the module under test, statics included

#include "tests/bench/drawn.h"
#include "tests/bench/fixture_result.h"

static void shares_are_of_the_capacity_and_add_up(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    struct bar bar = bar_of(&f->alternatives[0], "GPU-A100");
    assert_true(bar.limited && bar.whole == 28800);
    assert_true(bar.seconds[0] == 9036 && bar.held == 812 + 5213 + 9036 + 18);
    struct bar unlimited = bar_of(&f->alternatives[0], "GPU-H100");
    assert_true(!unlimited.limited && unlimited.whole == 95 + 410 + 1220);
    struct figure figure = {.result = &f->result, .alternative = &f->alternatives[0]};
    assert_true(figure_machines_wanted(&figure));
    struct drawn d = drawn_by(figure, figure_machines_draw);
    assert_non_null(strstr(d.script, "'GPU-A100: busy 31.4 % of its capacity'"));
    assert_non_null(strstr(d.script, "'GPU-A100' 0, 'GPU-H100 (unlimited)' 1"));
    double end = 0;
    for (const char *line = strchr(d.data, '\n') + 1; *line; line = strchr(line, '\n') + 1) {
        double place, use, from, to;
        assert_int_equal(sscanf(line, "%lf,%lf,%lf,%lf", &place, &use, &from, &to), 4);
        assert_true(use == 0 ? from == 0 : fabs(from - end) < 1e-9);
        end = to;
        if (use == USES) assert_true(fabs(to - 100) < 1e-9);
    }
    drawn_free(&d);
    free(f);
}

static void unused_machines_have_no_bar(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    struct bar bars[MOST_BARS];
    struct figure figure = {.result = &f->result, .alternative = &f->alternatives[0]};
    assert_int_equal(find_bars(&figure, bars), 2);
    for (size_t c = 0; c < FIXTURE_ROWS; c++)
        if (strcmp(fixture_rows[c].metric, "machine_s") == 0) f->summaries[0][c].mean = 0;
    assert_int_equal(find_bars(&figure, bars), 1); // that with a capacity
    free(f);
}

static void payers_are_stacked_for_each_mode(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    struct figure figure = {.result = &f->result};
    assert_true(figure_modes_wanted(&figure));
    struct drawn d = drawn_by(figure, figure_modes_draw);
    assert_int_equal(
        strncmp(d.data, "payer_place,owner_usd,and_callers_usd,and_absorbed_usd\n", 55), 0);
    assert_non_null(strstr(d.data, "\n0,0.5512,0.5512,0.5512\n"));
    assert_non_null(strstr(d.data, "\n1,0.1204,0.5512,0.5512\n"));
    assert_non_null(strstr(d.data, "\n6,0.5733,"));
    assert_non_null(strstr(d.script, "set label 'recreate' at first 1,"));
    assert_non_null(strstr(d.script, "set label 'rolling' at first 5,"));
    assert_null(strstr(d.script, "'nobody'")); // nothing is absorbed
    drawn_free(&d);
    free(f);
}

static void costs_of_several_apps_are_added(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    for (size_t c = 0; c < FIXTURE_ROWS; c++)
        if (strcmp(fixture_rows[c].metric, "cost_usd") == 0) {
            f->columns[c].metric = metric_find("cost_mode_usd");
            f->columns[c].labels[LABEL_APP] = FIXTURE_EVIL;
            f->columns[c].labels[LABEL_AUTH_MODE] = "shared";
        }
    assert_true(fabs(mode_usd(&f->alternatives[0], "shared", "owner") - (0.1204 + 0.5512)) < 1e-12);
    assert_true(isnan(mode_usd(&f->alternatives[0], "shared", "nobody")));
    free(f);
}

static void without_costs_there_is_no_picture(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    f->alternatives[0].column_count = 3;
    struct figure figure = {.result = &f->result, .alternative = &f->alternatives[0]};
    assert_false(figure_modes_wanted(&figure));
    assert_false(figure_machines_wanted(&figure));
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_of_the_capacity_and_add_up),
        cmocka_unit_test(unused_machines_have_no_bar),
        cmocka_unit_test(payers_are_stacked_for_each_mode),
        cmocka_unit_test(costs_of_several_apps_are_added),
        cmocka_unit_test(without_costs_there_is_no_picture),
    };
    return cmocka_run_group_tests_name("figure_bars", tests, NULL, NULL);
}
