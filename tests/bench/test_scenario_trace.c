#include "tests/bench/probe.h"

#include "bench/input/scenario_trace.c"

static const char good[] = "t,s,in,out\n0,1,10,20\n3599,2,30,40\n";

// A source whose trace is the file; `more` are further keys of the trace, `rest` of the source.
static struct probe load_with(const char *file, const char *more, const char *rest)
{
    char fragment[1024];
    snprintf(fragment, sizeof fragment, "\"trace\": {\"file\": \"%s\"%s}%s", file, more, rest);
    return probe_fragment(PROBE_SOURCE, fragment);
}

static void columns_and_scales_are_read(void **state)
{
    (void)state;
    char path[64];
    probe_write(path, "t.csv", good, sizeof good - 1);
    struct probe p =
        load_with(path,
                  ", \"arrival\": \"t\", \"offset\": \"1s\", \"time_factor\": 1, \"service\": "
                  "{\"base\": \"50ms\", \"per\": {\"in\": \"0.2ms\", \"out\": \"20ms\"}}",
                  "");
    assert_string_equal(p.messages, "");
    const struct trace_spec *t = &p.scenario.alternatives[0].traces[0];
    assert_string_equal(t->path, path);
    assert_string_equal(t->fields[TRACE_ARRIVAL], "t");
    assert_null(t->fields[TRACE_SERVICE]);
    assert_int_equal(t->offset, SIM_SECOND);
    assert_int_equal(t->term_count, 2);
    assert_string_equal(t->terms[0].column, "in");
    assert_true(t->terms[0].seconds_per_unit >= 0.0002 && t->terms[0].seconds_per_unit <= 0.0002);
    assert_true(t->service_base_s >= 0.05 && t->service_base_s <= 0.05);
    assert_int_equal(probe_config(&p)->traffic[0].kind, ARRIVAL_TRACE);
    probe_close(&p);
    probe_remove(path);
}

