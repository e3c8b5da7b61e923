#include "bench/output/notes.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/interval.h"
#include "bench/experiment/memory.h"
#include "bench/experiment/quantile.h"
#include "bench/output/estimate.h"
#include "bench/output/number.h"
#include "bench/output/section.h"
#include "bench/output/table.h"
#include "bench/output/text.h"

enum { MOST_NAMED = 4, FEW_REPLICATIONS = 40 };

// One paragraph, wrapped; texts of users in it are made harmless.
__attribute__((format(printf, 2, 3))) static void say(FILE *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    size_t size = (size_t)length + 1;
    char *text = memory_new(size, 1), *line = memory_new(size, 1);
    va_start(arguments, format);
    vsnprintf(text, size, format, arguments);
    va_end(arguments);
    table_wrap(out, 2, text_line(line, size, text));
    free(text);
    free(line);
}

static const char *verdict_text(enum verdict verdict)
{
    static const char *const texts[] = {[VERDICT_MET] = "met        ",
                                        [VERDICT_MISSED] = "MISSED     ",
                                        [VERDICT_UNDECIDED] = "cannot tell",
                                        [VERDICT_NO_DATA] = "no data    "};
    return texts[verdict];
}

static void write_bounds(char *text, size_t size, const struct expectation *x)
{
    struct number_text min = number_short(x->min), max = number_short(x->max);
    if (isnan(x->min))
        snprintf(text, size, "at most %s", max.text);
    else if (isnan(x->max))
        snprintf(text, size, "at least %s", min.text);
    else
        snprintf(text, size, "from %s to %s", min.text, max.text);
}

static void write_value(char *text, size_t size, const struct expectation_result *e,
                        const struct experiment_result *result)
{
    const struct summary *s = e->summary;
    struct number_text level_text = estimate_level(result);
    const char *level = level_text.text;
    double confidence = interval_level(result->scenario->replications.confidence);
    double estimate = s ? summary_estimate(s) : NAN;
    if (!s || s->n == 0)
        snprintf(text, size, "never defined");
    else if (s->gap == GAP_CORRELATED)
        snprintf(text, size, "%s (correlated: no interval)", number_short(estimate).text);
    else if (s->gap == GAP_FEW)
        snprintf(
            text, size, "%s (%s interval %s to %s; it takes %s replications)",
            number_short(estimate).text, level,
            isnan(s->low) ? "no finite limit" : number_short(s->low).text,
            isnan(s->high) ? "no finite limit" : number_short(s->high).text,
            number_short(quantile_replications(e->expectation->stat.quantile, confidence)).text);
    else if (isnan(s->low))
        snprintf(text, size, "%s (no interval)", number_short(estimate).text);
    else if (s->low == s->high)
        snprintf(text, size, "always %s", number_short(estimate).text);
    else
        snprintf(text, size, "%s (%s interval %s to %s)", number_short(estimate).text, level,
                 number_short(s->low).text, number_short(s->high).text);
}

// "p95 of "; nothing for the mean.
static void write_statistic(char *text, size_t size, const struct statistic *stat)
{
    switch (stat->kind) {
    case STATISTIC_MEAN:
        snprintf(text, size, "%s", "");
        break;
    case STATISTIC_QUANTILE:
        snprintf(text, size, "%.16s over replications of ", stat->text);
        break;
    case STATISTIC_ANY:
        snprintf(text, size, "share of replications with any ");
        break;
    }
}

static void print_expectation(FILE *out, const struct experiment_result *result,
                              const struct expectation_result *e)
{
    char labels[256], bounds[128], value[320], stat[64], line[1024], clean[1024];
    const struct expectation *x = e->expectation;
    const char *alternative = e->alternative ? e->alternative->alternative->name : NULL;
    struct column column = {.metric = NULL};
    memcpy(column.labels, e->column ? e->column->labels : x->labels, sizeof column.labels);
    write_bounds(bounds, sizeof bounds, x);
    write_value(value, sizeof value, e, result);
    write_statistic(stat, sizeof stat, &x->stat);
    snprintf(line, sizeof line, "%s%.100s%s %s%s%.300s: %s", stat, x->metric,
             column_labels(&column, labels, sizeof labels), bounds, alternative ? " with " : "",
             alternative ? alternative : "", value);
    fprintf(out, "  %s  %s\n", verdict_text(e->verdict), text_line(clean, sizeof clean, line));
}

