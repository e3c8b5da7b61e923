#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/experiment/result.h"

// When are there enough replications?  (Method A2.)
//
// At the first n >= min at which, for every rule and every column of its metric in all
// alternatives, the interval's half-width is at most max(absolute, relative / (1 + relative) x
// |estimate|); at the latest at max.  The adjusted relative precision makes the error relative to
// the true value, which is unknown, and not to the estimate. Replications are added in order of
// their index, whoever computed them, so threads cannot change n.
//
// The interval is the one that will be reported (interval.h), before it is drawn to a logarithm.
// With `bonferroni` each of the m columns that rules speak about gets 1 - (1 - confidence) / m, so
// that all of them hold together; what is reported stays at the confidence of one.
//
// A column that was undefined in all replications is passed over, but a rule needs one that was
// not.

struct stopping;

struct stopping *stopping_create(const struct replication_plan *plan);
void stopping_free(struct stopping *stopping);

// Once for each alternative, before its first replication is added.  `pools` (by column.source,
// NULL when no column is a quantile) hold the replications that were added, and stay in place.
void stopping_watch(struct stopping *stopping, size_t alternative, const struct column *columns,
                    size_t column_count, const struct sketch *pools);
// The values of an alternative's next replication, by column, followed by the pairs of its ratios.
void stopping_add(struct stopping *stopping, size_t alternative, const double *values);

bool stopping_reached(const struct stopping *stopping, uint32_t replications);
// Do all rules hold for the columns of this alternative?
bool stopping_precise(const struct stopping *stopping, size_t alternative);
// How many replications it will probably take (planning.h), at least one more; 0: nobody can tell,
// because a rule has nothing to judge or forbids any error.
uint32_t stopping_needed(const struct stopping *stopping, uint32_t replications);
// The same within the plan's bounds.
uint32_t stopping_forecast(const struct stopping *stopping, uint32_t replications);
