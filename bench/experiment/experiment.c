#include "bench/experiment/experiment.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/experiment/expect.h"
#include "bench/experiment/interval.h"
#include "bench/experiment/long_run.h"
#include "bench/experiment/memory.h"
#include "bench/experiment/pairing.h"
#include "bench/experiment/stopping.h"
#include "bench/experiment/summary.h"
#include "bench/experiment/warm_up.h"
#include "bench/experiment/worker.h"
#include "sim/check.h"

struct pools { // of one alternative, by column.source
    struct sketch *items;
    size_t count;
};

struct desk { // where threads get jobs and hand in outcomes; all of it but `stop` under the lock
    const struct scenario *scenario;
    pthread_mutex_t lock;
    pthread_cond_t more, finished;
    struct outcome **outcomes; // by job, replication x alternatives + alternative; NULL: unfinished
    size_t next, limit;        // jobs from next to limit wait for a thread
    size_t done;
    bool closed;
    struct stopping *stopping;
    bool keeps_series;      // of replication 0 in the result
    struct warm_up *pilots; // whose series go there; NULL: this is the experiment itself
    struct pools *pools;    // by alternative: of its counted replications
    uint32_t counted;       // replications finished in all alternatives, and added to `stopping`
    _Alignas(64) bool stop; // read by all threads while they simulate, so alone on its line
};

struct thread {
    pthread_t id;
    struct desk *desk;
    struct worker *worker;
};

static bool take_job(struct desk *desk, size_t *job)
{
    pthread_mutex_lock(&desk->lock);
    while (desk->next == desk->limit && !desk->closed)
        pthread_cond_wait(&desk->more, &desk->lock);
    bool open = !desk->closed;
    if (open) *job = desk->next++;
    pthread_mutex_unlock(&desk->lock);
    return open;
}

static void hand_in(struct desk *desk, size_t job, struct outcome *outcome)
{
    pthread_mutex_lock(&desk->lock);
    desk->outcomes[job] = outcome;
    desk->done++;
    pthread_cond_signal(&desk->finished);
    pthread_mutex_unlock(&desk->lock);
}

static void *work(void *context)
{
    struct thread *thread = context;
    struct desk *desk = thread->desk;
    size_t alternatives = desk->scenario->alternative_count;
    for (size_t job; take_job(desk, &job);) {
        uint32_t replication = (uint32_t)(job / alternatives);
        struct outcome *outcome = worker_run(thread->worker, job % alternatives, replication);
        hand_in(desk, job, outcome);
    }
    return NULL;
}

static struct outcome *outcome_at(const struct desk *desk, uint32_t replication, size_t alternative)
{
    return desk->outcomes[replication * desk->scenario->alternative_count + alternative];
}

enum standing { UNFINISHED, COMPLETE, FAULTY };

// Of a replication in all alternatives; one fault makes all of it faulty.
static enum standing standing_of(const struct desk *desk, uint32_t replication)
{
    enum standing standing = COMPLETE;
    for (size_t a = 0; a < desk->scenario->alternative_count; a++) {
        const struct outcome *outcome = outcome_at(desk, replication, a);
        if (!outcome || outcome->stopped) return UNFINISHED;
        if (outcome->fault) standing = FAULTY;
    }
    return standing;
}

// Merges an outcome's histograms, in order of replications, and lets go of them.
static void pool(struct pools *pools, struct outcome *outcome)
{
    if (!pools->items) {
        pools->count = outcome->pool_count;
        pools->items = memory_new(sizeof *pools->items, pools->count);
    }
    SIM_CHECK(outcome->pool_count == pools->count);
    for (size_t i = 0; i < pools->count; i++)
        sketch_merge(&pools->items[i], &outcome->pools[i]);
    worker_free_pools(outcome);
}

static void count_replication(struct desk *desk)
{
    for (size_t a = 0; a < desk->scenario->alternative_count; a++) {
        struct outcome *outcome = outcome_at(desk, desk->counted, a);
        const struct outcome *first = outcome_at(desk, 0, a);
        SIM_CHECK(outcome->count == first->count && outcome->shape == first->shape);
        pool(&desk->pools[a], outcome);
        if (desk->counted == 0)
            stopping_watch(desk->stopping, a, outcome->columns, outcome->count,
                           desk->pools[a].items);
        stopping_add(desk->stopping, a, outcome->values);
        if (!desk->pilots) continue;
        warm_up_add(desk->pilots, desk->scenario, a, &outcome->series);
        recorder_free_series(&outcome->series);
    }
    desk->counted++;
}

