#include "bench/output/figure_rows.h"

#include <math.h>
#include <stdlib.h>

#include "bench/experiment/memory.h"
#include "bench/output/number.h"
#include "bench/output/report_sweep.h"
#include "bench/output/text.h"

enum { MOST_ROWS = 24, NAME_TEXT = 48 };

static const char grey[] = "#B5B5B5";

struct row {
    char name[NAME_TEXT];
    struct sweep_dot dot;
    bool clear; // the interval does not cover 0
};

static bool is_clear(const struct sweep_dot *dot)
{
    return dot->low > 0 || dot->high < 0;
}

// The names on the left, from above.
static void name_rows(FILE *out, const struct row *rows, size_t count, size_t step)
{
    fputs("unset grid\nset grid xtics linecolor rgb '#E6E6E6' linetype 1\nset ytics scale 0 (",
          out);
    for (size_t i = 0, place = 0; i < count; i += step, place++) {
        fputs(i ? ", " : "", out);
        plot_tic(out, rows[i].name, (double)place);
    }
    fprintf(out, ")\nset yrange [%zu.5:-0.5]\nset lmargin at screen 0.25\n",
            (count + step - 1) / step - 1);
    fputs("set rmargin at screen 0.95\nset offsets graph 0.05, graph 0.08, 0, 0\nunset key\n", out);
}

static void label_axis(const struct sweep_figure *f, const char *before)
{
    char label[SWEEP_FIGURE_TEXT], text[SWEEP_FIGURE_TEXT + 40];
    snprintf(text, sizeof text, "%s%s", before, sweep_figure_label(f, label, sizeof label));
    fputs("set xlabel ", f->figure.script);
    plot_quote(f->figure.script, text);
    fputs(" textcolor rgb '#333333'\n", f->figure.script);
}

// row,mean,low,high,clear
static void write_rows(const struct sweep_figure *f, const struct row *rows, size_t count)
{
    FILE *data = f->figure.data;
    fputs("row,mean,low,high,clear\n", data);
    for (size_t i = 0; i < count; i++) {
        const double numbers[] = {rows[i].dot.mean, rows[i].dot.low, rows[i].dot.high};
        fprintf(data, "%zu", i);
        sweep_figure_numbers(data, numbers, 3);
        fprintf(data, ",%d\n", rows[i].clear);
    }
}

static void plot_dots(FILE *out)
{
    fprintf(out,
            "plot data using ($5==1?$2:NaN):1:3:4 with xerrorbars pointtype 7 pointsize 1.1 "
            "linewidth 2 linecolor rgb '%s' notitle, \\\n"
            "    data using ($5==0?$2:NaN):1:3:4 with xerrorbars pointtype 7 pointsize 1.1 "
            "linewidth 2 linecolor rgb '%s' notitle, \\\n"
            "    data using 2:1:(sprintf('%%.3g',$2)) with labels offset 0,0.9 font ',10' "
            "textcolor rgb '#333333' notitle\n",
            figure_colour(0, SHADE_DARK), grey);
}

// Points.

bool figure_dots_wanted(const struct sweep_figure *f)
{
    const struct sweep_plan *plan = f->result->design->plan;
    return plan->design == DESIGN_GRID && sweep_figure_axis(plan, 0) == SIZE_MAX;
}

void figure_dots_draw(const struct sweep_figure *f)
{
    struct row rows[MOST_ROWS];
    const struct design *design = f->result->design;
    char text[SWEEP_FIGURE_TEXT];
    size_t count = design->count < MOST_ROWS ? design->count : MOST_ROWS;
    for (size_t i = 0; i < count; i++) {
        report_sweep_setting(design->plan, design->points[i].values, text, sizeof text);
        text_line(rows[i].name, sizeof rows[i].name, text);
        rows[i].dot =
            sweep_figure_dot(f, sweep_summary(&f->result->points[i], &f->columns[f->column]));
        rows[i].clear = true;
    }
    figure_frame(&f->figure, sweep_figure_label(f, text, sizeof text),
                 "mean and 95 % interval over replications; all points on the same random numbers");
    name_rows(f->figure.script, rows, count, 1);
    label_axis(f, "");
    write_rows(f, rows, count);
    plot_dots(f->figure.script);
}

// Effects.

bool figure_effects_wanted(const struct sweep_figure *f)
{
    const struct design *design = f->result->design;
    return design->plan->design == DESIGN_FACTORIAL2 && design->count > 1;
}

static int larger_first(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    double x = isnan(a->dot.mean) ? -1 : fabs(a->dot.mean);
    double y = isnan(b->dot.mean) ? -1 : fabs(b->dot.mean);
    return (x < y) - (x > y);
}

static void draw_zero(FILE *out)
{
    fputs("set arrow from first 0, graph 0 to first 0, graph 1 nohead back linewidth 1 linecolor "
          "rgb '#888888'\n",
          out);
}

void figure_effects_draw(const struct sweep_figure *f)
{
    const struct design *design = f->result->design;
    char text[SWEEP_FIGURE_TEXT];
    struct summary *effects = sweep_effects(f->result, &f->columns[f->column]);
    size_t all = effects ? design->count - 1 : 0;
    struct row *rows = memory_new(sizeof *rows, design->count);
    for (size_t i = 0; i < all; i++) {
        report_sweep_factors(design->plan, i + 1, text, sizeof text);
        text_line(rows[i].name, sizeof rows[i].name, text);
        rows[i].dot = sweep_figure_dot(f, &effects[i + 1]);
        rows[i].clear = is_clear(&rows[i].dot);
    }
    qsort(rows, all, sizeof *rows, larger_first);
    size_t count = all < MOST_ROWS ? all : MOST_ROWS;
    figure_frame(&f->figure, sweep_figure_label(f, text, sizeof text),
                 "effect of going from the low to the high value, with its 95 % interval; grey "
                 "where it covers 0");
    name_rows(f->figure.script, rows, count ? count : 1, 1);
    label_axis(f, "change of ");
    draw_zero(f->figure.script);
    write_rows(f, rows, count);
    plot_dots(f->figure.script);
    free(rows);
    free(effects);
}

