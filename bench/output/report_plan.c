#include "bench/output/report_plan.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/output/estimate.h"
#include "bench/output/number.h"
#include "bench/output/section.h"
#include "bench/output/table.h"
#include "bench/output/text.h"

enum { LABEL_TEXT = 200, SETTING_TEXT = 400, LINE_TEXT = 1200, MOST_POINTS = 12 };

struct page {
    FILE *out;
    const struct plan_result *result;
    bool colour;
};

// Words.

const char *report_plan_setting(const struct plan_result *result, const struct plan_point *point,
                                char *buffer, size_t size)
{
    size_t used = 0;
    buffer[0] = '\0';
    for (size_t k = 0; k < result->plan->knob_count && used < size; k++) {
        int length = snprintf(buffer + used, size - used, "%s%s %s", k ? ", " : "",
                              result->plan->knobs[k].axis.name, point->values[k]->label);
        used += length > 0 ? (size_t)length : 0;
    }
    return buffer;
}

static struct column column_of(const struct metric_choice *choice)
{
    struct column column = {.metric = metric_find(choice->metric)};
    memcpy(column.labels, choice->labels, sizeof column.labels);
    return column;
}

const char *report_plan_promise(const struct search_limit *limit, const struct column *column,
                                char *buffer, size_t size)
{
    char label[LABEL_TEXT], subject[LABEL_TEXT];
    struct column own = column ? *column : column_of(&limit->choice);
    double scale = section_scale(own.metric);
    section_label(&own, label, sizeof label);
    section_subject(&own, subject, sizeof subject);
    int used = snprintf(buffer, size, "%s%s%s", subject, *subject ? ": " : "", label);
    for (int most = 0; most < 2; most++) {
        double bound = most ? limit->max : limit->min;
        if (isnan(bound) || used < 0 || (size_t)used >= size) continue;
        used += snprintf(buffer + used, size - (size_t)used, " %s %s",
                         most ? "<=" : ">=", number_short(bound * scale).text);
    }
    return buffer;
}

const char *report_plan_standing(const struct plan_result *result, const struct plan_point *point,
                                 char *buffer, size_t size)
{
    char promise[LABEL_TEXT];
    const struct alternative_result *r = &point->evaluation.result;
    if (point->refused) {
        snprintf(buffer, size, "refused by the scenario");
    } else if (r->fault) {
        snprintf(buffer, size, "a replication broke off");
    } else if (point->place->feasibility == POINT_FEASIBLE) {
        snprintf(buffer, size, "keeps all");
    } else {
        bool sure = point->place->feasibility == POINT_INFEASIBLE;
        snprintf(buffer, size, "%s %s", sure ? "misses" : "cannot tell:",
                 point->worst == SIZE_MAX ? "what it costs"
                                          : report_plan_promise(&result->plan->limits[point->worst],
                                                                NULL, promise, sizeof promise));
    }
    return buffer;
}

static const char *cost_name(const struct plan_result *result, char *buffer, size_t size)
{
    struct column column = column_of(&result->plan->minimise);
    return section_label(&column, buffer, size);
}

static double cost_scale(const struct plan_result *result)
{
    return section_scale(metric_find(result->plan->minimise.metric));
}

// The answer.

static void print_bold(const struct page *p, const char *text)
{
    char line[TABLE_WIDTH * 4 + 1];
    if (p->colour) fputs("\x1b[1m", p->out);
    table_wrap(p->out, 0, text_line(line, sizeof line, text));
    if (p->colour) fputs("\x1b[0m", p->out);
}

static void print_chosen(const struct page *p)
{
    const struct plan_result *result = p->result;
    const struct plan_point *point = result->points[result->chosen];
    char setting[SETTING_TEXT], name[LABEL_TEXT], line[LINE_TEXT];
    double scale = cost_scale(result);
    snprintf(line, sizeof line,
             "Cheapest setting that keeps all promises: %s; %s %s (95 %% "
             "interval %s, %" PRIu32 " replications).",
             report_plan_setting(result, point, setting, sizeof setting),
             cost_name(result, name, sizeof name), estimate_mean(&point->cost, scale).text,
             estimate_interval(&point->cost, scale).text, point->evaluation.result.replications);
    print_bold(p, line);
    if (result->floor != FLOOR_FOUND) return;
    snprintf(
        line, sizeof line,
        "That is %s %% above the floor: with perfect foresight the same traffic would cost %s.",
        estimate_text(&result->floor_distance, 100, "").text,
        estimate_text(&result->floor_cost, scale, "").text);
    table_wrap(p->out, 0, line);
}

