#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/experiment/recorder.h"
#include "bench/input/scenario.h"

// One thread's tools for running replications: an arena large enough for any alternative, a
// recorder, and the open traces; and the same once more where alternatives have twins (twin.h).
// Workers share only what is read-only; what they write lies on cache lines of their own.

struct outcome { // of one replication
    uint64_t events, shape;
    bool stopped;           // before its end, because *stop became true: the rest means nothing
    char *fault;            // why the replication broke off; NULL: it did not
    struct column *columns; // of replication 0 only
    struct series series;   // of replication 0 only, when asked for
    size_t count;
    double values[];
};

struct worker;

// NULL: errno says why.  `stop` is polled while replications run.
struct worker *worker_create(const struct scenario *scenario, bool series, const bool *stop);
void worker_free(struct worker *worker);
struct outcome *worker_run(struct worker *worker, size_t alternative, uint32_t replication);
void worker_free_outcome(struct outcome *outcome); // NULL is allowed
