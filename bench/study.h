#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/input/scenario.h"
#include "bench/options.h"

// One scenario file of the command line, with what the options change in it: --set first, in order,
// then --twin, --seed and --replications, then --sweep, --tornado and --metric.  These become part
// of the scenario as it is written into result.json, so that a result says by itself how to get it
// again.

struct study {
    const char *path;
    struct arena *arena; // of all that the scenario consists of
    struct scenario_source source;
    struct scenario scenario;
};

enum study_end { STUDY_GOOD, STUDY_INVALID, STUDY_NO_MEMORY };

// Problems and warnings go to `problems`.  study_close() is needed in any case.
enum study_end study_load(struct study *study, const char *path, const struct options *options,
                          FILE *problems);
void study_close(struct study *study);
