#pragma once

#include "bench/input/scenario_sweep.h"

// The points of a sweep: which value each axis has in which variant of the scenario.
//
//   grid        every combination, the last axis fastest, without those that "where" leaves out
//   factorial2  2^k combinations in standard order: the first axis fastest, lowest value first
//   lhs         Latin hypercube (McKay, Beckman, Conover 1979): with n points each axis has one in
//               each of its n equal slices; the slices are paired by keyed permutations, so an axis
//               more shifts nobody else's
//   sobol       the first n points of the Sobol sequence (GSL)
//   tornado     the file as it is, then each axis down and up
//
// lhs and sobol draw shares from 0 to 1: a continuous axis has the value there, a list the entry.
// Axes that are zipped share one share.  Points that come out equal are made once.
//
// A point's id is a hash of what it sets, not its number: adding a value to an axis, or an axis
// that was at its one value before, leaves the ids of the other points as they are.

struct design_point {
    struct scenario_point what;       // its name is the id, 16 hexadecimal digits
    const struct axis_value **values; // by axis
};

struct design {
    const struct sweep_plan *plan;
    struct design_point *points;
    size_t count;
};

// Does the scenario take such a point?  A tornado asks: a percentage of a whole number may have to
// be rounded, away from what the file says.
typedef bool design_takes(void *context, const struct scenario_point *point);

// False: `error` says why there are no points.
bool design_make(struct design *design, struct arena *arena, const struct sweep_plan *plan,
                 uint64_t seed, design_takes *takes, void *context, const char **error);

// The changes of all values in order; named by a hash of them.
struct scenario_point design_point_of(struct arena *arena, const struct axis_value *const *values,
                                      size_t count);

// The index of the lowest and of the highest value; of an axis without order the first and last.
void design_ends(const struct axis *axis, size_t *lowest, size_t *highest);
