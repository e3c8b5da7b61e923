#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/figure.c" // the module under test, statics included

#include "tests/bench/drawn.h"
#include "tests/bench/fixture_result.h"

static void nothing(const struct figure *figure)
{
    figure_frame(figure, "it's `touch x`", "a\nb");
}

static void titles_are_quoted(void **state)
{
    (void)state;
    struct drawn d = drawn_by((struct figure){.app = "x"}, nothing);
    assert_non_null(strstr(d.script, "set label 1 'it\xE2\x80\x99s `touch x`' at"));
    assert_non_null(strstr(d.script, "set label 2 'a?b' at"));
    drawn_free(&d);
}

static void colours_repeat_after_the_last(void **state)
{
    (void)state;
    assert_string_equal(figure_colour(0, SHADE_DARK), "#0072B2");
    assert_string_equal(figure_colour(FIGURE_HUES, SHADE_DARK), figure_colour(0, SHADE_DARK));
}

static void axis(const struct figure *figure)
{
    figure_time_axis(figure, true);
}

static void the_axis_of_time_has_a_fitting_unit(void **state)
{
    (void)state;
    static const struct {
        double horizon_s;
        const char *label, *range;
    } rows[] = {{120, "time, s", "[0:120]"},
                {7200, "time, min", "[0:120]"},
                {86400, "time, h", "[0:24]"},
                {864000, "time, d", "[0:10]"}};
    struct fixture *f = fixture_create(1, 1);
    for (size_t i = 0; i < 4; i++) {
        f->names[0].config.horizon = sim_from_seconds(rows[i].horizon_s);
        struct drawn d = drawn_by((struct figure){.alternative = &f->alternatives[0]}, axis);
        assert_non_null(strstr(d.script, rows[i].label));
        assert_non_null(strstr(d.script, rows[i].range));
        drawn_free(&d);
    }
    free(f);
}

static void marks(const struct figure *figure)
{
    figure_marks(figure, true);
}

static void marks_have_a_line_each_and_close_ones_share_a_label(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 1);
    struct figure figure = {.alternative = &f->alternatives[1], .app = "MyApp"};
    struct drawn d = drawn_by(figure, marks);
    assert_non_null(strstr(d.script, "set label 'deploy rolling, switch' at first 3600/unit"));
    assert_non_null(strstr(d.script, "set label 'old_gone' at first 3760/unit"));
    size_t lines = 0;
    for (const char *p = d.script; (p = strstr(p, "set arrow")); p++)
        lines++;
    assert_int_equal(lines, 4); // three marks and the end of the warm-up
    drawn_free(&d);
    figure.app = "another";
    d = drawn_by(figure, marks);
    assert_null(strstr(d.script, "deploy"));
    drawn_free(&d);
    free(f);
}

// Labels as long as a quarter of the axis, at every twentieth of it: three rows, then no room.
static void labels_of_marks_do_not_overlap(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 1);
    struct figure figure = {.alternative = &f->alternatives[0], .app = "MyApp"};
    struct series *s = &f->alternatives[0].series;
    static const char *const words[] = {"first label, twenty-five", "second label, also quite",
                                        "third label, as they are", "fourth label, no room...",
                                        "fifth label, in row one."};
    static const double at[] = {720, 1080, 1440, 1800, 2700};
    struct series_mark own[5];
    s->marks = own;
    for (s->mark_count = 0; s->mark_count < 5; s->mark_count++)
        s->marks[s->mark_count] = (struct series_mark){.at = sim_from_seconds(at[s->mark_count]),
                                                       .what = words[s->mark_count],
                                                       .app = "MyApp"};
    struct drawn d = drawn_by(figure, marks);
    assert_non_null(
        strstr(d.script, "first label, twenty-five' at first 720/unit, graph 1 offset -0.3,0.5"));
    assert_non_null(
        strstr(d.script, "second label, also quite' at first 1080/unit, graph 1 offset -0.3,1.4"));
    assert_non_null(
        strstr(d.script, "third label, as they are' at first 1440/unit, graph 1 offset -0.3,2.3"));
    assert_null(strstr(d.script, "fourth"));
    assert_non_null(
        strstr(d.script, "fifth label, in row one.' at first 2700/unit, graph 1 offset -0.3,0.5"));
    drawn_free(&d);
    free(f);
}

static void series_are_found_by_some_of_their_labels(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 1);
    const struct series *s = &f->alternatives[0].series;
    struct column wanted = {.metric = metric_find("series_runners")};
    size_t found = 0;
    for (size_t c = 0; (c = figure_series(s, &wanted, c)) != SIZE_MAX; c++)
        found++;
    assert_int_equal(found, 10);
    wanted.labels[LABEL_STATE] = "RUNNING";
    wanted.labels[LABEL_REVISION] = "2";
    size_t running = figure_series(s, &wanted, 0);
    assert_string_equal(s->columns[running].column.labels[LABEL_STATE], "RUNNING");
    assert_int_equal(figure_series(s, &wanted, running + 1), SIZE_MAX);
    assert_false(figure_is_zero(s, running));
    free(f);
}

static void rows(const struct figure *figure)
{
    figure_series_rows(figure, (const size_t[]){0, 1}, 2);
}

static void steps_reach_the_horizon(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 1);
    f->bins[0][0][118] = NAN;
    f->bins[0][0][119] = 1.5;
    f->bins[0][1][119] = 0;
    struct drawn d = drawn_by((struct figure){.alternative = &f->alternatives[0]}, rows);
    size_t lines = 0;
    for (const char *p = d.data; *p; p++)
        lines += *p == '\n';
    assert_int_equal(lines, FIXTURE_BINS + 1);
    assert_non_null(strstr(d.data, "\n7080,NaN,"));
    assert_non_null(strstr(d.data, "\n7140,1.5,0\n7200,1.5,0\n"));
    drawn_free(&d);
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_are_quoted),
        cmocka_unit_test(colours_repeat_after_the_last),
        cmocka_unit_test(the_axis_of_time_has_a_fitting_unit),
        cmocka_unit_test(marks_have_a_line_each_and_close_ones_share_a_label),
        cmocka_unit_test(labels_of_marks_do_not_overlap),
        cmocka_unit_test(series_are_found_by_some_of_their_labels),
        cmocka_unit_test(steps_reach_the_horizon),
    };
    return cmocka_run_group_tests_name("figure", tests, NULL, NULL);
}
