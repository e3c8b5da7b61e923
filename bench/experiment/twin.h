#pragma once

#include <stddef.h>

#include "bench/experiment/recorder.h"
#include "models/model.h"

// A replication and its twin: the same scenario without its rollouts, on the same random numbers.
// Arrivals, services and start times are bit for bit the same in both, so what differs is what the
// rollouts cost (method B3): it is without the cold starts and failures that would have happened
// anyway.
//
//   excess_...        a number of the run minus the same number of the twin, for each column of it
//   recovery_time_s   of a rollout: from its time until the app's waiting line is not longer than
//                     the twin's, and stays so for downtime.settle and until the rollout has been
//                     over for as long
//
// Both run side by side, event by event, for as long as a rollout has not recovered; so recovery is
// exact to the nanosecond and needs no record of either path.  A rollout that has not settled when
// the next one of its app begins, or at the horizon, has no recovery time.

struct recovery {        // of one rollout
    uint32_t row;        // of the run's timeline
    sim_time until;      // the next rollout of the app, or the horizon
    sim_time calm_since; // SIM_NEVER: more is waiting than in the twin
    sim_time over_since; // SIM_NEVER: the rollout is under way
    bool settled;
};

struct twin {
    const struct scenario_config *config; // of the run
    struct recovery *recoveries;          // in order of time
    size_t count;
};

struct twin twin_create(const struct scenario_config *config);
void twin_free(struct twin *twin);

// From the state after model_create() to the horizon; what is not SIM_DONE came from *culprit.
enum sim_end twin_run(struct twin *twin, struct model *run, struct model *other,
                      struct model **culprit);
// Adds the numbers that follow from both, and the twin's waiting line to the run's series.
void twin_report(const struct twin *twin, struct recorder *run, const struct recorder *other);
