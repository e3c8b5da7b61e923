#include "models/readout.c"

#include "tests/kit.h"

// Two apps, three machine types, deploys, callers: something of everything.
static struct kit something(void)
{
    struct kit kit = kit_new(2000);
    kit.config.warm_up = sim_from_seconds(200);
    kit.config.downtime.measured = true;
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t app = kit_app(&kit, i ? "B" : "A");
        kit_scaling(&kit, app)->max_concurrency = 4;
        struct revision_config *r = kit_first(&kit, app);
        r->setup = dist_constant(8);
        r->machines[1] = 1;
        r->machine_count = 1 + i;
        kit_poisson(&kit, app, .2, (struct dist){.kind = DIST_EXPONENTIAL, .a = 9})->caller = 0;
    }
    static const struct setup_step step = {.name = "all", .time = {.kind = DIST_CONSTANT, .a = 8}};
    static const struct surge_config surge = {0, 900 * SIM_SECOND, 2};
    kit_first(&kit, 0)->steps = &step;
    kit_first(&kit, 0)->step_count = 1;
    kit.machines[0].surges = &surge;
    kit.machines[0].surge_count = 1;
    kit.traffic[0].has_billable_units = true;
    kit.traffic[1].priority = PRIORITY_LOW;
    kit.traffic[0].labelled = true;
    kit_deploy(&kit, 1, 700, "recreate");
    kit_deploy(&kit, 1, 1300, "rolling");
    kit.machines[0].capacity = 6;
    return kit;
}

static bool reported(const struct kit *kit, const char *name)
{
    for (size_t i = 0; i < kit->value_count; i++)
        if (strcmp(kit->values[i].metric->name, name) == 0) return true;
    return false;
}

// Every metric of the table is reported, but those of the time series and those that compare with
// the same run without its rollouts (bench/experiment/twin.h).
static void every_metric_is_reported(void **state)
{
    (void)state;
    struct kit kit = something();
    kit_run(&kit, 1, 0);
    for (const struct metric *m = metrics; m->name; m++) {
        bool others = strncmp(m->name, "series_", 7) == 0 || strncmp(m->name, "excess_", 7) == 0 ||
                      strcmp(m->name, "recovery_time_s") == 0;
        if (reported(&kit, m->name) == others) fail_msg("%s", m->name);
    }
    kit_free(&kit);
}

static void a_number_is_reported_once(void **state)
{
    (void)state;
    struct kit kit = something();
    kit_run(&kit, 1, 0);
    for (size_t i = 0; i < kit.value_count; i++)
        for (size_t j = 0; j < i; j++)
            assert_false(kit.values[i].metric == kit.values[j].metric &&
                         strcmp(kit.values[i].labels, kit.values[j].labels) == 0);
    kit_free(&kit);
}

// Replications are put side by side by position, so the order must not depend on what happened.
static void the_order_is_the_same_in_every_replication(void **state)
{
    (void)state;
    struct kit a = something(), b = something();
    b.config.horizon = sim_from_seconds(501); // next to nothing happens
    b.traffic[0].until = b.traffic[1].until = 0;
    kit_run(&a, 1, 0);
    kit_run(&b, 2, 5);
    assert_int_equal(a.value_count, b.value_count);
    for (size_t i = 0; i < a.value_count; i++) {
        assert_true(a.values[i].metric == b.values[i].metric);
        assert_string_equal(a.values[i].labels, b.values[i].labels);
    }
    kit_free(&a);
    kit_free(&b);
}

// Undefined is NaN, not 0; what is countable is 0.
static void an_empty_run_has_undefined_ratios_and_zero_counts(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    kit_app(&kit, "A");
    kit_run(&kit, 1, 0);
    static const char *const undefined[] = {
        "request_success_ratio", "good_ratio",          "cold_start_ratio",   "wait_mean_s",
        "response_mean_s",       "cold_start_mean_s",   "runner_life_mean_s", "slot_utilisation",
        "billed_busy_ratio",     "cost_per_request_usd"};
    for (size_t i = 0; i < sizeof undefined / sizeof *undefined; i++)
        kit_is(&kit, undefined[i], "app=A", NAN);
    assert_true(isnan(kit_get(&kit, "wait_s", "app=A,quantile=0.99")));
    assert_true(isnan(kit_get(&kit, "machine_capacity_s", "machine_type=GPU-A100")));
    assert_true(isnan(kit_get(&kit, "machine_busy_ratio", "machine_type=GPU-A100")));
    static const char *const zero[] = {"arrivals",      "unserved_time_s", "queue_length_mean",
                                       "runner_starts", "runners_max",     "cost_idle_usd"};
    for (size_t i = 0; i < sizeof zero / sizeof *zero; i++)
        assert_true(kit_get(&kit, zero[i], "app=A") == 0);
    assert_true(kit_get(&kit, "interval_availability", "app=A") == 1);
    assert_true(kit_get(&kit, "cost_usd", "payer=owner") == 0);
    assert_true(kit_get(&kit, "no_runner_time_s", "app=A") == 100);
    kit_free(&kit);
}

