#include "bench/experiment/contest.h"

#include <stdlib.h>

#include "bench/experiment/mcb.h"
#include "bench/experiment/memory.h"
#include "bench/experiment/selection.h"

// False: an alternative has no such number.
static bool collect(const struct column *column, const struct alternative_result *alternatives,
                    size_t count, struct sample *samples)
{
    for (size_t i = 0; i < count; i++) {
        const struct alternative_result *a = &alternatives[i];
        size_t at = column_find(a->columns, a->column_count, column);
        if (at == SIZE_MAX) return false;
        samples[i] = (struct sample){a->values + at, a->column_count, a->replications};
    }
    return true;
}

struct contest contest_of(const struct selection_plan *plan,
                          const struct alternative_result *alternatives, size_t count,
                          bool independent)
{
    struct contest contest = {.column = NULL};
    const struct alternative_result *first = &alternatives[0];
    size_t at = count > 1 ? selection_column(plan, first->columns, first->column_count) : SIZE_MAX;
    struct sample *samples = memory_new(sizeof *samples, count);
    if (at != SIZE_MAX && collect(&first->columns[at], alternatives, count, samples)) {
        const struct mcb_rule rule = {
            .smallest = plan->smallest, .independent = independent, .confidence = SUMMARY_LEVEL};
        contest.column = &first->columns[at];
        contest.smallest = plan->smallest;
        contest.contenders = memory_new(sizeof *contest.contenders, count);
        mcb_all(&rule, samples, count, contest.contenders);
    }
    free(samples);
    return contest;
}

void contest_free(struct contest *contest)
{
    free(contest->contenders);
    *contest = (struct contest){0};
}
