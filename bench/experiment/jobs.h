#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/experiment/interrupt.h"
#include "bench/experiment/worker.h"

// A list of replications that are known to be wanted, run over threads.  Each job's outcome goes
// into its own place, so the number of threads changes nothing.

struct job {
    size_t alternative; // of the scenario
    uint32_t replication;
    struct outcome *outcome; // NULL: not run, because of an interrupt
};

struct jobs_options {
    unsigned threads;                         // at least 1
    const struct interrupt *interrupt;        // NULL: nobody can
    void (*look)(void *context, size_t done); // now and then, while jobs run; NULL: nobody looks
    void *context;
};

enum jobs_end { JOBS_DONE, JOBS_INTERRUPTED, JOBS_FAILED }; // failed: errno says why

enum jobs_end jobs_run(const struct scenario *scenario, struct job *jobs, size_t count,
                       const struct jobs_options *options);
