// The waiting line of replication 0 beside that of its twin, which has no rollouts, around the time
// in which they differ.

#include <math.h>
#include <string.h>

#include "bench/output/figures.h"
#include "bench/output/number.h"
#include "models/metrics.h"

static size_t find(const struct figure *figure, const char *metric)
{
    struct column column = {.metric = metric_find(metric)};
    column.labels[LABEL_APP] = figure->app;
    return figure_series(&figure->alternative->series, &column, 0);
}

bool figure_twin_wanted(const struct figure *figure)
{
    return find(figure, "series_queue_length") != SIZE_MAX &&
           find(figure, "series_twin_queue_length") != SIZE_MAX;
}

// The first and the last bin that differ; false: none does.
static bool find_difference(const struct figure *figure, size_t *first, size_t *last)
{
    const struct series *s = &figure->alternative->series;
    const double *run = s->columns[find(figure, "series_queue_length")].values;
    const double *twin = s->columns[find(figure, "series_twin_queue_length")].values;
    bool found = false;
    for (size_t bin = 0; bin < s->bins; bin++) {
        if (!(fabs(run[bin] - twin[bin]) > 1e-9)) continue;
        if (!found) *first = bin;
        *last = bin;
        found = true;
    }
    return found;
}

// The first rollout of the app; SIM_NEVER: the scenario has none.
static sim_time first_rollout(const struct figure *figure)
{
    const struct scenario_config *c = &figure->alternative->alternative->config;
    for (uint32_t i = 0; i < c->timeline_count; i++)
        if (c->timeline[i].name && strcmp(c->apps[c->timeline[i].app].name, figure->app) == 0)
            return c->timeline[i].at;
    return SIM_NEVER;
}

// From before the first rollout, or the first difference, to after the last one.
static void choose_part(struct figure *figure)
{
    const struct series *s = &figure->alternative->series;
    sim_time horizon = figure->alternative->alternative->config.horizon;
    size_t first = 0, last = 0;
    if (!find_difference(figure, &first, &last)) return;
    sim_time from = (sim_time)first * s->step, until = (sim_time)(last + 1) * s->step;
    if (first_rollout(figure) < from) from = first_rollout(figure);
    sim_time margin = (until - from) / 4 + 2 * s->step;
    figure->from = from > margin ? from - margin : 0;
    figure->until = until + margin < horizon ? until + margin : horizon;
}

// What a number of the app was in replication 0, over all rollouts; NaN: not reported, or never
// defined.
static double longest(const struct figure *figure, const char *metric)
{
    const struct alternative_result *a = figure->alternative;
    double most = NAN;
    for (size_t c = 0; c < a->column_count && a->replications > 0; c++) {
        const char *app = a->columns[c].labels[LABEL_APP];
        if (a->columns[c].metric != metric_find(metric)) continue;
        if (app && strcmp(app, figure->app) == 0) most = fmax(most, a->values[c]);
    }
    return most;
}

static void write_title(const struct figure *figure, char *title, size_t size)
{
    double wait = longest(figure, "excess_wait_s"), recovery = longest(figure, "recovery_time_s");
    if (wait > 0 && recovery > 0)
        snprintf(title, size, "%.60s: requests waited %s more in all; recovered after %s",
                 figure->app, number_duration(wait).text, number_duration(recovery).text);
    else if (wait > 0)
        snprintf(title, size, "%.60s: requests waited %s more in all", figure->app,
                 number_duration(wait).text);
    else
        snprintf(title, size, "%.60s: nobody waited longer", figure->app);
}

void figure_twin_draw(const struct figure *whole)
{
    struct figure part = *whole;
    const struct figure *figure = &part;
    const struct alternative_result *a = figure->alternative;
    char title[PLOT_TEXT * 2], subtitle[PLOT_TEXT * 2];
    choose_part(&part);
    write_title(figure, title, sizeof title);
    bool several = figure->result->alternative_count > 1;
    snprintf(subtitle, sizeof subtitle,
             "with and without rollouts, on the same random numbers (%.60s%sreplication 0 of %u)",
             several ? a->alternative->name : "", several ? ", " : "", a->replications);
    figure_frame(figure, title, subtitle);
    figure_time_axis(figure, true);
    figure_marks(figure, true);
    fprintf(figure->script,
            "set ylabel 'requests waiting' textcolor rgb '#333333'\nset yrange [0:*]\n"
            "plot data using ($1/unit):2 with fillsteps linecolor rgb '%s' title 'as it was', \\\n"
            "    data using ($1/unit):3 with steps linecolor rgb '%s' linewidth 2 "
            "title 'without rollouts'\n",
            figure_colour(0, SHADE_MIDDLE), figure_colour(1, SHADE_DARK));
    const size_t columns[] = {find(figure, "series_queue_length"),
                              find(figure, "series_twin_queue_length")};
    fputs("time_s,queue_length,twin_queue_length\n", figure->data);
    figure_series_rows(figure, columns, 2);
}
