#include "tests/bench/probe.h"

#include "bench/experiment/search.c"

#include "tests/bench/search_kit.h"

static const enum knob_trend unknown[SEARCH_KNOBS_MAX] = {TREND_UNKNOWN};

// Two knobs that can stand in for each other: x + 2 y must be 20 at least; x costs 1.5, y 2.
static double trade_cost(const uint32_t *levels)
{
    return 1.5 * levels[0] + 2 * levels[1];
}

static double trade_number(const uint32_t *levels)
{
    return 20 - (double)levels[0] - 2.0 * levels[1];
}

static void a_small_lattice_is_looked_at_in_full(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {9, 12};
    struct world world = {trade_cost, trade_number, 0, 4, 0, 0, 0};
    const struct search_problem problem = world_problem(&world, 2, sizes, unknown, 200);
    struct search_result r;
    search_run(&r, &problem);
    assert_int_equal(r.method, SEARCH_GRID);
    assert_int_equal(r.count, 9 * 12);
    assert_int_equal(r.points[r.best]->levels[0], 0); // y is cheaper
    assert_int_equal(r.points[r.best]->levels[1], 10);
    search_free(&r);
}

static void one_knob_with_a_trend_is_bisected_for_each_setting_of_the_others(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {5, 500};
    static const enum knob_trend trends[] = {TREND_UNKNOWN, TREND_UP};
    struct world world = {trade_cost, trade_number, 0, 4, 0, 0, 0};
    const struct search_problem problem = world_problem(&world, 2, sizes, trends, 200);
    struct search_result r;
    search_run(&r, &problem);
    assert_int_equal(r.method, SEARCH_LINE);
    assert_int_equal(r.knob, 1);
    assert_int_equal(r.points[r.best]->levels[0], 0);
    assert_int_equal(r.points[r.best]->levels[1], 10);
    assert_true(r.count < 5 * 14);
    search_free(&r);
}

// A bowl: cost (x - 37)^2 + (y - 52)^2, and x + y must be 95 at least.  The lowest feasible point
// is on the line, at (40, 55).
static double bowl_cost(const uint32_t *levels)
{
    return (levels[0] - 37.0) * (levels[0] - 37.0) + (levels[1] - 52.0) * (levels[1] - 52.0);
}

static double bowl_number(const uint32_t *levels)
{
    return 95 - (double)levels[0] - levels[1];
}

static void a_large_lattice_is_refined(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {101, 101};
    struct world world = {bowl_cost, bowl_number, 0, 4, 0, 0, 0};
    const struct search_problem problem = world_problem(&world, 2, sizes, unknown, 600);
    struct search_result r;
    search_run(&r, &problem);
    assert_int_equal(r.method, SEARCH_REFINE);
    assert_true(r.count <= 600 && !r.spent);
    assert_int_equal(r.points[r.best]->levels[0], 40);
    assert_int_equal(r.points[r.best]->levels[1], 55);
    search_free(&r);
}

static void a_spent_budget_is_said(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {101, 101};
    struct world world = {bowl_cost, bowl_number, 0, 4, 0, 0, 0};
    const struct search_problem problem = world_problem(&world, 2, sizes, unknown, 30);
    struct search_result r;
    search_run(&r, &problem);
    assert_true(r.spent);
    assert_true(r.count <= 30);
    search_free(&r);
}

static void replications_go_where_they_decide(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {40};
    struct world world = {trade_cost, trade_number, 0.75, 8, 0, 0, 0};
    static const enum knob_trend trend[] = {TREND_UNKNOWN};
    const struct search_problem problem = world_problem(&world, 1, sizes, trend, 30);
    (void)problem;
    struct search_result r = {.best = SIZE_MAX};
    struct search_problem grid = world_problem(&world, 1, sizes, trend, 400);
    uint32_t levels[SEARCH_KNOBS_MAX] = {0};
    for (levels[0] = 0; levels[0] < 40; levels[0]++)
        assert_non_null(search_look(&r, &grid, levels));
    // 19 (number 1) is infeasible, 20 (number 0) undecided, 21 (number -1) feasible at first look.
    assert_int_equal(search_cheapest(&r), 21);
    assert_true(search_could_win(&r, r.points[20]));
    assert_true(search_resolve(&r, &grid));
    assert_int_equal(world.sharpened, 7); // all for the one that could win, until it has had 8
    assert_int_equal(search_cheapest(&r), 21);
    assert_true(r.points[20]->exhausted && r.points[20]->feasibility == POINT_UNDECIDED);
    search_free(&r);
}

static double never(const uint32_t *levels)
{
    return 5.0 + levels[0];
}

static void without_a_feasible_point_there_is_a_closest(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {4};
    struct world world = {trade_cost, never, 0, 4, 0, 0, 0};
    const struct search_problem problem = world_problem(&world, 1, sizes, unknown, 30);
    struct search_result r;
    search_run(&r, &problem);
    assert_true(r.best == SIZE_MAX);
    assert_int_equal(r.points[search_closest(&r)]->levels[0], 0);
    search_free(&r);
}

static void whoever_assesses_can_stop_it(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {101, 101};
    struct world world = {bowl_cost, bowl_number, 0, 4, 0, 0, 50};
    const struct search_problem problem = world_problem(&world, 2, sizes, unknown, 600);
    struct search_result r;
    search_run(&r, &problem);
    assert_true(r.stopped);
    search_free(&r);
}

static void neighbours_are_one_step_away(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {3, 3};
    struct world world = {trade_cost, trade_number, 0, 4, 0, 0, 0};
    const struct search_problem problem = world_problem(&world, 2, sizes, unknown, 30);
    struct search_result r = {.best = SIZE_MAX};
    const uint32_t centre[SEARCH_KNOBS_MAX] = {0, 1};
    struct search_point *p = search_look(&r, &problem, centre);
    assert_null(search_neighbour(&r, &problem, p, 0, -1));
    struct search_point *q = search_neighbour(&r, &problem, p, 1, 1);
    assert_int_equal(q->levels[0], 0);
    assert_int_equal(q->levels[1], 2);
    assert_ptr_equal(search_neighbour(&r, &problem, q, 1, -1), p); // known already
    assert_int_equal(world.looks, 2);
    search_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_lattice_is_looked_at_in_full),
        cmocka_unit_test(one_knob_with_a_trend_is_bisected_for_each_setting_of_the_others),
        cmocka_unit_test(a_large_lattice_is_refined),
        cmocka_unit_test(a_spent_budget_is_said),
        cmocka_unit_test(replications_go_where_they_decide),
        cmocka_unit_test(without_a_feasible_point_there_is_a_closest),
        cmocka_unit_test(whoever_assesses_can_stop_it),
        cmocka_unit_test(neighbours_are_one_step_away),
    };
    return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
