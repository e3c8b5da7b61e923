#include "bench/experiment/stopping.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/interval.h"
#include "bench/experiment/memory.h"
#include "bench/experiment/planning.h"
#include "bench/experiment/quantile.h"

struct watch { // one column that a rule speaks about
    size_t alternative, rule, column, column_count;
    struct column about;
    const struct sketch *pool;
    struct tally tally;
    double *kept; // value, part, whole of each replication, unless the tally says all
    uint32_t replications, room;
};

struct stopping {
    const struct replication_plan *plan;
    struct watch *watches;
    size_t count;
};

struct precision { // of one watch
    double half, allowed;
    uint32_t n;
};

struct stopping *stopping_create(const struct replication_plan *plan)
{
    struct stopping *stopping = memory_new(sizeof *stopping, 1);
    stopping->plan = plan;
    return stopping;
}

void stopping_free(struct stopping *stopping)
{
    for (size_t i = 0; i < stopping->count; i++)
        free(stopping->watches[i].kept);
    free(stopping->watches);
    free(stopping);
}

static void add_watch(struct stopping *stopping, struct watch watch)
{
    tally_reset(&watch.tally);
    stopping->watches =
        memory_grow(stopping->watches, sizeof *stopping->watches, stopping->count + 1);
    stopping->watches[stopping->count++] = watch;
}

void stopping_watch(struct stopping *stopping, size_t alternative, const struct column *columns,
                    size_t column_count, const struct sketch *pools)
{
    for (size_t r = 0; r < stopping->plan->until_count; r++) {
        for (size_t c = 0; c < column_count; c++) {
            if (strcmp(stopping->plan->until[r].metric, columns[c].metric->name) != 0) continue;
            bool pooled = columns[c].form == FORM_QUANTILE;
            add_watch(stopping, (struct watch){.alternative = alternative,
                                               .rule = r,
                                               .column = c,
                                               .column_count = column_count,
                                               .about = columns[c],
                                               .pool = pooled ? &pools[columns[c].source] : NULL});
        }
    }
}

static const struct statistic *statistic_of(const struct stopping *stopping,
                                            const struct watch *watch)
{
    return &stopping->plan->until[watch->rule].stat;
}

// Count, mean and variance are not enough for all intervals.
static bool needs_all(const struct stopping *stopping, const struct watch *watch)
{
    return watch->about.form == FORM_RATIO || statistic_of(stopping, watch)->kind != STATISTIC_MEAN;
}

static void keep(struct watch *watch, const double *values)
{
    if (watch->replications == watch->room) {
        watch->room = watch->room ? 2 * watch->room : 64;
        watch->kept = memory_grow(watch->kept, 3 * sizeof *watch->kept, watch->room);
    }
    bool ratio = watch->about.form == FORM_RATIO;
    const double *pair = &values[watch->column_count + 2 * watch->about.source];
    double *to = &watch->kept[3 * (size_t)watch->replications++];
    to[0] = values[watch->column];
    to[1] = ratio ? pair[0] : NAN;
    to[2] = ratio ? pair[1] : NAN;
}

void stopping_add(struct stopping *stopping, size_t alternative, const double *values)
{
    for (size_t i = 0; i < stopping->count; i++) {
        struct watch *watch = &stopping->watches[i];
        if (watch->alternative != alternative) continue;
        if (!isnan(values[watch->column])) tally_add(&watch->tally, values[watch->column]);
        if (needs_all(stopping, watch)) keep(watch, values);
    }
}

static double level_of(const struct stopping *stopping)
{
    double level = interval_level(stopping->plan->confidence);
    size_t together = stopping->plan->bonferroni && stopping->count > 0 ? stopping->count : 1;
    return 1 - (1 - level) / (double)together;
}

static struct interval_width width_of_all(const struct stopping *stopping,
                                          const struct watch *watch)
{
    const struct evidence evidence = {
        .column = &watch->about,
        .values = {&watch->kept[0], 3, watch->replications},
        .parts = {&watch->kept[1], 3, watch->replications},
        .wholes = {&watch->kept[2], 3, watch->replications},
        .pool = watch->pool,
    };
    return interval_width(&evidence, statistic_of(stopping, watch), level_of(stopping));
}

