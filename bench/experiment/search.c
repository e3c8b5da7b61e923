#include "bench/experiment/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/experiment/search_line.h"
#include "sim/check.h"

enum {
    CONTENDERS = 32, // undecided points that get more replications in one round
    SMALL_KNOB = 16, // levels that are all looked at instead
    FEW_KNOBS = 4,   // up to here a neighbourhood has its corners
    STARTS = 4,      // best points whose neighbours are looked at
};

struct search {
    struct search_result *result;
    const struct search_problem *problem;
};

// Points.

struct search_point *search_known(const struct search_result *result,
                                  const struct search_problem *problem, const uint32_t *levels)
{
    for (size_t i = 0; i < result->count; i++)
        if (memcmp(result->points[i]->levels, levels, problem->knobs * sizeof *levels) == 0)
            return result->points[i];
    return NULL;
}

static struct search_point *add(struct search *s, const uint32_t *levels)
{
    struct search_result *result = s->result;
    struct search_point *point = memory_new(sizeof *point, 1);
    memcpy(point->levels, levels, s->problem->knobs * sizeof *levels);
    result->points = memory_grow(result->points, sizeof *result->points, result->count + 1);
    return result->points[result->count++] = point;
}

static bool assess(struct search *s, struct search_point *const *points, size_t count, bool more)
{
    if (count == 0) return true;
    if (s->problem->assess(s->problem->context, points, count, more)) return true;
    s->result->stopped = true;
    return false;
}

struct batch { // points that are looked at together
    struct search *search;
    struct search_point **fresh;
    size_t count;
};

// False: over the budget.
static bool want(struct batch *batch, const uint32_t *levels)
{
    struct search *s = batch->search;
    if (search_known(s->result, s->problem, levels)) return true;
    if (s->result->count >= s->problem->budget) {
        s->result->spent = true;
        return false;
    }
    batch->fresh = memory_grow(batch->fresh, sizeof *batch->fresh, batch->count + 1);
    batch->fresh[batch->count++] = add(s, levels);
    return true;
}

static bool look_at(struct batch *batch)
{
    bool good = assess(batch->search, batch->fresh, batch->count, false);
    free(batch->fresh);
    *batch = (struct batch){.search = batch->search};
    return good;
}

struct search_point *search_look(struct search_result *result, const struct search_problem *problem,
                                 const uint32_t *levels)
{
    struct search s = {result, problem};
    struct batch batch = {.search = &s};
    if (!want(&batch, levels) || !look_at(&batch)) return NULL;
    return search_known(result, problem, levels);
}

bool search_sharpen(struct search_result *result, const struct search_problem *problem,
                    struct search_point *const *points, size_t count)
{
    struct search s = {result, problem};
    return assess(&s, points, count, true);
}

struct search_point *search_neighbour(struct search_result *result,
                                      const struct search_problem *problem,
                                      const struct search_point *point, size_t knob, int step)
{
    uint32_t levels[SEARCH_KNOBS_MAX];
    int64_t level = (int64_t)point->levels[knob] + step;
    if (level < 0 || level >= problem->sizes[knob]) return NULL;
    memcpy(levels, point->levels, sizeof levels);
    levels[knob] = (uint32_t)level;
    return search_look(result, problem, levels);
}

// Standings.

size_t search_cheapest(const struct search_result *result)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < result->count; i++) {
        const struct search_point *p = result->points[i];
        if (p->feasibility != POINT_FEASIBLE) continue;
        if (best == SIZE_MAX || p->cost < result->points[best]->cost) best = i;
    }
    return best;
}

size_t search_closest(const struct search_result *result)
{
    size_t closest = SIZE_MAX;
    for (size_t i = 0; i < result->count; i++) {
        const struct search_point *p = result->points[i];
        if (p->feasibility == POINT_FEASIBLE || isnan(p->violation)) continue;
        if (closest == SIZE_MAX || p->violation < result->points[closest]->violation) closest = i;
    }
    return closest;
}

bool search_could_win(const struct search_result *result, const struct search_point *point)
{
    if (point->feasibility != POINT_UNDECIDED) return false;
    size_t best = search_cheapest(result);
    return best == SIZE_MAX || !(point->cost_low >= result->points[best]->cost_high);
}

static int cheapest_first(const void *left, const void *right)
{
    const struct search_point *a = *(struct search_point *const *)left,
                              *b = *(struct search_point *const *)right;
    return (a->cost > b->cost) - (a->cost < b->cost);
}

