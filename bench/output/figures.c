#include "bench/output/figures.h"

#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"

enum { MOST_ALTERNATIVES = 12 }; // drawn one by one: a sweep has hundreds

const struct figure_kind figure_kinds[] = {
    {"runners", FIGURE_OF_APP, figure_runners_wanted, figure_runners_draw},
    {"queue", FIGURE_OF_APP, figure_queue_wanted, figure_queue_draw},
    {"machines", FIGURE_OF_ALTERNATIVE, figure_machines_wanted, figure_machines_draw},
    {"cost-modes", FIGURE_OF_RESULT, figure_modes_wanted, figure_modes_draw},
    {"welch", FIGURE_OF_WARM_UP, figure_welch_wanted, figure_welch_draw},
    {"comparison", FIGURE_OF_RESULT, figure_comparison_wanted, figure_comparison_draw},
    {"differences", FIGURE_OF_RESULT, figure_differences_wanted, figure_differences_draw},
    {"best", FIGURE_OF_RESULT, figure_best_wanted, figure_best_draw},
    {NULL, FIGURE_OF_RESULT, NULL, NULL},
};

struct drawing {
    const char *folder;
    struct files_problem *problem; // the first one
    char (*taken)[PLOT_PATH];      // names of files; different texts may give the same
    size_t taken_count, drawn;
    bool missing; // gnuplot
};

static bool is_taken(const struct drawing *d, const char *name)
{
    for (size_t i = 0; i < d->taken_count; i++)
        if (strcmp(d->taken[i], name) == 0) return true;
    return false;
}

// Takes NAME, or NAME_2, NAME_3, ...
static const char *take_name(struct drawing *d, const char *wanted)
{
    char name[PLOT_PATH];
    snprintf(name, sizeof name, "%s", wanted);
    for (size_t i = 2; is_taken(d, name); i++)
        snprintf(name, sizeof name, "%.*s_%zu", PLOT_PATH - 24, wanted, i);
    d->taken = memory_grow(d->taken, sizeof *d->taken, d->taken_count + 1);
    return memcpy(d->taken[d->taken_count++], name, sizeof name);
}

static void draw(struct drawing *d, const struct figure_kind *kind, struct figure figure,
                 const char *wanted)
{
    struct plot plot;
    struct files_problem problem = {""};
    if (d->missing || !kind->wanted(&figure)) return;
    enum plot_status status = PLOT_FAILED;
    if (plot_open(&plot, d->folder, take_name(d, wanted), &problem)) {
        figure.script = plot.script.stream;
        figure.data = plot.data.stream;
        kind->draw(&figure);
        status = plot_close(&plot, &problem);
    }
    d->drawn += status == PLOT_DONE;
    d->missing = status == PLOT_MISSING;
    if (status != PLOT_DONE && !*d->problem->text) *d->problem = problem;
}

// The next app that the series tell something about, and the column where it was found; NULL: no
// more.
static const char *next_app(const struct series *series, size_t *column)
{
    for (; *column < series->column_count; ++*column) {
        const char *app = series->columns[*column].column.labels[LABEL_APP];
        bool seen = !app;
        for (size_t c = 0; c < *column && !seen; c++) {
            const char *earlier = series->columns[c].column.labels[LABEL_APP];
            seen = earlier && strcmp(earlier, app) == 0;
        }
        if (!seen) return app;
    }
    return NULL;
}

static size_t count_apps(const struct series *series)
{
    size_t count = 0;
    for (size_t column = 0; next_app(series, &column); column++)
        count++;
    return count;
}

static void draw_apps(struct drawing *d, const struct figure_kind *kind, struct figure figure,
                      const char *name)
{
    const struct series *series = &figure.alternative->series;
    bool several = count_apps(series) > 1;
    char app[PLOT_NAME], own[PLOT_PATH];
    for (size_t column = 0; (figure.app = next_app(series, &column)); column++) {
        snprintf(own, sizeof own, "%s%s%s", name, several ? "-" : "",
                 several ? plot_name(app, figure.app) : "");
        draw(d, kind, figure, own);
    }
}

static void draw_alternatives(struct drawing *d, const struct figure_kind *kind,
                              const struct experiment_result *result)
{
    char alternative[PLOT_NAME], name[PLOT_NAME + 32];
    for (size_t i = 0; i < result->alternative_count && i < MOST_ALTERNATIVES; i++) {
        struct figure figure = {.result = result, .alternative = &result->alternatives[i]};
        plot_name(alternative, figure.alternative->alternative->name);
        snprintf(name, sizeof name, "%s-%.24s", alternative, kind->name);
        if (kind->scope == FIGURE_OF_APP)
            draw_apps(d, kind, figure, name);
        else
            draw(d, kind, figure, name);
    }
}

static void draw_warm_up(struct drawing *d, const struct figure_kind *kind,
                         const struct experiment_result *result)
{
    char alternative[PLOT_NAME], app[PLOT_NAME], what[PLOT_NAME], name[PLOT_PATH];
    for (size_t i = 0; i < result->warm_up.count && i < 2 * MOST_ALTERNATIVES; i++) {
        struct figure figure = {.result = result, .warm_up = &result->warm_up.series[i]};
        plot_name(alternative, figure.warm_up->alternative);
        plot_name(app, figure.warm_up->app);
        plot_name(what, figure.warm_up->what);
        snprintf(name, sizeof name, "%.24s-%.40s-%.40s-%.40s", kind->name, alternative, app, what);
        draw(d, kind, figure, name);
    }
}

size_t figures_draw(const struct experiment_result *result, const char *folder,
                    struct files_problem *problem)
{
    struct drawing d = {.folder = folder, .problem = problem};
    problem->text[0] = '\0';
    for (const struct figure_kind *kind = figure_kinds; kind->name; kind++) {
        if (kind->scope == FIGURE_OF_RESULT)
            draw(&d, kind, (struct figure){.result = result}, kind->name);
        else if (kind->scope == FIGURE_OF_WARM_UP)
            draw_warm_up(&d, kind, result);
        else
            draw_alternatives(&d, kind, result);
    }
    free(d.taken);
    return d.drawn;
}