// Tornado.

bool figure_tornado_wanted(const struct sweep_figure *f)
{
    return f->result->design->plan->design == DESIGN_TORNADO &&
           sweep_summary(&f->result->points[0], &f->columns[f->column]) != NULL;
}

// Rows in pairs: down and up.
static void make_bars(const struct sweep_figure *f, struct row *rows)
{
    const struct sweep_plan *plan = f->result->design->plan;
    struct tornado_bar *bars = sweep_tornado(f->result, &f->columns[f->column]);
    for (size_t i = 0; i < plan->axis_count; i++)
        for (size_t side = 0; side < 2; side++) {
            struct row *row = &rows[2 * i + side];
            text_line(row->name, sizeof row->name, plan->axes[bars[i].axis].name);
            row->dot = sweep_figure_dot(f, side ? &bars[i].high : &bars[i].low);
            row->clear = is_clear(&row->dot);
        }
    free(bars);
}

// What the axis was set to stands at the bar's end.
static void write_ends(const struct sweep_figure *f)
{
    const struct design *design = f->result->design;
    struct tornado_bar *bars = sweep_tornado(f->result, &f->columns[f->column]);
    FILE *out = f->figure.script;
    for (size_t i = 0; i < design->plan->axis_count && i < MOST_ROWS; i++)
        for (size_t side = 0; side < 2; side++) {
            size_t axis = bars[i].axis;
            struct sweep_dot dot = sweep_figure_dot(f, side ? &bars[i].high : &bars[i].low);
            if (isnan(dot.mean)) continue;
            fputs("set label ", out);
            plot_quote(out, design->points[1 + 2 * axis + side].values[axis]->label);
            fputs(" at first ", out);
            plot_number(out, dot.mean < 0 ? dot.low : dot.high);
            fprintf(out, ", first %zu%s offset %s,0 %s font ',10' textcolor rgb '#555555'\n", i,
                    side ? ".2" : "-0.2", dot.mean < 0 ? "-0.7" : "0.7",
                    dot.mean < 0 ? "right" : "left");
        }
    free(bars);
}

// row,side,mean,low,high,clear,y
static void write_bars(const struct sweep_figure *f, const struct row *rows, size_t count)
{
    FILE *data = f->figure.data;
    fputs("row,side,mean,low,high,clear,y\n", data);
    for (size_t i = 0; i < count; i++) {
        const double numbers[] = {rows[i].dot.mean, rows[i].dot.low, rows[i].dot.high};
        fprintf(data, "%zu,%zu", i / 2, i % 2);
        sweep_figure_numbers(data, numbers, 3);
        fprintf(data, ",%d", rows[i].clear);
        const size_t place = i / 2;
        const double y = (double)place + (i % 2 ? 0.2 : -0.2);
        sweep_figure_numbers(data, &y, 1);
        fputc('\n', data);
    }
}

static void plot_bars(const struct sweep_figure *f)
{
    FILE *out = f->figure.script;
    static const char *const names[] = {"down", "up"};
    fputs("plot ", out);
    for (int side = 0; side < 2; side++)
        for (int clear = 1; clear >= 0; clear--) {
            const char *colour = clear ? figure_colour((size_t)side, SHADE_DARK) : grey;
            fprintf(out,
                    "data using (0):($2==%d&&$6==%d?$7:NaN):($3<0?$3:0):($3<0?0:$3):"
                    "($7-0.19):($7+0.19) with boxxyerror fillstyle solid 0.85 noborder "
                    "linecolor rgb '%s' ",
                    side, clear, colour);
            if (clear)
                fprintf(out, "title '%s %s %%', \\\n    ", names[side],
                        number_short(f->result->design->plan->percent).text);
            else
                fputs("notitle, \\\n    ", out);
        }
    fputs("data using 3:7:4:5 with xerrorbars pointtype -1 linewidth 1.6 linecolor rgb '#222222' "
          "notitle\n",
          out);
}

void figure_tornado_draw(const struct sweep_figure *f)
{
    size_t axes = f->result->design->plan->axis_count;
    struct row *rows = memory_new(sizeof *rows, 2 * axes);
    char text[SWEEP_FIGURE_TEXT], subtitle[SWEEP_FIGURE_TEXT];
    make_bars(f, rows);
    size_t count = axes < MOST_ROWS ? axes : MOST_ROWS;
    const struct summary *base = sweep_summary(&f->result->points[0], &f->columns[f->column]);
    snprintf(subtitle, sizeof subtitle,
             "one key at a time, from %s; whiskers: 95 %% interval; grey where it covers 0",
             number_short(sweep_figure_dot(f, base).mean).text);
    figure_frame(&f->figure, sweep_figure_label(f, text, sizeof text), subtitle);
    name_rows(f->figure.script, rows, 2 * count, 2);
    fputs("set key at graph 1, graph 1.01 right bottom horizontal maxrows 1\n", f->figure.script);
    label_axis(f, "change of ");
    draw_zero(f->figure.script);
    write_ends(f);
    write_bars(f, rows, 2 * count);
    plot_bars(f);
    free(rows);
}
