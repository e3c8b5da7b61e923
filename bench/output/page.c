#include "bench/output/page.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/output/estimate.h"
#include "bench/output/lineup.h"
#include "bench/output/number.h"
#include "bench/output/section.h"
#include "bench/output/table.h"
#include "bench/output/text.h"

enum { COLUMNS = 1 + LINEUP_MOST, LABEL_TEXT = 200 };

struct page {
    struct lineup lineup;
    struct table *table;
    enum page_layout layout;
    bool groups;    // this section needs headings
    char *always_0; // names of rows that are 0 throughout, or NULL
    char interval[72];
};

static void put_one(struct table *t, const struct summary *s, double scale)
{
    bool varies = s->n > 1 && s->max > s->min;
    table_put(t, estimate_mean(s, scale).text);
    table_put(t, estimate_interval(s, scale).text);
    table_put(t, varies ? number_short(s->min * scale).text : "");
    table_put(t, varies ? number_short(s->max * scale).text : "");
}

static const struct summary *difference_of(const struct lineup_row *row, size_t place)
{
    return row->comparisons[place] ? &row->comparisons[place]->difference : NULL;
}

// Four columns leave no room for blanks.
static void put_estimate(struct page *page, const struct summary *s, double scale, const char *sign)
{
    struct estimate_text cell = estimate_text(s, scale, sign);
    char *to = cell.text;
    bool tight = page->lineup.width == LINEUP_MOST;
    for (const char *from = cell.text; *from; from++)
        if (*from != ' ' || !tight) *to++ = *from;
    *to = '\0';
    table_put(page->table, cell.text);
}

static void put_cells(struct page *page, const struct lineup_row *row)
{
    const struct metric *metric = row->column->metric;
    double scale = section_scale(metric);
    struct table *t = page->table;
    if (page->layout == PAGE_ONE) {
        put_one(t, row->summaries[0], scale);
        return;
    }
    for (size_t i = 0; i < page->lineup.width; i++) {
        bool differences = page->layout == PAGE_DIFFERENCES;
        const struct summary *s = differences ? difference_of(row, i) : row->summaries[i];
        put_estimate(page, s, scale, differences ? "+" : "");
    }
    if (page->layout != PAGE_PAIR) return;
    const struct summary *difference = difference_of(row, 1);
    table_put(t, difference ? estimate_text(difference, scale, "+").text : "");
    table_put(t, difference ? estimate_judge(difference, metric->better) : "");
}

static void put_row(struct page *page, const struct lineup_row *row)
{
    char label[LABEL_TEXT], text[LABEL_TEXT + 8];
    section_label(row->column, label, sizeof label);
    snprintf(text, sizeof text, "%s%s", page->groups ? "    " : "  ", label);
    table_row(page->table, TABLE_ROW);
    table_put(page->table, text);
    put_cells(page, row);
}

// Families (requests by outcome, runners by state) have many members that never happen.
static bool is_always_0(const struct page *page, const struct lineup_row *row)
{
    const char *const *l = row->column->labels;
    bool family = l[LABEL_STATE] || l[LABEL_OUTCOME] || l[LABEL_PAYER] || l[LABEL_CALLER];
    for (size_t i = 0; i < page->lineup.width && family; i++) {
        const struct summary *s = row->summaries[i];
        family = s && s->n > 0 && s->undefined == 0 && s->min == 0 && s->max == 0;
    }
    return family && page->layout != PAGE_DIFFERENCES;
}

static void remember_0(struct page *page, const char *name)
{
    size_t used = page->always_0 ? strlen(page->always_0) : 0, more = strlen(name) + 3;
    page->always_0 = memory_grow(page->always_0, used + more, 1);
    snprintf(page->always_0 + used, more, "%s%s", used ? "; " : "", name);
}

static void put_always_0(struct page *page)
{
    static const char before[] = "    always 0: ";
    if (!page->always_0) return;
    size_t size = sizeof before + strlen(page->always_0);
    char *text = memory_new(size, 1);
    snprintf(text, size, "%s%s", page->groups ? before : before + 2, page->always_0);
    table_row(page->table, TABLE_TEXT);
    table_put(page->table, text);
    free(text);
    free(page->always_0);
    page->always_0 = NULL;
}

static bool differs(const struct page *page, const struct lineup_row *row)
{
    for (size_t i = 0; i < page->lineup.width; i++) {
        const struct summary *d = difference_of(row, i);
        if (d && d->n > 0 && (d->min != 0 || d->max != 0)) return true;
    }
    return false;
}

