#include "tests/bench/probe.h"

#include "bench/explain/explain.c"

static void fill_colours(struct sheet *sheet)
{
    sheet_column(sheet, "colour", SHEET_SHOWN);
    sheet_column(sheet, "meaning", SHEET_SHOWN);
    sheet_row(sheet);
    sheet_put(sheet, "red");
    sheet_put(sheet, "stop");
}

static void fill_fruits(struct sheet *sheet)
{
    sheet_column(sheet, "fruit", SHEET_SHOWN);
    sheet_column(sheet, "meaning", SHEET_SHOWN);
    for (int i = 0; i < 2; i++) {
        sheet_row(sheet);
        sheet_put(sheet, i ? "cherry" : "red");
        sheet_put(sheet, "sweet");
    }
}

static const struct topic two[] = {
    {"colours", "colour", "About colours.", false, fill_colours},
    {"fruits", "fruit", "About fruits.", false, fill_fruits},
    {NULL, NULL, NULL, false, NULL},
};

struct said {
    char *out, *errors;
    bool good;
};

enum ask { ASK_TOPICS, ASK_TOPIC, ASK_ENTRY };

static struct said ask(enum ask what, bool json, const char *topic, const char *entry)
{
    struct said said = {.good = true};
    size_t sizes[2];
    struct explain explain = {.out = open_memstream(&said.out, &sizes[0]),
                              .errors = open_memstream(&said.errors, &sizes[1]),
                              .json = json,
                              .topics = two};
    switch (what) {
    case ASK_TOPICS:
        explain_topics(&explain);
        break;
    case ASK_TOPIC:
        said.good = explain_topic(&explain, topic);
        break;
    case ASK_ENTRY:
        said.good = explain_entry(&explain, topic, entry);
        break;
    }
    fclose(explain.out);
    fclose(explain.errors);
    return said;
}

static void said_is(struct said said, bool good, const char *out, const char *errors)
{
    assert_int_equal(said.good, good);
    assert_string_equal(said.out, out);
    assert_string_equal(said.errors, errors);
    free(said.out);
    free(said.errors);
}

static void topics_are_listed(void **state)
{
    (void)state;
    struct said said = ask(ASK_TOPICS, false, NULL, NULL);
    assert_non_null(strstr(said.out, "\ncolours  About colours.\n"));
    assert_non_null(strstr(said.out, "\nfruits   About fruits.\n"));
    assert_non_null(strstr(said.out, "\nschema   "));
    free(said.out);
    free(said.errors);
}

static void a_topic_goes_by_two_names(void **state)
{
    (void)state;
    static const char list[] = "About colours.\n\ncolour  meaning\nred     stop\n";
    said_is(ask(ASK_TOPIC, false, "colours", NULL), true, list, "");
    said_is(ask(ASK_TOPIC, false, "colour", NULL), true, list, "");
    said_is(ask(ASK_TOPIC, false, "colors", NULL), false, "",
            "warmpool: no topic \"colors\"; did you mean \"colours\"?\n");
}

static void an_entry_is_found_in_one_topic_or_in_all(void **state)
{
    (void)state;
    said_is(ask(ASK_ENTRY, false, NULL, "red"), true,
            "red  (colours)\n    meaning  stop\n\nred  (fruits)\n    meaning  sweet\n", "");
    said_is(ask(ASK_ENTRY, false, "fruit", "red"), true, "red  (fruits)\n    meaning  sweet\n", "");
    said_is(ask(ASK_ENTRY, true, NULL, "red"), true,
            "[{\"topic\": \"colours\", \"entries\": [\n  {\"colour\": \"red\", \"meaning\": "
            "\"stop\"}\n]},\n{\"topic\": \"fruits\", \"entries\": [\n  {\"fruit\": \"red\", "
            "\"meaning\": \"sweet\"}\n]}]\n",
            "");
}

static void what_is_not_there_is_suggested_when_near(void **state)
{
    (void)state;
    said_is(ask(ASK_ENTRY, false, NULL, "chery"), false, "",
            "warmpool: no topic or entry \"chery\"; did you mean \"cherry\"?\n");
    said_is(ask(ASK_ENTRY, false, NULL, "fruist"), false, "",
            "warmpool: no topic or entry \"fruist\"; did you mean \"fruits\"?\n");
    said_is(ask(ASK_ENTRY, false, "colours", "cherry"), false, "",
            "warmpool: no colour \"cherry\"; `warmpool explain` lists the topics\n");
    said_is(ask(ASK_ENTRY, false, "animals", "red"), false, "",
            "warmpool: no topic \"animals\"; `warmpool explain` lists the topics\n");
    said_is(ask(ASK_ENTRY, false, NULL, "a\x1b[1m"), false, "",
            "warmpool: no topic or entry \"a?[1m\"; `warmpool explain` lists the topics\n");
}

static void the_schema_is_a_topic_without_entries(void **state)
{
    (void)state;
    struct said said = ask(ASK_TOPIC, false, "schema", NULL);
    assert_true(said.good && said.out[0] == '{');
    free(said.out);
    free(said.errors);
    assert_true(explain_is_topic(&(struct explain){.topics = two}, "schema"));
    assert_true(explain_is_topic(&(struct explain){.topics = two}, "fruit"));
    assert_false(explain_is_topic(&(struct explain){.topics = two}, "red"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(topics_are_listed),
        cmocka_unit_test(a_topic_goes_by_two_names),
        cmocka_unit_test(an_entry_is_found_in_one_topic_or_in_all),
        cmocka_unit_test(what_is_not_there_is_suggested_when_near),
        cmocka_unit_test(the_schema_is_a_topic_without_entries),
    };
    return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
