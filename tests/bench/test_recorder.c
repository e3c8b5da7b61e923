#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/experiment/recorder.c"

static const struct metric wait_metric = {.name = "wait_s"}, queue_metric = {.name = "queue"};

static struct metric_value value_of(const struct metric *metric, const char *app, double value)
{
    return (struct metric_value){.metric = metric, .labels = {[LABEL_APP] = app}, .value = value};
}

static void record(struct recorder *recorder, const struct metric *metric, const char *app,
                   double value)
{
    struct metric_value v = value_of(metric, app, value);
    recorder_value(recorder, &v);
}

static void numbers_and_columns_are_kept_in_order(void **state)
{
    (void)state;
    struct recorder recorder = {0};
    recorder_start(&recorder, SIM_SECOND, 0);
    for (int i = 0; i < 200; i++)
        record(&recorder, i % 2 ? &wait_metric : &queue_metric, "A", i);
    assert_int_equal(recorder.count, 200);
    assert_ptr_equal(recorder.columns[199].metric, &wait_metric);
    assert_true(recorder.values[100] == 100);
    recorder_start(&recorder, SIM_SECOND, 0);
    assert_int_equal(recorder.count, 0);
    recorder_free(&recorder);
}

// Ratios keep both sums, quantiles a pool that those of one histogram share.
static void what_numbers_were_computed_from_is_kept(void **state)
{
    (void)state;
    struct hist *hists = calloc(2, sizeof *hists);
    struct recorder recorder = {0};
    recorder_start(&recorder, SIM_SECOND, 0);
    for (int i = 0; i < 40; i++) {
        struct metric_value ratio = value_of(&queue_metric, "A", 0.5);
        ratio.form = FORM_RATIO;
        ratio.part = i;
        ratio.whole = 2 * i;
        recorder_value(&recorder, &ratio);
    }
    for (int i = 0; i < 4; i++) {
        hist_reset(&hists[i / 2]);
        hist_add(&hists[i / 2], 1 + i / 2);
        struct metric_value quantile = value_of(&wait_metric, "A", 1);
        quantile.form = FORM_QUANTILE;
        quantile.hist = &hists[i / 2];
        quantile.quantile = i % 2 ? 0.9 : 0.5;
        recorder_value(&recorder, &quantile);
    }
    assert_int_equal(recorder.pair_count, 40);
    assert_int_equal(recorder.columns[39].source, 39);
    assert_true(recorder.pairs[78] == 39 && recorder.pairs[79] == 78);
    assert_int_equal(recorder.pool_count, 2);
    assert_int_equal(recorder.columns[41].source, 0);
    assert_int_equal(recorder.columns[42].source, 1);
    assert_true(recorder.columns[43].quantile == 0.9);
    struct sketch *pools = recorder_take_pools(&recorder);
    assert_int_equal(pools[1].min, 2);
    for (int i = 0; i < 2; i++)
        sketch_free(&pools[i]);
    free(pools);
    recorder_start(&recorder, SIM_SECOND, 0);
    assert_true(recorder.pair_count == 0 && recorder.pool_count == 0);
    recorder_free(&recorder);
    free(hists);
}

static uint64_t shape_of(const struct metric *metric, const char *app, double value)
{
    struct recorder recorder = {0};
    recorder_start(&recorder, SIM_SECOND, 0);
    record(&recorder, metric, app, value);
    uint64_t shape = recorder.shape;
    recorder_free(&recorder);
    return shape;
}

static void the_shape_depends_on_columns_and_not_on_values(void **state)
{
    (void)state;
    uint64_t shape = shape_of(&wait_metric, "A", 1);
    assert_true(shape == shape_of(&wait_metric, "A", 2));
    assert_false(shape == shape_of(&wait_metric, "B", 1));
    assert_false(shape == shape_of(&wait_metric, NULL, 1));
    assert_false(shape == shape_of(&queue_metric, "A", 1));
}

static void a_series_has_a_place_for_each_bin_and_column(void **state)
{
    (void)state;
    struct recorder recorder = {0};
    recorder_start(&recorder, 25, 10); // the last bin is cut at the horizon
    struct series_sink sink = recorder_series(&recorder);
    for (sim_time from = 0; from < 25; from += 10) {
        sim_time to = from + 10 < 25 ? from + 10 : 25;
        struct metric_value a = value_of(&queue_metric, "A", (double)from);
        struct metric_value b = value_of(&queue_metric, "B", 100 + (double)from);
        sink.value(sink.context, from, to, &a);
        if (from != 10) sink.value(sink.context, from, to, &b);
    }
    struct series series = recorder_take_series(&recorder);
    assert_int_equal(series.bins, 3);
    assert_int_equal(series.column_count, 2);
    assert_true(series.columns[0].values[2] == 20);
    assert_true(series.columns[1].values[0] == 100);
    assert_true(isnan(series.columns[1].values[1])); // nothing was reported there
    assert_true(series.columns[1].values[2] == 120);
    assert_int_equal(recorder.series.column_count, 0);
    recorder_free_series(&series);
    recorder_free(&recorder);
}

static void a_horizon_on_a_bin_border_adds_no_empty_bin(void **state)
{
    (void)state;
    struct recorder recorder = {0};
    recorder_start(&recorder, 30, 10);
    assert_int_equal(recorder.series.bins, 3);
    recorder_start(&recorder, 31, 10);
    assert_int_equal(recorder.series.bins, 4);
    recorder_free(&recorder);
}

static void marks_are_kept_in_order(void **state)
{
    (void)state;
    struct recorder recorder = {0};
    recorder_start(&recorder, 30, 10);
    struct series_sink sink = recorder_series(&recorder);
    sink.event(sink.context, 5, "deploy", "A", "recreate");
    sink.event(sink.context, 7, "switch", "A", NULL);
    assert_int_equal(recorder.series.mark_count, 2);
    assert_string_equal(recorder.series.marks[0].detail, "recreate");
    assert_int_equal(recorder.series.marks[1].at, 7);
    recorder_free(&recorder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_columns_are_kept_in_order),
        cmocka_unit_test(what_numbers_were_computed_from_is_kept),
        cmocka_unit_test(the_shape_depends_on_columns_and_not_on_values),
        cmocka_unit_test(a_series_has_a_place_for_each_bin_and_column),
        cmocka_unit_test(a_horizon_on_a_bin_border_adds_no_empty_bin),
        cmocka_unit_test(marks_are_kept_in_order),
    };
    return cmocka_run_group_tests_name("recorder", tests, NULL, NULL);
}
