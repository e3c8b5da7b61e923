#include "bench/experiment/rare.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "sim/check.h"

struct rare_interval rare_log(double estimate, double half)
{
    SIM_CHECK(estimate > 0 && half >= 0);
    double factor = exp(half / estimate);
    return (struct rare_interval){estimate / factor, estimate * factor};
}

struct rare_interval rare_binomial(uint32_t count, uint32_t n, double level)
{
    SIM_CHECK(n > 0 && count <= n && level > 0 && level < 1);
    double tail = (1 - level) / 2, k = count, rest = n - count;
    return (struct rare_interval){
        .low = count == 0  ? 0
               : rest == 0 ? pow(tail, 1 / k)
                           : gsl_cdf_beta_Pinv(tail, k, rest + 1),
        .high = rest == 0    ? 1
                : count == 0 ? -expm1(log(tail) / rest)
                             : gsl_cdf_beta_Qinv(tail, k + 1, rest),
    };
}

double rare_unseen(uint32_t n, double level)
{
    SIM_CHECK(n > 0 && level > 0 && level < 1);
    return -expm1(log1p(-level) / n);
}
