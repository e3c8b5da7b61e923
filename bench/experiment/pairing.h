#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/experiment/headline.h"
#include "bench/experiment/result.h"
#include "sim/tally.h"

// Every alternative against a control, number by number.
//
// Where both ran on the same random numbers they are compared replication by replication (method
// A4): what they share cancels in the difference, and its interval is far narrower than either's. A
// replication in which one of the two was undefined is not a pair. Where there are no pairs (the
// seeds differ) the interval is Welch's for independent systems.
//
// The interval of `difference` holds with 95 % by itself. [low, high] is wider, so that those of
// all alternatives hold together with 95 % (Bonferroni, A10); the verdict rests on it (C2):
//
//   better, worse   all of it lies beyond the zone, on that side
//   equal           all of it lies within the zone
//   same            no replication differed by more than rounding
//   cannot tell     none of these: `needed` more replications would make it narrow enough to tell
//                   if the difference is what it looks like (A2)

struct pairing_plan {
    size_t control;
    const uint64_t *seeds; // by alternative; NULL: all have the same
    const struct zone *zones;
    size_t zone_count;
    const struct headline *headlines;
    size_t headline_count;
};

// All comparisons of all columns that an alternative shares with the control, in the order of
// alternatives and their columns; free() releases them.
struct comparison *pairing_all(const struct pairing_plan *plan,
                               const struct alternative_result *alternatives, size_t count,
                               size_t *comparison_count);

bool pairing_possible(const struct pairing_plan *plan, size_t a, size_t b); // by their seeds

// Welch's interval of mean(a) - mean(b); sd is the root of the sum of both variances, n the fewer.
struct summary pairing_welch(const struct tally *a, const struct tally *b, double level);
