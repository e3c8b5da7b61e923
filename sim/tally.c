#include "sim/tally.h"

#include <math.h>

void tally_reset(struct tally *tally)
{
    *tally = (struct tally){.min = INFINITY, .max = -INFINITY};
}

void tally_add(struct tally *tally, double value)
{
    double before = value - tally->mean;
    tally->count++;
    tally->mean += before / (double)tally->count;
    tally->m2 += before * (value - tally->mean);
    if (value < tally->min) tally->min = value;
    if (value > tally->max) tally->max = value;
}

void tally_merge(struct tally *into, const struct tally *from)
{
    if (from->count == 0) return;
    double n = (double)into->count, m = (double)from->count;
    double apart = from->mean - into->mean;
    into->count += from->count;
    into->mean += apart * (m / (n + m));
    into->m2 += from->m2 + apart * apart * (n * m / (n + m));
    if (from->min < into->min) into->min = from->min;
    if (from->max > into->max) into->max = from->max;
}

double tally_mean(const struct tally *tally)
{
    return tally->count == 0 ? NAN : tally->mean;
}

double tally_variance(const struct tally *tally)
{
    return tally->count < 2 ? NAN : tally->m2 / (double)(tally->count - 1);
}
