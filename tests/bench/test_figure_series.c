#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/figure_series.c" // the module under test, statics included

#include "tests/bench/drawn.h"
#include "tests/bench/fixture_result.h"

static struct figure about_app(struct fixture *f, size_t alternative)
{
    return (struct figure){
        .result = &f->result, .alternative = &f->alternatives[alternative], .app = "MyApp"};
}

static void layers_are_sums_of_what_lies_below(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    struct figure figure = about_app(f, 0);
    assert_true(figure_runners_wanted(&figure));
    struct drawn d = drawn_by(figure, figure_runners_draw);
    // Bottom: running of revision 1.  Its stopping runners come before revision 2.
    assert_non_null(
        strstr(d.data, "time_s,1_RUNNING,1_IDLE,1_SETUP,1_DOCKER_PULL,1_DRAINING,2_RUNNING"));
    assert_non_null(
        strstr(d.script, "(0+$2) with fillsteps linecolor rgb '#0072B2' title 'rev. 1, running'"));
    assert_non_null(strstr(d.script, "(0+$2+$3+$4+$5) with fillsteps linecolor rgb '#CBE4F3' "
                                     "title 'rev. 1, starting'"));
    const char *top = strstr(d.script, "rev. 2, starting"),
               *bottom = strstr(d.script, "rev. 1, running");
    assert_true(top && bottom && top < bottom);
    drawn_free(&d);
    free(f);
}

static void the_title_is_what_this_replication_found(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    struct drawn d = drawn_by(about_app(f, 0), figure_runners_draw);
    assert_non_null(strstr(d.script, "'MyApp was down for 39.0 s'")); // 41.23 - 2 x 1.1
    assert_non_null(strstr(d.script, "'runners by state (recreate, replication 0 of 30)'"));
    drawn_free(&d);
    d = drawn_by(about_app(f, 1), figure_runners_draw);
    assert_non_null(strstr(d.script, "'MyApp was never down'"));
    drawn_free(&d);
    free(f);
}

static void one_revision_needs_no_name(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    for (size_t c = 0; c < 10; c++)
        if (strcmp(f->series[0][c].column.labels[LABEL_REVISION], "2") == 0)
            memset(f->bins[0][c], 0, sizeof f->bins[0][c]);
    struct drawn d = drawn_by(about_app(f, 0), figure_runners_draw);
    assert_non_null(strstr(d.script, "title 'running'"));
    assert_null(strstr(d.script, "rev."));
    drawn_free(&d);
    free(f);
}

static void without_runners_there_is_no_picture(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    struct figure figure = about_app(f, 0);
    figure.app = "another";
    assert_false(figure_runners_wanted(&figure));
    assert_false(figure_queue_wanted(&figure));
    figure.app = "MyApp";
    memset(f->bins, 0, sizeof f->bins);
    assert_false(figure_runners_wanted(&figure));
    free(f);
}

static void the_longest_wait_is_one_after_the_warm_up(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    struct drawn d = drawn_by(about_app(f, 0), figure_queue_draw);
    assert_non_null(strstr(d.script, "'MyApp: the longest wait was 96.5 s'"));
    assert_int_equal(strncmp(d.data, "time_s,queue_length,wait_mean_s,wait_max_s\n", 43), 0);
    assert_non_null(strstr(d.data, "\n3600,14,NaN,NaN\n"));
    drawn_free(&d);
    struct column column = {.metric = metric_find("series_wait_max_s")};
    double *wait = f->series[0][figure_series(&f->alternatives[0].series, &column, 0)].values;
    wait[19] = 1000; // the warm-up is 20 min long
    d = drawn_by(about_app(f, 0), figure_queue_draw);
    assert_non_null(strstr(d.script, "was 96.5 s'"));
    drawn_free(&d);
    for (size_t bin = 0; bin < FIXTURE_BINS; bin++)
        wait[bin] = 0;
    d = drawn_by(about_app(f, 0), figure_queue_draw);
    assert_non_null(strstr(d.script, "'MyApp: nobody waited'"));
    drawn_free(&d);
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layers_are_sums_of_what_lies_below),
        cmocka_unit_test(the_title_is_what_this_replication_found),
        cmocka_unit_test(one_revision_needs_no_name),
        cmocka_unit_test(without_runners_there_is_no_picture),
        cmocka_unit_test(the_longest_wait_is_one_after_the_warm_up),
    };
    return cmocka_run_group_tests_name("figure_series", tests, NULL, NULL);
}
