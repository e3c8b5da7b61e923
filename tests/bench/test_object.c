#include "tests/bench/probe.h"

#ifndef SIM_CHECKS_SLOW // the reader's questions are checked in every build of this test
#define SIM_CHECKS_SLOW
#endif
#include "bench/input/object.c"
#include "tests/bench/key_cases.h"
#include "tests/sim/crash.h"

struct thing {
    uint32_t count, colour;
    double number;
    sim_time time;
    bool flag;
    const char *text;
    struct dist dist;
};

static const char *const colours[] = {"red", "blue", NULL};

#define AT(field) offsetof(struct thing, field)
static const struct param params[] = {
    {"count", PARAM_COUNT, AT(count), 3, 1, 9, "", NULL},
    {"number", PARAM_NUMBER, AT(number), 0.5, 0, 1, "", NULL},
    {"time", PARAM_TIME, AT(time), INFINITY, 0, INFINITY, "", NULL},
    {"flag", PARAM_FLAG, AT(flag), 1, 0, 1, "", NULL},
    {"colour", PARAM_CHOICE, AT(colour), 1, 0, 1, "", colours},
    {"text", PARAM_TEXT, AT(text), 0, 0, 0, "", NULL},
    {"dist", PARAM_DIST, AT(dist), 4, 0, INFINITY, "", NULL},
    {0},
};
static const struct param needed[] = {{"needed", PARAM_COUNT, AT(count), NAN, 1, 9, "", NULL}, {0}};
#undef AT
static const struct keys kind = {.what = "a thing", .file = "f.c", .tables = {params, needed}};

static struct thing read_with(struct probe *p, const char *text, const struct param *table)
{
    struct json *json = json_create(p->arena);
    struct reader reader = {.arena = p->arena, .diag = p->diag, .json = json};
    struct lexer_source source = {"f", text, strlen(text)};
    cJSON *root = json_parse(json, &source, p->diag);
    assert_non_null(root);
    struct thing thing = {0};
    struct object object = object_open(&reader, root, &kind);
    object_table(&object, table, &thing);
    object_close(&object);
    cJSON_Delete(root);
    probe_listen(p);
    return thing;
}

static void defaults_come_from_the_table(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct thing t = read_with(&p, "{}", params);
    assert_string_equal(p.messages, "");
    assert_int_equal(t.count, 3);
    assert_true(t.number >= 0.5 && t.number <= 0.5);
    assert_true(t.time == SIM_NEVER);
    assert_true(t.flag);
    assert_int_equal(t.colour, 1);
    assert_null(t.text);
    assert_true(t.dist.kind == DIST_CONSTANT && t.dist.a >= 4 && t.dist.a <= 4);
    probe_close(&p);
}

static void every_type_is_read_into_its_field(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct thing t =
        read_with(&p,
                  "{\"count\": 7, \"number\": 0.25, \"time\": \"5s\", \"flag\": false, "
                  "\"colour\": \"red\", \"text\": \"hello\", \"dist\": \"2s\"}",
                  params);
    assert_string_equal(p.messages, "");
    assert_int_equal(t.count, 7);
    assert_true(t.number >= 0.25 && t.number <= 0.25);
    assert_int_equal(t.time, 5 * SIM_SECOND);
    assert_false(t.flag);
    assert_int_equal(t.colour, 0);
    assert_string_equal(t.text, "hello");
    assert_true(t.dist.a >= 2 && t.dist.a <= 2);
    probe_close(&p);
}

static void times_and_distributions_may_be_numbers_of_seconds(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct thing t = read_with(&p, "{\"time_s\": 0.25, \"dist_s\": 1.5}", params);
    assert_string_equal(p.messages, "");
    assert_int_equal(t.time, SIM_SECOND / 4);
    assert_true(t.dist.a >= 1.5 && t.dist.a <= 1.5);
    read_with(&p, "{\"count_s\": 1}", params);
    assert_non_null(strstr(p.messages, "expected a known key, got \"count_s\""));
    probe_close(&p);
}

static void both_forms_of_a_key_are_one_too_many(void **state)
{
    (void)state;
    struct probe p = probe_open();
    read_with(&p, "{\"time\": \"1s\", \"time_s\": 1}", params);
    assert_string_equal(
        p.messages, "f:1:16: error[E0308]: /time_s: expected \"time\" or \"time_s\", got both\n");
    probe_close(&p);
}

