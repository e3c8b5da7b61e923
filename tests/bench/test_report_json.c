#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/report_json.c" // the module under test, statics included

#include <cjson/cJSON.h>
#include <math.h>

#include "tests/bench/compared.h"
#include "tests/bench/fixture_result.h"

static char *print(const struct experiment_result *result, int exit_code)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_true(report_json(out, result, exit_code));
    fclose(out);
    return text;
}

static cJSON *get(const cJSON *object, const char *key)
{
    cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!item) fail_msg("no key %s", key);
    return item;
}

static void assert_number(const cJSON *object, const char *key, double expected)
{
    if (isnan(expected))
        assert_true(cJSON_IsNull(get(object, key)));
    else
        assert_true(cJSON_IsNumber(get(object, key)) && get(object, key)->valuedouble == expected);
}

static void assert_text(const cJSON *object, const char *key, const char *expected)
{
    assert_string_equal(cJSON_GetStringValue(get(object, key)), expected);
}

static void every_number_comes_back_and_the_undefined_as_null(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    char *text = print(&f->result, 10);
    cJSON *json = cJSON_Parse(text);
    assert_non_null(json);
    for (int a = 0; a < 2; a++) {
        const cJSON *alternative = cJSON_GetArrayItem(get(json, "alternatives"), a);
        assert_int_equal(cJSON_GetArraySize(get(alternative, "metrics")), FIXTURE_ROWS);
        for (int c = 0; c < FIXTURE_ROWS; c++) {
            const cJSON *m = cJSON_GetArrayItem(get(alternative, "metrics"), c);
            const struct summary *s = &f->summaries[a][c];
            assert_text(m, "metric", fixture_rows[c].metric);
            assert_number(m, "mean", s->mean);
            assert_number(m, "low", s->low);
            assert_number(m, "high", s->high);
            assert_number(m, "sd", s->sd);
            assert_number(m, "min", s->min);
            assert_number(m, "max", s->max);
            assert_number(m, "n", s->n);
            assert_number(m, "undefined", s->undefined);
            for (size_t i = 0; i < LABELS; i++)
                if (fixture_rows[c].labels[i])
                    assert_text(get(m, "labels"), label_names[i], fixture_rows[c].labels[i]);
        }
    }
    cJSON_Delete(json);
    free(text);
    free(f);
}

static const cJSON *metric_at(const cJSON *json, int row)
{
    return cJSON_GetArrayItem(get(cJSON_GetArrayItem(get(json, "alternatives"), 0), "metrics"),
                              row);
}

static void methods_bounds_and_reasons_come_with_the_interval(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    struct summary *s = f->summaries[0];
    s[0].scale = SCALE_LOG;
    s[0].clean = 27;
    s[2].method = INTERVAL_JACKKNIFE;
    s[2].estimate = 0.5;
    s[6].clean = 30; // evil's app is never down
    s[14].method = INTERVAL_SECTIONING;
    s[14].estimate = s[14].mean;
    s[14].few = true;
    s[15].gap = GAP_UNDEFINED;
    char *text = print(&f->result, 0);
    cJSON *json = cJSON_Parse(text);
    assert_text(metric_at(json, 0), "method", "student_t_log");
    const cJSON *imperfect = get(metric_at(json, 0), "imperfect");
    assert_number(imperfect, "replications", 3);
    assert_true(get(imperfect, "low")->valuedouble > 0.02);
    assert_text(metric_at(json, 2), "method", "jackknife");
    assert_number(metric_at(json, 2), "estimate", 0.5);
    assert_true(
        fabs(get(get(metric_at(json, 6), "imperfect"), "high")->valuedouble - 0.0950338529) < 1e-9);
    assert_true(cJSON_IsTrue(get(metric_at(json, 6), "degenerate")));
    assert_text(metric_at(json, 14), "method", "sectioning");
    assert_true(cJSON_IsTrue(get(metric_at(json, 14), "few_observations")));
    assert_null(cJSON_GetObjectItemCaseSensitive(metric_at(json, 14), "estimate"));
    assert_text(metric_at(json, 15), "reason", "never defined");
    assert_number(cJSON_GetArrayItem(get(json, "alternatives"), 0), "confidence", 0.95);
    assert_null(cJSON_GetObjectItemCaseSensitive(json, "warm_up"));
    cJSON_Delete(json);
    free(text);
    free(f);
}

