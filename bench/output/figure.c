#include "bench/output/figure.h"

#include <math.h>
#include <string.h>

#include "bench/output/text.h"

enum { MOST_MARKS = 12 };

const char *figure_colour(size_t hue, enum figure_shade shade)
{
    static const char *const colours[FIGURE_HUES][FIGURE_SHADES] = {
        {"#0072B2", "#6BB3DD", "#CBE4F3", "#8FA3B0"}, // blue
        {"#D55E00", "#F0A15E", "#FADFC8", "#B39B8C"}, // vermilion
        {"#009E73", "#6CC9AE", "#CBEBE1", "#8FAFA5"}, // green
        {"#A64D82", "#D79DBF", "#F1DDE8", "#AC9AA4"}, // purple
    };
    return colours[hue % FIGURE_HUES][shade];
}

void figure_frame(const struct figure *figure, const char *title, const char *subtitle)
{
    FILE *out = figure->script;
    fputs("set border 3 linecolor rgb '#666666'\n"
          "set tics nomirror out scale 0.6 textcolor rgb '#333333'\n"
          "set grid ytics linecolor rgb '#E6E6E6' linetype 1 linewidth 0.8\n"
          "set style fill solid 1.0 noborder\n"
          "set key at screen 0.815, 0.80 left top vertical Left reverse samplen 1.2 spacing 1.2 "
          "textcolor rgb '#333333'\n"
          "set format '%g'\n"
          "set offsets 0, 0, graph 0.04, 0\n"
          "set lmargin at screen 0.085\n"
          "set rmargin at screen 0.80\n"
          "set tmargin at screen 0.80\n"
          "set bmargin at screen 0.115\n"
          "set label 1 ",
          out);
    plot_quote(out, title);
    fputs(" at screen 0.02, screen 0.945 left font 'DejaVu Sans:Bold,15' textcolor rgb '#111111'\n"
          "set label 2 ",
          out);
    plot_quote(out, subtitle);
    fputs(" at screen 0.02, screen 0.895 left font ',11' textcolor rgb '#666666'\n", out);
}

// Room for the longest name, within bounds; shares of the width.
static double left_of(const struct figure *figure)
{
    size_t most = 0;
    for (size_t i = 0; i < figure->result->alternative_count; i++) {
        size_t width = text_width(figure->result->alternatives[i].alternative->name);
        if (width > most) most = width;
    }
    return fmin(fmax(0.03 + 0.009 * (double)most, 0.16), 0.42);
}

void figure_panel(const struct figure *figure, size_t panel, size_t count)
{
    static const double right = 0.975, gap = 0.03;
    double first = left_of(figure);
    double width = (right - first - gap * (double)(count - 1)) / (double)count;
    double left = first + (double)panel * (width + gap);
    fputs("set lmargin at screen ", figure->script);
    plot_number(figure->script, left);
    fputs("\nset rmargin at screen ", figure->script);
    plot_number(figure->script, left + width);
    fputs("\n", figure->script);
}

static double horizon_s(const struct figure *figure)
{
    if (figure->warm_up) {
        const struct warm_up *w = &figure->result->warm_up;
        return sim_seconds((sim_time)w->bins * w->step);
    }
    return sim_seconds(figure->alternative->alternative->config.horizon);
}

static double from_s(const struct figure *figure)
{
    return sim_seconds(figure->from);
}

static double until_s(const struct figure *figure)
{
    return figure->until > 0 ? sim_seconds(figure->until) : horizon_s(figure);
}

double figure_time_axis(const struct figure *figure, bool label)
{
    static const struct {
        double from_s, unit_s;
        const char *label;
    } units[] = {{0, 1, "time, s"},
                 {300, 60, "time, min"},
                 {4 * 3600, 3600, "time, h"},
                 {4 * 86400, 86400, "time, d"}};
    double until = until_s(figure);
    size_t u = sizeof units / sizeof *units - 1;
    while (u > 0 && until < units[u].from_s)
        u--;
    fputs("set xrange [", figure->script);
    plot_number(figure->script, from_s(figure) / units[u].unit_s);
    fputs(":", figure->script);
    plot_number(figure->script, until / units[u].unit_s);
    fputs("]\n", figure->script);
    if (label) fprintf(figure->script, "set xlabel '%s' textcolor rgb '#333333'\n", units[u].label);
    fputs("unit = 1.0 * ", figure->script); // whole numbers divide to whole numbers in gnuplot
    plot_number(figure->script, units[u].unit_s);
    fputs("\n", figure->script);
    return units[u].unit_s;
}

// Is it in the part of the run that the picture shows?
static bool is_shown(const struct figure *figure, sim_time at)
{
    return at >= figure->from && (figure->until == 0 || at <= figure->until);
}

