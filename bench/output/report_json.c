#include "bench/output/report_json.h"

#include <math.h>
#include <string.h>

#include "bench/experiment/interval.h"
#include "bench/experiment/rare.h"
#include "bench/experiment/mcb.h"
#include "bench/output/json_out.h"

static const char *method_name(const struct summary *s)
{
    static const char *const of_logarithm[] = {[INTERVAL_STUDENT_T] = "student_t_log",
                                               [INTERVAL_JACKKNIFE] = "jackknife_log",
                                               [INTERVAL_SECTIONING] = "sectioning_log"};
    bool log = s->scale != SCALE_LINEAR && s->method <= INTERVAL_SECTIONING;
    return log ? of_logarithm[s->method] : interval_method_names[s->method];
}

// Of perfect replications and those that were not, when there were perfect ones.
static void put_imperfect(struct json_out *j, const struct column *column, const struct summary *s,
                          double level)
{
    bool money = column->metric->unit && strcmp(column->metric->unit, "usd") == 0;
    if (s->clean == 0 || money || column->form == FORM_QUANTILE) return;
    uint32_t count = s->n - s->clean;
    struct rare_interval limits = rare_binomial(count, s->n, level);
    json_out_open(j, "imperfect", '{');
    json_out_count(j, "replications", count);
    json_out_number(j, "low", limits.low);
    json_out_number(j, "high", count > 0 ? limits.high : rare_unseen(s->n, level));
    json_out_close(j, '}');
}

// How the interval came about, and why an end of it is missing.
static void put_method(struct json_out *j, const struct summary *s)
{
    double estimate = summary_estimate(s);
    json_out_text(j, "method", method_name(s));
    if (isfinite(estimate) && (estimate < s->mean || estimate > s->mean))
        json_out_number(j, "estimate", estimate);
    if (s->batches > 0) json_out_count(j, "batches", s->batches);
    if (s->needed_run_s > 0) json_out_number(j, "run_s_for_5_percent", s->needed_run_s);
    if (s->gap != GAP_NONE) json_out_text(j, "reason", interval_gap_texts[s->gap]);
    if (s->n > 1 && s->min >= s->max) json_out_flag(j, "degenerate", true);
    if (s->few) json_out_flag(j, "few_observations", true);
}

static void put_warm_up(struct json_out *j, const struct warm_up *w)
{
    if (!w->asked) return;
    json_out_open(j, "warm_up", '{');
    json_out_text(j, "method", "mser");
    json_out_count(j, "pilots", w->pilots);
    json_out_number(j, "step_s", sim_seconds(w->step));
    json_out_count(j, "batch", w->batch);
    json_out_text(j, "verdict", w->fault ? "failed" : w->inconclusive ? "inconclusive" : "found");
    json_out_text(j, "fault", w->fault);
    json_out_number(j, "cut_s", w->inconclusive || w->fault ? NAN : sim_seconds(w->cut));
    json_out_open(j, "series", '[');
    for (size_t i = 0; i < w->count; i++) {
        const struct warm_up_series *s = &w->series[i];
        json_out_open_row(j);
        json_out_text(j, "alternative", s->alternative);
        json_out_text(j, "app", s->app);
        json_out_text(j, "what", s->what);
        json_out_number(j, "cut_s",
                        s->inconclusive ? NAN : sim_seconds((sim_time)s->cut * w->step));
        json_out_close_row(j);
    }
    json_out_close(j, ']');
    json_out_close(j, '}');
}

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
    json_out_number(j, "confidence", interval_level(a->level));
    json_out_flag(j, "precision_reached", a->precision_reached);
    if (a->needed > 0) json_out_count(j, "replications_needed", a->needed);
    json_out_count(j, "events", a->events);
    put_fault(j, a);
    json_out_open(j, "metrics", '[');
    for (size_t i = 0; i < a->column_count; i++) {
        json_out_open_row(j);
        json_out_column(j, &a->columns[i]);
        json_out_interval(j, &a->summaries[i]);
        json_out_spread(j, &a->summaries[i]);
        put_method(j, &a->summaries[i]);
        put_imperfect(j, &a->columns[i], &a->summaries[i], interval_level(a->level));
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
    json_out_text(j, "baseline", result->alternatives[c->control].alternative->name);
    json_out_column(j, &a->columns[c->column]);
    json_out_interval(j, &c->difference);
    json_out_spread(j, &c->difference);
    json_out_flag(j, "paired", c->paired);
    json_out_number(j, "simultaneous_low", c->low);
    json_out_number(j, "simultaneous_high", c->high);
    json_out_number(j, "correlation", c->correlation);
    json_out_number(j, "variance_reduction", c->variance_reduction);
    json_out_number(j, "zone", c->zone);
    json_out_text(j, "verdict", comparison_verdict_names[c->verdict]);
    json_out_number(j, "replications_needed", c->needed < UINT32_MAX ? (double)c->needed : NAN);
    json_out_close_row(j);
}

