#include "bench/experiment/pairing.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/experiment/planning.h"
#include "bench/experiment/summary.h"

#define ROUNDING 1e-9 // of the larger of two values: smaller differences are none

enum { MOST_NEEDED = 1000000 };

struct side {
    const struct alternative_result *of;
    size_t column;
};

static double value_at(struct side side, uint32_t replication)
{
    return side.of->values[replication * side.of->column_count + side.column];
}

// What a comparison is made from.
struct pairs {
    struct side base, other;
    struct tally a, b; // of the paired values only, or of all when they are independent
    double *differences;
    uint32_t count;
    bool noise;   // all differences are
    double scale; // the largest value
};

static struct tally tally_of(struct side side)
{
    struct tally tally;
    tally_reset(&tally);
    for (uint32_t i = 0; i < side.of->replications; i++)
        if (!isnan(value_at(side, i))) tally_add(&tally, value_at(side, i));
    return tally;
}

static void pair(struct pairs *p)
{
    p->count = p->base.of->replications;
    if (p->other.of->replications < p->count) p->count = p->other.of->replications;
    tally_reset(&p->a);
    tally_reset(&p->b);
    p->noise = true;
    p->scale = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        double a = value_at(p->base, i), b = value_at(p->other, i);
        p->differences[i] = b - a;
        if (isnan(b - a)) continue;
        tally_add(&p->a, a);
        tally_add(&p->b, b);
        double larger = fmax(fabs(a), fabs(b));
        if (!(fabs(b - a) <= ROUNDING * larger)) p->noise = false;
        p->scale = fmax(p->scale, larger);
    }
}

struct summary pairing_welch(const struct tally *a, const struct tally *b, double level)
{
    uint64_t fewer = a->count < b->count ? a->count : b->count;
    struct summary s = {.n = (uint32_t)fewer, .mean = tally_mean(a) - tally_mean(b)};
    s.low = s.high = s.sd = s.min = s.max = s.skewness = NAN;
    if (fewer < 2) return s;
    double va = tally_variance(a) / (double)a->count, vb = tally_variance(b) / (double)b->count;
    double square = va * va / (double)(a->count - 1) + vb * vb / (double)(b->count - 1);
    double half = 0;
    if (va + vb > 0)
        half = gsl_cdf_tdist_Pinv(0.5 + level / 2, (va + vb) * (va + vb) / square) * sqrt(va + vb);
    s.low = s.mean - half;
    s.high = s.mean + half;
    s.sd = sqrt(tally_variance(a) + tally_variance(b));
    return s;
}

static void compare_pairs(struct comparison *out, const struct pairs *p, double level)
{
    struct sample sample = {p->differences, 1, p->count};
    struct summary all = summary_of(sample, level);
    out->difference = summary_of(sample, SUMMARY_LEVEL);
    if (all.max - all.min <= ROUNDING * p->scale && all.n > 1) {
        all.sd = out->difference.sd = 0; // always the same, but for rounding
        all.low = all.high = out->difference.low = out->difference.high = all.mean;
    }
    out->low = all.low;
    out->high = all.high;
    double va = tally_variance(&p->a), vb = tally_variance(&p->b);
    double variance = all.sd * all.sd;
    out->correlation = va > 0 && vb > 0 ? (va + vb - variance) / (2 * sqrt(va * vb)) : NAN;
    out->variance_reduction = variance > 0 ? (va + vb) / variance : NAN;
}

static void compare_independent(struct comparison *out, struct pairs *p, double level)
{
    p->a = tally_of(p->base);
    p->b = tally_of(p->other);
    double apart = fmax(p->a.max, p->b.max) - fmin(p->a.min, p->b.min);
    p->noise = apart <= ROUNDING * fmax(fabs(p->a.max), fabs(p->a.min));
    out->paired = false;
    out->difference = pairing_welch(&p->b, &p->a, SUMMARY_LEVEL);
    struct summary all = pairing_welch(&p->b, &p->a, level);
    out->low = all.low;
    out->high = all.high;
    out->correlation = out->variance_reduction = NAN;
}