static bool any_undecided(const struct plan_result *result)
{
    for (size_t i = 0; i < result->search.count; i++)
        if (result->search.points[i]->feasibility == POINT_UNDECIDED) return true;
    return false;
}

static void print_misses(const struct page *p, const struct plan_point *point)
{
    size_t count;
    struct plan_check *checks = plan_checks(p->result, point, &count);
    char promise[LABEL_TEXT], line[LINE_TEXT];
    for (size_t i = 0; i < count; i++) {
        const struct plan_check *c = &checks[i];
        if (c->feasibility == POINT_FEASIBLE) continue;
        report_plan_promise(c->limit, c->column, promise, sizeof promise);
        if (!c->summary || c->summary->n == 0) {
            snprintf(line, sizeof line, "%s: there is no such number.", promise);
        } else {
            double scale = section_scale(c->column->metric), mean = c->summary->mean;
            double by = mean > c->limit->max ? mean - c->limit->max : c->limit->min - mean;
            snprintf(line, sizeof line, "%s %s: it is %s%s%s.",
                     c->feasibility == POINT_INFEASIBLE ? "Misses" : "Perhaps misses", promise,
                     estimate_text(c->summary, scale, "").text, by > 0 ? ", off by " : "",
                     by > 0 ? number_short(by * scale).text : "");
        }
        table_wrap(p->out, 2, line);
    }
    free(checks);
}

static void print_closest(const struct page *p)
{
    const struct plan_result *result = p->result;
    char setting[SETTING_TEXT], line[LINE_TEXT];
    bool undecided = any_undecided(result);
    print_bold(p, undecided ? "No setting keeps all promises for sure; for some it cannot be told "
                              "with these replications."
                            : "No setting keeps all promises.");
    if (result->closest == SIZE_MAX) return;
    const struct plan_point *point = result->points[result->closest];
    snprintf(line, sizeof line,
             "The closest is %s:", report_plan_setting(result, point, setting, sizeof setting));
    table_wrap(p->out, 0, line);
    print_misses(p, point);
}

// What a shell takes as one word.
static void print_word(FILE *out, const char *word)
{
    bool plain = *word != '\0';
    for (const char *c = word; *c; c++)
        plain = plain && (isalnum((unsigned char)*c) || strchr("/=._-+:,", *c));
    if (plain) {
        fputs(word, out);
        return;
    }
    fputc('\'', out);
    for (const char *c = word; *c; c++)
        fputs(*c == '\'' ? "'\\''" : (char[]){*c, '\0'}, out);
    fputc('\'', out);
}

// A text needs no quotes unless it would be read as JSON: those of durations and names do not.
static void print_paste(const struct page *p)
{
    const struct plan_point *point = p->result->points[p->result->chosen];
    char word[SETTING_TEXT * 2];
    fputs("\nTo run it:\n  warmpool run ", p->out);
    print_word(p->out, p->result->scenario->path);
    for (size_t i = 0; i < point->what.count; i++) {
        const struct scenario_change *c = &point->what.changes[i];
        size_t length = strlen(c->json);
        bool text = length > 2 && c->json[0] == '"' && isalnum((unsigned char)c->json[1]) &&
                    strpbrk(c->json, "\\'") == NULL &&
                    strspn(c->json + 1, "0123456789.eE+-\"") < length - 1;
        snprintf(word, sizeof word, "%s=%.*s", c->pointer, (int)(text ? length - 2 : length),
                 text ? c->json + 1 : c->json);
        char clean[sizeof word];
        fputs(" --set ", p->out);
        print_word(p->out, text_line(clean, sizeof clean, word));
    }
    fputs("\n", p->out);
}

