#include "bench/output/clause.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/interval.h"
#include "bench/experiment/rare.h"
#include "bench/output/estimate.h"
#include "bench/output/text.h"

const struct summary *clause_find(const struct alternative_result *a, const struct column *wanted)
{
    size_t c = column_find(a->columns, a->column_count, wanted);
    return c == SIZE_MAX || a->summaries[c].n == 0 ? NULL : &a->summaries[c];
}

bool clause_is_zero(const struct experiment_result *result, const struct column *column)
{
    for (size_t i = 0; i < result->alternative_count; i++) {
        const struct summary *s = clause_find(&result->alternatives[i], column);
        if (s && (s->min != 0 || s->max != 0)) return false;
    }
    return true;
}

void clause_say_interval(FILE *out, double low, double high, const struct clause_interval *how)
{
    struct number_text from = how->show(low), to = how->show(high);
    if (!(high > low) || strcmp(from.text, to.text) == 0) return;
    fprintf(out, how->bare ? ", %s interval %s to %s," : " (%s interval %s to %s)", how->level.text,
            from.text, to.text);
}

// Places: what is said, and of which alternatives.

struct place {
    char *text; // free()
    size_t members[CLAUSE_MOST], count;
};

struct places {
    struct place all[CLAUSE_MOST];
    size_t count;
    bool perfect; // it is said that there was nothing
};

// Takes the text over.
static void put(struct places *places, char *text, size_t alternative)
{
    size_t p = 0;
    while (p < places->count && strcmp(places->all[p].text, text) != 0)
        p++;
    struct place *place = &places->all[p];
    if (p == places->count) {
        places->count++;
        place->text = text;
    } else {
        free(text);
    }
    place->members[place->count++] = alternative;
}

static void say_members(FILE *out, const struct experiment_result *result,
                        const struct place *place)
{
    char name[128];
    for (size_t i = 0; i < place->count; i++) {
        const char *glue = i == 0 ? " with " : i + 1 == place->count ? " and " : ", ";
        const struct alternative *a = result->alternatives[place->members[i]].alternative;
        fprintf(out, "%s%s", glue, text_line(name, sizeof name, a->name));
    }
}

// Says it all and empties the places; `extremes`: they are the best and the worst of many.
static void say_places(FILE *out, const struct experiment_result *result, const char *before,
                       struct places *places, bool extremes, bool words)
{
    bool shared = false, alone = result->alternative_count == 1;
    for (size_t p = 0; p < places->count; p++)
        shared = shared || places->all[p].count > 1;
    if (places->count > 0) fputs(before, out);
    for (size_t p = 0; p < places->count; p++) {
        const char *glue = shared || words ? "; " : p + 1 == places->count ? " and " : ", ";
        if (p > 0) fputs(glue, out);
        if (extremes) fputs(p == 0 ? "at best " : "at worst ", out);
        fputs(places->all[p].text, out);
        if (places->count == 1 && shared) // "never down with any", "down 4 s with each"
            fprintf(out, " with %s of the alternatives", places->perfect ? "any" : "each");
        else if (!alone)
            say_members(out, result, &places->all[p]);
        free(places->all[p].text);
    }
    if (places->count > 0) fputs(". ", out);
}

// Numbers.

static bool is_perfect(const struct summary *s, const struct clause *clause)
{
    return clause->zero && s->min >= clause->perfect && s->max <= clause->perfect;
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

static void say_value(FILE *out, const struct summary *s, const struct clause *clause,
                      const struct experiment_result *result)
{
    double scale = clause->scale > 0 ? clause->scale : 1;
    fprintf(out, "%s%s", clause->value, clause->show(summary_estimate(s) * scale).text);
    const bool nines = clause->show == number_nines;
    const struct clause_interval how = {clause->show_end, estimate_level(result), nines};
    if (s->n < 2 && !(s->high > s->low)) fputs(" (one replication, so no interval)", out);
    clause_say_interval(out, s->low * scale, s->high * scale, &how);
}

static char *value_text(const struct summary *s, const struct clause *clause,
                        const struct experiment_result *result)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (!out) return NULL;
    if (is_perfect(s, clause)) {
        fputs(clause->zero, out);
        say_unseen(out, s->n, clause, result);
    } else {
        say_value(out, s, clause, result);
    }
    fclose(out);
    return text;
}

// The alternatives that are named: all of a few, else the best and the worst.
static size_t choose(const struct experiment_result *result, const struct column *column,
                     size_t chosen[CLAUSE_MOST])
{
    size_t count = 0, best = SIZE_MAX, worst = SIZE_MAX;
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < result->alternative_count; i++) {
        const struct summary *s = clause_find(&result->alternatives[i], column);
        if (!s) continue;
        if (count < CLAUSE_MOST) chosen[count] = i;
        count++;
        double estimate = summary_estimate(s);
        if (estimate < least) least = estimate, best = i;
        if (estimate > most) most = estimate, worst = i;
    }
    if (count <= CLAUSE_MOST) return count;
    bool higher = column->metric->better == BETTER_HIGHER;
    chosen[0] = higher ? worst : best;
    chosen[1] = higher ? best : worst;
    return best == worst ? 1 : 2;
}

void clause_say(FILE *out, const struct experiment_result *result, const struct clause *clause)
{
    size_t chosen[CLAUSE_MOST], count = choose(result, &clause->column, chosen);
    struct places places = {.count = 0};
    for (size_t i = 0; i < count; i++) {
        const struct alternative_result *a = &result->alternatives[chosen[i]];
        const struct summary *s = clause_find(a, &clause->column);
        char *text = value_text(s, clause, result);
        places.perfect = is_perfect(s, clause);
        if (text) put(&places, text, chosen[i]);
    }
    bool extremes = result->alternative_count > CLAUSE_MOST && places.count == 2;
    say_places(out, result, clause->before, &places, extremes, false);
}

void clause_say_words(FILE *out, const struct experiment_result *result, const char *before,
                      clause_writer *write, const void *context)
{
    struct places places = {.count = 0};
    if (result->alternative_count > CLAUSE_MOST) return;
    for (size_t i = 0; i < result->alternative_count; i++) {
        char *text = NULL;
        size_t size;
        FILE *words = open_memstream(&text, &size);
        if (!words) continue;
        write(words, &result->alternatives[i], context);
        fclose(words);
        if (size > 0)
            put(&places, text, i);
        else
            free(text);
    }
    say_places(out, result, before, &places, false, true);
}
