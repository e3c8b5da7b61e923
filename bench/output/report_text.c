#include "bench/output/report_text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "bench/output/answer.h"
#include "bench/output/estimate.h"
#include "bench/output/lineup.h"
#include "bench/output/modes.h"
#include "bench/output/notes.h"
#include "bench/output/number.h"
#include "bench/output/page.h"
#include "bench/output/table.h"
#include "bench/output/text.h"

static void print_bold(FILE *out, const char *text, bool colour)
{
    char line[TABLE_WIDTH * 4 + 1];
    text_line(line, sizeof line, text);
    if (colour) fputs("\x1b[1m", out);
    table_wrap(out, 0, line);
    if (colour) fputs("\x1b[0m", out);
}

static void print_fact(FILE *out, const char *name, const char *value)
{
    char line[TABLE_WIDTH];
    fprintf(out, "  %-13s %s\n", name, text_line(line, sizeof line - 16, value));
}

static const char *defaults_text(const char *defaults)
{
    bool seed = defaults && strcmp(defaults, "seed") == 0;
    return seed ? "seed (a deploy without a strategy is a recreate)"
                : "current (a deploy without a strategy is rolling)";
}

// "30", or each alternative's own number when they differ.
static void print_replications(FILE *out, const struct experiment_result *result)
{
    char text[TABLE_WIDTH] = "", *end = text;
    size_t left = sizeof text;
    bool same = true;
    for (size_t i = 0; i < result->alternative_count; i++)
        same = same && result->alternatives[i].replications == result->alternatives[0].replications;
    for (size_t i = 0; i < (same ? 1 : result->alternative_count); i++) {
        const struct alternative_result *a = &result->alternatives[i];
        int length = snprintf(end, left, "%s%s", i ? ", " : "", number_short(a->replications).text);
        if (!same && length > 0 && (size_t)length < left)
            length += snprintf(end + length, left - (size_t)length, " %s", a->alternative->name);
        if (length < 0 || (size_t)length >= left) break;
        end += length;
        left -= (size_t)length;
    }
    print_fact(out, "replications", text);
}

static void print_study(FILE *out, const struct experiment_result *result)
{
    static const char *const texts[] = {
        [STUDY_TERMINATING] = "terminating",
        [STUDY_STEADY_STATE] = "steady state",
        [STUDY_CYCLIC] = "cyclic",
        [STUDY_UNSAID] = "",
    };
    const struct scenario *s = result->scenario;
    char text[160];
    if (s->study == STUDY_CYCLIC)
        snprintf(text, sizeof text, "cyclic: whole cycles of %s",
                 number_duration(sim_seconds(s->cycle)).text);
    else
        snprintf(text, sizeof text, "%s", texts[s->study]);
    print_fact(out, "study", text);
}

void report_text_facts(FILE *out, const struct experiment_result *result)
{
    const struct scenario *s = result->scenario;
    const struct scenario_config *c = &s->alternatives[0].config;
    char time[160];
    snprintf(time, sizeof time, "%s, of which %s of warm-up%s are not counted",
             number_duration(sim_seconds(c->horizon)).text,
             number_duration(sim_seconds(c->warm_up)).text,
             result->warm_up.asked ? " (found by MSER)" : "");
    fputc('\n', out);
    print_fact(out, "scenario", s->path);
    print_fact(out, "defaults", defaults_text(s->defaults));
    if (c->prices && strcmp(c->prices, "committed") == 0)
        print_fact(out, "prices", "committed: what the catalogue's types cost under a commitment");
    else if (c->prices)
        print_fact(out, "prices", "list: the catalogue's list prices");
    print_study(out, result);
    print_fact(out, "time", time);
    print_replications(out, result);
    print_fact(out, "seed", s->seed_text);
}

static void print_legend(FILE *out, const struct experiment_result *result)
{
    bool one = result->alternative_count == 1;
    char line[320];
    fputc('\n', out);
    snprintf(
        line, sizeof line,
        one ? "Over replications, with %s intervals; \"always\": the same in all of them; n/a: "
              "undefined."
            : "Over replications, +/- half of the %s interval, or A to B where it is not "
              "symmetric; "
              "a number alone: the same in all of them; n/a: undefined.",
        estimate_level(result).text);
    table_wrap(out, 2, line);
    table_wrap(out, 2,
               "Means; ratios are of the sums over all replications, quantiles of all requests "
               "together; max: the mean of the replications' own.");
    if (result->alternative_count == 2)
        table_wrap(out, 2,
                   "difference: second minus first, paired by replication (common random "
                   "numbers).");
    if (result->alternative_count > 2)
        table_wrap(out, 2,
                   "differences: minus the first alternative, paired by replication (common "
                   "random numbers).");
    table_wrap(out, 2,
               "unserved, down: requests waited or were refused, and no runner of the routed "
               "revision was ready.");
}

static void print_pages(FILE *out, const struct experiment_result *result, bool colour)
{
    size_t count = result->alternative_count;
    for (size_t first = 0; first < count; first += LINEUP_MOST) {
        size_t width = count - first < LINEUP_MOST ? count - first : LINEUP_MOST;
        struct page_options page = {.first = first, .width = width, .colour = colour};
        page.layout = count == 1 ? PAGE_ONE : count == 2 ? PAGE_PAIR : PAGE_MANY;
        page_print(out, result, &page);
    }
    for (size_t first = 1; count > 2 && first < count; first += LINEUP_MOST) {
        size_t width = count - first < LINEUP_MOST ? count - first : LINEUP_MOST;
        struct page_options page = {PAGE_DIFFERENCES, first, width, colour};
        page_print(out, result, &page);
    }
    modes_print(out, result, colour);
}

void report_text_part(FILE *out, const struct experiment_result *result, bool colour,
                      const char *title, report_print *print)
{
    char *text = NULL;
    size_t size;
    FILE *part = open_memstream(&text, &size);
    if (!part) return;
    print(part, result);
    fclose(part);
    if (size > 0) {
        fputc('\n', out);
        print_bold(out, title, colour);
        fputs(text, out);
    }
    free(text);
}

void report_text_title(FILE *out, const struct experiment_result *result, bool colour)
{
    const struct scenario *s = result->scenario;
    if (s->title) print_bold(out, s->title, colour);
    if (s->question && *s->question) print_bold(out, s->question, false);
    if (result->alternative_count > 0) fputc('\n', out);
}

bool report_text(FILE *out, const struct experiment_result *result, bool colour)
{
    report_text_title(out, result, colour);
    if (result->alternative_count == 0) { // no results: interrupted, or no warm-up was found
        report_text_part(out, result, colour, "Notes", notes_print);
        return !ferror(out);
    }
    answer_print(out, result);
    report_text_facts(out, result);
    print_legend(out, result);
    print_pages(out, result, colour);
    report_text_part(out, result, colour, "Expectations", notes_print_expectations);
    report_text_part(out, result, colour, "Notes", notes_print);
    return !ferror(out);
}
