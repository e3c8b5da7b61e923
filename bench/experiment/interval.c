#include "bench/experiment/interval.h"

#include <math.h>
#include <stdlib.h>

#include "bench/experiment/memory.h"
#include "bench/experiment/quantile.h"
#include "bench/experiment/rare.h"
#include "bench/experiment/ratio.h"

double interval_level(double confidence)
{
    return confidence > 0 ? confidence : SUMMARY_LEVEL;
}

double interval_observations(double quantile)
{
    return 10 / (1 - quantile);
}

double interval_sectioning(const struct tally *tally, double estimate, double level)
{
    if (tally->count < 2) return NAN;
    double n = (double)tally->count, off = tally->mean - estimate;
    double squares = tally->m2 + n * off * off;
    return summary_t(level, tally->count) * sqrt(squares / (n - 1) / n);
}

struct evidence evidence_of(const struct alternative_result *a, size_t column)
{
    const struct column *c = &a->columns[column];
    struct evidence e = {
        .column = c,
        .values = {&a->values[column], a->column_count, a->replications},
    };
    if (c->form == FORM_RATIO) {
        e.parts = (struct sample){&a->pairs[2 * c->source], 2 * a->pair_count, a->replications};
        e.wholes =
            (struct sample){&a->pairs[2 * c->source + 1], 2 * a->pair_count, a->replications};
    }
    if (c->form == FORM_QUANTILE) e.pool = &a->pools[c->source];
    return e;
}

static double value_at(const struct evidence *e, uint32_t i)
{
    return e->values.first[i * e->values.stride];
}

static uint32_t count_clean(const struct evidence *e)
{
    double wanted = metric_perfect(e->column->metric);
    uint32_t count = 0;
    for (uint32_t i = 0; i < e->values.count; i++)
        count += value_at(e, i) == wanted;
    return count;
}

static void put_symmetric(struct summary *s, double half)
{
    s->low = s->estimate - half;
    s->high = s->estimate + half;
}

static void put_ratio(struct summary *s, const struct evidence *e, double level)
{
    struct ratio r = ratio_of(e->parts, e->wholes);
    s->method = INTERVAL_JACKKNIFE;
    s->estimate = r.jackknife;
    // With few replications the correction may leave what is possible; the ratio itself never does.
    bool possible = r.jackknife >= 0 && !(metric_is_share(e->column->metric) && r.jackknife > 1);
    if (!possible) s->estimate = r.of_sums;
    double half = r.n < 2 ? NAN : r.se > 0 ? summary_t(level, r.n) * r.se : 0;
    put_symmetric(s, half);
}

static void put_pooled(struct summary *s, const struct evidence *e, double level)
{
    struct tally tally;
    tally_reset(&tally);
    for (uint32_t i = 0; i < e->values.count; i++)
        if (!isnan(value_at(e, i))) tally_add(&tally, value_at(e, i));
    s->method = INTERVAL_SECTIONING;
    s->estimate = sketch_quantile(e->pool, e->column->quantile);
    s->few = s->n > 0 && (double)e->pool->count / s->n < interval_observations(e->column->quantile);
    double half = interval_sectioning(&tally, s->estimate, level);
    put_symmetric(s, half);
}

static void put_order(struct summary *s, const struct evidence *e, double quantile, double level)
{
    double *sorted = memory_new(sizeof *sorted, s->n);
    uint32_t used = 0;
    for (uint32_t i = 0; i < e->values.count; i++)
        if (!isnan(value_at(e, i))) sorted[used++] = value_at(e, i);
    quantile_sort(sorted, used);
    struct quantile_ranks ranks = quantile_ranks(used, quantile, level);
    s->method = INTERVAL_ORDER_STATISTICS;
    s->estimate = sorted[quantile_rank(used, quantile) - 1];
    s->low = ranks.low > 0 ? sorted[ranks.low - 1] : NAN;
    s->high = ranks.high > 0 ? sorted[ranks.high - 1] : NAN;
    s->gap = ranks.low == 0 || ranks.high == 0 ? GAP_FEW : GAP_NONE;
    free(sorted);
}

static void put_any(struct summary *s, double level)
{
    uint32_t hits = s->n - s->clean;
    struct rare_interval b = rare_binomial(hits, s->n, level);
    s->method = INTERVAL_BINOMIAL;
    s->estimate = (double)hits / s->n;
    s->low = b.low;
    s->high = hits == 0 ? rare_unseen(s->n, level) : b.high;
    s->gap = GAP_NONE;
}

static void put_statistic(struct summary *s, const struct evidence *e,
                          const struct statistic *statistic, double level)
{
    switch (statistic ? statistic->kind : STATISTIC_MEAN) {
    case STATISTIC_QUANTILE:
        put_order(s, e, statistic->quantile, level);
        break;
    case STATISTIC_ANY:
        put_any(s, level);
        break;
    case STATISTIC_MEAN:
        if (e->column->form == FORM_RATIO)
            put_ratio(s, e, level);
        else if (e->column->form == FORM_QUANTILE)
            put_pooled(s, e, level);
        break;
    }
}

// Nothing is below 0 or a share above 1.
void interval_keep_possible(struct summary *s, const struct metric *metric)
{
    double half = (s->high - s->low) / 2;
    bool share = metric_is_share(metric);
    if (metric_is_signed(metric) || !(s->min >= 0)) return;
    if (s->low < 0 && s->estimate > 0) {
        struct rare_interval log = rare_log(s->estimate, half);
        s->low = log.low;
        s->high = log.high;
        s->scale = SCALE_LOG;
    } else if (share && s->high > 1 && s->estimate < 1) {
        struct rare_interval log = rare_log(1 - s->estimate, half);
        s->low = 1 - log.high;
        s->high = 1 - log.low;
        s->scale = SCALE_LOG_FROM_1;
    }
    if (s->low < 0) s->low = 0;
    if (share && s->high > 1) s->high = 1;
}

struct summary interval_of(const struct evidence *e, const struct statistic *statistic,
                           double level)
{
    struct summary s = summary_of(e->values, level);
    s.clean = count_clean(e);
    if (s.n == 0) return s;
    put_statistic(&s, e, statistic, level);
    if (!statistic || statistic->kind == STATISTIC_MEAN)
        interval_keep_possible(&s, e->column->metric);
    return s;
}

struct interval_width interval_width(const struct evidence *e, const struct statistic *statistic,
                                     double level)
{
    struct summary s = summary_of(e->values, level);
    s.clean = count_clean(e);
    if (s.n == 0) return (struct interval_width){NAN, NAN};
    put_statistic(&s, e, statistic, level);
    return (struct interval_width){summary_estimate(&s), (s.high - s.low) / 2};
}
