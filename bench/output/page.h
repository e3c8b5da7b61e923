#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "bench/experiment/result.h"

// All sections of the text report for some alternatives, as one table, so that the columns of all
// of them are aligned.  Within a section the numbers are grouped by what they are about.  Members
// of a family (requests by outcome, ...) that are 0 in all replications share one line, so that no
// number is left out and none is in the way.

enum page_layout {
    PAGE_ONE,         // one alternative: mean, interval, smallest, largest
    PAGE_PAIR,        // two, and their difference
    PAGE_MANY,        // up to four
    PAGE_DIFFERENCES, // of up to four to the first of all, where there are any
};

struct page_options {
    enum page_layout layout;
    size_t first, width; // alternatives
    bool colour;
};

void page_print(FILE *out, const struct experiment_result *result,
                const struct page_options *options);
