#include "bench/output/report_json.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/interval.h"
#include "bench/experiment/rare.h"
#include "bench/experiment/mcb.h"
#include "bench/input/json_text.h"
#include "bench/output/text.h"

struct json_out {
    FILE *stream;
    int depth, flat; // objects and arrays that are open; from depth `flat` on all is on one line
    bool first;      // nothing yet in the innermost of them
};

enum { NEVER_FLAT = 1000 };

static void put_string(struct json_out *j, const char *text)
{
    char *clean = text_utf8(text);
    json_write_string(j->stream, clean);
    free(clean);
}

static void new_line(struct json_out *j)
{
    fprintf(j->stream, "\n%*s", 2 * j->depth, "");
}

// Ends what came before, and starts a member (key NULL: an item of an array).
static void next(struct json_out *j, const char *key)
{
    bool flat = j->depth >= j->flat;
    if (!j->first) fputs(flat ? ", " : ",", j->stream);
    if (!flat) new_line(j);
    if (key) {
        put_string(j, key);
        fputs(": ", j->stream);
    }
    j->first = false;
}

static void open_group(struct json_out *j, const char *key, char bracket)
{
    next(j, key);
    fputc(bracket, j->stream);
    j->depth++;
    j->first = true;
}

static void close_group(struct json_out *j, char bracket)
{
    bool flat = j->depth >= j->flat;
    j->depth--;
    if (!flat && !j->first) new_line(j);
    fputc(bracket, j->stream);
    j->first = false;
}

static void open_row(struct json_out *j)
{
    open_group(j, NULL, '{');
    j->flat = j->depth;
}

static void close_row(struct json_out *j)
{
    close_group(j, '}');
    j->flat = NEVER_FLAT;
}

static void put_text(struct json_out *j, const char *key, const char *text)
{
    next(j, key);
    if (text)
        put_string(j, text);
    else
        fputs("null", j->stream);
}

static void put_number(struct json_out *j, const char *key, double value)
{
    char buffer[JSON_NUMBER_TEXT];
    next(j, key);
    fputs(json_number_text(value, buffer), j->stream);
}

static void put_count(struct json_out *j, const char *key, uint64_t value)
{
    next(j, key);
    fprintf(j->stream, "%" PRIu64, value);
}

static void put_flag(struct json_out *j, const char *key, bool value)
{
    next(j, key);
    fputs(value ? "true" : "false", j->stream);
}

static const char *verdict_name(int exit_code)
{
    static const struct {
        int code;
        const char *name;
    } names[] = {{0, "ok"},          {1, "failed"},       {10, "expectation_missed"},
                 {11, "regression"}, {12, "cannot_tell"}, {13, "baseline_unusable"},
                 {20, "interrupted"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].code == exit_code) return names[i].name;
    return "failed";
}

static const char *better_name(enum metric_better better)
{
    static const char *const names[] = {
        [BETTER_NEITHER] = NULL, [BETTER_LOWER] = "lower", [BETTER_HIGHER] = "higher"};
    return names[better];
}

static void put_labels(struct json_out *j, const char *const labels[LABELS])
{
    open_group(j, "labels", '{');
    for (size_t i = 0; i < LABELS; i++)
        if (labels[i]) put_text(j, label_names[i], labels[i]);
    close_group(j, '}');
}

static void put_column(struct json_out *j, const struct column *column)
{
    put_text(j, "metric", column->metric->name);
    put_labels(j, column->labels);
    put_text(j, "unit", column->metric->unit);
    put_text(j, "better", better_name(column->metric->better));
}

static void put_interval(struct json_out *j, const struct summary *s)
{
    put_number(j, "mean", s->mean);
    put_number(j, "low", s->low);
    put_number(j, "high", s->high);
    put_count(j, "n", s->n);
}

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
    open_group(j, "imperfect", '{');
    put_count(j, "replications", count);
    put_number(j, "low", limits.low);
    put_number(j, "high", count > 0 ? limits.high : rare_unseen(s->n, level));
    close_group(j, '}');
}

// How the interval came about, and why an end of it is missing.
static void put_method(struct json_out *j, const struct summary *s)
{
    double estimate = summary_estimate(s);
    put_text(j, "method", method_name(s));
    if (isfinite(estimate) && (estimate < s->mean || estimate > s->mean))
        put_number(j, "estimate", estimate);
    if (s->batches > 0) put_count(j, "batches", s->batches);
    if (s->needed_run_s > 0) put_number(j, "run_s_for_5_percent", s->needed_run_s);
    if (s->gap != GAP_NONE) put_text(j, "reason", interval_gap_texts[s->gap]);
    if (s->n > 1 && s->min >= s->max) put_flag(j, "degenerate", true);
    if (s->few) put_flag(j, "few_observations", true);
}

