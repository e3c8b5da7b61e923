#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/speed/cases.h"

// A case of the speed benchmark, loaded and ready to run as often as wanted.  Reading the scenario,
// writing a trace and mapping memory are not timed; making the model, running it and reading its
// numbers out are.

struct bed_run { // what one run did
    double seconds, units;
    double answer; // as struct reference_answer has it; NaN where nothing is compared
    uint64_t events;
};

struct bed;

// NULL: `error` says why.
struct bed *bed_open(const struct speed_case *what, char *error, size_t error_size);
void bed_close(struct bed *bed); // NULL is allowed; removes the trace that it has written
bool bed_run(struct bed *bed, struct bed_run *run, char *error, size_t error_size);

double bed_now_s(void); // of a clock that only goes forward
