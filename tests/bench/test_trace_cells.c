#include "tests/bench/probe.h"

#include "bench/input/trace_cells.c"

static struct trace_cells open_cells(struct trace_spec *spec, const char *text)
{
    struct trace_cells cells;
    char path[64];
    probe_write(path, "t", text, strlen(text));
    spec->path = path;
    assert_true(trace_cells_open(&cells, spec));
    probe_remove(path);
    return cells;
}

// Columns in any order, and one that has two uses; the same from a CSV file and from items.
static void cells_are_picked_by_name(void **state)
{
    (void)state;
    static const struct trace_term terms[] = {{"n", 1}, {"end", 2}};
    static const char *const texts[] = {"x,end,n,start\n,9,5,4\n,8,6,3\n",
                                        "{\"end\": 9, \"n\": 5, \"start\": 4, \"x\": []}\n"
                                        "{\"n\": 6, \"start\": 3, \"end\": 8}\n"};
    for (int form = 0; form < 2; form++) {
        struct trace_spec spec = {
            .form = form ? TRACE_ITEMS : TRACE_CSV,
            .fields = {[TRACE_ARRIVAL] = "start", [TRACE_FROM] = "start", [TRACE_TO] = "end"},
            .terms = terms,
            .term_count = 2};
        struct trace_cells cells = open_cells(&spec, texts[form]);
        struct trace_fault fault;
        struct csv_cell row[TRACE_CELLS_MAX];
        for (int pass = 0; pass < 2; pass++) {
            static const char *const wanted[2][3] = {{"4", "9", "5"}, {"3", "8", "6"}};
            assert_true(trace_cells_start(&cells, &fault));
            for (int i = 0; i < 2; i++) {
                assert_int_equal(trace_cells_next(&cells, row, &fault), TRACE_ROW);
                assert_string_equal(row[TRACE_ARRIVAL].text, wanted[i][0]);
                assert_string_equal(row[TRACE_FROM].text, wanted[i][0]);
                assert_string_equal(row[TRACE_TO].text, wanted[i][1]);
                assert_string_equal(row[TRACE_FIELDS].text, wanted[i][2]);
                assert_string_equal(row[TRACE_FIELDS + 1].text, wanted[i][1]);
                assert_null(row[TRACE_SERVICE].text);
            }
            assert_int_equal(trace_cells_next(&cells, row, &fault), TRACE_END);
            assert_int_equal(trace_cells_next(&cells, row, &fault), TRACE_END);
            assert_true(trace_cells_all_met(&cells, &fault));
        }
        trace_cells_close(&cells);
    }
}

static void a_key_that_no_item_has_is_named(void **state)
{
    (void)state;
    struct trace_spec spec = {.form = TRACE_ITEMS,
                              .fields = {[TRACE_ARRIVAL] = "at", [TRACE_CALLER] = "who"}};
    struct trace_cells cells = open_cells(&spec, "[{\"at\": 1}, {\"at\": 2, \"Who\": 3}]");
    struct trace_fault fault;
    struct csv_cell row[TRACE_CELLS_MAX];
    assert_true(trace_cells_start(&cells, &fault));
    for (int i = 0; i < 2; i++)
        assert_int_equal(trace_cells_next(&cells, row, &fault), TRACE_ROW);
    assert_null(row[TRACE_CALLER].text);
    assert_int_equal(row[TRACE_CALLER].line, 1);
    assert_false(trace_cells_all_met(&cells, &fault));
    assert_string_equal(fault.column_name, "who");
    trace_cells_close(&cells);
}

static void malformed_rows_are_named(void **state)
{
    (void)state;
    struct trace_spec spec = {.fields = {[TRACE_ARRIVAL] = "a"}};
    struct trace_cells cells = open_cells(&spec, "a,b\n1\n1,2,3\n\"x\"y,1\n5,6\n");
    struct trace_fault fault;
    struct csv_cell row[TRACE_CELLS_MAX];
    assert_true(trace_cells_start(&cells, &fault));
    static const char *const wanted[] = {CODE_TRACE_MISSING, CODE_TRACE_MISSING, CODE_TRACE_FORM};
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(trace_cells_next(&cells, row, &fault), TRACE_BROKEN);
        assert_string_equal(fault.code, wanted[i]);
        assert_int_equal(fault.line, 2 + i);
        assert_false(cells.over);
    }
    assert_int_equal(trace_cells_next(&cells, row, &fault), TRACE_ROW);
    trace_cells_close(&cells);
    spec.form = TRACE_ITEMS;
    cells = open_cells(&spec, "[{\"a\": 1}, {\"a\" 1}]");
    assert_true(trace_cells_start(&cells, &fault));
    assert_int_equal(trace_cells_next(&cells, row, &fault), TRACE_ROW);
    assert_int_equal(trace_cells_next(&cells, row, &fault), TRACE_BROKEN);
    assert_true(cells.over);
    trace_cells_close(&cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_picked_by_name),
        cmocka_unit_test(a_key_that_no_item_has_is_named),
        cmocka_unit_test(malformed_rows_are_named),
    };
    return cmocka_run_group_tests_name("trace_cells", tests, NULL, NULL);
}
