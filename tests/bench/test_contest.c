#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "bench/experiment/contest.c"

static const struct metric cost = {.name = "cost"}, wait = {.name = "wait"};

static double first[] = {9, 1, 9, 2, 9, 3, 9, 4}, second[] = {2, 8, 2, 8, 5, 8},
              third[] = {0, 0, 0, 0};

// The number that decides stands in another column of each alternative.
static void values_are_found_by_their_column(void **state)
{
    (void)state;
    struct column columns[] = {{.metric = &wait}, {.metric = &cost}, {.metric = &wait}};
    struct alternative_result two[] = {
        {.columns = columns, .column_count = 2, .values = first, .replications = 4},
        {.columns = columns + 1, .column_count = 2, .values = second, .replications = 3},
    };
    const struct selection_plan plan = {.metric = "cost", .smallest = true};
    struct contest contest = contest_of(&plan, two, 2, false);
    assert_ptr_equal(contest.column, &columns[1]);
    assert_true(contest.smallest);
    assert_int_equal(contest.contenders[0].n, 3);
    // 1, 2, 3 against 2, 2, 5: on average 1 less.
    assert_true(fabs(contest.contenders[0].mean + 1) < 1e-12);
    assert_true(fabs(contest.contenders[1].mean - 1) < 1e-12);
    contest_free(&contest);
    contest = contest_of(&plan, two, 2, true);
    assert_true(fabs(contest.contenders[0].mean + 0.5) < 1e-12); // 2.5 against 3: all of them
    contest_free(&contest);
}

static void without_a_number_for_all_there_is_no_contest(void **state)
{
    (void)state;
    struct column columns[] = {{.metric = &wait}, {.metric = &cost}};
    struct alternative_result two[] = {
        {.columns = columns, .column_count = 2, .values = first, .replications = 4},
        {.columns = columns, .column_count = 1, .values = third, .replications = 4},
    };
    struct selection_plan plan = {.metric = "cost"};
    assert_null(contest_of(&plan, two, 2, false).column);
    plan.metric = NULL;
    assert_null(contest_of(&plan, two, 2, false).column);
    plan.metric = "wait";
    assert_null(contest_of(&plan, two, 1, false).column);
    struct contest contest = contest_of(&plan, two, 2, false);
    assert_non_null(contest.column);
    contest_free(&contest);
    assert_null(contest.contenders);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_found_by_their_column),
        cmocka_unit_test(without_a_number_for_all_there_is_no_contest),
    };
    return cmocka_run_group_tests_name("contest", tests, NULL, NULL);
}
