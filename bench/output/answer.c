#include "bench/output/answer.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/interval.h"
#include "bench/experiment/memory.h"
#include "bench/experiment/rare.h"
#include "bench/output/estimate.h"
#include "bench/output/number.h"
#include "bench/output/table.h"
#include "bench/output/text.h"

enum { MOST_NAMED = 4, MOST_APPS = 5 };

typedef struct number_text show_function(double value);

struct clause { // what is said about each alternative
    const char *before, *value,
        *zero;         // "MyApp was ", "down ", "never down"; zero NULL: nothing special
    const char *event; // "failures in ": what there was none of; NULL: clear
    show_function *show, *show_end;
    struct column column;
    double perfect; // the number that `zero` stands for
};

struct said_interval { // what is needed to say one
    show_function *show;
    struct number_text level; // "95 %"
    bool bare;                // without brackets, which the number has already
};

static const struct summary *find(const struct alternative_result *a, const struct column *wanted)
{
    size_t c = column_find(a->columns, a->column_count, wanted);
    return c == SIZE_MAX || a->summaries[c].n == 0 ? NULL : &a->summaries[c];
}

static void say_interval(FILE *out, double low, double high, const struct said_interval *how)
{
    fprintf(out, how->bare ? ", %s interval %s to %s," : " (%s interval %s to %s)", how->level.text,
            how->show(low).text, how->show(high).text);
}

// What was never seen may still happen: 30 replications without it leave room for 9.5 %.
static void say_unseen(FILE *out, uint32_t n, const struct clause *clause,
                       const struct experiment_result *result)
{
    double level = interval_level(result->scenario->replications.confidence);
    if (n < 2) return;
    fprintf(out, " (%s0 of %u runs: at most %s)", clause->event ? clause->event : "", n,
            number_percent(rare_unseen(n, level)).text);
}

static bool is_perfect(const struct summary *s, const struct clause *clause)
{
    return clause->zero && s->min >= clause->perfect && s->max <= clause->perfect;
}

static void say_value(FILE *out, const struct summary *s, const struct clause *clause,
                      const struct experiment_result *result)
{
    if (is_perfect(s, clause)) {
        fputs(clause->zero, out);
        say_unseen(out, s->n, clause, result);
        return;
    }
    fprintf(out, "%s%s", clause->value, clause->show(summary_estimate(s)).text);
    const bool nines = clause->show == number_nines;
    struct said_interval how = {clause->show_end, estimate_level(result), nines};
    if (s->n < 2 && !(s->high > s->low))
        fputs(" (one replication, so no interval)", out);
    else if (s->high > s->low)
        say_interval(out, s->low, s->high, &how);
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
        double estimate = summary_estimate(s);
        if (estimate < least) least = estimate, best = i;
        if (estimate > most) most = estimate, worst = i;
    }
    if (count <= MOST_NAMED) return count;
    chosen[0] = best;
    chosen[1] = worst;
    return best == worst ? 1 : 2;
}

// In all alternatives.
static bool is_always_perfect(const struct experiment_result *result, const struct clause *clause)
{
    for (size_t i = 0; i < result->alternative_count; i++) {
        const struct summary *s = find(&result->alternatives[i], &clause->column);
        if (s && !is_perfect(s, clause)) return false;
    }
    return clause->zero != NULL;
}

static uint32_t fewest(const struct experiment_result *result, const struct column *column)
{
    uint32_t n = UINT32_MAX;
    for (size_t i = 0; i < result->alternative_count; i++) {
        const struct summary *s = find(&result->alternatives[i], column);
        if (s && s->n < n) n = s->n;
    }
    return n;
}