// Goes through the finished replications in order.  True: the experiment is over.
static bool advance(struct desk *desk)
{
    for (;;) {
        enum standing standing = standing_of(desk, desk->counted);
        if (standing != COMPLETE) return standing == FAULTY;
        count_replication(desk);
        if (stopping_reached(desk->stopping, desk->counted)) return true;
    }
}

enum { MOST_AHEAD = 64 }; // replications, besides two for each thread

// Lets threads work ahead of what is counted, just far enough that none has to wait: what they hand
// in holds histograms until it is counted.
static void offer_jobs(struct desk *desk, unsigned threads)
{
    const struct replication_plan *plan = &desk->scenario->replications;
    size_t alternatives = desk->scenario->alternative_count;
    uint64_t target = plan->min;
    uint64_t ahead = (uint64_t)desk->counted + 1 + 2 * (uint64_t)threads / alternatives;
    if (plan->until_count > 0 && ahead > target) target = ahead;
    if (target > plan->max) target = plan->max;
    if (target > ahead + MOST_AHEAD) target = ahead + MOST_AHEAD;
    if (target * alternatives <= desk->limit) return;
    desk->limit = target * alternatives;
    pthread_cond_broadcast(&desk->more);
}

static void show_progress(const struct desk *desk, struct progress *progress)
{
    if (!progress) return;
    size_t alternatives = desk->scenario->alternative_count;
    struct progress_state state = {
        .done = desk->done,
        .needed = stopping_forecast(desk->stopping, desk->counted) * (uint64_t)alternatives,
        .guessed = desk->scenario->replications.until_count > 0,
    };
    if (state.needed < state.done) state.needed = state.done;
    progress_show(progress, &state, progress_now());
}

static void wait_a_moment(struct desk *desk)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 100 * 1000 * 1000;
    if (until.tv_nsec >= 1000 * 1000 * 1000) {
        until.tv_nsec -= 1000 * 1000 * 1000;
        until.tv_sec++;
    }
    pthread_cond_timedwait(&desk->finished, &desk->lock, &until);
}

// The calling thread's part: true when the experiment is over, false when it was interrupted.
static bool supervise(struct desk *desk, const struct experiment_options *options)
{
    pthread_mutex_lock(&desk->lock);
    bool over = false, interrupted = false;
    offer_jobs(desk, options->threads);
    while (!over && !interrupted) {
        wait_a_moment(desk);
        over = advance(desk);
        interrupted = options->interrupt && interrupt_came(options->interrupt);
        offer_jobs(desk, options->threads);
        show_progress(desk, options->progress);
    }
    desk->closed = true;
    __atomic_store_n(&desk->stop, true, __ATOMIC_RELAXED);
    pthread_cond_broadcast(&desk->more);
    pthread_mutex_unlock(&desk->lock);
    return over;
}

static void stop_threads(struct thread *threads, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (threads[i].desk) pthread_join(threads[i].id, NULL);
        if (threads[i].worker) worker_free(threads[i].worker);
    }
    free(threads);
}

static bool start_thread(struct thread *thread, struct desk *desk,
                         const struct experiment_options *options)
{
    bool first = options->series || long_run_wanted(desk->scenario);
    enum worker_series series = first ? SERIES_OF_FIRST : SERIES_NONE;
    if (desk->pilots) series = SERIES_OF_ALL;
    thread->worker = worker_create(desk->scenario, series, &desk->stop);
    if (!thread->worker) return false;
    thread->desk = desk;
    int error = pthread_create(&thread->id, NULL, work, thread);
    if (error == 0) return true;
    thread->desk = NULL;
    errno = error;
    return false;
}

// As many threads as were asked for; false when not even one could be had.
static bool start_threads(struct thread *threads, struct desk *desk,
                          const struct experiment_options *options)
{
    for (unsigned i = 0; i < options->threads; i++)
        if (!start_thread(&threads[i], desk, options)) return i > 0;
    return true;
}

static uint32_t finished_prefix(const struct desk *desk, size_t alternative)
{
    uint32_t n = desk->counted;
    while (n < desk->scenario->replications.max) {
        const struct outcome *outcome = outcome_at(desk, n, alternative);
        if (!outcome || outcome->stopped || outcome->fault) break;
        n++;
    }
    return n;
}

