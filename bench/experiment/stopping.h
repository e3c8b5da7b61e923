#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/experiment/result.h"

// When are there enough replications?  (Method A2.)
//
// At the first n >= min at which, for every rule and every column of its metric in all
// alternatives, the 95 % interval's half-width is at most max(absolute, relative / (1 + relative) x
// |mean|); at the latest at max.  The adjusted relative precision makes the error relative to the
// true mean, which is unknown, and not to the estimate. Replications are added in order of their
// index, whoever computed them, so threads cannot change n.
//
// A column that was undefined in all replications is passed over, but a rule needs one that was
// not.

struct stopping;

struct stopping *stopping_create(const struct replication_plan *plan);
void stopping_free(struct stopping *stopping);

// Once for each alternative, before its first replication is added.
void stopping_watch(struct stopping *stopping, size_t alternative, const struct column *columns,
                    size_t column_count);
// The values of an alternative's next replication, by column.
void stopping_add(struct stopping *stopping, size_t alternative, const double *values);

bool stopping_reached(const struct stopping *stopping, uint32_t replications);
// Do all rules hold for the columns of this alternative?
bool stopping_precise(const struct stopping *stopping, size_t alternative);
// How many replications it will probably take, from n (half-width / allowed)^2.
uint32_t stopping_forecast(const struct stopping *stopping, uint32_t replications);
