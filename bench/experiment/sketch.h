#pragma once

#include <stdint.h>

#include "sim/hist.h"

// A histogram of sim/hist.h without its empty buckets: a few hundred of 7,296.  What a replication
// hands over, and what the replications of an alternative are pooled in, so that the memory of an
// experiment does not grow with the number of its replications.

struct sketch_entry {
    uint32_t bucket;
    uint64_t count;
};

struct sketch {
    uint64_t count;
    sim_time min, max;
    struct sketch_entry *entries; // by rising bucket
    uint32_t used;
};

struct sketch sketch_of(const struct hist *hist); // sketch_free() releases it
void sketch_merge(struct sketch *into, const struct sketch *from);
double sketch_quantile(const struct sketch *sketch, double q); // hist_quantile() of it
void sketch_free(struct sketch *sketch);