void notes_print_expectations(FILE *out, const struct experiment_result *result)
{
    for (size_t i = 0; i < result->expectation_count; i++)
        print_expectation(out, result, &result->expectations[i]);
}

static void name_column(char *buffer, size_t size, const struct alternative_result *a, size_t c)
{
    char label[160], subject[160];
    section_label(&a->columns[c], label, sizeof label);
    section_subject(&a->columns[c], subject, sizeof subject);
    snprintf(buffer, size, "%s%s%s%s", label, *subject ? " (" : "", subject, *subject ? ")" : "");
}

// What a planner decides by; the other numbers are in result.json, with all that is known of them.
static bool is_headline(const struct experiment_result *result, const struct column *column)
{
    static const char *const names[] = {"unserved_time_s", "request_success_ratio", "good_ratio",
                                        "cost_usd",        "cost_per_request_usd",  "wait_mean_s",
                                        "response_mean_s"};
    bool cost_of_app = strcmp(column->metric->name, "cost_usd") == 0 && column->labels[LABEL_APP];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(column->metric->name, names[i]) == 0 && !cost_of_app) return true;
    for (size_t i = 0; i < result->expectation_count; i++) {
        const struct column *expected = result->expectations[i].column;
        if (expected && column_find(expected, 1, column) == 0) return true;
    }
    return false;
}

typedef bool concerns(const struct summary *summary);

static bool sometimes_undefined(const struct summary *s)
{
    return s->n > 0 && s->undefined > 0;
}

static bool too_skewed(const struct summary *s)
{
    return s->n < FEW_REPLICATIONS && fabs(s->skewness) > 1;
}

static bool too_few(const struct summary *s)
{
    return s->few && s->max > s->min;
}

static bool correlated(const struct summary *s)
{
    return s->gap == GAP_CORRELATED;
}

// "wait, p99, s (MyApp), 3 of 30; and 4 more", or NULL; free() it.
static char *list(const struct experiment_result *result, const struct alternative_result *a,
                  concerns *concern, bool with_count)
{
    char *text = NULL, name[400];
    size_t size, found = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out) return NULL;
    for (size_t c = 0; c < a->column_count; c++) {
        const struct summary *s = &a->summaries[c];
        if (!concern(s) || !is_headline(result, &a->columns[c])) continue;
        if (++found > MOST_NAMED) continue;
        name_column(name, sizeof name, a, c);
        fprintf(out, "%s%s", found > 1 ? "; " : "", name);
        if (with_count) fprintf(out, ", in %u of %u", s->undefined, s->n + s->undefined);
    }
    if (found > MOST_NAMED) fprintf(out, "; and %zu more", found - MOST_NAMED);
    fclose(out);
    if (found > 0) return text;
    free(text);
    return NULL;
}

static void note_columns(FILE *out, const struct experiment_result *result,
                         const struct alternative_result *a)
{
    const char *name = a->alternative->name;
    char *undefined = list(result, a, sometimes_undefined, true);
    char *skewed = list(result, a, too_skewed, false);
    char *few = list(result, a, too_few, false), *dependent = list(result, a, correlated, false);
    if (undefined)
        say(out, "%s: undefined in some replications, which are left out: %s.", name, undefined);
    if (skewed)
        say(out,
            "%s: skewed, and fewer than %d replications, so their intervals are too narrow: %s.",
            name, FEW_REPLICATIONS, skewed);
    if (few)
        say(out,
            "%s: fewer observations in a replication than the quantile p needs, 10 / (1 - p), so "
            "it is uncertain beyond its interval: %s.",
            name, few);
    if (dependent)
        say(out,
            "%s: the batches of the run depend on each other, so there is no interval; a longer "
            "run would give one: %s.",
            name, dependent);
    free(few);
    free(dependent);
    free(undefined);
    free(skewed);
}

