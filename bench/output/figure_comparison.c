// Downtime and cost of the alternatives: a dot for the estimate, whiskers for its interval.  When
// nobody was ever down, the first number that the scenario expects something of takes downtime's
// place.

#include <math.h>
#include <string.h>

#include "bench/output/estimate.h"
#include "bench/output/figures.h"
#include "bench/output/section.h"
#include "bench/output/text.h"
#include "models/metrics.h"

enum { MOST_ROWS = 24, MOST_DOTS = 4, TITLE_FITS = 88 };

struct panel {                  // one of the two halves
    const char *metric, *label; // of the axis
    enum label by;              // a dot for each of these
    bool whole_scenario;        // no app
};
static const struct panel panels[] = {
    {"unserved_time_s", "unserved time, s", LABEL_APP, false},
    {"cost_usd", "cost, USD", LABEL_PAYER, true},
};
enum { PANELS = sizeof panels / sizeof *panels };

static bool belongs(const struct panel *panel, const struct column *column)
{
    return column->metric == metric_find(panel->metric) && column->labels[panel->by] &&
           !(panel->whole_scenario && column->labels[LABEL_APP]);
}

static bool is_always_0(const struct experiment_result *result, const struct column *column)
{
    for (size_t i = 0; i < result->alternative_count; i++) {
        const struct alternative_result *a = &result->alternatives[i];
        size_t c = column_find(a->columns, a->column_count, column);
        if (c != SIZE_MAX && a->summaries[c].n > 0 &&
            (a->summaries[c].min != 0 || a->summaries[c].max != 0))
            return false;
    }
    return true;
}

// The columns of a panel, as the first alternative has them; those that are 0 everywhere only when
// all are.
static size_t find_dots(const struct experiment_result *result, const struct panel *panel,
                        const struct column *dots[MOST_DOTS])
{
    const struct alternative_result *a = &result->alternatives[0];
    size_t count = 0;
    for (int zeros = 0; zeros < 2 && count == 0; zeros++)
        for (size_t c = 0; c < a->column_count && count < MOST_DOTS; c++)
            if (belongs(panel, &a->columns[c]) && (zeros || !is_always_0(result, &a->columns[c])))
                dots[count++] = &a->columns[c];
    return count;
}

// What the left half shows instead of downtime that is 0 everywhere; NULL: downtime it is.
static const struct column *asked(const struct experiment_result *result)
{
    const struct column *dots[MOST_DOTS];
    if (find_dots(result, &panels[0], dots) == 0 || !is_always_0(result, dots[0])) return NULL;
    for (size_t i = 0; i < result->expectation_count; i++) {
        const struct column *column = result->expectations[i].column;
        bool words = !column || column->metric == metric_find("rollout_outcome");
        if (words || belongs(&panels[1], column) || is_always_0(result, column)) continue;
        return column;
    }
    return NULL;
}

static size_t dots_of(const struct experiment_result *result, size_t panel,
                      const struct column *dots[MOST_DOTS])
{
    const struct column *instead = panel == 0 ? asked(result) : NULL;
    if (!instead) return find_dots(result, &panels[panel], dots);
    dots[0] = instead;
    return 1;
}

static size_t rows_of(const struct figure *figure)
{
    size_t count = figure->result->alternative_count;
    return count < MOST_ROWS ? count : MOST_ROWS;
}

bool figure_comparison_wanted(const struct figure *figure)
{
    const struct column *dots[MOST_DOTS];
    return figure->result->alternative_count > 1 &&
           find_dots(figure->result, &panels[0], dots) > 0 &&
           find_dots(figure->result, &panels[1], dots) > 0;
}

// row,panel,dot,mean,low,high
static void write_rows(const struct figure *figure, size_t panel, size_t dot,
                       const struct column *column)
{
    for (size_t row = 0; row < rows_of(figure); row++) {
        const struct alternative_result *a = &figure->result->alternatives[row];
        size_t c = column_find(a->columns, a->column_count, column);
        const struct summary *s = c == SIZE_MAX ? NULL : &a->summaries[c];
        double mean = s && s->n > 0 ? summary_estimate(s) : NAN, low = s ? s->low : NAN,
               high = s ? s->high : NAN;
        const double numbers[] = {mean, isfinite(low) ? low : mean, isfinite(high) ? high : mean};
        fprintf(figure->data, "%zu,%zu,%zu", row, panel, dot);
        for (size_t i = 0; i < 3; i++) {
            fputc(',', figure->data);
            plot_number(figure->data, numbers[i] * section_scale(column->metric));
        }
        fputc('\n', figure->data);
    }
}

