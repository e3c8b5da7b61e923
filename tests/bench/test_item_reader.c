#include "tests/bench/probe.h"

#include "bench/input/item_reader.c"

// All items of a text: values as line:column=text, "-" for none, items on lines; a problem as
// "!line:column expected, got".
static char *read_all(const char *text, size_t length)
{
    static const char *const names[] = {"a", "b"};
    char *made = NULL, path[64];
    size_t size;
    FILE *out = open_memstream(&made, &size);
    probe_write(path, "t.json", text, length);
    struct item_reader *items = item_reader_open(path, names, 2);
    assert_non_null(out);
    assert_non_null(items);
    struct csv_row row;
    struct csv_problem problem;
    enum csv_status status;
    while ((status = item_reader_next(items, &row, &problem)) != CSV_END) {
        if (status != CSV_ROW)
            fprintf(out, "!%u:%u %s, got %s", problem.line, problem.column, problem.expected,
                    problem.got);
        for (size_t i = 0; i < 2 && status == CSV_ROW; i++) {
            const struct csv_cell *cell = &row.cells[i];
            if (cell->text)
                fprintf(out, "%s%u:%u=%s", i ? " " : "", cell->line, cell->column, cell->text);
            else
                fprintf(out, "%s-", i ? " " : "");
        }
        fputc('\n', out);
        if (status == CSV_BROKEN) break;
    }
    if (status == CSV_BROKEN) assert_int_equal(item_reader_next(items, &row, &problem), CSV_END);
    item_reader_close(items);
    probe_remove(path);
    fclose(out);
    return made;
}

static void expect_items(const char *text, size_t length, const char *items)
{
    char *got = read_all(text, length);
    if (strcmp(got, items) != 0) fail_msg("%s\nexpected %sgot %s", text, items, got);
    free(got);
}
#define EXPECT(text, items) expect_items(text, sizeof text - 1, items)

// T2: pages, lists and items by themselves, in one file or in several joined.
static void all_three_shapes_are_read(void **state)
{
    (void)state;
    EXPECT("", "");
    EXPECT(" \n", "");
    EXPECT("{\"a\": 1}\n{\"b\": 2}\n", "1:7=1 -\n- 2:7=2\n");
    EXPECT("{\"a\": 1}{\"a\": 2}", "1:7=1 -\n1:15=2 -\n");
    EXPECT("[{\"a\": 1}, {}, {\"b\": \"x\"}]", "1:8=1 -\n- -\n- 1:22=x\n");
    EXPECT("[]", "");
    EXPECT("{\"items\": []}", "");
    EXPECT("{\"items\": [{\"a\": 1}], \"total\": 1}", "1:18=1 -\n");
    EXPECT("{\"a\": 9, \"page\": {\"items\": [3]}, \"items\": [{\"a\": 1}, {\"b\": 2}]}",
           "1:50=1 -\n- 1:60=2\n");
    EXPECT("{\"items\": [{\"a\": 1}]}\n{\"items\": [{\"a\": 2}]}", "1:18=1 -\n2:18=2 -\n");
    EXPECT("\xEF\xBB\xBF[{\"a\": 1}]\n{\"a\": 2}", "1:8=1 -\n2:7=2 -\n");
    EXPECT("{\"items\": 5, \"a\": 1}", "1:19=1 -\n"); // an item that happens to have this key
    EXPECT("[{\"items\": [{\"a\": 1}], \"a\": 2}]", "1:29=2 -\n"); // a list's entries are items
}

static void values_are_texts(void **state)
{
    (void)state;
    EXPECT("{\"a\": \"\", \"b\": null}", "1:7= 1:16=\n");
    EXPECT("{\"a\": true, \"b\": false}", "1:7=true 1:18=false\n");
    EXPECT("{\"a\": -0.5e+3, \"b\": 1E2}", "1:7=-0.5e+3 1:21=1E2\n");
    EXPECT("{\"\\u0061\": \"\\\"\\\\\\/\\n\\u00e9\\ud83d\\ude00\"}",
           "1:12=\"\\/\n\xC3\xA9\xF0\x9F\x98\x80 -\n");
    EXPECT("{\"a\":\"\xC3\xA9\",\"b\":1}", "1:6=\xC3\xA9 1:14=1\n");
    EXPECT("{\"c\": {\"a\": [1, {}, []]}, \"a\": 3}", "1:32=3 -\n");
}

static void an_item_that_cannot_be_used_is_passed_over(void **state)
{
    (void)state;
    EXPECT("[{\"a\": {\"b\": 1}}, {\"a\": 2}]",
           "!1:8 a text, a number, true, false or null, got an object\n1:25=2 -\n");
    EXPECT("{\"a\": [1]}\n{\"a\": 2}",
           "!1:7 a text, a number, true, false or null, got a list\n2:7=2 -\n");
    EXPECT("{\"a\": 1, \"a\": 2}\n{}", "!1:15 a key once in an item, got it twice\n- -\n");
}