// Tables.

static void print_promises(const struct page *p)
{
    size_t count;
    const struct plan_point *point = p->result->points[p->result->chosen];
    struct plan_check *checks = plan_checks(p->result, point, &count);
    char promise[LABEL_TEXT];
    struct table *t = table_create(3);
    table_row(t, TABLE_HEAD);
    table_put(t, "Promises");
    table_put(t, "mean");
    table_put(t, "95 % interval");
    for (size_t i = 0; i < count; i++) {
        const struct plan_check *c = &checks[i];
        double scale = section_scale(metric_find(c->limit->choice.metric));
        char text[LABEL_TEXT + 4];
        snprintf(text, sizeof text, "  %s",
                 report_plan_promise(c->limit, c->column, promise, sizeof promise));
        table_row(t, TABLE_ROW);
        table_put(t, text);
        table_put(t, estimate_mean(c->summary, scale).text);
        table_put(t, estimate_interval(c->summary, scale).text);
    }
    table_print(t, p->out, p->colour);
    table_free(t);
    free(checks);
}

static void put_setting(struct table *t, const struct plan_result *result,
                        const struct plan_point *point, const char *before)
{
    char setting[SETTING_TEXT], text[SETTING_TEXT + 80], standing[LABEL_TEXT];
    double scale = cost_scale(result);
    snprintf(text, sizeof text, "  %s%s", before,
             report_plan_setting(result, point, setting, sizeof setting));
    table_row(t, TABLE_ROW);
    table_put(t, text);
    table_put(t, point->refused ? "" : estimate_text(&point->cost, scale, "").text);
    table_put(t, report_plan_standing(result, point, standing, sizeof standing));
}

static struct table *settings_table(const struct plan_result *result, const char *title)
{
    char name[LABEL_TEXT];
    struct table *t = table_create(3);
    table_row(t, TABLE_HEAD);
    table_put(t, title);
    table_put(t, cost_name(result, name, sizeof name));
    table_put(t, "promises");
    return t;
}

static void print_neighbours(const struct page *p)
{
    const struct plan_result *result = p->result;
    struct table *t = settings_table(result, "One step away");
    for (size_t i = 0; i < result->neighbour_count; i++) {
        const struct plan_neighbour *n = &result->neighbours[i];
        char text[SETTING_TEXT];
        const char *name = result->plan->knobs[n->knob].axis.name;
        if (n->point == SIZE_MAX) {
            snprintf(text, sizeof text, "  %s has no %s value", name,
                     n->step < 0 ? "earlier" : "later");
            table_row(t, TABLE_ROW);
            table_put(t, text);
            table_put(t, "");
            continue;
        }
        put_setting(t, result, result->points[n->point], "");
    }
    table_print(t, p->out, p->colour);
    table_free(t);
}

static int cheapest_first(const void *left, const void *right)
{
    const struct plan_point *a = *(const struct plan_point *const *)left,
                            *b = *(const struct plan_point *const *)right;
    double x = isnan(a->cost.mean) ? INFINITY : a->cost.mean;
    double y = isnan(b->cost.mean) ? INFINITY : b->cost.mean;
    return (x > y) - (x < y);
}

static void print_cheapest(const struct page *p)
{
    const struct plan_result *result = p->result;
    const struct plan_point **sorted = memory_new(sizeof *sorted, result->search.count);
    size_t used = 0;
    for (size_t i = 0; i < result->search.count; i++)
        if (result->search.points[i]->feasibility != POINT_INFEASIBLE)
            sorted[used++] = result->points[i];
    if (used) qsort(sorted, used, sizeof *sorted, cheapest_first);
    struct table *t = settings_table(result, "Cheapest settings not ruled out");
    for (size_t i = 0; i < used && i < MOST_POINTS; i++)
        put_setting(t, result, sorted[i], "");
    if (used > 0) table_print(t, p->out, p->colour);
    table_free(t);
    free(sorted);
}

// How it went.

