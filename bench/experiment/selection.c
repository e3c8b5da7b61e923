#include "bench/experiment/selection.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/kn.h"
#include "bench/experiment/memory.h"
#include "bench/experiment/ocba.h"
#include "sim/check.h"
#include "sim/tally.h"

enum { KN_BUDGET = 1000, STAGES = 20 }; // for each alternative; of ocba

struct candidate {
    size_t column; // SIZE_MAX: none decides
    struct tally tally;
    double latest; // value
    bool defined;  // all of them
};

struct selection {
    const struct selection_plan *plan;
    size_t count;
    uint64_t budget;
    struct candidate *candidates;
    struct kn *kn; // NULL: ocba
    enum selection_end end;
    uint64_t spent;
};

static struct kn *start_race(const struct selection_plan *plan, size_t alternatives,
                             bool independent)
{
    const struct kn_rule rule = {.confidence = plan->confidence,
                                 .zone = plan->zone,
                                 .first = plan->first,
                                 .smallest = plan->smallest,
                                 .independent = independent};
    return plan->procedure == SELECTION_KN ? kn_create(&rule, alternatives) : NULL;
}

struct selection *selection_create(const struct selection_plan *plan, size_t alternatives,
                                   bool independent)
{
    SIM_CHECK(plan->procedure != SELECTION_NONE);
    struct selection *selection = memory_new(sizeof *selection, 1);
    selection->plan = plan;
    selection->count = alternatives;
    selection->budget = plan->budget > 0 ? plan->budget : (uint64_t)KN_BUDGET * alternatives;
    selection->candidates = memory_new(sizeof *selection->candidates, alternatives);
    for (size_t i = 0; i < alternatives; i++) {
        selection->candidates[i] = (struct candidate){.column = SIZE_MAX, .defined = true};
        tally_reset(&selection->candidates[i].tally);
    }
    selection->kn = start_race(plan, alternatives, independent);
    return selection;
}

void selection_free(struct selection *selection)
{
    if (!selection) return;
    kn_free(selection->kn);
    free(selection->candidates);
    free(selection);
}

// Has the column the plan's metric and labels?  `exactly`: and no others.
static bool fits(const struct selection_plan *plan, const struct column *column, bool exactly)
{
    if (!plan->metric || strcmp(plan->metric, column->metric->name) != 0) return false;
    for (size_t i = 0; i < LABELS; i++) {
        const char *wanted = plan->labels[i], *own = column->labels[i];
        if (wanted ? !own || strcmp(wanted, own) != 0 : exactly && own) return false;
    }
    return true;
}

size_t selection_column(const struct selection_plan *plan, const struct column *columns,
                        size_t column_count)
{
    size_t found = SIZE_MAX, count = 0;
    for (size_t c = 0; c < column_count; c++) {
        if (fits(plan, &columns[c], true)) return c;
        if (!fits(plan, &columns[c], false)) continue;
        found = c;
        count++;
    }
    return count == 1 ? found : SIZE_MAX;
}

void selection_watch(struct selection *selection, size_t alternative, const struct column *columns,
                     size_t column_count)
{
    size_t column = selection_column(selection->plan, columns, column_count);
    selection->candidates[alternative].column = column;
    if (column == SIZE_MAX) selection->end = SELECTION_NO_NUMBER;
}

void selection_add(struct selection *selection, size_t alternative, const double *values)
{
    struct candidate *c = &selection->candidates[alternative];
    selection->spent++;
    if (c->column == SIZE_MAX) return;
    c->latest = values[c->column];
    c->defined = c->defined && isfinite(c->latest);
    tally_add(&c->tally, c->latest);
}

static bool in_race(const struct selection *selection, size_t alternative)
{
    return !selection->kn || kn_in_race(selection->kn, alternative);
}

static uint32_t racing(const struct selection *selection)
{
    uint32_t count = 0;
    for (size_t i = 0; i < selection->count; i++)
        count += in_race(selection, i);
    return count;
}

// One replication for each of those in the race; false when the budget has no more of that.
static bool one_more(struct selection *selection, uint32_t *wanted)
{
    if (selection->spent + racing(selection) > selection->budget) {
        selection->end = SELECTION_SPENT;
        return false;
    }
    for (size_t i = 0; i < selection->count; i++)
        wanted[i] += in_race(selection, i);
    return true;
}

