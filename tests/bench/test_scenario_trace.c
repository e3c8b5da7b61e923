#include "tests/bench/probe.h"

#include "bench/input/scenario_trace.c"

static const char good[] = "t,s,in,out\n0,1,10,20\n3599,2,30,40\n";

static bool is_same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

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
        {", \"arrival\": \"t\", \"service\": {\"from\": \"t\", \"to\": \"t\"}", "", NULL},
        {", \"arrival\": \"t\", \"service\": {\"from\": \"t\"}", "",
         "error[E0302]: /apps/A/traffic/0/trace/service/to"},
        {", \"arrival\": \"t\", \"service\": {\"from\": \"t\", \"to\": \"t\", \"base\": \"1s\"}",
         "", "error[E0403]: /apps/A/traffic/0/trace/service/base"},
        {", \"arrival\": \"s\", \"service\": {\"from\": \"t\", \"to\": \"s\"}", "",
         "expected an end not before its start"},
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
    struct scenario_override set = {.text = "/apps/A/traffic/0/trace/file=nowhere.csv"};
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

// T2: the platform's log, with its own names unless the scenario gives others.
static void a_request_log_has_defaults(void **state)
{
    (void)state;
    static const char log[] =
        "{\"items\": [{\"sent_at\": 3599, \"started_at\": 3600, \"ended_at\": 3604, \"t\": 0},"
        "{\"sent_at\": 0, \"started_at\": 1, \"ended_at\": 3, \"t\": 3599}]}";
    static const struct {
        const char *more, *rest, *arrival, *from, *service;
    } rows[] = {
        {", \"sort\": true", "", "sent_at", "started_at", NULL},
        {", \"sort\": true", ", \"service\": \"1s\"", "sent_at", NULL, NULL},
        {", \"arrival\": \"t\"", "", "t", "started_at", NULL},
        {", \"arrival\": \"t\", \"service\": \"started_at\"", "", "t", NULL, "started_at"},
        {", \"arrival\": \"t\", \"service\": {\"from\": \"sent_at\", \"to\": \"ended_at\"}", "",
         "t", "sent_at", NULL},
    };
    char path[64], more[256];
    probe_write(path, "log.json", log, sizeof log - 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(more, sizeof more, ", \"form\": \"request_log\"%s", rows[i].more);
        struct probe p = load_with(path, more, rows[i].rest);
        if (*p.messages) fail_msg("%s", p.messages);
        const struct trace_spec *t = &p.scenario.alternatives[0].traces[0];
        assert_int_equal(t->form, TRACE_ITEMS);
        const char *const wanted[] = {rows[i].arrival, rows[i].from, rows[i].service};
        static const enum trace_field fields[] = {TRACE_ARRIVAL, TRACE_FROM, TRACE_SERVICE};
        for (int f = 0; f < 3; f++)
            assert_true(is_same_text(t->fields[fields[f]], wanted[f]));
        if (t->sort) assert_int_equal(t->kept_count, 2);
        probe_close(&p);
    }
    struct probe p = load_with(path, ", \"form\": \"request_log\"", "");
    assert_non_null(strstr(p.messages, "log.json:1:88: error[E0506]: /apps/A/traffic/0/trace: "
                                       "expected an arrival not before the row above, got \"0\"; "
                                       "sort the file by arrival, or give \"sort\": true\n"));
    probe_close(&p);
    probe_remove(path);
}

static const char columns[] = "arrival,s,who,app,n\n0,1,acme,A,1\n1,1,globex,B,2\n3599,1,,C,3\n";

// T2: names of callers become callers of the scenario, those of apps its apps.
static void names_are_resolved(void **state)
{
    (void)state;
    char path[64], text[1024];
    probe_write(path, "t.csv", columns, sizeof columns - 1);
    snprintf(text, sizeof text,
             PROBE_HEAD
             "\"callers\": {\"globex\": {\"concurrency_limit\": 2}}, "
             "\"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"traffic\": [{\"trace\": "
             "{\"file\": \"%s\", \"service\": \"s\", \"caller\": \"who\", \"app\": \"app\", "
             "\"key\": \"n\", \"apps\": {\"C\": null, \"B\": \"Z\"}}}]}, "
             "\"Z\": {\"machine_type\": \"GPU-A100\"}}, "
             "\"compare\": {\"a\": {}, \"b\": {\"/apps/A/keep_alive\": \"1s\"}}}",
             path);
    struct probe p = probe_load(text, NULL);
    if (*p.messages) fail_msg("%s", p.messages);
    for (int i = 0; i < 2; i++) { // the second has not read the file
        const struct alternative *a = &p.scenario.alternatives[i];
        const struct trace_spec *t = &a->traces[0];
        assert_int_equal(a->config.caller_count, 3);
        assert_string_equal(a->config.callers[t->caller_ids[0]].name, "acme");
        assert_string_equal(a->config.callers[t->caller_ids[1]].name, "globex");
        assert_int_equal(t->caller_ids[1], 1);
        assert_int_equal(t->app_ids[0], 0);
        assert_int_equal(t->app_ids[1], 1);
        assert_true(t->app_ids[2] == TRACE_SKIP);
        assert_int_equal(t->keys, 65536);
        assert_int_equal(a->config.traffic[0].hints, 65536);
        assert_true(a->config.traffic[0].many_apps);
    }
    probe_close(&p);
    probe_remove(path);
}

