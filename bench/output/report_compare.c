#include "bench/output/report_compare.h"

#include <math.h>

#include "bench/output/compare_answer.h"
#include "bench/output/compare_best.h"
#include "bench/output/estimate.h"
#include "bench/output/notes.h"
#include "bench/output/number.h"
#include "bench/output/paragraph.h"
#include "bench/output/report_text.h"
#include "bench/output/section.h"
#include "bench/output/shown.h"
#include "bench/output/table.h"
#include "bench/output/wording.h"

enum { COLUMNS = 7 };
#define BACKFIRED 2.0 // a correlation below -this / sqrt(n) is no chance

static void put_head(struct table *table, const struct shown *shown, const struct column *column)
{
    static const char *const heads[] = {"mean",  "difference", "95 % interval",
                                        "corr.", "gain",       "verdict"};
    char title[WORDING];
    table_row(table, TABLE_HEAD);
    table_put(table, wording_title(shown->result, column, title));
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        table_put(table, heads[i]);
}

// An interval that is not symmetric has its ends behind the mean.
static void put_estimate(struct table *table, const struct summary *s, double scale)
{
    char text[WORDING];
    double above = s->high - s->mean, below = s->mean - s->low;
    bool lopsided = fabs(above - below) > 1e-6 * (above + below);
    snprintf(text, sizeof text, "%s (%s)", estimate_mean(s, scale).text,
             estimate_interval(s, scale).text);
    table_put(table, lopsided ? text : estimate_text(s, scale, "").text);
}

static void put_mean(struct table *table, const struct shown *shown, size_t alternative,
                     size_t column)
{
    char name[WORDING];
    const struct alternative_result *a = &shown->result->alternatives[alternative];
    double scale = section_scale(a->columns[column].metric);
    snprintf(name, sizeof name, "  %.200s", shown_name(shown, alternative));
    table_row(table, TABLE_ROW);
    table_put(table, name);
    put_estimate(table, &a->summaries[column], scale);
}

static void put_factor(struct table *table, double factor, int decimals)
{
    table_put(table, isnan(factor) ? "" : number_fixed(factor, decimals).text);
}

static void put_comparison(struct table *table, const struct shown *shown,
                           const struct comparison *c)
{
    char verdict[WORDING], mean[WORDING];
    const struct metric *metric = shown_column(shown, c)->metric;
    double scale = section_scale(metric);
    struct summary d = c->difference; // with the interval that the verdict rests on
    d.low = c->low;
    d.high = c->high;
    bool same = c->verdict == COMPARISON_SAME;
    snprintf(mean, sizeof mean, "%s%s", d.mean > 0 ? "+" : "", estimate_mean(&d, scale).text);
    put_mean(table, shown, c->alternative, c->column);
    table_put(table, same ? "0" : mean);
    table_put(table, same ? "always" : estimate_interval(&d, scale).text);
    put_factor(table, c->correlation, 2);
    put_factor(table, c->variance_reduction, 1);
    table_put(table, wording_verdict(c, metric, verdict));
}

static void put_group(struct table *table, const struct shown *shown, size_t control_column)
{
    size_t control = shown->result->control;
    const struct alternative_result *a = &shown->result->alternatives[control];
    put_head(table, shown, &a->columns[control_column]);
    put_mean(table, shown, control, control_column);
    for (size_t i = 0; i < shown->count; i++)
        if (shown->items[i]->control_column == control_column)
            put_comparison(table, shown, shown->items[i]);
}

static void print_table(FILE *out, const struct shown *shown, bool colour)
{
    struct table *table = table_create(COLUMNS);
    for (size_t i = 0; i < shown->count; i++) {
        size_t column = shown->items[i]->control_column;
        if (shown_opens_group(shown, i) && !shown_is_same(shown, column))
            put_group(table, shown, column);
    }
    table_print(table, out, colour);
    table_free(table);
}