static void put_spread(struct json_out *j, const struct summary *s)
{
    put_count(j, "undefined", s->undefined);
    put_number(j, "sd", s->sd);
    put_number(j, "min", s->n ? s->min : s->mean);
    put_number(j, "max", s->n ? s->max : s->mean);
}

static void put_scenario(struct json_out *j, const struct scenario *scenario)
{
    const struct scenario_config *config = &scenario->alternatives[0].config;
    open_group(j, "scenario", '{');
    put_text(j, "title", scenario->title);
    put_text(j, "question", scenario->question);
    put_text(j, "path", scenario->path);
    put_text(j, "defaults", scenario->defaults);
    put_text(j, "prices", config->prices);
    put_number(j, "horizon_s", sim_seconds(config->horizon));
    put_number(j, "warm_up_s", sim_seconds(config->warm_up));
    if (scenario->study != STUDY_UNSAID) put_text(j, "study", study_kind_names[scenario->study]);
    if (scenario->study == STUDY_CYCLIC) put_number(j, "cycle_s", sim_seconds(scenario->cycle));
    next(j, "definition");
    fputs(scenario->resolved_json ? scenario->resolved_json : "null", j->stream);
    close_group(j, '}');
}

static void put_warm_up(struct json_out *j, const struct warm_up *w)
{
    if (!w->asked) return;
    open_group(j, "warm_up", '{');
    put_text(j, "method", "mser");
    put_count(j, "pilots", w->pilots);
    put_number(j, "step_s", sim_seconds(w->step));
    put_count(j, "batch", w->batch);
    put_text(j, "verdict", w->fault ? "failed" : w->inconclusive ? "inconclusive" : "found");
    put_text(j, "fault", w->fault);
    put_number(j, "cut_s", w->inconclusive || w->fault ? NAN : sim_seconds(w->cut));
    open_group(j, "series", '[');
    for (size_t i = 0; i < w->count; i++) {
        const struct warm_up_series *s = &w->series[i];
        open_row(j);
        put_text(j, "alternative", s->alternative);
        put_text(j, "app", s->app);
        put_text(j, "what", s->what);
        put_number(j, "cut_s", s->inconclusive ? NAN : sim_seconds((sim_time)s->cut * w->step));
        close_row(j);
    }
    close_group(j, ']');
    close_group(j, '}');
}

static void put_fault(struct json_out *j, const struct alternative_result *a)
{
    if (!a->fault) {
        put_text(j, "fault", NULL);
        return;
    }
    open_group(j, "fault", '{');
    put_count(j, "replication", a->fault_replication);
    put_text(j, "message", a->fault);
    close_group(j, '}');
}

static void put_alternative(struct json_out *j, const struct alternative_result *a)
{
    open_group(j, NULL, '{');
    put_text(j, "name", a->alternative->name);
    put_count(j, "replications", a->replications);
    put_number(j, "confidence", interval_level(a->level));
    put_flag(j, "precision_reached", a->precision_reached);
    if (a->needed > 0) put_count(j, "replications_needed", a->needed);
    put_count(j, "events", a->events);
    put_fault(j, a);
    open_group(j, "metrics", '[');
    for (size_t i = 0; i < a->column_count; i++) {
        open_row(j);
        put_column(j, &a->columns[i]);
        put_interval(j, &a->summaries[i]);
        put_spread(j, &a->summaries[i]);
        put_method(j, &a->summaries[i]);
        put_imperfect(j, &a->columns[i], &a->summaries[i], interval_level(a->level));
        close_row(j);
    }
    close_group(j, ']');
    close_group(j, '}');
}

static void put_comparison(struct json_out *j, const struct experiment_result *result,
                           const struct comparison *c)
{
    const struct alternative_result *a = &result->alternatives[c->alternative];
    open_row(j);
    put_text(j, "alternative", a->alternative->name);
    put_text(j, "baseline", result->alternatives[c->control].alternative->name);
    put_column(j, &a->columns[c->column]);
    put_interval(j, &c->difference);
    put_spread(j, &c->difference);
    put_flag(j, "paired", c->paired);
    put_number(j, "simultaneous_low", c->low);
    put_number(j, "simultaneous_high", c->high);
    put_number(j, "correlation", c->correlation);
    put_number(j, "variance_reduction", c->variance_reduction);
    put_number(j, "zone", c->zone);
    put_text(j, "verdict", comparison_verdict_names[c->verdict]);
    put_number(j, "replications_needed", c->needed < UINT32_MAX ? (double)c->needed : NAN);
    close_row(j);
}

