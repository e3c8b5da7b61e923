// What the alternatives change: for each headline number a panel, in it for each alternative the
// difference to the control with its interval (a forest plot), and the zone as a band.

#include <math.h>
#include <string.h>

#include "bench/output/figures.h"
#include "bench/output/section.h"
#include "bench/output/shown.h"
#include "bench/output/wording.h"

enum { MOST_PANELS = 4, MOST_ROWS = 24, TICS = 4 };

// The groups that have something to show, as columns of the control; of too many the first ones and
// the last, which is the cost when nobody has asked for others.
static size_t find_panels(const struct shown *shown, size_t panels[MOST_PANELS])
{
    size_t count = 0;
    for (size_t i = 0; i < shown->count; i++) {
        size_t column = shown->items[i]->control_column;
        if (!shown_opens_group(shown, i) || shown_is_same(shown, column)) continue;
        if (count == MOST_PANELS) count--;
        panels[count++] = column;
    }
    return count;
}

bool figure_differences_wanted(const struct figure *figure)
{
    size_t panels[MOST_PANELS];
    struct shown shown = shown_list(figure->result);
    bool wanted = find_panels(&shown, panels) > 0;
    shown_free(&shown);
    return wanted;
}

// Alternatives but the control have a row each, from the top; MOST_ROWS: no more room.
static size_t row_of(const struct shown *shown, size_t alternative)
{
    size_t row = alternative - (alternative > shown->result->control);
    return row < MOST_ROWS ? row : MOST_ROWS;
}

static size_t row_count(const struct shown *shown)
{
    size_t others = shown->result->alternative_count - 1;
    return others < MOST_ROWS ? others : MOST_ROWS;
}

struct range {
    double low, high;
};

static void include(struct range *range, double value)
{
    if (!isfinite(value)) return;
    range->low = fmin(range->low, value);
    range->high = fmax(range->high, value);
}

// panel,row,verdict,difference,low,high
static void write_row(const struct figure *figure, size_t panel, size_t row,
                      const struct comparison *c, double scale)
{
    double mean = c->difference.mean * scale;
    const double numbers[] = {mean, isfinite(c->low) ? c->low * scale : mean,
                              isfinite(c->high) ? c->high * scale : mean};
    fprintf(figure->data, "%zu,%zu,%d", panel, row, (int)c->verdict);
    for (size_t i = 0; i < 3; i++) {
        fputc(',', figure->data);
        plot_number(figure->data, numbers[i]);
    }
    fputc('\n', figure->data);
}

static struct range write_panel(const struct figure *figure, const struct shown *shown,
                                size_t panel, size_t column)
{
    struct range range = {0, 0};
    for (size_t i = 0; i < shown->count; i++) {
        const struct comparison *c = shown->items[i];
        size_t row = row_of(shown, c->alternative);
        if (c->control_column != column || row == MOST_ROWS) continue;
        double scale = section_scale(shown_column(shown, c)->metric);
        write_row(figure, panel, row, c, scale);
        include(&range, c->difference.mean * scale);
        include(&range, c->low * scale);
        include(&range, c->high * scale);
        include(&range, c->zone * scale);
        include(&range, -c->zone * scale);
    }
    double width = range.high > range.low ? range.high - range.low : 1;
    return (struct range){range.low - 0.08 * width, range.high + 0.08 * width};
}

// 1, 2 or 5 times a power of ten, for a few tics on the axis.
static double tic_step(const struct range *range)
{
    double raw = (range->high - range->low) / TICS, power = pow(10, floor(log10(raw)));
    double digit = raw / power;
    return power * (digit <= 1.4 ? 1 : digit <= 3 ? 2 : digit <= 7 ? 5 : 10);
}

static void put_axis(FILE *out, const struct range *range)
{
    fputs("set xrange [", out);
    plot_number(out, range->low);
    fputs(":", out);
    plot_number(out, range->high);
    fputs("]\nset xtics ", out);
    plot_number(out, tic_step(range));
    fputs("\n", out);
}

