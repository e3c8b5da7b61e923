#include "bench/experiment/ocba.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "bench/experiment/memory.h"
#include "sim/check.h"

#define FLOOR 1e-6 // of deviations and distances, relative to the largest of them

static double better_by(const struct ocba_rule *rule, double a, double b)
{
    return rule->smallest ? b - a : a - b;
}

size_t ocba_best(const struct ocba_rule *rule, const struct ocba_system *systems, size_t count)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++)
        if (better_by(rule, systems[i].mean, systems[best].mean) > 0) best = i;
    return best;
}

struct scales { // what is put in place of a deviation or distance below it
    size_t best;
    double sd, distance;
};

static struct scales scales_of(const struct ocba_rule *rule, const struct ocba_system *systems,
                               size_t count)
{
    struct scales s = {.best = ocba_best(rule, systems, count)};
    for (size_t i = 0; i < count; i++) {
        s.sd = fmax(s.sd, systems[i].sd);
        s.distance = fmax(s.distance, fabs(systems[i].mean - systems[s.best].mean));
    }
    s.sd = s.sd > 0 ? s.sd * FLOOR : 1; // nothing varies: all are alike
    s.distance = fmax(rule->zone, s.distance > 0 ? s.distance * FLOOR : 1);
    return s;
}

void ocba_shares(const struct ocba_rule *rule, const struct ocba_system *systems, size_t count,
                 double total, double *shares)
{
    struct scales s = scales_of(rule, systems, count);
    double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == s.best) continue;
        double sd = fmax(systems[i].sd, s.sd);
        double distance = fmax(fabs(systems[i].mean - systems[s.best].mean), s.distance);
        shares[i] = sd / distance * (sd / distance);
        squares += shares[i] / sd * (shares[i] / sd);
        sum += shares[i];
    }
    shares[s.best] = count > 1 ? fmax(systems[s.best].sd, s.sd) * sqrt(squares) : 1;
    sum += shares[s.best];
    for (size_t i = 0; i < count; i++)
        shares[i] *= total / sum;
}

// One by one to whoever lacks most, so the sum is right and ties go to the first.
static void hand_out(const struct ocba_system *systems, size_t count, uint32_t step,
                     const double *shares, uint32_t *more)
{
    for (uint32_t given = 0; given < step; given++) {
        size_t neediest = 0;
        double largest = -INFINITY;
        for (size_t i = 0; i < count; i++) {
            double lack = shares[i] - systems[i].replications - more[i];
            if (!(lack > largest)) continue;
            largest = lack;
            neediest = i;
        }
        more[neediest]++;
    }
}

void ocba_next(const struct ocba_rule *rule, const struct ocba_system *systems, size_t count,
               uint32_t step, uint32_t *more)
{
    SIM_CHECK(count >= 1);
    double *shares = memory_new(sizeof *shares, count), total = step;
    for (size_t i = 0; i < count; i++) {
        total += systems[i].replications;
        more[i] = 0;
    }
    ocba_shares(rule, systems, count, total, shares);
    hand_out(systems, count, step, shares, more);
    free(shares);
}

double ocba_confidence(const struct ocba_rule *rule, const struct ocba_system *systems,
                       size_t count)
{
    size_t best = ocba_best(rule, systems, count);
    const struct ocba_system *b = &systems[best];
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == best) continue;
        double lead = better_by(rule, b->mean, systems[i].mean);
        double variance = b->sd * b->sd / b->replications +
                          systems[i].sd * systems[i].sd / systems[i].replications;
        if (variance > 0)
            sum += gsl_cdf_ugaussian_P(-lead / sqrt(variance));
        else if (!(lead > 0))
            sum += 0.5;
    }
    return fmax(0, 1 - sum);
}
