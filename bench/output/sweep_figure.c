#include "bench/output/sweep_figure.h"

#include <math.h>
#include <string.h>

#include "bench/output/report_sweep.h"
#include "bench/output/section.h"

// Axes.

static bool is_first_of_group(const struct sweep_plan *plan, size_t axis)
{
    for (size_t i = 0; i < axis; i++)
        if (plan->groups[i] == plan->groups[axis]) return false;
    return true;
}

static bool can_be_drawn(const struct sweep_plan *plan, size_t axis)
{
    const struct axis *a = &plan->axes[axis];
    return axis_numeric(a) && a->count > 1 && is_first_of_group(plan, axis);
}

size_t sweep_figure_axis(const struct sweep_plan *plan, size_t rank)
{
    bool taken[SWEEP_AXES_MAX + 1] = {false};
    size_t best = SIZE_MAX;
    for (size_t r = 0; r <= rank; r++) {
        best = SIZE_MAX;
        for (size_t i = 0; i < plan->axis_count; i++)
            if (can_be_drawn(plan, i) && !taken[i] &&
                (best == SIZE_MAX || plan->axes[i].count > plan->axes[best].count))
                best = i;
        if (best == SIZE_MAX) return SIZE_MAX;
        taken[best] = true;
    }
    return best;
}

static bool in_group(const struct sweep_plan *plan, size_t axis, size_t of)
{
    return of != SIZE_MAX && plan->groups[axis] == plan->groups[of];
}

static bool same_line(const struct design *design, size_t a, size_t b, size_t x, size_t y)
{
    const struct sweep_plan *plan = design->plan;
    for (size_t i = 0; i < plan->axis_count; i++)
        if (!in_group(plan, i, x) && !in_group(plan, i, y) &&
            design->points[a].values[i] != design->points[b].values[i])
            return false;
    return true;
}

size_t sweep_figure_lines(const struct design *design, size_t x, size_t y, size_t *lines)
{
    size_t count = 0, firsts[SWEEP_LINES_MAX];
    for (size_t p = 0; p < design->count; p++) {
        size_t line = 0;
        while (line < count && line < SWEEP_LINES_MAX && !same_line(design, p, firsts[line], x, y))
            line++;
        if (line == count && count < SWEEP_LINES_MAX) firsts[count++] = p;
        if (line == SWEEP_LINES_MAX) count = SWEEP_LINES_MAX + 1; // more than can be told apart
        lines[p] = line;
    }
    return count;
}

const char *sweep_figure_line(const struct design *design, size_t x, size_t y, const size_t *lines,
                              size_t line, char *buffer, size_t size)
{
    const struct sweep_plan *plan = design->plan;
    size_t point = 0, used = 0;
    while (point < design->count && lines[point] != line)
        point++;
    buffer[0] = '\0';
    for (size_t i = 0; i < plan->axis_count && point < design->count; i++) {
        if (in_group(plan, i, x) || in_group(plan, i, y) || plan->axes[i].count < 2) continue;
        bool text = plan->axes[i].kind == AXIS_TEXT;
        int length = snprintf(buffer + used, size - used, "%s%s%s%s", used ? ", " : "",
                              text ? "" : plan->axes[i].name, text ? "" : " ",
                              design->points[point].values[i]->label);
        used += length > 0 ? (size_t)length : 0;
        if (used >= size) break;
    }
    return buffer;
}

struct sweep_scale sweep_figure_scale(const struct axis *axis)
{
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < axis->count; i++) {
        double value = axis->values[i].number;
        if (!isfinite(value)) continue;
        least = fmin(least, value);
        most = fmax(most, value);
    }
    struct sweep_scale scale = {1, "", axis->log || (least > 0 && most / least >= 50)};
    if (axis->kind != AXIS_TIME) return scale;
    scale.suffix = ", s";
    if (most >= 4 * 3600)
        scale = (struct sweep_scale){3600, ", h", scale.log};
    else if (most >= 300)
        scale = (struct sweep_scale){60, ", min", scale.log};
    return scale;
}

void sweep_figure_x(FILE *script, const struct axis *axis)
{
    struct sweep_scale scale = sweep_figure_scale(axis);
    char label[SWEEP_FIGURE_TEXT];
    snprintf(label, sizeof label, "%.100s%s", axis->name, scale.suffix);
    fputs("set xlabel ", script);
    plot_quote(script, label);
    fputs(" textcolor rgb '#333333'\n", script);
    if (scale.log) fputs("set logscale x\n", script);
    fputs("set offsets graph 0.03, graph 0.03, graph 0.06, graph 0.03\n", script);
}

// Numbers.

const char *sweep_figure_label(const struct sweep_figure *f, char *buffer, size_t size)
{
    return report_sweep_label(f->columns, f->count, f->column, buffer, size);
}

struct sweep_dot sweep_figure_dot(const struct sweep_figure *f, const struct summary *s)
{
    double scale = section_scale(f->columns[f->column].metric);
    struct sweep_dot dot = {NAN, NAN, NAN};
    if (!s || s->n == 0) return dot;
    dot.mean = s->mean * scale;
    dot.low = isfinite(s->low) ? s->low * scale : dot.mean;
    dot.high = isfinite(s->high) ? s->high * scale : dot.mean;
    return dot;
}

void sweep_figure_numbers(FILE *data, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fputc(',', data);
        plot_number(data, numbers[i]);
    }
}
