#include "bench/experiment/stopping.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/experiment/summary.h"

struct watch { // one column that a rule speaks about
    size_t alternative, rule, column;
    struct tally tally;
};

struct stopping {
    const struct replication_plan *plan;
    struct watch *watches;
    size_t count;
};

struct stopping *stopping_create(const struct replication_plan *plan)
{
    struct stopping *stopping = memory_new(sizeof *stopping, 1);
    stopping->plan = plan;
    return stopping;
}

void stopping_free(struct stopping *stopping)
{
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
                    size_t column_count)
{
    for (size_t r = 0; r < stopping->plan->until_count; r++)
        for (size_t c = 0; c < column_count; c++)
            if (strcmp(stopping->plan->until[r].metric, columns[c].metric->name) == 0)
                add_watch(stopping,
                          (struct watch){.alternative = alternative, .rule = r, .column = c});
}

void stopping_add(struct stopping *stopping, size_t alternative, const double *values)
{
    for (size_t i = 0; i < stopping->count; i++) {
        struct watch *watch = &stopping->watches[i];
        if (watch->alternative != alternative || isnan(values[watch->column])) continue;
        tally_add(&watch->tally, values[watch->column]);
    }
}

// Half-width over what is allowed, 0 when the column is precise enough.  NaN: nothing to judge.
static double excess(const struct stopping *stopping, const struct watch *watch)
{
    if (watch->tally.count == 0) return NAN;
    if (watch->tally.count == 1) return INFINITY;
    const struct replication_rule *rule = &stopping->plan->until[watch->rule];
    double share = rule->relative / (1 + rule->relative);
    double allowed = fmax(rule->absolute, share * fabs(tally_mean(&watch->tally)));
    double half = summary_half_width(&watch->tally, SUMMARY_LEVEL);
    if (half <= allowed) return 0;
    return allowed > 0 && isfinite(half) ? half / allowed : INFINITY;
}

// The worst excess of a rule in one alternative, or in all of them (SIZE_MAX); NaN: it has nothing
// to judge.
static double worst(const struct stopping *stopping, size_t rule, size_t alternative)
{
    double most = NAN;
    for (size_t i = 0; i < stopping->count; i++) {
        const struct watch *watch = &stopping->watches[i];
        if (watch->rule != rule) continue;
        if (alternative != SIZE_MAX && watch->alternative != alternative) continue;
        most = fmax(most, excess(stopping, watch));
    }
    return most;
}

bool stopping_reached(const struct stopping *stopping, uint32_t replications)
{
    const struct replication_plan *plan = stopping->plan;
    if (replications >= plan->max) return true;
    if (replications < plan->min) return false;
    for (size_t r = 0; r < plan->until_count; r++)
        if (!(worst(stopping, r, SIZE_MAX) <= 1)) return false;
    return true;
}

bool stopping_precise(const struct stopping *stopping, size_t alternative)
{
    for (size_t r = 0; r < stopping->plan->until_count; r++) {
        if (worst(stopping, r, alternative) > 1) return false;
        if (isnan(worst(stopping, r, SIZE_MAX))) return false;
    }
    return true;
}

uint32_t stopping_forecast(const struct stopping *stopping, uint32_t replications)
{
    const struct replication_plan *plan = stopping->plan;
    double needed = plan->min;
    for (size_t r = 0; r < plan->until_count; r++) {
        double most = worst(stopping, r, SIZE_MAX);
        if (isnan(most)) return plan->max;
        if (most > 1) needed = fmax(needed, ceil(replications * most * most));
    }
    if (needed < (double)replications + 1) needed = (double)replications + 1;
    return needed < plan->max ? (uint32_t)needed : plan->max;
}
