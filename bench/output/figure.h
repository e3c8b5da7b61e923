#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/result.h"
#include "bench/output/plot.h"

// What all pictures share: how they look, and the axis of time with its marks.  figures.h says
// which pictures there are.

struct figure { // what a picture is about
    const struct experiment_result *result;
    const struct alternative_result *alternative; // NULL: all of them
    const char *app;                              // NULL: not about one
    const struct warm_up_series *warm_up;         // NULL: not about one
    sim_time from, until;                         // what of the run is shown; both 0: all of it
    FILE *script, *data;
};

// The colours of Okabe and Ito and shades of them, which the colour-blind can tell apart.
enum figure_shade { SHADE_DARK, SHADE_MIDDLE, SHADE_LIGHT, SHADE_GREY, FIGURE_SHADES };
enum { FIGURE_HUES = 4 };
const char *figure_colour(size_t hue, enum figure_shade shade); // "#rrggbb"; hues repeat

// Title (a finding or a question) and what it is about, top left; axes left and below; the legend
// right.
void figure_frame(const struct figure *figure, const char *title, const char *subtitle);

// `set lmargin` and `set rmargin` of panel `panel` of `count` side by side, with the names of the
// alternatives left of the first.
void figure_panel(const struct figure *figure, size_t panel, size_t count);

// The axis of time, of what is shown, in the unit that suits it, with its label or without one.
// Returns how many seconds the unit has: data are in seconds.
double figure_time_axis(const struct figure *figure, bool label);

// A line at each mark of the app (deploys, switches, ...) and what it was, above the picture; and
// one where the warm-up ends.
void figure_marks(const struct figure *figure, bool label);

// A column of the series with this metric whose labels include these; `from` is where the search
// goes on. SIZE_MAX: no more.
size_t figure_series(const struct series *series, const struct column *wanted, size_t from);
bool figure_is_zero(const struct series *series, size_t column); // or undefined throughout

// Writes one CSV line of series values for each bin, from its beginning, and the last again at the
// horizon, so that steps reach it.
void figure_series_rows(const struct figure *figure, const size_t *columns, size_t count);
