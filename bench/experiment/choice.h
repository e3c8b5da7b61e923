#pragma once

#include "bench/experiment/result.h"

// Which columns somebody means who names a metric and perhaps some labels: those that match with
// the fewest labels.  "cost_usd" is the three payers of the whole scenario and not those of each
// app as well; "cost_usd, app=A" is the three of that app; "wait_s, quantile=0.99" is each app's.

bool choice_matches(const struct metric_choice *choice, const struct column *column);
bool choice_means(const struct metric_choice *choice, const struct column *columns, size_t count,
                  size_t index);

// The sum of what is meant, when it is money, time or a count; the one column that is meant when
// there is one; else NaN, and also when any of it is undefined.  Values are by column.
double choice_total(const struct metric_choice *choice, const struct column *columns, size_t count,
                    const double *values);
