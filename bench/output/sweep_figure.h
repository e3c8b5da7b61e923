#pragma once

#include "bench/experiment/sweep.h"
#include "bench/output/figure.h"

// What the pictures of a sweep share; sweep_figures.h says which there are.

struct sweep_figure {
    const struct sweep_result *result;
    const struct column *columns; // all that are reported
    size_t count, column;         // the one that the picture is about
    struct figure figure;         // script and data only
};

enum { SWEEP_LINES_MAX = 8, SWEEP_FIGURE_TEXT = 200 };

// The axis's groups that are in a picture; SIZE_MAX: there is none.  Axes are named by their index.
// First the axis of numbers with the most values, then the next; of zipped ones the first.
size_t sweep_figure_axis(const struct sweep_plan *plan, size_t rank);

// Points that agree in all axes but those of the groups of `x` and `y` (SIZE_MAX: none) are a line.
// Writes by point the number of its line, in order of appearance; returns how many there are.
size_t sweep_figure_lines(const struct design *design, size_t x, size_t y, size_t *lines);
// "strategy rolling, buffer 2": what the points of a line have in common, and the others have not.
const char *sweep_figure_line(const struct design *design, size_t x, size_t y, const size_t *lines,
                              size_t line, char *buffer, size_t size);

// How an axis of numbers is drawn: in minutes or hours where durations are long, with powers where
// the values span them.
struct sweep_scale {
    double unit;
    const char *suffix; // ", min"; empty
    bool log;
};
struct sweep_scale sweep_figure_scale(const struct axis *axis);
void sweep_figure_x(FILE *script, const struct axis *axis); // label, scale, range

// "wait, p99, s"; the mean and the ends of the interval in the units of that label, the ends at the
// mean where there is no interval, NaN without a mean.
const char *sweep_figure_label(const struct sweep_figure *f, char *buffer, size_t size);
struct sweep_dot {
    double mean, low, high;
};
struct sweep_dot sweep_figure_dot(const struct sweep_figure *f, const struct summary *s);
void sweep_figure_numbers(FILE *data, const double *numbers, size_t count); // ",1,2,3"
