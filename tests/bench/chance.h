#pragma once

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>

// What the statistical tests share.  A coverage test draws many samples from a process whose truth
// is known and counts how often the interval holds it.  Bands for 1,000 samples are those of method
// A1: a right interval falls outside with probability 0.001; the seed is fixed, so a test that
// passes goes on passing.

static inline void near(double got, double expected, double tolerance)
{
    if (!(fabs(got - expected) <= tolerance)) fail_msg("expected %.12g, got %.12g", expected, got);
}

struct band {
    double least, most;
};
static const struct band band_95 = {0.926, 0.971}, band_90 = {0.868, 0.930};

static inline void within(const char *what, double share, struct band band)
{
    if (share < band.least || share > band.most)
        fail_msg("%s: coverage %.4f outside %.3f to %.3f", what, share, band.least, band.most);
}

static inline gsl_rng *chance_new(unsigned long seed)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    gsl_rng_set(rng, seed);
    print_message("seed %lu\n", seed);
    return rng;
}
