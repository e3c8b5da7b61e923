#include "tests/bench/probe.h"

#include "bench/input/trace_cursor.c"

// One cursor over a file made of `text`; the file is gone once it is open.
static struct trace_cursor open_cursor(const struct trace_spec *spec, const char *text)
{
    struct trace_cursor cursor;
    struct trace_spec *own = malloc(sizeof *own);
    char path[64];
    assert_non_null(own);
    probe_write(path, "t.csv", text, strlen(text));
    *own = *spec;
    own->path = path;
    assert_true(trace_cursor_open(&cursor, own));
    own->path = "t.csv";
    probe_remove(path);
    return cursor;
}

static void close_cursor(struct trace_cursor *cursor)
{
    trace_cursor_close(cursor);
    free((void *)(uintptr_t)cursor->spec);
}

static const struct trace_spec plain = {.fields = {[TRACE_ARRIVAL] = "arrival"}, .time_factor = 1};

static void arrivals_count_from_the_first_row(void **state)
{
    (void)state;
    struct trace_spec spec = plain;
    spec.offset = 5;
    struct trace_cursor c = open_cursor(&spec, "x,arrival\na,100.5\nb,100.5\nc,103\n");
    struct trace_fault fault;
    struct trace_row row;
    assert_true(trace_cursor_start(&c, &fault));
    static const sim_time arrivals[] = {5, 5, 2500000005};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_ROW);
            assert_int_equal(row.arrival, arrivals[i]);
            assert_true(row.service == SIM_NEVER);
        }
        assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_END);
        assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_END);
        assert_true(trace_cursor_start(&c, &fault)); // once more from the top
    }
    close_cursor(&c);
}

static void the_time_factor_scales_gaps(void **state)
{
    (void)state;
    struct trace_spec spec = plain;
    spec.time_factor = 0.5;
    spec.fields[TRACE_ARRIVAL] = "t";
    struct trace_cursor c =
        open_cursor(&spec, "t\n2023-11-16 18:15:46.6805900\n2023-11-16 18:15:50.6805900\n");
    struct trace_fault fault;
    struct trace_row row;
    assert_true(trace_cursor_start(&c, &fault));
    assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_ROW);
    assert_int_equal(row.arrival, 0);
    assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_ROW);
    assert_int_equal(row.arrival, 2 * SIM_SECOND);
    close_cursor(&c);
}

static void service_is_a_column_or_a_sum_of_columns(void **state)
{
    (void)state;
    static const struct trace_term terms[] = {{"in", 0.001}, {"out", 0.02}};
    struct trace_spec column = plain, sum = plain;
    column.fields[TRACE_SERVICE] = "out";
    sum.service_base_s = 0.05;
    sum.terms = terms;
    sum.term_count = 2;
    static const struct {
        sim_time service;
    } wanted[] = {{10 * SIM_SECOND}, {550000000}}; // 10 s; 0.05 + 300 x 0.001 + 10 x 0.02
    const struct trace_spec *specs[] = {&column, &sum};
    for (size_t i = 0; i < 2; i++) {
        struct trace_cursor c = open_cursor(specs[i], "arrival,in,out\n0,300,10\n");
        struct trace_fault fault;
        struct trace_row row;
        assert_true(trace_cursor_start(&c, &fault));
        assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_ROW);
        assert_int_equal(row.service, wanted[i].service);
        close_cursor(&c);
    }
}

static void a_faulty_row_is_named_and_passed_over(void **state)
{
    (void)state;
    static const struct {
        const char *row, *code;
        unsigned column;
    } rows[] = {
        {"x,1", CODE_TRACE_CELL, 1},    {",1", CODE_TRACE_MISSING, 1},
        {"2,", CODE_TRACE_MISSING, 3},  {"2,NaN", CODE_TRACE_CELL, 3},
        {"2,-1", CODE_TRACE_CELL, 3},   {"2,1e10", CODE_TRACE_CELL, 3},
        {"2,0x10", CODE_TRACE_CELL, 3}, {"2,1 ", CODE_TRACE_CELL, 3},
        {"2", CODE_TRACE_MISSING, 1},   {"2,1,1", CODE_TRACE_MISSING, 5},
        {"0.5,1", CODE_TRACE_ORDER, 1}, {"2,1\"", CODE_TRACE_FORM, 4},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct trace_spec spec = plain;
        char text[256];
        spec.fields[TRACE_SERVICE] = "s";
        snprintf(text, sizeof text, "arrival,s\n1,1\n%s\n3,1\n", rows[i].row);
        struct trace_cursor c = open_cursor(&spec, text);
        struct trace_fault fault;
        struct trace_row row;
        assert_true(trace_cursor_start(&c, &fault));
        assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_ROW);
        assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_BROKEN);
        if (strcmp(fault.code, rows[i].code) != 0) fail_msg("%s: %s", rows[i].row, fault.code);
        assert_int_equal(fault.line, 3);
        assert_int_equal(fault.column, rows[i].column);
        assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_ROW);
        assert_int_equal(row.arrival, 2 * SIM_SECOND);
        close_cursor(&c);
    }
}

static void a_header_without_the_column_is_refused(void **state)
{
    (void)state;
    struct trace_cursor c = open_cursor(&plain, "arival,s\n1,1\n");
    struct trace_fault fault;
    assert_false(trace_cursor_start(&c, &fault));
    assert_string_equal(fault.code, CODE_TRACE_COLUMN);
    assert_string_equal(fault.column_name, "arrival");
    assert_string_equal(fault.cell, "arival");
    close_cursor(&c);
    c = open_cursor(&plain, "\n\n");
    assert_false(trace_cursor_start(&c, &fault));
    assert_string_equal(fault.code, CODE_TRACE_EMPTY);
    close_cursor(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrivals_count_from_the_first_row),
        cmocka_unit_test(the_time_factor_scales_gaps),
        cmocka_unit_test(service_is_a_column_or_a_sum_of_columns),
        cmocka_unit_test(a_faulty_row_is_named_and_passed_over),
        cmocka_unit_test(a_header_without_the_column_is_refused),
    };
    return cmocka_run_group_tests_name("trace_cursor", tests, NULL, NULL);
}
