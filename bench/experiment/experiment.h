#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "bench/experiment/interrupt.h"
#include "bench/experiment/pairing.h"
#include "bench/experiment/progress.h"
#include "bench/experiment/result.h"

// Runs the replications of all alternatives of a scenario over threads, until there are enough of
// them.
//
// A job is one replication of one alternative.  Threads take jobs in order of replication, then
// alternative, and put what they found into the job's own place; the calling thread reads the
// places in that same order and decides there when to stop.  So the result is the same bytes for
// any number of threads: a replication that was computed ahead and is not needed is thrown away.
// Alternatives use the same seed in the same replication (common random numbers), unless each has
// a seed of its own.
//
// It goes in stages: so many replications of each alternative, all of them, and then the question
// whether there are enough, and of which alternatives there shall be more.  Without a selection a
// stage is one replication of all; selection.h says what it is with one.
//
// A replication that passes a limit of its scenario ends the experiment: the replications before it
// count, and the alternative's `fault` says what happened.  An interrupt ends it too, with the
// finished prefix of each alternative.

struct experiment_options {
    unsigned threads;                       // at least 1
    bool series;                            // keep the time series of replication 0
    struct pairing_plan pairing;            // its zones are the scenario's
    const struct selection_plan *selection; // NULL: nobody asks which alternative is best
    struct progress *progress;              // NULL: none
    const struct interrupt *interrupt;      // NULL: nobody can
};

// False: `error` says what the system refused.  The result lives until experiment_free() and points
// into the scenario.
bool experiment_run(struct experiment_result *result, const struct scenario *scenario,
                    const struct experiment_options *options, char *error, size_t error_size);
void experiment_free(struct experiment_result *result);
