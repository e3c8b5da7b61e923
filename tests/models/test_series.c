#include "models/series.c"

#include "tests/kit.h"

struct bin {
    double from_s, to_s;
    char name[40], labels[100];
    double value;
};

struct record {
    struct bin bins[20000];
    size_t count;
    char marks[500];
};

static void keep_value(void *context, sim_time from, sim_time to, const struct metric_value *v)
{
    struct record *record = context;
    assert_true(record->count < 20000);
    struct bin *bin = &record->bins[record->count++];
    *bin = (struct bin){.from_s = sim_seconds(from), .to_s = sim_seconds(to), .value = v->value};
    snprintf(bin->name, sizeof bin->name, "%s", v->metric->name);
    for (int l = 0; l < LABELS; l++)
        if (v->labels[l]) {
            size_t used = strlen(bin->labels);
            snprintf(bin->labels + used, sizeof bin->labels - used, "%s%s=%s", used ? "," : "",
                     label_names[l], v->labels[l]);
        }
}

static void keep_mark(void *context, sim_time at, const char *what, const char *app,
                      const char *detail)
{
    struct record *record = context;
    size_t used = strlen(record->marks);
    snprintf(record->marks + used, sizeof record->marks - used, "%s%s@%g(%s,%s)", used ? " " : "",
             what, sim_seconds(at), app ? app : "-", detail ? detail : "-");
}

static struct record *run_with_series(struct kit *kit, double step_s)
{
    struct record *record = calloc(1, sizeof *record);
    const struct series_sink sink = {keep_value, keep_mark, record};
    kit->series = &sink;
    kit->config.series_step = sim_from_seconds(step_s);
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    kit->series = NULL;
    return record;
}

// The values of one metric as text, "1 0.5 0": what a picture would show.
static void expect_bins(const struct record *record, const char *name, const char *labels,
                        const char *wanted)
{
    char text[500] = "";
    for (size_t i = 0; i < record->count; i++) {
        const struct bin *bin = &record->bins[i];
        if (strcmp(bin->name, name) != 0 || strcmp(bin->labels, labels) != 0) continue;
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%.6g", used ? " " : "", bin->value);
    }
    assert_string_equal(text, wanted);
}

// Cold starts of 15 s: calls at 10 and 12 of 20 s each, one runner: busy 25 to 45 and 45 to 65,
// gone at 95; 100 s in bins of 20 s and one of 10 s.
static struct kit two_calls(void)
{
    struct kit kit = kit_new(110);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->max_concurrency = 1;
    kit_scaling(&kit, app)->keep_alive = sim_from_seconds(30);
    kit_first(&kit, app)->setup = dist_constant(15);
    kit.machines[0].capacity = 2;
    kit_call(&kit, app, 10, 20);
    kit_call(&kit, app, 12, 20);
    return kit;
}

static void bins_hold_means_over_their_time(void **state)
{
    (void)state;
    struct kit kit = two_calls();
    struct record *r = run_with_series(&kit, 20);
    expect_bins(r, "series_runners", "app=A,revision=1,state=SETUP", "0.5 0.25 0 0 0 0");
    expect_bins(r, "series_runners", "app=A,revision=1,state=RUNNING", "0 0.75 1 0.25 0 0");
    expect_bins(r, "series_runners", "app=A,revision=1,state=IDLE", "0 0 0 0.75 0.75 0");
    expect_bins(r, "series_queue_length", "app=A", "0.9 1.25 0.25 0 0 0");
    expect_bins(r, "series_in_flight", "app=A", "0 0.75 1 0.25 0 0");
    expect_bins(r, "series_wait_mean_s", "app=A", "nan 15 33 nan nan nan");
    expect_bins(r, "series_wait_max_s", "app=A", "nan 15 33 nan nan nan");
    expect_bins(r, "series_arrivals_per_s", "app=A", "0.1 0 0 0 0 0");
    expect_bins(r, "series_machines", "machine_type=GPU-A100,state=busy", "0 0.75 1 0.25 0 0");
    expect_bins(r, "series_machines", "machine_type=GPU-A100,state=free", "1.5 1 1 1 1.25 2");
    free(r);
    kit_free(&kit);
}

static void bins_cover_the_horizon_without_gaps(void **state)
{
    (void)state;
    struct kit kit = two_calls();
    struct record *r = run_with_series(&kit, 20);
    double end = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (r->bins[i].from_s != end && i > 0 && r->bins[i].from_s != r->bins[i - 1].from_s)
            fail_msg("a bin begins at %g after one that ends at %g", r->bins[i].from_s, end);
        end = r->bins[i].to_s;
    }
    assert_true(end == 110);
    free(r);
    kit.config.horizon = sim_from_seconds(100); // the last bin is whole
    r = run_with_series(&kit, 20);
    assert_true(r->bins[r->count - 1].from_s == 80 && r->bins[r->count - 1].to_s == 100);
    free(r);
    kit_free(&kit);
}

// Money adds up from bin to bin.  Who pays for a request is known when it ends, so that it pays
// then: 20 s at 45 and 65.
static void cost_is_cumulative(void **state)
{
    (void)state;
    struct kit kit = two_calls();
    kit.machines[0].price_usd_per_s = 1;
    struct record *r = run_with_series(&kit, 20);
    expect_bins(r, "series_cost_usd", "payer=owner", "10 15 35 70 85 85");
    free(r);
    kit_free(&kit);
}

