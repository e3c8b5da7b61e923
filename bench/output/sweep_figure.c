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

static void find_span(const struct axis *axis, double *least, double *most)
{
    *least = INFINITY;
    *most = -INFINITY;
    for (size_t i = 0; i < axis->count; i++) {
        double value = axis->values[i].number;
        if (!isfinite(value)) continue;
        *least = fmin(*least, value);
        *most = fmax(*most, value);
    }
}

struct sweep_scale sweep_figure_scale(const struct axis *axis)
{
    double least, most;
    find_span(axis, &least, &most);
    struct sweep_scale scale = {1, "", axis->log || (least > 0 && most / least >= 50)};
    if (axis->kind != AXIS_TIME) return scale;
    scale.suffix = ", s";
    if (most >= 4 * 3600)
        scale = (struct sweep_scale){3600, ", h", scale.log};
    else if (most >= 300)
        scale = (struct sweep_scale){60, ", min", scale.log};
    return scale;
}

// From 0 to 1 over the axis.
static double place_of(double value, double least, double most, bool log_scale)
{
    if (log_scale) return log(value / least) / log(most / least);
    return (value - least) / (most - least);
}

// Is there room for the values themselves below the axis?
static bool can_be_ticks(const struct axis *axis, double least, double most, bool log_scale)
{
    enum { MOST_TICKS = 12 };
    static const double gap = 0.06;
    if (axis->count > MOST_TICKS || axis->continuous) return false;
    for (size_t i = 0; i < axis->count; i++)
        for (size_t k = 0; k < i; k++) {
            double a = axis->values[i].number, b = axis->values[k].number;
            if (!isfinite(a) || !isfinite(b)) continue;
            if (fabs(place_of(a, least, most, log_scale) - place_of(b, least, most, log_scale)) <
                gap)
                return false;
        }
    return true;
}

static void write_ticks(FILE *script, const struct axis *axis, double unit)
{
    fputs("set xtics (", script);
    for (size_t i = 0, written = 0; i < axis->count; i++) {
        if (!isfinite(axis->values[i].number)) continue;
        fputs(written++ ? ", " : "", script);
        plot_tic(script, axis->values[i].label, axis->values[i].number / unit);
    }
    fputs(")\n", script);
}

static void write_range(FILE *script, double least, double most, bool log_scale)
{
    static const double margin = 0.03;
    double low = log_scale ? least * pow(most / least, -margin) : least - margin * (most - least);
    double high = log_scale ? most * pow(most / least, margin) : most + margin * (most - least);
    fputs("set xrange [", script);
    plot_number(script, low);
    fputc(':', script);
    plot_number(script, high);
    fputs("]\nset offsets 0, 0, graph 0.06, 0\n", script);
}

void sweep_figure_x(FILE *script, const struct axis *axis)
{
    struct sweep_scale scale = sweep_figure_scale(axis);
    double least, most;
    char label[SWEEP_FIGURE_TEXT];
    find_span(axis, &least, &most);
    bool ticks = least < most && can_be_ticks(axis, least, most, scale.log);
    snprintf(label, sizeof label, "%.100s%s", axis->name, ticks ? "" : scale.suffix);
    fputs("set xlabel ", script);
    plot_quote(script, label);
    fputs(" textcolor rgb '#333333'\n", script);
    fputs(scale.log ? "set logscale x\n" : "unset logscale x\n", script);
    if (ticks)
        write_ticks(script, axis, scale.unit);
    else
        fputs("set xtics autofreq\n", script);
    if (least < most) write_range(script, least / scale.unit, most / scale.unit, scale.log);
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
