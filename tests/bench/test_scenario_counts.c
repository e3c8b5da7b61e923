#include "tests/bench/azure_day.h"

#include "bench/input/scenario_counts.c"

// A day with one function, f, called once in its first minute.
static void write_day(char path[64], const char *name)
{
    static const struct azure_line line = {"o,a,f,http", 1, "1"};
    azure_day(path, name, &line, 1);
}

static struct probe load_with(const char *file, const char *more)
{
    char fragment[1024];
    snprintf(fragment, sizeof fragment,
             "\"service\": \"1s\", \"trace\": {\"form\": \"azure_functions\", \"file\": %s%s}",
             file, more);
    return probe_fragment(PROBE_SOURCE, fragment);
}

// T2: days one after the other, minutes of the length that the factor gives them.
static void days_are_read_in_order(void **state)
{
    (void)state;
    char a[64], b[64], list[256];
    write_day(a, "d01.csv");
    write_day(b, "d02.csv");
    snprintf(list, sizeof list, "[\"%s\", \"%s\", \"%s\"]", a, b, a);
    struct probe p = load_with(list, ", \"function\": \"f\", \"trigger\": \"http\", \"arrivals\": "
                                     "\"even\", \"offset\": \"5s\", \"time_factor\": 0.5");
    assert_string_equal(p.messages, "");
    const struct traffic_config *t = &probe_config(&p)->traffic[0];
    assert_int_equal(t->kind, ARRIVAL_COUNTS);
    assert_int_equal(t->counts.bins, 3 * AZURE_MINUTES);
    assert_int_equal(t->counts.width, 30 * SIM_SECOND);
    assert_int_equal(t->counts.offset, 5 * SIM_SECOND);
    assert_true(t->counts.even);
    for (uint32_t i = 0; i < t->counts.bins; i++)
        assert_int_equal(t->counts.counts[i], i % AZURE_MINUTES == 0);
    assert_null(p.scenario.alternatives[0].traces[0].path); // nothing is read in the run
    probe_close(&p);
    probe_remove(a);
    probe_remove(b);
}

static void one_file_needs_no_list(void **state)
{
    (void)state;
    char path[64], file[96];
    write_day(path, "d01.csv");
    snprintf(file, sizeof file, "\"%s\"", path);
    struct probe p = load_with(file, "");
    assert_string_equal(p.messages, "");
    assert_int_equal(probe_config(&p)->traffic[0].counts.bins, AZURE_MINUTES);
    assert_false(probe_config(&p)->traffic[0].counts.even);
    probe_close(&p);
    p = load_with(file, ", \"time_factor\": 0.001");
    assert_non_null(strstr(p.messages, "warning[W0501]"));
    probe_close(&p);
    probe_remove(path);
}

static void each_mistake_has_its_message(void **state)
{
    (void)state;
    char path[64], file[96];
    write_day(path, "d01.csv");
    snprintf(file, sizeof file, "\"%s\"", path);
#define AT "/apps/A/traffic/0/trace"
    static const struct {
        const char *file, *more, *message; // file NULL: the right one
    } rows[] = {
        {"5", "", "error[E0303]: " AT "/file"},
        {"[]", "", "error[E0303]: " AT "/file: expected a file, or a list of 1 to 400 of them"},
        {"[1]", "", "error[E0303]: " AT "/file/0"},
        {"\"\"", "", "error[E0501]: " AT "/file: expected the name of a file"},
        {"[\"/nowhere/a\"]", "", "/nowhere/a: error[E0501]: " AT ": expected a readable trace"},
        {NULL, ", \"function\": \"g\"", "error[E0502]: " AT ": expected rows that are asked for"},
        {NULL, ", \"function\": 7", "error[E0303]: " AT "/function"},
        {NULL, ", \"arrivals\": \"evenly\"", "error[E0305]: " AT "/arrivals"},
        {NULL, ", \"time_factor\": 0", "error[E0304]: " AT "/time_factor"},
        {NULL, ", \"time_factor\": 1e5",
         "error[E0304]: " AT "/time_factor: expected a factor that"},
        {NULL, ", \"offset\": -1", "error[E0303]: " AT "/offset"},
        {NULL, ", \"sort\": true", "error[E0301]: " AT "/sort"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe p = load_with(rows[i].file ? rows[i].file : file, rows[i].more);
        if (!strstr(p.messages, rows[i].message) || diag_errors(p.diag) != 1)
            fail_msg("%s: %s", rows[i].message, p.messages);
        probe_close(&p);
    }
    probe_remove(path);
    struct probe p = probe_fragment(
        PROBE_SOURCE, "\"service\": \"1s\", \"trace\": {\"form\": \"azure_functions\"}");
    assert_non_null(strstr(p.messages, "error[E0302]: " AT "/file"));
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_read_in_order),
        cmocka_unit_test(one_file_needs_no_list),
        cmocka_unit_test(each_mistake_has_its_message),
    };
    return cmocka_run_group_tests_name("scenario_counts", tests, NULL, NULL);
}
