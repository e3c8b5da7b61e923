#include "bench/output/plan_data.h"

#include <math.h>
#include <stdlib.h>

#include "bench/input/patch.h"
#include "bench/output/csv_out.h"
#include "bench/output/json_out.h"

const char *const plan_feasibility_names[] = {[POINT_FEASIBLE] = "feasible",
                                              [POINT_INFEASIBLE] = "infeasible",
                                              [POINT_UNDECIDED] = "undecided"};

// CSV.

static void put_point_cells(FILE *out, const struct plan_result *result,
                            const struct plan_point *point)
{
    csv_out_text(out, point->what.name, ",");
    for (size_t k = 0; k < result->plan->knob_count; k++)
        if (result->plan->knobs[k].axis.kind == AXIS_NUMBER)
            csv_out_number(out, point->values[k]->number, ",");
        else
            csv_out_text(out, point->values[k]->label, ",");
    csv_out_text(out, plan_feasibility_names[point->place->feasibility], ",");
}

bool plan_data_points(FILE *out, const struct plan_result *result)
{
    csv_out_text(out, "point", ",");
    for (size_t k = 0; k < result->plan->knob_count; k++)
        csv_out_text(out, result->plan->knobs[k].axis.name, ",");
    csv_out_header(out, "feasibility", "mean,low,high,n");
    for (size_t i = 0; i < result->search.count; i++) {
        const struct plan_point *point = result->points[i];
        const struct alternative_result *r = &point->evaluation.result;
        for (size_t c = 0; c < r->column_count; c++) {
            const struct summary *s = &r->summaries[c];
            put_point_cells(out, result, point);
            csv_out_column(out, &r->columns[c]);
            csv_out_number(out, s->mean, ",");
            csv_out_number(out, s->low, ",");
            csv_out_number(out, s->high, ",");
            csv_out_number(out, s->n, csv_out_end);
        }
    }
    return !ferror(out);
}

bool plan_data_patch(FILE *out, const struct plan_result *result)
{
    struct arena *arena = arena_create((size_t)1 << 30);
    if (!arena) return false;
    const struct scenario_point *what = &result->points[result->chosen]->what;
    const char *text =
        patch_text(arena, result->scenario->resolved_json, what->changes, what->count);
    fprintf(out, "%s\n", text ? text : "{}");
    arena_destroy(arena);
    return !ferror(out);
}

// JSON.

static void put_cost(struct json_out *j, const char *key, const struct summary *s)
{
    json_out_open(j, key, '{');
    json_out_interval(j, s);
    json_out_close(j, '}');
}

static void put_setting(struct json_out *j, const struct plan_result *result,
                        const struct plan_point *point)
{
    json_out_open(j, "setting", '{');
    for (size_t k = 0; k < result->plan->knob_count; k++) {
        json_out_key(j, result->plan->knobs[k].axis.pointer);
        fputs(point->values[k]->changes[0].json, j->stream);
    }
    json_out_close(j, '}');
}

static void put_checks(struct json_out *j, const struct plan_result *result,
                       const struct plan_point *point)
{
    size_t count;
    struct plan_check *checks = plan_checks(result, point, &count);
    json_out_open(j, "promises", '[');
    for (size_t i = 0; i < count; i++) {
        const struct plan_check *c = &checks[i];
        json_out_open_row(j);
        json_out_text(j, "metric", c->limit->choice.metric);
        json_out_labels(j, c->column ? c->column->labels : c->limit->choice.labels);
        json_out_number(j, "at_least", c->limit->min);
        json_out_number(j, "at_most", c->limit->max);
        json_out_text(j, "standing", plan_feasibility_names[c->feasibility]);
        if (c->summary) json_out_interval(j, c->summary);
        json_out_close_row(j);
    }
    json_out_close(j, ']');
    free(checks);
}

static void put_point(struct json_out *j, const struct plan_result *result,
                      const struct plan_point *point)
{
    json_out_open(j, NULL, '{');
    json_out_text(j, "id", point->what.name);
    put_setting(j, result, point);
    json_out_text(j, "standing", plan_feasibility_names[point->place->feasibility]);
    json_out_count(j, "replications", point->evaluation.result.replications);
    json_out_text(j, "refused", point->refused);
    json_out_text(j, "fault", point->evaluation.result.fault);
    put_cost(j, "cost", &point->cost);
    put_checks(j, result, point);
    json_out_close(j, '}');
}

static void put_id(struct json_out *j, const char *key, const struct plan_result *result,
                   size_t point)
{
    json_out_text(j, key, point == SIZE_MAX ? NULL : result->points[point]->what.name);
}

static void put_neighbours(struct json_out *j, const struct plan_result *result)
{
    json_out_open(j, "neighbours", '[');
    for (size_t i = 0; i < result->neighbour_count; i++) {
        const struct plan_neighbour *n = &result->neighbours[i];
        json_out_open_row(j);
        json_out_text(j, "knob", result->plan->knobs[n->knob].axis.pointer);
        json_out_number(j, "step", n->step);
        put_id(j, "id", result, n->point);
        json_out_close_row(j);
    }
    json_out_close(j, ']');
}

static void put_method(struct json_out *j, const struct plan_result *result)
{
    static const char *const names[] = {
        [SEARCH_LINE] = "bisection", [SEARCH_GRID] = "grid", [SEARCH_REFINE] = "refinement"};
    const struct search_result *s = &result->search;
    bool line = s->method == SEARCH_LINE;
    json_out_open(j, "method", '{');
    json_out_text(j, "name", names[s->method]);
    json_out_text(j, "knob", line ? result->plan->knobs[s->knob].axis.pointer : NULL);
    json_out_text(j, "monotone", line ? s->trend == TREND_UP ? "up" : "down" : NULL);
    json_out_flag(j, "detected", s->detected);
    json_out_count(j, "broken_lines", s->broken);
    json_out_flag(j, "budget_spent", s->spent);
    json_out_count(j, "undecided", result->undecided);
    json_out_count(j, "rivals", result->rivals);
    json_out_flag(j, "selected", result->selected);
    json_out_number(j, "indifference", result->zone);
    json_out_close(j, '}');
}

static void put_floor(struct json_out *j, const struct plan_result *result)
{
    if (result->floor != FLOOR_FOUND) {
        json_out_text(j, "floor", NULL);
        return;
    }
    json_out_open(j, "floor", '{');
    put_cost(j, "cost", &result->floor_cost);
    put_cost(j, "distance", &result->floor_distance);
    json_out_close(j, '}');
}

bool plan_data_json(FILE *out, const struct plan_result *result, int exit_code)
{
    struct json_out json = json_out_begin(out), *j = &json;
    json_out_head(j, result->scenario, exit_code, result->interrupted);
    put_id(j, "chosen", result, result->chosen);
    put_id(j, "closest", result, result->closest);
    put_method(j, result);
    put_floor(j, result);
    put_neighbours(j, result);
    json_out_open(j, "points", '[');
    for (size_t i = 0; i < result->search.count; i++)
        put_point(j, result, result->points[i]);
    json_out_close(j, ']');
    return json_out_end(j);
}
