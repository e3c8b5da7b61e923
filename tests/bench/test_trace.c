#include "tests/bench/probe.h"

#include "bench/input/trace.c"

#include <malloc.h>

static struct trace_summary check(struct probe *p, const char *path, const char *service, bool good)
{
    struct trace_spec spec = {.path = path,
                              .fields = {[TRACE_ARRIVAL] = "arrival", [TRACE_SERVICE] = service},
                              .time_factor = 1};
    struct trace_summary summary;
    assert_int_equal(trace_check(&spec, "/apps/A/traffic/0/trace", p->arena, &summary, p->diag),
                     good);
    probe_listen(p);
    return summary;
}

static void expect_messages(const char *text, const char *messages)
{
    struct probe p = probe_open();
    char path[64], wanted[1024] = "";
    probe_write(path, "t.csv", text, strlen(text));
    check(&p, path, "s", false);
    for (const char *m = messages; *m; m++) { // "@" stands for the path
        size_t used = strlen(wanted);
        snprintf(wanted + used, sizeof wanted - used, "%.*s", *m == '@' ? 64 : 1,
                 *m == '@' ? path : m);
    }
    if (strcmp(p.messages, wanted) != 0) fail_msg("expected %sgot %s", wanted, p.messages);
    probe_remove(path);
    probe_close(&p);
}

static void a_good_trace_is_summed_up(void **state)
{
    (void)state;
    struct probe p = probe_open();
    char path[64];
    static const char text[] = "arrival,s\n10,1\n12.5,2\n13,6\n";
    probe_write(path, "t.csv", text, strlen(text));
    struct trace_summary with = check(&p, path, "s", true), without = check(&p, path, NULL, true);
    assert_int_equal(with.rows, 3);
    assert_int_equal(with.last_arrival, 3 * SIM_SECOND);
    assert_true(with.service_mean_s >= 3 && with.service_mean_s <= 3);
    assert_true(isnan(without.service_mean_s));
    assert_string_equal(p.messages, "");
    probe_remove(path);
    probe_close(&p);
}

static void what_is_wrong_is_reported_at_its_cell(void **state)
{
    (void)state;
#define AT "/apps/A/traffic/0/trace: expected "
    expect_messages("", "@: error[E0502]: " AT "a header and rows, got an empty file\n");
    expect_messages("arrival,s\n", "@: error[E0502]: " AT "rows, got only a header\n");
    expect_messages("arrival,S\n1,1\n",
                    "@:1:1: error[E0503]: " AT
                    "a column \"s\", got a header without it; did you mean \"S\"?\n");
    expect_messages("arrivals,s\n1,1\n",
                    "@:1:1: error[E0503]: " AT
                    "a column \"arrival\", got a header without it; did you mean "
                    "\"arrivals\"?\n");
    expect_messages(
        "arrival,s\n2,1\n1,1\nx,1\n3,\n4,\"a\"\n5\n",
        "@:3:1: error[E0506]: " AT "an arrival not before the row above, got \"1\"; sort the "
        "file by arrival, or give \"sort\": true\n"
        "@:4:1: error[E0505]: " AT "seconds or a time stamp, got \"x\"; write it as seconds "
        "or like \"2023-11-16 18:15:46.68\"\n"
        "@:5:3: error[E0504]: " AT "a number from 0 to 1e9, got an empty cell; "
        "\"drop_incomplete\": true leaves such rows out\n"
        "@:6:3: error[E0505]: " AT "a number from 0 to 1e9, got \"a\"\n"
        "@:7:1: error[E0504]: " AT "as many cells as the header has, got fewer\n");
}

static void a_file_that_cannot_be_read_is_reported(void **state)
{
    (void)state;
    struct probe p = probe_open();
    check(&p, "/nowhere/t.csv", NULL, false);
    assert_string_equal(p.messages,
                        "/nowhere/t.csv: error[E0501]: /apps/A/traffic/0/trace: expected a "
                        "readable trace, got No such file or directory\n");
    probe_close(&p);
    p = probe_open();
    check(&p, "/dev/zero", NULL, false);
    assert_non_null(strstr(p.messages, "got a device or a socket"));
    probe_close(&p);
}

static void many_problems_of_a_trace_become_a_count(void **state)
{
    (void)state;
    struct probe p = probe_open();
    char path[64], text[8 + 100] = "arrival\n";
    for (size_t i = 8; i < sizeof text; i++)
        text[i] = i % 2 ? '\n' : 'x';
    probe_write(path, "t.csv", text, sizeof text);
    check(&p, path, NULL, false);
    assert_int_equal(diag_errors(p.diag), FAULTS_SHOWN + 1);
    assert_non_null(strstr(p.messages, ":51:1: error[E0505]: " AT
                                       "a trace without problems, got 30 more up to this line\n"));
    probe_remove(path);
    probe_close(&p);
}

