#include "tests/bench/probe.h"

#include "bench/experiment/search_line.c"

#include "tests/bench/search_kit.h"

static uint32_t threshold; // levels from here on keep the promise

static double rising(const uint32_t *levels)
{
    return levels[0];
}

static double falling(const uint32_t *levels)
{
    return -(double)levels[0];
}

static double from_threshold(const uint32_t *levels)
{
    return (double)threshold - levels[0] - 0.5;
}

static double up_to_threshold(const uint32_t *levels)
{
    return (double)levels[0] - threshold - 0.5;
}

static size_t run(struct world *world, uint32_t size, enum knob_trend trend,
                  struct search_result *result)
{
    const struct search_problem problem = world_problem(world, 1, &size, &trend, 4096);
    search_run(result, &problem);
    return result->best;
}

// For every size and every threshold: the smallest feasible level, in about log2(size) looks, also
// through noise.
static void bisection_finds_every_threshold(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {3, 4, 9, 31, 200};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int noisy = 0; noisy < 2; noisy++)
            for (threshold = 0; threshold <= sizes[s]; threshold++) {
                struct world world = {rising, from_threshold, noisy ? 40 : 0, 12, 0, 0, 0};
                struct search_result r;
                size_t best = run(&world, sizes[s], TREND_UP, &r);
                assert_int_equal(r.method, SEARCH_LINE);
                assert_int_equal(r.broken, 0);
                if (threshold == sizes[s])
                    assert_true(best == SIZE_MAX);
                else
                    assert_int_equal(r.points[best]->levels[0], threshold);
                assert_true(world.looks <= ceil(log2(sizes[s])) + 5);
                search_free(&r);
            }
}

static void a_knob_may_count_down(void **state)
{
    (void)state;
    struct world world = {falling, up_to_threshold, 4, 12, 0, 0, 0};
    for (threshold = 0; threshold < 20; threshold++) {
        struct search_result r;
        size_t best = run(&world, 20, TREND_DOWN, &r);
        assert_int_equal(r.points[best]->levels[0], threshold);
        search_free(&r);
    }
}

static double island(const uint32_t *levels) // feasible at 15, and from 25 on
{
    return levels[0] == 15 || levels[0] >= 25 ? -1 : 1;
}

// The file claims a trend that the points deny.
static void a_broken_trend_is_noticed_where_it_is_seen(void **state)
{
    (void)state;
    struct world world = {rising, island, 0, 4, 0, 0, 0};
    struct search_result r;
    size_t best = run(&world, 31, TREND_UP, &r); // sees that 15 is feasible and 16 is not
    assert_int_equal(r.broken, 1);
    assert_int_equal(r.count, 31);
    assert_int_equal(r.points[best]->levels[0], 15);
    search_free(&r);
    world.cost = falling; // dearer below: what was taken for the cheapest is not
    threshold = 10;
    world.number = from_threshold;
    best = run(&world, 31, TREND_UP, &r);
    assert_int_equal(r.broken, 1);
    assert_int_equal(r.points[best]->levels[0], 30);
    search_free(&r);
}

static void an_undecided_point_is_not_taken(void **state)
{
    (void)state;
    threshold = 6;
    struct world world = {rising, from_threshold, 8, 3, 0, 0, 0}; // a noise of 2 stays
    struct search_result r;
    size_t best = run(&world, 17, TREND_UP, &r);
    assert_int_equal(r.points[best]->levels[0], 8); // 6 and 7 are within the noise
    search_free(&r);
}

static void a_trend_is_seen_or_not(void **state)
{
    (void)state;
    struct search_result r;
    struct world world = {rising, from_threshold, 0, 4, 0, 0, 0};
    threshold = 50;
    size_t best = run(&world, 101, TREND_UNKNOWN, &r);
    assert_true(r.detected && r.method == SEARCH_LINE && r.trend == TREND_UP);
    assert_int_equal(r.points[best]->levels[0], 50);
    assert_true(r.count < 20);
    search_free(&r);
    world = (struct world){falling, up_to_threshold, 0, 4, 0, 0, 0};
    best = run(&world, 101, TREND_UNKNOWN, &r);
    assert_true(r.detected && r.trend == TREND_DOWN);
    assert_int_equal(r.points[best]->levels[0], 50);
    search_free(&r);
    world = (struct world){falling, from_threshold, 0, 4, 0, 0, 0}; // safer and cheaper: no trade
    best = run(&world, 101, TREND_UNKNOWN, &r);
    assert_false(r.detected);
    assert_int_equal(r.method, SEARCH_GRID);
    assert_int_equal(r.points[best]->levels[0], 100);
    assert_int_equal(r.count, 101);
    search_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bisection_finds_every_threshold),
        cmocka_unit_test(a_knob_may_count_down),
        cmocka_unit_test(a_broken_trend_is_noticed_where_it_is_seen),
        cmocka_unit_test(an_undecided_point_is_not_taken),
        cmocka_unit_test(a_trend_is_seen_or_not),
    };
    return cmocka_run_group_tests_name("search_line", tests, NULL, NULL);
}
