#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <unistd.h>

#include "bench/experiment/experiment.c"

#include "tests/bench/fake_model.h"

struct setting {
    struct alternative alternatives[3];
    struct scenario scenario;
};

// Three alternatives of eight columns; `effect` is 1 higher in "better".
static void set_up(struct setting *setting, struct replication_plan plan)
{
    static const char *const names[] = {"base", "better", "same"};
    for (size_t i = 0; i < 3; i++)
        setting->alternatives[i] = (struct alternative){
            .name = names[i],
            .config = {.title = names[i],
                       .horizon = 100,
                       .series_step = 10,
                       .limits = {.runners = 8, .events = 500}},
        };
    setting->scenario = (struct scenario){
        .seed = 42,
        .replications = plan,
        .alternatives = setting->alternatives,
        .alternative_count = 3,
    };
}

static struct experiment_result run_on(const struct setting *setting, unsigned threads)
{
    struct experiment_options options = {.threads = threads, .series = true};
    struct experiment_result result;
    char error[256] = "";
    if (!experiment_run(&result, &setting->scenario, &options, error, sizeof error))
        fail_msg("%s", error);
    return result;
}

// Field by field: what lies between them is nobody's.
static void same_summary(const struct summary *a, const struct summary *b)
{
    assert_memory_equal(a, b, offsetof(struct summary, estimate) + sizeof a->estimate);
    assert_int_equal(a->method, b->method);
    assert_int_equal(a->scale, b->scale);
    assert_int_equal(a->gap, b->gap);
    assert_int_equal(a->few, b->few);
    assert_int_equal(a->clean, b->clean);
}

// Histograms are pooled in order of replications, and of those that count only.
static void same_pools(const struct alternative_result *x, const struct alternative_result *y)
{
    assert_int_equal(x->pool_count, y->pool_count);
    for (size_t p = 0; p < x->pool_count; p++) {
        assert_true(x->pools[p].count == y->pools[p].count);
        uint64_t n = x->replications;
        assert_true(x->pools[p].count == n * (n + 1) / 2);
        assert_int_equal(x->pools[p].used, 1);
    }
}

static void same_bytes(const struct experiment_result *a, const struct experiment_result *b)
{
    assert_int_equal(a->alternative_count, b->alternative_count);
    for (size_t i = 0; i < a->alternative_count; i++) {
        const struct alternative_result *x = &a->alternatives[i], *y = &b->alternatives[i];
        assert_int_equal(x->replications, y->replications);
        assert_int_equal(x->column_count, y->column_count);
        assert_int_equal(x->precision_reached, y->precision_reached);
        assert_true(x->events == y->events);
        assert_memory_equal(x->values, y->values,
                            x->replications * x->column_count * sizeof(double));
        for (size_t c = 0; c < x->column_count; c++)
            same_summary(&x->summaries[c], &y->summaries[c]);
        assert_int_equal(x->pair_count, 2);
        assert_memory_equal(x->pairs, y->pairs,
                            2 * x->replications * x->pair_count * sizeof(double));
        same_pools(x, y);
        assert_int_equal(x->series.column_count, y->series.column_count);
        assert_memory_equal(x->series.columns[0].values, y->series.columns[0].values,
                            x->series.bins * sizeof(double));
    }
    assert_int_equal(a->comparison_count, b->comparison_count);
    for (size_t i = 0; i < a->comparison_count; i++)
        same_summary(&a->comparisons[i].difference, &b->comparisons[i].difference);
}

// Else the memory of an experiment would grow by the histograms of each replication.
static void a_counted_outcome_lets_go_of_its_histograms(void **state)
{
    (void)state;
    struct hist *hist = calloc(1, sizeof *hist);
    struct lane lane = {0};
    hist_reset(hist);
    hist_add(hist, 5);
    for (int i = 0; i < 3; i++) {
        struct outcome *outcome = memory_new(sizeof *outcome, 1);
        outcome->pools = memory_new(sizeof *outcome->pools, 1);
        outcome->pools[0] = sketch_of(hist);
        outcome->pool_count = 1;
        pool(&lane, outcome);
        assert_null(outcome->pools);
        worker_free_outcome(outcome);
    }
    assert_true(lane.pools[0].count == 3);
    free_pools(lane.pools, lane.pool_count);
    free(hist);
}

