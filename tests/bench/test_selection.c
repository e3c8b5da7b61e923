#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/experiment/selection.c"

static const struct metric cost = {.name = "cost"}, wait = {.name = "wait"};

enum { SYSTEMS = 3, MOST = 400 };

// Runs a selection on numbers that are a function of alternative and replication.
typedef double draw(size_t alternative, uint32_t replication);

struct run {
    struct selection *selection;
    uint32_t counted[SYSTEMS], wanted[SYSTEMS], stages;
};

static struct run run_on(const struct selection_plan *plan, draw *value_of)
{
    static const struct column column = {.metric = &cost};
    struct run run = {.selection = selection_create(plan, SYSTEMS, false)};
    for (; selection_next(run.selection, run.wanted); run.stages++) {
        for (size_t i = 0; i < SYSTEMS; i++) {
            for (; run.counted[i] < run.wanted[i]; run.counted[i]++) {
                if (run.counted[i] == 0) selection_watch(run.selection, i, &column, 1);
                double value = value_of(i, run.counted[i]);
                selection_add(run.selection, i, &value);
            }
        }
        assert_in_range(run.counted[0], 1, MOST);
    }
    return run;
}

static double far_apart(size_t alternative, uint32_t replication)
{
    return (double)alternative * 100 + (replication % 2 ? 0.1 : 0) * (double)alternative;
}

// Alternatives 0 and 1 are 0.3 apart with differences of +-2; alternative 2 is out of the question.
static double close_together(size_t alternative, uint32_t replication)
{
    if (alternative == 2) return 50;
    return alternative == 1 ? 0.3 + (replication % 2 ? 2 : -2) : 0;
}

static double sometimes_undefined(size_t alternative, uint32_t replication)
{
    return alternative == 1 && replication == 2 ? NAN : 1;
}

static const struct selection_plan kn = {.metric = "cost",
                                         .procedure = SELECTION_KN,
                                         .smallest = true,
                                         .confidence = 0.95,
                                         .zone = 1,
                                         .first = 4};

static void a_clear_race_ends_with_the_first_stage(void **state)
{
    (void)state;
    struct run run = run_on(&kn, far_apart);
    struct selection_result result = selection_outcome(run.selection);
    assert_int_equal(result.end, SELECTION_DONE);
    assert_int_equal(result.best, 0);
    assert_int_equal(result.spent, 12);
    assert_int_equal(run.stages, 4);
    assert_false(result.eliminated[0]);
    assert_true(result.eliminated[1] && result.eliminated[2]);
    assert_true(isnan(result.confidence));
    free(result.eliminated);
    selection_free(run.selection);
}

static void those_in_the_race_go_on_alone(void **state)
{
    (void)state;
    struct run run = run_on(&kn, close_together);
    struct selection_result result = selection_outcome(run.selection);
    assert_int_equal(result.end, SELECTION_DONE);
    assert_int_equal(run.counted[2], 4);
    assert_int_equal(run.counted[0], run.counted[1]);
    assert_true(run.counted[0] > 10);
    assert_int_equal(result.best, 0);
    assert_int_equal(result.spent, 4 + 2 * run.counted[0]);
    free(result.eliminated);
    selection_free(run.selection);
}

static void the_budget_ends_a_race(void **state)
{
    (void)state;
    struct selection_plan plan = kn;
    plan.budget = 25; // 12 of the first stage, then six pairs
    struct run run = run_on(&plan, close_together);
    struct selection_result result = selection_outcome(run.selection);
    assert_int_equal(result.end, SELECTION_SPENT);
    assert_int_equal(result.spent, 24);
    assert_int_equal(result.best, 0); // so far
    assert_true(result.latest > 10 && result.latest < UINT32_MAX);
    assert_int_equal(selection_forecast(run.selection), 25);
    free(result.eliminated);
    selection_free(run.selection);
}

