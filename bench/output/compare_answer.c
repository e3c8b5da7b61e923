#include "bench/output/compare_answer.h"

#include <stdbool.h>
#include <string.h>

#include "bench/output/paragraph.h"
#include "bench/output/wording.h"

enum { MOST_PARAGRAPHS = 4 };

static bool is_decided(const struct comparison *c)
{
    return c->verdict != COMPARISON_UNDECIDED && c->verdict != COMPARISON_SAME &&
           c->verdict != COMPARISON_EQUAL;
}

static bool is_equal(const struct comparison *c)
{
    return c->verdict == COMPARISON_EQUAL;
}

static bool is_undecided(const struct comparison *c)
{
    return c->verdict == COMPARISON_UNDECIDED;
}

// "costs the owner $0.07 more", "reduces unserved time by 42.1 s"
static void say_effect(FILE *out, const struct shown *shown, const struct comparison *c)
{
    char name[WORDING];
    const struct column *column = shown_column(shown, c);
    const char *payer = column->labels[LABEL_PAYER];
    struct number_text amount = wording_amount(column->metric, c->difference.mean);
    bool more = c->difference.mean > 0;
    if (strcmp(column->metric->name, "cost_usd") == 0 && payer && !column->labels[LABEL_APP])
        fprintf(out, "costs the %s %s %s", payer, amount.text, more ? "more" : "less");
    else
        fprintf(out, "%s %s by %s", more ? "raises" : "reduces",
                wording_name(shown->result, column, name), amount.text);
}

static void say_interval(FILE *out, const struct shown *shown, const struct comparison *c,
                         bool first)
{
    const struct metric *metric = shown_column(shown, c)->metric;
    double low = c->low, high = c->high;
    if (c->difference.mean < 0) low = -c->high, high = -c->low;
    fputs(" (", out);
    if (high > low)
        fprintf(out, "95 %% interval %s to %s", wording_amount(metric, low).text,
                wording_amount(metric, high).text);
    else
        fputs("always", out);
    if (first) fprintf(out, ", %u %sreplications", c->difference.n, c->paired ? "paired " : "");
    fputs(")", out);
}

typedef bool concerns(const struct comparison *comparison);

// "BEFOREwait, p99; cost." when there are any.
static void say_list(FILE *out, const struct shown *shown, size_t alternative, concerns *concern,
                     const char *before)
{
    size_t found = 0;
    char name[WORDING];
    for (size_t i = 0; i < shown->count; i++) {
        const struct comparison *c = shown->items[i];
        if (c->alternative != alternative || !concern(c)) continue;
        fprintf(out, "%s%s", found++ ? "; " : before,
                wording_name(shown->result, shown_column(shown, c), name));
    }
    if (found) fputs(".", out);
}

// In all numbers that are shown.
static bool is_same(const struct shown *shown, size_t alternative)
{
    for (size_t i = 0; i < shown->count; i++)
        if (shown->items[i]->alternative == alternative &&
            shown->items[i]->verdict != COMPARISON_SAME)
            return false;
    return true;
}

static void say_alternative(FILE *out, const struct shown *shown, size_t alternative)
{
    size_t found = 0;
    fprintf(out, "Compared with %s, %s ", shown_name(shown, shown->result->control),
            shown_name(shown, alternative));
    for (size_t i = 0; i < shown->count; i++) {
        const struct comparison *c = shown->items[i];
        if (c->alternative != alternative || !is_decided(c)) continue;
        if (found) fputs("; ", out);
        say_effect(out, shown, c);
        say_interval(out, shown, c, found++ == 0);
    }
    if (!found && is_same(shown, alternative))
        fputs("makes no difference at all", out);
    else if (!found)
        fputs("makes no difference that could be told from chance", out);
    fputs(".", out);
    say_list(out, shown, alternative, is_equal, " Equal within the zone: ");
    say_list(out, shown, alternative, is_undecided, " Cannot tell yet: ");
}

// The one with the best mean of the number that decides.
static bool leads(const struct contest *contest, size_t count, size_t alternative)
{
    for (size_t i = 0; contest->column && i < count; i++) {
        double lead = contest->contenders[i].mean - contest->contenders[alternative].mean;
        if (contest->smallest ? lead < 0 : lead > 0) return false;
    }
    return contest->column != NULL;
}

static bool is_told(const struct shown *shown, size_t alternative)
{
    size_t count = shown->result->alternative_count;
    if (alternative == shown->result->control) return false;
    if (count > MOST_PARAGRAPHS + 1 && !leads(&shown->result->contest, count, alternative))
        return false;
    for (size_t i = 0; i < shown->count; i++)
        if (shown->items[i]->alternative == alternative) return true;
    return false;
}

void compare_answer_print(FILE *out, const struct shown *shown)
{
    for (size_t a = 0; a < shown->result->alternative_count; a++) {
        if (!is_told(shown, a)) continue;
        struct paragraph *p = paragraph_open();
        say_alternative(p->stream, shown, a);
        paragraph_print(p, out);
    }
}
