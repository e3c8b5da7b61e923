#include "bench/output/sweep_data.h"

#include <stdlib.h>
#include <string.h>

#include "bench/output/csv_out.h"
#include "bench/output/json_out.h"
#include "bench/output/report_sweep.h"

enum { NAME_TEXT = 200 };

// CSV.

static void put_header(FILE *out, const struct sweep_plan *plan, const char *after)
{
    csv_out_text(out, "point", ",");
    for (size_t i = 0; i + 1 < plan->axis_count; i++)
        csv_out_text(out, plan->axes[i].name, ",");
    csv_out_text(out, plan->axes[plan->axis_count - 1].name, "");
    csv_out_header(out, "", after);
}

// Numbers as numbers; durations and texts as they are written.
static void put_value(FILE *out, const struct axis *axis, const struct axis_value *value)
{
    if (axis->kind == AXIS_NUMBER)
        csv_out_number(out, value->number, ",");
    else
        csv_out_text(out, value->label, ",");
}

static void put_point(FILE *out, const struct sweep_result *result, size_t point)
{
    const struct sweep_plan *plan = result->design->plan;
    const struct design_point *p = &result->design->points[point];
    csv_out_text(out, p->what.name, ",");
    for (size_t i = 0; i < plan->axis_count; i++)
        put_value(out, &plan->axes[i], p->values[i]);
}

bool sweep_data_points(FILE *out, const struct sweep_result *result)
{
    size_t count;
    struct column *columns = sweep_columns(result, &count);
    put_header(out, result->design->plan, "mean,low,high,n");
    for (size_t i = 0; i < result->design->count; i++)
        for (size_t c = 0; c < count; c++) {
            const struct summary *s = sweep_summary(&result->points[i], &columns[c]);
            if (!s) continue;
            put_point(out, result, i);
            csv_out_column(out, &columns[c]);
            csv_out_number(out, s->mean, ",");
            csv_out_number(out, s->low, ",");
            csv_out_number(out, s->high, ",");
            csv_out_number(out, s->n, csv_out_end);
        }
    free(columns);
    return !ferror(out);
}

bool sweep_data_replications(FILE *out, const struct sweep_result *result)
{
    size_t count;
    struct column *columns = sweep_columns(result, &count);
    put_header(out, result->design->plan, "replication,value");
    for (size_t i = 0; i < result->design->count; i++) {
        const struct alternative_result *r = &result->points[i].result;
        for (size_t n = 0; n < r->replications; n++)
            for (size_t c = 0; c < count; c++) {
                size_t at = column_find(r->columns, r->column_count, &columns[c]);
                if (at == SIZE_MAX) continue;
                put_point(out, result, i);
                csv_out_column(out, &columns[c]);
                csv_out_number(out, (double)n, ",");
                csv_out_number(out, r->values[n * r->column_count + at], csv_out_end);
            }
    }
    free(columns);
    return !ferror(out);
}

// JSON.

struct data {
    const struct sweep_result *result;
    const struct sweep_plan *plan;
    struct json_out *j;
    struct column *columns;
    size_t count;
};

static void put_json_value(struct json_out *j, const char *key, const char *json)
{
    json_out_key(j, key);
    fputs(json, j->stream);
}

// An alternative has no value, but a name.
static void put_axis_value(struct json_out *j, const char *key, const struct axis *axis,
                           const struct axis_value *value)
{
    if (axis->pointer)
        put_json_value(j, key, value->changes[0].json);
    else
        json_out_text(j, key, value->label);
}

static void put_axes(struct data *d)
{
    struct json_out *j = d->j;
    json_out_open(j, "axes", '[');
    for (size_t i = 0; i < d->plan->axis_count; i++) {
        const struct axis *axis = &d->plan->axes[i];
        json_out_open_row(j);
        json_out_text(j, "name", axis->name);
        json_out_text(j, "path", axis->pointer);
        json_out_open(j, axis->continuous ? "between" : "values", '[');
        for (size_t v = 0; v < axis->count; v++)
            put_axis_value(j, NULL, axis, &axis->values[v]);
        json_out_close(j, ']');
        json_out_close_row(j);
    }
    json_out_close(j, ']');
}

