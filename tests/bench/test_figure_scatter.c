#include "tests/bench/swept_drawn.h"

#include "bench/output/figure_scatter.c"

static void each_axis_of_numbers_has_a_panel(void **state)
{
    (void)state;
    struct swept *s = swept_create("\"design\": \"sobol\", \"points\": 2, \"axes\": {\"/k\": "
                                   "{\"range\": {\"from\": \"0s\", \"to\": \"20m\"}}, \"/b\": "
                                   "{\"range\": {\"from\": 0, \"to\": 8}}, \"/s\": [\"x\"]}",
                                   swept_plain);
    assert_true(swept_wanted(s, figure_scatter_wanted));
    struct drawn d = swept_drawn(s, 1, figure_scatter_draw);
    // Shares 0.5, 0.5 and 0.75, 0.25: 600 s and 4, 900 s and 2; minutes on the axis.
    swept_has(d.data, "mean,low,high,axis_1,axis_2\n-580,-580,-580,10,4\n-880,-880,-880,15,2\n");
    swept_has(d.script, "set xlabel 'k, min'");
    swept_has(d.script, "plot data using 5:1:2:3");
    drawn_free(&d);
    swept_free(s);
}

static void a_grid_has_none(void **state)
{
    (void)state;
    struct swept *s = swept_create(SWEPT_GRID, swept_plain);
    assert_false(swept_wanted(s, figure_scatter_wanted));
    swept_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_axis_of_numbers_has_a_panel),
        cmocka_unit_test(a_grid_has_none),
    };
    return cmocka_run_group_tests_name("figure_scatter", tests, NULL, NULL);
}
