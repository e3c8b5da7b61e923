#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "bench/speed/measure.h"

// The figures of `warmpool bench` as a file, and the comparison with one of an earlier version.
//
// What is compared is the ratio to the reference loop, never seconds, so the two runs need not come
// from one machine, though they should.  Both ratios have intervals; the change is the quotient,
// from the least to the most that these allow:
//
//   slower       the whole interval of new / old lies below 1 - BASELINE_TOLERANCE
//   not slower   the whole interval lies above it
//   cannot tell  neither: the machine is too noisy, or the rounds are too few

#define BASELINE_TOLERANCE 0.1

enum baseline_verdict { BASELINE_NOT_SLOWER, BASELINE_SLOWER, BASELINE_CANNOT_TELL };
extern const char *const baseline_verdict_names[]; // by enum baseline_verdict; ends with NULL

struct baseline_change {
    double low, middle, high; // of new / old
    enum baseline_verdict verdict;
};

struct baseline_change baseline_compare(const struct measure_ratio *now,
                                        const struct measure_ratio *before);

// The ratio of a case in a file written by baseline_write().  False: `error` says why; a case that
// the file lacks gives a NaN ratio and true.
struct baseline;
struct baseline *baseline_read(const char *path, char *error, size_t error_size); // NULL: error
struct measure_ratio baseline_find(const struct baseline *baseline, const char *name);
void baseline_free(struct baseline *baseline); // NULL is allowed

void baseline_write(FILE *out, const struct measure_result *results, size_t count);
