#include "bench/experiment/experiment.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/experiment/contest.h"
#include "bench/experiment/expect.h"
#include "bench/experiment/interval.h"
#include "bench/experiment/long_run.h"
#include "bench/experiment/memory.h"
#include "bench/experiment/pairing.h"
#include "bench/experiment/selection.h"
#include "bench/experiment/stopping.h"
#include "bench/experiment/summary.h"
#include "bench/experiment/warm_up.h"
#include "bench/experiment/worker.h"
#include "sim/check.h"

struct lane {                  // of an alternative; all of it in numbers of replications
    struct outcome **outcomes; // NULL: unfinished
    uint32_t room;             // for outcomes
    uint32_t taken, limit;     // those from taken to limit wait for a thread
    uint32_t counted;          // by the stages that are over
    struct sketch *pools;      // of the counted ones, by column.source
    size_t pool_count;
};

struct desk { // where threads get jobs and hand in outcomes; all of it but `stop` under the lock
    const struct scenario *scenario;
    pthread_mutex_t lock;
    pthread_cond_t more, finished;
    unsigned threads, idle; // idle: those that wait for jobs
    struct lane *lanes;
    size_t lane_count;
    size_t done;
    bool over;   // nothing more is wanted
    bool closed; // and nothing more is done
    struct stopping *stopping;
    struct selection *selection; // NULL: all alternatives get the same, and `stopping` decides
    uint32_t *wanted;            // by alternative: what the stage under way shall reach
    bool keeps_series;           // of replication 0 in the result
    struct warm_up *pilots;      // whose series go there; NULL: this is the experiment itself
    _Alignas(64) bool stop;      // read by all threads while they simulate, so alone on its line
};

struct thread {
    pthread_t id;
    struct desk *desk;
    struct worker *worker;
};

struct job {
    size_t alternative;
    uint32_t replication;
};

// The open job with the lowest replication; of equals the first alternative's.
static bool find_job(const struct desk *desk, struct job *job)
{
    bool found = false;
    for (size_t a = 0; a < desk->lane_count; a++) {
        const struct lane *lane = &desk->lanes[a];
        if (lane->taken >= lane->limit || (found && lane->taken >= job->replication)) continue;
        *job = (struct job){a, lane->taken};
        found = true;
    }
    return found;
}

// NULL: it is not there yet.
static struct outcome *outcome_at(const struct desk *desk, size_t alternative, uint32_t replication)
{
    const struct lane *lane = &desk->lanes[alternative];
    return replication < lane->room ? lane->outcomes[replication] : NULL;
}

enum standing { UNFINISHED, COMPLETE, FAULTY };

// Of the stage under way; one fault makes all of it faulty.
static enum standing standing_of(const struct desk *desk)
{
    enum standing standing = COMPLETE;
    for (size_t a = 0; a < desk->lane_count; a++) {
        for (uint32_t r = desk->lanes[a].counted; r < desk->wanted[a]; r++) {
            const struct outcome *outcome = outcome_at(desk, a, r);
            if (!outcome || outcome->stopped) return UNFINISHED;
            if (outcome->fault) standing = FAULTY;
        }
    }
    return standing;
}

// Merges an outcome's histograms, in order of replications, and lets go of them.
static void pool(struct lane *lane, struct outcome *outcome)
{
    if (!lane->pools) {
        lane->pool_count = outcome->pool_count;
        lane->pools = memory_new(sizeof *lane->pools, lane->pool_count);
    }
    SIM_CHECK(outcome->pool_count == lane->pool_count);
    for (size_t i = 0; i < lane->pool_count; i++)
        sketch_merge(&lane->pools[i], &outcome->pools[i]);
    worker_free_pools(outcome);
}

