#pragma once

#include "bench/experiment/search.h"

// All levels of one knob, with the others fixed, when the knob has a trend: bisection.  Places on a
// line count in the direction in which things get safer and dearer.

enum { SEARCH_TRIED_LEVELS = 9 }; // of a knob, to see whether it has a trend

struct search_line {
    struct search_result *result;
    const struct search_problem *problem;
    size_t knob;
    enum knob_trend trend;
    uint32_t levels[SEARCH_KNOBS_MAX]; // of the other knobs
};

// Finds the lowest feasible place, looks at its neighbours, and checks the trend on every point of
// the line that was looked at: none surely worse, none surely cheaper than one below it.  Where it
// does not hold all of the line is looked at.  False: stopped, or over the budget.
bool search_line_find(struct search_line *line);

// Looks at a few levels of the first knob, the only one, and says which trend they speak for, if
// any.  False: stopped, or over the budget.
bool search_line_trend(struct search_result *result, const struct search_problem *problem,
                       enum knob_trend *trend);
