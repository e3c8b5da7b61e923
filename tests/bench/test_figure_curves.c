#include "tests/bench/swept_drawn.h"

#include "bench/output/figure_curves.c"

static void a_line_for_each_text_in_order_of_numbers(void **state)
{
    (void)state;
    struct swept *s =
        swept_create("\"axes\": {\"/a\": [4, 1, 2], \"/s\": [\"it's\", \"y\"]}", swept_plain);
    assert_true(swept_wanted(s, figure_curves_wanted));
    struct drawn d = swept_drawn(s, 1, figure_curves_draw); // the wait: no noise
    swept_has(d.data, "line,x,mean,low,high\n0,1,19,19,19\n0,2,18,18,18\n0,4,16,16,16\n1,1,19");
    swept_has(d.script, "title 'it\xE2\x80\x99s'");
    swept_has(d.script, "filledcurves");
    drawn_free(&d);
    d = swept_drawn(s, 0, figure_curves_draw);
    swept_has(d.data, "\n0,1,10.25,9.79"); // 10.25 -+ t(3) x 0.2887 / 2
    drawn_free(&d);
    swept_free(s);
}

static void without_numbers_there_are_no_curves(void **state)
{
    (void)state;
    struct swept *s = swept_create("\"axes\": {\"/s\": [\"x\", \"y\"], \"/b\": [1]}", swept_plain);
    assert_false(swept_wanted(s, figure_curves_wanted));
    swept_free(s);
    s = swept_create("\"design\": \"sobol\", \"axes\": {\"/a\": [1, 2], \"/b\": [1, 2]}",
                     swept_plain);
    assert_false(swept_wanted(s, figure_curves_wanted));
    swept_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_for_each_text_in_order_of_numbers),
        cmocka_unit_test(without_numbers_there_are_no_curves),
    };
    return cmocka_run_group_tests_name("figure_curves", tests, NULL, NULL);
}
