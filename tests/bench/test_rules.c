#include "tests/bench/probe.h"

#include "bench/explain/rules.c"
#include "bench/input/keys.h"
#include "models/metrics.h"

static void rules_are_found_in_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text, *number;
        bool named;
    } rows[] = {
        {"idle time (P4)", "P4", true},
        {"idle time (P4)", "P5", false},
        {"checks (Q3, P7)", "P7", true},
        {"a new revision (R1 to R3, R5)", "R2", true},
        {"a new revision (R1 to R3, R5)", "R3", true},
        {"a new revision (R1 to R3, R5)", "R4", false},
        {"a new revision (R1 to R3, R5)", "R5", true},
        {"a new revision (R1 to R3, R5)", "P2", false},
        {"P4: idle", "P4", true},
        {"no MP4 here", "P4", false},
        {"nor P40", "P4", false},
        {"C1", "C1", true},
        {"", "C1", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rules_named(rows[i].text, rows[i].number) != rows[i].named)
            fail_msg("%s in \"%s\"", rows[i].number, rows[i].text);
}

// DESIGN.md section 2: M1-M4, P1-P7, Q1-Q9, A1-A4, R1-R8, D1-D2, C1-C5, T1-T3, O1-O2, in that
// order.
static void all_rules_of_the_design_are_there(void **state)
{
    (void)state;
    static const struct {
        char letter;
        int count;
    } parts[] = {{'M', 4}, {'P', 7}, {'Q', 9}, {'A', 4}, {'R', 8},
                 {'D', 2}, {'C', 5}, {'T', 3}, {'O', 2}};
    const struct rule *rule = rules;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (int n = 1; n <= parts[i].count; n++, rule++) {
            char number[16];
            snprintf(number, sizeof number, "%c%d", parts[i].letter, n);
            assert_non_null(rule->number);
            assert_string_equal(rule->number, number);
            assert_true(strlen(rule->about) > 3 && strlen(rule->text) > 20);
            assert_true(strlen(rule->source) > 10);
        }
    assert_null(rule->number);
}

// A text that names a rule in brackets names one that there is.
static void check_names(const char *text)
{
    char before = ' ';
    for (const char *at = text; *at; before = *at++) {
        if (isalnum((unsigned char)before) || number_at(at) == 0) continue;
        bool known = false;
        for (const struct rule *rule = rules; rule->number; rule++)
            known = known || strncmp(rule->number, at, 2) == 0;
        if (!known) fail_msg("%.2s in \"%s\"", at, text);
    }
}

static void check_key(void *context, const char *path, const struct keys *keys,
                      const struct key *key)
{
    (void)context, (void)path, (void)keys;
    check_names(key->help);
}

static void keys_and_metrics_name_rules_that_exist(void **state)
{
    (void)state;
    keys_walk(check_key, NULL);
    for (const struct metric *metric = metrics; metric->name; metric++)
        check_names(metric->help);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_are_found_in_texts),
        cmocka_unit_test(all_rules_of_the_design_are_there),
        cmocka_unit_test(keys_and_metrics_name_rules_that_exist),
    };
    return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
