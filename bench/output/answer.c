#include "bench/output/answer.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/output/number.h"
#include "bench/output/table.h"
#include "bench/output/text.h"

enum { MOST_NAMED = 4, MOST_APPS = 5 };

typedef struct number_text show_function(double value);

struct clause { // what is said about each alternative
    const char *before, *value,
        *zero; // "MyApp was ", "down ", "never down"; zero NULL: nothing special
    show_function *show;
    struct column column;
};

static const struct summary *find(const struct alternative_result *a, const struct column *wanted)
{
    size_t c = column_find(a->columns, a->column_count, wanted);
    return c == SIZE_MAX || a->summaries[c].n == 0 ? NULL : &a->summaries[c];
}

static void say_interval(FILE *out, double low, double high, show_function *show)
{
    fprintf(out, " (95 %% interval %s to %s)", show(low).text, show(high).text);
}

static void say_value(FILE *out, const struct summary *s, const struct clause *clause)
{
    if (s->min == 0 && s->max == 0 && clause->zero) {
        fputs(clause->zero, out);
        return;
    }
    fprintf(out, "%s%s", clause->value, clause->show(s->mean).text);
    if (s->n < 2)
        fputs(" (one replication, so no interval)", out);
    else if (s->high > s->low)
        say_interval(out, s->low, s->high, clause->show);
}

static void say_with(FILE *out, const struct experiment_result *result, size_t alternative)
{
    if (result->alternative_count > 1)
        fprintf(out, " with %s", result->alternatives[alternative].alternative->name);
}

// The alternatives that are named: all of a few, else the best and the worst.
static size_t choose(const struct experiment_result *result, const struct column *column,
                     size_t chosen[MOST_NAMED])
{
    size_t count = 0, best = SIZE_MAX, worst = SIZE_MAX;
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < result->alternative_count; i++) {
        const struct summary *s = find(&result->alternatives[i], column);
        if (!s) continue;
        if (count < MOST_NAMED) chosen[count] = i;
        count++;
        if (s->mean < least) least = s->mean, best = i;
        if (s->mean > most) most = s->mean, worst = i;
    }
    if (count <= MOST_NAMED) return count;
    chosen[0] = best;
    chosen[1] = worst;
    return best == worst ? 1 : 2;
}

static bool is_zero(const struct experiment_result *result, const struct column *column)
{
    for (size_t i = 0; i < result->alternative_count; i++) {
        const struct summary *s = find(&result->alternatives[i], column);
        if (s && (s->min != 0 || s->max != 0)) return false;
    }
    return true;
}

static void say_clause(FILE *out, const struct experiment_result *result,
                       const struct clause *clause)
{
    size_t chosen[MOST_NAMED], count = choose(result, &clause->column, chosen);
    bool extremes = result->alternative_count > MOST_NAMED && count == 2;
    if (count == 0) return;
    fputs(clause->before, out);
    if (clause->zero && is_zero(result, &clause->column)) {
        fprintf(out, "%s%s. ", clause->zero, count > 1 ? " with any of the alternatives" : "");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (i > 0) fputs(i + 1 == count ? " and " : ", ", out);
        if (extremes) fputs(i == 0 ? "at best " : "at worst ", out);
        say_value(out, find(&result->alternatives[chosen[i]], &clause->column), clause);
        say_with(out, result, chosen[i]);
    }
    fputs(". ", out);
}

static struct column column_of(const char *metric, enum label label, const char *text)
{
    struct column column = {.metric = metric_find(metric)};
    column.labels[label] = text;
    return column;
}

static void say_downtime(FILE *out, const struct experiment_result *result)
{
    const struct alternative_result *a = &result->alternatives[0];
    size_t apps = 0;
    for (size_t i = 0; i < a->column_count; i++) {
        const char *app = a->columns[i].labels[LABEL_APP];
        if (a->columns[i].metric != metric_find("unserved_time_s") || !app) continue;
        if (++apps > MOST_APPS) continue;
        char name[128], before[160];
        snprintf(before, sizeof before, "%s was ", text_line(name, sizeof name, app));
        struct clause clause = {before, "down ", "never down", number_duration,
                                column_of("unserved_time_s", LABEL_APP, app)};
        say_clause(out, result, &clause);
    }
    if (apps > MOST_APPS) fprintf(out, "%zu more apps are in the table. ", apps - MOST_APPS);
}

static const struct {
    const char *payer, *pays, *costs;
} payers[] = {{"owner", "The owner pays ", "costs the owner "},
              {"callers", "The callers pay ", "costs the callers "},
              {"absorbed", "Nobody is billed for ", "leaves unbilled "}};
enum { PAYER_COUNT = sizeof payers / sizeof *payers };

static void say_cost(FILE *out, const struct experiment_result *result)
{
    for (size_t p = 0; p < PAYER_COUNT; p++) {
        struct clause clause = {payers[p].pays, "", NULL, number_usd,
                                column_of("cost_usd", LABEL_PAYER, payers[p].payer)};
        if (!is_zero(result, &clause.column)) say_clause(out, result, &clause);
    }
}

