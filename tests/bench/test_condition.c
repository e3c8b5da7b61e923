#include "tests/bench/probe.h"

#include "bench/input/condition.c"

static const char *const strategies[] = {"recreate", "rolling", NULL};
static const struct condition_name names[] = {
    {"x", CONDITION_NUMBER, NULL},
    {"strategy", CONDITION_TEXT, strategies},
    {"detach", CONDITION_TRUTH, NULL},
    {"poisson/rate per s", CONDITION_NUMBER, NULL},
};
enum { NAMES = sizeof names / sizeof *names };

// x = 3, strategy = "rolling", detach = true, `poisson/rate per s` = 90.
static const struct condition_value values[NAMES] = {
    {3, "3"}, {NAN, "rolling"}, {1, "true"}, {90, "90s"}};

static void conditions_mean_what_they_say(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool holds;
    } rows[] = {
        {"x == 3", true},
        {"x != 3", false},
        {"x < 3", false},
        {"x <= 3", true},
        {"x > 2.5", true},
        {"x >= 3.5", false},
        {"x - 1 - 1 == 1", true}, // from the left
        {"12 / x / 2 == 2", true},
        {"1 + 2 * x == 7", true}, // * before +
        {"(1 + 2) * x == 9", true},
        {"x % 2 == 1", true},
        {"-x < 0 && - -x > 0", true},
        {"strategy == 'rolling'", true},
        {"\"recreate\" == strategy", false},
        {"strategy != 'recreate'", true},
        {"detach", true},
        {"!detach", false},
        {"!!detach && true", true},
        {"detach == false", false},
        {"`poisson/rate per s` == 90s", true},
        {"`poisson/rate per s` <= 1m30s", true},
        {"`poisson/rate per s` > 1.5m", false},
        {"false || x == 3", true},
        {"x == 1 || x == 3 && strategy == 'recreate'", false}, // && before ||
        {"(x == 1 || x == 3) && strategy == 'rolling'", true},
        {"x / 0 == x / 0", true}, // both are infinite
        {"0 / 0 == 0 / 0", false},
        {"0 / 0 != 0 / 0", true},
        {"0 / 0 < 1 || 0 / 0 >= 1", false},
        {"1e-3 * x == 0.003", true},
        {"  x==3\n\t", true},
    };
    struct probe probe = probe_open();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct condition_problem problem;
        const struct condition *c =
            condition_parse(probe.arena, rows[i].text, names, NAMES, &problem);
        if (!c) fail_msg("%s: %s at %zu", rows[i].text, problem.expected, problem.at);
        if (condition_holds(c, values) != rows[i].holds)
            fail_msg("%s: expected %d", rows[i].text, rows[i].holds);
    }
    probe_close(&probe);
}

static void problems_have_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t at;
        const char *expected, *got, *hint;
    } rows[] = {
        {"", 1, "a name, a number, a text or \"(\"", "", NULL},
        {"x =", 3, "an operator or the end", "=", NULL},
        {"x == ", 6, "a name, a number, a text or \"(\"", "", NULL},
        {"x == 3 3", 8, "an operator or the end", "3", NULL},
        {"(x == 3", 8, "an operator or \")\"", "", NULL},
        {"x", 1, "a comparison: something true or false", "", NULL},
        {"strateg == 'rolling'", 1, "the name of an axis", "strateg", "strategy"},
        {"strategy == 'roling'", 10, "one of the values of the axis", "", "rolling"},
        {"strategy < 'rolling'", 10, "numbers on both sides", "<", NULL},
        {"strategy == 3", 10, "texts on both sides", "==", NULL},
        {"x == 'a'", 3, "numbers on both sides", "==", NULL},
        {"x + detach > 1", 3, "numbers on both sides", "+", NULL},
        {"x && detach", 3, "truths on both sides", "&&", NULL},
        {"!x", 1, "a truth after !", "!", NULL},
        {"-detach", 1, "a number after -", "-", NULL},
        {"1 < x < 5", 7, "\"&&\" between two comparisons", "<", NULL},
        {"x == 5q", 6, "a number like 2.5 or a duration like 90s", "5q", NULL},
        {"x == 5.", 6, "a number like 2.5 or a duration like 90s", "5.", NULL},
        {"x == 0x10", 6, "a number like 2.5 or a duration like 90s", "0x10", NULL},
        {"x == 1e999", 6, "a number like 2.5 or a duration like 90s", "1e999", NULL},
        {"strategy == 'rolling", 13, "a text that ends with its quote", "'rolling", NULL},
        {"`x == 3", 1, "a name that ends with `", "`x == 3", NULL},
        {"x == 3 \xC3\xA9", 8, "an operator or the end", "\xC3\xA9", NULL},
        {"'\xC3\xA9' == strategy && y", 5, "one of the values of the axis", "", NULL},
    };
    struct probe probe = probe_open();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct condition_problem p;
        assert_null(condition_parse(probe.arena, rows[i].text, names, NAMES, &p));
        bool same = p.at == rows[i].at && strcmp(p.expected, rows[i].expected) == 0 &&
                    strcmp(p.got, rows[i].got) == 0 && !p.hint == !rows[i].hint &&
                    (!p.hint || strcmp(p.hint, rows[i].hint) == 0);
        if (!same)
            fail_msg("%s: at %zu expected %s, got %s; %s", rows[i].text, p.at, p.expected, p.got,
                     p.hint ? p.hint : "");
    }
    probe_close(&probe);
}

static void depth_and_length_have_limits(void **state)
{
    (void)state;
    char text[CONDITION_LENGTH_MAX + 16];
    struct probe probe = probe_open();
    struct condition_problem p;
    memset(text, '!', CONDITION_DEPTH_MAX + 1);
    memcpy(text + CONDITION_DEPTH_MAX + 1, "detach", 7);
    assert_null(condition_parse(probe.arena, text, names, NAMES, &p));
    assert_non_null(strstr(p.expected, "at most 64"));
    assert_non_null(condition_parse(probe.arena, text + 2, names, NAMES, &p)); // 63 and the name
    memset(text, ' ', sizeof text);
    memcpy(text + CONDITION_LENGTH_MAX - 5, "detach", 7);
    assert_null(condition_parse(probe.arena, text, names, NAMES, &p));
    assert_non_null(condition_parse(probe.arena, text + 1, names, NAMES, &p));
    probe_close(&probe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_mean_what_they_say),
        cmocka_unit_test(problems_have_their_place),
        cmocka_unit_test(depth_and_length_have_limits),
    };
    return cmocka_run_group_tests_name("condition", tests, NULL, NULL);
}
