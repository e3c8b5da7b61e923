#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/progress.c"

static char *written(FILE *stream, char *buffer, size_t size)
{
    fflush(stream);
    rewind(stream);
    size_t length = fread(buffer, 1, size - 1, stream);
    buffer[length] = '\0';
    return buffer;
}

static void nothing_is_written_when_it_is_off(void **state)
{
    (void)state;
    struct progress progress;
    progress_start(&progress, NULL, "x.json", 0);
    progress_show(&progress, &(struct progress_state){.done = 1, .needed = 2}, 5);
    progress_clear(&progress);
}

static void a_file_is_no_place_for_it(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    assert_false(progress_wanted(file));
    fclose(file);
}

static void it_is_rewritten_at_most_ten_times_a_second(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    struct progress progress;
    progress_start(&progress, file, "x.json", 100);
    for (unsigned i = 1; i <= 1000; i++) { // one second, a state every millisecond
        struct progress_state now = {.done = i, .needed = 1000};
        progress_show(&progress, &now, 100 + i / 1e3);
    }
    char text[4096];
    written(file, text, sizeof text);
    int lines = 0;
    for (const char *p = text; *p; p++)
        lines += *p == '\r';
    assert_in_range(lines, 9, 10);
    fclose(file);
}

static void it_says_how_far_and_how_long(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    struct progress progress;
    progress_start(&progress, file, "x.json", 0);
    const struct progress_state now = {.done = 12, .needed = 30, .guessed = true};
    progress_show(&progress, &now, 8);
    char text[256];
    assert_string_equal(written(file, text, sizeof text),
                        "\rx.json: 12 of about 30 replications, 12 s left");
    fclose(file);
}

static void times_left_are_readable(void **state)
{
    (void)state;
    static const struct {
        uint64_t done, needed;
        double past_s;
        const char *text;
    } rows[] = {
        {0, 10, 5, ""},
        {10, 10, 5, ", 0 s left"},
        {1, 2, 59, ", 59 s left"},
        {1, 2, 61, ", 1 min 01 s left"},
        {1, 2, 3900, ", 1 h 05 min left"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[64];
        struct progress_state now = {.done = rows[i].done, .needed = rows[i].needed};
        format_left(text, sizeof text, &now, rows[i].past_s);
        assert_string_equal(text, rows[i].text);
    }
}

static void a_shorter_line_covers_a_longer_one(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    struct progress progress;
    progress_start(&progress, file, "x", 0);
    progress_show(&progress, &(struct progress_state){.done = 100, .needed = 100}, 1);
    int longest = progress.width;
    progress_show(&progress, &(struct progress_state){.done = 0, .needed = 1}, 2);
    assert_int_equal(progress.width, longest);
    progress_clear(&progress);
    char text[512];
    written(file, text, sizeof text);
    assert_int_equal(text[strlen(text) - 1], '\r');
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_written_when_it_is_off),
        cmocka_unit_test(a_file_is_no_place_for_it),
        cmocka_unit_test(it_is_rewritten_at_most_ten_times_a_second),
        cmocka_unit_test(it_says_how_far_and_how_long),
        cmocka_unit_test(times_left_are_readable),
        cmocka_unit_test(a_shorter_line_covers_a_longer_one),
    };
    return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
