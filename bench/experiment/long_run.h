#pragma once

#include "bench/experiment/result.h"

// One long run of a steady state instead of replications: what is an average over time gets an
// interval from batch means (batch.h), the other numbers stay without one.  The batches are 25
// equal parts of the time that counts, or the cycles of a cyclic study when there are at least 10;
// their values come from the time series.
//
//   queue_length_mean, in_flight_mean, runners_mean     means over time
//   machine_s                                           their integrals
//   cost_usd of the whole scenario                      by what was added in each batch
//
// Batches that depend on each other get no interval: the run is too short.  `needed_run_s` of a
// summary says how long it would have to be for an interval of +/- 5 %.

// Is this such a study?  Then the time series of the one replication is needed.
bool long_run_wanted(const struct scenario *scenario);
// Puts intervals into the summaries of an alternative that has its series.
void long_run_intervals(struct alternative_result *result, const struct scenario *scenario,
                        double level);