static void note_fault(struct alternative_result *out, const struct desk *desk, size_t alternative)
{
    if (desk->counted >= desk->scenario->replications.max) return;
    const struct outcome *outcome = outcome_at(desk, desk->counted, alternative);
    if (!outcome || !outcome->fault) return;
    out->fault = memory_text(outcome->fault);
    out->fault_replication = desk->counted;
}

static void gather_columns(struct alternative_result *out, struct outcome *first)
{
    out->column_count = first->count;
    out->pair_count = first->pair_count;
    out->columns = first->columns;
    out->series = first->series;
    first->columns = NULL;
    first->series = (struct series){0};
}

static void gather_values(struct alternative_result *out, const struct desk *desk,
                          size_t alternative)
{
    size_t columns = out->column_count;
    out->values = memory_new(columns * sizeof(double), out->replications);
    size_t pairs = 2 * out->pair_count;
    out->pairs = memory_new(pairs * sizeof(double), out->replications);
    for (uint32_t r = 0; r < out->replications; r++) {
        const struct outcome *outcome = outcome_at(desk, r, alternative);
        SIM_CHECK(outcome->count == columns);
        out->events += outcome->events;
        memcpy(&out->values[r * columns], outcome->values, columns * sizeof(double));
        memcpy(&out->pairs[r * pairs], outcome->values + columns, pairs * sizeof(double));
    }
}

// Those of replications that an interrupt left finished but uncounted come last.
static void gather_pools(struct alternative_result *out, struct desk *desk, size_t alternative)
{
    for (uint32_t r = desk->counted; r < out->replications; r++)
        pool(&desk->pools[alternative], outcome_at(desk, r, alternative));
    out->pools = desk->pools[alternative].items;
    out->pool_count = desk->pools[alternative].count;
    desk->pools[alternative] = (struct pools){0};
}

static void summarise(struct alternative_result *out)
{
    out->summaries = memory_new(sizeof *out->summaries, out->column_count);
    for (size_t c = 0; c < out->column_count; c++) {
        struct evidence evidence = evidence_of(out, c);
        out->summaries[c] = interval_of(&evidence, NULL, out->level);
    }
}

static void gather(struct experiment_result *result, struct desk *desk)
{
    result->alternative_count = desk->scenario->alternative_count;
    result->alternatives = memory_new(sizeof *result->alternatives, result->alternative_count);
    for (size_t a = 0; a < result->alternative_count; a++) {
        struct alternative_result *out = &result->alternatives[a];
        out->alternative = &desk->scenario->alternatives[a];
        out->replications = result->interrupted ? finished_prefix(desk, a) : desk->counted;
        out->precision_reached = !result->interrupted && stopping_precise(desk->stopping, a);
        out->level = interval_level(desk->scenario->replications.confidence);
        if (!out->precision_reached) out->needed = stopping_needed(desk->stopping, desk->counted);
        if (out->replications > 0) gather_columns(out, outcome_at(desk, 0, a));
        if (out->replications > 0) gather_values(out, desk, a);
        if (out->replications > 0) gather_pools(out, desk, a);
        summarise(out);
        if (long_run_wanted(desk->scenario)) long_run_intervals(out, desk->scenario, out->level);
        if (!desk->keeps_series) recorder_free_series(&out->series);
        if (!result->interrupted) note_fault(out, desk, a);
    }
    result->comparisons =
        pairing_all(result->alternatives, result->alternative_count, &result->comparison_count);
    result->expectations = expect_all(desk->scenario, result->alternatives,
                                      result->alternative_count, &result->expectation_count);
}

static void free_pools(struct pools *pools)
{
    for (size_t i = 0; i < pools->count; i++)
        sketch_free(&pools->items[i]);
    free(pools->items);
}

static struct desk *open_desk(const struct scenario *scenario)
{
    struct desk *desk = memory_aligned(sizeof *desk);
    size_t jobs = (size_t)scenario->replications.max * scenario->alternative_count;
    desk->scenario = scenario;
    desk->outcomes = memory_new(sizeof *desk->outcomes, jobs);
    desk->stopping = stopping_create(&scenario->replications);
    desk->pools = memory_new(sizeof *desk->pools, scenario->alternative_count);
    pthread_mutex_init(&desk->lock, NULL);
    pthread_cond_init(&desk->more, NULL);
    pthread_cond_init(&desk->finished, NULL);
    return desk;
}