static void say_clause(FILE *out, const struct experiment_result *result,
                       const struct clause *clause)
{
    size_t chosen[MOST_NAMED], count = choose(result, &clause->column, chosen);
    bool extremes = result->alternative_count > MOST_NAMED && count == 2;
    if (count == 0) return;
    fputs(clause->before, out);
    if (is_always_perfect(result, clause)) {
        fprintf(out, "%s%s", clause->zero, count > 1 ? " with any of the alternatives" : "");
        say_unseen(out, fewest(result, &clause->column), clause, result);
        fputs(". ", out);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (i > 0) fputs(i + 1 == count ? " and " : ", ", out);
        if (extremes) fputs(i == 0 ? "at best " : "at worst ", out);
        say_value(out, find(&result->alternatives[chosen[i]], &clause->column), clause, result);
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
        struct clause clause = {.before = before,
                                .value = "down ",
                                .zero = "never down",
                                .show = number_duration,
                                .show_end = number_duration,
                                .column = column_of("unserved_time_s", LABEL_APP, app)};
        say_clause(out, result, &clause);
    }
    if (apps > MOST_APPS) fprintf(out, "%zu more apps are in the table. ", apps - MOST_APPS);
}

// Only of apps that had requests.
static void say_success(FILE *out, const struct experiment_result *result)
{
    const struct alternative_result *a = &result->alternatives[0];
    size_t apps = 0;
    for (size_t i = 0; i < a->column_count; i++) {
        const char *app = a->columns[i].labels[LABEL_APP];
        if (a->columns[i].metric != metric_find("request_success_ratio") || !app) continue;
        if (++apps > MOST_APPS) continue;
        char name[128], before[160];
        snprintf(before, sizeof before,
                 "Requests to %s succeeded: ", text_line(name, sizeof name, app));
        struct clause clause = {.before = before,
                                .value = "",
                                .zero = "all of them",
                                .event = "failures in ",
                                .show = number_nines,
                                .show_end = number_percent,
                                .column = column_of("request_success_ratio", LABEL_APP, app),
                                .perfect = 1};
        say_clause(out, result, &clause);
    }
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
        struct clause clause = {.before = payers[p].pays,
                                .value = "",
                                .zero = "nothing",
                                .show = number_usd,
                                .show_end = number_usd,
                                .column = column_of("cost_usd", LABEL_PAYER, payers[p].payer)};
        if (is_always_perfect(result, &clause)) continue;
        clause.zero = NULL; // $0 is as good as any price
        say_clause(out, result, &clause);
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
                           const struct said_interval *how)
{
    const struct summary *d = &comparison->difference;
    if (d->n < 2 || (d->low == 0 && d->high == 0)) return false;
    double low = d->low, high = d->high;
    if (d->mean < 0) low = -d->high, high = -d->low;
    fprintf(out, "%s%s %s", before, how->show(fabs(d->mean)).text, d->mean < 0 ? "less" : "more");
    if (high > low) say_interval(out, low, high, how);
    if (low <= 0) fputs(", which may be chance", out);
    return true;
}

// Of one alternative: its downtime for each app, and what it costs whom.
static void say_differences(FILE *out, const struct experiment_result *result, size_t alternative)
{
    const struct alternative_result *a = &result->alternatives[alternative];
    char before[256], name[96], app[96];
    const char *glue = "";
    const struct said_interval time = {number_duration, estimate_level(result), false};
    const struct said_interval money = {number_usd, estimate_level(result), false};
    text_line(name, sizeof name, a->alternative->name);
    for (size_t i = 0; i < a->column_count; i++) {
        const struct column *column = &a->columns[i];
        if (column->metric != metric_find("unserved_time_s")) continue;
        const struct comparison *c = compared(result, alternative, column);
        text_line(app, sizeof app, column->labels[LABEL_APP] ? column->labels[LABEL_APP] : "it");
        snprintf(before, sizeof before, "%s%s with %s is down ", *glue ? glue : "", app, name);
        if (c && say_difference(out, c, before, &time)) glue = "; ";
    }
    for (size_t p = 0; p < PAYER_COUNT; p++) {
        struct column column = column_of("cost_usd", LABEL_PAYER, payers[p].payer);
        const struct comparison *c = compared(result, alternative, &column);
        snprintf(before, sizeof before, "%s%s %s", glue, *glue ? "it" : name, payers[p].costs);
        if (c && say_difference(out, c, before, &money)) glue = "; ";
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
    print_paragraph(out, result, say_success);
    print_paragraph(out, result, say_cost);
    print_paragraph(out, result, say_comparison);
}
