#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "models/metrics.h"

// The numbers that a comparison is about, in the order in which they are shown: downtime, failures,
// wait and cost, or those that the user names.

struct column;

struct headline {
    const struct metric *metric;
    const char *labels[LABELS]; // that a column must have; NULL: any; "": it must have none
};

extern const char *const headline_defaults[]; // as headline_parse() reads them; ends with NULL

// "wait_s" or "wait_s{app=MyApp, quantile=0.99}".  False: a line on `errors` says what is wrong.
// The text is cut up, and must live as long as the headline.
bool headline_parse(struct headline *headline, char *text, FILE *errors);

bool headline_has(const struct headline *headline, const struct column *column);

// The first headline that has the column; SIZE_MAX: none.
size_t headline_rank(const struct headline *headlines, size_t count, const struct column *column);
