// Pictures over time, of replication 0: runners by state, and the queue.

#include <math.h>
#include <string.h>

#include "bench/output/figures.h"
#include "bench/output/number.h"
#include "models/metrics.h"

enum { MOST_LAYERS = 64, MOST_PARTS = 4, MOST_COLUMNS = 400 };

// Runner states as the picture shows them, from the bottom of the stack to its top.
static const struct {
    const char *name;
    enum figure_shade shade;
    const char *states[MOST_PARTS + 1];
} groups[] = {
    {"running", SHADE_DARK, {"RUNNING"}},
    {"idle", SHADE_MIDDLE, {"IDLE"}},
    {"starting", SHADE_LIGHT, {"SETUP", "DOCKER_PULL", "PENDING", "CRASH_BACKOFF"}},
    {"stopping", SHADE_GREY, {"DRAINING", "TERMINATING"}},
};
enum { GROUPS = sizeof groups / sizeof *groups };

struct layer { // of the stack: a group of states of a revision
    const char *revision;
    size_t group, hue;
    size_t columns[MOST_PARTS], count; // of the data file, from 0
};

struct stack {
    struct layer layers[MOST_LAYERS];
    size_t count, revisions;
    size_t series[MOST_COLUMNS], series_count; // columns of the data file
};

static struct column wanted(const struct figure *figure, const char *metric)
{
    struct column column = {.metric = metric_find(metric)};
    column.labels[LABEL_APP] = figure->app;
    return column;
}

// The next revision that the series of runners name.
static const char *next_revision(const struct figure *figure, size_t *column)
{
    const struct series *s = &figure->alternative->series;
    struct column runners = wanted(figure, "series_runners");
    for (; (*column = figure_series(s, &runners, *column)) != SIZE_MAX; ++*column) {
        const char *revision = s->columns[*column].column.labels[LABEL_REVISION];
        struct column same = runners;
        same.labels[LABEL_REVISION] = revision;
        if (figure_series(s, &same, 0) == *column) return revision ? revision : "";
    }
    return NULL;
}

static void add_layer(const struct figure *figure, struct stack *stack, const char *revision,
                      size_t group)
{
    const struct series *s = &figure->alternative->series;
    struct layer layer = {.revision = revision, .group = group, .hue = stack->revisions};
    for (size_t i = 0; groups[group].states[i]; i++) {
        struct column column = wanted(figure, "series_runners");
        column.labels[LABEL_REVISION] = *revision ? revision : NULL;
        column.labels[LABEL_STATE] = groups[group].states[i];
        size_t found = figure_series(s, &column, 0);
        if (found == SIZE_MAX || figure_is_zero(s, found)) continue;
        if (stack->series_count == MOST_COLUMNS) continue;
        layer.columns[layer.count++] = stack->series_count;
        stack->series[stack->series_count++] = found;
    }
    if (layer.count > 0 && stack->count < MOST_LAYERS) stack->layers[stack->count++] = layer;
}

static void build(const struct figure *figure, struct stack *stack)
{
    const char *revision;
    for (size_t c = 0; (revision = next_revision(figure, &c)); c++) {
        size_t before = stack->count;
        for (size_t g = 0; g < GROUPS; g++)
            add_layer(figure, stack, revision, g);
        stack->revisions += stack->count > before;
    }
}

bool figure_runners_wanted(const struct figure *figure)
{
    struct stack stack = {.count = 0};
    build(figure, &stack);
    return stack.count > 0;
}

static double value_of(const struct figure *figure, const char *metric)
{
    const struct alternative_result *a = figure->alternative;
    struct column column = wanted(figure, metric);
    size_t c = column_find(a->columns, a->column_count, &column);
    return c == SIZE_MAX || a->replications == 0 ? NAN : a->values[c];
}

static void about(const struct figure *figure, char *text, size_t size, const char *what)
{
    const struct alternative_result *a = figure->alternative;
    bool several = figure->result->alternative_count > 1;
    snprintf(text, size, "%s (%.60s%sreplication 0 of %u)", what,
             several ? a->alternative->name : "", several ? ", " : "", a->replications);
}

static void write_stack_header(const struct figure *figure, const struct stack *stack)
{
    fputs("time_s", figure->data);
    for (size_t l = 0; l < stack->count; l++) {
        char revision[PLOT_NAME];
        plot_name(revision, stack->layers[l].revision);
        for (size_t i = 0; i < stack->layers[l].count; i++) {
            size_t series = stack->series[stack->layers[l].columns[i]];
            const struct column *c = &figure->alternative->series.columns[series].column;
            fprintf(figure->data, ",%s_%s", revision, c->labels[LABEL_STATE]);
        }
    }
    fputs("\n", figure->data);
}

