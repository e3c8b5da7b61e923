#pragma once

#include <stddef.h>

#include "bench/experiment/result.h"
#include "bench/output/number.h"

// Words for comparisons, the same in sentences, tables and pictures.

enum { WORDING = 240 };

// "unserved time", "wait, p99"; of several apps "unserved time (MyApp)".
char *wording_name(const struct experiment_result *result, const struct column *column,
                   char buffer[WORDING]);

// The same as a heading, with the unit: "wait, p99, s", "MyApp: wait, p99, s".
char *wording_title(const struct experiment_result *result, const struct column *column,
                    char buffer[WORDING]);

// A difference without its sign, in the unit of its metric: "42.1 s", "$0.07", "1.3 points".
struct number_text wording_amount(const struct metric *metric, double difference);

// "better", "equal within 1 s", "cannot tell".
char *wording_verdict(const struct comparison *comparison, const struct metric *metric,
                      char buffer[WORDING]);

// "about 260 more replications would resolve +-0.7 s": of an undecided one.
char *wording_needed(const struct comparison *comparison, const struct metric *metric,
                     char buffer[WORDING]);
