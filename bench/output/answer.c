#include "bench/output/answer.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/output/clause.h"
#include "bench/output/estimate.h"
#include "bench/output/number.h"
#include "bench/output/rollout_words.h"
#include "bench/output/section.h"
#include "bench/output/table.h"
#include "bench/output/text.h"

enum { MOST_APPS = 5, MOST_ASKED = 6 };

static struct column column_of(const char *metric, enum label label, const char *text)
{
    struct column column = {.metric = metric_find(metric)};
    column.labels[label] = text;
    return column;
}

static void say_downtime(FILE *out, const struct experiment_result *result, const void *context)
{
    (void)context;
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
        clause_say(out, result, &clause);
    }
    if (apps > MOST_APPS) fprintf(out, "%zu more apps are in the table. ", apps - MOST_APPS);
}

// Only of apps that had requests.
static void say_success(FILE *out, const struct experiment_result *result, const void *context)
{
    (void)context;
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
        clause_say(out, result, &clause);
    }
}

static const struct {
    const char *payer, *pays, *costs;
} payers[] = {{"owner", "The owner pays ", "costs the owner "},
              {"callers", "The callers pay ", "costs the callers "},
              {"absorbed", "Nobody is billed for ", "leaves unbilled "}};
enum { PAYER_COUNT = sizeof payers / sizeof *payers };

// By the unit callers pay another price than what their requests cost; that is another number.
static bool pays_by_unit(const struct experiment_result *result)
{
    const struct alternative_result *a = &result->alternatives[0];
    for (size_t i = 0; i < a->column_count; i++)
        if (a->columns[i].metric == metric_find("caller_revenue_usd")) return true;
    return false;
}

static void say_cost(FILE *out, const struct experiment_result *result, const void *context)
{
    (void)context;
    for (size_t p = 0; p < PAYER_COUNT; p++) {
        bool covers = strcmp(payers[p].payer, "callers") == 0 && pays_by_unit(result);
        struct clause clause = {.before = covers ? "Callers' requests cover " : payers[p].pays,
                                .value = "",
                                .show = number_usd,
                                .show_end = number_usd,
                                .column = column_of("cost_usd", LABEL_PAYER, payers[p].payer)};
        if (!clause_is_zero(result, &clause.column)) clause_say(out, result, &clause);
    }
}

// Numbers that are told already, or that words tell better.
static bool is_told(const struct experiment_result *result, const struct column *column)
{
    static const char *const told[] = {"unserved_time_s", "rollout_outcome",
                                       "request_success_ratio", "excess_failed_requests",
                                       "excess_wait_s"};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (column->metric == metric_find(told[i])) return true;
    if (column->metric != metric_find("cost_usd")) return false;
    return !column->labels[LABEL_APP] || result->scenario->alternatives[0].config.app_count == 1;
}

static bool came_before(const struct experiment_result *result, size_t row)
{
    for (size_t i = 0; i < row; i++) {
        const struct column *column = result->expectations[i].column;
        if (column && column_find(column, 1, result->expectations[row].column) == 0) return true;
    }
    return false;
}

static void say_number(FILE *out, const struct experiment_result *result, const void *context)
{
    const struct column *column = context;
    char name[160], subject[160], before[360];
    const char *unit = column->metric->unit;
    section_name(column, name, sizeof name);
    section_subject(column, subject, sizeof subject);
    name[0] = (char)toupper((unsigned char)name[0]);
    snprintf(before, sizeof before, "%s%s%s%s: ", name, *subject ? " (" : "", subject,
             *subject ? ")" : "");
    struct clause clause = {.before = before, .value = "", .show = number_short, .column = *column};
    if (strcmp(unit, "s") == 0) clause.show = number_duration;
    if (strcmp(unit, "1") == 0) clause.show = number_percent;
    if (strcmp(unit, "usd") == 0) {
        clause.show = number_usd;
        clause.scale = section_scale(column->metric);
    }
    clause.show_end = clause.show;
    clause_say(out, result, &clause);
}

// What the rollouts cost an app beyond the same run without them (bench/experiment/twin.h).
static void say_excess_of(FILE *out, const struct experiment_result *result, const char *app)
{
    char name[128], before[200];
    snprintf(before, sizeof before, "Requests of %s that failed because of its rollouts: ",
             text_line(name, sizeof name, app));
    struct clause clause = {.before = before,
                            .value = "",
                            .zero = "none",
                            .show = number_short,
                            .show_end = number_short,
                            .column = column_of("excess_failed_requests", LABEL_APP, app)};
    clause_say(out, result, &clause);
    clause.before = "Time that requests waited because of them: ";
    clause.show = clause.show_end = number_duration;
    clause.column = column_of("excess_wait_s", LABEL_APP, app);
    clause_say(out, result, &clause);
}