static void service_comes_from_one_place(void **state)
{
    (void)state;
    char path[64];
    probe_write(path, "t.csv", good, sizeof good - 1);
    static const struct {
        const char *more, *rest, *message; // NULL: right
    } rows[] = {
        {", \"arrival\": \"t\", \"service\": \"s\"", "", NULL},
        {", \"arrival\": \"t\"", ", \"service\": \"1s\"", NULL},
        {", \"arrival\": \"t\", \"service\": {\"per_s\": {\"in\": 0.5}}", "", NULL},
        {", \"arrival\": \"t\", \"service\": {\"base\": \"1s\"}", "", NULL},
        {", \"arrival\": \"t\"", "", "error[E0302]: /apps/A/traffic/0/service: expected the key"},
        {", \"arrival\": \"t\", \"service\": \"s\"", ", \"service\": \"1s\"", "error[E0308]"},
        {", \"arrival\": \"t\", \"service\": {}", "",
         "error[E0302]: /apps/A/traffic/0/trace/service/per"},
        {", \"arrival\": \"t\", \"service\": {\"per\": {\"in\": 5}}", "",
         "error[E0303]: /apps/A/traffic/0/trace/service/per/in"},
        {", \"arrival\": \"t\", \"service\": {\"per\": {\"inn\": \"5s\"}}", "", "error[E0503]"},
        {", \"arrival\": \"tt\", \"service\": \"s\"", "", "error[E0503]"},
        {", \"service\": \"s\"", "", "expected a column \"arrival\""},
        {", \"arrival\": 5, \"service\": \"s\"", "",
         "error[E0303]: /apps/A/traffic/0/trace/arrival"},
        {", \"arrival\": \"t\", \"service\": \"s\", \"time_factor\": 0", "", "error[E0304]"},
        {", \"arrival\": \"t\", \"service\": \"s\", \"ofset\": \"1s\"", "",
         "did you mean \"offset\"?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe p = load_with(path, rows[i].more, rows[i].rest);
        bool right = rows[i].message ? strstr(p.messages, rows[i].message) != NULL : !*p.messages;
        if (!right || diag_errors(p.diag) != (rows[i].message ? 1 : 0))
            fail_msg("%s%s: %s", rows[i].more, rows[i].rest, p.messages);
        probe_close(&p);
    }
    probe_remove(path);
}

static void an_early_end_is_worth_a_warning(void **state)
{
    (void)state;
    char path[64];
    probe_write(path, "t.csv", "arrival,s\n0,1\n60,1\n", 19);
    struct probe p = load_with(path, ", \"service\": \"s\"", "");
    assert_true(p.good);
    assert_string_equal(p.messages,
                        "t.json:2:10: warning[W0501]: /apps/A/traffic/0/trace: the trace's "
                        "last arrival is at 60 s of 3600 s; from then on this source is "
                        "silent\n");
    probe_close(&p);
    p = load_with(path, ", \"service\": \"s\"", ", \"until\": \"1m\"");
    assert_string_equal(p.messages, "");
    probe_close(&p);
    probe_remove(path);
}

static void paths_are_relative_to_the_file_or_to_the_working_folder(void **state)
{
    (void)state;
    char path[64];
    probe_write(path, "t.csv", "arrival,s\n0,1\n3599,1\n", 21);
    char beside[64];
    const char *text =
        probe_text(PROBE_SOURCE, "\"trace\": {\"file\": \"t.csv\", \"service\": \"s\"}");
    snprintf(beside, sizeof beside, "%.*s/scenario.json", (int)(strrchr(path, '/') - path), path);
    struct probe p = probe_open();
    struct lexer_source source = {beside, text, strlen(text)};
    assert_true(scenario_load_text(&p.scenario, p.arena, &source, NULL, 0, p.diag));
    assert_string_equal(p.scenario.alternatives[0].traces[0].path, path);
    char fragment[128];
    snprintf(fragment, sizeof fragment, "\"trace\": {\"file\": \"%s\", \"service\": \"s\"}", path);
    struct lexer_source absolute = {"/elsewhere/t.json", probe_text(PROBE_SOURCE, fragment), 0};
    absolute.length = strlen(absolute.text);
    assert_true(scenario_load_text(&p.scenario, p.arena, &absolute, NULL, 0, p.diag));
    struct scenario_override set = {"/apps/A/traffic/0/trace/file=nowhere.csv"};
    source.text = probe_text(PROBE_SOURCE, "\"trace\": {\"file\": \"t.csv\", \"service\": \"s\"}");
    assert_false(scenario_load_text(&p.scenario, p.arena, &source, &set, 1, p.diag));
    probe_listen(&p);
    assert_memory_equal(p.messages, "nowhere.csv: error[E0501]", 25);
    probe_close(&p);
    probe_remove(path);
}

static void a_trace_is_read_once_for_all_alternatives(void **state)
{
    (void)state;
    char path[64], text[1024];
    probe_write(path, "t.csv", good, sizeof good - 1);
    snprintf(text, sizeof text,
             PROBE_HEAD
             "\"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"traffic\": [{\"trace\": "
             "{\"file\": \"%s\", \"arrival\": \"t\", \"service\": \"s\"}}]}}, \"compare\": "
             "{\"a\": {}, \"b\": {\"/apps/A/keep_alive\": \"1s\"}, "
             "\"c\": {\"/apps/A/traffic/0/trace/service\": \"tt\"}}}",
             path);
    struct probe p = probe_load(text, NULL);
    assert_int_equal(diag_errors(p.diag), 1); // the last one names a column that is not there
    assert_non_null(strstr(p.messages, "a column \"tt\""));
    probe_close(&p);
    probe_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_and_scales_are_read),
        cmocka_unit_test(service_comes_from_one_place),
        cmocka_unit_test(an_early_end_is_worth_a_warning),
        cmocka_unit_test(paths_are_relative_to_the_file_or_to_the_working_folder),
        cmocka_unit_test(a_trace_is_read_once_for_all_alternatives),
    };
    return cmocka_run_group_tests_name("scenario_trace", tests, NULL, NULL);
}
