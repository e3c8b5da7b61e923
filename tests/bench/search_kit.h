#pragma once

#include <math.h>
#include <string.h>

#include "bench/experiment/search.h"

// A world for searches: points whose cost and number are functions of their levels, seen through
// noise that becomes smaller with each look.  A point is feasible when its number is at most 0; it
// counts as decided once |number| is larger than the noise that is left.

struct world {
    double (*cost)(const uint32_t *levels);
    double (*number)(const uint32_t *levels);
    double noise; // half-width of the first look; halved by each further one
    int most;     // looks that a point may have
    int looks, sharpened;
    int stop_after; // looks; 0: never
};

struct seen {
    int looks;
};

static inline bool world_assess(void *context, struct search_point *const *points, size_t count,
                                bool more)
{
    static struct seen seen[4096]; // by point, in order of their first look
    struct world *world = context;
    for (size_t i = 0; i < count; i++) {
        struct search_point *p = points[i];
        if (!more) {
            p->data = &seen[world->looks++];
            *(struct seen *)p->data = (struct seen){0};
        }
        int looks = ++((struct seen *)p->data)->looks;
        world->sharpened += more;
        double half = ldexp(world->noise, 1 - looks), number = world->number(p->levels);
        p->feasibility = number + half <= 0  ? POINT_FEASIBLE
                         : number - half > 0 ? POINT_INFEASIBLE
                                             : POINT_UNDECIDED;
        p->violation = fmax(0, number);
        p->cost = world->cost(p->levels);
        p->cost_low = p->cost - half;
        p->cost_high = p->cost + half;
        p->exhausted = looks >= world->most;
    }
    return world->stop_after == 0 || world->looks < world->stop_after;
}

static inline struct search_problem world_problem(struct world *world, size_t knobs,
                                                  const uint32_t *sizes,
                                                  const enum knob_trend *trends, uint32_t budget)
{
    world->looks = world->sharpened = 0;
    return (struct search_problem){knobs, sizes, trends, budget, world_assess, world};
}
