#include "bench/output/report_sweep.h"

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

enum { LABEL_TEXT = 200, SETTING_TEXT = 400, MOST_ROWS = 100, CELL_WIDTH = 18 };

struct sheet { // what all tables need
    const struct sweep_result *result;
    const struct sweep_plan *plan;
    struct column *columns;
    size_t count, constants; // after those that vary, the ones that are the same everywhere
    FILE *out;
    bool colour;
};

// Names.

static size_t append(char *buffer, size_t size, size_t used, const char *before, const char *text)
{
    if (used + 1 >= size) return used;
    for (const char *part = before; *part && used + 1 < size; part++)
        buffer[used++] = *part;
    for (const char *part = text; *part && used + 1 < size; part++)
        buffer[used++] = *part;
    buffer[used] = '\0';
    return used;
}

const char *report_sweep_label(const struct column *columns, size_t count, size_t index,
                               char *buffer, size_t size)
{
    char subject[LABEL_TEXT], other[LABEL_TEXT];
    bool differs = false;
    section_label(&columns[index], buffer, size);
    section_subject(&columns[index], subject, sizeof subject);
    for (size_t c = 0; c < count; c++)
        if (columns[c].metric == columns[index].metric)
            differs =
                differs || strcmp(section_subject(&columns[c], other, sizeof other), subject) != 0;
    if (differs) append(buffer, size, strlen(buffer), ", ", *subject ? subject : "all");
    return buffer;
}

const char *report_sweep_setting(const struct sweep_plan *plan,
                                 const struct axis_value *const *values, char *buffer, size_t size)
{
    size_t used = 0;
    buffer[0] = '\0';
    for (size_t i = 0; i < plan->axis_count; i++) {
        used = append(buffer, size, used, i ? ", " : "", plan->axes[i].name);
        used = append(buffer, size, used, " ", values[i]->label);
    }
    return buffer;
}

const char *report_sweep_factors(const struct sweep_plan *plan, size_t mask, char *buffer,
                                 size_t size)
{
    size_t used = 0;
    uint32_t last = UINT32_MAX;
    buffer[0] = '\0';
    for (size_t i = 0; i < plan->axis_count; i++) {
        uint32_t group = plan->groups[i];
        if (!(mask >> group & 1)) continue;
        used = append(buffer, size, used,
                      used == 0       ? ""
                      : group == last ? "+"
                                      : " x ",
                      plan->axes[i].name);
        last = group;
    }
    return buffer;
}

// Text.

