#include "tests/bench/probe.h"

#include "bench/input/trace.c"

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
        cmocka_unit_test(a_set_serves_each_source_its_own_rows),
        cmocka_unit_test(a_trace_that_has_changed_is_broken),
    };
    return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