// Waits of 0, 1, ..., 9 s: any quantile is within 0.4 % of the exact one.
static void quantiles_are_those_of_the_waits(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 1;
    kit.apps[app].initial_runners = 1;
    for (int i = 0; i < 10; i++)
        kit_call(&kit, app, 10, 1);
    kit_run(&kit, 1, 0);
    kit_near(kit_get(&kit, "wait_s", "app=A,quantile=0.5"), 4, .016, "median");
    kit_near(kit_get(&kit, "wait_s", "app=A,quantile=0.9"), 8, .032, "0.9");
    kit_is(&kit, "wait_s", "app=A,quantile=max", 9);
    kit_is(&kit, "wait_mean_s", "app=A", 4.5);
    kit_is(&kit, "response_mean_s", "app=A", 5.5);
    kit_free(&kit);
}

// A horizon of 1000 s has four intervals of 300 s, the last one short; all calls of the first one
// fail.
static void a_short_last_interval_counts_as_one(void **state)
{
    (void)state;
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    kit_call(&kit, app, 10, 1)->start_timeout = 0; // nobody is there yet
    kit_run(&kit, 1, 0);
    kit_is(&kit, "interval_availability", "app=A", 1);
    kit_first(&kit, app)->setup = dist_constant(5);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "interval_availability", "app=A", .75);
    kit_free(&kit);
}

// Slots of draining runners are slots: one of two is used from 10 to 70, and the runner drains from
// 20 on.
static void slots_of_draining_runners_are_counted(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->drain = DRAIN_WAIT;
    kit_first(&kit, app)->max_multiplexing = 2;
    kit_call(&kit, app, 10, 60);
    kit_deploy(&kit, app, 20, "recreate");
    kit_run(&kit, 1, 0);
    kit_is(&kit, "slot_utilisation", "app=A", .5);
    kit_is(&kit, "billed_busy_ratio", "app=A", 1);
    kit_free(&kit);
}

// Q2: of three requests of 10 s on one runner from 0 on, the low one waits for both others.
static void waits_by_priority_are_those_of_each(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->max_concurrency = 1;
    kit_call(&kit, app, 0, 10);
    kit_run(&kit, 1, 0);
    for (size_t i = 0; i < kit.value_count; i++) // nobody asks
        assert_string_not_equal(kit.values[i].metric->name, "wait_priority_mean_s");
    kit_call(&kit, app, 1, 10)->priority = PRIORITY_LOW;
    kit_call(&kit, app, 2, 10);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "wait_priority_mean_s", "app=A,priority=normal", (0 + 8) / 2.);
    kit_is(&kit, "wait_priority_mean_s", "app=A,priority=low", 19);
    kit_is(&kit, "response_priority_mean_s", "app=A,priority=normal", (10 + 18) / 2.);
    kit_is(&kit, "response_priority_mean_s", "app=A,priority=low", 29);
    kit_free(&kit);
}

// What is broken down adds up: cost by state, by revision, by machine type and by payer.
static void breakdowns_agree(void **state)
{
    (void)state;
    struct kit kit = something();
    kit_run(&kit, 3, 0);
    double sums[4] = {0};
    for (size_t i = 0; i < kit.value_count; i++) {
        const struct kit_value *v = &kit.values[i];
        bool whole = strncmp(v->labels, "payer=", 6) == 0;
        if (strcmp(v->metric->name, "cost_usd") == 0 && whole) sums[0] += v->value;
        if (strcmp(v->metric->name, "cost_state_usd") == 0) sums[1] += v->value;
        if (strcmp(v->metric->name, "cost_revision_usd") == 0) sums[2] += v->value;
        if (strcmp(v->metric->name, "cost_machine_usd") == 0) sums[3] += v->value;
    }
    assert_true(sums[0] > .5);
    for (int i = 1; i < 4; i++)
        kit_near(sums[i], sums[0], 1e-9, "a breakdown of the cost");
    kit_free(&kit);
}

