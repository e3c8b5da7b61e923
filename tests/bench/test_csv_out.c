#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/csv_out.c"

static char *print_text(const char *cell)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    csv_out_text(out, cell, "");
    fclose(out);
    return text;
}

static void cells_are_quoted_when_they_must_be(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *text;
    } rows[] = {
        {NULL, ""},
        {"plain", "plain"},
        {"a b", "a b"},
        {"a,b", "\"a,b\""},
        {"say \"hi\"", "\"say \"\"hi\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {"=SUM(A1)", "'=SUM(A1)"},
        {"+1", "'+1"},
        {"-1", "'-1"},
        {"@x,y", "\"'@x,y\""},
        {"a=b", "a=b"},
        {"\xFF", "\xEF\xBF\xBD"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = print_text(rows[i].cell);
        assert_string_equal(text, rows[i].text);
        free(text);
    }
}

static void columns_stand_between_what_the_caller_writes(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    static const struct metric metric = {.name = "wait_s", .unit = "s"};
    const struct column column = {.metric = &metric,
                                  .labels = {[LABEL_APP] = "A", [LABEL_QUANTILE] = "0.99"}};
    csv_out_header(out, "point", "mean,n");
    csv_out_text(out, "p1", ",");
    csv_out_column(out, &column);
    csv_out_number(out, 0.1, ",");
    csv_out_number(out, NAN, csv_out_end);
    fclose(out);
    assert_int_equal(strncmp(text, "point,metric,app,revision,", 26), 0);
    assert_non_null(strstr(text, ",unit,mean,n\r\np1,wait_s,A,,"));
    assert_non_null(strstr(text, ",0.99,"));
    assert_string_equal(text + strlen(text) - 8, "s,0.1,\r\n");
    size_t cells[2] = {0}, line = 0; // both lines have as many
    for (const char *c = text; *c; c++) {
        cells[line] += *c == ',';
        line += *c == '\n' && line == 0;
    }
    assert_int_equal(cells[0], cells[1]);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_quoted_when_they_must_be),
        cmocka_unit_test(columns_stand_between_what_the_caller_writes),
    };
    return cmocka_run_group_tests_name("csv_out", tests, NULL, NULL);
}
