#include "bench/output/lineup.h"

#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/output/section.h"
#include "sim/check.h"

static struct lineup_row *find_row(struct lineup *l, const struct column *wanted)
{
    for (size_t r = 0; r < l->count; r++)
        if (column_find(l->rows[r].column, 1, wanted) == 0) return &l->rows[r];
    return NULL;
}

static struct lineup_row *add_row(struct lineup *l, const struct column *column)
{
    l->rows = memory_grow(l->rows, sizeof *l->rows, l->count + 1);
    struct lineup_row *row = &l->rows[l->count++];
    *row = (struct lineup_row){.column = column};
    section_subject(column, row->subject, sizeof row->subject);
    return row;
}

static void add_alternative(struct lineup *l, size_t place)
{
    const struct alternative_result *a = &l->alternatives[place];
    for (size_t c = 0; c < a->column_count; c++) {
        struct lineup_row *row = find_row(l, &a->columns[c]);
        if (!row) row = add_row(l, &a->columns[c]);
        row->summaries[place] = &a->summaries[c];
    }
}

static void add_comparison(struct lineup *l, size_t place, const struct comparison *comparison)
{
    const struct summary *wanted = &l->alternatives[place].summaries[comparison->column];
    for (size_t r = 0; r < l->count; r++)
        if (l->rows[r].summaries[place] == wanted) l->rows[r].comparisons[place] = comparison;
}

struct lineup lineup_create(const struct experiment_result *result, size_t first, size_t width)
{
    SIM_CHECK(width <= LINEUP_MOST && first + width <= result->alternative_count);
    struct lineup l = {.alternatives = &result->alternatives[first], .width = width};
    for (size_t i = 0; i < width; i++)
        add_alternative(&l, i);
    for (size_t i = 0; i < result->comparison_count; i++) {
        size_t alternative = result->comparisons[i].alternative;
        if (alternative >= first && alternative < first + width)
            add_comparison(&l, alternative - first, &result->comparisons[i]);
    }
    return l;
}

void lineup_free(struct lineup *lineup)
{
    free(lineup->rows);
    lineup->rows = NULL;
}