static void count_outcome(struct desk *desk, size_t a, uint32_t replication)
{
    struct outcome *outcome = outcome_at(desk, a, replication);
    const struct outcome *first = outcome_at(desk, a, 0);
    SIM_CHECK(outcome->count == first->count && outcome->shape == first->shape);
    pool(&desk->lanes[a], outcome);
    if (desk->selection) {
        if (replication == 0) selection_watch(desk->selection, a, outcome->columns, outcome->count);
        selection_add(desk->selection, a, outcome->values);
    } else {
        if (replication == 0)
            stopping_watch(desk->stopping, a, outcome->columns, outcome->count,
                           desk->lanes[a].pools);
        stopping_add(desk->stopping, a, outcome->values);
    }
    if (!desk->pilots) return;
    warm_up_add(desk->pilots, desk->scenario, a, &outcome->series);
    recorder_free_series(&outcome->series);
}

static void count_stage(struct desk *desk)
{
    for (size_t a = 0; a < desk->lane_count; a++)
        for (struct lane *lane = &desk->lanes[a]; lane->counted < desk->wanted[a]; lane->counted++)
            count_outcome(desk, a, lane->counted);
}

// False: there are enough replications.
static bool next_stage(struct desk *desk)
{
    if (desk->selection) return selection_next(desk->selection, desk->wanted);
    if (desk->wanted[0] > 0 && stopping_reached(desk->stopping, desk->wanted[0])) return false;
    for (size_t a = 0; a < desk->lane_count; a++)
        desk->wanted[a]++;
    return true;
}

// Goes through the finished replications in order.  True: the experiment is over.
static bool advance(struct desk *desk)
{
    for (;;) {
        enum standing standing = standing_of(desk);
        if (standing != COMPLETE) return standing == FAULTY;
        count_stage(desk);
        if (!next_stage(desk)) return true;
    }
}

static void offer(struct desk *desk, size_t alternative, uint64_t limit)
{
    struct lane *lane = &desk->lanes[alternative];
    lane->limit = limit < UINT32_MAX ? (uint32_t)limit : UINT32_MAX;
    if (lane->limit <= lane->room) return;
    uint32_t room = lane->limit + lane->limit / 2 + 16;
    lane->outcomes = memory_grow(lane->outcomes, sizeof *lane->outcomes, room);
    memset(lane->outcomes + lane->room, 0, (room - lane->room) * sizeof(*lane->outcomes));
    lane->room = room;
}

static void offer_selected(struct desk *desk)
{
    size_t racing = 0;
    for (size_t a = 0; a < desk->lane_count; a++)
        racing += desk->wanted[a] > desk->lanes[a].counted;
    uint64_t ahead =
        racing && selection_looks_ahead(desk->selection) ? 2 * desk->threads / racing : 0;
    for (size_t a = 0; a < desk->lane_count; a++)
        offer(desk, a, desk->wanted[a] + (desk->wanted[a] > desk->lanes[a].counted ? ahead : 0));
}

enum { MOST_AHEAD = 64 }; // replications, besides two for each thread

// Lets threads work ahead of what is counted, just far enough that none has to wait: what they hand
// in holds histograms until it is counted.
static void offer_jobs(struct desk *desk)
{
    if (desk->selection) {
        offer_selected(desk);
    } else {
        const struct replication_plan *plan = &desk->scenario->replications;
        uint64_t target = plan->min;
        uint64_t ahead = (uint64_t)desk->wanted[0] + 2 * (uint64_t)desk->threads / desk->lane_count;
        if (plan->until_count > 0 && ahead > target) target = ahead;
        if (target > plan->max) target = plan->max;
        if (target > ahead + MOST_AHEAD) target = ahead + MOST_AHEAD;
        for (size_t a = 0; a < desk->lane_count; a++)
            offer(desk, a, target);
    }
    if (desk->idle > 0) pthread_cond_broadcast(&desk->more);
}

static void close_jobs(struct desk *desk)
{
    desk->closed = true;
    __atomic_store_n(&desk->stop, true, __ATOMIC_RELAXED);
    pthread_cond_broadcast(&desk->more);
}

// Counts what has been handed in; under the lock, by whichever thread brought it: a wake-up of
// another one for every replication costs more than the counting.
static void count(struct desk *desk)
{
    if (desk->closed) return;
    desk->over = advance(desk);
    offer_jobs(desk);
    if (!desk->over) return;
    close_jobs(desk);
    pthread_cond_signal(&desk->finished);
}

