#include "bench/output/shown.h"

#include <stdint.h>
#include <stdlib.h>

#include "bench/experiment/memory.h"

struct shown shown_list(const struct experiment_result *result)
{
    struct shown s = {.result = result};
    s.items = memory_new(sizeof *s.items, result->comparison_count);
    size_t last = 0;
    for (size_t i = 0; i < result->comparison_count; i++) {
        size_t rank = result->comparisons[i].rank;
        if (rank != SIZE_MAX && rank > last) last = rank;
    }
    for (size_t rank = 0; rank <= last; rank++)
        for (size_t i = 0; i < result->comparison_count; i++)
            if (result->comparisons[i].rank == rank) s.items[s.count++] = &result->comparisons[i];
    return s;
}

void shown_free(struct shown *shown)
{
    free(shown->items);
    *shown = (struct shown){0};
}

bool shown_opens_group(const struct shown *shown, size_t item)
{
    for (size_t i = 0; i < item; i++)
        if (shown->items[i]->control_column == shown->items[item]->control_column) return false;
    return true;
}

bool shown_is_same(const struct shown *shown, size_t control_column)
{
    for (size_t i = 0; i < shown->count; i++)
        if (shown->items[i]->control_column == control_column &&
            shown->items[i]->verdict != COMPARISON_SAME)
            return false;
    return true;
}

const char *shown_name(const struct shown *shown, size_t alternative)
{
    return shown->result->alternatives[alternative].alternative->name;
}

const struct column *shown_column(const struct shown *shown, const struct comparison *comparison)
{
    return &shown->result->alternatives[comparison->alternative].columns[comparison->column];
}