static void put_contest(struct json_out *j, const struct experiment_result *result)
{
    const struct contest *contest = &result->contest;
    if (!contest->column) {
        put_text(j, "mcb", NULL);
        return;
    }
    open_group(j, "mcb", '{');
    put_column(j, contest->column);
    put_text(j, "best", contest->smallest ? "smallest" : "largest");
    open_group(j, "alternatives", '[');
    for (size_t i = 0; i < result->alternative_count; i++) {
        const struct contender *c = &contest->contenders[i];
        open_row(j);
        put_text(j, "name", result->alternatives[i].alternative->name);
        put_number(j, "mean", c->mean);
        put_number(j, "low", c->low);
        put_number(j, "high", c->high);
        put_count(j, "n", c->n);
        put_flag(j, "can_be_best", mcb_can_be_best(contest->smallest, c));
        close_row(j);
    }
    close_group(j, ']');
    close_group(j, '}');
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
        put_text(j, "selection", NULL);
        return;
    }
    open_group(j, "selection", '{');
    put_text(j, "procedure", s->plan->procedure == SELECTION_KN ? "kn" : "ocba");
    put_text(j, "metric", s->plan->metric);
    put_labels(j, s->plan->labels);
    put_text(j, "best", s->plan->smallest ? "smallest" : "largest");
    put_number(j, "zone", s->plan->zone > 0 ? s->plan->zone : NAN);
    put_text(j, "verdict", selection_end_name(s->end));
    put_text(j, "selected",
             s->best == SIZE_MAX ? NULL : result->alternatives[s->best].alternative->name);
    put_number(j, "confidence",
               s->plan->procedure == SELECTION_KN ? s->plan->confidence : s->confidence);
    put_count(j, "replications", s->spent);
    open_group(j, "alternatives", '[');
    for (size_t i = 0; i < result->alternative_count; i++) {
        open_row(j);
        put_text(j, "name", result->alternatives[i].alternative->name);
        put_count(j, "replications", result->alternatives[i].replications);
        put_flag(j, "eliminated", s->eliminated[i]);
        close_row(j);
    }
    close_group(j, ']');
    close_group(j, '}');
}

static void put_expectation(struct json_out *j, const struct expectation_result *e)
{
    static const char *const names[] = {[VERDICT_MET] = "met",
                                        [VERDICT_MISSED] = "missed",
                                        [VERDICT_UNDECIDED] = "cannot_tell",
                                        [VERDICT_NO_DATA] = "no_data"};
    open_row(j);
    put_text(j, "metric", e->expectation->metric);
    if (e->expectation->stat.text) put_text(j, "stat", e->expectation->stat.text);
    put_text(j, "alternative", e->alternative ? e->alternative->alternative->name : NULL);
    put_labels(j, e->column ? e->column->labels : e->expectation->labels);
    put_number(j, "at_least", e->expectation->min);
    put_number(j, "at_most", e->expectation->max);
    put_text(j, "verdict", names[e->verdict]);
    if (e->summary) put_interval(j, e->summary);
    if (e->summary) put_method(j, e->summary);
    close_row(j);
}

bool report_json(FILE *out, const struct experiment_result *result, int exit_code)
{
    struct json_out json = {.stream = out, .flat = NEVER_FLAT, .depth = 1, .first = true},
                    *j = &json;
    fputc('{', out);
    put_count(j, "warmpool", 1);
    put_text(j, "verdict", verdict_name(exit_code));
    put_count(j, "exit_code", (uint64_t)exit_code);
    put_flag(j, "interrupted", result->interrupted);
    put_text(j, "seed", result->scenario->seed_text);
    put_scenario(j, result->scenario);
    put_warm_up(j, &result->warm_up);
    open_group(j, "alternatives", '[');
    for (size_t i = 0; i < result->alternative_count; i++)
        put_alternative(j, &result->alternatives[i]);
    close_group(j, ']');
    open_group(j, "comparisons", '[');
    for (size_t i = 0; i < result->comparison_count; i++)
        put_comparison(j, result, &result->comparisons[i]);
    close_group(j, ']');
    put_contest(j, result);
    put_selection(j, result);
    open_group(j, "expectations", '[');
    for (size_t i = 0; i < result->expectation_count; i++)
        put_expectation(j, &result->expectations[i]);
    close_group(j, ']');
    close_group(j, '}');
    fputc('\n', out);
    return !ferror(out);
}
