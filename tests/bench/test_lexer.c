#include "tests/bench/probe.h"

#include "bench/input/lexer.c"

static bool scan(struct probe *p, const char *text, size_t length, struct lexer_values *values)
{
    struct lexer_source source = {"f", text, length};
    bool good = lexer_scan(values, p->arena, &source, p->diag);
    probe_listen(p);
    assert_int_equal(good, diag_errors(p->diag) == 0);
    return good;
}

static void positions_count_lines_and_code_points(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct lexer_values v;
    static const char text[] = "{\"\xC3\xA9\xF0\x9F\x98\x80\": [1,\r\n\t\"x\"], \"b\\u0063\": {}}";
    assert_true(scan(&p, text, strlen(text), &v));
    static const struct lexer_value wanted[] = {
        {1, 1, 0, 0, UINT32_MAX, 0, NULL}, {1, 8, 1, 2, 0, 0, "\xC3\xA9\xF0\x9F\x98\x80"},
        {1, 9, 0, 0, 1, 0, NULL},          {2, 2, 0, 0, 1, 1, NULL},
        {2, 19, 2, 8, 0, 1, "bc"},
    };
    assert_int_equal(v.count, 5);
    for (size_t i = 0; i < 5; i++) {
        const struct lexer_value *got = &v.values[i], *want = &wanted[i];
        assert_int_equal(got->line, want->line);
        assert_int_equal(got->column, want->column);
        assert_int_equal(got->key_line, want->key_line);
        assert_int_equal(got->key_column, want->key_column);
        assert_int_equal(got->parent, want->parent);
        assert_int_equal(got->index, want->index);
        if (want->key) assert_string_equal(got->key, want->key);
    }
    probe_close(&p);
}

static void valid_texts_are_accepted(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "null",
        " true ",
        "false",
        "0",
        "-0",
        "-0.0e-0",
        "1E+9",
        "123.456e-7",
        "\"\"",
        "[]",
        "{}",
        "[[],{}]",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"",
        "\"\x7F\xC2\x80\"",
        "{\"a\":1,\"A\":2}",
        "\r\n\t [ 1 , 2 ] ",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct probe p = probe_open();
        struct lexer_values v;
        if (!scan(&p, texts[i], strlen(texts[i]), &v)) fail_msg("%s: %s", texts[i], p.messages);
        probe_close(&p);
    }
}

static const struct {
    const char *text, *begins; // of the message, after "f:"
} wrong[] = {
    {"", "1:1: error[E0202]"},
    {"\xEF\xBB\xBF{}", "1:1: error[E0203]: expected JSON text, got a byte order mark"},
    {"[1,]", "1:3: error[E0208]"},
    {"{\"a\":1,}", "1:7: error[E0208]"},
    {"[1 2]", "1:4: error[E0201]: expected \",\" or \"]\" (opened at 1:1), got \"2\""},
    {"{\"a\" 1}", "1:6: error[E0201]: expected \":\" after the key, got \"1\""},
    {"{\"a\":1 \"b\":2}", "1:8: error[E0201]"},
    {"{a:1}", "1:2: error[E0201]: expected a key in double quotes, got \"a\""},
    {"{1:1}", "1:2: error[E0201]"},
    {"{,}", "1:2: error[E0201]"},
    {"[,]", "1:2: error[E0201]: expected a value, got \",\""},
    {"['a']", "1:2: error[E0201]"},
    {"[a]", "1:2: error[E0201]: expected a value, got \"a\"; text stands in double quotes"},
    {"[True]", "1:2: error[E0201]: expected a value, got \"True\"; write true"},
    {"[NaN]", "1:2: error[E0201]: expected a value, got \"NaN\"; JSON has no such number"},
    {"[-Infinity]", "1:2: error[E0205]"},
    {"[nul]", "1:2: error[E0201]"},
    {"1 1", "1:3: error[E0209]"},
    {"{}}", "1:3: error[E0209]"},
    {"]", "1:1: error[E0201]"},
    {"[", "1:2: error[E0202]: expected a value, got the end of the text"},
    {"[1", "1:3: error[E0202]"},
    {"{\"a\"", "1:5: error[E0202]"},
    {"{\"a\":", "1:6: error[E0202]"},
    {"\"a", "1:3: error[E0202]: expected the closing quote of the string that begins at 1:1"},
    {"01", "1:1: error[E0205]: expected a JSON number, got \"01\"; no leading zeros"},
    {"-", "1:1: error[E0205]"},
    {"1.", "1:1: error[E0205]"},
    {".5", "1:1: error[E0205]"},
    {"+1", "1:1: error[E0205]"},
    {"1e", "1:1: error[E0205]"},
    {"1.e3", "1:1: error[E0205]"},
    {"1-1", "1:1: error[E0205]"},
    {"1e400", "1:1: error[E0205]: expected a JSON number, got \"1e400\"; the largest number"},
    {"-1e400", "1:1: error[E0205]"},
    {"0x10", "1:2: error[E0209]"},
    {"\"\x01\"", "1:2: error[E0206]: expected no raw control character in a string, got 0x01"},
    {"\"a\nb\"", "1:3: error[E0206]"},
    {"\"\\x\"", "1:2: error[E0206]: expected a valid escape, got \"\\\\x\""},
    {"\"\\u12g4\"", "1:2: error[E0206]"},
    {"\"\\u0000\"", "1:2: error[E0206]"},
    {"\"\\uD800\"",
     "1:2: error[E0206]: expected a valid escape, got \"\\\\uD800\"; half of a surrogate"},
    {"\"\\uDC00\"", "1:2: error[E0206]"},
    {"\"\\uD800\\u0041\"", "1:2: error[E0206]"},
    {"\"\xC0\xAF\"", "1:2: error[E0203]: expected UTF-8, got the byte 0xC0"},
    {"\"\xED\xA0\x80\"", "1:2: error[E0203]"},
    {"// x\n1", "1:1: error[E0208]"},
    {"/* x\n */ 1", "1:1: error[E0208]"},
    {"1 # x", "1:3: error[E0209]"},
    {"\x0B"
     "1",
     "1:1: error[E0201]: expected a value, got the control character 0x0B"},
    {"{\"a\":1,\"b\":2,\"b\":3}", "1:14: error[E0204]"},
    {"\"\\uD800\\uE000\"", "1:2: error[E0206]"},
    {"{\"a\":1,\"b\":2,\"\\u0061\":3}",
     "1:14: error[E0204]: expected one value for \"a\", got a second (first on line 1)"},
};