static void close_desk(struct desk *desk)
{
    for (size_t job = 0; job < desk->next; job++)
        worker_free_outcome(desk->outcomes[job]);
    pthread_cond_destroy(&desk->finished);
    pthread_cond_destroy(&desk->more);
    pthread_mutex_destroy(&desk->lock);
    stopping_free(desk->stopping);
    for (size_t a = 0; a < desk->scenario->alternative_count; a++)
        free_pools(&desk->pools[a]);
    free(desk->pools);
    free(desk->outcomes);
    free(desk);
}

enum run_end { RUN_OVER, RUN_INTERRUPTED, RUN_REFUSED };

// Until there are enough replications; threads are gone afterwards.
static enum run_end run_desk(struct desk *desk, const struct experiment_options *options,
                             char *error, size_t error_size)
{
    struct thread *threads = memory_new(sizeof *threads, options->threads);
    enum run_end end = RUN_REFUSED;
    if (start_threads(threads, desk, options))
        end = supervise(desk, options) ? RUN_OVER : RUN_INTERRUPTED;
    else
        snprintf(error, error_size, "cannot start a simulation thread: %s", strerror(errno));
    stop_threads(threads, options->threads);
    return end;
}

// Pilot runs that find the warm-up.
static enum run_end settle(struct experiment_result *result, const struct scenario *scenario,
                           const struct experiment_options *options, char *error, size_t error_size)
{
    struct scenario *pilots = warm_up_pilots(scenario);
    struct desk *desk = open_desk(pilots);
    struct alternative_result faulty = {.fault = NULL};
    result->warm_up = warm_up_begin(pilots);
    desk->pilots = &result->warm_up;
    enum run_end end = run_desk(desk, options, error, error_size);
    for (size_t a = 0; end == RUN_OVER && a < pilots->alternative_count && !faulty.fault; a++)
        note_fault(&faulty, desk, a);
    result->warm_up.fault = faulty.fault;
    if (end == RUN_OVER && !faulty.fault) warm_up_decide(&result->warm_up);
    close_desk(desk);
    free(pilots);
    return end;
}

static enum run_end run_all(struct experiment_result *result, const struct scenario *scenario,
                            const struct experiment_options *options, char *error,
                            size_t error_size)
{
    struct desk *desk = open_desk(scenario);
    desk->keeps_series = options->series;
    enum run_end end = run_desk(desk, options, error, error_size);
    result->interrupted = end == RUN_INTERRUPTED;
    if (end != RUN_REFUSED) gather(result, desk);
    close_desk(desk);
    return end;
}

bool experiment_run(struct experiment_result *result, const struct scenario *scenario,
                    const struct experiment_options *options, char *error, size_t error_size)
{
    SIM_CHECK(options->threads >= 1 && scenario->alternative_count >= 1);
    SIM_CHECK(scenario->replications.min >= 1);
    SIM_CHECK(scenario->replications.min <= scenario->replications.max);
    double started_s = progress_now();
    enum run_end end = RUN_OVER;
    *result = (struct experiment_result){.scenario = scenario};
    if (warm_up_wanted(scenario)) {
        end = settle(result, scenario, options, error, error_size);
        result->interrupted = end == RUN_INTERRUPTED;
        result->own = warm_up_apply(scenario, result->warm_up.cut);
        result->scenario = result->own;
    }
    bool settled = !result->warm_up.inconclusive && !result->warm_up.fault;
    if (end == RUN_OVER && settled)
        end = run_all(result, result->scenario, options, error, error_size);
    result->wall_s = progress_now() - started_s;
    return end != RUN_REFUSED;
}

void experiment_free(struct experiment_result *result)
{
    for (size_t a = 0; a < result->alternative_count; a++) {
        struct alternative_result *alternative = &result->alternatives[a];
        free((char *)alternative->fault);
        free(alternative->columns);
        free(alternative->values);
        free(alternative->pairs);
        free_pools(&(struct pools){alternative->pools, alternative->pool_count});
        free(alternative->summaries);
        recorder_free_series(&alternative->series);
    }
    warm_up_free(&result->warm_up);
    free(result->own);
    free(result->alternatives);
    free(result->comparisons);
    free(result->expectations);
    *result = (struct experiment_result){0};
}
