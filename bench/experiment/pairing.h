#pragma once

#include <stddef.h>

#include "bench/experiment/result.h"

// Every alternative against the first one, replication by replication (method A4): both ran on the
// same random numbers, so what they share cancels in the difference and its interval is far
// narrower than either's. A replication in which one of the two was undefined is not a pair.

// All comparisons of all columns that an alternative shares with the first, in the order of
// alternatives and their columns; free() releases them.
struct comparison *pairing_all(const struct alternative_result *alternatives, size_t count,
                               size_t *comparison_count);
