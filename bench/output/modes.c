#include "bench/output/modes.h"

#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/output/estimate.h"
#include "bench/output/section.h"
#include "bench/output/table.h"
#include "models/config.h"

enum { LABEL_TEXT = 200 };

struct modes {
    const struct experiment_result *result;
    struct table *table;
    bool groups; // more than one app
};

static bool has_mode(const struct column *column)
{
    const struct section *s = sections;
    while (s->title && !section_has(s, column))
        s++;
    return s->title && s->by_mode && column->labels[LABEL_AUTH_MODE];
}

static const struct summary *under(const struct alternative_result *a, const struct column *column,
                                   const char *mode)
{
    struct column wanted = *column;
    wanted.labels[LABEL_AUTH_MODE] = mode;
    size_t c = column_find(a->columns, a->column_count, &wanted);
    return c == SIZE_MAX ? NULL : &a->summaries[c];
}

static void put_row(struct modes *m, const struct alternative_result *a,
                    const struct column *column)
{
    char label[LABEL_TEXT];
    const char *payer = column->labels[LABEL_PAYER];
    bool several = m->result->alternative_count > 1;
    snprintf(label, sizeof label, "%s%.100s%s%.50s, $", m->groups ? "    " : "  ",
             several ? a->alternative->name : "", several ? ", " : "", payer ? payer : "all");
    table_row(m->table, TABLE_ROW);
    table_put(m->table, label);
    for (size_t i = 0; auth_mode_names[i]; i++)
        table_put(m->table, estimate_text(under(a, column, auth_mode_names[i]), 1, "").text);
}

// Each payer has a column for each mode: the first of them stands for all.
static bool is_first_of_row(const struct alternative_result *a, size_t column)
{
    struct column wanted = a->columns[column];
    for (size_t i = 0; auth_mode_names[i]; i++) {
        wanted.labels[LABEL_AUTH_MODE] = auth_mode_names[i];
        size_t c = column_find(a->columns, a->column_count, &wanted);
        if (c < column) return false;
    }
    return has_mode(&a->columns[column]);
}

static void put_group(struct modes *m, const char *subject)
{
    char own[LABEL_TEXT], heading[LABEL_TEXT + 2];
    snprintf(heading, sizeof heading, "  %s", subject);
    if (m->groups) table_row(m->table, TABLE_ROW);
    if (m->groups) table_put(m->table, heading);
    for (size_t i = 0; i < m->result->alternative_count; i++) {
        const struct alternative_result *a = &m->result->alternatives[i];
        for (size_t c = 0; c < a->column_count; c++) {
            section_subject(&a->columns[c], own, sizeof own);
            if (strcmp(own, subject) == 0 && is_first_of_row(a, c)) put_row(m, a, &a->columns[c]);
        }
    }
}

static bool is_new_subject(const struct alternative_result *a, size_t column)
{
    char subject[LABEL_TEXT], earlier[LABEL_TEXT];
    section_subject(&a->columns[column], subject, sizeof subject);
    for (size_t c = 0; c < column; c++)
        if (has_mode(&a->columns[c]) &&
            strcmp(section_subject(&a->columns[c], earlier, sizeof earlier), subject) == 0)
            return false;
    return has_mode(&a->columns[column]);
}

static size_t count_subjects(const struct alternative_result *a)
{
    size_t count = 0;
    for (size_t c = 0; c < a->column_count; c++)
        count += is_new_subject(a, c);
    return count;
}

void modes_print(FILE *out, const struct experiment_result *result, bool colour)
{
    size_t modes = 0;
    const struct alternative_result *a = &result->alternatives[0];
    if (result->alternative_count == 0 || count_subjects(a) == 0) return;
    while (auth_mode_names[modes])
        modes++;
    struct modes m = {result, table_create(1 + modes), count_subjects(a) > 1};
    table_row(m.table, TABLE_HEAD);
    table_put(m.table, "Cost by auth mode");
    for (size_t i = 0; i < modes; i++)
        table_put(m.table, auth_mode_names[i]);
    for (size_t c = 0; c < a->column_count; c++) {
        char subject[LABEL_TEXT];
        section_subject(&a->columns[c], subject, sizeof subject);
        if (is_new_subject(a, c)) put_group(&m, subject);
    }
    table_print(m.table, out, colour);
    table_free(m.table);
}
