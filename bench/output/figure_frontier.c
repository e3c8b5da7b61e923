#include "bench/output/figure_frontier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/choice.h"
#include "bench/experiment/memory.h"
#include "bench/output/number.h"
#include "bench/output/plot.h"
#include "bench/output/report_plan.h"
#include "bench/output/section.h"

enum { TEXT = 300 };

static const double shown_factor = 6; // of the promise's limit: what is above has no place

struct spot {
    double x[3], y[3]; // mean, low, high
    enum feasibility feasibility;
    bool chosen, best; // nothing is better in both
};

struct frontier {
    const struct plan_result *result;
    const struct search_limit *limit;
    struct spot *spots;
    size_t count, hidden;
    double bound; // of the promise, scaled
    double top;   // of the axis; NaN: free
};

static void spread(double out[3], const struct summary *s, double scale)
{
    out[0] = s->mean * scale;
    out[1] = isnan(s->low) ? out[0] : s->low * scale;
    out[2] = isnan(s->high) ? out[0] : s->high * scale;
}

// The column of the promise that is furthest from being kept.
static const struct summary *find_worst(const struct search_limit *limit,
                                        const struct alternative_result *r)
{
    const struct summary *worst = NULL;
    for (size_t c = 0; c < r->column_count; c++) {
        if (!choice_means(&limit->choice, r->columns, r->column_count, c)) continue;
        const struct summary *s = &r->summaries[c];
        if (s->n == 0) continue;
        bool higher = isnan(limit->max);
        if (!worst || (higher ? s->mean < worst->mean : s->mean > worst->mean)) worst = s;
    }
    return worst;
}

static void add_spot(struct frontier *f, size_t point)
{
    const struct plan_point *p = f->result->points[point];
    const struct summary *s = find_worst(f->limit, &p->evaluation.result);
    if (!s || p->cost.n == 0) return;
    struct spot *spot = &f->spots[f->count++];
    spread(spot->x, &p->cost, section_scale(metric_find(f->result->plan->minimise.metric)));
    spread(spot->y, s, section_scale(metric_find(f->limit->choice.metric)));
    spot->feasibility = p->place->feasibility;
    spot->chosen = point == f->result->chosen;
    if (spot->y[0] > f->top) f->hidden++;
}

static bool beats(const struct frontier *f, const struct spot *a, const struct spot *b)
{
    double sign = isnan(f->limit->max) ? -1 : 1; // larger is better where only "min" is given
    double x = a->x[0] - b->x[0], y = sign * (a->y[0] - b->y[0]);
    return x <= 0 && y <= 0 && (x < 0 || y < 0);
}

static void find_front(struct frontier *f)
{
    for (size_t i = 0; i < f->count; i++) {
        f->spots[i].best = true;
        for (size_t k = 0; k < f->count && f->spots[i].best; k++)
            f->spots[i].best = !beats(f, &f->spots[k], &f->spots[i]);
    }
}

static int by_cost(const void *left, const void *right)
{
    const struct spot *a = left, *b = right;
    return (a->x[0] > b->x[0]) - (a->x[0] < b->x[0]);
}

static struct frontier make(const struct plan_result *result, size_t limit)
{
    struct frontier f = {.result = result, .limit = &result->plan->limits[limit]};
    double scale = section_scale(metric_find(f.limit->choice.metric));
    f.bound = (isnan(f.limit->max) ? f.limit->min : f.limit->max) * scale;
    f.top = !isnan(f.limit->max) && f.bound > 0 ? shown_factor * f.bound : NAN;
    f.spots = memory_new(sizeof *f.spots, result->search.count);
    for (size_t i = 0; i < result->search.count; i++)
        add_spot(&f, i);
    find_front(&f);
    if (f.count) qsort(f.spots, f.count, sizeof *f.spots, by_cost);
    return f;
}

static bool varies(const struct frontier *f)
{
    for (size_t i = 1; i < f->count; i++)
        if (f->spots[i].y[0] < f->spots[0].y[0] || f->spots[i].y[0] > f->spots[0].y[0]) return true;
    return false;
}

bool figure_frontier_wanted(const struct plan_result *result)
{
    return result->search.count > 1;
}

// feasibility,chosen,front,cost,cost_low,cost_high,value,low,high
static void write_spots(FILE *data, const struct frontier *f)
{
    fputs("feasibility,chosen,front,cost,cost_low,cost_high,value,low,high\n", data);
    for (size_t i = 0; i < f->count; i++) {
        const struct spot *s = &f->spots[i];
        fprintf(data, "%d,%d,%d", (int)s->feasibility, s->chosen, s->best);
        for (int k = 0; k < 6; k++) {
            fputc(',', data);
            plot_number(data, k < 3 ? s->x[k] : s->y[k - 3]);
        }
        fputc('\n', data);
    }
}

static void draw_line(FILE *out, bool across, double at, const char *text)
{
    fputs("set arrow from ", out);
    fputs(across ? "graph 0, first " : "first ", out);
    plot_number(out, at);
    fputs(across ? " to graph 1, first " : ", graph 0 to first ", out);
    plot_number(out, at);
    fputs(across ? "" : ", graph 1", out);
    fputs(" nohead back dashtype 2 linewidth 1.2 linecolor rgb '#555555'\nset label ", out);
    plot_quote(out, text);
    fputs(across ? " at graph 1, first " : " at first ", out);
    plot_number(out, at);
    fputs(across ? " offset -0.5,0.5 right" : ", graph 1 offset 0.4,-0.7 left", out);
    fputs(" font ',10' textcolor rgb '#555555'\n", out);
}

