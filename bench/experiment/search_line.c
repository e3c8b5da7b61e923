#include "bench/experiment/search_line.h"

#include <math.h>

static uint32_t size_of(const struct search_line *line)
{
    return line->problem->sizes[line->knob];
}

static void set_place(struct search_line *line, uint32_t place)
{
    line->levels[line->knob] = line->trend == TREND_DOWN ? size_of(line) - 1 - place : place;
}

// Looks until the point is decided, or has all its replications; NULL: stopped or spent.
static struct search_point *decide(struct search_line *line, uint32_t place)
{
    set_place(line, place);
    struct search_point *point = search_look(line->result, line->problem, line->levels);
    while (point && point->feasibility == POINT_UNDECIDED && !point->exhausted)
        if (!search_sharpen(line->result, line->problem, &point, 1)) return NULL;
    return point;
}

static struct search_point *known(struct search_line *line, uint32_t place)
{
    set_place(line, place);
    return search_known(line->result, line->problem, line->levels);
}

// Nothing that was seen on the line speaks against its trend: no point is surely worse or surely
// cheaper than one below it.
static bool holds(struct search_line *line)
{
    bool feasible_below = false;
    double dearest_low = -INFINITY; // of those below
    for (uint32_t place = 0; place < size_of(line); place++) {
        const struct search_point *p = known(line, place);
        if (!p) continue;
        if (feasible_below && p->feasibility == POINT_INFEASIBLE) return false;
        if (p->cost_high < dearest_low) return false;
        feasible_below = feasible_below || p->feasibility == POINT_FEASIBLE;
        if (p->cost_low > dearest_low) dearest_low = p->cost_low;
    }
    return true;
}

static bool look_at_all(struct search_line *line)
{
    for (uint32_t place = 0; place < size_of(line); place++) {
        set_place(line, place);
        if (!search_look(line->result, line->problem, line->levels)) return false;
    }
    return true;
}

// The lowest place that is feasible; the size: there is none.  False: stopped or spent.
static bool bisect(struct search_line *line, uint32_t *found)
{
    uint32_t low = 0, high = size_of(line) - 1;
    struct search_point *top = decide(line, high);
    if (!top) return false;
    *found = size_of(line);
    if (top->feasibility != POINT_FEASIBLE) return true;
    struct search_point *bottom = decide(line, low);
    if (!bottom) return false;
    *found = low;
    if (bottom->feasibility == POINT_FEASIBLE) return true;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        struct search_point *point = decide(line, middle);
        if (!point) return false;
        if (point->feasibility == POINT_FEASIBLE)
            high = middle;
        else
            low = middle;
    }
    *found = high;
    return true;
}

// Places that bisection need not have seen: around the answer, or all over a line without one.
static bool verify(struct search_line *line, uint32_t found)
{
    uint32_t last = size_of(line) - 1;
    if (found > last) return decide(line, 0) && decide(line, last / 2);
    if (found >= 2 && !decide(line, found - 2)) return false;
    return found == last || decide(line, found + 1);
}

bool search_line_find(struct search_line *line)
{
    uint32_t found;
    if (!bisect(line, &found) || !verify(line, found)) return false;
    if (holds(line)) return true;
    line->result->broken++;
    return look_at_all(line);
}

bool search_line_trend(struct search_result *result, const struct search_problem *problem,
                       enum knob_trend *trend)
{
    struct search_line line = {result, problem, 0, TREND_UP, {0}};
    uint64_t last = problem->sizes[0] - 1;
    *trend = TREND_UNKNOWN;
    for (uint32_t i = 0; i < SEARCH_TRIED_LEVELS; i++)
        if (!decide(&line, (uint32_t)(last * i / (SEARCH_TRIED_LEVELS - 1)))) return false;
    bool rises = known(&line, (uint32_t)last)->cost > known(&line, 0)->cost;
    line.trend = rises ? TREND_UP : TREND_DOWN;
    if (holds(&line)) *trend = line.trend;
    return true;
}
