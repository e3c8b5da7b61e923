#include "bench/experiment/pairing.h"

#include <math.h>
#include <stdlib.h>

#include "bench/experiment/memory.h"
#include "bench/experiment/summary.h"

struct side {
    const struct alternative_result *of;
    size_t column;
};

static double value_at(struct side side, uint32_t replication)
{
    return side.of->values[replication * side.of->column_count + side.column];
}

static double ratio_of_variances(const struct tally *base, const struct tally *other,
                                 const struct summary *difference)
{
    double variance = difference->sd * difference->sd;
    return variance > 0 ? (tally_variance(base) + tally_variance(other)) / variance : NAN;
}

// Sums of the same parts in another order differ in their last digits; that is no difference.
static double difference(double base, double other)
{
    double d = other - base;
    return fabs(d) <= 1e-12 * fmax(fabs(base), fabs(other)) ? 0 : d;
}

static void compare(struct comparison *out, struct side base, struct side other, double *scratch)
{
    uint32_t pairs = base.of->replications;
    if (other.of->replications < pairs) pairs = other.of->replications;
    struct tally a, b;
    tally_reset(&a);
    tally_reset(&b);
    for (uint32_t i = 0; i < pairs; i++) {
        scratch[i] = difference(value_at(base, i), value_at(other, i));
        if (isnan(scratch[i])) continue;
        tally_add(&a, value_at(base, i));
        tally_add(&b, value_at(other, i));
    }
    out->column = other.column;
    out->difference = summary_of((struct sample){scratch, 1, pairs}, SUMMARY_LEVEL);
    out->variance_ratio = ratio_of_variances(&a, &b, &out->difference);
}

struct comparison *pairing_all(const struct alternative_result *alternatives, size_t count,
                               size_t *comparison_count)
{
    const struct alternative_result *first = &alternatives[0];
    size_t most = 0;
    for (size_t i = 1; i < count; i++)
        most += alternatives[i].column_count;
    struct comparison *all = memory_new(sizeof *all, most);
    double *scratch = memory_new(sizeof *scratch, first->replications);
    size_t used = 0;
    for (size_t i = 1; i < count; i++) {
        const struct alternative_result *other = &alternatives[i];
        for (size_t c = 0; c < other->column_count; c++) {
            size_t at = column_find(first->columns, first->column_count, &other->columns[c]);
            if (at == SIZE_MAX) continue;
            all[used].alternative = i;
            compare(&all[used++], (struct side){first, at}, (struct side){other, c}, scratch);
        }
    }
    free(scratch);
    *comparison_count = used;
    return all;
}
