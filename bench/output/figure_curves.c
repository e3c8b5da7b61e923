#include "bench/output/figure_curves.h"

#include <math.h>
#include <stdlib.h>

#include "bench/experiment/memory.h"

bool figure_curves_wanted(const struct sweep_figure *f)
{
    const struct design *design = f->result->design;
    size_t x = sweep_figure_axis(design->plan, 0);
    if (design->plan->design != DESIGN_GRID || x == SIZE_MAX) return false;
    size_t *lines = memory_new(sizeof *lines, design->count);
    size_t count = sweep_figure_lines(design, x, SIZE_MAX, lines);
    free(lines);
    return count <= SWEEP_LINES_MAX;
}

struct row {
    double x;
    struct sweep_dot dot;
};

static int by_x(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    return (a->x > b->x) - (a->x < b->x);
}

// line,x,mean,low,high
static void write_line(const struct sweep_figure *f, size_t axis, const size_t *lines, size_t line)
{
    const struct design *design = f->result->design;
    double unit = sweep_figure_scale(&design->plan->axes[axis]).unit;
    struct row *rows = memory_new(sizeof *rows, design->count);
    size_t count = 0;
    for (size_t p = 0; p < design->count; p++) {
        double x = design->points[p].values[axis]->number;
        if (lines[p] != line || !isfinite(x)) continue;
        const struct summary *s = sweep_summary(&f->result->points[p], &f->columns[f->column]);
        rows[count++] = (struct row){x / unit, sweep_figure_dot(f, s)};
    }
    if (count) qsort(rows, count, sizeof *rows, by_x);
    for (size_t i = 0; i < count; i++) {
        const double numbers[] = {rows[i].x, rows[i].dot.mean, rows[i].dot.low, rows[i].dot.high};
        fprintf(f->figure.data, "%zu", line);
        sweep_figure_numbers(f->figure.data, numbers, 4);
        fputc('\n', f->figure.data);
    }
    free(rows);
}

// Eight lines that can be told apart: four hues, then their lighter shades with other points.
static void plot_line(FILE *out, size_t line, const char *title)
{
    const char *colour = figure_colour(line, line < FIGURE_HUES ? SHADE_DARK : SHADE_MIDDLE);
    fprintf(out,
            "    data using ($1==%zu?$2:NaN):4:5 with filledcurves fillstyle transparent solid "
            "0.18 noborder linecolor rgb '%s' notitle, \\\n"
            "    data using ($1==%zu?$2:NaN):3 with linespoints pointtype %d pointsize 0.9 "
            "linewidth 2 linecolor rgb '%s' ",
            line, colour, line, line < FIGURE_HUES ? 7 : 5, colour);
    fputs(*title ? "title " : "notitle", out);
    if (*title) plot_quote(out, title);
}

void figure_curves_draw(const struct sweep_figure *f)
{
    const struct design *design = f->result->design;
    size_t x = sweep_figure_axis(design->plan, 0);
    size_t *lines = memory_new(sizeof *lines, design->count);
    size_t count = sweep_figure_lines(design, x, SIZE_MAX, lines);
    char text[SWEEP_FIGURE_TEXT];
    FILE *out = f->figure.script;
    figure_frame(&f->figure, sweep_figure_label(f, text, sizeof text),
                 "mean over replications, with its 95 % interval; all points on the same random "
                 "numbers");
    sweep_figure_x(out, &design->plan->axes[x]);
    fputs("set yrange [0<*:]\nplot \\\n", out);
    fputs("line,x,mean,low,high\n", f->figure.data);
    for (size_t line = 0; line < count; line++) {
        write_line(f, x, lines, line);
        sweep_figure_line(design, x, SIZE_MAX, lines, line, text, sizeof text);
        plot_line(out, line, text);
        fputs(line + 1 < count ? ", \\\n" : "\n", out);
    }
    free(lines);
}