static void say_excess(FILE *out, const struct experiment_result *result, const void *context)
{
    (void)context;
    const struct alternative_result *a = &result->alternatives[0];
    size_t apps = 0;
    for (size_t i = 0; i < a->column_count && apps < MOST_APPS; i++) {
        const char *app = a->columns[i].labels[LABEL_APP];
        if (a->columns[i].metric != metric_find("recovery_time_s") || !app) continue;
        bool seen = false; // an app has one for each rollout
        for (size_t c = 0; c < i && !seen; c++) {
            const char *other = a->columns[c].labels[LABEL_APP];
            seen = a->columns[c].metric == a->columns[i].metric && other && strcmp(other, app) == 0;
        }
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
                           const struct clause_interval *how)
{
    const struct summary *d = &comparison->difference;
    bool same = comparison->verdict == COMPARISON_SAME || (d->low == 0 && d->high == 0);
    if (d->n < 2 || same) return false;
    double low = d->low, high = d->high;
    if (d->mean < 0) low = -d->high, high = -d->low;
    fprintf(out, "%s%s %s", before, how->show(fabs(d->mean)).text, d->mean < 0 ? "less" : "more");
    clause_say_interval(out, low, high, how);
    if (low <= 0) fputs(", which may be chance", out);
    return true;
}

// Of one alternative: its downtime for each app, and what it costs whom; false: all is equal.
static bool say_differences(FILE *out, const struct experiment_result *result, size_t alternative)
{
    const struct alternative_result *a = &result->alternatives[alternative];
    char before[256], name[96], app[96];
    const char *glue = "";
    const struct clause_interval time = {number_duration, estimate_level(result), false};
    const struct clause_interval money = {number_usd, estimate_level(result), false};
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
    if (*glue) fputs(". ", out);
    return *glue != '\0';
}

static void say_equal(FILE *out, const struct experiment_result *result, const bool *equal)
{
    const char *glue = "";
    char name[96];
    for (size_t i = 1; i < result->alternative_count; i++) {
        if (!equal[i]) continue;
        text_line(name, sizeof name, result->alternatives[i].alternative->name);
        fprintf(out, "%s%s", glue, name);
        glue = ", ";
    }
    if (*glue) fputs(": no difference in downtime or cost. ", out);
}

static void say_comparison(FILE *out, const struct experiment_result *result, const void *context)
{
    (void)context;
    bool equal[CLAUSE_MOST] = {false};
    if (result->comparison_count == 0 || result->alternative_count > CLAUSE_MOST) return;
    fprintf(out, "Compared with %s on the same random numbers: ",
            result->alternatives[0].alternative->name);
    for (size_t i = 1; i < result->alternative_count; i++)
        equal[i] = !say_differences(out, result, i);
    say_equal(out, result, equal);
}

static void say_rollouts(FILE *out, const struct experiment_result *result, const void *context)
{
    (void)context;
    rollout_words_say(out, result);
}

typedef void say_function(FILE *out, const struct experiment_result *result, const void *context);

static void print_paragraph(FILE *out, const struct experiment_result *result, say_function *say,
                            const void *context)
{
    char *text = NULL;
    size_t size;
    FILE *paragraph = open_memstream(&text, &size);
    if (!paragraph) return;
    say(paragraph, result, context);
    fclose(paragraph);
    if (size > 0) {
        char *line = memory_new(size + 1, 1);
        table_wrap(out, 2, text_line(line, size + 1, text));
        free(line);
    }
    free(text);
}

// What the scenario expects something of, in its order.
static void print_asked(FILE *out, const struct experiment_result *result)
{
    size_t printed = 0;
    for (size_t i = 0; i < result->expectation_count && printed < MOST_ASKED; i++) {
        const struct column *column = result->expectations[i].column;
        if (!column || is_told(result, column) || came_before(result, i)) continue;
        print_paragraph(out, result, say_number, column);
        printed++;
    }
}

void answer_print(FILE *out, const struct experiment_result *result)
{
    if (result->alternative_count == 0) return;
    print_paragraph(out, result, say_downtime, NULL);
    print_paragraph(out, result, say_success, NULL);
    print_paragraph(out, result, say_rollouts, NULL);
    print_paragraph(out, result, say_excess, NULL);
    print_asked(out, result);
    print_paragraph(out, result, say_cost, NULL);
    print_paragraph(out, result, say_comparison, NULL);
}
