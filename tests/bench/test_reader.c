#include "tests/bench/probe.h"

#include "bench/input/reader.c"

#include <math.h>

struct stand { // a reader over one parsed text
    struct probe probe;
    struct json *json;
    struct reader reader;
    cJSON *root;
};

static struct stand open_stand(const char *text)
{
    struct stand s = {.probe = probe_open()};
    struct lexer_source source = {"f", text, strlen(text)};
    s.json = json_create(s.probe.arena);
    s.reader = (struct reader){s.probe.arena, s.probe.diag, s.json};
    s.root = json_parse(s.json, &source, s.probe.diag);
    assert_non_null(s.root);
    return s;
}

static void close_stand(struct stand *s)
{
    cJSON_Delete(s->root);
    probe_close(&s->probe);
}

static void counts_are_whole_numbers_in_range(void **state)
{
    (void)state;
    static const struct number_range small = {1, 8}, open = {0, UINT32_MAX};
    static const struct {
        const char *text;
        const struct number_range *range;
        bool good;
        uint32_t value;
    } rows[] = {
        {"1", &small, true, 1},
        {"8", &small, true, 8},
        {"8.0", &small, true, 8},
        {"0", &small, false, 0},
        {"9", &small, false, 0},
        {"1.5", &small, false, 0},
        {"\"1\"", &small, false, 0},
        {"\"unlimited\"", &small, false, 0},
        {"null", &small, false, 0},
        {"4294967295", &open, true, UINT32_MAX},
        {"4294967296", &open, false, 0},
        {"-1", &open, false, 0},
        {"\"unlimited\"", &open, true, UINT32_MAX},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stand s = open_stand(rows[i].text);
        uint32_t value = 77;
        assert_int_equal(reader_count(&s.reader, s.root, *rows[i].range, &value), rows[i].good);
        assert_int_equal(value, rows[i].good ? rows[i].value : 77);
        assert_int_equal(diag_errors(s.probe.diag), !rows[i].good);
        close_stand(&s);
    }
}

static void times_keep_to_their_range_and_may_be_never(void **state)
{
    (void)state;
    static const struct time_range bounded = {0.001, 60}, open = {0, INFINITY};
    static const struct {
        const char *text;
        const struct time_range *range;
        bool good;
        sim_time value;
    } rows[] = {
        {"\"1ms\"", &bounded, true, 1000000}, {"\"1m\"", &bounded, true, 60 * SIM_SECOND},
        {"\"999us\"", &bounded, false, 0},    {"\"60.001s\"", &bounded, false, 0},
        {"\"never\"", &bounded, false, 0},    {"\"never\"", &open, true, SIM_NEVER},
        {"\"Never\"", &open, false, 0},       {"60", &open, false, 0},
        {"\"292y\"", &open, false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stand s = open_stand(rows[i].text);
        sim_time value = 77;
        assert_int_equal(reader_time(&s.reader, s.root, *rows[i].range, &value), rows[i].good);
        assert_int_equal(value, rows[i].good ? rows[i].value : 77);
        close_stand(&s);
    }
}

static void seconds_are_numbers_that_a_time_can_hold(void **state)
{
    (void)state;
    static const struct time_range open = {0, INFINITY};
    static const struct {
        const char *text;
        bool good;
    } rows[] = {{"0", true}, {"9e9", true}, {"9.1e9", false}, {"-0.1", false}, {"\"1s\"", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stand s = open_stand(rows[i].text);
        double value;
        assert_int_equal(reader_seconds(&s.reader, s.root, open, &value), rows[i].good);
        close_stand(&s);
    }
}

static void choices_are_words_of_the_list(void **state)
{
    (void)state;
    static const char *const words[] = {"red", "green", "blue", NULL};
    struct stand s = open_stand("[\"blue\", \"gren\", 1]");
    const cJSON *node = s.root->child;
    uint32_t value = 77;
    assert_true(reader_choice(&s.reader, node, words, &value));
    assert_int_equal(value, 2);
    assert_false(reader_choice(&s.reader, node->next, words, &value));
    assert_false(reader_choice(&s.reader, node->next->next, words, &value));
    assert_int_equal(value, 2);
    probe_listen(&s.probe);
    assert_string_equal(
        s.probe.messages,
        "f:1:10: error[E0305]: /1: expected \"red\", \"green\" or \"blue\", got \"gren\"; "
        "did you mean \"green\"?\n"
        "f:1:18: error[E0303]: /2: expected \"red\", \"green\" or \"blue\", got 1\n");
    close_stand(&s);
}

static void flags_and_texts_have_their_own_types(void **state)
{
    (void)state;
    struct stand s = open_stand("[true, 1, \"x\"]");
    const cJSON *node = s.root->child;
    bool flag = false;
    assert_true(reader_flag(&s.reader, node, &flag) && flag);
    assert_false(reader_flag(&s.reader, node->next, &flag));
    assert_null(reader_text(&s.reader, node->next));
    assert_string_equal(reader_text(&s.reader, node->next->next), "x");
    close_stand(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_whole_numbers_in_range),
        cmocka_unit_test(times_keep_to_their_range_and_may_be_never),
        cmocka_unit_test(seconds_are_numbers_that_a_time_can_hold),
        cmocka_unit_test(choices_are_words_of_the_list),
        cmocka_unit_test(flags_and_texts_have_their_own_types),
    };
    return cmocka_run_group_tests_name("reader", tests, NULL, NULL);
}
