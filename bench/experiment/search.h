#pragma once

#include "bench/input/scenario_search.h"

// Finds the cheapest feasible point of a lattice of knobs when every look at a point is noisy and
// expensive.  It knows nothing of scenarios: whoever runs it says what a point is like.
//
// How it goes about it:
//   line      A knob with a trend (declared, or seen on a few levels when there is one knob only):
//             for each setting of the others, bisection between its ends.  What the trend promises
//             is checked on every point that was looked at and on the neighbours of the answer; a
//             line that breaks it is looked at in full.
//   grid      All points, when there are no more than `budget` of them.
//   refine    Otherwise a coarse grid, then the neighbours of the best points at half the distance,
//             and so on down to 1.
//
// A point is feasible or infeasible with confidence, or undecided.  More replications go to
// undecided points that could be cheaper than the best feasible one, until they are decided or have
// all that they may have.  An undecided point is never chosen.

enum feasibility { POINT_FEASIBLE, POINT_INFEASIBLE, POINT_UNDECIDED };

struct search_point {
    uint32_t levels[SEARCH_KNOBS_MAX];
    enum feasibility feasibility;
    double cost, cost_low, cost_high; // mean and 95 % interval
    double violation; // how far the worst promise is from being kept, 0 when all are; for "closest"
    bool exhausted;   // has all replications that it may have
    void *data;       // of whoever assesses it
};

// Fills in what points are like; `more` asks for more replications of points that were assessed
// before.  False: stop (interrupted, or failed).
typedef bool search_assess(void *context, struct search_point *const *points, size_t count,
                           bool more);

struct search_problem {
    size_t knobs;
    const uint32_t *sizes; // levels of each knob, at least 1
    const enum knob_trend *trends;
    uint32_t budget; // points
    search_assess *assess;
    void *context;
};

enum search_method { SEARCH_LINE, SEARCH_GRID, SEARCH_REFINE };

struct search_result {
    struct search_point **points; // all that were looked at, in that order
    size_t count;
    enum search_method method;
    size_t knob;           // SEARCH_LINE: the one with the trend
    enum knob_trend trend; // of it
    bool detected;         // the trend was seen, not declared
    size_t broken;         // lines on which the trend did not hold
    bool spent;            // the budget was
    bool stopped;          // assess said so
    size_t best;           // SIZE_MAX: no feasible point
};

void search_run(struct search_result *result, const struct search_problem *problem);
void search_free(struct search_result *result);

// The point with these levels; NULL: it was not looked at.
struct search_point *search_known(const struct search_result *result,
                                  const struct search_problem *problem, const uint32_t *levels);
// More replications of these points.  False: stopped.
bool search_sharpen(struct search_result *result, const struct search_problem *problem,
                    struct search_point *const *points, size_t count);
// The point with these levels, looked at now if it was not yet; NULL: stopped, or over the budget.
struct search_point *search_look(struct search_result *result, const struct search_problem *problem,
                                 const uint32_t *levels);
// The same for a point that is in the lattice at one step from another; NULL: there is none.
struct search_point *search_neighbour(struct search_result *result,
                                      const struct search_problem *problem,
                                      const struct search_point *point, size_t knob, int step);

// The cheapest feasible point by its mean, first come; SIZE_MAX: none.
size_t search_cheapest(const struct search_result *result);
// The infeasible or undecided point that is nearest to feasible; SIZE_MAX: no point at all.
size_t search_closest(const struct search_result *result);
// Could the undecided point be cheaper than the best?  With no best any could.
bool search_could_win(const struct search_result *result, const struct search_point *point);
// Gives undecided points that could win more replications until there are none.  False: stopped.
bool search_resolve(struct search_result *result, const struct search_problem *problem);
