#include "tests/bench/plan_kit.h"
#include "tests/bench/scratch.h"

#include "bench/output/figure_frontier.c"

#define THREE                                                                                      \
    PLAN_MMC("1200s", "8",                                                                         \
             "\"subject_to\": [{\"metric\": \"wait_mean_s\", \"max\": 0.3}, "                      \
             "{\"metric\": \"request_success_ratio\", \"min\": 0.5}], \"knobs\": "                 \
             "{\"/apps/A/max_concurrency\": {\"from\": 9, \"to\": 11}}")

static void each_setting_is_a_spot(void **state)
{
    (void)state;
    struct planned p;
    char *script = NULL, *data = NULL;
    size_t script_size, data_size;
    plan_kit_run(&p, THREE);
    const struct figure figure = {.script = open_memstream(&script, &script_size),
                                  .data = open_memstream(&data, &data_size)};
    figure_frontier_draw(&figure, &p.result, 0);
    fclose(figure.script);
    fclose(figure.data);
    // 9, 10, 11 runners: dearer and faster, so nothing beats any of them; 9 misses the promise.
    int seen[3][3];
    const char *at = data;
    for (int i = 0; i < 3; i++) {
        at = strchr(at, '\n') + 1;
        assert_int_equal(sscanf(at, "%d,%d,%d", &seen[i][0], &seen[i][1], &seen[i][2]), 3);
        assert_int_equal(seen[i][2], 1);
    }
    assert_int_equal(seen[0][0], POINT_INFEASIBLE);
    assert_int_equal(seen[1][0], POINT_FEASIBLE);
    assert_int_equal(seen[1][1], 1); // chosen
    assert_int_equal(seen[2][1], 0);
    assert_non_null(strstr(script, "'Cheapest that keeps all: max_concurrency 10'"));
    assert_non_null(strstr(script, "wait, mean, s <= 0.3"));
    free(script);
    free(data);
    plan_kit_free(&p);
}

static struct spot spot_at(double cost, double value)
{
    return (struct spot){.x = {cost, cost, cost}, .y = {value, value, value}};
}

static void the_front_is_what_nothing_beats(void **state)
{
    (void)state;
    struct spot spots[] = {spot_at(1, 9), spot_at(2, 5), spot_at(3, 6),
                           spot_at(4, 1), spot_at(4, 1), spot_at(5, 1)};
    static const bool front[] = {true, true, false, true, true, false};
    const struct search_limit most = {.min = NAN, .max = 2}, least = {.min = 2, .max = NAN};
    struct frontier f = {.limit = &most, .spots = spots, .count = 6};
    find_front(&f);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(spots[i].best, front[i]);
    f.limit = &least; // larger is better: the first one has the lowest cost and the largest number
    find_front(&f);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(spots[i].best, i == 0);
}

static void promises_that_vary_have_a_picture(void **state)
{
    struct planned p;
    struct files_problem problem;
    if (system("gnuplot --version >/dev/null 2>&1") != 0) skip();
    plan_kit_run(&p, THREE);
    assert_int_equal(figure_frontier_draw_all(&p.result, *state, &problem), 1);
    assert_string_equal(problem.text, "");
    assert_true(scratch_has(*state, "frontier-1-wait_mean_s.svg"));
    plan_kit_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_setting_is_a_spot),
        cmocka_unit_test(the_front_is_what_nothing_beats),
        cmocka_unit_test_setup_teardown(promises_that_vary_have_a_picture, scratch_create,
                                        scratch_remove),
    };
    return cmocka_run_group_tests_name("figure_frontier", tests, NULL, NULL);
}
