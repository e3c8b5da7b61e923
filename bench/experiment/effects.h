#pragma once

#include <stddef.h>

#include "bench/experiment/result.h"

// Effects of a full 2^k factorial (method A11; Box, Hunter, Hunter).
//
// Runs are in standard order: bit i of a run's number says whether factor i is at its high value.
// The effect with mask m is that of the product of the factors in m: the mean of the runs whose
// product of signs is + minus the mean of the others; mask 0 is the mean of all.  By Yates'
// algorithm, in k 2^k additions.
//
// Replications share their random numbers over all runs, so each gives effects of its own, and the
// interval of an effect is Student's over replications.

enum { EFFECTS_FACTORS_MAX = 16 };

void effects_of(double *responses, unsigned factors); // in place: responses become effects

// What a column gives in each run: `values[run]` points to the first replication's value, and
// strides[run] numbers are from one replication to the next.  Replications in which a response is
// undefined are left out and counted.  Summaries by mask.
struct effects_input {
    const double *const *values;
    const size_t *strides;
    unsigned factors;
    uint32_t replications;
};
void effects_summarise(const struct effects_input *input, struct summary *summaries);
