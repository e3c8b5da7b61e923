#include "tests/bench/azure_day.h"

#include "bench/input/azure_counts.c"

static const struct azure_line lines[] = {
    {"o1,a1,f1,http", 1, "3"},  {"o1,a1,f2,timer", 1, "5"},   {"o1,a2,f3,http", 1440, "70"},
    {"o2,a3,f4,queue", 2, "9"}, {"o2,a3,f1,http", 1, "1000"},
};

// T2: the rows that have all names that are given are added up.
static void rows_are_picked_and_added(void **state)
{
    (void)state;
    static const struct {
        struct azure_pick pick;
        uint32_t first, second, last;
    } rows[] = {
        {{{0}}, 1008, 9, 70},
        {{{[AZURE_OWNER] = "o1"}}, 8, 0, 70},
        {{{[AZURE_APP] = "a1"}}, 8, 0, 0},
        {{{[AZURE_FUNCTION] = "f1"}}, 1003, 0, 0},
        {{{[AZURE_FUNCTION] = "f1", [AZURE_APP] = "a1"}}, 3, 0, 0},
        {{{[AZURE_TRIGGER] = "http"}}, 1003, 0, 70},
    };
    char path[64];
    azure_day(path, "d01.csv", lines, sizeof lines / sizeof *lines);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe p = probe_open();
        uint32_t counts[AZURE_MINUTES] = {0};
        assert_true(azure_counts_read(path, &rows[i].pick, "/t", counts, p.diag));
        assert_int_equal(counts[0], rows[i].first);
        assert_int_equal(counts[1], rows[i].second);
        assert_int_equal(counts[AZURE_MINUTES - 1], rows[i].last);
        assert_int_equal(counts[700], 0);
        probe_close(&p);
    }
    probe_remove(path);
}

static void expect_problem(const char *path, const struct azure_pick *pick, const char *message)
{
    struct probe p = probe_open();
    uint32_t counts[AZURE_MINUTES] = {0};
    assert_false(azure_counts_read(path, pick, "/t", counts, p.diag));
    probe_listen(&p);
    if (!strstr(p.messages, message)) fail_msg("expected %s, got %s", message, p.messages);
    probe_close(&p);
}

static void what_is_wrong_is_reported_at_its_cell(void **state)
{
    (void)state;
    static const struct azure_pick all;
    const struct azure_pick nobody = {{[AZURE_FUNCTION] = "f9"}};
    static const struct {
        struct azure_line line;
        const char *message;
    } rows[] = {
        {{"o,a,f,http", 3, "-1"}, ":2:16: error[E0505]: /t: expected a whole number"},
        {{"o,a,f,http", 3, "1.5"}, ":2:16: error[E0505]: /t: expected a whole number"},
        {{"o,a,f,http", 3, ""}, ":2:16: error[E0505]: /t: expected a whole number"},
        {{"o,a,f,http", 3, "1000000001"}, "from 0 to 1000000000, got \"1000000001\""},
        {{"o,a,f,http", 3, "1,2"}, ": error[E0504]: /t: expected a row of 1444 cells"},
        {{"o,a,f", 3, "1"}, ": error[E0504]: /t: expected a row of 1444 cells"},
        {{"o,a,\"f,http", 3, "1"}, ":2:5: error[E0507]: /t: expected a closing quote"},
    };
    char path[64];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        azure_day(path, "d01.csv", &rows[i].line, 1);
        expect_problem(path, &all, rows[i].message);
        probe_remove(path);
    }
    const struct azure_line full[] = {{"o,a,f,http", 1, "900000000"},
                                      {"o,a,f,http", 1, "100000001"}};
    azure_day(path, "d01.csv", full, 2);
    expect_problem(path, &all, ":3:12: error[E0505]: /t: expected at most 1000000000 requests");
    probe_remove(path);
    azure_day(path, "d01.csv", lines, 5);
    expect_problem(path, &nobody,
                   ": error[E0502]: /t: expected rows that are asked for, got none of 5");
    probe_remove(path);
    probe_write(path, "t.csv", "HashOwner,HashApp,Function\n", 27);
    expect_problem(path, &all, ":1:19: error[E0503]: /t: expected a header HashOwner");
    probe_remove(path);
    probe_write(path, "t.csv", "HashOwner,HashApp\n", 18);
    expect_problem(path, &all, ":1:11: error[E0503]: /t: expected a header HashOwner");
    probe_remove(path);
    expect_problem("/nowhere/d01.csv", &all,
                   "/nowhere/d01.csv: error[E0501]: /t: expected a readable");
}

static void many_problems_become_a_count(void **state)
{
    (void)state;
    struct probe p = probe_open();
    static const struct azure_pick all;
    struct azure_line bad[30];
    char path[64];
    uint32_t counts[AZURE_MINUTES] = {0};
    for (int i = 0; i < 30; i++)
        bad[i] = (struct azure_line){"o,a,f,http", 9, "x"};
    azure_day(path, "d01.csv", bad, 30);
    assert_false(azure_counts_read(path, &all, "/t", counts, p.diag));
    probe_listen(&p);
    assert_int_equal(diag_errors(p.diag), FAULTS_SHOWN + 1);
    assert_non_null(strstr(p.messages, "got 10 more"));
    probe_remove(path);
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_picked_and_added),
        cmocka_unit_test(what_is_wrong_is_reported_at_its_cell),
        cmocka_unit_test(many_problems_become_a_count),
    };
    return cmocka_run_group_tests_name("azure_counts", tests, NULL, NULL);
}
