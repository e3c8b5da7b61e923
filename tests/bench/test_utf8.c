#include "tests/bench/probe.h"

#include "bench/input/utf8.c"

static void every_code_point_survives_writing_and_reading(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        if (code >= 0xD800 && code <= 0xDFFF) continue;
        char bytes[4];
        uint32_t read = UINT32_MAX;
        size_t length = utf8_write(bytes, code);
        assert_int_equal(length, code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
        assert_int_equal(utf8_read(bytes, length, &read), length);
        assert_int_equal(read, code);
        assert_int_equal(utf8_read(bytes, length - 1, &read), 0);
    }
}

static void what_is_not_utf8_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "\x80",             // a continuation alone
        "\xC0\xAF",         // overlong slash
        "\xE0\x80\xAF",     // the same in three bytes
        "\xF0\x80\x80\xAF", // and in four
        "\xED\xA0\x80",     // a surrogate
        "\xF4\x90\x80\x80", // above U+10FFFF
        "\xF8\x88\x80\x80\x80",
        "\xFF",
        "\xC3(",
        "\xE2\x82",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        uint32_t code;
        assert_int_equal(utf8_read(wrong[i], strlen(wrong[i]), &code), 0);
    }
}

static void the_first_wrong_byte_is_found(void **state)
{
    (void)state;
    assert_int_equal(utf8_valid_until("a\xC3\xA9z", 4), 4);
    assert_int_equal(utf8_valid_until("a\xC3\xA9\xFFz", 5), 3);
    assert_int_equal(utf8_valid_until("", 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_survives_writing_and_reading),
        cmocka_unit_test(what_is_not_utf8_is_refused),
        cmocka_unit_test(the_first_wrong_byte_is_found),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