static void a_key_without_default_must_be_given(void **state)
{
    (void)state;
    struct probe p = probe_open();
    read_with(&p, " {}", needed);
    assert_string_equal(p.messages,
                        "f:1:2: error[E0302]: /needed: expected the key \"needed\", got nothing\n");
    probe_close(&p);
    p = probe_open();
    assert_int_equal(read_with(&p, "{\"needed\": 4}", needed).count, 4);
    assert_string_equal(p.messages, "");
    probe_close(&p);
}

static void notes_are_free_and_other_keys_are_not(void **state)
{
    (void)state;
    struct probe p = probe_open();
    read_with(
        &p, "{\"$comment\": [], \"x-owner\": {}, \"colur\": \"red\", \"strategy\": 1, \"zzzz\": 2}",
        params);
    assert_string_equal(
        p.messages,
        "f:1:33: error[E0301]: /colur: expected a known key, got \"colur\"; did you mean "
        "\"colour\"?\n"
        "f:1:49: error[E0301]: /strategy: expected a known key, got \"strategy\"; "
        "\"strategy\" belongs in /timeline/N/deploy\n"
        "f:1:64: error[E0301]: /zzzz: expected a known key, got \"zzzz\"\n");
    probe_close(&p);
}

static void changes_leave_the_rest_as_it_was(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct json *json = json_create(p.arena);
    struct reader reader = {.arena = p.arena, .diag = p.diag, .json = json};
    struct lexer_source source = {"f", "{\"number\": 1}", 13};
    cJSON *root = json_parse(json, &source, p.diag);
    struct thing t = {.count = 5, .time = 6};
    struct object object = object_open(&reader, root, &kind);
    object_changes(&object, params, &t);
    object_close(&object);
    assert_int_equal(t.count, 5);
    assert_int_equal(t.time, 6);
    assert_true(t.number >= 1);
    assert_int_equal(diag_errors(p.diag), 0);
    cJSON_Delete(root);
    probe_close(&p);
}

static void what_is_no_object_is_reported_once(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct thing t = read_with(&p, "[1]", params);
    assert_string_equal(p.messages, "f:1:1: error[E0303]: expected an object, got a list\n");
    assert_int_equal(t.count, 3); // defaults all the same
    probe_close(&p);
}

static void ask_for(void *key)
{
    struct probe p = probe_open();
    struct reader reader = {.arena = p.arena, .diag = p.diag};
    struct object object = object_open(&reader, NULL, &kind);
    object_find(&object, key);
}

// What the reader asks for, `explain` can explain.
static void a_key_without_a_row_is_a_bug(void **state)
{
    (void)state;
    char row[] = "count", timed[] = "time", none[] = "mystery";
    assert_int_equal(crash_of(ask_for, row).signal, 0);
    struct crash crash = crash_of(ask_for, none);
    assert_true(crash_is_bug(&crash, "the key \"mystery\" of a thing has no row: see f.c"));
    crash = crash_of(ask_for, timed); // a time has a second form
    assert_true(crash_is_bug(&crash, "the key \"time\" of a thing has no row that says the same"));
}

// Nothing is asked for that has no row, where an object of every kind stands.
static void ask_all(void *text)
{
    struct probe p = probe_load(text, NULL);
    probe_close(&p);
}

static void every_question_of_the_reader_has_a_row(void **state)
{
    (void)state;
    char text[sizeof key_scenario];
    memcpy(text, key_scenario, sizeof text);
    struct crash crash = crash_of(ask_all, text);
    if (crash.signal) fail_msg("%s", crash.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_come_from_the_table),
        cmocka_unit_test(every_type_is_read_into_its_field),
        cmocka_unit_test(times_and_distributions_may_be_numbers_of_seconds),
        cmocka_unit_test(both_forms_of_a_key_are_one_too_many),
        cmocka_unit_test(a_key_without_default_must_be_given),
        cmocka_unit_test(notes_are_free_and_other_keys_are_not),
        cmocka_unit_test(changes_leave_the_rest_as_it_was),
        cmocka_unit_test(what_is_no_object_is_reported_once),
        cmocka_unit_test(a_key_without_a_row_is_a_bug),
        cmocka_unit_test(every_question_of_the_reader_has_a_row),
    };
    return cmocka_run_group_tests_name("object", tests, NULL, NULL);
}
