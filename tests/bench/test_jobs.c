#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/experiment/jobs.c"

#include "tests/bench/fake_model.h"

enum { JOBS = 40 };

static struct alternative alternatives[2] = {
    {.name = "base", .config = {.title = "base", .horizon = 100, .limits = {.runners = 4}}},
    {.name = "better", .config = {.title = "better", .horizon = 100, .limits = {.runners = 4}}},
};
static const struct scenario scenario = {
    .seed = 42, .alternatives = alternatives, .alternative_count = 2};

static void list_jobs(struct job *jobs)
{
    for (size_t i = 0; i < JOBS; i++)
        jobs[i] = (struct job){.alternative = i % 2, .replication = (uint32_t)(i / 2)};
}

static void free_jobs(struct job *jobs)
{
    for (size_t i = 0; i < JOBS; i++)
        worker_free_outcome(jobs[i].outcome);
}

static void threads_change_nothing(void **state)
{
    (void)state;
    struct job one[JOBS], many[JOBS];
    list_jobs(one);
    list_jobs(many);
    assert_int_equal(jobs_run(&scenario, one, JOBS, &(struct jobs_options){.threads = 1}),
                     JOBS_DONE);
    assert_int_equal(jobs_run(&scenario, many, JOBS, &(struct jobs_options){.threads = 5}),
                     JOBS_DONE);
    for (size_t i = 0; i < JOBS; i++) {
        assert_int_equal(one[i].outcome->count, 4);
        assert_memory_equal(one[i].outcome->values, many[i].outcome->values, 4 * sizeof(double));
    }
    free_jobs(one);
    free_jobs(many);
}

static void a_fault_is_an_outcome(void **state)
{
    (void)state;
    struct job jobs[JOBS];
    list_jobs(jobs);
    alternatives[1].config.limits.requests = 3; // replication 3 breaks off
    assert_int_equal(jobs_run(&scenario, jobs, JOBS, &(struct jobs_options){.threads = 3}),
                     JOBS_DONE);
    alternatives[1].config.limits.requests = 0;
    for (size_t i = 0; i < JOBS; i++)
        assert_int_equal(jobs[i].outcome->fault != NULL,
                         jobs[i].alternative == 1 && jobs[i].replication == 3);
    free_jobs(jobs);
}

static void nothing_to_do_is_done(void **state)
{
    (void)state;
    assert_int_equal(jobs_run(&scenario, NULL, 0, &(struct jobs_options){.threads = 2}), JOBS_DONE);
}

static void look(void *context, size_t done)
{
    *(size_t *)context = done;
}

static void somebody_may_look(void **state)
{
    (void)state;
    struct job jobs[JOBS];
    size_t seen = 0;
    list_jobs(jobs);
    const struct jobs_options how = {.threads = 2, .look = look, .context = &seen};
    assert_int_equal(jobs_run(&scenario, jobs, JOBS, &how), JOBS_DONE);
    assert_int_equal(seen, JOBS);
    free_jobs(jobs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(a_fault_is_an_outcome),
        cmocka_unit_test(nothing_to_do_is_done),
        cmocka_unit_test(somebody_may_look),
    };
    return cmocka_run_group_tests_name("jobs", tests, NULL, NULL);
}
