// User uptime over the worst window of each length, as a curve for each alternative and app: many
// blips and one long outage of the same total differ in it.

#include <math.h>
#include <string.h>

#include "bench/input/duration.h"
#include "bench/output/figures.h"
#include "bench/output/number.h"
#include "models/metrics.h"
#include "sim/check.h"

enum { MOST_CURVES = 8 };

struct curve {
    const struct alternative_result *alternative;
    const char *app;
};

static bool is_point(const struct alternative_result *a, size_t c)
{
    return a->columns[c].metric == metric_find("user_uptime_mcr") &&
           a->columns[c].labels[LABEL_WINDOW] && a->summaries[c].n > 0;
}

static bool is_of(const struct alternative_result *a, size_t c, const char *app)
{
    const char *own = a->columns[c].labels[LABEL_APP];
    return own && strcmp(own, app) == 0;
}

static size_t find_curves(const struct figure *figure, struct curve curves[MOST_CURVES])
{
    size_t count = 0;
    for (size_t i = 0; i < figure->result->alternative_count; i++) {
        const struct alternative_result *a = &figure->result->alternatives[i];
        const char *last = "";
        for (size_t c = 0; c < a->column_count && count < MOST_CURVES; c++) {
            const char *app = a->columns[c].labels[LABEL_APP];
            if (!is_point(a, c) || !app || strcmp(app, last) == 0) continue;
            curves[count++] = (struct curve){a, app};
            last = app;
        }
    }
    return count;
}

bool figure_uptime_wanted(const struct figure *figure)
{
    struct curve curves[MOST_CURVES];
    return find_curves(figure, curves) > 0;
}

static void write_number(FILE *out, double value)
{
    fputc(',', out);
    plot_number(out, value);
}

// curve,window_s,uptime,low,high in percent.  Returns the longest window, s.
static double write_points(const struct figure *figure, const struct curve *curve, size_t number)
{
    const struct alternative_result *a = curve->alternative;
    double longest = 0;
    for (size_t c = 0; c < a->column_count; c++) {
        sim_time window;
        if (!is_point(a, c) || !is_of(a, c, curve->app)) continue;
        if (duration_parse(a->columns[c].labels[LABEL_WINDOW], &window)) continue;
        const struct summary *s = &a->summaries[c];
        fprintf(figure->data, "%zu", number);
        write_number(figure->data, sim_seconds(window));
        write_number(figure->data, 100 * s->mean);
        write_number(figure->data, 100 * (isfinite(s->low) ? fmax(0, s->low) : s->mean));
        write_number(figure->data, 100 * (isfinite(s->high) ? fmin(1, s->high) : s->mean));
        fputc('\n', figure->data);
        longest = fmax(longest, sim_seconds(window));
    }
    return longest;
}

static void write_name(const struct figure *figure, const struct curve *curve, bool several_apps)
{
    char name[PLOT_TEXT];
    bool several = figure->result->alternative_count > 1;
    snprintf(name, sizeof name, "%.20s%s%.20s",
             several ? curve->alternative->alternative->name : "",
             several && several_apps ? ", " : "", several_apps || !several ? curve->app : "");
    plot_quote(figure->script, name);
}

static void write_curve(const struct figure *figure, const struct curve *curve, size_t number,
                        bool several_apps)
{
    FILE *out = figure->script;
    const char *colour = figure_colour(number, number < FIGURE_HUES ? SHADE_DARK : SHADE_MIDDLE);
    fprintf(out,
            "data using ($1==%zu?$2:NaN):3:4:5 with yerrorbars pointtype 7 pointsize 0.9 "
            "linewidth 1.5 linecolor rgb '%s' notitle, \\\n"
            "    data using ($1==%zu?$2:NaN):3 with lines linewidth 2 linecolor rgb '%s' title ",
            number, colour, number, colour);
    write_name(figure, curve, several_apps);
}

// "In the worst minute, users saw MyApp up 83 % of the time with recreate".
static void write_title(const struct figure *figure, const struct curve *curve, char *title,
                        size_t size)
{
    const struct alternative_result *a = curve->alternative;
    snprintf(title, size, "How up was %.60s for its users, at worst?", curve->app);
    for (size_t c = 0; c < a->column_count; c++) {
        if (!is_point(a, c) || !is_of(a, c, curve->app)) continue;
        bool several = figure->result->alternative_count > 1;
        snprintf(title, size, "In the worst minute, users saw %.60s up %s %% of the time%s%.40s",
                 curve->app, number_short(100 * a->summaries[c].mean).text, several ? " with " : "",
                 several ? a->alternative->name : "");
        return;
    }
}

void figure_uptime_draw(const struct figure *figure)
{
    FILE *out = figure->script;
    struct curve curves[MOST_CURVES];
    char title[PLOT_TEXT * 2];
    size_t count = find_curves(figure, curves);
    SIM_CHECK(count > 0);
    bool several_apps = false;
    double longest = 300; // an axis has some length
    for (size_t i = 1; i < count; i++)
        several_apps = several_apps || strcmp(curves[i].app, curves[0].app) != 0;
    write_title(figure, &curves[0], title, sizeof title);
    figure_frame(figure, title,
                 "user uptime over the worst window of each length; mean and 95 % interval");
    fputs("set logscale x\n"
          "set xtics ('1 min' 60, '5 min' 300, '1 h' 3600, '6 h' 21600, '1 d' 86400)\n"
          "set xlabel 'length of the window' textcolor rgb '#333333'\n"
          "set ylabel 'user uptime, %' textcolor rgb '#333333'\n"
          "set yrange [*:100]\nset xrange [50:",
          out);
    fputs("curve,window_s,uptime_percent,low_percent,high_percent\n", figure->data);
    for (size_t i = 0; i < count; i++)
        longest = fmax(longest, write_points(figure, &curves[i], i));
    plot_number(out, 1.2 * longest);
    fputs("]\nplot ", out);
    for (size_t i = 0; i < count; i++) {
        write_curve(figure, &curves[i], i, several_apps);
        fputs(i + 1 < count ? ", \\\n    " : "\n", out);
    }
}