static void threads_cannot_change_a_byte(void **state)
{
    (void)state;
    struct setting setting;
    set_up(&setting, (struct replication_plan){.min = 23, .max = 23});
    struct experiment_result one = run_on(&setting, 1);
    for (unsigned threads = 2; threads <= 9; threads++) {
        struct experiment_result many = run_on(&setting, threads);
        same_bytes(&one, &many);
        experiment_free(&many);
    }
    assert_int_equal(one.alternatives[2].replications, 23);
    experiment_free(&one);
}

static void threads_cannot_change_when_it_stops(void **state)
{
    (void)state;
    const struct replication_rule rule = {.metric = "common", .relative = NAN, .absolute = 0.1};
    struct setting setting;
    set_up(&setting,
           (struct replication_plan){.min = 5, .max = 1000, .until = &rule, .until_count = 1});
    struct experiment_result one = run_on(&setting, 1);
    uint32_t n = one.alternatives[0].replications;
    // Uniform numbers of width 1: 1.96 x 0.289 / sqrt(n) <= 0.1 at n = 32 or so, for the worse of
    // two columns.
    assert_in_range(n, 20, 60);
    assert_true(one.alternatives[0].precision_reached);
    for (unsigned threads = 2; threads <= 13; threads += 5) {
        struct experiment_result many = run_on(&setting, threads);
        same_bytes(&one, &many);
        experiment_free(&many);
    }
    // The first n: one fewer was not enough.
    for (size_t column = 0; column < 8; column += 4) {
        struct alternative_result *a = &one.alternatives[0];
        struct summary s = a->summaries[column];
        assert_true(s.mean - s.low <= 0.1);
    }
    setting.scenario.replications.max = n - 1;
    struct experiment_result fewer = run_on(&setting, 4);
    assert_int_equal(fewer.alternatives[0].replications, n - 1);
    assert_false(fewer.alternatives[0].precision_reached);
    experiment_free(&fewer);
    experiment_free(&one);
}

static void values_are_stored_by_replication_and_column(void **state)
{
    (void)state;
    struct setting setting;
    set_up(&setting, (struct replication_plan){.min = 6, .max = 6});
    struct experiment_result result = run_on(&setting, 3);
    struct alternative_result *base = &result.alternatives[0];
    assert_int_equal(base->column_count, 8);
    assert_string_equal(base->columns[5].metric->name, "effect");
    assert_string_equal(base->columns[5].labels[LABEL_APP], "1");
    for (uint32_t r = 0; r < 6; r++) {
        struct model model = {.config = &setting.alternatives[0].config,
                              .options = {.seed = 42, .replication = r}};
        assert_true(base->values[r * 8 + 5] == fake_value(&model, 5));
    }
    assert_int_equal(base->events, 10 * 6 + 0 + 1 + 2 + 3 + 4 + 5);
    assert_int_equal(base->summaries[2].undefined, 2); // replications 0 and 3
    assert_int_equal(base->summaries[2].n, 4);
    experiment_free(&result);
}

static void common_numbers_cancel_in_the_difference(void **state)
{
    (void)state;
    struct setting setting;
    set_up(&setting, (struct replication_plan){.min = 10, .max = 10});
    struct experiment_result result = run_on(&setting, 2);
    assert_int_equal(result.comparison_count, 16);
    for (size_t i = 0; i < 16; i++) {
        const struct comparison *c = &result.comparisons[i];
        bool effect = c->alternative == 1 && c->column % 4 == 1;
        assert_true(fabs(c->difference.mean - (effect ? 1 : 0)) < 1e-12);
        assert_true(c->difference.high - c->difference.low < 1e-12);
    }
    experiment_free(&result);
}

static void a_fault_ends_it_after_the_replications_before(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 5; threads += 4) {
        struct setting setting;
        set_up(&setting, (struct replication_plan){.min = 20, .max = 20});
        setting.alternatives[1].config.limits.requests = 7;
        setting.alternatives[2].config.limits.requests = 9;
        struct experiment_result result = run_on(&setting, threads);
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(result.alternatives[i].replications, 7);
            assert_int_equal(result.alternatives[i].fault != NULL, i == 1);
        }
        assert_int_equal(result.alternatives[1].fault_replication, 7);
        assert_string_equal(result.alternatives[1].fault, "limits/requests: more than 5");
        assert_false(result.interrupted);
        experiment_free(&result);
    }
}

