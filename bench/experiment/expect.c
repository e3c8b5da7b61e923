#include "bench/experiment/expect.h"

#include <math.h>
#include <string.h>

#include "bench/experiment/interval.h"
#include "bench/experiment/memory.h"

enum verdict expect_verdict(const struct expectation *expectation, const struct summary *summary)
{
    if (summary->n == 0) return VERDICT_NO_DATA;
    bool alone = summary->gap == GAP_ONE ||
                 (isnan(summary->low) && isnan(summary->high) && summary->gap == GAP_NONE);
    double low = alone ? summary_estimate(summary) : summary->low;
    double high = alone ? summary_estimate(summary) : summary->high;
    if (isnan(low)) low = -INFINITY; // no finite limit
    if (isnan(high)) high = INFINITY;
    double min = isnan(expectation->min) ? -INFINITY : expectation->min;
    double max = isnan(expectation->max) ? INFINITY : expectation->max;
    if (low >= min && high <= max) return VERDICT_MET;
    if (low > max || high < min) return VERDICT_MISSED;
    return VERDICT_UNDECIDED;
}

static bool names_column(const struct expectation *expectation, const struct column *column)
{
    if (strcmp(expectation->metric, column->metric->name) != 0) return false;
    for (size_t i = 0; i < LABELS; i++) {
        const char *wanted = expectation->labels[i];
        if (wanted && !(column->labels[i] && strcmp(wanted, column->labels[i]) == 0)) return false;
    }
    return true;
}

static bool names_alternative(const struct expectation *expectation,
                              const struct alternative_result *result)
{
    return !expectation->alternative ||
           strcmp(expectation->alternative, result->alternative->name) == 0;
}

struct verdicts {
    struct expectation_result *rows;
    size_t count;
};

static void add(struct verdicts *verdicts, struct expectation_result row)
{
    verdicts->rows = memory_grow(verdicts->rows, sizeof *verdicts->rows, verdicts->count + 1);
    verdicts->rows[verdicts->count++] = row;
}

static void judge(struct verdicts *verdicts, const struct expectation *expectation,
                  const struct alternative_result *result)
{
    size_t before = verdicts->count;
    for (size_t c = 0; c < result->column_count; c++) {
        if (!names_column(expectation, &result->columns[c])) continue;
        struct expectation_result row = {.expectation = expectation,
                                         .alternative = result,
                                         .column = &result->columns[c],
                                         .summary = &result->summaries[c]};
        if (expectation->stat.kind != STATISTIC_MEAN) {
            struct evidence evidence = evidence_of(result, c);
            row.own = interval_of(&evidence, &expectation->stat, interval_level(result->level));
            row.summary = NULL; // its own, once the rows lie still
        }
        row.verdict = expect_verdict(expectation, row.summary ? row.summary : &row.own);
        add(verdicts, row);
    }
    if (verdicts->count == before)
        add(verdicts, (struct expectation_result){.expectation = expectation,
                                                  .alternative = result,
                                                  .verdict = VERDICT_NO_DATA});
}

struct expectation_result *expect_all(const struct scenario *scenario,
                                      const struct alternative_result *alternatives, size_t count,
                                      size_t *expectation_count)
{
    struct verdicts verdicts = {0};
    for (size_t e = 0; e < scenario->expectation_count; e++)
        for (size_t i = 0; i < count; i++)
            if (names_alternative(&scenario->expectations[e], &alternatives[i]))
                judge(&verdicts, &scenario->expectations[e], &alternatives[i]);
    for (size_t i = 0; i < verdicts.count; i++)
        if (verdicts.rows[i].column && !verdicts.rows[i].summary)
            verdicts.rows[i].summary = &verdicts.rows[i].own;
    *expectation_count = verdicts.count;
    return verdicts.rows;
}