// Each layer is drawn as the sum of itself and all below, the highest first.
static void write_layer(const struct figure *figure, const struct stack *stack, size_t layer)
{
    const struct layer *top = &stack->layers[layer];
    char name[PLOT_TEXT];
    fprintf(figure->script, "data using ($1/unit):(0");
    for (size_t l = 0; l <= layer; l++)
        for (size_t i = 0; i < stack->layers[l].count; i++)
            fprintf(figure->script, "+$%zu", stack->layers[l].columns[i] + 2);
    fprintf(figure->script, ") with fillsteps linecolor rgb '%s' title ",
            figure_colour(top->hue, groups[top->group].shade));
    snprintf(name, sizeof name, "%s%.12s%s%s", stack->revisions > 1 ? "rev. " : "",
             stack->revisions > 1 ? top->revision : "", stack->revisions > 1 ? ", " : "",
             groups[top->group].name);
    plot_quote(figure->script, name);
}

void figure_runners_draw(const struct figure *figure)
{
    struct stack stack = {.count = 0};
    char title[PLOT_TEXT + 32], subtitle[PLOT_TEXT * 2];
    double unserved = value_of(figure, "unserved_time_s");
    build(figure, &stack);
    if (unserved > 0)
        snprintf(title, sizeof title, "%.60s was down for %s", figure->app,
                 number_duration(unserved).text);
    else
        snprintf(title, sizeof title, "%.60s %s", figure->app,
                 isnan(unserved) ? "over time" : "was never down");
    about(figure, subtitle, sizeof subtitle, "runners by state");
    figure_frame(figure, title, subtitle);
    figure_time_axis(figure, true);
    figure_marks(figure, true);
    fputs("set ylabel 'runners' textcolor rgb '#333333'\nset yrange [0:*]\nplot ", figure->script);
    for (size_t l = stack.count; l-- > 0;) {
        write_layer(figure, &stack, l);
        fputs(l ? ", \\\n    " : "\n", figure->script);
    }
    write_stack_header(figure, &stack);
    figure_series_rows(figure, stack.series, stack.series_count);
}

static size_t find(const struct figure *figure, const char *metric)
{
    struct column column = wanted(figure, metric);
    return figure_series(&figure->alternative->series, &column, 0);
}

bool figure_queue_wanted(const struct figure *figure)
{
    return find(figure, "series_queue_length") != SIZE_MAX &&
           find(figure, "series_wait_mean_s") != SIZE_MAX &&
           find(figure, "series_wait_max_s") != SIZE_MAX;
}

// After the warm-up.
static double largest(const struct figure *figure, size_t column)
{
    const struct series *s = &figure->alternative->series;
    double most = NAN;
    size_t first = (size_t)(figure->alternative->alternative->config.warm_up / s->step);
    for (size_t bin = first; bin < s->bins; bin++)
        most = fmax(most, s->columns[column].values[bin]);
    return most;
}

void figure_queue_draw(const struct figure *figure)
{
    FILE *out = figure->script;
    size_t columns[] = {find(figure, "series_queue_length"), find(figure, "series_wait_mean_s"),
                        find(figure, "series_wait_max_s")};
    char title[PLOT_TEXT + 32], subtitle[PLOT_TEXT * 2];
    double wait = largest(figure, columns[2]);
    snprintf(title, sizeof title,
             wait > 0 ? "%.60s: the longest wait was %s" : "%.60s: nobody waited", figure->app,
             number_duration(wait).text);
    about(figure, subtitle, sizeof subtitle, "queue length, and waits by when they ended");
    figure_frame(figure, title, subtitle);
    figure_time_axis(figure, false);
    figure_marks(figure, true);
    fputs(
        "set multiplot\n"
        "set bmargin at screen 0.50\n"
        "set format x ''\n"
        "set ylabel 'requests waiting' textcolor rgb '#333333'\n"
        "set yrange [0:*]\n"
        "plot data using ($1/unit):2 with fillsteps linecolor rgb '#6BB3DD' title 'waiting, mean'\n"
        "unset label\nunset arrow\n"
        "set format x '%g'\n"
        "set tmargin at screen 0.455\n"
        "set bmargin at screen 0.115\n"
        "set key at screen 0.815, 0.455\n"
        "set ylabel 'wait, s' textcolor rgb '#333333'\n",
        out);
    figure_time_axis(figure, true);
    figure_marks(figure, false);
    fputs("plot data using ($1/unit):4 with fillsteps linecolor rgb '#FADFC8' title 'wait, "
          "longest', \\\n"
          "    data using ($1/unit):3 with steps linecolor rgb '#D55E00' linewidth 2 "
          "title 'wait, mean'\n"
          "unset multiplot\n",
          out);
    fputs("time_s,queue_length,wait_mean_s,wait_max_s\n", figure->data);
    figure_series_rows(figure, columns, sizeof columns / sizeof *columns);
}