static bool take_job(struct desk *desk, struct job *job)
{
    while (!desk->closed && !find_job(desk, job)) {
        desk->idle++;
        pthread_cond_wait(&desk->more, &desk->lock);
        desk->idle--;
    }
    if (!desk->closed) desk->lanes[job->alternative].taken++;
    return !desk->closed;
}

static void *work(void *context)
{
    struct thread *thread = context;
    struct desk *desk = thread->desk;
    struct job job = {0};
    pthread_mutex_lock(&desk->lock);
    while (take_job(desk, &job)) {
        pthread_mutex_unlock(&desk->lock);
        struct outcome *outcome = worker_run(thread->worker, job.alternative, job.replication);
        pthread_mutex_lock(&desk->lock);
        desk->lanes[job.alternative].outcomes[job.replication] = outcome;
        desk->done++;
        count(desk);
    }
    pthread_mutex_unlock(&desk->lock);
    return NULL;
}

static void show_progress(const struct desk *desk, struct progress *progress)
{
    if (!progress) return;
    const struct replication_plan *plan = &desk->scenario->replications;
    struct progress_state state = {.done = desk->done};
    if (desk->selection) {
        state.needed = selection_forecast(desk->selection);
        state.guessed = selection_looks_ahead(desk->selection);
    } else {
        uint32_t each = stopping_forecast(desk->stopping, desk->lanes[0].counted);
        state.needed = each * (uint64_t)desk->lane_count;
        state.guessed = plan->until_count > 0;
    }
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
    count(desk); // into the first stage
    while (!desk->closed) {
        wait_a_moment(desk);
        if (!desk->over && options->interrupt && interrupt_came(options->interrupt))
            close_jobs(desk);
        show_progress(desk, options->progress);
    }
    bool over = desk->over;
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
    thread->worker = worker_create(desk->scenario, series, options->pairing.seeds, &desk->stop);
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
    uint32_t n = desk->lanes[alternative].counted;
    while (n < desk->lanes[alternative].limit) {
        const struct outcome *outcome = outcome_at(desk, alternative, n);
        if (!outcome || outcome->stopped || outcome->fault) break;
        n++;
    }
    return n;
}

static void note_fault(struct alternative_result *out, const struct desk *desk, size_t alternative)
{
    for (uint32_t r = desk->lanes[alternative].counted; r < desk->wanted[alternative]; r++) {
        const struct outcome *outcome = outcome_at(desk, alternative, r);
        if (!outcome || !outcome->fault) continue;
        out->fault = memory_text(outcome->fault);
        out->fault_replication = r;
        return;
    }
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
        const struct outcome *outcome = outcome_at(desk, alternative, r);
        SIM_CHECK(outcome->count == columns);
        out->events += outcome->events;
        memcpy(&out->values[r * columns], outcome->values, columns * sizeof(double));
        memcpy(&out->pairs[r * pairs], outcome->values + columns, pairs * sizeof(double));
    }
}

// Those of replications that an interrupt left finished but uncounted come last.
static void gather_pools(struct alternative_result *out, struct desk *desk, size_t alternative)
{
    struct lane *lane = &desk->lanes[alternative];
    for (uint32_t r = lane->counted; r < out->replications; r++)
        pool(lane, outcome_at(desk, alternative, r));
    out->pools = lane->pools;
    out->pool_count = lane->pool_count;
    lane->pools = NULL;
    lane->pool_count = 0;
}

static void summarise(struct alternative_result *out)
{
    out->summaries = memory_new(sizeof *out->summaries, out->column_count);
    for (size_t c = 0; c < out->column_count; c++) {
        struct evidence evidence = evidence_of(out, c);
        out->summaries[c] = interval_of(&evidence, NULL, out->level);
    }
}

