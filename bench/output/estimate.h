#pragma once

#include "bench/experiment/result.h"
#include "bench/output/number.h"

// A mean with what is known about it, for a cell of a table: "41.2 +/- 1.1" is half of the 95 %
// interval, with two digits where the first is 1 or 2, else one; without "+/-" the number was the
// same in all replications; "+/- n/a" is one replication; "n/a" was never defined.  An interval
// that is not symmetric shows its ends alone: "0.09 to 2.5".

struct estimate_text {
    char text[112];
};

// `sign`: "+" puts it before positive means.  `summary` may be NULL: "n/a".
struct estimate_text estimate_text(const struct summary *summary, double scale, const char *sign);

// "95 %": the confidence of the intervals of a result.
struct number_text estimate_level(const struct experiment_result *result);

// The two ends: "40.1 to 42.3", "always" when they are equal, "n/a" when there are none.
struct estimate_text estimate_interval(const struct summary *summary, double scale);

// The mean alone, with as many digits as the interval has.
struct estimate_text estimate_mean(const struct summary *summary, double scale);

// "better" or "worse" when the whole interval of a difference lies on one side of 0, else "".
const char *estimate_judge(const struct summary *difference, enum metric_better better);