static void write_axes(FILE *out, const struct frontier *f)
{
    char label[TEXT], promise[TEXT];
    struct column cost = {.metric = metric_find(f->result->plan->minimise.metric)};
    memcpy(cost.labels, f->result->plan->minimise.labels, sizeof cost.labels);
    struct search_limit bare = *f->limit;
    fputs("set xlabel ", out);
    plot_quote(out, section_label(&cost, label, sizeof label));
    fputs(" textcolor rgb '#333333'\nset ylabel ", out);
    bare.min = bare.max = NAN;
    plot_quote(out, report_plan_promise(&bare, NULL, label, sizeof label));
    fputs(" textcolor rgb '#333333'\nset offsets graph 0.03, graph 0.03, graph 0.05, graph 0.02\n",
          out);
    if (!isnan(f->top)) {
        fputs("set yrange [0:*<", out);
        plot_number(out, f->top);
        fputs("]\n", out);
    }
    draw_line(out, true, f->bound, report_plan_promise(f->limit, NULL, promise, sizeof promise));
    if (f->result->floor != FLOOR_FOUND) return;
    draw_line(out, false, f->result->floor_cost.mean * section_scale(cost.metric),
              "floor: perfect foresight");
}

static void plot_spots(FILE *out)
{
    static const struct {
        enum feasibility feasibility;
        const char *title;
    } kinds[] = {{POINT_INFEASIBLE, "misses a promise"},
                 {POINT_UNDECIDED, "cannot tell"},
                 {POINT_FEASIBLE, "keeps all"}};
    fputs("plot data using ($3==1?$4:1/0):7 with steps linewidth 1.2 linecolor rgb '#BBBBBB' "
          "title 'nothing beats these'",
          out);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        int kind = (int)kinds[i].feasibility;
        const char *colour = kind == POINT_UNDECIDED  ? "#9A9A9A"
                             : kind == POINT_FEASIBLE ? figure_colour(0, SHADE_DARK)
                                                      : figure_colour(1, SHADE_MIDDLE);
        fprintf(out,
                ", \\\n    data using ($1==%d?$4:NaN):7:5:6:8:9 with xyerrorbars pointtype 7 "
                "pointsize 0.7 linewidth 1 linecolor rgb '%s' title '%s'",
                kind, colour, kinds[i].title);
    }
    fputs(
        ", \\\n    data using ($2==1?$4:NaN):7 with points pointtype 6 pointsize 2.4 linewidth 2.5 "
        "linecolor rgb '#111111' title 'chosen'\n",
        out);
}

void figure_frontier_draw(const struct figure *figure, const struct plan_result *result,
                          size_t limit)
{
    struct frontier f = make(result, limit);
    char title[TEXT], subtitle[TEXT], setting[TEXT];
    bool chosen = result->chosen != SIZE_MAX;
    if (chosen)
        snprintf(
            title, sizeof title, "Cheapest that keeps all: %s",
            report_plan_setting(result, result->points[result->chosen], setting, sizeof setting));
    else
        snprintf(title, sizeof title, "No setting keeps all promises");
    int used = snprintf(subtitle, sizeof subtitle,
                        "%zu settings, mean and 95 %% interval over replications", f.count);
    if (f.hidden > 0)
        snprintf(subtitle + used, sizeof subtitle - (size_t)used, "; %zu are above the picture",
                 f.hidden);
    figure_frame(figure, title, subtitle);
    write_axes(figure->script, &f);
    write_spots(figure->data, &f);
    plot_spots(figure->script);
    free(f.spots);
}

static bool draw_one(const struct plan_result *result, size_t limit, const char *folder,
                     struct files_problem *problem, bool *missing)
{
    struct plot plot;
    char name[PLOT_PATH], metric[PLOT_NAME];
    struct files_problem own = {""};
    snprintf(name, sizeof name, "frontier-%zu-%s", limit + 1,
             plot_name(metric, result->plan->limits[limit].choice.metric));
    enum plot_status status = PLOT_FAILED;
    if (plot_open(&plot, folder, name, &own)) {
        const struct figure figure = {.script = plot.script.stream, .data = plot.data.stream};
        figure_frontier_draw(&figure, result, limit);
        status = plot_close(&plot, &own);
    }
    *missing = status == PLOT_MISSING;
    if (status != PLOT_DONE && !*problem->text) *problem = own;
    return status == PLOT_DONE;
}

size_t figure_frontier_draw_all(const struct plan_result *result, const char *folder,
                                struct files_problem *problem)
{
    size_t drawn = 0;
    bool missing = false;
    problem->text[0] = '\0';
    for (size_t l = 0; l < result->plan->limit_count && !missing; l++) {
        struct frontier f = make(result, l);
        bool wanted = figure_frontier_wanted(result) && varies(&f);
        free(f.spots);
        if (wanted) drawn += draw_one(result, l, folder, problem, &missing);
    }
    return drawn;
}
