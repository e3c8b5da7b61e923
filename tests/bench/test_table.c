#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/table.c" // the module under test, statics included

static char *print(const struct table *table, bool colour)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    table_print(table, out, colour);
    fclose(out);
    return text;
}

static void put_row(struct table *t, enum table_style style, const char *const *cells)
{
    table_row(t, style);
    for (; *cells; cells++)
        table_put(t, *cells);
}

#define ROW(t, style, ...) put_row((t), (style), (const char *const[]){__VA_ARGS__, NULL})

static void columns_are_aligned_in_characters(void **state)
{
    (void)state;
    struct table *t = table_create(3);
    ROW(t, TABLE_HEAD, "Head", "one", "two");
    ROW(t, TABLE_ROW, "  caf\xC3\xA9", "1", "12,345");
    ROW(t, TABLE_ROW, "  a name of its own that is longer than all the others");
    ROW(t, TABLE_ROW, "", "100.25");
    char *text = print(t, false);
    assert_string_equal(text, "\nHead       one     two\n"
                              "  caf\xC3\xA9       1  12,345\n"
                              "  a name of its own that is longer than all the others\n"
                              "        100.25\n");
    free(text);
    table_free(t);
}

static void only_heads_are_bold_and_only_in_colour(void **state)
{
    (void)state;
    struct table *t = table_create(2);
    ROW(t, TABLE_HEAD, "H", "x");
    ROW(t, TABLE_ROW, "r", "1");
    char *colour = print(t, true), *plain = print(t, false);
    assert_string_equal(colour, "\n\x1b[1mH  x\x1b[0m\nr  1\n");
    assert_string_equal(plain, "\nH  x\nr  1\n");
    free(colour);
    free(plain);
    table_free(t);
}

static void no_line_is_wider_than_the_limit(void **state)
{
    (void)state;
    char name[301];
    memset(name, 'n', 300);
    name[300] = '\0';
    struct table *t = table_create(2);
    ROW(t, TABLE_ROW, name, "12,345.67");
    ROW(t, TABLE_ROW, name);
    ROW(t, TABLE_TEXT,
        "    many words that go on and on and on and on and on and on and on and on and on "
        "until the line is full and goes on below");
    char *text = print(t, false);
    assert_non_null(strstr(text, "nnn...  12,345.67\n"));
    for (char *line = text, *end; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        assert_in_range(text_width(line), 1, TABLE_WIDTH);
    }
    free(text);
    table_free(t);
}

static void wrapped_lines_keep_their_indent_and_fill_the_width(void **state)
{
    (void)state;
    static const struct {
        int indent;
        size_t width; // of the first line
    } rows[] = {{4, 4 + 12 * 8 - 1}, {5, TABLE_WIDTH}, {6, 6 + 11 * 8 - 1}};
    char words[400] = "";
    for (int i = 0; i < 30; i++)
        strncat(words, "seventy ", sizeof words - strlen(words) - 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);
        table_wrap(out, rows[i].indent, words);
        fclose(out);
        const char *second = strchr(text, '\n') + 1;
        assert_int_equal(strcspn(text, "\n"), rows[i].width);
        assert_int_equal(strspn(second, " "), rows[i].indent);
        free(text);
    }
}

static void control_characters_cannot_reach_the_terminal(void **state)
{
    (void)state;
    struct table *t = table_create(1);
    ROW(t, TABLE_ROW, "a\x1b[2Jb\nc");
    char *text = print(t, true);
    assert_string_equal(text, "a?[2Jb?c\n");
    free(text);
    table_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_aligned_in_characters),
        cmocka_unit_test(only_heads_are_bold_and_only_in_colour),
        cmocka_unit_test(no_line_is_wider_than_the_limit),
        cmocka_unit_test(wrapped_lines_keep_their_indent_and_fill_the_width),
        cmocka_unit_test(control_characters_cannot_reach_the_terminal),
    };
    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
