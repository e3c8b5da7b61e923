#pragma once

#include <stddef.h>

#include "bench/experiment/result.h"

// The numbers of some alternatives side by side: one row for each column that any of them has.

enum { LINEUP_MOST = 4 };

struct lineup_row {
    const struct column *column;
    const struct summary *summaries[LINEUP_MOST]; // NULL: this alternative has no such column
    const struct comparison
        *comparisons[LINEUP_MOST]; // with the first alternative of all; NULL: none
    char subject[160];             // section_subject() of the column
};

struct lineup {
    const struct alternative_result *alternatives;
    size_t width; // how many alternatives, at most LINEUP_MOST
    struct lineup_row *rows;
    size_t count;
};

// `width` alternatives from number `first` on; lineup_free() releases the rows.
struct lineup lineup_create(const struct experiment_result *result, size_t first, size_t width);
void lineup_free(struct lineup *lineup);