static void what_is_no_json_ends_it(void **state)
{
    (void)state;
#define ENDS(text, problem) EXPECT(text, problem "\n")
    ENDS("{\"a\" 1}", "!1:6 a colon, got other text");
    ENDS("{\"a\": 1,}", "!1:9 a text in double quotes, got other text");
    ENDS("[{\"a\": 1},]", "1:8=1 -\n!1:11 an item: an object, got other text");
    ENDS("[{\"a\": 1} {}]", "1:8=1 -\n!1:11 a comma or ], got other text");
    ENDS("[1]", "!1:2 an item: an object, got other text");
    ENDS("{}, {}", "- -\n!1:3 an object or a list of them, got other text");
    ENDS("{\"a\": 01}", "!1:8 a number without leading zeros, got other text");
    ENDS("{\"a\": 1.}", "!1:9 a digit, got other text");
    ENDS("{\"a\": +1}", "!1:7 a value, got other text");
    ENDS("{\"a\": 1e}", "!1:9 a digit, got other text");
    ENDS("{\"a\": nul}", "!1:10 null, got other text");
    ENDS("{\"a\": NaN}", "!1:7 a value, got other text");
    ENDS("{\"a\": \"x", "!1:9 a closing quote, got the end of the file");
    ENDS("{\"a\": \"\t\"}", "!1:8 text without raw control characters, got other text");
    ENDS("{\"a\": \"\\x\"}", "!1:9 an escape of JSON, got other text");
    ENDS("{\"a\": \"\\u00g0\"}", "!1:12 four hexadecimal digits, got other text");
    ENDS("{\"a\": \"\\u0000\"}", "!1:14 text without NUL, got other text");
    ENDS("{\"a\": \"\\ud800\"}", "!1:14 the other half of a surrogate pair, got other text");
    ENDS("{\"a\": \"\\ud800\\u0041\"}", "!1:20 the other half of a surrogate pair, got other text");
    ENDS("{\"a\": \"\\udc00\"}", "!1:14 the first half of a surrogate pair, got other text");
    ENDS("{\"a\": \"\xC3(\"}", "!1:9 UTF-8, got other text");
    ENDS("{\"a\": \"\xED\xA0\x80\"}", "!1:9 UTF-8, got other text");
    ENDS("{\"c\": \"\x80\"}", "!1:8 UTF-8, got other text");
    ENDS("{\"items\": [{}]", "- -\n!1:15 a comma or }, got the end of the file");
    ENDS("{\"items\": [{}], ]}", "- -\n!1:17 a text in double quotes, got other text");
}

static void what_is_too_much_is_refused(void **state)
{
    (void)state;
    enum { DEEP = 70, LONG = CSV_ROW_MAX + 10 };
    char deep[DEEP + 8], *text = malloc(LONG + 64);
    assert_non_null(text);
    memcpy(deep, "{\"c\": ", 6);
    memset(deep + 6, '[', DEEP);
    expect_items(deep, DEEP + 6, "!1:70 at most 64 levels, got other text\n");
    memcpy(text, "{\"a\": \"", 7);
    memset(text + 7, 'x', LONG);
    memcpy(text + 7 + LONG, "\"}\n{\"a\": 1}", 12);
    char *got = read_all(text, LONG + 7 + 11);
    assert_string_equal(got, "!1:7 an item of at most 64 KiB, got more\n2:7=1 -\n");
    free(got);
    memcpy(text, "{\"c\": \"", 7); // nobody asked for it
    got = read_all(text, LONG + 7 + 11);
    assert_string_equal(got, "- -\n2:7=1 -\n");
    free(got);
    free(text);
}

static void it_can_be_read_again(void **state)
{
    (void)state;
    static const char *const names[] = {"a"};
    char path[64];
    probe_write(path, "t.json", "[{\"a\": 1}, {\"a\": 2}]", 20);
    struct item_reader *items = item_reader_open(path, names, 1);
    struct csv_row row;
    struct csv_problem problem;
    for (int pass = 0; pass < 3; pass++) {
        assert_int_equal(item_reader_next(items, &row, &problem), CSV_ROW);
        assert_string_equal(row.cells[0].text, "1");
        if (pass == 1) item_reader_next(items, &row, &problem);
        if (pass == 1) assert_int_equal(item_reader_next(items, &row, &problem), CSV_END);
        item_reader_rewind(items);
    }
    item_reader_close(items);
    item_reader_close(NULL);
    probe_remove(path);
    assert_null(item_reader_open(path, names, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_three_shapes_are_read),
        cmocka_unit_test(values_are_texts),
        cmocka_unit_test(an_item_that_cannot_be_used_is_passed_over),
        cmocka_unit_test(what_is_no_json_ends_it),
        cmocka_unit_test(what_is_too_much_is_refused),
        cmocka_unit_test(it_can_be_read_again),
    };
    return cmocka_run_group_tests_name("item_reader", tests, NULL, NULL);
}
