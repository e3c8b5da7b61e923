#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/experiment/result.h"

// A selection of the best that drives the replications: which alternative gets how many.
//
// It goes in stages.  In each, selection_next() says how many replications every alternative shall
// have had by its end; when all of them are there they are added, in order of alternative and
// replication, and the next stage is asked for.  So what it decides depends on the numbers only,
// never on who was computed first.
//
//   kn     a stage is one replication of every alternative still in the race (kn.h)
//   ocba   after the first replications of all, about twenty stages of equal size (ocba.h)
//
// The same first replications of two alternatives are made on the same random numbers, so they stay
// pairs whatever their number is in the end.

struct selection;

// `independent`: the alternatives do not share random numbers.
struct selection *selection_create(const struct selection_plan *plan, size_t alternatives,
                                   bool independent);
void selection_free(struct selection *selection); // NULL is allowed

// Once for each alternative, before its first replication is added.
void selection_watch(struct selection *selection, size_t alternative, const struct column *columns,
                     size_t column_count);
void selection_add(struct selection *selection, size_t alternative, const double *values);

// False: it is over.  `wanted` is by alternative; who is to get no more keeps its number.
bool selection_next(struct selection *selection, uint32_t *wanted);

// May replications be computed that the next stages will probably ask for?
bool selection_looks_ahead(const struct selection *selection);
uint64_t selection_forecast(const struct selection *selection); // replications of all, in the end

// The arrays in there belong to the caller then.
struct selection_result selection_outcome(const struct selection *selection);

// The column that a plan speaks about: the one with exactly its labels, else the only one that has
// them.  SIZE_MAX: there is none, or several.
size_t selection_column(const struct selection_plan *plan, const struct column *columns,
                        size_t column_count);
