#include "tests/bench/fixture_sweep.h"

#include <cjson/cJSON.h>

#include "bench/output/sweep_data.c"

static char *text;
static size_t size;

// The cells of a column's labels and its unit.
static const char *cells_of(const struct column *column)
{
    static char cells[400];
    FILE *out = fmemopen(cells, sizeof cells, "w");
    csv_out_column(out, column);
    fclose(out);
    return cells;
}

static void points_are_tidy(void **state)
{
    (void)state;
    struct swept *s = swept_create(SWEPT_GRID, swept_plain);
    FILE *out = open_memstream(&text, &size);
    assert_true(sweep_data_points(out, &s->result));
    fclose(out);
    char row[600];
    assert_int_equal(strncmp(text, "point,a,s,metric,app,", 21), 0);
    snprintf(row, sizeof row, "\r\n%s,4,y,%s16,16,16,4\r\n", s->design.points[5].what.name,
             cells_of(&s->result.points[5].result.columns[2]));
    assert_non_null(strstr(text, row));
    size_t lines = 0;
    for (const char *c = text; *c; c++)
        lines += *c == '\n';
    assert_int_equal(lines, 1 + 6 * 2);
    free(text);
    swept_free(s);
}

static void replications_are_in_long_form(void **state)
{
    (void)state;
    struct swept *s = swept_create(SWEPT_GRID, swept_plain);
    FILE *out = open_memstream(&text, &size);
    assert_true(sweep_data_replications(out, &s->result));
    fclose(out);
    char row[600];
    snprintf(row, sizeof row, "\r\n%s,2,x,%s1,20.5\r\n", s->design.points[2].what.name,
             cells_of(&s->result.points[2].result.columns[0]));
    assert_non_null(strstr(text, row));
    free(text);
    swept_free(s);
}

static cJSON *json_of(struct swept *s)
{
    FILE *out = open_memstream(&text, &size);
    assert_true(sweep_data_json(out, &s->result, 0));
    fclose(out);
    cJSON *root = cJSON_ParseWithLengthOpts(text, size + 1, NULL, 1);
    assert_non_null(root);
    free(text);
    return root;
}

static void json_has_every_point(void **state)
{
    (void)state;
    struct swept *s = swept_create(SWEPT_GRID, swept_plain);
    cJSON *root = json_of(s);
    assert_string_equal(cJSON_GetObjectItem(root, "design")->valuestring, "grid");
    const cJSON *points = cJSON_GetObjectItem(root, "points"),
                *point = cJSON_GetArrayItem(points, 3);
    assert_int_equal(cJSON_GetArraySize(points), 6);
    assert_string_equal(cJSON_GetObjectItem(point, "id")->valuestring,
                        s->design.points[3].what.name);
    const cJSON *values = cJSON_GetObjectItem(point, "values");
    assert_true(cJSON_GetObjectItem(values, "a")->valuedouble >= 2);
    assert_string_equal(cJSON_GetObjectItem(values, "s")->valuestring, "y");
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(point, "metrics")), 2);
    assert_null(cJSON_GetObjectItem(root, "effects"));
    cJSON_Delete(root);
    swept_free(s);
}

static void designs_add_their_tables(void **state)
{
    (void)state;
    struct swept *s = swept_create("\"design\": \"factorial2\", \"axes\": {\"/a\": [1, 3], \"/b\": "
                                   "[5, 6]}",
                                   swept_plain);
    cJSON *root = json_of(s);
    const cJSON *effects = cJSON_GetObjectItem(root, "effects");
    assert_int_equal(cJSON_GetArraySize(effects), 8);
    assert_string_equal(cJSON_GetObjectItem(cJSON_GetArrayItem(effects, 3), "of")->valuestring,
                        "a x b");
    cJSON_Delete(root);
    swept_free(s);
    s = swept_create("\"design\": \"tornado\", \"axes\": {\"/warmpool\": [], \"/x-\": []}",
                     swept_plain);
    root = json_of(s);
    const cJSON *bar = cJSON_GetArrayItem(cJSON_GetObjectItem(root, "tornado"), 0);
    assert_true(cJSON_GetObjectItem(cJSON_GetObjectItem(bar, "low"), "mean")->valuedouble < 0);
    cJSON_Delete(root);
    swept_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_tidy),
        cmocka_unit_test(replications_are_in_long_form),
        cmocka_unit_test(json_has_every_point),
        cmocka_unit_test(designs_add_their_tables),
    };
    return cmocka_run_group_tests_name("sweep_data", tests, NULL, NULL);
}
