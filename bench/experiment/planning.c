#include "bench/experiment/planning.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "bench/experiment/summary.h"
#include "sim/check.h"

static double half_width(const struct planning *p, uint32_t i)
{
    return summary_t(p->level, i) * sqrt(p->variance / i);
}

// The half-width falls with i, so the answer can be closed in on.
uint32_t planning_replications(const struct planning *p, double allowed, uint32_t most)
{
    SIM_CHECK(p->n >= 2 && most >= p->n);
    uint32_t low = p->n, high = most;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (half_width(p, middle) <= allowed)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

double planning_adjusted(double relative)
{
    return relative / (1 + relative);
}

double planning_run_length(double variance_parameter, double allowed, double level)
{
    double z = gsl_cdf_ugaussian_Pinv(0.5 + level / 2) / allowed;
    return z * z * variance_parameter;
}
