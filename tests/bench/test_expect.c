#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "bench/experiment/expect.c"

static void verdict_follows_the_interval(void **state)
{
    (void)state;
    static const struct {
        const char *why;
        double min, max;        // the expectation
        double low, mean, high; // the summary
        uint32_t n;
        enum verdict verdict;
    } rows[] = {
        {"all inside", NAN, 10, 4, 5, 6, 9, VERDICT_MET},
        {"all outside", NAN, 10, 11, 12, 13, 9, VERDICT_MISSED},
        {"astride the bound", NAN, 10, 9, 10, 11, 9, VERDICT_UNDECIDED},
        {"touching from inside is inside", NAN, 10, 8, 9, 10, 9, VERDICT_MET},
        {"touching from outside cannot tell", NAN, 10, 10, 11, 12, 9, VERDICT_UNDECIDED},
        {"a lower bound met", 3, NAN, 4, 5, 6, 9, VERDICT_MET},
        {"a lower bound missed", 7, NAN, 4, 5, 6, 9, VERDICT_MISSED},
        {"between two bounds", 3, 7, 4, 5, 6, 9, VERDICT_MET},
        {"wider than both bounds", 4.5, 5.5, 4, 5, 6, 9, VERDICT_UNDECIDED},
        {"one replication: the mean, inside", NAN, 10, NAN, 10, NAN, 1, VERDICT_MET},
        {"one replication: the mean, outside", NAN, 10, NAN, 10.1, NAN, 1, VERDICT_MISSED},
        {"equal numbers on the bound", 5, 5, 5, 5, 5, 9, VERDICT_MET},
        {"never defined", NAN, 10, NAN, NAN, NAN, 0, VERDICT_NO_DATA},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct expectation expectation = {.min = rows[i].min, .max = rows[i].max};
        struct summary summary = {
            .n = rows[i].n, .mean = rows[i].mean, .low = rows[i].low, .high = rows[i].high};
        enum verdict got = expect_verdict(&expectation, &summary);
        if (got != rows[i].verdict)
            fail_msg("%s: expected %d, got %d", rows[i].why, (int)rows[i].verdict, (int)got);
    }
}

static const struct metric wait_metric = {.name = "wait_s"};
static struct column wait_columns[] = {
    {.metric = &wait_metric, .labels = {[LABEL_APP] = "A", [LABEL_QUANTILE] = "0.5"}},
    {.metric = &wait_metric, .labels = {[LABEL_APP] = "A", [LABEL_QUANTILE] = "0.99"}},
    {.metric = &wait_metric, .labels = {[LABEL_APP] = "B", [LABEL_QUANTILE] = "0.99"}},
};
static struct summary wait_summaries[] = {
    {.n = 2, .mean = 1, .low = 1, .high = 1},
    {.n = 2, .mean = 8, .low = 7, .high = 9},
    {.n = 2, .mean = 2, .low = 1, .high = 3},
};
static const struct alternative base = {.name = "base"}, other = {.name = "other"};

static struct expectation_result *judge_one(const struct expectation *expectation, size_t *count)
{
    const struct scenario scenario = {.expectations = expectation, .expectation_count = 1};
    static struct alternative_result both[] = {
        {.alternative = &base,
         .columns = wait_columns,
         .column_count = 3,
         .summaries = wait_summaries},
        {.alternative = &other,
         .columns = wait_columns,
         .column_count = 1,
         .summaries = wait_summaries},
    };
    return expect_all(&scenario, both, 2, count);
}

static void an_absent_label_means_any(void **state)
{
    (void)state;
    struct expectation e = {.metric = "wait_s",
                            .labels = {[LABEL_QUANTILE] = "0.99"},
                            .alternative = "base",
                            .min = NAN,
                            .max = 5};
    size_t count = 0;
    struct expectation_result *rows = judge_one(&e, &count);
    assert_int_equal(count, 2);
    assert_ptr_equal(rows[0].column, &wait_columns[1]);
    assert_int_equal(rows[0].verdict, VERDICT_MISSED);
    assert_ptr_equal(rows[1].column, &wait_columns[2]);
    assert_int_equal(rows[1].verdict, VERDICT_MET);
    free(rows);
}

static void an_absent_alternative_means_all(void **state)
{
    (void)state;
    struct expectation e = {
        .metric = "wait_s", .labels = {[LABEL_QUANTILE] = "0.5"}, .min = NAN, .max = 5};
    size_t count = 0;
    struct expectation_result *rows = judge_one(&e, &count);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].alternative->alternative->name, "base");
    assert_string_equal(rows[1].alternative->alternative->name, "other");
    free(rows);
}

static void nothing_to_judge_is_no_data(void **state)
{
    (void)state;
    struct expectation e = {.metric = "wait_s", .labels = {[LABEL_APP] = "B"}, .min = 0, .max = 5};
    size_t count = 0;
    struct expectation_result *rows = judge_one(&e, &count);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].verdict, VERDICT_MET);
    assert_int_equal(rows[1].verdict, VERDICT_NO_DATA);
    assert_null(rows[1].column);
    assert_null(rows[1].summary);
    free(rows);
    e.metric = "cost_usd";
    rows = judge_one(&e, &count);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].verdict, VERDICT_NO_DATA);
    free(rows);
}

// 30 replications, one of them down for 3 s.
static void a_statistic_over_replications_has_its_own_interval(void **state)
{
    (void)state;
    static const struct metric downtime = {"unserved_time_s", "s", BETTER_LOWER, ""};
    struct column column = {.metric = &downtime};
    double values[30] = {0};
    values[7] = 3;
    struct summary mean = {.n = 30, .mean = 0.1, .low = 0, .high = 0.3};
    struct alternative_result result = {.alternative = &base,
                                        .columns = &column,
                                        .column_count = 1,
                                        .values = values,
                                        .replications = 30,
                                        .summaries = &mean};
    static const struct {
        struct statistic stat;
        double max;
        enum verdict verdict;
    } rows[] = {
        {{STATISTIC_ANY, 0, "any"}, 0.2, VERDICT_MET},        // 1 of 30: at most 17.2 %
        {{STATISTIC_ANY, 0, "any"}, 0.05, VERDICT_UNDECIDED}, // perhaps 0.1 %
        {{STATISTIC_QUANTILE, 0.5, "p50"}, 0, VERDICT_MET},
        {{STATISTIC_QUANTILE, 0.95, "p95"}, 100, VERDICT_UNDECIDED}, // no finite upper limit
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct expectation e = {
            .metric = "unserved_time_s", .stat = rows[i].stat, .min = NAN, .max = rows[i].max};
        const struct scenario scenario = {.expectations = &e, .expectation_count = 1};
        size_t count = 0;
        struct expectation_result *got = expect_all(&scenario, &result, 1, &count);
        assert_int_equal(count, 1);
        assert_int_equal(got[0].verdict, rows[i].verdict);
        assert_ptr_equal(got[0].summary, &got[0].own);
        free(got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdict_follows_the_interval),
        cmocka_unit_test(an_absent_label_means_any),
        cmocka_unit_test(an_absent_alternative_means_all),
        cmocka_unit_test(nothing_to_judge_is_no_data),
        cmocka_unit_test(a_statistic_over_replications_has_its_own_interval),
    };
    return cmocka_run_group_tests_name("expect", tests, NULL, NULL);
}