// The warm-up sets the meters to zero in the middle of a bin, or at its edge; only the money shows
// it.
static void a_warm_up_leaves_the_bins_alone(void **state)
{
    (void)state;
    static const double warm_up_s[] = {30, 40, 47};
    for (size_t i = 0; i < 3; i++) {
        struct kit plain = two_calls(), warm = two_calls();
        warm.config.warm_up = sim_from_seconds(warm_up_s[i]);
        struct record *a = run_with_series(&plain, 20), *b = run_with_series(&warm, 20);
        assert_int_equal(a->count, b->count);
        for (size_t k = 0; k < a->count; k++) {
            assert_string_equal(a->bins[k].name, b->bins[k].name);
            if (strcmp(a->bins[k].name, "series_cost_usd") == 0) continue;
            if (isnan(a->bins[k].value) && isnan(b->bins[k].value)) continue;
            kit_near(b->bins[k].value, a->bins[k].value, 1e-9, a->bins[k].name);
        }
        free(a);
        free(b);
        kit_free(&plain);
        kit_free(&warm);
    }
}

// Sums over bins are the totals of the report.
static void bins_add_up_to_the_report(void **state)
{
    (void)state;
    struct kit kit = two_calls();
    struct record *r = run_with_series(&kit, 7);
    double running = 0, arrivals = 0;
    for (size_t i = 0; i < r->count; i++) {
        double width = r->bins[i].to_s - r->bins[i].from_s;
        if (strcmp(r->bins[i].labels, "app=A,revision=1,state=RUNNING") == 0)
            running += r->bins[i].value * width;
        if (strcmp(r->bins[i].name, "series_arrivals_per_s") == 0)
            arrivals += r->bins[i].value * width;
    }
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", running);
    kit_is(&kit, "arrivals", "app=A", arrivals);
    free(r);
    kit_free(&kit);
}

// The deploy at 50 waits out the 30 s that the failure at 45 has brought (P5) and 15 s of setup().
static void marks_tell_what_happened(void **state)
{
    (void)state;
    struct kit kit = two_calls();
    kit_scale(&kit, 0, 20);
    kit_deploy(&kit, 0, 30, "rolling")->setup_failure = 1;
    kit_deploy(&kit, 0, 50, "rolling")->setup_failure = 0;
    kit_capacity(&kit, 70, 0, 3);
    struct record *r = run_with_series(&kit, 20);
    assert_string_equal(r->marks, "scale@20(A,-) deploy@30(A,rolling) aborted@45(A,2) "
                                  "deploy@50(A,rolling) capacity@70(-,GPU-A100) switch@95(A,3)");
    free(r);
    kit_free(&kit);
}

// R5: the new runner is ready at 45; each step begins with a mark, and so does the switch after
// them.
static void the_steps_of_a_canary_are_marked(void **state)
{
    (void)state;
    static const struct canary_step steps[] = {{0.5, 20 * SIM_SECOND}, {1, 30 * SIM_SECOND}};
    struct kit kit = two_calls();
    kit_deploy(&kit, 0, 30, "canary");
    kit.timeline[0].rollout = (struct rollout_settings){
        .steps = steps, .step_count = 2, .abort_above = 1, .abort_min_requests = 1};
    struct record *r = run_with_series(&kit, 20);
    assert_string_equal(r->marks, "deploy@30(A,canary) canary step@45(A,-) canary step@65(A,-) "
                                  "switch@95(A,2)");
    free(r);
    kit_free(&kit);
}

// A sink alone, without a step, gets nothing and costs nothing.
static void without_a_step_there_is_no_series(void **state)
{
    (void)state;
    struct kit plain = two_calls(), kit = two_calls();
    kit_run(&plain, 1, 0);
    struct record *r = run_with_series(&kit, 0);
    assert_int_equal(r->count, 0);
    assert_string_equal(r->marks, "");
    assert_true(kit.events == plain.events);
    free(r);
    kit_free(&kit);
    kit_free(&plain);
}

// Whoever looks on changes nothing; without a sink there is not even an event.
static void a_series_does_not_disturb_the_run(void **state)
{
    (void)state;
    struct kit plain = two_calls(), watched = two_calls();
    kit_run(&plain, 1, 0);
    struct record *r = run_with_series(&watched, 20);
    assert_int_equal(plain.value_count, watched.value_count);
    for (size_t i = 0; i < plain.value_count; i++)
        assert_memory_equal(&plain.values[i].value, &watched.values[i].value, sizeof(double));
    assert_int_equal(watched.events, plain.events); // its own do not count
    watched.series = NULL;
    kit_run(&watched, 1, 0);
    assert_int_equal(watched.events, plain.events);
    free(r);
    kit_free(&plain);
    kit_free(&watched);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bins_hold_means_over_their_time),
        cmocka_unit_test(bins_cover_the_horizon_without_gaps),
        cmocka_unit_test(cost_is_cumulative),
        cmocka_unit_test(a_warm_up_leaves_the_bins_alone),
        cmocka_unit_test(bins_add_up_to_the_report),
        cmocka_unit_test(marks_tell_what_happened),
        cmocka_unit_test(a_series_does_not_disturb_the_run),
        cmocka_unit_test(the_steps_of_a_canary_are_marked),
        cmocka_unit_test(without_a_step_there_is_no_series),
    };
    return cmocka_run_group_tests_name("series", tests, NULL, NULL);
}
