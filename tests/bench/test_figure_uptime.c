#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/figure_uptime.c" // the module under test, statics included

#include "tests/bench/drawn.h"
#include "tests/bench/fixture_result.h"

// The fixture's first columns as the worst windows of an app, or of two.
static struct fixture *with_windows(size_t alternatives, bool two_apps)
{
    static const char *const windows[] = {"1m", "5m", "1h"};
    struct fixture *f = fixture_create(alternatives, 30);
    for (size_t c = 0; c < 6; c++) {
        f->columns[c] = (struct column){.metric = metric_find("user_uptime_mcr")};
        f->columns[c].labels[LABEL_APP] = c < 3 || !two_apps ? "MyApp" : FIXTURE_EVIL;
        f->columns[c].labels[LABEL_WINDOW] = windows[c % 3];
        if (c >= 3 && !two_apps) f->columns[c].metric = metric_find("peak_burn");
        for (size_t a = 0; a < alternatives; a++)
            f->summaries[a][c] = fixture_summary(0.8 + 0.05 * (double)(c % 3), 0.125, 30);
    }
    return f;
}

static void it_takes_windows(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    assert_false(figure_uptime_wanted(&(struct figure){.result = &f->result}));
    free(f);
    f = with_windows(2, false);
    assert_true(figure_uptime_wanted(&(struct figure){.result = &f->result}));
    free(f);
}

// In percent and seconds; the ends of intervals stay within what there is.
static void points_have_their_intervals(void **state)
{
    (void)state;
    struct fixture *f = with_windows(2, false);
    struct drawn d = drawn_by((struct figure){.result = &f->result}, figure_uptime_draw);
    assert_non_null(strstr(d.data, "\n0,60,80,67.5,92.5\n"));
    assert_non_null(strstr(d.data, "\n1,3600,90,77.5,100\n"));
    assert_non_null(strstr(d.script, "set logscale x\n"));
    assert_non_null(strstr(d.script, "set xrange [50:4320]\n"));
    assert_non_null(strstr(d.script, "title 'recreate'"));
    assert_non_null(strstr(d.script, "title 'rolling'\n"));
    assert_non_null(
        strstr(d.script, "In the worst minute, users saw MyApp up 80 % of the time with recreate"));
    drawn_free(&d);
    free(f);
}

// Names say what tells curves apart, and are quoted.
static void curves_are_named(void **state)
{
    (void)state;
    struct fixture *f = with_windows(1, true);
    struct drawn d = drawn_by((struct figure){.result = &f->result}, figure_uptime_draw);
    assert_non_null(strstr(d.script, "title 'MyApp'"));
    assert_null(strstr(d.script, "a'b`touch"));
    drawn_free(&d);
    free(f);
    f = with_windows(2, true);
    struct curve curves[MOST_CURVES];
    assert_int_equal(find_curves(&(struct figure){.result = &f->result}, curves), 4);
    d = drawn_by((struct figure){.result = &f->result}, figure_uptime_draw);
    assert_non_null(strstr(d.script, "title 'rolling, MyApp'"));
    drawn_free(&d);
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_takes_windows),
        cmocka_unit_test(points_have_their_intervals),
        cmocka_unit_test(curves_are_named),
    };
    return cmocka_run_group_tests_name("figure_uptime", tests, NULL, NULL);
}