// What one long run says about how long it should have been.
static void note_run_length(FILE *out, const struct alternative_result *a)
{
    char name[400];
    size_t worst = SIZE_MAX;
    for (size_t c = 0; c < a->column_count; c++) {
        double needed = a->summaries[c].needed_run_s;
        if (needed > 0 && (worst == SIZE_MAX || needed > a->summaries[worst].needed_run_s))
            worst = c;
    }
    if (worst == SIZE_MAX) return;
    name_column(name, sizeof name, a, worst);
    say(out,
        "%s: one run, with intervals from the means of %u batches of it where a number is an "
        "average over time; for +/- 5 %% of all of them about %s would have to count, most for %s.",
        a->alternative->name, a->summaries[worst].batches,
        number_duration(a->summaries[worst].needed_run_s).text, name);
}

static bool has_batches(const struct alternative_result *a)
{
    for (size_t c = 0; c < a->column_count; c++)
        if (a->summaries[c].method == INTERVAL_BATCH_MEANS) return true;
    return false;
}

static void note_alternative(FILE *out, const struct experiment_result *result,
                             const struct alternative_result *a)
{
    const char *name = a->alternative->name;
    if (a->fault) say(out, "%s: replication %u failed: %s", name, a->fault_replication, a->fault);
    if (a->replications == 0) {
        say(out, "%s: no replication was finished.", name);
        return;
    }
    char needed[96] = "";
    if (a->needed > 0)
        snprintf(needed, sizeof needed, "; it takes about %s", number_short(a->needed).text);
    if (a->replications == 1 && !has_batches(a))
        say(out, "%s: one replication, so nothing is known about chance: intervals are n/a.", name);
    if (!a->precision_reached)
        say(out, "%s: the precision asked for was not reached in %u replications%s.", name,
            a->replications, needed);
    note_run_length(out, a);
    note_columns(out, result, a);
}

// "MyApp, runners: 12m 3s": the cut of each series, or that there is none.
static void note_cuts(FILE *out, const struct warm_up *w)
{
    char *text = NULL;
    size_t size, named = 0;
    FILE *list = open_memstream(&text, &size);
    if (!list) return;
    for (size_t i = 0; i < w->count; i++) {
        const struct warm_up_series *s = &w->series[i];
        if (w->inconclusive && !s->inconclusive) continue;
        if (++named > MOST_NAMED) continue;
        const char *cut = s->inconclusive
                              ? "still moving at half of the run"
                              : number_duration(sim_seconds((sim_time)s->cut * w->step)).text;
        fprintf(list, "%s%s, %s, %s: %s", named > 1 ? "; " : "", s->alternative, s->app, s->what,
                cut);
    }
    if (named > MOST_NAMED) fprintf(list, "; and %zu more", named - MOST_NAMED);
    fclose(list);
    if (w->inconclusive)
        say(out,
            "No results: the warm-up could not be found in %u pilot runs, because they have not "
            "settled. Run longer, or give the warm-up as a time. %s.",
            w->pilots, text);
    else
        say(out,
            "The warm-up is the longest cut of MSER on series averaged over %u pilot runs: %s.",
            w->pilots, text);
    free(text);
}

void notes_print(FILE *out, const struct experiment_result *result)
{
    const struct warm_up *w = &result->warm_up;
    if (w->fault) say(out, "No results: a pilot run for the warm-up failed: %s", w->fault);
    if (w->asked && !w->fault && !(result->interrupted && result->alternative_count == 0))
        note_cuts(out, w);
    if (result->interrupted)
        say(out, "Interrupted: these are the replications that were finished.");
    for (size_t i = 0; i < result->alternative_count; i++)
        note_alternative(out, result, &result->alternatives[i]);
}
