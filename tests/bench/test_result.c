#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/experiment/result.c"

static const struct metric wait_metric = {.name = "wait_s"}, cost_metric = {.name = "cost_usd"};

static void labels_are_written_in_the_order_of_the_table(void **state)
{
    (void)state;
    struct column column = {.metric = &wait_metric};
    char text[64];
    assert_string_equal(column_labels(&column, text, sizeof text), "");
    column.labels[LABEL_QUANTILE] = "0.99";
    assert_string_equal(column_labels(&column, text, sizeof text), "{quantile=0.99}");
    column.labels[LABEL_APP] = "MyApp";
    assert_string_equal(column_labels(&column, text, sizeof text), "{app=MyApp, quantile=0.99}");
}

static void a_short_buffer_cuts_the_text_and_keeps_its_end(void **state)
{
    (void)state;
    struct column column = {.metric = &wait_metric, .labels = {[LABEL_APP] = "MyApp"}};
    char text[8] = "xxxxxxx";
    assert_string_equal(column_labels(&column, text, 6), "{app=");
    assert_int_equal(text[6], 'x');
    assert_string_equal(column_labels(&column, text, 0), "");
}

static void a_column_is_found_by_metric_and_all_labels(void **state)
{
    (void)state;
    char app[] = "MyApp"; // another pointer than the literal
    const struct column columns[] = {
        {.metric = &cost_metric},
        {.metric = &wait_metric},
        {.metric = &wait_metric, .labels = {[LABEL_APP] = "MyApp"}},
        {.metric = &wait_metric, .labels = {[LABEL_APP] = "MyApp", [LABEL_QUANTILE] = "0.5"}},
    };
    struct column wanted = {.metric = &wait_metric, .labels = {[LABEL_APP] = app}};
    assert_int_equal(column_find(columns, 4, &wanted), 2);
    wanted.labels[LABEL_QUANTILE] = "0.5";
    assert_int_equal(column_find(columns, 4, &wanted), 3);
    wanted.labels[LABEL_QUANTILE] = "0.9";
    assert_int_equal(column_find(columns, 4, &wanted), SIZE_MAX);
    assert_int_equal(column_find(columns, 1, &columns[1]), SIZE_MAX);
    assert_int_equal(column_find(columns, 4, &columns[1]), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_are_written_in_the_order_of_the_table),
        cmocka_unit_test(a_short_buffer_cuts_the_text_and_keeps_its_end),
        cmocka_unit_test(a_column_is_found_by_metric_and_all_labels),
    };
    return cmocka_run_group_tests_name("result", tests, NULL, NULL);
}