static void put_band(FILE *out, double zone)
{
    fputs("unset object\n", out);
    if (!(zone > 0)) return;
    fputs("set object 1 rectangle from first ", out);
    plot_number(out, -zone);
    fputs(", graph 0 to first ", out);
    plot_number(out, zone);
    fputs(", graph 1 behind fillcolor rgb '#E3EEF6' fillstyle solid 1.0 noborder\n", out);
}

static const struct {
    enum comparison_verdict verdict;
    const char *colour;
} looks[] = {
    {COMPARISON_BETTER, "#009E73"},    {COMPARISON_WORSE, "#D55E00"},
    {COMPARISON_EQUAL, "#0072B2"},     {COMPARISON_SAME, "#0072B2"},
    {COMPARISON_UNDECIDED, "#8A8A8A"}, {COMPARISON_LOWER, "#A64D82"},
    {COMPARISON_HIGHER, "#A64D82"},
};
enum { LOOKS = sizeof looks / sizeof *looks };

static void plot_panel(const struct figure *figure, const struct shown *shown, size_t panel,
                       size_t column)
{
    FILE *out = figure->script;
    char title[WORDING];
    struct range range = write_panel(figure, shown, panel, column);
    const struct comparison *first = shown->items[0];
    for (size_t i = 0; i < shown->count; i++)
        if (shown->items[i]->control_column == column) first = shown->items[i];
    const struct column *about = shown_column(shown, first);
    put_axis(out, &range);
    put_band(out, first->zone * section_scale(about->metric));
    fputs("set label 3 ", out);
    plot_quote(out, wording_title(shown->result, about, title));
    fputs(" at graph 0, graph 1 offset 0,0.8 left font ',11' textcolor rgb '#333333'\nplot ", out);
    for (size_t i = 0; i < LOOKS; i++)
        fprintf(out,
                "%sdata using ($1==%zu&&$3==%d?$4:NaN):2:5:6 with xerrorbars pointtype 7 pointsize "
                "1.1 linewidth 2 linecolor rgb '%s' notitle",
                i ? ", \\\n    " : "", panel, (int)looks[i].verdict, looks[i].colour);
    fputs("\n", out);
}

static void put_names(FILE *out, const struct shown *shown)
{
    bool first = true;
    fputs("set ytics scale 0 (", out);
    for (size_t a = 0; a < shown->result->alternative_count; a++) {
        if (a == shown->result->control || row_of(shown, a) == MOST_ROWS) continue;
        if (!first) fputs(", ", out);
        plot_tic(out, shown_name(shown, a), (double)row_of(shown, a));
        first = false;
    }
    fprintf(out, ")\nset yrange [%zu.6:-0.6]\n", row_count(shown) - 1);
}

void figure_differences_draw(const struct figure *figure)
{
    FILE *out = figure->script;
    size_t panels[MOST_PANELS];
    char title[PLOT_TEXT];
    struct shown shown = shown_list(figure->result);
    size_t count = find_panels(&shown, panels);
    snprintf(title, sizeof title, "What changes, compared with %s",
             shown_name(&shown, figure->result->control));
    figure_frame(figure, title,
                 "differences with simultaneous 95 % intervals: green better, orange worse, blue "
                 "equal (band: zone), grey cannot tell");
    fputs("unset grid\nset offsets 0, 0, 0, 0\nset grid xtics linecolor rgb '#E6E6E6' linetype 1\n"
          "set tmargin at screen 0.78\nset xtics font ',10'\n"
          "set arrow 1 from first 0, graph 0 to first 0, graph 1 nohead back linewidth 1.2 "
          "linecolor rgb '#555555'\nset multiplot\n",
          out);
    put_names(out, &shown);
    fputs("panel,row,verdict,difference,low,high\n", figure->data);
    for (size_t p = 0; p < count; p++) {
        figure_panel(figure, p, count);
        plot_panel(figure, &shown, p, panels[p]);
        fputs("unset label 1\nunset label 2\nset ytics scale 0 ('' 0)\n", out);
    }
    fputs("unset multiplot\n", out);
    shown_free(&shown);
}