// What comes before is not counted.
static void mark_warm_up(const struct figure *figure, bool label)
{
    sim_time warm_up = figure->alternative->alternative->config.warm_up;
    if (warm_up <= 0 || !is_shown(figure, warm_up)) return;
    fputs("set arrow from first ", figure->script);
    plot_number(figure->script, sim_seconds(warm_up));
    fputs("/unit, graph 0 to first ", figure->script);
    plot_number(figure->script, sim_seconds(warm_up));
    fputs("/unit, graph 1 nohead front linewidth 0.8 linecolor rgb '#999999'\n", figure->script);
    if (!label) return;
    fputs("set label 'warm-up' at first ", figure->script);
    plot_number(figure->script, sim_seconds(warm_up));
    fputs("/unit, graph 1 offset -0.4,0.5 right font ',10' textcolor rgb '#999999'\n",
          figure->script);
}

static bool is_about(const struct figure *figure, const struct series_mark *mark)
{
    if (!is_shown(figure, mark->at)) return false;
    return !mark->app || !figure->app || strcmp(mark->app, figure->app) == 0;
}

static void write_mark(char *text, size_t size, const struct series_mark *mark)
{
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s%s%s", used ? ", " : "", mark->what,
             mark->detail && *mark->detail ? " " : "", mark->detail ? mark->detail : "");
}

// Where the labels of each row end, as a share of the axis; -1: the row is empty.
enum { LABEL_ROWS = 3 };
struct label_rows {
    double ends[LABEL_ROWS];
};

// Marks that are close share a label; labels that would overlap stand in different rows.  One that
// finds no room is left out: its line is there.
static void label_mark(const struct figure *figure, const char *text, sim_time at,
                       struct label_rows *rows)
{
    double place = (sim_seconds(at) - from_s(figure)) / (until_s(figure) - from_s(figure));
    double width = 0.0095 * (double)text_width(text); // of the font, on the axis
    bool left = place > 0.7;                          // would reach into the legend
    double begin = left ? place - width : place, end = begin + width;
    int row = 0;
    while (row < LABEL_ROWS && begin < rows->ends[row])
        row++;
    if (row == LABEL_ROWS) return;
    rows->ends[row] = end + 0.01;
    fputs("set label ", figure->script);
    plot_quote(figure->script, text);
    fputs(" at first ", figure->script);
    plot_number(figure->script, sim_seconds(at));
    fprintf(figure->script, "/unit, graph 1 offset %s,%.1f %s font ',10' textcolor rgb '#555555'\n",
            left ? "0.3" : "-0.3", 0.5 + 0.9 * row, left ? "right" : "left");
}

void figure_marks(const struct figure *figure, bool label)
{
    const struct series *s = &figure->alternative->series;
    char text[PLOT_TEXT] = "";
    sim_time group = 0, together = sim_from_seconds((until_s(figure) - from_s(figure)) / 50);
    struct label_rows rows = {{-1, -1, -1}};
    size_t count = 0;
    mark_warm_up(figure, label);
    for (size_t m = 0; m < s->mark_count && count < MOST_MARKS; m++) {
        const struct series_mark *mark = &s->marks[m];
        if (!is_about(figure, mark)) continue;
        if (*text && mark->at - group > together) {
            if (label) label_mark(figure, text, group, &rows);
            *text = '\0';
        }
        if (!*text) group = mark->at;
        write_mark(text, sizeof text, mark);
        fputs("set arrow from first ", figure->script);
        plot_number(figure->script, sim_seconds(mark->at));
        fputs("/unit, graph 0 to first ", figure->script);
        plot_number(figure->script, sim_seconds(mark->at));
        fputs("/unit, graph 1 nohead front dashtype 3 linewidth 1.2 linecolor rgb '#555555'\n",
              figure->script);
        count++;
    }
    if (*text && label) label_mark(figure, text, group, &rows);
}

static bool includes(const struct column *column, const struct column *wanted)
{
    if (column->metric != wanted->metric) return false;
    for (size_t i = 0; i < LABELS; i++) {
        if (!wanted->labels[i]) continue;
        if (!column->labels[i] || strcmp(column->labels[i], wanted->labels[i]) != 0) return false;
    }
    return true;
}

size_t figure_series(const struct series *series, const struct column *wanted, size_t from)
{
    for (size_t c = from; c < series->column_count; c++)
        if (includes(&series->columns[c].column, wanted)) return c;
    return SIZE_MAX;
}

bool figure_is_zero(const struct series *series, size_t column)
{
    for (size_t bin = 0; bin < series->bins; bin++) {
        double value = series->columns[column].values[bin];
        if (isfinite(value) && value != 0) return false;
    }
    return true;
}

static void write_row(const struct figure *figure, double time_s, size_t bin, const size_t *columns,
                      size_t count)
{
    plot_number(figure->data, time_s);
    for (size_t i = 0; i < count; i++) {
        fputc(',', figure->data);
        plot_number(figure->data, figure->alternative->series.columns[columns[i]].values[bin]);
    }
    fputc('\n', figure->data);
}

void figure_series_rows(const struct figure *figure, const size_t *columns, size_t count)
{
    const struct series *s = &figure->alternative->series;
    for (size_t bin = 0; bin < s->bins; bin++)
        write_row(figure, sim_seconds((sim_time)bin * s->step), bin, columns, count);
    if (s->bins > 0) write_row(figure, horizon_s(figure), s->bins - 1, columns, count);
}