static void a_warm_up_that_was_looked_for_is_told(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    struct warm_up_series series[] = {{"base", "MyApp", "runners", NULL, 15, false},
                                      {"base", "MyApp", "requests in the system", NULL, 50, true}};
    f->result.warm_up = (struct warm_up){.asked = true,
                                         .pilots = 10,
                                         .step = 2 * SIM_SECOND,
                                         .cut = 30 * SIM_SECOND,
                                         .batch = 5,
                                         .series = series,
                                         .count = 1};
    for (int refused = 0; refused < 2; refused++) {
        f->result.warm_up.inconclusive = refused;
        f->result.warm_up.count = refused ? 2 : 1;
        char *text = print(&f->result, refused ? 12 : 0);
        cJSON *json = cJSON_Parse(text);
        const cJSON *w = get(json, "warm_up");
        assert_text(w, "verdict", refused ? "inconclusive" : "found");
        assert_number(w, "cut_s", refused ? NAN : 30);
        assert_number(cJSON_GetArrayItem(get(w, "series"), 0), "cut_s", 30);
        if (refused) assert_number(cJSON_GetArrayItem(get(w, "series"), 1), "cut_s", NAN);
        cJSON_Delete(json);
        free(text);
    }
    free(f);
}

static void the_frame_is_as_documented(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    f->alternatives[1].fault = "limit \"runners\" passed";
    f->alternatives[1].fault_replication = 7;
    char *text = print(&f->result, 10);
    cJSON *json = cJSON_Parse(text);
    assert_number(json, "warmpool", 1);
    assert_text(json, "seed", "42");
    assert_text(json, "verdict", "expectation_missed");
    assert_number(json, "exit_code", 10);
    assert_true(cJSON_IsFalse(get(json, "interrupted")));
    assert_text(get(json, "scenario"), "title", f->scenario.title);
    assert_number(get(json, "scenario"), "horizon_s", 7200);
    assert_number(get(json, "scenario"), "warm_up_s", 1200);
    assert_text(get(get(json, "scenario"), "definition"), "seed", "42");
    const cJSON *rolling = cJSON_GetArrayItem(get(json, "alternatives"), 1);
    assert_text(rolling, "name", "rolling");
    assert_text(get(rolling, "fault"), "message", "limit \"runners\" passed");
    assert_number(get(rolling, "fault"), "replication", 7);
    assert_true(cJSON_IsNull(get(cJSON_GetArrayItem(get(json, "alternatives"), 0), "fault")));
    assert_int_equal(cJSON_GetArraySize(get(json, "comparisons")), FIXTURE_ROWS);
    const cJSON *difference = cJSON_GetArrayItem(get(json, "comparisons"), 0);
    assert_text(difference, "alternative", "rolling");
    assert_text(difference, "baseline", "recreate");
    assert_text(difference, "better", "lower");
    assert_number(difference, "mean", 0 - 41.23);
    const cJSON *promise = cJSON_GetArrayItem(get(json, "expectations"), 0);
    assert_text(promise, "verdict", "met");
    assert_number(promise, "at_most", 1);
    assert_number(promise, "at_least", NAN);
    assert_text(cJSON_GetArrayItem(get(json, "expectations"), 3), "verdict", "no_data");
    cJSON_Delete(json);
    free(text);
    free(f);
}

static void a_comparison_says_what_was_found(void **state)
{
    (void)state;
    struct compared *c = compared_create(3, 1);
    char *text = print(&c->result, 0);
    cJSON *json = cJSON_Parse(text);
    const cJSON *first = cJSON_GetArrayItem(get(json, "comparisons"), 0);
    const struct comparison *own = &c->result.comparisons[0];
    assert_text(first, "alternative", "recreate");
    assert_text(first, "baseline", "rolling");
    assert_text(first, "verdict", "worse");
    assert_true(cJSON_IsTrue(get(first, "paired")));
    assert_number(first, "simultaneous_low", own->low);
    assert_number(first, "simultaneous_high", own->high);
    assert_true(own->low < own->difference.low);
    assert_number(first, "correlation", own->correlation);
    assert_number(first, "variance_reduction", own->variance_reduction);
    assert_number(first, "zone", NAN);
    assert_number(first, "replications_needed", 0);
    assert_text(cJSON_GetArrayItem(get(json, "comparisons"), 1), "verdict", "same");
    const cJSON *equal = cJSON_GetArrayItem(get(json, "comparisons"), 2);
    assert_text(equal, "verdict", "equal");
    assert_number(equal, "zone", 2);
    const cJSON *open = cJSON_GetArrayItem(get(json, "comparisons"), 4);
    assert_text(open, "verdict", "cannot_tell");
    assert_true(get(open, "replications_needed")->valuedouble > 0);
    const cJSON *mcb = get(json, "mcb");
    assert_text(mcb, "metric", "unserved_time_s");
    assert_text(mcb, "best", "smallest");
    const cJSON *last = cJSON_GetArrayItem(get(mcb, "alternatives"), 2);
    assert_text(last, "name", "blue_green");
    assert_number(last, "mean", -10);
    assert_number(last, "high", 0);
    assert_true(cJSON_IsTrue(get(last, "can_be_best")));
    assert_true(cJSON_IsNull(get(json, "selection")));
    cJSON_Delete(json);
    free(text);
    compared_free(c);
}