// What the rollouts cost an app beyond the same run without them (bench/experiment/twin.h).
static void say_excess_of(FILE *out, const struct experiment_result *result, const char *app)
{
    char name[128], before[200];
    snprintf(before, sizeof before, "Requests of %s that failed because of its rollouts: ",
             text_line(name, sizeof name, app));
    struct clause failed = {before, "", "none", number_short,
                            column_of("excess_failed_requests", LABEL_APP, app)};
    struct clause waited = {"Time that requests waited because of them: ", "", "none",
                            number_duration, column_of("excess_wait_s", LABEL_APP, app)};
    say_clause(out, result, &failed);
    say_clause(out, result, &waited);
}

static void say_excess(FILE *out, const struct experiment_result *result)
{
    const struct alternative_result *a = &result->alternatives[0];
    size_t apps = 0;
    for (size_t i = 0; i < a->column_count && apps < MOST_APPS; i++) {
        const char *app = a->columns[i].labels[LABEL_APP];
        if (a->columns[i].metric != metric_find("recovery_time_s") || !app) continue;
        bool seen = false; // an app has one for each rollout
        for (size_t c = 0; c < i && !seen; c++)
            seen = a->columns[c].metric == a->columns[i].metric &&
                   strcmp(a->columns[c].labels[LABEL_APP], app) == 0;
        if (!seen) say_excess_of(out, result, app);
        apps += !seen;
    }
}

static const struct comparison *compared(const struct experiment_result *result, size_t alternative,
                                         const struct column *column)
{
    for (size_t i = 0; i < result->comparison_count; i++) {
        const struct comparison *c = &result->comparisons[i];
        const struct column *own = &result->alternatives[c->alternative].columns[c->column];
        if (c->alternative == alternative && column_find(own, 1, column) == 0) return c;
    }
    return NULL;
}

// " is down 41.2 s less (95 % interval 40.9 s to 41.6 s)"; nothing when both are always equal.
static bool say_difference(FILE *out, const struct comparison *comparison, const char *before,
                           show_function *show)
{
    const struct summary *d = &comparison->difference;
    if (d->n < 2 || (d->low == 0 && d->high == 0)) return false;
    double low = d->low, high = d->high;
    if (d->mean < 0) low = -d->high, high = -d->low;
    fprintf(out, "%s%s %s", before, show(fabs(d->mean)).text, d->mean < 0 ? "less" : "more");
    if (high > low) say_interval(out, low, high, show);
    if (low <= 0) fputs(", which may be chance", out);
    return true;
}

// Of one alternative: its downtime for each app, and what it costs whom.
static void say_differences(FILE *out, const struct experiment_result *result, size_t alternative)
{
    const struct alternative_result *a = &result->alternatives[alternative];
    char before[256], name[96], app[96];
    const char *glue = "";
    text_line(name, sizeof name, a->alternative->name);
    for (size_t i = 0; i < a->column_count; i++) {
        const struct column *column = &a->columns[i];
        if (column->metric != metric_find("unserved_time_s")) continue;
        const struct comparison *c = compared(result, alternative, column);
        text_line(app, sizeof app, column->labels[LABEL_APP] ? column->labels[LABEL_APP] : "it");
        snprintf(before, sizeof before, "%s%s with %s is down ", *glue ? glue : "", app, name);
        if (c && say_difference(out, c, before, number_duration)) glue = "; ";
    }
    for (size_t p = 0; p < PAYER_COUNT; p++) {
        struct column column = column_of("cost_usd", LABEL_PAYER, payers[p].payer);
        const struct comparison *c = compared(result, alternative, &column);
        snprintf(before, sizeof before, "%s%s %s", glue, *glue ? "it" : name, payers[p].costs);
        if (c && say_difference(out, c, before, number_usd)) glue = "; ";
    }
    if (*glue) fprintf(out, ". ");
}

static void say_comparison(FILE *out, const struct experiment_result *result)
{
    if (result->comparison_count == 0 || result->alternative_count > MOST_NAMED) return;
    fprintf(out, "Compared with %s on the same random numbers: ",
            result->alternatives[0].alternative->name);
    long start = ftell(out);
    for (size_t i = 1; i < result->alternative_count; i++)
        say_differences(out, result, i);
    if (ftell(out) == start) fputs("no difference in downtime or cost.", out);
}

typedef void say_function(FILE *out, const struct experiment_result *result);

static void print_paragraph(FILE *out, const struct experiment_result *result, say_function *say)
{
    char *text = NULL;
    size_t size;
    FILE *paragraph = open_memstream(&text, &size);
    if (!paragraph) return;
    say(paragraph, result);
    fclose(paragraph);
    if (size > 0) {
        char *line = memory_new(size + 1, 1);
        table_wrap(out, 2, text_line(line, size + 1, text));
        free(line);
    }
    free(text);
}

void answer_print(FILE *out, const struct experiment_result *result)
{
    if (result->alternative_count == 0) return;
    print_paragraph(out, result, say_downtime);
    print_paragraph(out, result, say_excess);
    print_paragraph(out, result, say_cost);
    print_paragraph(out, result, say_comparison);
}