// Undecided points that could win and may have more replications, the cheapest first.
static size_t contenders(const struct search_result *result, struct search_point **list)
{
    size_t count = 0;
    for (size_t i = 0; i < result->count; i++) {
        struct search_point *p = result->points[i];
        if (!p->exhausted && search_could_win(result, p)) list[count++] = p;
    }
    if (count) qsort(list, count, sizeof(*list), cheapest_first);
    return count < CONTENDERS ? count : CONTENDERS;
}

bool search_resolve(struct search_result *result, const struct search_problem *problem)
{
    struct search s = {result, problem};
    struct search_point **list = memory_new(sizeof *list, result->count);
    bool good = true;
    for (size_t count; good && (count = contenders(result, list)) > 0;)
        good = assess(&s, list, count, true);
    free(list);
    return good && !result->stopped;
}

// The next setting of all knobs but one.  False: that was all.
static bool next_levels(const struct search_problem *problem, uint32_t *levels, size_t but)
{
    for (size_t k = problem->knobs; k-- > 0;) {
        if (k == but) continue;
        if (++levels[k] < problem->sizes[k]) return true;
        levels[k] = 0;
    }
    return false;
}

static bool search_lines(struct search *s)
{
    struct search_result *result = s->result;
    struct search_line line = {result, s->problem, result->knob, result->trend, {0}};
    do {
        if (!search_line_find(&line)) return false;
    } while (next_levels(s->problem, line.levels, result->knob));
    return search_resolve(result, s->problem);
}

// Grids.

static bool look_at_grid(struct search *s, const uint32_t *strides)
{
    const struct search_problem *problem = s->problem;
    struct batch batch = {.search = s};
    uint32_t levels[SEARCH_KNOBS_MAX] = {0};
    for (bool more = true; more && want(&batch, levels);) {
        more = false;
        for (size_t k = problem->knobs; k-- > 0 && !more;) {
            more = levels[k] + 1 < problem->sizes[k];
            uint32_t next = levels[k] + strides[k]; // the last level is always in
            levels[k] = !more ? 0 : next < problem->sizes[k] ? next : problem->sizes[k] - 1;
        }
    }
    return look_at(&batch) && search_resolve(s->result, problem);
}

static double lattice(const struct search_problem *problem, const uint32_t *strides)
{
    double product = 1;
    for (size_t k = 0; k < problem->knobs; k++)
        product *= floor((double)(problem->sizes[k] - 1) / strides[k]) +
                   ((problem->sizes[k] - 1) % strides[k] != 0) + 1;
    return product;
}

// Powers of two, the finest for which a grid leaves two thirds of the budget for later.
static void choose_strides(const struct search_problem *problem, uint32_t *strides)
{
    for (size_t k = 0; k < problem->knobs; k++)
        strides[k] = 1;
    while (lattice(problem, strides) > (double)problem->budget / 3) {
        size_t finest = 0;
        for (size_t k = 1; k < problem->knobs; k++)
            if ((double)problem->sizes[k] / strides[k] >
                (double)problem->sizes[finest] / strides[finest])
                finest = k;
        if (problem->sizes[finest] <= 2 * strides[finest]) return;
        strides[finest] *= 2;
    }
}

static bool step_levels(const struct search_problem *problem, const struct search_point *from,
                        const int *steps, const uint32_t *strides, uint32_t *levels)
{
    bool moved = false;
    for (size_t k = 0; k < problem->knobs; k++) {
        int64_t level = (int64_t)from->levels[k] + (int64_t)steps[k] * strides[k];
        if (level < 0 || level >= problem->sizes[k]) return false;
        levels[k] = (uint32_t)level;
        moved = moved || steps[k] != 0;
    }
    return moved;
}

// One step along each knob; with few knobs also along several at once.
static bool want_neighbours(struct batch *batch, const struct search_point *from,
                            const uint32_t *strides)
{
    const struct search_problem *problem = batch->search->problem;
    bool corners = problem->knobs <= FEW_KNOBS;
    size_t all = 1;
    for (size_t k = 0; k < problem->knobs; k++)
        all *= 3;
    for (size_t i = 0; i < all; i++) {
        int steps[SEARCH_KNOBS_MAX], moves = 0;
        uint32_t levels[SEARCH_KNOBS_MAX];
        size_t rest = i;
        for (size_t k = 0; k < problem->knobs; k++, rest /= 3) {
            steps[k] = (int)(rest % 3) - 1;
            moves += steps[k] != 0;
        }
        if (moves > 1 && !corners) continue;
        if (!step_levels(problem, from, steps, strides, levels)) continue;
        if (!want(batch, levels)) return false;
    }
    return true;
}

