#include "bench/output/sweep_figures.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench/experiment/memory.h"
#include "bench/output/figure_curves.h"
#include "bench/output/figure_map.h"
#include "bench/output/figure_rows.h"
#include "bench/output/figure_scatter.h"
#include "bench/output/plot.h"
#include "bench/output/sweep_figure.h"

struct kind {
    const char *name;
    bool (*wanted)(const struct sweep_figure *f);
    void (*draw)(const struct sweep_figure *f);
};

static const struct kind kinds[] = {
    {"curves", figure_curves_wanted, figure_curves_draw},
    {"map", figure_map_wanted, figure_map_draw},
    {"scatter", figure_scatter_wanted, figure_scatter_draw},
    {"dots", figure_dots_wanted, figure_dots_draw},
    {"effects", figure_effects_wanted, figure_effects_draw},
    {"tornado", figure_tornado_wanted, figure_tornado_draw},
};

struct drawing {
    const char *folder;
    struct files_problem *problem; // the first one
    size_t drawn;
    bool missing; // gnuplot
};

// "wait_s-p0.99-MyApp-curves": of the metric and those labels that are short.
static void name_picture(char name[PLOT_PATH], const struct sweep_figure *f, const char *kind)
{
    const struct column *column = &f->columns[f->column];
    char part[PLOT_NAME];
    size_t used = (size_t)snprintf(name, PLOT_PATH, "%s", plot_name(part, column->metric->name));
    for (size_t i = 0; i < LABELS && used < 120; i++)
        if (column->labels[i])
            used += (size_t)snprintf(name + used, PLOT_PATH - used, "-%.30s",
                                     plot_name(part, column->labels[i]));
    snprintf(name + used, PLOT_PATH - used, "-%s", kind);
}

static void draw(struct drawing *d, const struct kind *kind, struct sweep_figure f)
{
    struct plot plot;
    struct files_problem problem = {""};
    char name[PLOT_PATH];
    if (d->missing || !kind->wanted(&f)) return;
    name_picture(name, &f, kind->name);
    enum plot_status status = PLOT_FAILED;
    if (plot_open(&plot, d->folder, name, &problem)) {
        f.figure.script = plot.script.stream;
        f.figure.data = plot.data.stream;
        kind->draw(&f);
        status = plot_close(&plot, &problem);
    }
    d->drawn += status == PLOT_DONE;
    d->missing = status == PLOT_MISSING;
    if (status != PLOT_DONE && !*d->problem->text) *d->problem = problem;
}

size_t sweep_figures_draw(const struct sweep_result *result, const char *folder,
                          struct files_problem *problem)
{
    struct drawing d = {.folder = folder, .problem = problem};
    size_t count;
    struct column *columns = sweep_columns(result, &count);
    problem->text[0] = '\0';
    for (size_t c = 0; c < count && c < SWEEP_FIGURES_MAX; c++)
        for (size_t k = 0;
             k < sizeof kinds / sizeof *kinds && !sweep_is_constant(result, &columns[c]); k++)
            draw(&d, &kinds[k],
                 (struct sweep_figure){
                     .result = result, .columns = columns, .count = count, .column = c});
    free(columns);
    return d.drawn;
}
