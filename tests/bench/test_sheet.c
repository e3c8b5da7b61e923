#include "tests/bench/probe.h"

#include "bench/explain/sheet.c"

struct printed {
    char *text;
    size_t size;
};

static struct printed print_with(const struct sheet *sheet,
                                 void (*print)(const struct sheet *sheet, FILE *out))
{
    struct printed p = {0};
    FILE *stream = open_memstream(&p.text, &p.size);
    assert_non_null(stream);
    print(sheet, stream);
    fclose(stream);
    return p;
}

static void prints(const struct sheet *sheet, void (*print)(const struct sheet *sheet, FILE *out),
                   const char *expected)
{
    struct printed p = print_with(sheet, print);
    assert_string_equal(p.text, expected);
    free(p.text);
}

static void row(struct sheet *sheet, const char *const *cells)
{
    sheet_row(sheet);
    for (; *cells; cells++)
        sheet_put(sheet, strcmp(*cells, "-") == 0 ? NULL : *cells);
}
#define ROW(sheet, ...) row(sheet, (const char *const[]){__VA_ARGS__, NULL})

static struct sheet *colours(struct arena *arena)
{
    struct sheet *sheet = sheet_create(arena, "colours", "About colours.", false);
    sheet_column(sheet, "colour", SHEET_SHOWN);
    sheet_column(sheet, "hue", SHEET_SHOWN);
    sheet_column(sheet, "secret", SHEET_DETAIL);
    sheet_column(sheet, "also", SHEET_ALIAS);
    sheet_column(sheet, "raw", SHEET_DATA);
    sheet_column(sheet, "meaning", SHEET_SHOWN);
    ROW(sheet, "red", "0", "warm", "rouge", "1", "stop");
    ROW(sheet, "green", "-", "-", "vert", "2", "go");
    return sheet;
}

static void a_list_is_a_table_of_the_shown_columns(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    prints(colours(arena), sheet_print_list,
           "About colours.\n\n"
           "colour  hue  meaning\n"
           "red     0    stop\n"
           "green        go\n");
    arena_destroy(arena);
}

static void details_say_all_of_the_marked_rows(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct sheet *sheet = colours(arena);
    assert_int_equal(sheet_mark(sheet, "blue"), 0);
    assert_int_equal(sheet_mark(sheet, "RED"), 1); // case does not matter
    prints(sheet, sheet_print_details,
           "red  (colours)\n"
           "    hue      0\n"
           "    secret   warm\n"
           "    also     rouge\n"
           "    meaning  stop\n");
    assert_int_equal(sheet_mark(sheet, "vert"), 1); // by its other name
    prints(sheet, sheet_print_json,
           "{\"topic\": \"colours\", \"entries\": [\n"
           "  {\"colour\": \"red\", \"hue\": \"0\", \"secret\": \"warm\", \"also\": \"rouge\", "
           "\"raw\": \"1\", \"meaning\": \"stop\"},\n"
           "  {\"colour\": \"green\", \"hue\": null, \"secret\": null, \"also\": \"vert\", "
           "\"raw\": \"2\", \"meaning\": \"go\"}\n]}");
    arena_destroy(arena);
}

static void without_marks_json_has_all_rows(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct printed p = print_with(colours(arena), sheet_print_json);
    assert_non_null(strstr(p.text, "\"red\""));
    assert_non_null(strstr(p.text, "\"green\""));
    cJSON *json = cJSON_Parse(p.text);
    assert_non_null(json);
    cJSON_Delete(json);
    free(p.text);
    arena_destroy(arena);
}