static void gather_alternative(struct experiment_result *result, struct desk *desk, size_t a)
{
    struct alternative_result *out = &result->alternatives[a];
    uint32_t counted = desk->lanes[a].counted;
    out->alternative = &desk->scenario->alternatives[a];
    out->replications = result->interrupted ? finished_prefix(desk, a) : counted;
    out->precision_reached =
        desk->selection || (!result->interrupted && stopping_precise(desk->stopping, a));
    out->level = interval_level(desk->scenario->replications.confidence);
    if (!out->precision_reached) out->needed = stopping_needed(desk->stopping, counted);
    if (out->replications > 0) gather_columns(out, outcome_at(desk, a, 0));
    if (out->replications > 0) gather_values(out, desk, a);
    if (out->replications > 0) gather_pools(out, desk, a);
    summarise(out);
    if (long_run_wanted(desk->scenario)) long_run_intervals(out, desk->scenario, out->level);
    if (!desk->keeps_series) recorder_free_series(&out->series);
    if (!result->interrupted) note_fault(out, desk, a);
}

static bool independent(const struct experiment_options *options, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (!pairing_possible(&options->pairing, 0, i)) return true;
    return false;
}

static void gather(struct experiment_result *result, struct desk *desk,
                   const struct experiment_options *options)
{
    struct pairing_plan pairing = options->pairing;
    pairing.zones = desk->scenario->selection.zones;
    pairing.zone_count = desk->scenario->selection.zone_count;
    size_t count = desk->lane_count;
    result->alternative_count = count;
    result->alternatives = memory_new(sizeof *result->alternatives, count);
    for (size_t a = 0; a < count; a++)
        gather_alternative(result, desk, a);
    result->control = pairing.control;
    result->comparisons =
        pairing_all(&pairing, result->alternatives, count, &result->comparison_count);
    if (options->selection)
        result->contest = contest_of(options->selection, result->alternatives, count,
                                     independent(options, count));
    if (desk->selection) result->selection = selection_outcome(desk->selection);
    result->expectations =
        expect_all(desk->scenario, result->alternatives, count, &result->expectation_count);
}

static void free_pools(struct sketch *pools, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sketch_free(&pools[i]);
    free(pools);
}

static struct desk *open_desk(const struct scenario *scenario,
                              const struct experiment_options *options)
{
    struct desk *desk = memory_aligned(sizeof *desk);
    const struct selection_plan *selection = options->selection;
    desk->scenario = scenario;
    desk->threads = options->threads;
    desk->lane_count = scenario->alternative_count;
    desk->lanes = memory_new(sizeof *desk->lanes, desk->lane_count);
    desk->wanted = memory_new(sizeof *desk->wanted, desk->lane_count);
    desk->stopping = stopping_create(&scenario->replications);
    if (selection && selection->procedure != SELECTION_NONE)
        desk->selection =
            selection_create(selection, desk->lane_count, independent(options, desk->lane_count));
    pthread_mutex_init(&desk->lock, NULL);
    pthread_cond_init(&desk->more, NULL);
    pthread_cond_init(&desk->finished, NULL);
    return desk;
}

static void close_desk(struct desk *desk)
{
    for (size_t a = 0; a < desk->lane_count; a++) {
        for (uint32_t r = 0; r < desk->lanes[a].taken; r++)
            worker_free_outcome(desk->lanes[a].outcomes[r]);
        free(desk->lanes[a].outcomes);
        free_pools(desk->lanes[a].pools, desk->lanes[a].pool_count);
    }
    pthread_cond_destroy(&desk->more);
    pthread_cond_destroy(&desk->finished);
    pthread_mutex_destroy(&desk->lock);
    stopping_free(desk->stopping);
    selection_free(desk->selection);
    free(desk->lanes);
    free(desk->wanted);
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
    struct experiment_options plain = *options;
    plain.selection = NULL;
    struct desk *desk = open_desk(pilots, &plain);
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
    struct desk *desk = open_desk(scenario, options);
    desk->keeps_series = options->series;
    enum run_end end = run_desk(desk, options, error, error_size);
    result->interrupted = end == RUN_INTERRUPTED;
    if (end != RUN_REFUSED) gather(result, desk, options);
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
        free_pools(alternative->pools, alternative->pool_count);
        free(alternative->summaries);
        recorder_free_series(&alternative->series);
    }
    warm_up_free(&result->warm_up);
    free(result->own);
    free(result->alternatives);
    free(result->comparisons);
    contest_free(&result->contest);
    free(result->selection.eliminated);
    free(result->expectations);
    *result = (struct experiment_result){0};
}
