#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/clause.c"

#include "tests/bench/fixture_result.h"

enum { ALTERNATIVES = 6 };

// Alternatives "a" to "f" with one number each.
struct line {
    struct alternative names[ALTERNATIVES];
    struct alternative_result results[ALTERNATIVES];
    struct summary summaries[ALTERNATIVES];
    struct column column;
    struct scenario scenario;
    struct experiment_result result;
};

static void lay(struct line *l, const double means[], size_t count, double half)
{
    static const char *const letters[] = {"a", "b", "c", "d", "e", "f"};
    *l = (struct line){.column.metric = metric_find("wait_mean_s")};
    for (size_t i = 0; i < count; i++) {
        l->names[i].name = letters[i];
        l->summaries[i] = fixture_summary(means[i], means[i] == 0 ? 0 : half, 30);
        l->results[i] = (struct alternative_result){.alternative = &l->names[i],
                                                    .columns = &l->column,
                                                    .column_count = 1,
                                                    .summaries = &l->summaries[i]};
    }
    l->result.scenario = &l->scenario;
    l->result.alternatives = l->results;
    l->result.alternative_count = count;
}

static char *said(const struct line *l)
{
    struct clause clause = {.before = "It was ",
                            .value = "down ",
                            .zero = "never down",
                            .show = number_duration,
                            .show_end = number_duration,
                            .column = l->column};
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    clause_say(out, &l->result, &clause);
    fclose(out);
    return text;
}

static void expect(const double means[], size_t count, double half, const char *wanted)
{
    struct line l;
    lay(&l, means, count, half);
    char *text = said(&l);
    assert_string_equal(text, wanted);
    free(text);
}

static void each_alternative_has_its_number(void **state)
{
    (void)state;
    expect((const double[]){41, 0}, 2, 0,
           "It was down 41 s with a and never down (0 of 30 runs: at most 9.5 "
           "%) with b. ");
    expect((const double[]){1, 2, 3}, 3, 0,
           "It was down 1 s with a, down 2 s with b and down 3 s with c. ");
    expect((const double[]){7}, 1, 0, "It was down 7 s. ");
}

static void what_is_equal_is_said_once(void **state)
{
    (void)state;
    expect((const double[]){0, 5, 0, 0}, 4, 0,
           "It was never down (0 of 30 runs: at most 9.5 %) with a, c and d; down 5 s with b. ");
    expect((const double[]){0, 0}, 2, 0,
           "It was never down (0 of 30 runs: at most 9.5 %) with any of the alternatives. ");
    expect((const double[]){4, 4, 4}, 3, 0, "It was down 4 s with each of the alternatives. ");
}

static void an_interval_is_said_when_it_can_be_seen(void **state)
{
    (void)state;
    expect((const double[]){40}, 1, 1, "It was down 40 s (95 % interval 39 s to 41 s). ");
    expect((const double[]){40}, 1, 1e-6, "It was down 40 s. ");
}

static void of_many_the_best_and_the_worst_are_named(void **state)
{
    (void)state;
    expect((const double[]){3, 1, 4, 1.5, 9, 2}, 6, 0,
           "It was at best down 1 s with b and at worst down 9 s with e. ");
}

static void what_an_alternative_lacks_is_not_said(void **state)
{
    (void)state;
    struct line l;
    lay(&l, (const double[]){1, 2}, 2, 0);
    l.results[0].column_count = 0;
    char *text = said(&l);
    assert_string_equal(text, "It was down 2 s with b. ");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_alternative_has_its_number),
        cmocka_unit_test(what_is_equal_is_said_once),
        cmocka_unit_test(an_interval_is_said_when_it_can_be_seen),
        cmocka_unit_test(of_many_the_best_and_the_worst_are_named),
        cmocka_unit_test(what_an_alternative_lacks_is_not_said),
    };
    return cmocka_run_group_tests_name("clause", tests, NULL, NULL);
}
