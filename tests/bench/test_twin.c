#include "bench/experiment/twin.c" // the module under test, statics included

#include "tests/models/rollout_kit.h"

// One runner that is always on, 90 s to start, a request every 10 s (at 10, 20, ...) of 1 s.
static struct kit always_on(double horizon_s)
{
    struct kit kit = rollout_kit(1, 90);
    kit.config.horizon = sim_from_seconds(horizon_s);
    kit_renewal(&kit, 0, dist_constant(10), dist_constant(1));
    return kit;
}

struct both {
    struct recorder run, other;
    enum sim_end end;
    bool other_failed;
};

// Runs the kit and the same without the events that have a name.
static struct both run_both_of(struct kit *kit, sim_time step)
{
    struct both both = {.end = SIM_DONE};
    kit->config.series_step = step;
    struct kit bare = *kit;
    bare.config.timeline_count = 0;
    for (uint32_t i = 0; i < kit->config.timeline_count; i++)
        if (!kit->timeline[i].name) bare.timeline[bare.config.timeline_count++] = kit->timeline[i];
    const struct scenario_config *config = kit_config(kit);
    struct twin twin = twin_create(config);
    recorder_start(&both.run, config->horizon, step);
    recorder_start(&both.other, config->horizon, step);
    struct series_sink sinks[] = {recorder_series(&both.run), recorder_series(&both.other)};
    kit->series = step > 0 ? &sinks[0] : NULL;
    bare.series = step > 0 ? &sinks[1] : NULL;
    struct model *run = kit_create(kit, 42, 3), *other = kit_create(&bare, 42, 3), *culprit;
    both.end = twin_run(&twin, run, other, &culprit);
    both.other_failed = culprit == other;
    if (both.end == SIM_DONE) {
        model_report(run, recorder_value, &both.run);
        model_report(other, recorder_value, &both.other);
        twin_report(&twin, &both.run, &both.other);
    }
    twin_free(&twin);
    kit_drop(kit);
    kit_drop(&bare);
    return both;
}

static void free_both(struct both *both)
{
    recorder_free(&both->run);
    recorder_free(&both->other);
}

static double get(const struct both *both, const char *metric, const char *labels)
{
    char text[200], wanted[200];
    snprintf(wanted, sizeof wanted, "{%s}", labels);
    for (size_t i = 0; i < both->run.count; i++)
        if (both->run.columns[i].metric == metric_find(metric) &&
            strcmp(column_labels(&both->run.columns[i], text, sizeof text), wanted) == 0)
            return both->run.values[i];
    fail_msg("no number %s%s", metric, wanted);
    return NAN;
}

static void is(const struct both *both, const char *metric, const char *labels, double wanted)
{
    double got = get(both, metric, labels);
    if (isnan(wanted) && isnan(got)) return;
    if (!(fabs(got - wanted) <= 1e-9)) fail_msg("%s: wanted %.12g, got %.12g", metric, wanted, got);
}

// A deploy at 1000.  The requests of 1000, 1010, ..., 1080 wait for the runner that is ready at
// 1090, when one more comes; they start at 1090, 1091, ..., 1099, after 90, 81, ..., 9 s: 495 s.
// From 1099 on nobody waits, as without the deploy.  The bill goes on without a gap.
static void a_recreate_by_hand(void **state)
{
    (void)state;
    struct kit kit = always_on(3600);
    kit_deploy(&kit, 0, 1000, "recreate");
    struct both both = run_both_of(&kit, 0);
    is(&both, "excess_unserved_time_s", "app=A", 90);
    is(&both, "excess_wait_s", "app=A", 495);
    is(&both, "excess_late_requests", "app=A", 10);
    is(&both, "excess_failed_requests", "app=A", 0);
    is(&both, "excess_cold_starts", "app=A", 1);
    is(&both, "excess_cost_usd", "app=A, payer=owner", 0);
    is(&both, "recovery_time_s", "app=A, rollout=1", 99);
    free_both(&both);
}

