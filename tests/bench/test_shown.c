#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/shown.c"

#include "tests/bench/compared.h"

static void headlines_come_in_their_order_group_by_group(void **state)
{
    (void)state;
    struct compared *c = compared_create(3, 1);
    for (size_t i = 0; i < c->result.comparison_count; i++) // the last number first, one not at all
        c->result.comparisons[i].rank =
            c->result.comparisons[i].column == 1 ? SIZE_MAX : 4 - c->result.comparisons[i].column;
    struct shown shown = shown_list(&c->result);
    assert_int_equal(shown.count, 8);
    static const size_t columns[] = {4, 4, 3, 3, 2, 2, 0, 0};
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(shown.items[i]->control_column, columns[i]);
        assert_int_equal(shown.items[i]->alternative, i % 2 ? 2 : 0);
        assert_int_equal(shown_opens_group(&shown, i), i % 2 == 0);
    }
    assert_string_equal(shown_name(&shown, 2), "blue_green");
    assert_ptr_equal(shown_column(&shown, shown.items[0])->metric, metric_find("good_ratio"));
    shown_free(&shown);
    compared_free(c);
}

static void a_group_is_the_same_when_nobody_differs(void **state)
{
    (void)state;
    struct compared *c = compared_create(3, 0);
    struct shown shown = shown_list(&c->result);
    assert_true(shown_is_same(&shown, 1));
    assert_false(shown_is_same(&shown, 0));
    assert_false(shown_is_same(&shown, 2)); // equal within the zone is something else
    shown_free(&shown);
    compared_free(c);
}

static void nothing_to_show_is_fine(void **state)
{
    (void)state;
    struct experiment_result result = {.alternative_count = 1};
    struct shown shown = shown_list(&result);
    assert_int_equal(shown.count, 0);
    shown_free(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headlines_come_in_their_order_group_by_group),
        cmocka_unit_test(a_group_is_the_same_when_nobody_differs),
        cmocka_unit_test(nothing_to_show_is_fine),
    };
    return cmocka_run_group_tests_name("shown", tests, NULL, NULL);
}
