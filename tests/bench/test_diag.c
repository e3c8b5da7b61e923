#include "tests/bench/probe.h"

#include "bench/input/diag.c"

static struct diag_place at(unsigned line, unsigned column)
{
    return (struct diag_place){"f.json", line, column};
}

static void a_problem_has_the_form_of_the_design(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct diag_place place = {"scenarios/burst.json", 9, 24};
    assert_false(diag_error(p.diag, place, "E0304", "/apps/MyApp/min_concurrency",
                            "a whole number from 0 to 100000", "2.5", "hint"));
    diag_error(p.diag, (struct diag_place){.file = "x"}, "E0101", NULL, "a file", NULL, NULL);
    diag_warning(p.diag, at(1, 2), "W0401", "/a", "no effect", "remove it");
    probe_listen(&p);
    assert_string_equal(p.messages,
                        "scenarios/burst.json:9:24: error[E0304]: "
                        "/apps/MyApp/min_concurrency: expected a whole number from 0 to "
                        "100000, got 2.5; hint\n"
                        "x: error[E0101]: expected a file\n"
                        "f.json:1:2: warning[W0401]: /a: no effect; remove it\n");
    assert_int_equal(diag_errors(p.diag), 2);
    assert_int_equal(diag_warnings(p.diag), 1);
    probe_close(&p);
}

static void problems_are_printed_by_place_whatever_their_order(void **state)
{
    (void)state;
    struct probe p = probe_open();
    static const unsigned places[][2] = {{9, 1}, {2, 7}, {2, 3}, {10, 1}, {0, 0}};
    for (size_t i = 0; i < 5; i++)
        diag_error(p.diag, at(places[i][0], places[i][1]), "E0304", "/a", "b", NULL, NULL);
    probe_listen(&p);
    assert_string_equal(p.messages, "f.json: error[E0304]: /a: expected b\n"
                                    "f.json:2:3: error[E0304]: /a: expected b\n"
                                    "f.json:2:7: error[E0304]: /a: expected b\n"
                                    "f.json:9:1: error[E0304]: /a: expected b\n"
                                    "f.json:10:1: error[E0304]: /a: expected b\n");
    probe_close(&p);
}

static void the_same_problem_counts_once(void **state)
{
    (void)state;
    struct probe p = probe_open();
    for (int i = 0; i < 3; i++)
        diag_error(p.diag, at(1, 1), "E0304", "/a", "b", "c", NULL);
    diag_error(p.diag, at(1, 1), "E0304", "/a", "b", "d", NULL);
    diag_error(p.diag, at(1, 1), "E0303", "/a", "b", "c", NULL);
    assert_int_equal(diag_errors(p.diag), 3);
    assert_int_equal(diag_reports(p.diag), 5);
    probe_close(&p);
}

static void a_flood_is_counted_and_not_printed(void **state)
{
    (void)state;
    struct probe p = probe_open();
    for (unsigned i = 1; i <= DIAG_KEPT + 500; i++)
        diag_error(p.diag, at(i, 1), "E0304", "/a", "b", NULL, NULL);
    probe_listen(&p);
    size_t lines = 0;
    for (const char *c = p.messages; *c; c++)
        lines += *c == '\n';
    assert_int_equal(lines, DIAG_SHOWN + 1);
    assert_non_null(strstr(p.messages, "and 1400 more problems\n"));
    assert_int_equal(diag_errors(p.diag), DIAG_KEPT + 500);
    probe_close(&p);
}

static void no_text_of_a_file_steers_the_terminal(void **state)
{
    (void)state;
    struct probe p = probe_open();
    const char *quoted = diag_quote(p.diag, "\x1b[31m\"\\\n\xe2\x80\xae\xff");
    assert_string_equal(quoted, "\"\\u001b[31m\\\"\\\\\\u000a\\u202e\\xff\"");
    diag_error(p.diag, (struct diag_place){.file = "a\rb"}, "E0304", "/\x1b]0;x\x07", "c\x9b\td",
               NULL, NULL);
    probe_listen(&p);
    for (const char *c = p.messages; *c; c++)
        assert_true(*c == '\n' || (*c >= ' ' && *c < 0x7f));
    probe_close(&p);
}

static void long_texts_are_cut_at_a_code_point(void **state)
{
    (void)state;
    struct probe p = probe_open();
    char text[201];
    for (size_t i = 0; i < 200; i += 2)
        memcpy(text + i, "\xC3\xA9", 2);
    text[200] = '\0';
    const char *quoted = diag_quote(p.diag, text);
    assert_int_equal(strlen(quoted), 1 + 2 * QUOTED_MAX + 3 + 1);
    assert_string_equal(quoted + strlen(quoted) - 4, "...\"");
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_problem_has_the_form_of_the_design),
        cmocka_unit_test(problems_are_printed_by_place_whatever_their_order),
        cmocka_unit_test(the_same_problem_counts_once),
        cmocka_unit_test(a_flood_is_counted_and_not_printed),
        cmocka_unit_test(no_text_of_a_file_steers_the_terminal),
        cmocka_unit_test(long_texts_are_cut_at_a_code_point),
    };
    return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
