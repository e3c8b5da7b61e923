#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/experiment/recorder.h"
#include "bench/input/scenario.h"

// One thread's tools for running replications: an arena large enough for any alternative, a
// recorder, and the open traces.  Workers share only what is read-only; what they write lies on
// cache lines of their own.

struct outcome { // of one replication
    uint64_t events, shape;
    bool stopped;           // before its end, because *stop became true: the rest means nothing
    char *fault;            // why the replication broke off; NULL: it did not
    struct column *columns; // of replication 0 only
    struct series series;   // when asked for
    size_t pool_count;
    struct sketch *pools; // by column.source
    size_t count, pair_count;
    double values[]; // by column, then part and whole of each ratio by column.source
};

struct worker;

enum worker_series { SERIES_NONE, SERIES_OF_FIRST, SERIES_OF_ALL };

// NULL: errno says why.  `seeds` by alternative, or NULL: the scenario's.  `stop` is polled while
// replications run.
struct worker *worker_create(const struct scenario *scenario, enum worker_series series,
                             const uint64_t *seeds, const bool *stop);
void worker_free(struct worker *worker);
struct outcome *worker_run(struct worker *worker, size_t alternative, uint32_t replication);
void worker_free_pools(struct outcome *outcome);   // sooner, once they are merged
void worker_free_outcome(struct outcome *outcome); // NULL is allowed
