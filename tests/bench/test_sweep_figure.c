#include "tests/bench/swept_drawn.h"

#include "bench/output/sweep_figure.c"

static void the_axis_with_most_numbers_comes_first(void **state)
{
    (void)state;
    struct swept *s = swept_create("\"axes\": {\"/a\": [1, 2], \"/s\": [\"x\", \"y\", \"z\"], "
                                   "\"/b\": [\"1m\", \"2m\", \"3m\"], \"/c\": [4, 5, 6], \"/d\": "
                                   "[1]}, \"zip\": [[\"b\", \"c\"]]",
                                   swept_plain);
    assert_int_equal(sweep_figure_axis(s->design.plan, 0), 2);
    assert_int_equal(sweep_figure_axis(s->design.plan, 1), 0);
    assert_true(sweep_figure_axis(s->design.plan, 2) == SIZE_MAX); // c is zipped, d is one value
    size_t lines[64];
    assert_int_equal(sweep_figure_lines(&s->design, 2, 0, lines), 3);
    char text[64];
    assert_string_equal(sweep_figure_line(&s->design, 2, 0, lines, 1, text, sizeof text), "y");
    assert_int_equal(sweep_figure_lines(&s->design, 2, SIZE_MAX, lines), 6);
    assert_string_equal(sweep_figure_line(&s->design, 2, SIZE_MAX, lines, 4, text, sizeof text),
                        "a 2, y");
    swept_free(s);
}

static void lines_that_cannot_be_told_apart_are_too_many(void **state)
{
    (void)state;
    struct swept *s = swept_create("\"axes\": {\"/a\": [1, 2, 3, 4, 5, 6, 7, 8, 9], \"/s\": "
                                   "[\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", "
                                   "\"9\"]}",
                                   swept_plain);
    size_t lines[100];
    assert_true(sweep_figure_lines(&s->design, 0, SIZE_MAX, lines) > SWEEP_LINES_MAX);
    swept_free(s);
}

static char *axis_text(const char *sweep)
{
    struct swept *s = swept_create(sweep, swept_plain);
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    sweep_figure_x(out, &s->design.plan->axes[0]);
    fclose(out);
    swept_free(s);
    return text;
}

static void axes_have_units_scales_and_ticks(void **state)
{
    (void)state;
    char *text = axis_text("\"axes\": {\"/k\": [\"10s\", \"1m\", \"10m\"], \"/b\": [1]}");
    swept_has(text, "set xlabel 'k' ");
    swept_has(text, "set logscale x"); // 60 times
    swept_has(text, "('10s' 0.16666666666666666, '1m' 1, '10m' 10)");
    free(text);
    text = axis_text("\"axes\": {\"k\": {\"path\": \"/k\", \"range\": {\"from\": \"0h\", \"to\": "
                     "\"8h\", \"step\": \"20m\"}}, \"/b\": [1]}");
    swept_has(text, "set xlabel 'k, h'");
    swept_has(text, "unset logscale x");
    swept_has(text, "set xtics autofreq"); // 25 values have no room
    swept_has(text, "set xrange [-0.24:8.24]");
    free(text);
}

static void a_dot_has_its_interval_where_there_is_one(void **state)
{
    (void)state;
    struct swept *s = swept_create(SWEPT_GRID, swept_plain);
    struct swept_figure own = swept_figure_of(s, 0);
    struct summary one = {.n = 1, .mean = 5, .low = NAN, .high = NAN}, none = {.n = 0};
    struct sweep_dot dot = sweep_figure_dot(&own.f, &one);
    assert_true(dot.low >= 5 && dot.high <= 5);
    assert_true(isnan(sweep_figure_dot(&own.f, &none).mean));
    assert_true(isnan(sweep_figure_dot(&own.f, NULL).high));
    free(own.columns);
    swept_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_axis_with_most_numbers_comes_first),
        cmocka_unit_test(lines_that_cannot_be_told_apart_are_too_many),
        cmocka_unit_test(axes_have_units_scales_and_ticks),
        cmocka_unit_test(a_dot_has_its_interval_where_there_is_one),
    };
    return cmocka_run_group_tests_name("sweep_figure", tests, NULL, NULL);
}