static void a_fault_at_the_start_leaves_no_columns(void **state)
{
    (void)state;
    const struct trace_spec spec = {.path = "gone.csv"};
    struct setting setting;
    set_up(&setting, (struct replication_plan){.min = 20, .max = 20});
    setting.alternatives[2].traces = &spec;
    setting.alternatives[2].config.traffic_count = 1;
    struct experiment_result result = run_on(&setting, 2);
    assert_int_equal(result.alternatives[0].replications, 0);
    assert_int_equal(result.alternatives[0].column_count, 0);
    assert_non_null(result.alternatives[2].fault);
    assert_int_equal(result.comparison_count, 0);
    experiment_free(&result);
}

static void expectations_are_judged(void **state)
{
    (void)state;
    const struct expectation wanted[] = {
        {.metric = "steady", .min = 7, .max = 7},
        {.metric = "effect", .alternative = "better", .min = NAN, .max = 101},
        {.metric = "absent", .min = NAN, .max = 1},
    };
    struct setting setting;
    set_up(&setting, (struct replication_plan){.min = 10, .max = 10});
    setting.scenario.expectations = wanted;
    setting.scenario.expectation_count = 3;
    struct experiment_result result = run_on(&setting, 2);
    assert_int_equal(result.expectation_count, 3 * 2 + 2 + 3);
    assert_int_equal(result.expectations[0].verdict, VERDICT_MET);
    assert_int_equal(result.expectations[6].verdict, VERDICT_MISSED);
    assert_int_equal(result.expectations[8].verdict, VERDICT_NO_DATA);
    experiment_free(&result);
}

static void an_interrupt_keeps_the_finished_prefix(void **state)
{
    (void)state;
    struct setting setting;
    set_up(&setting, (struct replication_plan){.min = 1000000, .max = 1000000});
    struct interrupt *interrupt = interrupt_watch();
    kill(getpid(), SIGINT);
    struct experiment_options options = {.threads = 3, .interrupt = interrupt};
    struct experiment_result result, whole;
    char error[256];
    assert_true(experiment_run(&result, &setting.scenario, &options, error, sizeof error));
    interrupt_end(interrupt);
    assert_true(result.interrupted);
    uint32_t most = 1;
    for (size_t i = 0; i < 3; i++)
        if (result.alternatives[i].replications > most) most = result.alternatives[i].replications;
    assert_true(most < 1000000);
    setting.scenario.replications = (struct replication_plan){.min = most, .max = most};
    whole = run_on(&setting, 1);
    for (size_t i = 0; i < 3; i++) {
        const struct alternative_result *part = &result.alternatives[i];
        assert_false(part->precision_reached);
        if (part->replications == 0) continue;
        assert_memory_equal(part->values, whole.alternatives[i].values,
                            part->replications * 8 * sizeof(double));
    }
    experiment_free(&whole);
    experiment_free(&result);
}

// Which is the smallest "effect"?  "better" is larger by 1 than the two others, which are equal.
static const struct selection_plan race = {.metric = "effect",
                                           .labels = {[LABEL_APP] = "0"},
                                           .procedure = SELECTION_KN,
                                           .smallest = true,
                                           .confidence = 0.95,
                                           .zone = 0.5,
                                           .first = 5};

static struct experiment_result select_on(const struct setting *setting, unsigned threads,
                                          const struct selection_plan *plan, const uint64_t *seeds)
{
    struct experiment_options options = {
        .threads = threads, .series = true, .selection = plan, .pairing = {.seeds = seeds}};
    struct experiment_result result;
    char error[256] = "";
    if (!experiment_run(&result, &setting->scenario, &options, error, sizeof error))
        fail_msg("%s", error);
    return result;
}

static void same_selection(const struct experiment_result *a, const struct experiment_result *b)
{
    same_bytes(a, b);
    assert_int_equal(a->selection.end, b->selection.end);
    assert_int_equal(a->selection.best, b->selection.best);
    assert_int_equal(a->selection.spent, b->selection.spent);
    for (size_t i = 0; i < a->alternative_count; i++)
        assert_int_equal(a->selection.eliminated[i], b->selection.eliminated[i]);
}

// On common random numbers nothing varies, so the race is over with the first stage.
static void a_race_ends_where_the_numbers_say(void **state)
{
    (void)state;
    struct setting setting;
    set_up(&setting, (struct replication_plan){.min = 1000, .max = 1000});
    struct experiment_result one = select_on(&setting, 1, &race, NULL);
    assert_int_equal(one.selection.end, SELECTION_DONE);
    assert_int_equal(one.selection.best, 0); // the first of two equal ones
    assert_int_equal(one.selection.spent, 15);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(one.alternatives[i].replications, 5);
    assert_string_equal(one.contest.column->metric->name, "effect");
    assert_true(one.contest.contenders[1].low >= 0);
    experiment_free(&one);
}

