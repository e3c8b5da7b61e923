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
static char *list(const struct alternative_result *a, concerns *concern, bool with_count)
{
    char *text = NULL, name[400];
    size_t size, found = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out) return NULL;
    for (size_t c = 0; c < a->column_count; c++) {
        const struct summary *s = &a->summaries[c];
        if (!concern(s) || ++found > MOST_NAMED) continue;
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

static void note_columns(FILE *out, const struct alternative_result *a)
{
    const char *name = a->alternative->name;
    char *undefined = list(a, sometimes_undefined, true), *skewed = list(a, too_skewed, false);
    if (undefined)
        say(out, "%s: undefined in some replications, which are left out: %s.", name, undefined);
    if (skewed)
        say(out,
            "%s: skewed, and fewer than %d replications, so their intervals are too narrow: %s.",
            name, FEW_REPLICATIONS, skewed);
    free(undefined);
    free(skewed);
}

// The summary of a number of an app, or NULL.
static const struct summary *find(const struct alternative_result *a, const char *metric,
                                  const char *app)
{
    struct column column = {.metric = metric_find(metric)};
    column.labels[LABEL_APP] = app;
    size_t c = column_find(a->columns, a->column_count, &column);
    return c == SIZE_MAX || a->summaries[c].n == 0 ? NULL : &a->summaries[c];
}

static void note_alternative(FILE *out, const struct alternative_result *a)
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
    note_columns(out, a);
}

// "recreate, MyApp: 99.53 % and 99.87 %", where the two differ by more than rounding.
static bool name_difference(FILE *list, const struct alternative_result *a, size_t c, bool first)
{
    const char *app = a->columns[c].labels[LABEL_APP];
    if (strcmp(a->columns[c].metric->name, "interval_availability") != 0) return false;
    if (a->replications == 0) return false;
    const struct summary *intervals = &a->summaries[c];
    const struct summary *requests = find(a, "request_success_ratio", app);
    if (intervals->n == 0 || !requests) return false;
    if (fabs(intervals->mean - requests->mean) < 5e-5) return false;
    if (list)
        fprintf(list, "%s%s%s%s: %s %% and %s %%", first ? "" : "; ", a->alternative->name,
                app ? ", " : "", app ? app : "", number_short(intervals->mean * 100).text,
                number_short(requests->mean * 100).text);
    return true;
}

// Two numbers are called availability, and a reader may meet both.
static void note_availability(FILE *out, const struct experiment_result *result)
{
    char *text = NULL;
    size_t size, found = 0;
    FILE *list = open_memstream(&text, &size);
    if (!list) return;
    for (size_t i = 0; i < result->alternative_count; i++)
        for (size_t c = 0; c < result->alternatives[i].column_count; c++)
            found += name_difference(found < MOST_NAMED ? list : NULL, &result->alternatives[i], c,
                                     found == 0);
    if (found > MOST_NAMED) fprintf(list, "; and %zu more", found - MOST_NAMED);
    fclose(list);
    if (found > 0)
        say(out,
            "Interval availability is not the share of requests that succeeded (%s): it counts "
            "every interval the same, and one without requests as available.",
            text);
    free(text);
}

void notes_print(FILE *out, const struct experiment_result *result)
{
    if (result->interrupted)
        say(out, "Interrupted: these are the replications that were finished.");
    for (size_t i = 0; i < result->alternative_count; i++)
        note_alternative(out, &result->alternatives[i]);
    note_availability(out, result);
}
