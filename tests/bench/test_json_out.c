#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "bench/output/json_out.c"

static char *text;
static size_t size;

static struct json_out begin(void)
{
    return json_out_begin(open_memstream(&text, &size));
}

static void expect(struct json_out *j, const char *wanted)
{
    assert_true(json_out_end(j));
    fclose(j->stream);
    assert_string_equal(text, wanted);
    free(text);
}

static void groups_are_indented_and_rows_are_not(void **state)
{
    (void)state;
    struct json_out json = begin(), *j = &json;
    json_out_count(j, "n", 3);
    json_out_open(j, "list", '[');
    for (int i = 0; i < 2; i++) {
        json_out_open_row(j);
        json_out_number(j, "x", 0.5 * i);
        json_out_open(j, "in", '{');
        json_out_flag(j, "y", i == 1);
        json_out_close(j, '}');
        json_out_close_row(j);
    }
    json_out_close(j, ']');
    json_out_open(j, "none", '{');
    json_out_close(j, '}');
    expect(j, "{\n  \"n\": 3,\n  \"list\": [\n    {\"x\": 0, \"in\": {\"y\": false}},\n"
              "    {\"x\": 0.5, \"in\": {\"y\": true}}\n  ],\n  \"none\": {}\n}\n");
}

static void what_is_not_there_is_null(void **state)
{
    (void)state;
    struct json_out json = begin(), *j = &json;
    json_out_text(j, "t", NULL);
    json_out_number(j, "x", NAN);
    json_out_text(j, "q", "a\"b\n\xFF");
    expect(j, "{\n  \"t\": null,\n  \"x\": null,\n  \"q\": \"a\\\"b\\n\xEF\xBF\xBD\"\n}\n");
}

static void a_number_says_what_it_is_about(void **state)
{
    (void)state;
    struct json_out json = begin(), *j = &json;
    const struct column column = {.metric = metric_find("wait_s"),
                                  .labels = {[LABEL_QUANTILE] = "0.99"}};
    const struct summary s = {.n = 1, .mean = 2, .low = NAN, .high = NAN, .sd = NAN};
    json_out_open(j, "rows", '[');
    json_out_open_row(j);
    json_out_column(j, &column);
    json_out_interval(j, &s);
    json_out_close_row(j);
    json_out_close(j, ']');
    expect(j, "{\n  \"rows\": [\n    {\"metric\": \"wait_s\", \"labels\": {\"quantile\": "
              "\"0.99\"}, \"unit\": \"s\", \"better\": \"lower\", \"mean\": 2, \"low\": null, "
              "\"high\": null, \"n\": 1}\n  ]\n}\n");
}

static void verdicts_have_names(void **state)
{
    (void)state;
    assert_string_equal(json_out_verdict(0), "ok");
    assert_string_equal(json_out_verdict(10), "expectation_missed");
    assert_string_equal(json_out_verdict(12), "cannot_tell");
    assert_string_equal(json_out_verdict(20), "interrupted");
    assert_string_equal(json_out_verdict(99), "failed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_are_indented_and_rows_are_not),
        cmocka_unit_test(what_is_not_there_is_null),
        cmocka_unit_test(a_number_says_what_it_is_about),
        cmocka_unit_test(verdicts_have_names),
    };
    return cmocka_run_group_tests_name("json_out", tests, NULL, NULL);
}