// Rolling: nobody notices.  90 s of a second runner are all it costs, just as its surge says.
static void a_rolling_deploy_costs_its_surge(void **state)
{
    (void)state;
    struct kit kit = always_on(3600);
    kit_deploy(&kit, 0, 1003, "rolling");
    struct both both = run_both_of(&kit, 0);
    is(&both, "excess_cost_usd", "app=A, payer=owner", 90 * .99 / 3600);
    is(&both, "excess_cost_usd", "app=A, payer=owner",
       get(&both, "rollout_surge_usd", "app=A, rollout=1"));
    is(&both, "excess_cost_usd", "payer=owner", 90 * .99 / 3600);
    is(&both, "excess_unserved_time_s", "app=A", 0);
    is(&both, "excess_wait_s", "app=A", 0);
    is(&both, "excess_failed_requests", "app=A", 0);
    is(&both, "excess_cold_starts", "app=A", 0);
    is(&both, "recovery_time_s", "app=A, rollout=1", 0);
    free_both(&both);
}

// Chance and cold starts in both, nothing else in the timeline that is a rollout: no difference.
static void without_a_rollout_nothing_differs(void **state)
{
    (void)state;
    struct kit kit = kit_new(5000);
    kit_app(&kit, "A");
    kit_app(&kit, "B");
    kit_first(&kit, 0)->setup = (struct dist){.kind = DIST_EXPONENTIAL, .a = 30};
    kit_first(&kit, 1)->setup_failure = .2;
    kit_poisson(&kit, 0, .05, (struct dist){.kind = DIST_EXPONENTIAL, .a = 10});
    kit_poisson(&kit, 1, .1, (struct dist){.kind = DIST_EXPONENTIAL, .a = 10});
    kit_scale(&kit, 0, 2000)->max_concurrency = 5;
    kit.config.warm_up = 500 * SIM_SECOND;
    struct both both = run_both_of(&kit, 0);
    size_t seen = 0;
    for (size_t i = 0; i < both.run.count; i++) {
        if (strncmp(both.run.columns[i].metric->name, "excess_", 7) != 0) continue;
        assert_true(both.run.values[i] == 0);
        seen++;
    }
    assert_int_equal(seen, 5 * 2 + 3 * 3); // by app; cost by payer, of each app and of all
    free_both(&both);
}

// A run beside its twin gives the numbers of a run alone.
static void the_twin_changes_nothing_of_the_run(void **state)
{
    (void)state;
    struct kit kit = always_on(3600);
    kit_poisson(&kit, 0, .3, (struct dist){.kind = DIST_EXPONENTIAL, .a = 2});
    kit_deploy(&kit, 0, 1000, "recreate");
    kit_deploy(&kit, 0, 2500, "rolling");
    struct both both = run_both_of(&kit, 0);
    kit_run(&kit, 42, 3);
    for (size_t i = 0; i < kit.value_count; i++)
        assert_memory_equal(&both.run.values[i], &kit.values[i].value, sizeof(double));
    free_both(&both);
    kit.config.horizon = 1090 * SIM_SECOND; // what happens at the horizon does not count
    both = run_both_of(&kit, 0);
    is(&both, "rollout_first_ready_s", "app=A, rollout=1", NAN);
    assert_true(get(&both, "excess_wait_s", "app=A") > 0);
    free_both(&both);
    kit_free(&kit);
}

static double recovery(struct kit kit, const char *labels)
{
    struct both both = run_both_of(&kit, 0);
    double value = get(&both, "recovery_time_s", labels);
    free_both(&both);
    return value;
}

// Calm from 1099 on, for 300 s: a horizon of 1399 s is just enough to tell.
static void calm_must_last(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct kit kit = always_on(i ? 1398.999 : 1399);
        kit_deploy(&kit, 0, 1000, "recreate");
        double value = recovery(kit, "app=A, rollout=1");
        assert_true(i ? isnan(value) : value == 99);
    }
}

