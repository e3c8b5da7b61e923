#pragma once

#include <stdint.h>

#include "sim/time.h"

// The trace hook: whoever asks for it sees every event and every change that a model chooses to
// show, in order.  With no hook set a run pays one predictable branch an event.

struct trace_record {
    sim_time at;
    const char *what;   // handler name, or a model's word such as "runner"
    const char *detail; // e.g. "IDLE -> RUNNING"; may be NULL
    uint32_t who;
    uint64_t arg;
};

struct sim_trace {
    void (*record)(void *context, const struct trace_record *record);
    void *context;
};

// A sink that folds every record into one number: equal hashes mean equal runs (names are
// hashed by their text, so the value does not depend on the build).
struct trace_hash {
    uint64_t value;
    uint64_t records;
};

void trace_hash_start(struct trace_hash *hash);
// The `record` of a struct sim_trace whose context is a struct trace_hash.
void trace_hash_record(void *context, const struct trace_record *record);