static double rank_of(const struct search_point *point)
{
    if (point->feasibility == POINT_FEASIBLE) return 0;
    return point->feasibility == POINT_UNDECIDED ? 1 : 2;
}

// Feasible points by cost, then undecided ones, then those that are nearest to feasible.
static int promising_first(const void *left, const void *right)
{
    const struct search_point *a = *(struct search_point *const *)left,
                              *b = *(struct search_point *const *)right;
    double x = rank_of(a), y = rank_of(b);
    if (x < 2 && x >= y && x <= y) return cheapest_first(left, right);
    if (x >= y && x <= y) return (a->violation > b->violation) - (a->violation < b->violation);
    return (x > y) - (x < y);
}

// False: nothing new could be looked at.
static bool look_around(struct search *s, const uint32_t *strides)
{
    struct search_result *result = s->result;
    struct search_point **sorted = memory_new(sizeof *sorted, result->count);
    size_t before = result->count, starts = before < STARTS ? before : STARTS;
    memcpy(sorted, result->points, before * sizeof *sorted);
    qsort(sorted, before, sizeof *sorted, promising_first);
    struct batch batch = {.search = s};
    for (size_t i = 0; i < starts && !result->spent; i++)
        want_neighbours(&batch, sorted[i], strides);
    free(sorted);
    return look_at(&batch) && search_resolve(result, s->problem) && result->count > before;
}

static bool halve(const struct search_problem *problem, uint32_t *strides)
{
    bool changed = false;
    for (size_t k = 0; k < problem->knobs; k++) {
        changed = changed || strides[k] > 1;
        if (strides[k] > 1) strides[k] /= 2;
    }
    return changed;
}

static void refine(struct search *s)
{
    uint32_t strides[SEARCH_KNOBS_MAX] = {0};
    choose_strides(s->problem, strides);
    if (!look_at_grid(s, strides)) return;
    do {
        while (!s->result->spent && look_around(s, strides))
            ;
    } while (!s->result->stopped && !s->result->spent && halve(s->problem, strides));
}

// Which way.

static double size_of(const struct search_problem *problem, size_t but)
{
    double product = 1;
    for (size_t k = 0; k < problem->knobs; k++)
        if (k != but) product *= problem->sizes[k];
    return product;
}

// The knob with a declared trend and the most levels, when all its lines can be afforded.
static bool has_line(const struct search_problem *problem, size_t *knob)
{
    *knob = SIZE_MAX;
    for (size_t k = 0; k < problem->knobs; k++)
        if (problem->trends[k] != TREND_UNKNOWN && problem->sizes[k] > 2 &&
            (*knob == SIZE_MAX || problem->sizes[k] > problem->sizes[*knob]))
            *knob = k;
    if (*knob == SIZE_MAX) return false;
    double looks = ceil(log2(problem->sizes[*knob])) + 4;
    return size_of(problem, *knob) * looks <= problem->budget;
}

static void choose_method(struct search *s)
{
    const struct search_problem *problem = s->problem;
    struct search_result *result = s->result;
    result->method = size_of(problem, SIZE_MAX) <= problem->budget ? SEARCH_GRID : SEARCH_REFINE;
    if (has_line(problem, &result->knob)) {
        result->method = SEARCH_LINE;
        result->trend = problem->trends[result->knob];
        return;
    }
    bool one = problem->knobs == 1 && problem->sizes[0] > SMALL_KNOB;
    if (!one || problem->budget < 4 * SEARCH_TRIED_LEVELS ||
        !search_line_trend(result, problem, &result->trend))
        return;
    if (result->trend == TREND_UNKNOWN) return;
    result->knob = 0;
    result->detected = true;
    result->method = SEARCH_LINE;
}

void search_run(struct search_result *result, const struct search_problem *problem)
{
    static const uint32_t fine[SEARCH_KNOBS_MAX] = {1, 1, 1, 1, 1, 1, 1, 1};
    SIM_CHECK(problem->knobs >= 1 && problem->knobs <= SEARCH_KNOBS_MAX);
    *result = (struct search_result){.best = SIZE_MAX};
    struct search s = {result, problem};
    choose_method(&s);
    if (!result->stopped) switch (result->method) {
        case SEARCH_LINE:
            search_lines(&s);
            break;
        case SEARCH_GRID:
            look_at_grid(&s, fine);
            break;
        case SEARCH_REFINE:
            refine(&s);
            break;
        }
    result->best = search_cheapest(result);
}

void search_free(struct search_result *result)
{
    for (size_t i = 0; i < result->count; i++)
        free(result->points[i]);
    free(result->points);
    *result = (struct search_result){0};
}
