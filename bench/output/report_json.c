#include "bench/output/report_json.h"

#include "bench/output/json_out.h"

static void put_fault(struct json_out *j, const struct alternative_result *a)
{
    if (!a->fault) {
        json_out_text(j, "fault", NULL);
        return;
    }
    json_out_open(j, "fault", '{');
    json_out_count(j, "replication", a->fault_replication);
    json_out_text(j, "message", a->fault);
    json_out_close(j, '}');
}

static void put_alternative(struct json_out *j, const struct alternative_result *a)
{
    json_out_open(j, NULL, '{');
    json_out_text(j, "name", a->alternative->name);
    json_out_count(j, "replications", a->replications);
    json_out_flag(j, "precision_reached", a->precision_reached);
    json_out_count(j, "events", a->events);
    put_fault(j, a);
    json_out_open(j, "metrics", '[');
    for (size_t i = 0; i < a->column_count; i++) {
        json_out_open_row(j);
        json_out_column(j, &a->columns[i]);
        json_out_interval(j, &a->summaries[i]);
        json_out_spread(j, &a->summaries[i]);
        json_out_close_row(j);
    }
    json_out_close(j, ']');
    json_out_close(j, '}');
}

static void put_comparison(struct json_out *j, const struct experiment_result *result,
                           const struct comparison *c)
{
    const struct alternative_result *a = &result->alternatives[c->alternative];
    json_out_open_row(j);
    json_out_text(j, "alternative", a->alternative->name);
    json_out_text(j, "baseline", result->alternatives[0].alternative->name);
    json_out_column(j, &a->columns[c->column]);
    json_out_interval(j, &c->difference);
    json_out_spread(j, &c->difference);
    json_out_number(j, "variance_ratio", c->variance_ratio);
    json_out_close_row(j);
}

static void put_expectation(struct json_out *j, const struct expectation_result *e)
{
    static const char *const names[] = {[VERDICT_MET] = "met",
                                        [VERDICT_MISSED] = "missed",
                                        [VERDICT_UNDECIDED] = "cannot_tell",
                                        [VERDICT_NO_DATA] = "no_data"};
    json_out_open_row(j);
    json_out_text(j, "metric", e->expectation->metric);
    json_out_text(j, "alternative", e->alternative ? e->alternative->alternative->name : NULL);
    json_out_labels(j, e->column ? e->column->labels : e->expectation->labels);
    json_out_number(j, "at_least", e->expectation->min);
    json_out_number(j, "at_most", e->expectation->max);
    json_out_text(j, "verdict", names[e->verdict]);
    if (e->summary) json_out_interval(j, e->summary);
    json_out_close_row(j);
}

bool report_json(FILE *out, const struct experiment_result *result, int exit_code)
{
    struct json_out json = json_out_begin(out), *j = &json;
    json_out_head(j, result->scenario, exit_code, result->interrupted);
    json_out_open(j, "alternatives", '[');
    for (size_t i = 0; i < result->alternative_count; i++)
        put_alternative(j, &result->alternatives[i]);
    json_out_close(j, ']');
    json_out_open(j, "comparisons", '[');
    for (size_t i = 0; i < result->comparison_count; i++)
        put_comparison(j, result, &result->comparisons[i]);
    json_out_close(j, ']');
    json_out_open(j, "expectations", '[');
    for (size_t i = 0; i < result->expectation_count; i++)
        put_expectation(j, &result->expectations[i]);
    json_out_close(j, ']');
    return json_out_end(j);
}
