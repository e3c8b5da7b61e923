#include "bench/output/figure_map.h"

#include <math.h>
#include <stdlib.h>

#include "bench/experiment/memory.h"
#include "bench/output/figure_curves.h"

enum { MOST_TEXTS = 160, MOST_TICKS = 16 }; // cells with numbers in them; labels of an axis

struct map {
    const struct sweep_figure *f;
    const struct design *design;
    size_t x, y;      // axes
    size_t *lines;    // line 0 is drawn
    double low, high; // of the means
    size_t cells;
};

static bool is_first_of_group(const struct sweep_plan *plan, size_t axis)
{
    for (size_t i = 0; i < axis; i++)
        if (plan->groups[i] == plan->groups[axis]) return false;
    return true;
}

// The other axis: of numbers, or else of texts.
static size_t other_axis(const struct sweep_plan *plan, size_t x)
{
    size_t y = sweep_figure_axis(plan, 1);
    for (size_t i = 0; i < plan->axis_count && y == SIZE_MAX; i++)
        if (plan->groups[i] != plan->groups[x] && plan->axes[i].count > 1 &&
            is_first_of_group(plan, i))
            y = i;
    return y;
}

bool figure_map_wanted(const struct sweep_figure *f)
{
    const struct sweep_plan *plan = f->result->design->plan;
    size_t x = sweep_figure_axis(plan, 0);
    if (plan->design != DESIGN_GRID || x == SIZE_MAX) return false;
    size_t y = other_axis(plan, x);
    if (y == SIZE_MAX) return false;
    return axis_numeric(&plan->axes[y]) || !figure_curves_wanted(f);
}

// The place of a value in order; texts in order of the file.
static size_t rank_of(const struct axis *axis, const struct axis_value *value)
{
    size_t rank = 0;
    for (size_t i = 0; i < axis->count; i++) {
        bool before =
            axis_numeric(axis) ? axis->values[i].number < value->number : &axis->values[i] < value;
        rank += before;
    }
    return rank;
}

static void write_ticks(FILE *out, char which, const struct axis *axis)
{
    size_t step = (axis->count + MOST_TICKS - 1) / MOST_TICKS;
    bool first = true;
    fprintf(out, "set %ctics scale 0 (", which);
    for (size_t i = 0; i < axis->count; i++) {
        size_t rank = rank_of(axis, &axis->values[i]);
        if (rank % step != 0) continue;
        fputs(first ? "" : ", ", out);
        plot_tic(out, axis->values[i].label, (double)rank);
        first = false;
    }
    fprintf(out, ")\nset %crange [-0.5:%zu.5]\nset %clabel ", which, axis->count - 1, which);
    plot_quote(out, axis->name);
    fputs(" textcolor rgb '#333333'\n", out);
}

// x,y,mean
static void write_cells(struct map *m)
{
    const struct sweep_plan *plan = m->design->plan;
    FILE *data = m->f->figure.data;
    fputs("x,y,mean\n", data);
    m->low = INFINITY;
    m->high = -INFINITY;
    for (size_t p = 0; p < m->design->count; p++) {
        if (m->lines[p] != 0) continue;
        const struct axis_value *const *values = m->design->points[p].values;
        const struct summary *s =
            sweep_summary(&m->f->result->points[p], &m->f->columns[m->f->column]);
        struct sweep_dot dot = sweep_figure_dot(m->f, s);
        fprintf(data, "%zu,%zu", rank_of(&plan->axes[m->x], values[m->x]),
                rank_of(&plan->axes[m->y], values[m->y]));
        sweep_figure_numbers(data, &dot.mean, 1);
        fputc('\n', data);
        if (!isfinite(dot.mean)) continue;
        m->low = fmin(m->low, dot.mean);
        m->high = fmax(m->high, dot.mean);
        m->cells++;
    }
}

// Dark text on light cells, light text on dark ones.
static void plot_texts(const struct map *m)
{
    FILE *out = m->f->figure.script;
    double middle = m->low + 0.55 * (m->high - m->low);
    static const char *const colours[] = {"#222222", "#FFFFFF"};
    for (int dark = 0; dark < 2; dark++) {
        fprintf(out, ", \\\n    data using ($3%s", dark ? ">" : "<=");
        plot_number(out, middle);
        fprintf(
            out,
            "?$1:NaN):2:(sprintf('%%.3g',$3)) with labels font ',10' textcolor rgb '%s' notitle",
            colours[dark]);
    }
}

static void write_subtitle(const struct map *m, char *text, size_t size)
{
    char fixed[SWEEP_FIGURE_TEXT];
    sweep_figure_line(m->design, m->x, m->y, m->lines, 0, fixed, sizeof fixed);
    snprintf(text, size, "means over replications%s%.80s", *fixed ? "; " : "", fixed);
}

void figure_map_draw(const struct sweep_figure *f)
{
    const struct design *design = f->result->design;
    struct map m = {.f = f, .design = design, .x = sweep_figure_axis(design->plan, 0)};
    char title[SWEEP_FIGURE_TEXT], subtitle[SWEEP_FIGURE_TEXT];
    FILE *out = f->figure.script;
    m.y = other_axis(design->plan, m.x);
    m.lines = memory_new(sizeof *m.lines, design->count);
    sweep_figure_lines(design, m.x, m.y, m.lines);
    write_subtitle(&m, subtitle, sizeof subtitle);
    figure_frame(&f->figure, sweep_figure_label(f, title, sizeof title), subtitle);
    fputs("unset grid\nunset key\nset offsets 0, 0, 0, 0\nset rmargin at screen 0.86\n"
          "set lmargin at screen 0.13\nset border 0\n"
          "set palette defined (0 '#F3F8FC', 0.5 '#6BB3DD', 1 '#0B3C5D')\n",
          out);
    write_ticks(out, 'x', &design->plan->axes[m.x]);
    write_ticks(out, 'y', &design->plan->axes[m.y]);
    write_cells(&m);
    if (m.cells > 0 && !(m.low < m.high)) {
        fputs("set cbrange [", out);
        plot_number(out, m.low - 1);
        fputs(":", out);
        plot_number(out, m.low + 1);
        fputs("]\n", out);
    }
    fputs("plot data using 1:2:($1-0.5):($1+0.5):($2-0.5):($2+0.5):3 with boxxyerror "
          "fillstyle solid 1 border rgb 'white' linecolor palette notitle",
          out);
    if (m.cells > 0 && m.cells <= MOST_TEXTS) plot_texts(&m);
    fputs("\n", out);
    free(m.lines);
}
