#pragma once

#include <stdbool.h>

#include "bench/speed/reference.h"

// What `warmpool bench` runs: scenarios with all of the normal report's statistics on, from texts
// of its own, so that the figures of two versions are about the same work.

// What a case takes turns with: a loop of the same model, M/M/1 as a mere yardstick of the machine,
// or itself with one thread.
enum speed_reference { REFERENCE_YARDSTICK, REFERENCE_MM1, REFERENCE_POOL, REFERENCE_ONE_THREAD };

struct speed_case {
    const char *name; // NULL ends the table
    const char *what; // one line
    const char *unit; // of its speed: "customers", "requests", "rows", ...
    const char *scenario;
    double rate_per_s, horizon_s; // of the scenario; 0: as its text says
    enum speed_reference reference;
    unsigned threads; // 0: one replication on this thread; else an experiment on so many
    bool is_long;     // only with --full
};
extern const struct speed_case speed_cases[];

#define SPEED_SERVICE_S 1.991 // of the pool cases, and its keep_alive
#define SPEED_KEEP_ALIVE_S 600.0
