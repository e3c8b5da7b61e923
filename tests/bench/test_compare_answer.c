#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/compare_answer.c"

#include "tests/bench/compared.h"

// Line ends become blanks, so that a sentence can be looked for.
static char *answer(const struct compared *c)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    struct shown shown = shown_list(&c->result);
    compare_answer_print(out, &shown);
    shown_free(&shown);
    fclose(out);
    for (char *p = text; (p = strstr(p, "\n  "));)
        memmove(p + 1, p + 3, strlen(p + 3) + 1), *p = ' ';
    return text;
}

static void says(const char *text, const char *wanted)
{
    if (!strstr(text, wanted)) fail_msg("expected: %s\ngot: %s", wanted, text);
}

static void an_answer_names_effect_interval_and_number(void **state)
{
    (void)state;
    struct compared *c = compared_create(2, 0);
    char *text = answer(c);
    // -10 and -1 four times, +0.5 six times: -10.1, sd sqrt(0.6), half 2.2622 x 0.24495 = 0.5541.
    says(text, "Compared with recreate, rolling reduces unserved time by 10.1 s (95 % interval "
               "9.55 s to 10.7 s, 10 paired replications); costs the owner $0.0700 more (always)");
    says(text, "Equal within the zone: wait, p99.");
    says(text, "Cannot tell yet: started in time.");
    assert_null(strstr(text, "killed")); // the same
    free(text);
    compared_free(c);
}

static void the_control_may_be_another_one(void **state)
{
    (void)state;
    struct compared *c = compared_create(2, 1);
    char *text = answer(c);
    says(text, "Compared with rolling, recreate raises unserved time by 10.1 s");
    says(text, "costs the owner $0.0700 less");
    free(text);
    compared_free(c);
}

static void nothing_that_can_be_told_is_said_so(void **state)
{
    (void)state;
    struct compared *c = compared_create(2, 0);
    for (size_t i = 0; i < c->result.comparison_count; i++)
        c->result.comparisons[i].verdict = COMPARISON_UNDECIDED;
    char *text = answer(c);
    says(text, "rolling makes no difference that could be told from chance. Cannot tell yet: ");
    free(text);
    for (size_t i = 0; i < c->result.comparison_count; i++)
        c->result.comparisons[i].verdict = COMPARISON_SAME;
    text = answer(c);
    says(text, "Compared with recreate, rolling makes no difference at all.");
    free(text);
    compared_free(c);
}

// Of six alternatives only the best one, the last, is told.
static void of_many_the_best_is_told(void **state)
{
    (void)state;
    struct compared *c = compared_create(6, 0);
    char *text = answer(c);
    says(text, "Compared with recreate, k8s?[2J reduces unserved time by 50.1 s");
    assert_null(strstr(text, "rolling"));
    free(text);
    c->result.contest.column = NULL;
    text = answer(c);
    assert_string_equal(text, "");
    free(text);
    compared_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_names_effect_interval_and_number),
        cmocka_unit_test(the_control_may_be_another_one),
        cmocka_unit_test(nothing_that_can_be_told_is_said_so),
        cmocka_unit_test(of_many_the_best_is_told),
    };
    return cmocka_run_group_tests_name("compare_answer", tests, NULL, NULL);
}