static void print_title(const struct sheet *s)
{
    const struct scenario *scenario = s->result->scenario;
    char line[TABLE_WIDTH * 4 + 1];
    if (scenario->title) {
        if (s->colour) fputs("\x1b[1m", s->out);
        table_wrap(s->out, 0, text_line(line, sizeof line, scenario->title));
        if (s->colour) fputs("\x1b[0m", s->out);
    }
    if (scenario->question) table_wrap(s->out, 0, text_line(line, sizeof line, scenario->question));
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void print_facts(const struct sheet *s)
{
    const struct sweep_result *result = s->result;
    uint32_t least = UINT32_MAX, most = 0;
    for (size_t i = 0; i < result->design->count; i++) {
        uint32_t n = result->points[i].result.replications;
        if (n < least) least = n;
        if (n > most) most = n;
    }
    fprintf(s->out, "\n  scenario      %s\n", result->scenario->path);
    fprintf(s->out, "  design        %s of %zu ax%s: %zu point%s\n",
            sweep_design_names[s->plan->design], s->plan->axis_count,
            s->plan->axis_count == 1 ? "is" : "es", result->design->count,
            plural(result->design->count));
    fprintf(s->out, "  replications  %" PRIu32, least);
    if (most > least) fprintf(s->out, " to %" PRIu32, most);
    fprintf(s->out, ", the same random numbers at all points\n  seed          %s\n",
            result->scenario->seed_text);
}

static bool is_better(double a, double b, enum metric_better better)
{
    return better == BETTER_LOWER ? a < b : a > b;
}

// The point with the best mean, and how many others have the same.
static size_t best_point(const struct sheet *s, const struct column *column, size_t *others)
{
    size_t best = SIZE_MAX;
    double mean = NAN;
    *others = 0;
    for (size_t i = 0; i < s->result->design->count; i++) {
        const struct summary *summary = sweep_summary(&s->result->points[i], column);
        if (!summary || summary->n == 0) continue;
        if (best == SIZE_MAX || is_better(summary->mean, mean, column->metric->better)) {
            best = i;
            mean = summary->mean;
            *others = 0;
        } else if (!is_better(mean, summary->mean, column->metric->better)) {
            ++*others;
        }
    }
    return best;
}

static void print_best(const struct sheet *s)
{
    char label[LABEL_TEXT], setting[SETTING_TEXT], line[LABEL_TEXT + SETTING_TEXT + 200];
    fputc('\n', s->out);
    for (size_t c = 0; c < s->count; c++) {
        enum metric_better better = s->columns[c].metric->better;
        size_t others,
            best = better == BETTER_NEITHER ? SIZE_MAX : best_point(s, &s->columns[c], &others);
        if (best == SIZE_MAX) continue;
        const struct summary *summary = sweep_summary(&s->result->points[best], &s->columns[c]);
        int used = snprintf(line, sizeof line, "%s %s: %s with %s",
                            better == BETTER_LOWER ? "Lowest" : "Highest",
                            report_sweep_label(s->columns, s->count, c, label, sizeof label),
                            estimate_text(summary, section_scale(s->columns[c].metric), "").text,
                            report_sweep_setting(s->plan, s->result->design->points[best].values,
                                                 setting, sizeof setting));
        if (others > 0)
            snprintf(line + used, sizeof line - (size_t)used, " (and %zu other point%s)", others,
                     plural(others));
        table_wrap(s->out, 0, line);
    }
}

static void set_constants_aside(struct sheet *s)
{
    struct column *sorted = memory_new(sizeof *sorted, s->count);
    size_t used = 0, varying = 0;
    for (int constant = 0; constant < 2; constant++) {
        for (size_t c = 0; c < s->count; c++)
            if (sweep_is_constant(s->result, &s->columns[c]) == (constant == 1))
                sorted[used++] = s->columns[c];
        if (!constant) varying = used;
    }
    free(s->columns);
    s->columns = sorted;
    s->constants = s->count - varying;
    s->count = varying;
}

static void print_constants(const struct sheet *s)
{
    char label[LABEL_TEXT], line[LABEL_TEXT + 100];
    if (s->constants) fputs("\nThe same in all replications of all points:\n", s->out);
    for (size_t c = s->count; c < s->count + s->constants; c++) {
        const struct summary *summary = sweep_summary(&s->result->points[0], &s->columns[c]);
        snprintf(line, sizeof line, "%s: %s",
                 report_sweep_label(s->columns, s->count + s->constants, c, label, sizeof label),
                 number_short(summary->mean * section_scale(s->columns[c].metric)).text);
        table_wrap(s->out, 2, line);
    }
}

static void put_axes(struct table *t, const struct sweep_plan *plan,
                     const struct axis_value *const *values)
{
    for (size_t i = 0; i < plan->axis_count; i++)
        table_put(t, values ? values[i]->label : plan->axes[i].name);
}

static size_t rows_shown(const struct design *design)
{
    return design->count < MOST_ROWS ? design->count : MOST_ROWS;
}

static void print_points(const struct sheet *s, size_t first, size_t width)
{
    const struct design *design = s->result->design;
    char label[LABEL_TEXT];
    struct table *t = table_create(s->plan->axis_count + width);
    table_row(t, TABLE_HEAD);
    put_axes(t, s->plan, NULL);
    for (size_t c = first; c < first + width; c++)
        table_put(t, report_sweep_label(s->columns, s->count, c, label, sizeof label));
    for (size_t i = 0; i < rows_shown(design); i++) {
        table_row(t, TABLE_ROW);
        put_axes(t, s->plan, design->points[i].values);
        for (size_t c = first; c < first + width; c++) {
            const struct summary *summary = sweep_summary(&s->result->points[i], &s->columns[c]);
            table_put(t, estimate_text(summary, section_scale(s->columns[c].metric), "").text);
        }
    }
    table_print(t, s->out, s->colour);
    table_free(t);
}

// As many columns in one table as there is room for.
static void print_all_points(const struct sheet *s)
{
    size_t room = TABLE_WIDTH, first = 0;
    char label[LABEL_TEXT];
    for (size_t i = 0; i < s->plan->axis_count; i++) {
        size_t width = text_width(s->plan->axes[i].name) + 2;
        room = room > width + CELL_WIDTH ? room - width : CELL_WIDTH;
    }
    while (first < s->count) {
        size_t width = 0, used = 0;
        while (first + width < s->count) {
            size_t own = text_width(
                report_sweep_label(s->columns, s->count, first + width, label, sizeof label));
            used += 2 + (own > CELL_WIDTH ? own : CELL_WIDTH);
            if (width > 0 && used > room) break;
            width++;
        }
        print_points(s, first, width);
        first += width;
    }
    if (rows_shown(s->result->design) < s->result->design->count)
        fprintf(s->out, "... and %zu more points, in points.csv with --out\n",
                s->result->design->count - rows_shown(s->result->design));
}

static double magnitude(const struct summary *s)
{
    return isnan(s->mean) ? -1 : fabs(s->mean);
}

struct effect {
    size_t mask;
    const struct summary *summary;
};

static int larger_first(const void *left, const void *right)
{
    const struct effect *a = left, *b = right;
    double x = magnitude(a->summary), y = magnitude(b->summary);
    return x > y ? -1 : x < y ? 1 : (a->mask > b->mask) - (a->mask < b->mask);
}

static void print_effects(const struct sheet *s, size_t column)
{
    enum { MOST_EFFECTS = 20 };
    size_t runs = s->result->design->count;
    double scale = section_scale(s->columns[column].metric);
    char name[LABEL_TEXT], text[LABEL_TEXT + 16];
    struct summary *summaries = sweep_effects(s->result, &s->columns[column]);
    if (!summaries) return;
    struct effect *sorted = memory_new(sizeof *sorted, runs);
    for (size_t m = 0; m < runs; m++)
        sorted[m] = (struct effect){m, &summaries[m]};
    qsort(sorted + 1, runs - 1, sizeof *sorted, larger_first);
    struct table *t = table_create(3);
    table_row(t, TABLE_HEAD);
    snprintf(text, sizeof text, "Effects on %s",
             report_sweep_label(s->columns, s->count, column, name, sizeof name));
    table_put(t, text);
    table_put(t, "from low to high");
    table_put(t, "95 % interval");
    for (size_t i = 0; i < runs && i <= MOST_EFFECTS; i++) {
        table_row(t, TABLE_ROW);
        report_sweep_factors(s->plan, sorted[i].mask, name, sizeof name);
        snprintf(text, sizeof text, "  %s", i == 0 ? "mean of all points" : name);
        table_put(t, text);
        table_put(t, estimate_text(sorted[i].summary, scale, i ? "+" : "").text);
        table_put(t, estimate_interval(sorted[i].summary, scale).text);
    }
    table_print(t, s->out, s->colour);
    table_free(t);
    free(sorted);
    free(summaries);
}

static void put_bar(struct table *t, const struct sheet *s, const struct tornado_bar *bar,
                    double scale)
{
    char text[LABEL_TEXT];
    const struct axis_value *const *low = s->result->design->points[1 + 2 * bar->axis].values,
                                   *const *high =
                                       s->result->design->points[2 + 2 * bar->axis].values;
    table_row(t, TABLE_ROW);
    snprintf(text, sizeof text, "  %s", s->plan->axes[bar->axis].name);
    table_put(t, text);
    snprintf(text, sizeof text, "%s / %s", low[bar->axis]->label, high[bar->axis]->label);
    table_put(t, text);
    table_put(t, estimate_text(&bar->low, scale, "+").text);
    table_put(t, estimate_text(&bar->high, scale, "+").text);
    table_put(t, bar->clear ? "" : "cannot tell from 0");
}

static void print_tornado(const struct sheet *s, size_t column)
{
    double scale = section_scale(s->columns[column].metric);
    char label[LABEL_TEXT], text[LABEL_TEXT + 32];
    struct tornado_bar *bars = sweep_tornado(s->result, &s->columns[column]);
    if (!bars) return;
    struct table *t = table_create(5);
    table_row(t, TABLE_HEAD);
    snprintf(text, sizeof text, "Change of %s",
             report_sweep_label(s->columns, s->count, column, label, sizeof label));
    table_put(t, text);
    table_put(t, "from / to");
    snprintf(text, sizeof text, "-%s %%", number_short(s->plan->percent).text);
    table_put(t, text);
    snprintf(text, sizeof text, "+%s %%", number_short(s->plan->percent).text);
    table_put(t, text);
    for (size_t i = 0; i < s->plan->axis_count; i++)
        put_bar(t, s, &bars[i], scale);
    table_print(t, s->out, s->colour);
    const struct summary *base = sweep_summary(&s->result->points[0], &s->columns[column]);
    fprintf(s->out, "  as the file says: %s\n", estimate_text(base, scale, "").text);
    table_free(t);
    free(bars);
}

static void print_notes(const struct sheet *s)
{
    char setting[SETTING_TEXT], line[SETTING_TEXT + 600];
    size_t imprecise = 0, faults = 0, lonely = 0;
    for (size_t i = 0; i < s->result->design->count; i++) {
        const struct alternative_result *r = &s->result->points[i].result;
        imprecise += !r->precision_reached && !r->fault && !s->result->interrupted;
        lonely += r->replications == 1;
        if (!r->fault || faults++ >= 10) continue;
        snprintf(line, sizeof line, "%s: replication %" PRIu32 " broke off: %s",
                 report_sweep_setting(s->plan, s->result->design->points[i].values, setting,
                                      sizeof setting),
                 r->fault_replication, r->fault);
        table_wrap(s->out, 2, line);
    }
    fputs("\n", s->out);
    table_wrap(s->out, 2,
               "Means over replications +/- half of the 95 % interval; without +/-: the same in "
               "all of them; n/a: undefined.");
    if (lonely > 0) table_wrap(s->out, 2, "One replication has no interval.");
    if (imprecise > 0)
        fprintf(s->out, "  %zu point%s did not reach the precision that \"until\" asks for.\n",
                imprecise, plural(imprecise));
    if (s->result->interrupted)
        table_wrap(s->out, 2, "Interrupted: points have the replications that were finished.");
}

bool report_sweep_text(FILE *out, const struct sweep_result *result, bool colour)
{
    struct sheet s = {.result = result, .plan = result->design->plan, .out = out, .colour = colour};
    s.columns = sweep_columns(result, &s.count);
    print_title(&s);
    set_constants_aside(&s);
    if (s.plan->design != DESIGN_TORNADO) print_best(&s);
    print_facts(&s);
    for (size_t c = 0; c < s.count && s.plan->design == DESIGN_TORNADO; c++)
        print_tornado(&s, c);
    if (s.plan->design != DESIGN_TORNADO) print_all_points(&s);
    for (size_t c = 0; c < s.count && s.plan->design == DESIGN_FACTORIAL2; c++)
        print_effects(&s, c);
    print_constants(&s);
    print_notes(&s);
    free(s.columns);
    return !ferror(out);
}

void report_sweep_list(FILE *out, const struct scenario *scenario, const struct design *design)
{
    const struct replication_plan *plan = &scenario->replications;
    fprintf(out, "%zu point%s, ", design->count, plural(design->count));
    if (plan->max > plan->min)
        fprintf(out, "%" PRIu32 " to %" PRIu32 " replications each: %" PRIu64 " to %" PRIu64 "\n",
                plan->min, plan->max, plan->min * (uint64_t)design->count,
                plan->max * (uint64_t)design->count);
    else
        fprintf(out, "%" PRIu32 " replication%s each: %" PRIu64 "\n", plan->min, plural(plan->min),
                plan->min * (uint64_t)design->count);
    struct table *t = table_create(design->plan->axis_count + 1);
    table_row(t, TABLE_HEAD);
    table_put(t, "point");
    put_axes(t, design->plan, NULL);
    for (size_t i = 0; i < design->count; i++) {
        table_row(t, TABLE_ROW);
        table_put(t, design->points[i].what.name);
        put_axes(t, design->plan, design->points[i].values);
    }
    table_print(t, out, false);
    table_free(t);
}