static void a_selection_says_how_it_ended(void **state)
{
    (void)state;
    struct compared *c = compared_create(2, 0);
    c->plan.procedure = SELECTION_KN;
    c->plan.confidence = 0.95;
    c->plan.zone = 1;
    c->plan.labels[LABEL_APP] = "MyApp";
    c->result.selection = (struct selection_result){.plan = &c->plan,
                                                    .end = SELECTION_DONE,
                                                    .best = 1,
                                                    .eliminated = calloc(2, sizeof(bool)),
                                                    .spent = 20,
                                                    .confidence = NAN};
    c->result.selection.eliminated[0] = true;
    c->result.contest.column = NULL;
    char *text = print(&c->result, 0);
    cJSON *json = cJSON_Parse(text);
    const cJSON *s = get(json, "selection");
    assert_text(s, "procedure", "kn");
    assert_text(s, "metric", "unserved_time_s");
    assert_text(get(s, "labels"), "app", "MyApp");
    assert_text(s, "verdict", "selected");
    assert_text(s, "selected", "rolling");
    assert_number(s, "confidence", 0.95);
    assert_number(s, "zone", 1);
    assert_number(s, "replications", 20);
    const cJSON *first = cJSON_GetArrayItem(get(s, "alternatives"), 0);
    assert_text(first, "name", "recreate");
    assert_number(first, "replications", 10);
    assert_true(cJSON_IsTrue(get(first, "eliminated")));
    assert_true(cJSON_IsNull(get(json, "mcb")));
    cJSON_Delete(json);
    free(text);
    compared_free(c);
}

static void one_replication_has_no_interval(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 1);
    char *text = print(&f->result, 0);
    cJSON *json = cJSON_Parse(text);
    const cJSON *m =
        cJSON_GetArrayItem(get(cJSON_GetArrayItem(get(json, "alternatives"), 0), "metrics"), 0);
    assert_number(m, "mean", 41.23);
    assert_number(m, "low", NAN);
    assert_number(m, "high", NAN);
    assert_number(m, "sd", NAN);
    assert_int_equal(cJSON_GetArraySize(get(json, "comparisons")), 0);
    assert_null(strstr(text, "nan"));
    cJSON_Delete(json);
    free(text);
    free(f);
}

static void texts_that_are_not_utf8_do_not_spoil_the_file(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 1);
    f->scenario.path = "sc\xFF"
                       "en\"\\\x01.json";
    f->scenario.title = NULL;
    char *text = print(&f->result, 0);
    cJSON *json = cJSON_Parse(text);
    assert_text(get(json, "scenario"), "path",
                "sc\xEF\xBF\xBD"
                "en\"\\\x01.json");
    assert_true(cJSON_IsNull(get(get(json, "scenario"), "title")));
    cJSON_Delete(json);
    free(text);
    free(f);
}

static void a_number_stands_on_one_line(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    char *text = print(&f->result, 0);
    assert_non_null(strstr(
        text,
        "\n        {\"metric\": \"unserved_time_s\", \"labels\": {\"app\": \"MyApp\"}, \"unit\": "
        "\"s\", \"better\": \"lower\", \"mean\": 41.23, "));
    free(text);
    free(f);
}

static void a_full_disk_is_reported(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    FILE *out = fopen("/dev/full", "w");
    if (!out) skip();
    setvbuf(out, NULL, _IONBF, 0);
    assert_false(report_json(out, &f->result, 0));
    fclose(out);
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_comes_back_and_the_undefined_as_null),
        cmocka_unit_test(the_frame_is_as_documented),
        cmocka_unit_test(a_comparison_says_what_was_found),
        cmocka_unit_test(a_selection_says_how_it_ended),
        cmocka_unit_test(one_replication_has_no_interval),
        cmocka_unit_test(texts_that_are_not_utf8_do_not_spoil_the_file),
        cmocka_unit_test(a_number_stands_on_one_line),
        cmocka_unit_test(a_full_disk_is_reported),
        cmocka_unit_test(methods_bounds_and_reasons_come_with_the_interval),
        cmocka_unit_test(a_warm_up_that_was_looked_for_is_told),
    };
    return cmocka_run_group_tests_name("report_json", tests, NULL, NULL);
}
