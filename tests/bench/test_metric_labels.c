#include "tests/kit.h"

#include "bench/input/metric_labels.c"

struct seen {
    uint32_t labels[256]; // by row of metrics[], of all its values together
};

static void note(struct seen *seen, const struct metric_value *value)
{
    for (int label = 0; label < LABELS; label++)
        if (value->labels[label]) seen->labels[value->metric - metrics] |= 1u << label;
}

static void note_total(void *context, const struct metric_value *value)
{
    note(context, value);
}

static void note_bin(void *context, sim_time from, sim_time to, const struct metric_value *value)
{
    (void)from, (void)to;
    note(context, value);
}

static void note_mark(void *context, sim_time at, const char *what, const char *app,
                      const char *detail)
{
    (void)context, (void)at, (void)what, (void)app, (void)detail;
}

// Numbers of a run and its twin are about what those are about that they follow from.
static void note_twin(struct seen *seen)
{
    static const struct {
        const char *metric, *like;
    } twins[] = {
        {"excess_unserved_time_s", "unserved_time_s"},
        {"excess_failed_requests", "failed_requests"},
        {"excess_late_requests", "late_requests"},
        {"excess_wait_s", "waiting_s"},
        {"excess_cold_starts", "cold_starts"},
        {"excess_cost_usd", "cost_usd"},
        {"recovery_time_s", "rollout_switch_s"},
        {"series_twin_queue_length", "series_queue_length"},
    };
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        seen->labels[metric_find(twins[i].metric) - metrics] =
            seen->labels[metric_find(twins[i].like) - metrics];
}

// A run in which every metric has a value, with regions, callers, steps, prices and a rollout.
static void labels_are_those_of_the_values(void **state)
{
    (void)state;
    static const struct setup_step step = {.name = "all", .time = {.kind = DIST_CONSTANT, .a = 8}};
    static const struct surge_config surge = {0, 900 * SIM_SECOND, 2};
    struct seen seen = {{0}};
    struct series_sink sink = {note_bin, note_mark, &seen};
    struct kit kit = kit_new(2000);
    kit.series = &sink;
    kit.config.series_step = 100 * SIM_SECOND;
    kit.config.downtime.measured = true;
    uint32_t app = kit_app(&kit, "A");
    struct revision_config *first = kit_first(&kit, app);
    first->steps = &step;
    first->step_count = 1;
    kit.machines[0].surges = &surge;
    kit.machines[0].surge_count = 1;
    kit.machines[0].region = "here";
    kit_poisson(&kit, app, .2, (struct dist){.kind = DIST_EXPONENTIAL, .a = 9});
    kit.traffic[0].has_billable_units = kit.traffic[0].labelled = true;
    kit.traffic[0].priority = PRIORITY_LOW;
    kit_deploy(&kit, app, 700, "rolling");
    struct model *model = kit_create(&kit, 1, 0);
    model_run(model);
    model_report(model, note_total, &seen);
    kit_drop(&kit);
    note_twin(&seen);
    for (const struct metric *metric = metrics; metric->name; metric++)
        if (metric_labels(metric->name) != seen.labels[metric - metrics])
            fail_msg("%s: labels 0x%x in bench/input/metric_labels.c, 0x%x in a run", metric->name,
                     (unsigned)metric_labels(metric->name),
                     (unsigned)seen.labels[metric - metrics]);
    kit_free(&kit);
}

static void rows_name_metrics(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_non_null(metric_find(rows[i].metric));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_are_those_of_the_values),
        cmocka_unit_test(rows_name_metrics),
    };
    return cmocka_run_group_tests_name("metric_labels", tests, NULL, NULL);
}
