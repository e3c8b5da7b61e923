#include "tests/bench/swept_drawn.h"

#include "bench/output/figure_map.c"

static void cells_are_placed_by_rank(void **state)
{
    (void)state;
    struct swept *s = swept_create("\"axes\": {\"/a\": [10, 1, 5], \"/b\": [3, 2], \"/s\": [\"x\", "
                                   "\"y\"]}",
                                   swept_plain);
    assert_true(swept_wanted(s, figure_map_wanted));
    struct drawn d = swept_drawn(s, 1, figure_map_draw);
    // a 10, b 3 (the first point) is at 2, 1; only s x is drawn, and the subtitle says so.
    swept_has(d.data, "x,y,mean\n2,1,10\n2,0,10\n0,1,19\n0,0,19\n1,1,15\n1,0,15\n");
    swept_has(d.script, "means over replications; x");
    swept_has(d.script, "'10' 2, '1' 0, '5' 1)");
    drawn_free(&d);
    swept_free(s);
}

static void equal_cells_have_a_range_of_colours_all_the_same(void **state)
{
    (void)state;
    struct swept *s = swept_create("\"axes\": {\"/a\": [1, 2], \"/b\": [1, 2]}", swept_plain);
    for (size_t i = 0; i < 4; i++)
        s->result.points[i].result.summaries[2].mean = 7;
    struct drawn d = swept_drawn(s, 1, figure_map_draw);
    swept_has(d.script, "set cbrange [6:8]");
    drawn_free(&d);
    swept_free(s);
}

static void one_axis_needs_no_map(void **state)
{
    (void)state;
    struct swept *s = swept_create(SWEPT_GRID, swept_plain); // two lines: curves say it
    assert_false(swept_wanted(s, figure_map_wanted));
    swept_free(s);
    s = swept_create("\"axes\": {\"/a\": [1, 2], \"/s\": [\"1\", \"2\", \"3\", \"4\", \"5\", "
                     "\"6\", \"7\", \"8\", \"9\"]}",
                     swept_plain); // nine lines: they do not
    assert_true(swept_wanted(s, figure_map_wanted));
    swept_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_placed_by_rank),
        cmocka_unit_test(equal_cells_have_a_range_of_colours_all_the_same),
        cmocka_unit_test(one_axis_needs_no_map),
    };
    return cmocka_run_group_tests_name("figure_map", tests, NULL, NULL);
}
