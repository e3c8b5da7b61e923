#include "tests/bench/probe.h"

#include "bench/explain/key_words.c"
#include "bench/input/key_forms.h"

static const char *const words[] = {"red", "blue", NULL};
static const struct {
    struct key_form form;
    const char *expected;
} rows[] = {
    {COUNT(0, 9), "a whole number from 0 to 9"},
    {COUNT(1, 1), "1"},
    {COUNT(2, KEY_NO_LIMIT), "a whole number of at least 2, or \"unlimited\""},
    {NUMBER(0.5, 2), "a number from 0.5 to 2"},
    {TIME(0, 90), "a duration from 0s to 1m30s"},
    {TIME(1, INFINITY), "a duration of at least 1s, or \"never\""},
    {DIST, "a duration or a distribution"},
    {PLAIN_DIST, "a number or a distribution of numbers"},
    {FLAG, "true or false"},
    {CHOICE(words), "\"red\" or \"blue\""},
    {TEXT, "text"},
    {TEXT_LIKE("^/", "a path"), "a path"},
    {ANY, "any value"},
    {OBJECT(keys_app), "an object (an app)"},
    {LIST(1, 8, FORM(TEXT)), "a list of 1 to 8 entries, each text"},
    {LIST(0, INFINITY, FORM(FLAG)), "a list, each entry true or false"},
    {NAMES("TIER", FORM(FLAG)), "{\"TIER\": true or false, ...}"},
    {TEXT_OR(FORM(LIST(1, 8, FORM(TEXT)))), "text, or a list of 1 to 8 entries, each text"},
};

static void a_form_is_told_as_messages_tell_it(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct sheet *sheet = sheet_create(arena, "t", "", false);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(key_words(sheet, &rows[i].form), rows[i].expected);
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_form_is_told_as_messages_tell_it)};
    return cmocka_run_group_tests_name("key_words", tests, NULL, NULL);
}
