#include "bench/experiment/result.h"

#include <stdio.h>
#include <string.h>

const char *const comparison_verdict_names[] = {
    [COMPARISON_UNDECIDED] = "cannot_tell", [COMPARISON_SAME] = "same",
    [COMPARISON_EQUAL] = "equal",           [COMPARISON_BETTER] = "better",
    [COMPARISON_WORSE] = "worse",           [COMPARISON_LOWER] = "lower",
    [COMPARISON_HIGHER] = "higher",
};

const char *const interval_method_names[] = {
    [INTERVAL_STUDENT_T] = "student_t",
    [INTERVAL_JACKKNIFE] = "jackknife",
    [INTERVAL_SECTIONING] = "sectioning",
    [INTERVAL_ORDER_STATISTICS] = "order_statistics",
    [INTERVAL_BINOMIAL] = "binomial",
    [INTERVAL_BATCH_MEANS] = "batch_means",
    [INTERVAL_METHODS] = NULL,
};

const char *const interval_gap_texts[] = {
    [GAP_NONE] = NULL,
    [GAP_UNDEFINED] = "never defined",
    [GAP_ONE] = "one replication",
    [GAP_FEW] = "no finite limit: too few replications",
    [GAP_CORRELATED] = "correlated: the batches of the run depend on each other",
};

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

// Appends as much of the three texts as fits, and the end of the text always.
static size_t append(char *buffer, size_t size, size_t used, const char *const parts[3])
{
    for (int i = 0; i < 3; i++)
        for (const char *p = parts[i]; *p && used + 1 < size; p++)
            buffer[used++] = *p;
    buffer[used] = '\0';
    return used;
}

const char *column_labels(const struct column *column, char *buffer, size_t size)
{
    if (size == 0) return "";
    size_t used = 0;
    buffer[0] = '\0';
    for (size_t i = 0; i < LABELS; i++) {
        if (!column->labels[i]) continue;
        const char *const name[] = {used ? ", " : "{", label_names[i], "="};
        used = append(buffer, size, used, name);
        const char *const text[] = {column->labels[i], "", ""};
        used = append(buffer, size, used, text);
    }
    const char *const end[] = {used ? "}" : "", "", ""};
    append(buffer, size, used, end);
    return buffer;
}

static bool same_column(const struct column *a, const struct column *b)
{
    if (a->metric != b->metric) return false;
    for (size_t i = 0; i < LABELS; i++)
        if (!same_text(a->labels[i], b->labels[i])) return false;
    return true;
}

size_t column_find(const struct column *columns, size_t count, const struct column *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (same_column(&columns[i], wanted)) return i;
    return SIZE_MAX;
}
