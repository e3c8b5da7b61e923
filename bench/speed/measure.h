#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/speed/cases.h"

// Times a case: rounds in which warmpool, its reference loop and warmpool once more take turns, so
// that a machine that slows down slows all of them; medians over the rounds.  The two timings of
// warmpool in a round say how far two runs of one program differ on this machine (A/A).

enum { MEASURE_ROUNDS_MAX = 99 };

// Ours / reference over the rounds: the median, and the order statistics around it that hold the
// true median with 95 % (method A7; all rounds when there are fewer than six).
struct measure_ratio {
    double median, low, high;
};

struct measure_result {
    const struct speed_case *what;
    uint64_t units, events;        // of one run
    double per_s, reference_per_s; // units a second, medians over the rounds
    struct measure_ratio ratio;
    double noise;                    // A/A: largest |first / second - 1| of the rounds
    double answer, reference_answer; // NaN: not compared
};

// 1 to MEASURE_ROUNDS_MAX rounds.  False: `error` says why.
bool measure_case(struct measure_result *result, const struct speed_case *what, unsigned rounds,
                  char *error, size_t error_size);

struct measure_ratio measure_ratio_of(double *values, size_t count); // sorts them; NaN for none