static void print_method(const struct page *p)
{
    const struct search_result *s = &p->result->search;
    char line[LINE_TEXT];
    if (s->method == SEARCH_GRID) {
        snprintf(line, sizeof line, "All %zu settings were tried.", s->count);
    } else if (s->method == SEARCH_REFINE) {
        snprintf(line, sizeof line,
                 "A coarse grid, then the neighbours of the best settings down to one step: %zu "
                 "settings tried. A better one far from all of them may have been missed.",
                 s->count);
    } else {
        snprintf(line, sizeof line,
                 "Bisection on %s, %s to be monotone (%s is safer and dearer): %zu settings tried. "
                 "%s",
                 p->result->plan->knobs[s->knob].axis.name, s->detected ? "found" : "declared",
                 s->trend == TREND_UP ? "more" : "less", s->count,
                 s->broken ? "Where it turned out not to be, all values were tried."
                           : "Nothing that was seen speaks against it.");
    }
    table_wrap(p->out, 2, line);
    if (s->spent) table_wrap(p->out, 2, "All points of the budget (/plan/points) were used.");
}

static void print_certainty(const struct page *p)
{
    const struct plan_result *result = p->result;
    char line[LINE_TEXT];
    double scale = cost_scale(result);
    if (result->rivals > 0) {
        snprintf(line, sizeof line,
                 "%zu feasible setting%s cost about as much; %s (differences below %s do not "
                 "matter).",
                 result->rivals, result->rivals == 1 ? "" : "s",
                 result->selected ? "this one was selected by KN with 95 % confidence"
                                  : "the replications do not suffice to tell them apart, so the "
                                    "lowest mean counts",
                 number_short(result->zone * scale).text);
        table_wrap(p->out, 2, line);
    }
    if (result->chosen == SIZE_MAX || result->undecided == 0) return;
    snprintf(
        line, sizeof line,
        "%zu setting%s may be cheaper and keep the promises too: that cannot be told with %" PRIu32
        " replications each.",
        result->undecided, result->undecided == 1 ? "" : "s", result->plan->most);
    table_wrap(p->out, 2, line);
}

static void print_refused(const struct page *p)
{
    const struct plan_point *first = NULL;
    size_t count = 0;
    char line[LINE_TEXT];
    for (size_t i = 0; i < p->result->search.count; i++) {
        if (!p->result->points[i]->refused) continue;
        if (!first) first = p->result->points[i];
        count++;
    }
    if (count == 0) return;
    snprintf(line, sizeof line, "The scenario refuses %zu setting%s; the first problem: %s", count,
             count == 1 ? "" : "s", first->refused);
    table_wrap(p->out, 2, line);
}

static void print_notes(const struct page *p)
{
    const struct plan_result *result = p->result;
    fputs("\n", p->out);
    print_method(p);
    print_certainty(p);
    print_refused(p);
    if (result->floor == FLOOR_REFUSED)
        table_wrap(p->out, 2, "The floor (autoscaler oracle) could not be computed.");
    if (result->scenario->alternative_count > 1)
        table_wrap(p->out, 2,
                   "The alternatives of \"compare\" play no part: knobs change the file itself.");
    if (result->interrupted)
        table_wrap(p->out, 2, "Interrupted: this is the best of what was finished.");
    table_wrap(p->out, 2,
               "A setting keeps a promise when the whole 95 % interval does, each promise by "
               "itself; all settings ran on the same random numbers.");
}

bool report_plan_text(FILE *out, const struct plan_result *result, bool colour)
{
    struct page p = {out, result, colour};
    const struct scenario *s = result->scenario;
    char line[TABLE_WIDTH * 4 + 1];
    if (s->title) print_bold(&p, s->title);
    if (s->question) table_wrap(out, 0, text_line(line, sizeof line, s->question));
    fputs("\n", out);
    if (result->chosen == SIZE_MAX) {
        print_closest(&p);
    } else {
        print_chosen(&p);
        print_paste(&p);
        print_promises(&p);
        print_neighbours(&p);
    }
    print_cheapest(&p);
    print_notes(&p);
    return !ferror(out);
}
