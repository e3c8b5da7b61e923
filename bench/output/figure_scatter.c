#include "bench/output/figure_scatter.h"

#include <math.h>

enum { PANELS = 4 };

bool figure_scatter_wanted(const struct sweep_figure *f)
{
    const struct sweep_plan *plan = f->result->design->plan;
    bool drawn = plan->design == DESIGN_LHS || plan->design == DESIGN_SOBOL;
    return drawn && sweep_figure_axis(plan, 0) != SIZE_MAX;
}

// The axes in the order of the file; returns how many.
static size_t choose(const struct sweep_plan *plan, size_t chosen[PANELS])
{
    size_t count = 0;
    for (size_t i = 0; i < plan->axis_count && count < PANELS; i++)
        for (size_t rank = 0, axis; (axis = sweep_figure_axis(plan, rank)) != SIZE_MAX; rank++)
            if (axis == i) chosen[count++] = i;
    return count;
}

// mean,low,high,AXIS,...
static void write_points(const struct sweep_figure *f, const size_t *chosen, size_t count)
{
    const struct design *design = f->result->design;
    FILE *data = f->figure.data;
    fputs("mean,low,high", data);
    for (size_t i = 0; i < count; i++)
        fprintf(data, ",axis_%zu", i + 1);
    fputc('\n', data);
    for (size_t p = 0; p < design->count; p++) {
        struct sweep_dot dot =
            sweep_figure_dot(f, sweep_summary(&f->result->points[p], &f->columns[f->column]));
        const double numbers[] = {dot.low, dot.high};
        plot_number(data, dot.mean);
        sweep_figure_numbers(data, numbers, 2);
        for (size_t i = 0; i < count; i++) {
            double unit = sweep_figure_scale(&design->plan->axes[chosen[i]]).unit;
            double x = design->points[p].values[chosen[i]]->number / unit;
            sweep_figure_numbers(data, &x, 1);
        }
        fputc('\n', data);
    }
}

void figure_scatter_draw(const struct sweep_figure *f)
{
    size_t chosen[PANELS];
    const struct sweep_plan *plan = f->result->design->plan;
    size_t count = choose(plan, chosen);
    char text[SWEEP_FIGURE_TEXT];
    FILE *out = f->figure.script;
    figure_frame(&f->figure, sweep_figure_label(f, text, sizeof text),
                 "each point of the design with its 95 % interval, against each of its axes");
    fputs("unset key\nset yrange [0<*:]\nset multiplot\n", out);
    write_points(f, chosen, count);
    for (size_t i = 0; i < count; i++) {
        double width = 0.88 / (double)count, left = 0.085 + (double)i * width;
        sweep_figure_x(out, &plan->axes[chosen[i]]);
        fprintf(out, "set lmargin at screen %.4f\nset rmargin at screen %.4f\n", left,
                left + width - 0.03);
        if (i > 0) fputs("set format y ''\nunset label\n", out);
        fprintf(out,
                "plot data using %zu:1:2:3 with yerrorbars pointtype 7 pointsize 0.8 linewidth 1.4 "
                "linecolor rgb '%s' notitle\n",
                i + 4, figure_colour(0, SHADE_DARK));
    }
    fputs("unset multiplot\n", out);
}
