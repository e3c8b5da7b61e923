#include "tests/bench/plan_kit.h"

#include "bench/experiment/plan.c"

// Erlang C by the recursion of Erlang B; services last 1 s.
static double mean_wait(uint32_t c, double load)
{
    double b = 1;
    for (uint32_t k = 1; k <= c; k++)
        b = load * b / (k + load * b);
    double waits = b / (1 - load / c * (1 - b));
    return waits / (c - load);
}

static uint32_t fewest_runners(double target)
{
    uint32_t c = 9;
    while (mean_wait(c, 8) > target)
        c++;
    return c;
}

// 16 replications of 1,880 s: the intervals are far narrower than the steps of the mean wait from c
// to c + 1, which are factors of 2 and more, so a right program cannot miss.
static void the_fewest_runners_are_those_of_erlang_c(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double target;
        uint32_t c;
    } rows[] = {
        {PLAN_MMC("2000s", "16",
                  "\"subject_to\": [{\"metric\": \"wait_mean_s\", \"max\": 0.3}], \"knobs\": "
                  "{\"/apps/A/max_concurrency\": {\"from\": 8, \"to\": 24, \"monotone\": "
                  "\"up\"}}"),
         0.3, 10},
        {PLAN_MMC("2000s", "16",
                  "\"subject_to\": [{\"metric\": \"wait_mean_s\", \"max\": 0.05}], \"knobs\": "
                  "{\"/apps/A/max_concurrency\": {\"from\": 8, \"to\": 16}}"),
         0.05, 12},
    };
    assert_true(fabs(mean_wait(10, 8) - 0.2045901) < 1e-7); // the reference's number
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct planned p;
        plan_kit_run(&p, rows[i].text);
        assert_true(p.ran && p.result.chosen != SIZE_MAX);
        assert_int_equal(fewest_runners(rows[i].target), rows[i].c);
        const struct plan_point *point = p.result.points[p.result.chosen];
        assert_int_equal((uint32_t)point->values[0]->number, rows[i].c);
        assert_int_equal(p.result.search.method, i == 0 ? SEARCH_LINE : SEARCH_GRID);
        assert_int_equal(p.result.neighbour_count, 2);
        const struct plan_neighbour *below = &p.result.neighbours[0];
        assert_int_equal(p.result.search.points[below->point]->feasibility, POINT_INFEASIBLE);
        plan_kit_free(&p);
    }
}

static void what_cannot_be_kept_has_a_closest_setting(void **state)
{
    (void)state;
    struct planned p;
    plan_kit_run(&p, PLAN_MMC("600s", "4",
                              "\"subject_to\": [{\"metric\": \"wait_mean_s\", \"max\": 0.001}, "
                              "{\"metric\": \"cost_usd\", \"max\": 1}], \"knobs\": "
                              "{\"/apps/A/max_concurrency\": {\"values\": [9, 12, 15]}}"));
    assert_true(p.ran);
    assert_true(p.result.chosen == SIZE_MAX && p.result.closest != SIZE_MAX);
    const struct plan_point *point = p.result.points[p.result.closest];
    assert_int_equal((uint32_t)point->values[0]->number, 15);
    assert_int_equal(point->worst, 0);
    plan_kit_free(&p);
}

static void what_lies_on_the_limit_stays_undecided(void **state)
{
    (void)state;
    struct planned p;
    plan_kit_run(&p, PLAN_ON_THE_LIMIT);
    assert_true(p.ran && p.result.chosen == SIZE_MAX);
    assert_int_equal(p.result.search.points[0]->feasibility, POINT_UNDECIDED);
    assert_int_equal(p.result.points[0]->evaluation.result.replications, 4);
    assert_int_equal(p.result.undecided, 1);
    plan_kit_free(&p);
}

// keep_alive means nothing to an app that is always on, so all its settings cost the same and KN
// takes the first.
static void settings_that_cost_the_same_are_selected_from(void **state)
{
    (void)state;
    struct planned p;
    plan_kit_run(&p, PLAN_MMC("300s", "3",
                              "\"subject_to\": [{\"metric\": \"wait_mean_s\", \"max\": 9}], "
                              "\"knobs\": {\"/apps/A/keep_alive\": {\"values\": [\"1m\", \"2m\", "
                              "\"3m\"]}}"));
    assert_true(p.ran && p.result.chosen == 0);
    assert_int_equal(p.result.rivals, 2);
    assert_true(p.result.selected);
    plan_kit_free(&p);
}

static void threads_do_not_change_a_plan(void **state)
{
    (void)state;
    static const char text[] =
        PLAN_MMC("300s", "3",
                 "\"subject_to\": [{\"metric\": \"wait_mean_s\", \"max\": 0.1}], \"knobs\": "
                 "{\"/apps/A/max_concurrency\": {\"from\": 9, \"to\": 14}}");
    struct planned a, b;
    plan_kit_run(&a, text);
    plan_kit_run(&b, text);
    plan_free(&b.result);
    b.options.threads = 1;
    assert_true(plan_run(&b.result, &b.probe.scenario, &b.options, &b.error));
    assert_int_equal(a.result.search.count, b.result.search.count);
    assert_int_equal(a.result.chosen, b.result.chosen);
    for (size_t i = 0; i < a.result.search.count; i++) {
        const struct plan_point *x = a.result.points[i], *y = b.result.points[i];
        assert_int_equal(x->evaluation.result.replications, y->evaluation.result.replications);
        assert_memory_equal(x->costs, y->costs, x->evaluation.result.replications * sizeof(double));
    }
    plan_kit_free(&a);
    plan_kit_free(&b);
}

static void the_floor_is_there_when_the_policy_is(void **state)
{
    (void)state;
    struct planned p;
    plan_kit_run(&p, PLAN_MMC("300s", "2",
                              "\"subject_to\": [{\"metric\": \"wait_mean_s\", \"max\": 9}], "
                              "\"knobs\": {\"/apps/A/max_concurrency\": {\"values\": [12]}}"));
    assert_true(p.ran);
    assert_int_equal(p.result.floor != FLOOR_NONE, has_oracle());
    if (p.result.floor == FLOOR_FOUND)
        assert_true(p.result.floor_cost.mean > 0 &&
                    p.result.floor_cost.mean <= p.result.points[0]->cost.mean);
    plan_kit_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fewest_runners_are_those_of_erlang_c),
        cmocka_unit_test(what_cannot_be_kept_has_a_closest_setting),
        cmocka_unit_test(what_lies_on_the_limit_stays_undecided),
        cmocka_unit_test(settings_that_cost_the_same_are_selected_from),
        cmocka_unit_test(threads_do_not_change_a_plan),
        cmocka_unit_test(the_floor_is_there_when_the_policy_is),
    };
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