static enum comparison_verdict direction(bool higher, enum metric_better better)
{
    if (better == BETTER_NEITHER) return higher ? COMPARISON_HIGHER : COMPARISON_LOWER;
    return higher == (better == BETTER_HIGHER) ? COMPARISON_BETTER : COMPARISON_WORSE;
}

static enum comparison_verdict judge(const struct comparison *c, enum metric_better better)
{
    double zone = c->zone > 0 ? c->zone : 0;
    if (c->low > zone || c->high < -zone) return direction(c->low > zone, better);
    return zone > 0 && c->low >= -zone && c->high <= zone ? COMPARISON_EQUAL : COMPARISON_UNDECIDED;
}

// As many as put the interval, with its mean where it is, on one side of the zone's nearer edge.
static void predict(struct comparison *c, double level)
{
    double zone = c->zone > 0 ? c->zone : 0;
    c->needed = UINT32_MAX;
    c->resolved = fabs(fabs(c->difference.mean) - zone);
    uint32_t have = c->difference.n;
    if (have < 2 || have > MOST_NEEDED || !(c->resolved > 0) || !isfinite(c->difference.sd)) return;
    const struct planning planning = {have, c->difference.sd * c->difference.sd, level};
    uint32_t n = planning_replications(&planning, c->resolved, MOST_NEEDED);
    if (n < MOST_NEEDED) c->needed = n > have ? n - have : 1;
}

static double zone_of(const struct pairing_plan *plan, const struct column *column)
{
    for (size_t i = 0; i < plan->zone_count; i++)
        if (strcmp(plan->zones[i].metric, column->metric->name) == 0) return plan->zones[i].width;
    return NAN;
}

bool pairing_possible(const struct pairing_plan *plan, size_t a, size_t b)
{
    return !plan->seeds || plan->seeds[a] == plan->seeds[b];
}

static void compare(struct comparison *out, const struct pairing_plan *plan, struct pairs *p,
                    double level)
{
    const struct column *column = &p->other.of->columns[p->other.column];
    pair(p);
    out->paired = pairing_possible(plan, out->alternative, out->control);
    if (out->paired)
        compare_pairs(out, p, level);
    else
        compare_independent(out, p, level);
    out->zone = zone_of(plan, column);
    out->rank = headline_rank(plan->headlines, plan->headline_count, column);
    out->verdict =
        p->noise && out->difference.n > 1 ? COMPARISON_SAME : judge(out, column->metric->better);
    if (out->verdict == COMPARISON_UNDECIDED) predict(out, level);
}

static size_t compare_alternative(struct comparison *all, const struct pairing_plan *plan,
                                  const struct alternative_result *alternatives, size_t count,
                                  size_t alternative, double *scratch)
{
    const struct alternative_result *base = &alternatives[plan->control],
                                    *other = &alternatives[alternative];
    double level = 1 - (1 - SUMMARY_LEVEL) / (double)(count - 1);
    size_t used = 0;
    for (size_t c = 0; c < other->column_count; c++) {
        size_t at = column_find(base->columns, base->column_count, &other->columns[c]);
        if (at == SIZE_MAX) continue;
        all[used] = (struct comparison){.alternative = alternative,
                                        .control = plan->control,
                                        .column = c,
                                        .control_column = at};
        struct pairs pairs = {.base = {base, at}, .other = {other, c}, .differences = scratch};
        compare(&all[used++], plan, &pairs, level);
    }
    return used;
}

struct comparison *pairing_all(const struct pairing_plan *plan,
                               const struct alternative_result *alternatives, size_t count,
                               size_t *comparison_count)
{
    size_t most = 0, used = 0;
    for (size_t i = 0; i < count; i++)
        most += alternatives[i].column_count;
    struct comparison *all = memory_new(sizeof *all, most);
    double *scratch = memory_new(sizeof *scratch, alternatives[plan->control].replications);
    for (size_t i = 0; i < count; i++)
        if (i != plan->control)
            used += compare_alternative(all + used, plan, alternatives, count, i, scratch);
    free(scratch);
    *comparison_count = used;
    return all;
}