static void print_same(FILE *out, const struct experiment_result *result)
{
    char name[WORDING];
    size_t found = 0;
    struct shown shown = shown_list(result);
    struct paragraph *p = paragraph_open();
    for (size_t i = 0; i < shown.count; i++) {
        if (!shown_opens_group(&shown, i)) continue;
        if (!shown_is_same(&shown, shown.items[i]->control_column)) continue;
        fprintf(p->stream, "%s%s", found++ ? "; " : "",
                wording_name(result, shown_column(&shown, shown.items[i]), name));
    }
    if (found) fputs(".", p->stream);
    paragraph_print(p, out);
    shown_free(&shown);
}

static void print_legend(FILE *out, const struct shown *shown)
{
    size_t others = shown->result->alternative_count - 1;
    bool paired = true;
    for (size_t i = 0; i < shown->count; i++)
        paired = paired && shown->items[i]->paired;
    fputc('\n', out);
    paragraph_say(out,
                  "Means over replications +/- half of the 95 %% interval. difference: minus %s%s.",
                  shown_name(shown, shown->result->control),
                  paired ? ", replication by replication on the same random numbers"
                         : "; where the seeds differ, of independent runs (Welch)");
    if (others > 1)
        paragraph_say(out,
                      "95 %% interval and verdict: for each number, those of all %zu alternatives "
                      "hold together (Bonferroni).",
                      others);
    if (shown->result->selection.plan)
        paragraph_say(out, "The selection decided how many replications there are, so intervals "
                           "are a guide: what it promises itself is said below.");
    if (paired)
        paragraph_say(out, "gain: independent runs would need so many times the replications "
                           "(variance reduction factor).");
}

static void print_undecided(FILE *out, const struct experiment_result *result)
{
    char name[WORDING], needed[WORDING];
    struct shown shown = shown_list(result);
    for (size_t i = 0; i < shown.count; i++) {
        const struct comparison *c = shown.items[i];
        if (c->verdict != COMPARISON_UNDECIDED) continue;
        const struct column *column = shown_column(&shown, c);
        paragraph_say(out, "%s, %s: %s.", shown_name(&shown, c->alternative),
                      wording_name(result, column, name),
                      wording_needed(c, column->metric, needed));
    }
    shown_free(&shown);
}

// The alternatives answer to the same luck in opposite ways, and independent runs would have been
// better.
static void print_notes(FILE *out, const struct experiment_result *result)
{
    char name[WORDING];
    struct shown shown = shown_list(result);
    for (size_t i = 0; i < shown.count; i++) {
        const struct comparison *c = shown.items[i];
        if (!(c->correlation < -BACKFIRED / sqrt(c->difference.n))) continue;
        paragraph_say(out,
                      "%s: common random numbers widened the interval of %s (correlation %s): it "
                      "answers to the same luck in the opposite way.",
                      shown_name(&shown, c->alternative),
                      wording_name(result, shown_column(&shown, c), name),
                      number_fixed(c->correlation, 2).text);
    }
    shown_free(&shown);
    notes_print(out, result);
}

bool report_compare(FILE *out, const struct experiment_result *result, bool colour)
{
    report_text_title(out, result, colour);
    if (result->alternative_count == 0) { // no results: interrupted, or no warm-up was found
        report_text_part(out, result, colour, "Notes", notes_print);
        return !ferror(out);
    }
    struct shown shown = shown_list(result);
    compare_answer_print(out, &shown);
    report_text_facts(out, result);
    print_legend(out, &shown);
    print_table(out, &shown, colour);
    report_text_part(out, result, colour, "The same with all alternatives, in every replication",
                     print_same);
    report_text_part(out, result, colour, "Who can still be the best", compare_best_print);
    report_text_part(out, result, colour, "Selection", compare_selection_print);
    report_text_part(out, result, colour, "Cannot tell yet", print_undecided);
    report_text_part(out, result, colour, "Notes", print_notes);
    shown_free(&shown);
    return !ferror(out);
}
