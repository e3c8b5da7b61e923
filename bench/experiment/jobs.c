#include "bench/experiment/jobs.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "bench/experiment/memory.h"
#include "sim/check.h"

struct list { // all of it but `stop` under the lock
    struct job *jobs;
    size_t count, next, done;
    pthread_mutex_t lock;
    pthread_cond_t finished;
    _Alignas(64) bool stop; // read by all threads while they simulate, so alone on its line
};

struct hand {
    pthread_t id;
    struct list *list;
    struct worker *worker;
    bool started;
};

static struct job *next_job(struct list *list, bool finished_one)
{
    pthread_mutex_lock(&list->lock);
    list->done += finished_one;
    bool more = list->next < list->count && !__atomic_load_n(&list->stop, __ATOMIC_RELAXED);
    struct job *job = more ? &list->jobs[list->next++] : NULL;
    if (list->done == list->count) pthread_cond_signal(&list->finished);
    pthread_mutex_unlock(&list->lock);
    return job;
}

static void *work(void *context)
{
    struct hand *hand = context;
    struct job *job = next_job(hand->list, false);
    for (; job; job = next_job(hand->list, true)) {
        struct outcome *outcome = worker_run(hand->worker, job->alternative, job->replication);
        if (!outcome->stopped)
            job->outcome = outcome;
        else
            worker_free_outcome(outcome);
    }
    return NULL;
}

// False: errno says why.
static bool start(struct hand *hand, struct list *list, const struct scenario *scenario)
{
    hand->list = list;
    hand->worker = worker_create(scenario, SERIES_NONE, NULL, &list->stop);
    if (!hand->worker) return false;
    int error = pthread_create(&hand->id, NULL, work, hand);
    hand->started = error == 0;
    errno = error;
    return hand->started;
}

static void wait_a_moment(struct list *list)
{
    enum { PERIOD_NS = 50 * 1000 * 1000, SECOND_NS = 1000 * 1000 * 1000 };
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += PERIOD_NS;
    until.tv_sec += until.tv_nsec / SECOND_NS;
    until.tv_nsec %= SECOND_NS;
    pthread_cond_timedwait(&list->finished, &list->lock, &until);
}

static enum jobs_end supervise(struct list *list, const struct jobs_options *options)
{
    bool interrupted = false;
    pthread_mutex_lock(&list->lock);
    while (list->done < list->count && !interrupted) {
        wait_a_moment(list);
        interrupted = options->interrupt && interrupt_came(options->interrupt);
        if (options->look) options->look(options->context, list->done);
    }
    if (options->look) options->look(options->context, list->done);
    if (interrupted) __atomic_store_n(&list->stop, true, __ATOMIC_RELAXED);
    pthread_mutex_unlock(&list->lock);
    return interrupted ? JOBS_INTERRUPTED : JOBS_DONE;
}

static void stop(struct hand *hands, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (hands[i].started) pthread_join(hands[i].id, NULL);
        if (hands[i].worker) worker_free(hands[i].worker);
    }
    free(hands);
}

enum jobs_end jobs_run(const struct scenario *scenario, struct job *jobs, size_t count,
                       const struct jobs_options *options)
{
    SIM_CHECK(options->threads >= 1);
    if (count == 0) return JOBS_DONE;
    unsigned threads = options->threads < count ? options->threads : (unsigned)count;
    struct list *list = memory_aligned(sizeof *list);
    struct hand *hands = memory_new(sizeof *hands, threads);
    list->jobs = jobs;
    list->count = count;
    pthread_mutex_init(&list->lock, NULL);
    pthread_cond_init(&list->finished, NULL);
    unsigned started = 0;
    while (started < threads && start(&hands[started], list, scenario))
        started++;
    int error = errno;
    enum jobs_end end = started > 0 ? supervise(list, options) : JOBS_FAILED;
    stop(hands, threads);
    pthread_cond_destroy(&list->finished);
    pthread_mutex_destroy(&list->lock);
    free(list);
    errno = error;
    return end;
}
