#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/text.c" // the module under test, statics included

#include <stdlib.h>

static void a_line_shows_no_control_characters(void **state)
{
    (void)state;
    char buffer[64];
    assert_string_equal(text_line(buffer, sizeof buffer, "plain"), "plain");
    assert_string_equal(text_line(buffer, sizeof buffer, "a\nb\tc\x1b[31m\x7f"), "a?b?c?[31m?");
    assert_string_equal(text_line(buffer, sizeof buffer, "\xC3\xA9\xE2\x82\xAC"),
                        "\xC3\xA9\xE2\x82\xAC");
    assert_string_equal(text_line(buffer, sizeof buffer, "x\xE2\x80\xAEy\xC2\x85z"), "x?y?z");
    assert_string_equal(text_line(buffer, sizeof buffer, "\xFF\xC3[\xC0\x80"), "??[??");
}

static void a_line_is_cut_between_characters(void **state)
{
    (void)state;
    char buffer[6];
    assert_string_equal(text_line(buffer, 6, "abcdef"), "abcde");
    assert_string_equal(text_line(buffer, 6, "abcd\xC3\xA9"), "abcd");
    assert_string_equal(text_line(buffer, 1, "abc"), "");
}

static void a_file_gets_valid_utf8_and_all_else_unchanged(void **state)
{
    (void)state;
    char *copy = text_utf8("a\n\xC3\xA9\xFFz\xC3");
    assert_string_equal(copy, "a\n\xC3\xA9\xEF\xBF\xBDz\xEF\xBF\xBD");
    free(copy);
    copy = text_utf8("");
    assert_string_equal(copy, "");
    free(copy);
}

static void width_counts_characters(void **state)
{
    (void)state;
    assert_int_equal(text_width(""), 0);
    assert_int_equal(text_width("abc"), 3);
    assert_int_equal(text_width("\xC3\xA9\xE2\x82\xAC!"), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_shows_no_control_characters),
        cmocka_unit_test(a_line_is_cut_between_characters),
        cmocka_unit_test(a_file_gets_valid_utf8_and_all_else_unchanged),
        cmocka_unit_test(width_counts_characters),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
