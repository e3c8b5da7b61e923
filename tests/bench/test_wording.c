#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/wording.c"

#include "tests/bench/compared.h"

static void names_say_what_they_are_about_only_where_it_is_unclear(void **state)
{
    (void)state;
    char text[WORDING];
    struct compared *c = compared_create(2, 0);
    assert_string_equal(wording_name(&c->result, &c->columns[2], text), "wait, p99");
    assert_string_equal(wording_title(&c->result, &c->columns[2], text), "wait, p99, s");
    assert_string_equal(wording_name(&c->result, &c->columns[3], text), "cost, owner");
    assert_string_equal(wording_name(&c->result, &c->columns[1], text), "killed in flight");
    c->names[0].config.app_count = 2;
    assert_string_equal(wording_name(&c->result, &c->columns[2], text), "wait, p99 (MyApp)");
    assert_string_equal(wording_title(&c->result, &c->columns[2], text), "MyApp: wait, p99, s");
    assert_string_equal(wording_name(&c->result, &c->columns[3], text), "cost, owner");
    c->names[0].config.app_count = 1;
    c->columns[2].labels[LABEL_ROLLOUT] = "1";
    assert_string_equal(wording_name(&c->result, &c->columns[2], text),
                        "wait, p99 (MyApp, rollout 1)");
    compared_free(c);
}

static void amounts_have_the_unit_and_no_sign(void **state)
{
    (void)state;
    static const struct {
        const char *metric;
        double value;
        const char *text;
    } rows[] = {{"unserved_time_s", -88.4, "88.4 s"}, {"wait_s", 41.2, "41.2 s"},
                {"cost_usd", -0.07, "$0.0700"},       {"good_ratio", 0.0123, "1.2 points"},
                {"killed_in_flight", -1.4, "1.4"},    {"cost_per_request_usd", 0.002, "$2.00"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(wording_amount(metric_find(rows[i].metric), rows[i].value).text,
                            rows[i].text);
}

static void every_verdict_has_its_words(void **state)
{
    (void)state;
    char text[WORDING];
    const struct metric *wait = metric_find("wait_s");
    struct comparison c = {.verdict = COMPARISON_EQUAL, .zone = 2};
    assert_string_equal(wording_verdict(&c, wait, text), "equal within 2 s");
    static const char *const words[] = {"cannot tell", "the same", NULL,    "better",
                                        "worse",       "lower",    "higher"};
    for (int v = 0; v < 7; v++) {
        c.verdict = (enum comparison_verdict)v;
        if (words[v]) assert_string_equal(wording_verdict(&c, wait, text), words[v]);
    }
}

static void what_is_needed_is_rounded_up_to_two_digits(void **state)
{
    (void)state;
    char text[WORDING];
    const struct metric *wait = metric_find("wait_s");
    struct comparison c = {.difference = {.n = 10}, .needed = 251, .resolved = 1, .zone = NAN};
    assert_string_equal(wording_needed(&c, wait, text),
                        "about 260 more replications would resolve +-1 s");
    c.needed = 1;
    assert_string_equal(wording_needed(&c, wait, text),
                        "about 1 more replication would resolve +-1 s");
    c.needed = 99;
    assert_non_null(strstr(wording_needed(&c, wait, text), "about 99 more"));
    c.needed = 101001;
    assert_non_null(strstr(wording_needed(&c, wait, text), "about 110,000 more"));
    c.needed = UINT32_MAX;
    assert_non_null(strstr(wording_needed(&c, wait, text), "with a zone"));
    c.zone = 2;
    assert_non_null(strstr(wording_needed(&c, wait, text), "on the edge of the zone of +-2 s"));
    c.difference.n = 1;
    assert_non_null(strstr(wording_needed(&c, wait, text), "two replications"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_say_what_they_are_about_only_where_it_is_unclear),
        cmocka_unit_test(amounts_have_the_unit_and_no_sign),
        cmocka_unit_test(every_verdict_has_its_words),
        cmocka_unit_test(what_is_needed_is_rounded_up_to_two_digits),
    };
    return cmocka_run_group_tests_name("wording", tests, NULL, NULL);
}