static bool is_shown(const struct page *page, const struct section *section,
                     const struct lineup_row *row)
{
    if (!section_has(section, row->column)) return false;
    return page->layout != PAGE_DIFFERENCES || differs(page, row);
}

static void put_rows(struct page *page, const struct section *section, const char *subject,
                     const char *metric)
{
    char label[LABEL_TEXT];
    for (size_t r = 0; r < page->lineup.count; r++) {
        const struct lineup_row *row = &page->lineup.rows[r];
        if (!is_shown(page, section, row) || strcmp(row->subject, subject) != 0) continue;
        if (metric && strcmp(row->column->metric->name, metric) != 0) continue;
        if (is_always_0(page, row))
            remember_0(page, section_label(row->column, label, sizeof label));
        else
            put_row(page, row);
    }
}

static void put_group(struct page *page, const struct section *section, const char *subject)
{
    char heading[LABEL_TEXT];
    if (page->groups) {
        snprintf(heading, sizeof heading, "  %s", *subject ? subject : "all apps");
        table_row(page->table, TABLE_ROW);
        table_put(page->table, heading);
    }
    for (const struct section_metric *m = section->metrics; m && m->metric; m++)
        put_rows(page, section, subject, m->metric);
    if (!section->metrics) put_rows(page, section, subject, NULL);
    put_always_0(page);
}

static bool is_first_of_subject(const struct page *page, const struct section *section, size_t row)
{
    for (size_t r = 0; r < row; r++)
        if (is_shown(page, section, &page->lineup.rows[r]) &&
            strcmp(page->lineup.rows[r].subject, page->lineup.rows[row].subject) == 0)
            return false;
    return is_shown(page, section, &page->lineup.rows[row]);
}

static void put_head(struct page *page, const char *title)
{
    const char *const one[] = {"mean", page->interval, "smallest", "largest"};
    char name[24];
    table_row(page->table, TABLE_HEAD);
    table_put(page->table, title);
    for (size_t i = 0; page->layout == PAGE_ONE && i < 4; i++)
        table_put(page->table, one[i]);
    for (size_t i = 0; page->layout != PAGE_ONE && i < page->lineup.width; i++)
        table_put(page->table,
                  text_line(name, sizeof name, page->lineup.alternatives[i].alternative->name));
    if (page->layout == PAGE_PAIR) table_put(page->table, "difference");
}

// The subject of a section is clear without headings when there is one app and nothing else.
static bool needs_groups(const struct page *page, const struct section *section)
{
    const char *only = NULL;
    for (size_t r = 0; r < page->lineup.count; r++) {
        const struct lineup_row *row = &page->lineup.rows[r];
        if (!is_shown(page, section, row)) continue;
        if (row->column->labels[LABEL_MACHINE_TYPE] || row->column->labels[LABEL_ROLLOUT])
            return true;
        if (only && strcmp(only, row->subject) != 0) return true;
        only = row->subject;
    }
    return false;
}

static void put_groups(struct page *page, const struct section *section, bool whole_scenario)
{
    for (size_t r = 0; r < page->lineup.count; r++) {
        const char *subject = page->lineup.rows[r].subject;
        if (is_first_of_subject(page, section, r) && (*subject == '\0') == whole_scenario)
            put_group(page, section, subject);
    }
}

static bool is_empty(const struct page *page, const struct section *section)
{
    for (size_t r = 0; r < page->lineup.count; r++)
        if (is_shown(page, section, &page->lineup.rows[r])) return false;
    return true;
}

static void put_section(struct page *page, const struct section *section)
{
    char title[64];
    bool differences = page->layout == PAGE_DIFFERENCES;
    if (section->by_mode || is_empty(page, section)) return;
    snprintf(title, sizeof title, "%s%s", section->title, differences ? ", differences" : "");
    put_head(page, title);
    page->groups = needs_groups(page, section);
    put_groups(page, section, true);
    put_groups(page, section, false);
}

void page_print(FILE *out, const struct experiment_result *result,
                const struct page_options *options)
{
    struct page page = {.layout = options->layout,
                        .lineup = lineup_create(result, options->first, options->width),
                        .table = table_create(COLUMNS)};
    snprintf(page.interval, sizeof page.interval, "%s interval", estimate_level(result).text);
    for (const struct section *s = sections; s->title; s++)
        put_section(&page, s);
    table_print(page.table, out, options->colour);
    table_free(page.table);
    lineup_free(&page.lineup);
}