static struct interval_width width_of(const struct stopping *stopping, const struct watch *watch)
{
    double level = level_of(stopping);
    if (needs_all(stopping, watch)) return width_of_all(stopping, watch);
    if (!watch->pool)
        return (struct interval_width){tally_mean(&watch->tally),
                                       summary_half_width(&watch->tally, level)};
    double estimate = sketch_quantile(watch->pool, watch->about.quantile);
    return (struct interval_width){estimate, interval_sectioning(&watch->tally, estimate, level)};
}

static struct precision precision_of(const struct stopping *stopping, const struct watch *watch)
{
    const struct replication_rule *rule = &stopping->plan->until[watch->rule];
    struct precision p = {.half = INFINITY, .n = (uint32_t)watch->tally.count};
    if (p.n < 2) return p;
    struct interval_width width = width_of(stopping, watch);
    p.allowed = fmax(rule->absolute, planning_adjusted(rule->relative) * fabs(width.estimate));
    if (!isnan(width.half)) p.half = width.half;
    return p;
}

static bool precise_enough(const struct precision *p)
{
    return p->half <= p->allowed;
}

// Does a rule hold in one alternative, or in all of them (SIZE_MAX)?  NOTHING: it has no number to
// judge.
enum standing { NOTHING, HOLDS, FAILS };

static enum standing standing_of(const struct stopping *stopping, size_t rule, size_t alternative)
{
    enum standing standing = NOTHING;
    for (size_t i = 0; i < stopping->count; i++) {
        const struct watch *watch = &stopping->watches[i];
        if (watch->rule != rule || watch->tally.count == 0) continue;
        if (alternative != SIZE_MAX && watch->alternative != alternative) continue;
        struct precision p = precision_of(stopping, watch);
        if (!precise_enough(&p)) return FAILS;
        standing = HOLDS;
    }
    return standing;
}

bool stopping_reached(const struct stopping *stopping, uint32_t replications)
{
    const struct replication_plan *plan = stopping->plan;
    if (replications >= plan->max) return true;
    if (replications < plan->min) return false;
    for (size_t r = 0; r < plan->until_count; r++)
        if (standing_of(stopping, r, SIZE_MAX) != HOLDS) return false;
    return true;
}

bool stopping_precise(const struct stopping *stopping, size_t alternative)
{
    for (size_t r = 0; r < stopping->plan->until_count; r++) {
        if (standing_of(stopping, r, alternative) == FAILS) return false;
        if (standing_of(stopping, r, SIZE_MAX) == NOTHING) return false;
    }
    return true;
}

enum { NEEDED_MOST = 1000000000 };

// From the present half-width, as if it were Student's.
static uint32_t needed_for(const struct stopping *stopping, const struct watch *watch,
                           const struct precision *p)
{
    const struct statistic *statistic = statistic_of(stopping, watch);
    double level = level_of(stopping), t = summary_t(level, p->n);
    if (statistic->kind == STATISTIC_QUANTILE && isinf(p->half)) {
        double needed = quantile_replications(statistic->quantile, level);
        return (uint32_t)fmin(NEEDED_MOST, needed);
    }
    if (!(p->allowed > 0) || !isfinite(p->half)) return 0;
    struct planning planning = {p->n, p->half * p->half * p->n / (t * t), level};
    return planning_replications(&planning, p->allowed, NEEDED_MOST);
}

uint32_t stopping_needed(const struct stopping *stopping, uint32_t replications)
{
    uint32_t needed = replications + 1;
    for (size_t r = 0; r < stopping->plan->until_count; r++)
        if (standing_of(stopping, r, SIZE_MAX) == NOTHING) return 0;
    for (size_t i = 0; i < stopping->count; i++) {
        const struct watch *watch = &stopping->watches[i];
        struct precision p = precision_of(stopping, watch);
        if (p.n == 0 || precise_enough(&p)) continue;
        if (p.n < 2) return 0;
        uint32_t own = needed_for(stopping, watch, &p);
        if (own == 0) return 0;
        if (own > needed) needed = own;
    }
    return needed;
}

uint32_t stopping_forecast(const struct stopping *stopping, uint32_t replications)
{
    const struct replication_plan *plan = stopping->plan;
    uint32_t needed = stopping_needed(stopping, replications);
    if (needed == 0 || needed > plan->max) return plan->max;
    return needed < plan->min ? plan->min : needed;
}
