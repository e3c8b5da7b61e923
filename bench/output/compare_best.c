#include "bench/output/compare_best.h"

#include <inttypes.h>
#include <math.h>

#include "bench/experiment/mcb.h"
#include "bench/output/number.h"
#include "bench/output/paragraph.h"
#include "bench/output/section.h"
#include "bench/output/table.h"
#include "bench/output/wording.h"

#define SURE 0.9999

static const char *name_of(const struct experiment_result *result, size_t alternative)
{
    return result->alternatives[alternative].alternative->name;
}

const char *compare_best_words(const struct experiment_result *result, size_t alternative)
{
    const struct contest *contest = &result->contest;
    size_t open = 0;
    for (size_t i = 0; i < result->alternative_count; i++)
        open += mcb_can_be_best(contest->smallest, &contest->contenders[i]);
    if (!mcb_can_be_best(contest->smallest, &contest->contenders[alternative]))
        return "not the best";
    return open == 1 ? "the best" : "can be the best";
}

// One end of the interval is often 0, and then its width says nothing about the digits that matter.
static void put_interval(struct table *table, const struct contender *c, double scale)
{
    char text[128];
    double below = (c->mean - c->low) * scale, above = (c->high - c->mean) * scale;
    double width = below > 0 && above > 0 ? fmin(below, above) : fmax(below, above);
    int decimals = number_decimals(width, 2);
    table_put(table, number_fixed(c->mean * scale, decimals).text);
    if (isnan(c->low))
        snprintf(text, sizeof text, "n/a");
    else
        snprintf(text, sizeof text, "%s to %s", number_fixed(c->low * scale, decimals).text,
                 number_fixed(c->high * scale, decimals).text);
    table_put(table, text);
}

void compare_best_print(FILE *out, const struct experiment_result *result)
{
    const struct contest *contest = &result->contest;
    char text[WORDING];
    if (!contest->column) return;
    struct table *table = table_create(4);
    table_row(table, TABLE_ROW);
    table_put(table, "");
    table_put(table, contest->smallest ? "minus the smallest other" : "minus the largest other");
    table_put(table, "95 % interval");
    table_put(table, "");
    for (size_t i = 0; i < result->alternative_count; i++) {
        snprintf(text, sizeof text, "  %.200s", name_of(result, i));
        table_row(table, TABLE_ROW);
        table_put(table, text);
        put_interval(table, &contest->contenders[i], section_scale(contest->column->metric));
        table_put(table, compare_best_words(result, i));
    }
    paragraph_say(out, "By %s; the intervals of all hold together (MCB).",
                  wording_name(result, contest->column, text));
    table_print(table, out, false);
    table_free(table);
}

// "a after 10, b after 12", "a: 30, b: 31"
static void list(FILE *out, const struct experiment_result *result, bool eliminated,
                 const char *between)
{
    size_t found = 0;
    for (size_t i = 0; i < result->alternative_count; i++) {
        if (result->selection.eliminated[i] != eliminated) continue;
        fprintf(out, "%s%s%s%" PRIu32, found++ ? ", " : "", name_of(result, i), between,
                result->alternatives[i].replications);
    }
}

static void say_selected(FILE *out, const struct experiment_result *result)
{
    const struct selection_result *s = &result->selection;
    struct number_text zone = wording_amount(metric_find(s->plan->metric), s->plan->zone);
    fprintf(out,
            "%s is selected (KN, %" PRIu64 " replications in all).  With a probability of %s at "
            "least it is the best one, provided that the best is better than the others by %s; "
            "else it is as good as the best within that.  Dropped out: ",
            name_of(result, s->best), s->spent, number_percent(s->plan->confidence).text,
            zone.text);
    list(out, result, true, " after ");
    fputs(" replications.", out);
}

static void say_spent(FILE *out, const struct experiment_result *result)
{
    const struct selection_result *s = &result->selection;
    fprintf(out,
            "Not decided: the budget is spent (KN, %" PRIu64 " replications).  Best so far: %s.  "
            "Still in the race, with their replications: ",
            s->spent, name_of(result, s->best));
    list(out, result, false, ": ");
    if (s->latest < UINT32_MAX)
        fprintf(out, ".  It is over after %" PRIu32 " replications of each at the latest",
                s->latest);
    fputs("; a wider zone ends it sooner.", out);
}

static void say_allocated(FILE *out, const struct experiment_result *result)
{
    const struct selection_result *s = &result->selection;
    double bound = fmin(s->confidence, SURE); // further nines are not to be believed
    fprintf(out,
            "%s has the best mean; the probability that it is the best one is %s at least, as far "
            "as the numbers are normal and independent (OCBA).  The %" PRIu64 " replications: ",
            name_of(result, s->best), number_percent(bound).text, s->spent);
    list(out, result, false, ": ");
    fputs(".", out);
}

static void say_selection(FILE *out, const struct experiment_result *result)
{
    bool race = result->selection.plan->procedure == SELECTION_KN;
    switch (result->selection.end) {
    case SELECTION_DONE:
        if (race)
            say_selected(out, result);
        else
            say_allocated(out, result);
        break;
    case SELECTION_SPENT:
        say_spent(out, result);
        break;
    case SELECTION_UNDEFINED:
        fputs("No selection: the number that decides was undefined in a replication.", out);
        break;
    case SELECTION_NO_NUMBER:
        fputs("No selection: no number, or several, have this metric and these labels.", out);
        break;
    case SELECTION_UNDER_WAY:
        fputs("No selection: it was not finished.", out);
        break;
    }
}

void compare_selection_print(FILE *out, const struct experiment_result *result)
{
    if (!result->selection.plan) return;
    struct paragraph *p = paragraph_open();
    say_selection(p->stream, result);
    paragraph_print(p, out);
}
