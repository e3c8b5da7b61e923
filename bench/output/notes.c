#include "bench/output/notes.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
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

static void write_value(char *text, size_t size, const struct summary *s)
{
    if (!s || s->n == 0)
        snprintf(text, size, "never defined");
    else if (s->n == 1)
        snprintf(text, size, "%s (no interval)", number_short(s->mean).text);
    else if (s->low == s->high)
        snprintf(text, size, "always %s", number_short(s->mean).text);
    else
        snprintf(text, size, "%s (95 %% interval %s to %s)", number_short(s->mean).text,
                 number_short(s->low).text, number_short(s->high).text);
}

static void print_expectation(FILE *out, const struct expectation_result *e)
{
    char labels[256], bounds[128], value[192], line[1024], clean[1024];
    const struct expectation *x = e->expectation;
    const char *alternative = e->alternative ? e->alternative->alternative->name : NULL;
    struct column column = {.metric = NULL};
    memcpy(column.labels, e->column ? e->column->labels : x->labels, sizeof column.labels);
    write_bounds(bounds, sizeof bounds, x);
    write_value(value, sizeof value, e->summary);
    snprintf(line, sizeof line, "%.100s%s %s%s%.300s: %s", x->metric,
             column_labels(&column, labels, sizeof labels), bounds, alternative ? " with " : "",
             alternative ? alternative : "", value);
    fprintf(out, "  %s  %s\n", verdict_text(e->verdict), text_line(clean, sizeof clean, line));
}

void notes_print_expectations(FILE *out, const struct experiment_result *result)
{
    for (size_t i = 0; i < result->expectation_count; i++)
        print_expectation(out, &result->expectations[i]);
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
    if (undefined)
        say(out, "%s: undefined in some replications, which are left out: %s.", name, undefined);
    if (skewed)
        say(out,
            "%s: skewed, and fewer than %d replications, so their intervals are too narrow: %s.",
            name, FEW_REPLICATIONS, skewed);
    free(undefined);
    free(skewed);
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
    if (a->replications == 1)
        say(out, "%s: one replication, so nothing is known about chance: intervals are n/a.", name);
    if (!a->precision_reached)
        say(out, "%s: the precision asked for was not reached in %u replications.", name,
            a->replications);
    note_columns(out, result, a);
}

void notes_print(FILE *out, const struct experiment_result *result)
{
    if (result->interrupted)
        say(out, "Interrupted: these are the replications that were finished.");
    for (size_t i = 0; i < result->alternative_count; i++)
        note_alternative(out, result, &result->alternatives[i]);
}
