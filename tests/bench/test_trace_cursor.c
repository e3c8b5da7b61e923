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

// T2: rows say more than times; an empty cell says nothing.
static void rows_have_traits(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 24);
    struct trace_spec spec = plain;
    static const uint32_t callers[] = {7, 5}, apps[] = {3, TRACE_SKIP};
    static const char *const columns[] = {"who", "app", "rank", "status", "key", "cold"};
    for (int i = 0; i < 6; i++)
        spec.fields[TRACE_CALLER + i] = columns[i];
    spec.callers = trace_names_create(arena);
    spec.apps = trace_names_create(arena);
    spec.keys = 10;
    struct trace_cursor c = open_cursor(&spec, "arrival,who,app,rank,status,key,cold\n"
                                               "1,acme,A,low,503,k1,True\n"
                                               "2,,,,,,\n"
                                               "3,acme,B,normal,200,k1,0\n"
                                               "4,globex,A,normal,404,k2,0\n");
    struct trace_fault fault;
    struct trace_row row;
    c.collects = true;
    assert_true(trace_cursor_start(&c, &fault));
    for (int i = 0; i < 4; i++)
        assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_ROW);
    assert_int_equal(spec.callers->count, 2);
    assert_int_equal(spec.apps->names[1].line, 4);

    struct trace_spec *known = (struct trace_spec *)(uintptr_t)c.spec;
    known->caller_ids = callers;
    known->app_ids = apps;
    c.collects = false;
    assert_true(trace_cursor_start(&c, &fault));
    assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_ROW);
    uint32_t key = row.traits.hint;
    assert_in_range(key, 1, 10);
    assert_int_equal(row.traits.caller, 1 + 7);
    assert_int_equal(row.traits.app, 1 + 3);
    assert_int_equal(row.traits.priority, 1 + PRIORITY_LOW);
    assert_int_equal(row.traits.status, 503);
    assert_int_equal(row.traits.label, LABEL_COLD);
    assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_ROW);
    static const struct request_traits nothing;
    assert_memory_equal(&row.traits, &nothing, sizeof nothing);
    assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_ROW); // app B is left out
    assert_int_equal(row.arrival, 3 * SIM_SECOND);
    assert_int_equal(row.traits.caller, 1 + 5);
    assert_int_equal(row.traits.priority, 1 + PRIORITY_NORMAL);
    assert_int_equal(row.traits.label, LABEL_WARM);
    assert_true(row.traits.hint != key);
    close_cursor(&c);
    arena_destroy(arena);
}

static void wrong_traits_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *row, *expected;
        unsigned column;
    } rows[] = {
        {"1,high,200,0", "normal or low", 3},
        {"1,low,99,0", "an HTTP status from 200 to 599", 7},
        {"1,low,600,0", "an HTTP status from 200 to 599", 7},
        {"1,low,+20,0", "an HTTP status from 200 to 599", 7},
        {"1,low,0200,0", "an HTTP status from 200 to 599", 7},
        {"1,low,200,yes", "true or false, 1 or 0, cold or warm", 11},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct trace_spec spec = plain;
        char text[128];
        spec.fields[TRACE_PRIORITY] = "p";
        spec.fields[TRACE_STATUS] = "s";
        spec.fields[TRACE_LABEL] = "c";
        snprintf(text, sizeof text, "arrival,p,s,c\n%s\n", rows[i].row);
        struct trace_cursor c = open_cursor(&spec, text);
        struct trace_fault fault;
        struct trace_row row;
        assert_true(trace_cursor_start(&c, &fault));
        assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_BROKEN);
        assert_string_equal(fault.expected, rows[i].expected);
        assert_int_equal(fault.column, rows[i].column);
        close_cursor(&c);
    }
}

// T2: the end of a request minus its start, in any notation of moments, to the ns.
static void service_is_the_time_between_two_moments(void **state)
{
    (void)state;
    struct trace_spec spec = plain;
    spec.form = TRACE_ITEMS;
    spec.fields[TRACE_ARRIVAL] = "sent_at";
    spec.fields[TRACE_FROM] = "started_at";
    spec.fields[TRACE_TO] = "ended_at";
    spec.drop_incomplete = true;
    struct trace_cursor c = open_cursor(
        &spec,
        "{\"sent_at\": \"2026-03-01T10:00:00Z\", \"started_at\": \"2026-03-01T10:00:05.5Z\","
        " \"ended_at\": \"2026-03-01T10:01:06.500000001Z\"}\n"
        "{\"sent_at\": \"2026-03-01T10:00:01Z\", \"started_at\": null, \"ended_at\": null}\n"
        "{\"sent_at\": \"2026-03-01T10:00:02Z\"}\n"
        "{\"sent_at\": 1772359203.25, \"started_at\": 1772359204, \"ended_at\": 1772359203}\n"
        "{\"sent_at\": 1772359203.25, \"started_at\": 1, \"ended_at\": 1}");
    struct trace_fault fault;
    struct trace_row row;
    assert_true(trace_cursor_start(&c, &fault));
    assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_ROW);
    assert_int_equal(row.service, 61 * SIM_SECOND + 1);
    assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_BROKEN);
    assert_int_equal(c.dropped, 2);
    assert_string_equal(fault.expected, "an end not before its start");
    assert_int_equal(fault.line, 4);
    assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_ROW);
    assert_int_equal(row.service, 0);
    assert_int_equal(row.arrival, 3250000000);
    assert_int_equal(trace_cursor_next(&c, &row, &fault), TRACE_END);
    close_cursor(&c);
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
        cmocka_unit_test(rows_have_traits),
        cmocka_unit_test(wrong_traits_are_named),
        cmocka_unit_test(service_is_the_time_between_two_moments),
        cmocka_unit_test(a_header_without_the_column_is_refused),
    };
    return cmocka_run_group_tests_name("trace_cursor", tests, NULL, NULL);
}
