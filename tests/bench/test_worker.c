#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/experiment/worker.c"

#include "tests/bench/fake_model.h"

static struct alternative alternative_of(const char *title)
{
    return (struct alternative){
        .name = title,
        .config = {.title = title, .horizon = 100, .series_step = 10, .limits = {.runners = 8}}};
}

static struct worker *worker_for(struct scenario *scenario, struct alternative *alternative,
                                 const bool *stop)
{
    *scenario = (struct scenario){.seed = 42, .alternatives = alternative, .alternative_count = 1};
    struct worker *worker = worker_create(scenario, true, NULL, stop);
    assert_non_null(worker);
    return worker;
}

static void only_the_first_replication_brings_columns_and_series(void **state)
{
    (void)state;
    struct alternative base = alternative_of("base");
    struct scenario scenario;
    bool stop = false;
    fake = (struct fake_counters){0};
    struct worker *worker = worker_for(&scenario, &base, &stop);
    struct outcome *first = worker_run(worker, 0, 0), *second = worker_run(worker, 0, 1);
    assert_non_null(first->columns);
    assert_int_equal(first->series.bins, 10);
    assert_int_equal(first->series.column_count, 1);
    assert_int_equal(first->series.mark_count, 1);
    assert_null(second->columns);
    assert_int_equal(second->series.column_count, 0);
    assert_int_equal(second->count, 8);
    assert_true(first->shape == second->shape);
    assert_int_equal(second->events, 11);
    assert_int_equal(fake.series, 1);
    worker_free_outcome(first);
    worker_free_outcome(second);
    worker_free(worker);
}

static void a_replication_does_not_depend_on_those_before_it(void **state)
{
    (void)state;
    struct alternative base = alternative_of("base");
    struct scenario scenario;
    bool stop = false;
    struct worker *worker = worker_for(&scenario, &base, &stop);
    struct outcome *early = worker_run(worker, 0, 5);
    worker_free_outcome(worker_run(worker, 0, 2));
    struct outcome *late = worker_run(worker, 0, 5);
    assert_memory_equal(early->values, late->values, 8 * sizeof(double));
    worker_free_outcome(early);
    worker_free_outcome(late);
    worker_free(worker);
}

static void a_fault_brings_its_text(void **state)
{
    (void)state;
    struct alternative base = alternative_of("base");
    base.config.limits.requests = 3;
    struct scenario scenario;
    bool stop = false;
    struct worker *worker = worker_for(&scenario, &base, &stop);
    struct outcome *outcome = worker_run(worker, 0, 3);
    assert_string_equal(outcome->fault, "limits/requests: more than 5");
    assert_false(outcome->stopped);
    worker_free_outcome(outcome);
    worker_free(worker);
}

static void a_stopped_replication_says_so(void **state)
{
    (void)state;
    struct alternative base = alternative_of("base");
    base.config.limits.events = 1000;
    struct scenario scenario;
    bool stop = true;
    struct worker *worker = worker_for(&scenario, &base, &stop);
    struct outcome *outcome = worker_run(worker, 0, 0);
    assert_true(outcome->stopped);
    assert_null(outcome->fault);
    worker_free_outcome(outcome);
    worker_free(worker);
}

static void traces_are_opened_once_and_then_rewound(void **state)
{
    (void)state;
    const struct trace_spec spec = {.path = "trace.csv"};
    struct alternative base = alternative_of("base");
    base.traces = &spec;
    base.config.traffic_count = 1;
    struct scenario scenario;
    bool stop = false;
    fake = (struct fake_counters){0};
    struct worker *worker = worker_for(&scenario, &base, &stop);
    for (uint32_t i = 0; i < 3; i++) {
        struct outcome *outcome = worker_run(worker, 0, i);
        assert_int_equal(outcome->events, 3 + 10 + i); // three rows each time
        worker_free_outcome(outcome);
    }
    worker_free(worker);
    assert_int_equal(fake.opens, 1);
    assert_int_equal(fake.rewinds, 2);
    assert_int_equal(fake.closes, 1);
}

static void a_trace_that_has_gone_is_a_fault(void **state)
{
    (void)state;
    const struct trace_spec spec = {.path = "gone.csv"};
    struct alternative base = alternative_of("base");
    base.traces = &spec;
    base.config.traffic_count = 1;
    struct scenario scenario;
    bool stop = false;
    struct worker *worker = worker_for(&scenario, &base, &stop);
    struct outcome *outcome = worker_run(worker, 0, 0);
    assert_string_equal(outcome->fault, "cannot open the traces: No such file or directory");
    worker_free_outcome(outcome);
    worker_free(worker);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_first_replication_brings_columns_and_series),
        cmocka_unit_test(a_replication_does_not_depend_on_those_before_it),
        cmocka_unit_test(a_fault_brings_its_text),
        cmocka_unit_test(a_stopped_replication_says_so),
        cmocka_unit_test(traces_are_opened_once_and_then_rewound),
        cmocka_unit_test(a_trace_that_has_gone_is_a_fault),
    };
    return cmocka_run_group_tests_name("worker", tests, NULL, NULL);
}
