#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "models/metrics.h"

// Which labels the values of a metric have: bits of enum label.  Some metrics also have values with
// fewer of them, which are sums.

uint32_t metric_labels(const char *metric);
bool metric_has_label(const char *metric, enum label label);
