#pragma once

#include <stddef.h>
#include <stdint.h>

#include "bench/experiment/result.h"
#include "bench/experiment/sketch.h"
#include "models/metrics.h"

// Takes down what one replication reports: its numbers in order, what ratios and quantiles were
// computed from, the columns that they belong to, and the time series when it was asked for.  A
// worker has one and uses it again and again.

struct recorder {
    struct column *columns;
    double *values;
    size_t count, room;
    double *pairs; // part and whole of each ratio
    size_t pair_count, pair_room;
    struct sketch *pools; // of each histogram that quantiles were taken of
    size_t pool_count, pool_room;
    const struct hist *last; // that pool's histogram: its quantiles come one after the other
    uint64_t shape;       // hash of the columns' texts: equal in all replications of an alternative
    struct series series; // owned; see recorder_take_series()
    size_t cursor;        // where the next value of the series is expected
};

// Forgets the last replication.  step 0: no series; otherwise bins of that width up to the horizon.
void recorder_start(struct recorder *recorder, sim_time horizon, sim_time step);
void recorder_value(void *recorder, const struct metric_value *value); // a metric_sink
struct series_sink recorder_series(struct recorder *recorder);
// The pools of the last replication, pool_count of them; the caller frees them and the array.
struct sketch *recorder_take_pools(struct recorder *recorder);
struct series recorder_take_series(struct recorder *recorder); // recorder_free_series() releases it
void recorder_free_series(struct series *series);
void recorder_free(struct recorder *recorder);