static bool next_of_race(struct selection *selection, uint32_t *wanted)
{
    double *values = memory_new(sizeof *values, selection->count);
    for (size_t i = 0; i < selection->count; i++)
        values[i] = selection->candidates[i].latest;
    enum kn_end end = kn_add(selection->kn, values);
    free(values);
    if (end == KN_MORE) return one_more(selection, wanted);
    selection->end = end == KN_SELECTED ? SELECTION_DONE : SELECTION_UNDEFINED;
    return false;
}

static struct ocba_system *systems_of(const struct selection *selection)
{
    struct ocba_system *systems = memory_new(sizeof *systems, selection->count);
    for (size_t i = 0; i < selection->count; i++) {
        const struct tally *tally = &selection->candidates[i].tally;
        systems[i] = (struct ocba_system){.mean = tally_mean(tally),
                                          .sd = sqrt(tally_variance(tally)),
                                          .replications = (uint32_t)tally->count};
    }
    return systems;
}

static struct ocba_rule ocba_rule_of(const struct selection *selection)
{
    return (struct ocba_rule){.smallest = selection->plan->smallest, .zone = selection->plan->zone};
}

// What is left, in so many stages that each gives every alternative one on average at least.
static uint32_t stage_size(const struct selection *selection)
{
    uint64_t first = (uint64_t)selection->plan->first * selection->count;
    uint64_t step = selection->budget > first ? (selection->budget - first) / STAGES : 0;
    uint64_t left = selection->budget - selection->spent;
    if (step < selection->count) step = selection->count;
    return (uint32_t)(step < left ? step : left);
}

static bool next_of_budget(struct selection *selection, uint32_t *wanted)
{
    if (wanted[0] < selection->plan->first) return one_more(selection, wanted);
    if (selection->spent >= selection->budget) {
        selection->end = SELECTION_DONE;
        return false;
    }
    struct ocba_rule rule = ocba_rule_of(selection);
    struct ocba_system *systems = systems_of(selection);
    uint32_t *more = memory_new(sizeof *more, selection->count);
    ocba_next(&rule, systems, selection->count, stage_size(selection), more);
    for (size_t i = 0; i < selection->count; i++)
        wanted[i] += more[i];
    free(more);
    free(systems);
    return true;
}

bool selection_next(struct selection *selection, uint32_t *wanted)
{
    if (selection->end != SELECTION_UNDER_WAY) return false;
    for (size_t i = 0; i < selection->count; i++) {
        if (selection->candidates[i].defined) continue;
        selection->end = SELECTION_UNDEFINED;
        return false;
    }
    if (selection->spent == 0) return one_more(selection, wanted);
    return selection->kn ? next_of_race(selection, wanted) : next_of_budget(selection, wanted);
}

bool selection_looks_ahead(const struct selection *selection)
{
    return selection->kn != NULL;
}

uint64_t selection_forecast(const struct selection *selection)
{
    if (!selection->kn) return selection->budget;
    uint32_t latest = kn_latest(selection->kn), had = 0;
    for (size_t i = 0; i < selection->count; i++)
        if (in_race(selection, i)) had = kn_replications(selection->kn, i);
    uint64_t to_come = latest == UINT32_MAX ? selection->plan->first : latest - had;
    uint64_t needed = selection->spent + to_come * racing(selection);
    return needed < selection->budget ? needed : selection->budget;
}

static size_t best_of(const struct selection *selection)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < selection->count; i++) {
        const struct tally *tally = &selection->candidates[i].tally;
        if (!in_race(selection, i) || tally->count == 0) continue;
        double lead = best == SIZE_MAX ? 1 : selection->candidates[best].tally.mean - tally->mean;
        if (best == SIZE_MAX || (selection->plan->smallest ? lead > 0 : lead < 0)) best = i;
    }
    return best;
}

struct selection_result selection_outcome(const struct selection *selection)
{
    bool known = selection->end == SELECTION_DONE || selection->end == SELECTION_SPENT;
    struct selection_result result = {
        .plan = selection->plan,
        .end = selection->end,
        .best = known ? best_of(selection) : SIZE_MAX,
        .eliminated = memory_new(sizeof *result.eliminated, selection->count),
        .spent = selection->spent,
        .latest = selection->kn ? kn_latest(selection->kn) : UINT32_MAX,
        .confidence = NAN,
    };
    for (size_t i = 0; i < selection->count; i++)
        result.eliminated[i] = !in_race(selection, i);
    if (selection->end == SELECTION_DONE && !selection->kn) {
        struct ocba_rule rule = ocba_rule_of(selection);
        struct ocba_system *systems = systems_of(selection);
        result.confidence = ocba_confidence(&rule, systems, selection->count);
        free(systems);
    }
    return result;
}