static void an_undefined_number_ends_it_without_a_best(void **state)
{
    (void)state;
    struct selection_plan plan = kn;
    for (int i = 0; i < 2; i++) {
        struct run run = run_on(&plan, sometimes_undefined);
        struct selection_result result = selection_outcome(run.selection);
        assert_int_equal(result.end, SELECTION_UNDEFINED);
        assert_int_equal(result.best, SIZE_MAX);
        assert_int_equal(run.counted[0], 3);
        free(result.eliminated);
        selection_free(run.selection);
        plan.procedure = SELECTION_OCBA;
        plan.budget = 50;
    }
}

static void a_budget_is_spent_to_the_last_replication(void **state)
{
    (void)state;
    const struct selection_plan plan = {
        .metric = "cost", .procedure = SELECTION_OCBA, .smallest = true, .first = 4, .budget = 215};
    struct run run = run_on(&plan, close_together);
    struct selection_result result = selection_outcome(run.selection);
    assert_int_equal(result.end, SELECTION_DONE);
    assert_int_equal(result.spent, 215);
    assert_int_equal(run.counted[0] + run.counted[1] + run.counted[2], 215);
    // Stages: the first 4, and (215 - 12) / 20 = 10 a time for 203.
    assert_int_equal(run.stages, 4 + 21);
    // Alternative 2 is far, alternative 0 never varies: alternative 1 needs what there is.
    assert_int_equal(run.counted[2], 4);
    assert_true(run.counted[1] > 200);
    assert_int_equal(result.best, 0);
    assert_true(result.confidence > 0.9 && result.confidence < 1);
    assert_false(selection_looks_ahead(run.selection));
    free(result.eliminated);
    selection_free(run.selection);
}

// Exactly the plan's labels, else the only one that has them.
static void the_deciding_column_is_found_or_it_is_not(void **state)
{
    (void)state;
    const struct column columns[] = {
        {.metric = &cost, .labels = {[LABEL_APP] = "a", [LABEL_PAYER] = "owner"}},
        {.metric = &cost, .labels = {[LABEL_PAYER] = "owner"}},
        {.metric = &wait, .labels = {[LABEL_APP] = "a"}},
    };
    struct selection_plan plan = {.metric = "cost"};
    assert_int_equal(selection_column(&plan, columns, 3), SIZE_MAX);
    assert_int_equal(selection_column(&plan, columns, 1), 0);
    plan.labels[LABEL_PAYER] = "owner";
    assert_int_equal(selection_column(&plan, columns, 3), 1);
    plan.labels[LABEL_APP] = "a";
    assert_int_equal(selection_column(&plan, columns, 3), 0);
    plan.labels[LABEL_APP] = "b";
    assert_int_equal(selection_column(&plan, columns, 3), SIZE_MAX);
    plan = (struct selection_plan){.metric = "wait"};
    assert_int_equal(selection_column(&plan, columns, 3), 2);
    plan.metric = NULL;
    assert_int_equal(selection_column(&plan, columns, 3), SIZE_MAX);
}

static void without_a_number_it_ends_at_once(void **state)
{
    (void)state;
    struct selection_plan plan = kn;
    plan.metric = "wait";
    struct run run = run_on(&plan, far_apart);
    struct selection_result result = selection_outcome(run.selection);
    assert_int_equal(result.end, SELECTION_NO_NUMBER);
    assert_int_equal(run.stages, 1);
    free(result.eliminated);
    selection_free(run.selection);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clear_race_ends_with_the_first_stage),
        cmocka_unit_test(those_in_the_race_go_on_alone),
        cmocka_unit_test(the_budget_ends_a_race),
        cmocka_unit_test(an_undefined_number_ends_it_without_a_best),
        cmocka_unit_test(a_budget_is_spent_to_the_last_replication),
        cmocka_unit_test(the_deciding_column_is_found_or_it_is_not),
        cmocka_unit_test(without_a_number_it_ends_at_once),
    };
    return cmocka_run_group_tests_name("selection", tests, NULL, NULL);
}
