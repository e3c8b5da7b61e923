#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/figure_twin.c" // the module under test, statics included

#include "tests/bench/drawn.h"
#include "tests/bench/fixture_result.h"

static const struct timeline_config deploy = {.at = 3600 * SIM_SECOND, .name = "1"};
static const struct app_config app = {.name = "MyApp"};

// The fixture with the line of a twin that never waits but in the waves.
static struct figure twin_figure(struct fixture *f)
{
    double *line =
        fixture_series_column(f, 0, "series_twin_queue_length", LABEL_APP, "MyApp", NULL);
    for (size_t t = 0; t < FIXTURE_BINS; t++)
        line[t] = t % 23 < 2 ? 0.7 : 0;
    f->names[0].config.timeline = &deploy;
    f->names[0].config.timeline_count = 1;
    f->names[0].config.apps = &app;
    return (struct figure){
        .result = &f->result, .alternative = &f->alternatives[0], .app = "MyApp"};
}

static void it_takes_a_twin(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    struct figure figure = {
        .result = &f->result, .alternative = &f->alternatives[0], .app = "MyApp"};
    assert_false(figure_twin_wanted(&figure));
    figure = twin_figure(f);
    assert_true(figure_twin_wanted(&figure));
    figure.app = "other";
    assert_false(figure_twin_wanted(&figure));
    free(f);
}

// The lines differ in the bins of the minutes 60 to 62, so it shows 60 - m to 63 + m, with a margin
// of a quarter and two bins: 2.75 minutes.
static void it_shows_where_the_lines_differ(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    struct drawn d = drawn_by(twin_figure(f), figure_twin_draw);
    assert_non_null(strstr(d.script, "set xrange [57.25:65.75]\n"));
    assert_non_null(strstr(d.script, "'deploy recreate, switch'"));
    assert_null(strstr(d.script, "warm-up")); // it is before
    assert_non_null(strstr(d.data, "time_s,queue_length,twin_queue_length\n"));
    assert_non_null(strstr(d.data, "\n3660,25,0\n"));
    assert_non_null(strstr(d.data, "\n0,0.7,0.7\n"));
    assert_non_null(strstr(d.script, "nobody waited longer")); // no number says otherwise
    drawn_free(&d);
    free(f);
}

static void equal_lines_are_shown_whole(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    struct figure figure = twin_figure(f);
    for (size_t t = 60; t < 63; t++)
        f->alternatives[0].series.columns[find(&figure, "series_queue_length")].values[t] = 0;
    struct drawn d = drawn_by(figure, figure_twin_draw);
    assert_non_null(strstr(d.script, "set xrange [0:120]\n"));
    drawn_free(&d);
    free(f);
}

// Numbers of replication 0: the waiting that the rollouts brought, and the longest recovery.
static void the_title_says_what_it_cost(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    struct figure figure = twin_figure(f);
    f->columns[0].metric = metric_find("excess_wait_s");
    f->columns[1].metric = f->columns[2].metric = metric_find("recovery_time_s");
    f->values[0][0] = 41.5;
    f->values[0][1] = NAN;
    f->values[0][2] = 56;
    struct drawn d = drawn_by(figure, figure_twin_draw);
    assert_non_null(strstr(d.script, "waited 41.5 s more in all; recovered after 56 s"));
    drawn_free(&d);
    f->values[0][2] = NAN;
    d = drawn_by(figure, figure_twin_draw);
    assert_non_null(strstr(d.script, "waited 41.5 s more in all'"));
    drawn_free(&d);
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_takes_a_twin),
        cmocka_unit_test(it_shows_where_the_lines_differ),
        cmocka_unit_test(equal_lines_are_shown_whole),
        cmocka_unit_test(the_title_says_what_it_cost),
    };
    return cmocka_run_group_tests_name("figure_twin", tests, NULL, NULL);
}