// T2: rows in any order, the same moment in the file's order; then as if the file were sorted.
static void rows_may_be_sorted(void **state)
{
    (void)state;
    struct probe p = probe_open();
    static const char text[] = "arrival,s\n30,1\n10,2\n20,3\n10,4\n,5\n";
    char path[64];
    probe_write(path, "t.csv", text, sizeof text - 1);
    struct trace_spec spec = {.path = path,
                              .fields = {[TRACE_ARRIVAL] = "arrival", [TRACE_SERVICE] = "s"},
                              .offset = SIM_SECOND,
                              .time_factor = .5,
                              .sort = true,
                              .drop_incomplete = true};
    struct trace_summary summary;
    assert_true(trace_check(&spec, "/t", p.arena, &summary, p.diag));
    assert_int_equal(summary.rows, 4);
    assert_int_equal(summary.dropped, 1);
    assert_int_equal(summary.last_arrival, 11 * SIM_SECOND);
    assert_true(summary.service_mean_s >= 2.5 && summary.service_mean_s <= 2.5);
    spec.kept = summary.kept;
    spec.kept_count = 4;
    probe_remove(path); // the rows are in memory
    struct trace_set *set = trace_set_open(&spec, 1);
    struct trace_row row;
    static const sim_time arrivals[] = {1, 1, 6, 11}, services[] = {2, 4, 3, 1};
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < 4; i++) {
            assert_int_equal(trace_set_next(set, 0, &row), TRACE_ROW);
            assert_int_equal(row.arrival, arrivals[i] * SIM_SECOND);
            assert_int_equal(row.service, services[i] * SIM_SECOND);
        }
        assert_int_equal(trace_set_next(set, 0, &row), TRACE_END);
        trace_set_rewind(set);
    }
    trace_set_close(set);
    probe_close(&p);
}

// All rows but the incomplete ones, of which nothing is left.
static void only_incomplete_rows_are_an_error(void **state)
{
    (void)state;
    struct probe p = probe_open();
    char path[64];
    probe_write(path, "t.csv", "arrival,b\n,1\n", 13);
    struct trace_spec spec = {.path = path,
                              .fields = {[TRACE_ARRIVAL] = "arrival"},
                              .time_factor = 1,
                              .drop_incomplete = true};
    struct trace_summary summary;
    assert_false(trace_check(&spec, "/t", p.arena, &summary, p.diag));
    probe_listen(&p);
    assert_non_null(strstr(p.messages, "E0502]: /t: expected rows, got only incomplete ones"));
    probe_remove(path);
    probe_close(&p);
}

static void a_key_that_no_item_has_is_reported(void **state)
{
    (void)state;
    struct probe p = probe_open();
    char path[64];
    probe_write(path, "t.json", "[{\"arrival\": 1}]", 16);
    struct trace_spec spec = {.path = path,
                              .form = TRACE_ITEMS,
                              .fields = {[TRACE_ARRIVAL] = "arrival", [TRACE_STATUS] = "status"},
                              .time_factor = 1};
    struct trace_summary summary;
    assert_false(trace_check(&spec, "/t", p.arena, &summary, p.diag));
    spec.fields[TRACE_STATUS] = NULL;
    spec.fields[TRACE_SERVICE] = "seconds";
    assert_false(trace_check(&spec, "/t", p.arena, &summary, p.diag));
    probe_listen(&p);
    assert_non_null(strstr(p.messages,
                           ": error[E0503]: /t: expected items with a key \"status\", got none "
                           "with it\n"));
    assert_non_null(strstr(p.messages, ":1:2: error[E0504]: /t: expected a number from 0 to 1e9, "
                                       "got an item without it"));
    probe_remove(path);
    probe_close(&p);
}

// T2: what a walk through a trace takes from the heap does not depend on how long it is, and is all
// there when the walk begins.
static size_t heap_in_use(void)
{
    return mallinfo2().uordblks;
}

