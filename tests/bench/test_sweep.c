#include "tests/bench/fixture_sweep.h"

#include "bench/experiment/sweep.c"

static void columns_that_are_always_0_are_left_out(void **state)
{
    (void)state;
    struct swept *s = swept_create(SWEPT_GRID, swept_plain);
    size_t count;
    struct column *columns = sweep_columns(&s->result, &count);
    assert_int_equal(count, 2);
    assert_string_equal(columns[0].labels[LABEL_PAYER], "owner");
    assert_string_equal(columns[1].metric->name, "wait_s");
    assert_true(fabs(sweep_summary(&s->result.points[3], &columns[0])->mean - 20.25) < 1e-12);
    assert_false(sweep_is_constant(&s->result, &columns[1]));
    free(columns);
    const struct metric_choice callers = {.metric = "cost_usd",
                                          .labels = {[LABEL_PAYER] = "callers"}};
    s->result.metrics = &callers; // unless there would be nothing
    s->result.metric_count = 1;
    columns = sweep_columns(&s->result, &count);
    assert_int_equal(count, 1);
    assert_true(sweep_is_constant(&s->result, &columns[0]));
    free(columns);
    swept_free(s);
}

// The noise is common to both points, so the difference has none.
static void differences_are_paired(void **state)
{
    (void)state;
    struct swept *s = swept_create(SWEPT_GRID, swept_plain);
    const struct column *cost = &s->result.points[0].result.columns[0];
    struct summary d = sweep_difference(&s->result.points[2], &s->result.points[0], cost);
    assert_int_equal(d.n, SWEPT_REPLICATIONS);
    assert_true(fabs(d.low - 10) < 1e-12 && fabs(d.high - 10) < 1e-12);
    swept_free(s);
}

static void effects_come_from_the_points(void **state)
{
    (void)state;
    struct swept *s = swept_create("\"design\": \"factorial2\", \"axes\": {\"/a\": [1, 3], \"/b\": "
                                   "[5, 6]}",
                                   swept_plain);
    struct summary *e = sweep_effects(&s->result, &s->result.points[0].result.columns[0]);
    assert_true(fabs(e[0].mean - (20 + 5.5 + 0.25)) < 1e-12);
    assert_true(fabs(e[1].mean - 20) < 1e-12 && fabs(e[1].high - 20) < 1e-12);
    assert_true(fabs(e[2].mean - 1) < 1e-12);
    assert_true(fabs(e[3].mean) < 1e-12);
    free(e);
    swept_free(s);
}

// Both axes move the cost by 10 each way, the second with 2.5 on top and a noise of its own.
static double noisy(const double *numbers, size_t column, uint32_t replication)
{
    double own = fabs(numbers[1] - 10) > 0.01 ? 5 * (double)(replication % 2) : 0;
    return column == 0 ? 100 * numbers[0] + 10 * numbers[1] + own : 1;
}

static void a_tornado_is_sorted_and_says_what_is_clear(void **state)
{
    (void)state;
    struct swept *s =
        swept_create("\"design\": \"tornado\", \"axes\": {\"/warmpool\": [], \"/x-\": []}", noisy);
    // In the file /warmpool is 1 and /x- is 10.
    struct tornado_bar *bars = sweep_tornado(&s->result, &s->result.points[0].result.columns[0]);
    assert_int_equal(bars[0].axis, 1);
    assert_true(fabs(bars[0].high.mean - 12.5) < 1e-9 && fabs(bars[0].low.mean + 7.5) < 1e-9);
    assert_true(bars[0].clear && bars[0].low.high > bars[0].low.mean);
    assert_int_equal(bars[1].axis, 0);
    assert_true(bars[1].clear && fabs(bars[1].low.mean + 10) < 1e-9);
    free(bars);
    swept_free(s);
}

static const char text[] =
    "{\"warmpool\": 1, \"title\": \"t\", \"horizon\": \"10m\", \"seed\": \"5\","
    " \"replications\": {\"min\": 3, \"max\": 4000, \"until\": [{\"metric\": \"wait_mean_s\","
    "   \"absolute\": 0.08}]},"
    " \"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"min_concurrency\": 1,"
    "   \"max_concurrency\": 4, \"setup\": \"20s\", \"traffic\": [{\"poisson\": {\"rate_per_s\": "
    "0.2},"
    "   \"service\": {\"exponential\": {\"mean\": \"4s\"}}}]}},"
    " \"sweep\": {\"axes\": {\"/apps/A/min_concurrency\": [1, 4]}}}";

static void run(struct sweep_result *result, struct probe *p, struct design *design,
                unsigned threads)
{
    static const struct scenario_source source = {{"t.json", text, sizeof text - 1}, NULL, 0};
    const char *error = "";
    *p = probe_load(text, NULL);
    assert_true(p->good);
    assert_true(design_make(design, p->arena, p->scenario.sweep, 1, swept_takes, NULL, &error));
    const struct evaluator_options how = {.source = &source, .threads = threads};
    assert_true(sweep_run(result, &p->scenario, design, &how, &error));
}

// A point stops when its own numbers are precise, at the first number of replications at which they
// are, and whoever ran them.
static void each_point_has_the_replications_it_needs(void **state)
{
    (void)state;
    struct sweep_result one, many;
    struct probe p, q;
    struct design d, e;
    run(&one, &p, &d, 1);
    run(&many, &q, &e, 4);
    for (size_t i = 0; i < 2; i++) {
        const struct alternative_result *r = &one.points[i].result, *s = &many.points[i].result;
        const struct column wanted = {.metric = metric_find("wait_mean_s"),
                                      .labels = {[LABEL_APP] = "A"}};
        size_t c = column_find(r->columns, r->column_count, &wanted), n = r->replications;
        assert_true(r->precision_reached && n > 3);
        for (uint32_t fewer = 0; fewer < 2; fewer++) {
            struct sample sample = {&r->values[c], r->column_count, (uint32_t)n - fewer};
            struct summary summary = summary_of(sample, SUMMARY_LEVEL);
            assert_int_equal((summary.high - summary.low) / 2 <= 0.08, !fewer);
        }
        assert_int_equal(r->replications, s->replications);
        assert_memory_equal(r->values, s->values,
                            r->replications * r->column_count * sizeof(double));
    }
    assert_true(one.points[0].result.replications != one.points[1].result.replications);
    sweep_free(&one);
    sweep_free(&many);
    probe_close(&p);
    probe_close(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_that_are_always_0_are_left_out),
        cmocka_unit_test(differences_are_paired),
        cmocka_unit_test(effects_come_from_the_points),
        cmocka_unit_test(a_tornado_is_sorted_and_says_what_is_clear),
        cmocka_unit_test(each_point_has_the_replications_it_needs),
    };
    return cmocka_run_group_tests_name("sweep", tests, NULL, NULL);
}
