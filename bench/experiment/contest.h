#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "bench/experiment/result.h"

// Who can still be best, by the number that decides (mcb.h): for each alternative the interval of
// its mean minus the best mean of the others, from the replications that there are.

// column NULL: no number decides, an alternative lacks it, or there is but one.  `independent`: the
// alternatives do not share random numbers.
struct contest contest_of(const struct selection_plan *plan,
                          const struct alternative_result *alternatives, size_t count,
                          bool independent);
void contest_free(struct contest *contest);