static void put_json_point(struct data *d, size_t point)
{
    struct json_out *j = d->j;
    const struct design_point *p = &d->result->design->points[point];
    const struct alternative_result *r = &d->result->points[point].result;
    json_out_open(j, NULL, '{');
    json_out_text(j, "id", p->what.name);
    json_out_open(j, "values", '{');
    for (size_t i = 0; i < d->plan->axis_count; i++)
        put_axis_value(j, d->plan->axes[i].name, &d->plan->axes[i], p->values[i]);
    json_out_close(j, '}');
    json_out_count(j, "replications", r->replications);
    json_out_flag(j, "precision_reached", r->precision_reached);
    json_out_text(j, "fault", r->fault);
    json_out_open(j, "metrics", '[');
    for (size_t c = 0; c < d->count; c++) {
        const struct summary *s = sweep_summary(&d->result->points[point], &d->columns[c]);
        if (!s) continue;
        json_out_open_row(j);
        json_out_column(j, &d->columns[c]);
        json_out_interval(j, s);
        json_out_spread(j, s);
        json_out_close_row(j);
    }
    json_out_close(j, ']');
    json_out_close(j, '}');
}

static void put_effects(struct data *d)
{
    struct json_out *j = d->j;
    char name[NAME_TEXT];
    json_out_open(j, "effects", '[');
    for (size_t c = 0; c < d->count; c++) {
        struct summary *s = sweep_effects(d->result, &d->columns[c]);
        for (size_t mask = 0; s && mask < d->result->design->count; mask++) {
            json_out_open_row(j);
            json_out_column(j, &d->columns[c]);
            json_out_text(j, "of", report_sweep_factors(d->plan, mask, name, sizeof name));
            json_out_interval(j, &s[mask]);
            json_out_close_row(j);
        }
        free(s);
    }
    json_out_close(j, ']');
}

static void put_side(struct json_out *j, const char *side, const struct axis_value *value,
                     const struct summary *s)
{
    json_out_open(j, side, '{');
    put_json_value(j, "value", value->changes[0].json);
    json_out_interval(j, s);
    json_out_close(j, '}');
}

static void put_tornado(struct data *d)
{
    struct json_out *j = d->j;
    const struct design_point *points = d->result->design->points;
    json_out_number(j, "percent", d->plan->percent);
    json_out_open(j, "tornado", '[');
    for (size_t c = 0; c < d->count; c++) {
        struct tornado_bar *bars = sweep_tornado(d->result, &d->columns[c]);
        for (size_t i = 0; bars && i < d->plan->axis_count; i++) {
            size_t axis = bars[i].axis;
            json_out_open_row(j);
            json_out_column(j, &d->columns[c]);
            json_out_text(j, "axis", d->plan->axes[axis].name);
            put_side(j, "low", points[1 + 2 * axis].values[axis], &bars[i].low);
            put_side(j, "high", points[2 + 2 * axis].values[axis], &bars[i].high);
            json_out_flag(j, "clear", bars[i].clear);
            json_out_close_row(j);
        }
        free(bars);
    }
    json_out_close(j, ']');
}

bool sweep_data_json(FILE *out, const struct sweep_result *result, int exit_code)
{
    struct json_out json = json_out_begin(out), *j = &json;
    struct data d = {.result = result, .plan = result->design->plan, .j = j};
    d.columns = sweep_columns(result, &d.count);
    json_out_head(j, result->scenario, exit_code, result->interrupted);
    json_out_text(j, "design", sweep_design_names[d.plan->design]);
    put_axes(&d);
    json_out_open(j, "points", '[');
    for (size_t i = 0; i < result->design->count; i++)
        put_json_point(&d, i);
    json_out_close(j, ']');
    if (d.plan->design == DESIGN_FACTORIAL2) put_effects(&d);
    if (d.plan->design == DESIGN_TORNADO) put_tornado(&d);
    free(d.columns);
    return json_out_end(j);
}