// The next rollout of the app ends the time of the one before; another app's does not.
static void the_next_rollout_cuts(void **state)
{
    (void)state;
    struct kit kit = always_on(3600);
    kit_deploy(&kit, 0, 1000, "recreate");
    kit_deploy(&kit, 0, 1398, "recreate");
    assert_true(isnan(recovery(kit, "app=A, rollout=1")));
    kit.timeline[1].at = 1399 * SIM_SECOND;
    kit_near(recovery(kit, "app=A, rollout=1"), 99, 0, "just in time");
    kit.timeline[1].at = 1400 * SIM_SECOND;
    kit_near(recovery(kit, "app=A, rollout=2"), 99, 0, "the second one");
    kit = always_on(3600);
    kit_deploy(&kit, 0, 1000, "recreate");
    kit_app(&kit, "B");
    kit_deploy(&kit, 1, 1200, "recreate");
    kit_near(recovery(kit, "app=A, rollout=1"), 99, 0, "A");
    kit_near(recovery(kit, "app=B, rollout=2"), 0, 0, "B");
}

// The new revision is slower: 1 s becomes 12 s every 10 s, so the line grows and never recovers.
// Nobody waits before the switch at 1090, but that is not recovery, however short `settle` is.
static void before_a_rollout_is_over_nothing_has_recovered(void **state)
{
    (void)state;
    struct kit kit = always_on(3600);
    kit_deploy(&kit, 0, 1000, "rolling")->service_factor = 12;
    kit.config.downtime.settle = 15 * SIM_SECOND;
    assert_true(isnan(recovery(kit, "app=A, rollout=1")));
    kit.machines[0].capacity = 1; // stalled: never over
    assert_true(isnan(recovery(kit, "app=A, rollout=1")));
}

// In the bin of 1050 to 1060 six requests wait from its beginning on; none ever does in the twin.
static void the_series_has_both_lines(void **state)
{
    (void)state;
    struct kit kit = always_on(2000);
    kit_deploy(&kit, 0, 1000, "recreate");
    struct both both = run_both_of(&kit, 10 * SIM_SECOND);
    const struct series *s = &both.run.series;
    size_t found = 0;
    for (size_t i = 0; i < s->column_count; i++) {
        const char *name = s->columns[i].column.metric->name;
        if (strcmp(name, "series_queue_length") == 0) {
            found++;
            kit_near(s->columns[i].values[105], 6, 1e-9, "run");
        }
        if (strcmp(name, "series_twin_queue_length") == 0) {
            found++;
            kit_near(s->columns[i].values[105], 0, 0, "twin");
            assert_string_equal(s->columns[i].column.labels[LABEL_APP], "A");
        }
    }
    assert_int_equal(found, 2);
    free_both(&both);
}

// The run holds on to requests that the twin has served: it passes the limit alone.
static void a_fault_names_its_model(void **state)
{
    (void)state;
    struct kit kit = always_on(3600);
    kit.config.limits.requests = 5;
    kit_deploy(&kit, 0, 1000, "recreate");
    struct both both = run_both_of(&kit, 0);
    assert_int_equal(both.end, SIM_FAULT);
    assert_false(both.other_failed);
    free_both(&both);
    kit = always_on(3600); // four at 1100 are too many only with an old revision of one runner
    kit.config.limits.requests = 5;
    kit_deploy(&kit, 0, 500, "rolling")->service_factor = .01;
    for (int i = 0; i < 6; i++)
        kit_call(&kit, 0, 1101 + i, 20);
    both = run_both_of(&kit, 0);
    assert_int_equal(both.end, SIM_FAULT);
    assert_true(both.other_failed);
    free_both(&both);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_recreate_by_hand),
        cmocka_unit_test(a_rolling_deploy_costs_its_surge),
        cmocka_unit_test(without_a_rollout_nothing_differs),
        cmocka_unit_test(the_twin_changes_nothing_of_the_run),
        cmocka_unit_test(calm_must_last),
        cmocka_unit_test(the_next_rollout_cuts),
        cmocka_unit_test(before_a_rollout_is_over_nothing_has_recovered),
        cmocka_unit_test(the_series_has_both_lines),
        cmocka_unit_test(a_fault_names_its_model),
    };
    return cmocka_run_group_tests_name("twin", tests, NULL, NULL);
}