// The highest end of a whisker; 1 when all are 0.
static double largest(const struct figure *figure, const struct column *const dots[], size_t count)
{
    double most = 0;
    for (size_t row = 0; row < rows_of(figure); row++) {
        const struct alternative_result *a = &figure->result->alternatives[row];
        for (size_t d = 0; d < count; d++) {
            size_t c = column_find(a->columns, a->column_count, dots[d]);
            if (c == SIZE_MAX) continue;
            const struct summary *s = &a->summaries[c];
            most = fmax(most, section_scale(dots[d]->metric) * fmax(summary_estimate(s), s->high));
        }
    }
    return most > 0 ? most : 1;
}

// The number itself, above its dot.
static void write_values(FILE *out, size_t panel, size_t dot, double offset)
{
    fprintf(out, ", \\\n    data using ($2==%zu&&$3==%zu?$4:NaN):($1+", panel, dot);
    plot_number(out, offset);
    fputs("):(sprintf('%.3g',$4)) with labels offset 0,0.9 font ',10' textcolor rgb '#333333' "
          "notitle",
          out);
}

static void plot_panel(const struct figure *figure, size_t panel)
{
    FILE *out = figure->script;
    const struct column *dots[MOST_DOTS];
    size_t count = dots_of(figure->result, panel, dots);
    double most = largest(figure, dots, count);
    char label[160];
    bool instead = panel == 0 && asked(figure->result);
    fputs("set xlabel ", out);
    plot_quote(out, instead ? section_label(dots[0], label, sizeof label) : panels[panel].label);
    fputs(" textcolor rgb '#333333'\nset xrange [", out);
    plot_number(out, -0.03 * most); // a dot at 0 stands clear of the axis
    fputs(":", out);
    plot_number(out, 1.08 * most);
    fputs("]\nplot ", out);
    for (size_t d = 0; d < count; d++) {
        write_rows(figure, panel, d, dots[d]);
        double offset = 0.16 * ((double)d - (double)(count - 1) / 2);
        fprintf(out, "data using ($2==%zu&&$3==%zu?$4:NaN):($1+", panel, d);
        plot_number(out, offset);
        fprintf(out,
                "):5:6 with xerrorbars pointtype 7 pointsize 1.1 linewidth 2 linecolor rgb '%s' ",
                figure_colour(d, SHADE_DARK));
        fputs(count > 1 ? "title " : "notitle", out);
        if (count > 1) plot_quote(out, dots[d]->labels[panels[panel].by]);
        write_values(out, panel, d, offset);
        fputs(d + 1 < count ? ", \\\n    " : "\n", out);
    }
}

static const char *title_of(const struct scenario *scenario)
{
    const char *question = scenario->question;
    if (question && *question && text_width(question) <= TITLE_FITS) return question;
    return scenario->title ? scenario->title : "Downtime and cost";
}

void figure_comparison_draw(const struct figure *figure)
{
    FILE *out = figure->script;
    const struct column *instead = asked(figure->result);
    bool lower = !instead || instead->metric->better == BETTER_LOWER;
    char subtitle[96];
    snprintf(subtitle, sizeof subtitle, "estimate and %s interval%s",
             estimate_level(figure->result).text, lower ? "; further left is better" : "");
    size_t rows = rows_of(figure);
    figure_frame(figure, title_of(figure->result->scenario), subtitle);
    fputs("unset grid\nset offsets 0, graph 0.06, 0, 0\nset grid xtics linecolor rgb '#E6E6E6' "
          "linetype 1\n"
          "set multiplot\nset ytics scale 0 (",
          out);
    for (size_t row = 0; row < rows; row++) {
        fputs(row ? ", " : "", out);
        plot_tic(out, figure->result->alternatives[row].alternative->name, (double)row);
    }
    fprintf(out, ")\nset yrange [%zu.5:-0.5]\n", rows - 1);
    fputs("set key at graph 1, graph 1.01 right bottom horizontal maxrows 1\n", out);
    figure_panel(figure, 0, 2);
    fputs("row,panel,dot,mean,low,high\n", figure->data);
    plot_panel(figure, 0);
    fputs("unset label\nset ytics scale 0 ('' 0)\n", out);
    figure_panel(figure, 1, 2);
    plot_panel(figure, 1);
    fputs("unset multiplot\n", out);
}