// With seeds of their own the alternatives differ by chance, and some drop out before others.
static void threads_cannot_change_who_drops_out_when(void **state)
{
    (void)state;
    const uint64_t seeds[] = {1, 2, 3};
    struct selection_plan close = race;
    close.zone = 0.1;
    close.first = 10;
    struct setting setting;
    set_up(&setting, (struct replication_plan){.min = 1, .max = 1});
    struct experiment_result one = select_on(&setting, 1, &close, seeds);
    uint32_t n[3];
    for (size_t i = 0; i < 3; i++)
        n[i] = one.alternatives[i].replications;
    assert_int_equal(one.selection.end, SELECTION_DONE);
    assert_true(n[1] < n[0] && n[0] == n[2]);
    assert_true(n[1] >= 10);
    assert_true(one.selection.eliminated[1]);
    assert_int_equal(one.selection.spent, n[0] + n[1] + n[2]);
    assert_false(one.comparisons[0].paired);
    for (unsigned threads = 2; threads <= 9; threads++) {
        struct experiment_result many = select_on(&setting, threads, &close, seeds);
        same_selection(&one, &many);
        experiment_free(&many);
    }
    experiment_free(&one);
}

static void threads_cannot_change_where_the_budget_goes(void **state)
{
    (void)state;
    const uint64_t seeds[] = {1, 2, 3};
    struct selection_plan fixed = race;
    fixed.procedure = SELECTION_OCBA;
    fixed.budget = 100;
    struct setting setting;
    set_up(&setting, (struct replication_plan){.min = 1, .max = 1});
    struct experiment_result one = select_on(&setting, 1, &fixed, seeds);
    assert_int_equal(one.selection.spent, 100);
    assert_int_equal(one.selection.end, SELECTION_DONE);
    assert_true(one.alternatives[1].replications < one.alternatives[0].replications);
    assert_true(one.selection.confidence > 0 && one.selection.confidence < 1);
    for (unsigned threads = 3; threads <= 9; threads += 3) {
        struct experiment_result many = select_on(&setting, threads, &fixed, seeds);
        same_selection(&one, &many);
        experiment_free(&many);
    }
    experiment_free(&one);
}

static void a_fault_ends_a_race_after_the_stages_before(void **state)
{
    (void)state;
    const uint64_t seeds[] = {1, 2, 3};
    struct selection_plan close = race;
    close.zone = 0.1;
    close.first = 10;
    for (unsigned threads = 1; threads <= 5; threads += 4) {
        struct setting setting;
        set_up(&setting, (struct replication_plan){.min = 1, .max = 1});
        setting.alternatives[0].config.limits.requests = 3;
        struct experiment_result result = select_on(&setting, threads, &close, seeds);
        for (size_t i = 0; i < 3; i++)
            assert_int_equal(result.alternatives[i].replications, 3);
        assert_int_equal(result.alternatives[0].fault_replication, 3);
        assert_int_equal(result.selection.end, SELECTION_UNDER_WAY);
        assert_int_equal(result.selection.best, SIZE_MAX);
        experiment_free(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_counted_outcome_lets_go_of_its_histograms),
        cmocka_unit_test(threads_cannot_change_a_byte),
        cmocka_unit_test(threads_cannot_change_when_it_stops),
        cmocka_unit_test(values_are_stored_by_replication_and_column),
        cmocka_unit_test(common_numbers_cancel_in_the_difference),
        cmocka_unit_test(a_fault_ends_it_after_the_replications_before),
        cmocka_unit_test(a_fault_at_the_start_leaves_no_columns),
        cmocka_unit_test(expectations_are_judged),
        cmocka_unit_test(an_interrupt_keeps_the_finished_prefix),
        cmocka_unit_test(a_race_ends_where_the_numbers_say),
        cmocka_unit_test(threads_cannot_change_who_drops_out_when),
        cmocka_unit_test(threads_cannot_change_where_the_budget_goes),
        cmocka_unit_test(a_fault_ends_a_race_after_the_stages_before),
    };
    return cmocka_run_group_tests_name("experiment", tests, NULL, NULL);
}
