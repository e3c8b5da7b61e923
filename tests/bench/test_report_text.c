#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/report_text.c" // the module under test, statics included

#include "tests/bench/fixture_result.h"

static char *print(const struct experiment_result *result, bool colour)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_true(report_text(out, result, colour));
    fclose(out);
    return text;
}

// WARMPOOL_GOLDEN=write writes it anew: read the diff.
static void the_report_of_the_fixture_is_exactly_this(void **state)
{
    (void)state;
    static const char path[] = "tests/bench/report_text.txt";
    struct fixture *f = fixture_create(2, 30);
    char *text = print(&f->result, false), *expected = NULL;
    size_t size;
    const char *mode = getenv("WARMPOOL_GOLDEN");
    FILE *golden = fopen(path, mode && strcmp(mode, "write") == 0 ? "w+" : "r");
    assert_non_null(golden);
    if (mode && strcmp(mode, "write") == 0) fputs(text, golden);
    rewind(golden);
    FILE *copy = open_memstream(&expected, &size);
    for (int c; (c = fgetc(golden)) != EOF;)
        fputc(c, copy);
    fclose(copy);
    fclose(golden);
    assert_string_equal(text, expected);
    free(text);
    free(expected);
    free(f);
}

// As many alternatives as wanted, taken from the two of the fixture in turn.
static void multiply(struct fixture *f, size_t count, struct alternative *names,
                     struct alternative_result *many)
{
    static const char *const words[] = {"recreate",     "rolling",     "blue_green", "canary",
                                        "k8s_recreate", "-rf \x1b[2J", "seventh"};
    for (size_t i = 0; i < count; i++) {
        names[i] = f->names[i % 2];
        names[i].name = words[i];
        many[i] = f->alternatives[i % 2];
        many[i].alternative = &names[i];
    }
    f->result.alternatives = many;
    f->result.alternative_count = count;
    f->result.comparison_count = count > 1 ? FIXTURE_ROWS : 0;
}

static void reports_are_at_most_100_characters_wide_and_harmless(void **state)
{
    (void)state;
    for (size_t count = 1; count <= 7; count++) {
        struct alternative names[7];
        struct alternative_result many[7];
        struct fixture *f = fixture_create(2, 30);
        multiply(f, count, names, many);
        char *text = print(&f->result, false);
        for (const char *line = text; *line; line += strcspn(line, "\n") + 1) {
            size_t width = 0, bytes = strcspn(line, "\n");
            for (size_t i = 0; i < bytes; i++) {
                assert_true((unsigned char)line[i] >= 0x20);
                width += ((unsigned char)line[i] & 0xC0) != 0x80;
            }
            if (width > 100 && !strstr(line, "cannot tell"))
                fail_msg("%zu: %.*s", width, (int)bytes, line);
            assert_true(bytes == 0 || line[bytes - 1] != ' ');
        }
        for (size_t i = 0; i < count; i++)
            if (i != 5) assert_non_null(strstr(text, names[i].name));
        free(text);
        free(f);
    }
}

// Is the name in the head of a page?
static bool has_column(const char *text, const char *name)
{
    for (const char *p = text; (p = strstr(p, "\nDowntime ")); p++) {
        const char *found = strstr(p, name);
        if (found && found < p + 1 + strcspn(p + 1, "\n")) return true;
    }
    return false;
}

static void many_alternatives_fill_several_pages(void **state)
{
    (void)state;
    struct alternative names[7];
    struct alternative_result many[7];
    struct fixture *f = fixture_create(2, 30);
    multiply(f, 7, names, many);
    char *text = print(&f->result, false);
    for (size_t i = 0; i < 7; i++)
        if (i != 5) assert_true(has_column(text, names[i].name));
    free(text);
    free(f);
}

static void the_head_says_what_was_run(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    f->alternatives[1].replications = 12;
    f->scenario.defaults = "current";
    char *text = print(&f->result, false);
    assert_int_equal(
        strncmp(text, "Recreate or rolling on one A100 app\nHow long is MyApp down", 56), 0);
    assert_non_null(
        strstr(text, "  defaults      current (a deploy without a strategy is rolling)\n"));
    assert_non_null(strstr(text, "  replications  30 recreate, 12 rolling\n"));
    assert_non_null(strstr(text, "  seed          42\n"));
    assert_non_null(strstr(text, "  time          2h, of which 20m of warm-up are not counted\n"));
    free(text);
    free(f);
}

static void colour_is_only_for_those_who_ask(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    char *plain = print(&f->result, false), *colour = print(&f->result, true);
    assert_null(strchr(plain, '\x1b'));
    assert_non_null(strstr(colour, "\x1b[1mDowntime"));
    free(plain);
    free(colour);
    free(f);
}

static void a_full_disk_is_reported(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    FILE *out = fopen("/dev/full", "w");
    if (!out) skip();
    setvbuf(out, NULL, _IONBF, 0);
    assert_false(report_text(out, &f->result, false));
    fclose(out);
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_report_of_the_fixture_is_exactly_this),
        cmocka_unit_test(reports_are_at_most_100_characters_wide_and_harmless),
        cmocka_unit_test(many_alternatives_fill_several_pages),
        cmocka_unit_test(the_head_says_what_was_run),
        cmocka_unit_test(colour_is_only_for_those_who_ask),
        cmocka_unit_test(a_full_disk_is_reported),
    };
    return cmocka_run_group_tests_name("report_text", tests, NULL, NULL);
}