static void no_line_is_wider_than_the_sheet(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    for (int blocks = 0; blocks <= 1; blocks++) {
        struct sheet *sheet = sheet_create(arena, "t", "About.", blocks);
        sheet_column(sheet, "name", SHEET_SHOWN);
        sheet_column(sheet, "takes", SHEET_SHOWN);
        sheet_column(sheet, "meaning", SHEET_SHOWN);
        char words[1024] = "";
        for (int i = 0; i < 200; i++)
            snprintf(words + strlen(words), 8, "%s", i % 7 ? "abc " : "\xC3\xA4 ");
        ROW(sheet, "a-name", blocks ? words : "x", words);
        struct printed p = print_with(sheet, sheet_print_list);
        size_t widest = 0, count = 0;
        for (char *line = p.text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
            *end = '\0';
            size_t width = width_of(line);
            widest = width > widest ? width : widest;
            for (const char *at = line; (at = strstr(at, "abc")) != NULL; at++)
                count++;
        }
        assert_true(widest <= SHEET_WIDTH && widest > SHEET_WIDTH - 5);
        assert_int_equal(count, blocks ? 342 : 171); // no word is lost
        free(p.text);
    }
    arena_destroy(arena);
}

static struct sheet *places(struct arena *arena)
{
    struct sheet *sheet = sheet_create(arena, "places", "About.", true);
    sheet_column(sheet, "object", SHEET_GROUP);
    sheet_column(sheet, "key", SHEET_SHOWN);
    sheet_column(sheet, "takes", SHEET_SHOWN);
    sheet_column(sheet, "meaning", SHEET_SHOWN);
    ROW(sheet, "/", "title", "text", "heading");
    ROW(sheet, "/apps/NAME", "setup", "time", "starts");
    ROW(sheet, "/apps/NAME/traffic/N", "setup", "none", "odd");
    return sheet;
}

static void groups_are_headings(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    prints(places(arena), sheet_print_list,
           "About.\n\n"
           "/\n"
           "  title                   text\n"
           "      heading\n"
           "\n/apps/NAME\n"
           "  setup                   time\n"
           "      starts\n"
           "\n/apps/NAME/traffic/N\n"
           "  setup                   none\n"
           "      odd\n");
    arena_destroy(arena);
}

static void paths_find_rows_and_whole_groups(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        size_t count;
    } rows[] = {
        {"setup", 2},
        {"/apps/MyApp/setup", 1},
        {"/apps/NAME/setup", 1},
        {"/apps/x/traffic/0/setup", 1},
        {"/apps/x/traffic/0", 1}, // the group
        {"/apps/x", 1},
        {"/title", 1},
        {"/", 1},
        {"/apps", 1}, // its entries
        {"/apps/x/traffic", 1},
        {"/app", 0},
        {"/apps/", 0},
        {"/apps//setup", 0},
        {"/apps/x/traffic/0/setup/more", 0},
        {"/callers/x/setup", 0},
        {"apps/x/setup", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *arena = arena_create(1 << 20);
        size_t count = sheet_mark(places(arena), rows[i].word);
        if (count != rows[i].count) fail_msg("%s: %zu", rows[i].word, count);
        arena_destroy(arena);
    }
}

static void note(void *context, const char *text)
{
    snprintf((char *)context + strlen(context), 32, "%s ", text);
}

static void names_are_those_of_the_rows(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    char names[64] = "";
    sheet_names(places(arena), note, names);
    assert_string_equal(names, "title setup setup ");
    arena_destroy(arena);
}

static void numbers_are_texts_and_nan_is_nothing(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct sheet *sheet = colours(arena);
    assert_string_equal(sheet_number(sheet, 0.5), "0.5");
    assert_null(sheet_number(sheet, NAN));
    assert_string_equal(sheet_format(sheet, "%s-%d", "a", 7), "a-7");
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_is_a_table_of_the_shown_columns),
        cmocka_unit_test(details_say_all_of_the_marked_rows),
        cmocka_unit_test(without_marks_json_has_all_rows),
        cmocka_unit_test(no_line_is_wider_than_the_sheet),
        cmocka_unit_test(groups_are_headings),
        cmocka_unit_test(paths_find_rows_and_whole_groups),
        cmocka_unit_test(names_are_those_of_the_rows),
        cmocka_unit_test(numbers_are_texts_and_nan_is_nothing),
    };
    return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}
