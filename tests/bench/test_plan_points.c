#include "tests/bench/plan_kit.h"

#include "bench/experiment/plan_points.c"

static void a_promise_is_kept_by_the_pessimistic_end(void **state)
{
    (void)state;
    static const struct {
        const char *why;
        double min, max;        // the promise
        double low, mean, high; // the number
        uint32_t n;
        enum feasibility feasibility;
    } rows[] = {
        {"all below", NAN, 2, 1.2, 1.5, 1.8, 9, POINT_FEASIBLE},
        {"the mean is below, the pessimistic end is not", NAN, 2, 1.2, 1.7, 2.2, 9,
         POINT_UNDECIDED},
        {"the mean is above, the optimistic end is not", NAN, 2, 1.9, 2.1, 2.3, 9, POINT_UNDECIDED},
        {"all above", NAN, 2, 2.1, 2.4, 2.7, 9, POINT_INFEASIBLE},
        {"for a minimum the low end counts", 0.999, NAN, 0.9985, 0.9993, 1, 9, POINT_UNDECIDED},
        {"kept", 0.999, NAN, 0.9991, 0.9995, 0.9999, 9, POINT_FEASIBLE},
        {"missed", 0.999, NAN, 0.99, 0.995, 0.998, 9, POINT_INFEASIBLE},
        {"the same in all replications", NAN, 2, 0, 0, 0, 9, POINT_FEASIBLE},
        {"one replication proves nothing", NAN, 2, NAN, 0, NAN, 1, POINT_UNDECIDED},
        {"one replication that misses is enough", NAN, 2, NAN, 3, NAN, 1, POINT_INFEASIBLE},
        {"never defined", NAN, 2, NAN, NAN, NAN, 0, POINT_INFEASIBLE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct search_limit limit = {.min = rows[i].min, .max = rows[i].max};
        const struct summary summary = {
            .n = rows[i].n, .mean = rows[i].mean, .low = rows[i].low, .high = rows[i].high};
        enum feasibility got = judge(&limit, &summary);
        if (got != rows[i].feasibility)
            fail_msg("%s: expected %d, got %d", rows[i].why, (int)rows[i].feasibility, (int)got);
    }
}

static void excess_is_a_share_of_the_limit(void **state)
{
    (void)state;
    const struct search_limit most = {.min = NAN, .max = 2}, least = {.min = 0.5, .max = NAN},
                              zero = {.min = NAN, .max = 0};
    assert_true(plan_excess(&most, 1) <= 0);
    assert_true(fabs(plan_excess(&most, 3) - 0.5) < 1e-12);
    assert_true(fabs(plan_excess(&least, 0.25) - 0.5) < 1e-12);
    assert_true(plan_excess(&least, 7) <= 0);
    assert_true(fabs(plan_excess(&zero, 3) - 3) < 1e-12);
    assert_true(isinf(plan_excess(&most, NAN)));
}

static void replications_double_up_to_the_most(void **state)
{
    (void)state;
    const struct search_plan plan = {.most = 50};
    struct plan_result result = {.plan = &plan};
    const struct plan_run run = {.result = &result};
    assert_int_equal(more_than(&run, 10), 20);
    assert_int_equal(more_than(&run, 25), 50);
    assert_int_equal(more_than(&run, 26), 50);
    assert_int_equal(more_than(&run, 50), 50);
}

// Settings that the scenario refuses are no points of the plan, and the reader hears why.
static void a_setting_can_be_refused(void **state)
{
    (void)state;
    struct planned p;
    plan_kit_run(&p, PLAN_MMC("300s", "2",
                              "\"subject_to\": [{\"metric\": \"wait_mean_s\", \"max\": 9}], "
                              "\"knobs\": {\"/apps/A/max_concurrency\": {\"values\": [0.5, "
                              "12]}}"));
    assert_true(p.ran && p.result.chosen == 1);
    assert_non_null(strstr(p.result.points[0]->refused, "whole number"));
    assert_int_equal(p.result.search.points[0]->feasibility, POINT_INFEASIBLE);
    assert_int_equal(p.result.points[0]->evaluation.result.replications, 0);
    plan_kit_free(&p);
}

static void what_is_minimised_must_be_one_number(void **state)
{
    (void)state;
    struct planned p;
    static const char text[] =
        PLAN_MMC("300s", "2",
                 "\"subject_to\": [{\"metric\": \"wait_mean_s\", \"max\": 9}], "
                 "\"knobs\": {\"/apps/A/max_concurrency\": {\"values\": [12]}}");
    char changed[sizeof text + 64];
    const char *at = strstr(text, "cost_usd");
    snprintf(changed, sizeof changed, "%.*swait_s%s", (int)(at - text), text,
             at + strlen("cost_usd")); // several quantiles
    plan_kit_run(&p, changed);
    assert_false(p.ran);
    assert_non_null(strstr(p.error, "/plan/minimise"));
    plan_kit_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_promise_is_kept_by_the_pessimistic_end),
        cmocka_unit_test(excess_is_a_share_of_the_limit),
        cmocka_unit_test(replications_double_up_to_the_most),
        cmocka_unit_test(a_setting_can_be_refused),
        cmocka_unit_test(what_is_minimised_must_be_one_number),
    };
    return cmocka_run_group_tests_name("plan_points", tests, NULL, NULL);
}