static void wrong_columns_are_reported(void **state)
{
    (void)state;
    char path[64];
    probe_write(path, "t.csv", columns, sizeof columns - 1);
#define AT "error[E0403]: /apps/A/traffic/0/trace/"
    static const struct {
        const char *more, *rest, *message;
    } rows[] = {
        {", \"app\": \"app\", \"apps\": {\"B\": null}", "",
         "t.csv:4:9: error[E0401]: /apps/A/traffic/0/trace: expected an app of the scenario, got "
         "\"C\"; "},
        {", \"app\": \"app\", \"apps\": {\"B\": \"A\", \"C\": \"X\"}", "",
         "error[E0401]: /apps/A/traffic/0/trace/apps/C: expected the name of an app, got \"X\""},
        {", \"app\": \"app\", \"apps\": {\"B\": \"A\", \"C\": \"A\", \"D\": \"A\"}", "",
         "error[E0401]: /apps/A/traffic/0/trace/apps/D: expected an app that the trace mentions"},
        {", \"apps\": {\"B\": \"A\"}", "", AT "apps: expected \"apps\" only with \"app\""},
        {", \"priority\": \"n\"", "", "t.csv:2:12: error[E0505]"},
        {", \"outcome\": \"n\"", "", "t.csv:2:12: error[E0505]"},
        {", \"cold\": \"s\", \"outcome\": 5", "", "error[E0303]: /apps/A/traffic/0/trace/outcome"},
        {", \"priority\": \"who\"", ", \"path\": \"websocket\"",
         AT "priority: expected no priority on a websocket"},
        {", \"sort\": 1", "", "error[E0303]: /apps/A/traffic/0/trace/sort"},
        {", \"drop_incomplete\": \"yes\"", "",
         "error[E0303]: /apps/A/traffic/0/trace/drop_incomplete"},
        {", \"form\": \"xml\"", "", "error[E0305]: /apps/A/traffic/0/trace/form"},
        {", \"form\": \"request_log\"", "", "t.csv:1:1: error[E0507]"},
        {"", ", \"batch\": 2", "no batch on a trace or a closed loop"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char more[256];
        snprintf(more, sizeof more, ", \"service\": \"s\"%s", rows[i].more);
        struct probe p = load_with(path, more, rows[i].rest);
        if (!strstr(p.messages, rows[i].message) || diag_errors(p.diag) == 0 ||
            (diag_errors(p.diag) > 1 && !strstr(rows[i].message, "E0505")))
            fail_msg("%s%s: %s", rows[i].more, rows[i].rest, p.messages);
        probe_close(&p);
    }
    probe_remove(path);
}

static void dropped_rows_are_counted(void **state)
{
    (void)state;
    char path[64];
    probe_write(path, "t.csv", "arrival,s\n0,1\n,1\n5,\n3599,1\n", 27);
    struct probe p = load_with(path, ", \"service\": \"s\", \"drop_incomplete\": true", "");
    assert_string_equal(p.messages,
                        "t.json:2:10: warning[W0502]: /apps/A/traffic/0/trace: 2 of the "
                        "trace's 4 rows are incomplete and left out\n");
    probe_close(&p);
    p = load_with(path, ", \"service\": \"s\"", "");
    assert_int_equal(diag_errors(p.diag), 2);
    assert_non_null(strstr(p.messages, "\"drop_incomplete\": true leaves such rows out"));
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
        cmocka_unit_test(a_request_log_has_defaults),
        cmocka_unit_test(names_are_resolved),
        cmocka_unit_test(wrong_columns_are_reported),
        cmocka_unit_test(dropped_rows_are_counted),
        cmocka_unit_test(a_trace_is_read_once_for_all_alternatives),
    };
    return cmocka_run_group_tests_name("scenario_trace", tests, NULL, NULL);
}
