#pragma once

#include <stdbool.h>
#include <stddef.h>

// Where does the warm-up end?  MSER (White 1997; method A3): of all cuts take the one after which
// the mean is known best, judged by the sum of squares of what is left over the square of how much
// is left.  MSER-5 does so on means of five consecutive observations.
//
// A minimum at the last cut that was tried, half of the series, says that the series has not
// settled: run longer.  The numbers are right for the cut only, never as an interval.

enum { MSER_BATCH = 5 };

struct mser {
    size_t batches;    // k = count / batch; a rest that fills no batch is left out
    size_t cut;        // observations to delete: batch x d
    double least;      // the statistic at d
    double mean;       // of what is left, of whole batches
    bool inconclusive; // d is at the boundary, or there are fewer than 10 batches
};

// Every value must be finite.
struct mser mser_of(const double *values, size_t count, size_t batch);
// The statistic for cuts of 0 to batches / 2 batches; `out` has room for batches / 2 + 1.
void mser_statistics(const double *means, size_t batches, double *out);
