// Where the warm-up ends: a series averaged over the pilot runs, Welch's moving average of it, and
// the cut of MSER-5 (method A3).  What MSER found can be checked by eye: right of the cut the
// moving average goes up and down about a level.

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/experiment/welch.h"
#include "bench/output/figures.h"
#include "bench/output/number.h"

enum { WINDOWS = 20 }; // the moving average spans a twentieth of the run to each side

bool figure_welch_wanted(const struct figure *figure)
{
    return figure->warm_up && figure->result->warm_up.bins > 0 && !figure->result->warm_up.fault;
}

static double cut_s(const struct figure *figure)
{
    return sim_seconds((sim_time)figure->warm_up->cut * figure->result->warm_up.step);
}

static void write_title(const struct figure *figure, char *title, size_t size)
{
    const struct warm_up_series *s = figure->warm_up;
    if (s->inconclusive)
        snprintf(title, size, "%.60s has not settled: run longer", s->app);
    else if (s->cut > 0)
        snprintf(title, size, "%.60s has settled after %s", s->app,
                 number_duration(cut_s(figure)).text);
    else
        snprintf(title, size, "%.60s is settled from the beginning", s->app);
}

static void mark_cut(const struct figure *figure)
{
    const struct warm_up_series *s = figure->warm_up;
    FILE *out = figure->script;
    if (s->inconclusive || s->cut == 0) return;
    fputs("set arrow from first ", out);
    plot_number(out, cut_s(figure));
    fputs("/unit, graph 0 to first ", out);
    plot_number(out, cut_s(figure));
    fputs("/unit, graph 1 nohead front dashtype 2 linewidth 1.6 linecolor rgb '#D55E00'\n"
          "set label 'cut by MSER' at first ",
          out);
    plot_number(out, cut_s(figure));
    fputs("/unit, graph 1 offset 0.3,0.5 left font ',10' textcolor rgb '#D55E00'\n", out);
}

// A value and its moving average a bin; the last bins have no average.
static void write_rows(const struct figure *figure)
{
    const struct warm_up *w = &figure->result->warm_up;
    double *average = memory_new(sizeof *average, w->bins);
    size_t count = welch_average(figure->warm_up->values, w->bins, w->bins / WINDOWS, average);
    fputs("time_s,mean,moving_average\n", figure->data);
    for (size_t bin = 0; bin < w->bins; bin++) {
        plot_number(figure->data, sim_seconds((sim_time)bin * w->step + w->step / 2));
        fputc(',', figure->data);
        plot_number(figure->data, figure->warm_up->values[bin]);
        fputc(',', figure->data);
        plot_number(figure->data, bin < count ? average[bin] : NAN);
        fputc('\n', figure->data);
    }
    free(average);
}

void figure_welch_draw(const struct figure *figure)
{
    const struct warm_up *w = &figure->result->warm_up;
    char title[PLOT_TEXT + 64], subtitle[PLOT_TEXT * 2];
    write_title(figure, title, sizeof title);
    snprintf(subtitle, sizeof subtitle, "%s, mean of %u pilot runs (%.40s)", figure->warm_up->what,
             w->pilots, figure->warm_up->alternative);
    figure_frame(figure, title, subtitle);
    figure_time_axis(figure, true);
    mark_cut(figure);
    fprintf(figure->script,
            "set ylabel '%s' textcolor rgb '#333333'\n"
            "set yrange [0:*]\n"
            "plot data using ($1/unit):2 with lines linecolor rgb '#6BB3DD' linewidth 1 "
            "title 'mean of runs', \\\n"
            "    data using ($1/unit):3 with lines linecolor rgb '#0072B2' linewidth 2.5 "
            "title 'moving average'\n",
            figure->warm_up->what);
    write_rows(figure);
}