struct forms {
    uint32_t ratios, quantiles;
};

static void check_form(void *context, const struct metric_value *v)
{
    struct forms *forms = context;
    switch (v->form) {
    case FORM_PLAIN:
        assert_string_not_equal(v->metric->name, "request_success_ratio");
        break;
    case FORM_RATIO:
        forms->ratios++;
        if (v->whole > 0) assert_true(v->value == v->part / v->whole);
        assert_true(v->whole > 0 || isnan(v->value));
        break;
    case FORM_QUANTILE:
        forms->quantiles++;
        assert_true(v->quantile > 0 && v->quantile < 1);
        assert_true(v->value == hist_quantile(v->hist, v->quantile) || v->hist->count == 0);
        break;
    }
}

// What replications are put together from is handed over with the number.
static void ratios_come_with_their_sums_and_quantiles_with_their_histogram(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_poisson(&kit, app, 1, dist_constant(0.5));
    kit_deploy(&kit, app, 50, "recreate");
    kit.config.downtime.measured = true;
    struct model *model = kit_create(&kit, 1, 0);
    assert_int_equal(model_run(model), SIM_DONE);
    struct forms forms = {0, 0};
    model_report(model, check_form, &forms);
    // success, good, cold starts, cost per request, slots, billed; three of the machine type; mean
    // outage, budget spent, shortfall, user uptime; of the rollout budget spent and its inverse
    assert_int_equal(forms.ratios, 15);
    assert_int_equal(forms.quantiles, 17); // wait, response, cold start; the max is none; outage
    kit_drop(&kit);
    kit_free(&kit);
}

// Only deploys are rollouts: other rows of the timeline have no numbers.
static void only_deploys_are_rollouts(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    kit_app(&kit, "A");
    kit_scale(&kit, 0, 10);
    kit_capacity(&kit, 20, 0, 3);
    kit_run(&kit, 1, 0);
    assert_false(reported(&kit, "rollout_switch_s"));
    kit_free(&kit);
}

// Labels of cold starts are reported for the apps that get some, whichever source it is.
static void any_labelled_source_of_an_app_counts(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    kit_app(&kit, "A");
    kit_app(&kit, "B");
    kit_call(&kit, 0, 10, 1);
    kit_call(&kit, 1, 10, 1);
    kit_call(&kit, 1, 20, 1)->labelled = true;
    kit_run(&kit, 1, 0);
    uint32_t count = 0;
    for (size_t i = 0; i < kit.value_count; i++) {
        if (strcmp(kit.values[i].metric->name, "cold_label_ratio") != 0) continue;
        assert_string_equal(kit.values[i].labels, "app=B");
        count++;
    }
    assert_int_equal(count, 1);
    kit.traffic[2].many_apps = true;
    kit_run(&kit, 1, 0);
    kit_get(&kit, "cold_label_ratio", "app=A");
    kit_get(&kit, "cold_label_ratio", "app=B");
    kit_free(&kit);
}

// C2, C5: by whole seconds 4.5 s of work are billed as 5, of which 4.5 are busy.
static void the_busy_share_is_of_what_is_billed(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    kit.config.platform.billing_granularity = BILLING_WHOLE_SECONDS;
    kit_app(&kit, "A");
    kit_scaling(&kit, 0)->keep_alive = 0;
    kit_call(&kit, 0, 10, 4.5);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "billed_s", "app=A,state=rounding", .5);
    kit_is(&kit, "billed_busy_ratio", "app=A", 4.5 / 5);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_metric_is_reported),
        cmocka_unit_test(a_number_is_reported_once),
        cmocka_unit_test(the_order_is_the_same_in_every_replication),
        cmocka_unit_test(an_empty_run_has_undefined_ratios_and_zero_counts),
        cmocka_unit_test(quantiles_are_those_of_the_waits),
        cmocka_unit_test(a_short_last_interval_counts_as_one),
        cmocka_unit_test(slots_of_draining_runners_are_counted),
        cmocka_unit_test(waits_by_priority_are_those_of_each),
        cmocka_unit_test(breakdowns_agree),
        cmocka_unit_test(ratios_come_with_their_sums_and_quantiles_with_their_histogram),
        cmocka_unit_test(only_deploys_are_rollouts),
        cmocka_unit_test(any_labelled_source_of_an_app_counts),
        cmocka_unit_test(the_busy_share_is_of_what_is_billed),
    };
    return cmocka_run_group_tests_name("readout", tests, NULL, NULL);
}
