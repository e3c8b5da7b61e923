#include "tests/bench/swept_drawn.h"

#include "bench/output/figure_rows.c"

static void texts_have_a_dot_each(void **state)
{
    (void)state;
    struct swept *s =
        swept_create("\"axes\": {\"/s\": [\"x\", \"y\"], \"/t\": [\"z\"]}", swept_plain);
    for (size_t i = 0; i < 2; i++)
        s->result.points[i].result.summaries[2] =
            (struct summary){.n = 4, .mean = 3 + (double)i, .low = 2, .high = 5, .max = 5};
    assert_true(swept_wanted(s, figure_dots_wanted));
    assert_false(swept_wanted(s, figure_effects_wanted));
    struct swept_figure own = swept_figure_of(s, 0);
    size_t wait = 0;
    while (strcmp(own.columns[wait].metric->name, "wait_s") != 0)
        wait++;
    free(own.columns);
    struct drawn d = swept_drawn(s, wait, figure_dots_draw);
    swept_has(d.data, "row,mean,low,high,clear\n0,3,2,5,1\n1,4,2,5,1\n");
    swept_has(d.script, "'s x, t z' 0, 's y, t z' 1)");
    drawn_free(&d);
    swept_free(s);
}

// Of a and b, the larger effect comes first, whatever its sign; what covers 0 is grey.
static void effects_are_sorted_and_greyed(void **state)
{
    (void)state;
    struct swept *s = swept_create("\"design\": \"factorial2\", \"axes\": {\"/a\": [5, 6], "
                                   "\"/b\": [1, 3]}",
                                   swept_plain);
    assert_true(swept_wanted(s, figure_effects_wanted));
    struct drawn d = swept_drawn(s, 0, figure_effects_draw);
    swept_has(d.script, "('a' 0, 'b' 1, 'a x b' 2)");
    swept_has(d.data, "\n0,10,10,10,1\n1,2,2,2,1\n2,0,0,0,0\n");
    drawn_free(&d);
    swept_free(s);
}

static void a_tornado_has_two_bars_a_row(void **state)
{
    (void)state;
    struct swept *s = swept_create(
        "\"design\": \"tornado\", \"axes\": {\"/warmpool\": [], \"/x-\": []}", swept_plain);
    assert_true(swept_wanted(s, figure_tornado_wanted));
    struct drawn d = swept_drawn(s, 0, figure_tornado_draw); // 10 x 0.1 each way; the second 1
    swept_has(d.data, "row,side,mean,low,high,clear,y\n0,0,-1,");
    swept_has(d.data, ",1,0.2\n1,0,-1,");
    swept_has(d.script, "set label '0.9' at first ");
    swept_has(d.script, "title 'down 10 %'");
    drawn_free(&d);
    swept_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_have_a_dot_each),
        cmocka_unit_test(effects_are_sorted_and_greyed),
        cmocka_unit_test(a_tornado_has_two_bars_a_row),
    };
    return cmocka_run_group_tests_name("figure_rows", tests, NULL, NULL);
}