static void put_contest(struct json_out *j, const struct experiment_result *result)
{
    const struct contest *contest = &result->contest;
    if (!contest->column) {
        json_out_text(j, "mcb", NULL);
        return;
    }
    json_out_open(j, "mcb", '{');
    json_out_column(j, contest->column);
    json_out_text(j, "best", contest->smallest ? "smallest" : "largest");
    json_out_open(j, "alternatives", '[');
    for (size_t i = 0; i < result->alternative_count; i++) {
        const struct contender *c = &contest->contenders[i];
        json_out_open_row(j);
        json_out_text(j, "name", result->alternatives[i].alternative->name);
        json_out_number(j, "mean", c->mean);
        json_out_number(j, "low", c->low);
        json_out_number(j, "high", c->high);
        json_out_count(j, "n", c->n);
        json_out_flag(j, "can_be_best", mcb_can_be_best(contest->smallest, c));
        json_out_close_row(j);
    }
    json_out_close(j, ']');
    json_out_close(j, '}');
}

static const char *selection_end_name(enum selection_end end)
{
    static const char *const names[] = {
        [SELECTION_UNDER_WAY] = "not_finished", [SELECTION_DONE] = "selected",
        [SELECTION_SPENT] = "budget_spent",     [SELECTION_UNDEFINED] = "undefined",
        [SELECTION_NO_NUMBER] = "no_number",
    };
    return names[end];
}

static void put_selection(struct json_out *j, const struct experiment_result *result)
{
    const struct selection_result *s = &result->selection;
    if (!s->plan) {
        json_out_text(j, "selection", NULL);
        return;
    }
    json_out_open(j, "selection", '{');
    json_out_text(j, "procedure", s->plan->procedure == SELECTION_KN ? "kn" : "ocba");
    json_out_text(j, "metric", s->plan->metric);
    json_out_labels(j, s->plan->labels);
    json_out_text(j, "best", s->plan->smallest ? "smallest" : "largest");
    json_out_number(j, "zone", s->plan->zone > 0 ? s->plan->zone : NAN);
    json_out_text(j, "verdict", selection_end_name(s->end));
    json_out_text(j, "selected",
                  s->best == SIZE_MAX ? NULL : result->alternatives[s->best].alternative->name);
    json_out_number(j, "confidence",
                    s->plan->procedure == SELECTION_KN ? s->plan->confidence : s->confidence);
    json_out_count(j, "replications", s->spent);
    json_out_open(j, "alternatives", '[');
    for (size_t i = 0; i < result->alternative_count; i++) {
        json_out_open_row(j);
        json_out_text(j, "name", result->alternatives[i].alternative->name);
        json_out_count(j, "replications", result->alternatives[i].replications);
        json_out_flag(j, "eliminated", s->eliminated[i]);
        json_out_close_row(j);
    }
    json_out_close(j, ']');
    json_out_close(j, '}');
}

static void put_expectation(struct json_out *j, const struct expectation_result *e)
{
    static const char *const names[] = {[VERDICT_MET] = "met",
                                        [VERDICT_MISSED] = "missed",
                                        [VERDICT_UNDECIDED] = "cannot_tell",
                                        [VERDICT_NO_DATA] = "no_data"};
    json_out_open_row(j);
    json_out_text(j, "metric", e->expectation->metric);
    if (e->expectation->stat.text) json_out_text(j, "stat", e->expectation->stat.text);
    json_out_text(j, "alternative", e->alternative ? e->alternative->alternative->name : NULL);
    json_out_labels(j, e->column ? e->column->labels : e->expectation->labels);
    json_out_number(j, "at_least", e->expectation->min);
    json_out_number(j, "at_most", e->expectation->max);
    json_out_text(j, "verdict", names[e->verdict]);
    if (e->summary) json_out_interval(j, e->summary);
    if (e->summary) put_method(j, e->summary);
    json_out_close_row(j);
}

bool report_json(FILE *out, const struct experiment_result *result, int exit_code)
{
    struct json_out json = json_out_begin(out), *j = &json;
    json_out_head(j, result->scenario, exit_code, result->interrupted);
    put_warm_up(j, &result->warm_up);
    json_out_open(j, "alternatives", '[');
    for (size_t i = 0; i < result->alternative_count; i++)
        put_alternative(j, &result->alternatives[i]);
    json_out_close(j, ']');
    json_out_open(j, "comparisons", '[');
    for (size_t i = 0; i < result->comparison_count; i++)
        put_comparison(j, result, &result->comparisons[i]);
    json_out_close(j, ']');
    put_contest(j, result);
    put_selection(j, result);
    json_out_open(j, "expectations", '[');
    for (size_t i = 0; i < result->expectation_count; i++)
        put_expectation(j, &result->expectations[i]);
    json_out_close(j, ']');
    return json_out_end(j);
}