static void each_wrong_text_is_refused_at_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct probe p = probe_open();
        struct lexer_values v;
        scan(&p, wrong[i].text, strlen(wrong[i].text), &v);
        bool right = strncmp(p.messages, "f:", 2) == 0 &&
                     strncmp(p.messages + 2, wrong[i].begins, strlen(wrong[i].begins)) == 0;
        if (!right) fail_msg("%s: expected %s, got %s", wrong[i].text, wrong[i].begins, p.messages);
        probe_close(&p);
    }
}

static void a_nul_byte_does_not_end_the_text(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct lexer_values v;
    assert_false(scan(&p, "{}\0{}", 5, &v));
    assert_non_null(strstr(p.messages, "f:1:3: error[E0209]: expected nothing after the end of the "
                                       "value, got the control character 0x00"));
    probe_close(&p);
}

static void problems_inside_values_are_all_found(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct lexer_values v;
    static const char text[] = "{\"a\": 01, \"b\": \"\x01\x02\", \"a\": NaN, \"c\": [1,],\n"
                               " \"d\": {\"e\": 1, \"e\": 2, \"e\": 3}, \"a\": 1}";
    assert_false(scan(&p, text, strlen(text), &v));
    assert_int_equal(diag_errors(p.diag), 9);
    probe_close(&p);
}

// The limits, at their last good and their first bad value.
static void expect_limit(const char *text, bool good)
{
    struct probe p = probe_open();
    struct lexer_values v;
    assert_int_equal(scan(&p, text, strlen(text), &v), good);
    if (!good) assert_non_null(strstr(p.messages, "error[E020"));
    probe_close(&p);
}

static char *repeated(const char *before, char filler, size_t count, const char *after)
{
    char *text = malloc(strlen(before) + count + strlen(after) + 1);
    assert_non_null(text);
    memcpy(text, before, strlen(before));
    memset(text + strlen(before), filler, count);
    memcpy(text + strlen(before) + count, after, strlen(after) + 1);
    return text;
}

static void limits_are_exact(void **state)
{
    (void)state;
    for (size_t over = 0; over < 2; over++) {
        char *text = repeated("\"", 'x', LEXER_STRING_MAX + over, "\"");
        expect_limit(text, !over);
        free(text);
        text = repeated("", '1', LEXER_NUMBER_MAX + over, "");
        expect_limit(text, !over);
        free(text);
        char *closing = repeated("", ']', LEXER_DEPTH_MAX + over, "");
        text = repeated("", '[', LEXER_DEPTH_MAX + over, closing);
        expect_limit(text, !over);
        free(text);
        free(closing);
    }
}

static void too_many_values_are_refused(void **state)
{
    (void)state;
    size_t count = LEXER_VALUES_MAX; // and the list itself is one more
    char *text = malloc(2 * count + 2);
    assert_non_null(text);
    for (size_t i = 0; i < count; i++)
        memcpy(text + 1 + 2 * i, "1,", 2);
    text[0] = '[';
    memcpy(text + 2 * count, "]", 2);
    expect_limit(text, false);
    memcpy(text + 2 * count - 2, "]", 2);
    expect_limit(text, true);
    free(text);
}

static void garbage_stops_after_a_hundred_problems(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct lexer_values v;
    char *text = repeated("\"", '\x01', 5000, "\"");
    assert_false(scan(&p, text, strlen(text), &v));
    assert_int_equal(diag_errors(p.diag), LEXER_ERRORS_MAX);
    free(text);
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_count_lines_and_code_points),
        cmocka_unit_test(valid_texts_are_accepted),
        cmocka_unit_test(each_wrong_text_is_refused_at_its_place),
        cmocka_unit_test(a_nul_byte_does_not_end_the_text),
        cmocka_unit_test(problems_inside_values_are_all_found),
        cmocka_unit_test(limits_are_exact),
        cmocka_unit_test(too_many_values_are_refused),
        cmocka_unit_test(garbage_stops_after_a_hundred_problems),
    };
    return cmocka_run_group_tests_name("lexer", tests, NULL, NULL);
}
