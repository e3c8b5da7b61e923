#include "tests/bench/probe.h"

#include "bench/input/json_text.c"

#include <time.h>

static void numbers_are_written_as_short_as_they_read_back(void **state)
{
    (void)state;
    static const struct {
        double number;
        const char *text;
    } rows[] = {
        {0, "0"},
        {-0.0, "-0"},
        {1, "1"},
        {-42, "-42"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {1e-7, "1e-07"},
        {1e17, "1e+17"},
        {1e22, "1e+22"},
        {9007199254740991, "9007199254740991"},
        {1e15, "1000000000000000"},
        {9007199254740994, "9007199254740994"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {5e-324, "4.94065645841247e-324"},
        {INFINITY, "null"},
        {NAN, "null"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[JSON_NUMBER_TEXT];
        assert_string_equal(json_number_text(rows[i].number, text), rows[i].text);
    }
}

// The law of the writer: any finite double, bit for bit.
static void every_double_survives_writing_and_reading(void **state)
{
    (void)state;
    unsigned short seed[3] = {7, 8, (unsigned short)time(NULL)};
    print_message("seed %u\n", seed[2]);
    for (int i = 0; i < 200000; i++) {
        uint64_t bits = ((uint64_t)(uint32_t)jrand48(seed) << 32) | (uint32_t)jrand48(seed), again;
        double number, read;
        memcpy(&number, &bits, sizeof number);
        if (!isfinite(number)) continue;
        char text[JSON_NUMBER_TEXT];
        json_number_text(number, text);
        assert_null(json_number_fault(text));
        read = strtod(text, NULL);
        memcpy(&again, &read, sizeof again);
        if (again != bits) fail_msg("%a written as %s", number, text);
    }
}

static void strings_are_escaped_where_they_must_be(void **state)
{
    (void)state;
    char *made = NULL;
    size_t size;
    FILE *out = open_memstream(&made, &size);
    assert_non_null(out);
    json_write_string(out, "a\"b\\c/\b\f\n\r\t\x01\x1f\x7f\xC3\xA9");
    fclose(out);
    assert_string_equal(made, "\"a\\\"b\\\\c/\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\xC3\xA9\"");
    free(made);
}

static void decoding_undoes_escapes(void **state)
{
    (void)state;
    struct probe p = probe_open();
    static const char text[] = "\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00x";
    assert_string_equal(json_decode(p.arena, text, text + strlen(text)),
                        "\"\\/\b\f\n\r\t\xC3\xA9\xF0\x9F\x98\x80x");
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_written_as_short_as_they_read_back),
        cmocka_unit_test(every_double_survives_writing_and_reading),
        cmocka_unit_test(strings_are_escaped_where_they_must_be),
        cmocka_unit_test(decoding_undoes_escapes),
    };
    return cmocka_run_group_tests_name("json_text", tests, NULL, NULL);
}
