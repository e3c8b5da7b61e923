#pragma once

#include "bench/input/scenario.h"
#include "bench/options.h"

// --sweep, --tornado and --metric as changes of the scenario, so that a result says by itself how
// to get it again.
//
//   --sweep /apps/A/min_concurrency=0,1,2   /sweep={"axes":{"/apps/A/min_concurrency":[0,1,2]}}
//   --tornado                               /sweep/design="tornado"
//   --metric 'wait_s{quantile=0.99}'         /sweep/metrics=[{"metric":"wait_s","quantile":"0.99"}]
//
// Values are split at commas outside of quotes and brackets; each is JSON, or else a text.  The
// axes of the command line replace the whole `sweep` of the file.

enum { SWEEP_OPTIONS_OVERRIDES = 3 };

// Returns how many there are; none of any other verb.
size_t sweep_options_overrides(struct arena *arena, const struct options *options,
                               struct scenario_override overrides[SWEEP_OPTIONS_OVERRIDES]);
