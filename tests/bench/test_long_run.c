#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/bench/chance.h"

#include "bench/experiment/long_run.c"

enum { BINS = 120, STEP = 10 }; // 1,200 s, of which 200 s of warm-up: 25 batches of 4 bins

struct run {
    struct alternative alternative;
    struct alternative_result result;
    struct scenario scenario;
    struct column columns[3];
    struct summary summaries[3];
    struct series_column series[3];
    double values[3][BINS];
};

static struct column column_of(const char *metric, enum label label, const char *text)
{
    struct column column = {.metric = metric_find(metric)};
    column.labels[label] = text;
    return column;
}

// Runners in SETUP of two revisions, and what the owner pays in total.
static void run_make(struct run *r)
{
    *r = (struct run){.alternative = {.name = "base"}};
    r->alternative.config.horizon = BINS * STEP * SIM_SECOND;
    r->alternative.config.warm_up = 200 * SIM_SECOND;
    r->scenario =
        (struct scenario){.study = STUDY_STEADY_STATE, .replications = {.min = 1, .max = 1}};
    r->columns[0] = column_of("runners_mean", LABEL_STATE, "SETUP");
    r->columns[1] = column_of("cost_usd", LABEL_PAYER, "owner");
    r->columns[2] = column_of("wait_mean_s", LABEL_APP, "A");
    for (int c = 0; c < 2; c++) {
        r->series[c].column = column_of("series_runners", LABEL_STATE, "SETUP");
        r->series[c].column.labels[LABEL_REVISION] = c ? "2" : "1";
    }
    r->series[2].column = column_of("series_cost_usd", LABEL_PAYER, "owner");
    for (int c = 0; c < 3; c++) {
        r->series[c].values = r->values[c];
        r->summaries[c] = (struct summary){
            .n = 1, .mean = 3, .min = 3, .max = 3, .low = NAN, .high = NAN, .gap = GAP_ONE};
    }
    r->result = (struct alternative_result){
        .alternative = &r->alternative,
        .replications = 1,
        .columns = r->columns,
        .column_count = 3,
        .summaries = r->summaries,
        .series = {
            .step = STEP * SIM_SECOND, .bins = BINS, .columns = r->series, .column_count = 3}};
}

// Batch means of 1 + 2 and 2 + 2 in turn; the warm-up, which is wild, does not count.
static void revisions_add_up_and_the_warm_up_is_left_out(void **state)
{
    (void)state;
    struct run r;
    run_make(&r);
    double total = 0, increases[25];
    for (int bin = 0; bin < BINS; bin++) {
        int batch = (bin - 20) / 4;
        r.values[0][bin] = bin < 20 ? 1000 : 1 + batch % 2;
        r.values[1][bin] = 2;
        total += bin < 20 ? 0 : 5 + (batch * 7) % 5;
        r.values[2][bin] = total;
        if (bin >= 20) increases[batch] = 5 + (batch * 7) % 5;
    }
    r.summaries[1].mean = 700; // far from 0, where the interval would be one of the logarithm
    long_run_intervals(&r.result, &r.scenario, 0.95);
    const struct summary *s = r.summaries;
    double means[25];
    for (int i = 0; i < 25; i++)
        means[i] = 3 + i % 2;
    struct batch_means expected = batch_interval(means, 25, 0.95);
    assert_int_equal(s[0].method, INTERVAL_BATCH_MEANS);
    assert_int_equal(s[0].batches, 25);
    near(s[0].high - 3, expected.half, 1e-12);
    near(3 - s[0].low, expected.half, 1e-12);
    assert_int_equal(s[0].gap, GAP_NONE);
    // 100 bins count: the total is 100 times the increase of one.
    near(s[1].high - 700, 100 * batch_interval(increases, 25, 0.95).half, 1e-9);
    near(s[0].needed_run_s, pow(1.959964 / (0.05 * expected.mean), 2) * expected.variance * 40, 1);
    assert_true(isnan(s[2].low)); // waits are no average over time
    assert_int_equal(s[2].gap, GAP_ONE);
}

static void a_run_that_drifts_is_refused(void **state)
{
    (void)state;
    struct run r;
    run_make(&r);
    for (int bin = 0; bin < BINS; bin++)
        r.values[0][bin] = bin;
    long_run_intervals(&r.result, &r.scenario, 0.95);
    assert_int_equal(r.summaries[0].gap, GAP_CORRELATED);
    assert_true(isnan(r.summaries[0].low) && isnan(r.summaries[0].high));
    assert_true(r.summaries[0].needed_run_s <= 0);
}

// A cycle of ten bins: the pattern inside it says nothing about chance.
static void cycles_are_the_batches_of_a_cyclic_study(void **state)
{
    (void)state;
    struct run r;
    run_make(&r);
    r.scenario.study = STUDY_CYCLIC;
    r.scenario.cycle = 100 * SIM_SECOND;
    for (int bin = 0; bin < BINS; bin++)
        r.values[0][bin] = bin % 10;
    long_run_intervals(&r.result, &r.scenario, 0.95);
    assert_int_equal(r.summaries[0].batches, 10);
    near(r.summaries[0].low, 3, 1e-12);
    near(r.summaries[0].high, 3, 1e-12);
    run_make(&r);
    r.scenario.study = STUDY_CYCLIC;
    r.scenario.cycle = 200 * SIM_SECOND; // five of them are too few
    long_run_intervals(&r.result, &r.scenario, 0.95);
    assert_int_equal(r.summaries[0].gap, GAP_ONE);
}

static void only_one_steady_run_is_a_long_run(void **state)
{
    (void)state;
    struct run r;
    run_make(&r);
    assert_true(long_run_wanted(&r.scenario));
    r.scenario.replications.max = 2;
    assert_false(long_run_wanted(&r.scenario));
    r.scenario.replications.max = 1;
    r.scenario.study = STUDY_TERMINATING;
    assert_false(long_run_wanted(&r.scenario));
    r.scenario.study = STUDY_STEADY_STATE;
    r.alternative.config.timeline_count = 1; // a deploy is no steady state
    long_run_intervals(&r.result, &r.scenario, 0.95);
    assert_int_equal(r.summaries[0].gap, GAP_ONE);
    r.alternative.config.timeline_count = 0;
    r.result.series.step = 20 * SIM_SECOND; // too coarse
    long_run_intervals(&r.result, &r.scenario, 0.95);
    assert_int_equal(r.summaries[0].gap, GAP_ONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(revisions_add_up_and_the_warm_up_is_left_out),
        cmocka_unit_test(a_run_that_drifts_is_refused),
        cmocka_unit_test(cycles_are_the_batches_of_a_cyclic_study),
        cmocka_unit_test(only_one_steady_run_is_a_long_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
