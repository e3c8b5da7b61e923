#include "bench/experiment/choice.h"

#include <math.h>
#include <string.h>

bool choice_matches(const struct metric_choice *choice, const struct column *column)
{
    if (strcmp(choice->metric, column->metric->name) != 0) return false;
    for (size_t i = 0; i < LABELS; i++) {
        const char *wanted = choice->labels[i];
        if (wanted && !(column->labels[i] && strcmp(wanted, column->labels[i]) == 0)) return false;
    }
    return true;
}

static size_t labels_of(const struct column *column)
{
    size_t count = 0;
    for (size_t i = 0; i < LABELS; i++)
        count += column->labels[i] != NULL;
    return count;
}

bool choice_means(const struct metric_choice *choice, const struct column *columns, size_t count,
                  size_t index)
{
    if (!choice_matches(choice, &columns[index])) return false;
    size_t own = labels_of(&columns[index]);
    for (size_t c = 0; c < count; c++)
        if (labels_of(&columns[c]) < own && choice_matches(choice, &columns[c])) return false;
    return true;
}

static bool adds_up(const struct metric *metric)
{
    static const char *const units[] = {"usd", "s", "count"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(metric->unit, units[i]) == 0) return true;
    return false;
}

double choice_total(const struct metric_choice *choice, const struct column *columns, size_t count,
                    const double *values)
{
    double sum = 0;
    size_t found = 0;
    for (size_t c = 0; c < count; c++) {
        if (!choice_means(choice, columns, count, c)) continue;
        if (found > 0 && (!adds_up(columns[c].metric) || columns[c].labels[LABEL_QUANTILE]))
            return NAN;
        sum += values[c];
        found++;
    }
    return found > 0 ? sum : NAN;
}
