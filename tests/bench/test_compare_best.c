#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/compare_best.c"

#include "tests/bench/compared.h"

typedef void print_function(FILE *out, const struct experiment_result *result);

static char *printed(print_function *print, const struct compared *c)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    print(out, &c->result);
    fclose(out);
    for (char *p = text; (p = strchr(p, '\n'));)
        *p = ' ';
    return text;
}

static void says(const char *text, const char *wanted)
{
    if (!strstr(text, wanted)) fail_msg("expected: %s\ngot: %s", wanted, text);
}

static void the_table_says_who_can_be_best(void **state)
{
    (void)state;
    struct compared *c = compared_create(3, 0);
    char *text = printed(compare_best_print, c);
    says(text, "By unserved time; the intervals of all hold together (MCB).");
    says(text, "minus the smallest other");
    says(text, "blue_green");
    assert_string_equal(compare_best_words(&c->result, 0), "not the best");
    assert_string_equal(compare_best_words(&c->result, 1), "not the best");
    assert_string_equal(compare_best_words(&c->result, 2), "the best");
    free(text);
    // Two that are the same can both be the best.
    c->result.contest.contenders[1].low = -1;
    assert_string_equal(compare_best_words(&c->result, 1), "can be the best");
    assert_string_equal(compare_best_words(&c->result, 2), "can be the best");
    c->result.contest.column = NULL;
    text = printed(compare_best_print, c);
    assert_string_equal(text, "");
    free(text);
    compared_free(c);
}

static struct compared *selected(enum selection_end end, uint32_t procedure)
{
    struct compared *c = compared_create(3, 0);
    c->plan.procedure = procedure;
    c->plan.confidence = 0.95;
    c->plan.zone = 1;
    c->result.selection = (struct selection_result){.plan = &c->plan,
                                                    .end = end,
                                                    .best = 2,
                                                    .eliminated = calloc(3, sizeof(bool)),
                                                    .spent = 123,
                                                    .latest = 77,
                                                    .confidence = 0.991};
    c->result.selection.eliminated[0] = true;
    c->alternatives[0].replications = 9;
    return c;
}

static void each_end_of_a_selection_is_told(void **state)
{
    (void)state;
    static const struct {
        enum selection_end end;
        uint32_t procedure;
        const char *text;
    } rows[] = {
        {SELECTION_DONE, SELECTION_KN, "blue_green is selected (KN, 123 replications in all)"},
        {SELECTION_DONE, SELECTION_KN, "Dropped out: recreate after 9 replications."},
        {SELECTION_DONE, SELECTION_KN, "better than the others by 1 s"},
        {SELECTION_SPENT, SELECTION_KN,
         "Best so far: blue_green. Still in the race, with their replications: rolling: 10, "
         "blue_green: 10."},
        {SELECTION_SPENT, SELECTION_KN, "over after 77 replications"},
        {SELECTION_DONE, SELECTION_OCBA, "the probability that it is the best one is 99.10 %"},
        {SELECTION_UNDEFINED, SELECTION_KN, "undefined in a replication"},
        {SELECTION_NO_NUMBER, SELECTION_KN, "no number, or several"},
        {SELECTION_UNDER_WAY, SELECTION_KN, "not finished"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct compared *c = selected(rows[i].end, rows[i].procedure);
        char *text = printed(compare_selection_print, c);
        char plain[1000];
        size_t used = 0;
        for (const char *p = text; *p && used + 1 < sizeof plain; p++) // single blanks
            if (*p != ' ' || p[1] != ' ') plain[used++] = *p;
        plain[used] = '\0';
        says(plain, rows[i].text);
        free(text);
        compared_free(c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_says_who_can_be_best),
        cmocka_unit_test(each_end_of_a_selection_is_told),
    };
    return cmocka_run_group_tests_name("compare_best", tests, NULL, NULL);
}