static size_t heap_of_walk(const char *path, enum trace_form form, size_t rows)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    if (form == TRACE_CSV) fputs("arrival,caller\n", out);
    for (size_t i = 0; i < rows; i++)
        fprintf(out,
                form == TRACE_CSV ? "%zu,c%zu\n" : "{\"arrival\": %zu, \"caller\": \"c%zu\"}\n", i,
                i % 100);
    assert_int_equal(fclose(out), 0);
    struct arena *arena = arena_create(1 << 24);
    struct trace_spec spec = {.path = path,
                              .form = form,
                              .fields = {[TRACE_ARRIVAL] = "arrival", [TRACE_CALLER] = "caller"},
                              .time_factor = 1,
                              .callers = trace_names_create(arena)};
    struct trace_summary summary;
    size_t before = heap_in_use(), most = 0, seen = 0;
    assert_true(trace_check(&spec, "/t", arena, &summary, diag_create(arena)));
    assert_int_equal(summary.rows, rows);
    struct trace_set *set = trace_set_open(&spec, 1);
    struct trace_row row;
    for (; trace_set_next(set, 0, &row) == TRACE_ROW; seen++)
        if (seen % 1000 == 0 && heap_in_use() > most) most = heap_in_use();
    trace_set_close(set);
    assert_int_equal(seen, rows);
    arena_destroy(arena);
    return most - before;
}

static void memory_does_not_grow_with_the_trace(void **state)
{
    (void)state;
    char path[64];
    for (int form = 0; form < 2; form++) {
        probe_write(path, "t", "", 0);
        size_t little = heap_of_walk(path, (enum trace_form)form, 1000);
        size_t much = heap_of_walk(path, (enum trace_form)form, 100000);
        if (much > little + 256) fail_msg("form %d: %zu bytes, then %zu", form, little, much);
        probe_remove(path);
    }
}

static void a_set_serves_each_source_its_own_rows(void **state)
{
    (void)state;
    char a[64], b[64];
    probe_write(a, "a.csv", "arrival\n0\n1\n", 12);
    probe_write(b, "b.csv", "arrival\n5\n9\n", 12);
    struct trace_spec specs[] = {
        {.path = a, .fields = {[TRACE_ARRIVAL] = "arrival"}, .time_factor = 1},
        {.path = NULL},
        {.path = b, .fields = {[TRACE_ARRIVAL] = "arrival"}, .time_factor = 1},
    };
    struct trace_set *set = trace_set_open(specs, 3);
    struct trace_row row;
    assert_non_null(set);
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < 2; i++) { // interleaved
            assert_int_equal(trace_set_next(set, 0, &row), TRACE_ROW);
            assert_int_equal(row.arrival, i * SIM_SECOND);
            assert_int_equal(trace_set_next(set, 2, &row), TRACE_ROW);
            assert_int_equal(row.arrival, 4 * i * SIM_SECOND);
        }
        assert_int_equal(trace_set_next(set, 0, &row), TRACE_END);
        assert_int_equal(trace_set_next(set, 1, &row), TRACE_END);
        assert_int_equal(trace_set_next(set, 99, &row), TRACE_END);
        trace_set_rewind(set);
    }
    trace_set_close(set);
    trace_set_close(NULL);
    probe_remove(a);
    probe_remove(b);
}

static void a_trace_that_has_changed_is_broken(void **state)
{
    (void)state;
    char path[64];
    probe_write(path, "a.csv", "arrival\n1\n0\n", 12);
    struct trace_spec spec = {
        .path = path, .fields = {[TRACE_ARRIVAL] = "arrival"}, .time_factor = 1};
    struct trace_set *set = trace_set_open(&spec, 1);
    struct trace_row row;
    assert_int_equal(trace_set_next(set, 0, &row), TRACE_ROW);
    assert_int_equal(trace_set_next(set, 0, &row), TRACE_BROKEN);
    trace_set_close(set);
    spec.fields[TRACE_ARRIVAL] = "other";
    set = trace_set_open(&spec, 1);
    assert_int_equal(trace_set_next(set, 0, &row), TRACE_BROKEN);
    trace_set_close(set);
    probe_remove(path);
    assert_null(trace_set_open(&spec, 1));
    assert_int_equal(errno, ENOENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_trace_is_summed_up),
        cmocka_unit_test(what_is_wrong_is_reported_at_its_cell),
        cmocka_unit_test(a_file_that_cannot_be_read_is_reported),
        cmocka_unit_test(many_problems_of_a_trace_become_a_count),
        cmocka_unit_test(rows_may_be_sorted),
        cmocka_unit_test(only_incomplete_rows_are_an_error),
        cmocka_unit_test(a_key_that_no_item_has_is_reported),
        cmocka_unit_test(memory_does_not_grow_with_the_trace),
        cmocka_unit_test(a_set_serves_each_source_its_own_rows),
        cmocka_unit_test(a_trace_that_has_changed_is_broken),
    };
    return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
