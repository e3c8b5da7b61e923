#include "bench/experiment/mser.h"

#include <math.h>
#include <stdlib.h>

#include "bench/experiment/memory.h"
#include "sim/tally.h"

enum { FEWEST_BATCHES = 10 };

// From the end, so that each batch is added once.
void mser_statistics(const double *means, size_t batches, double *out)
{
    struct tally tally;
    tally_reset(&tally);
    for (size_t d = batches; d-- > 0;) {
        tally_add(&tally, means[d]);
        double left = (double)(batches - d);
        if (d <= batches / 2) out[d] = tally.m2 / (left * left);
    }
}

static double *batch_means(const double *values, size_t batches, size_t batch)
{
    double *means = memory_new(sizeof *means, batches);
    for (size_t b = 0; b < batches; b++) {
        for (size_t i = 0; i < batch; i++)
            means[b] += values[b * batch + i];
        means[b] /= (double)batch;
    }
    return means;
}

struct mser mser_of(const double *values, size_t count, size_t batch)
{
    struct mser m = {.batches = count / batch, .least = NAN, .mean = NAN, .inconclusive = true};
    if (m.batches == 0) return m;
    double *means = batch_means(values, m.batches, batch);
    double *statistics = memory_new(sizeof *statistics, m.batches / 2 + 1);
    mser_statistics(means, m.batches, statistics);
    size_t best = 0;
    for (size_t d = 1; d <= m.batches / 2; d++)
        if (statistics[d] < statistics[best]) best = d;
    struct tally left;
    tally_reset(&left);
    for (size_t b = best; b < m.batches; b++)
        tally_add(&left, means[b]);
    m.cut = batch * best;
    m.least = statistics[best];
    m.mean = tally_mean(&left);
    m.inconclusive = m.batches < FEWEST_BATCHES || best == m.batches / 2;
    free(means);
    free(statistics);
    return m;
}
